"""Headers of every answer, and who may show the dashboard in a frame."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from pathlib import Path

import streamlit as st

NOBODY = "'none'"


def _shell_script_hashes() -> str:
    """The hashes of the scripts that stand in Streamlit's own page shell: the only inline scripts allowed."""
    shell = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
    bodies = re.findall(r"<script>(.*?)</script>", shell, re.DOTALL)
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'" for body in bodies)


def frame_ancestors() -> str:
    """Who may show the dashboard in a frame: ``TRACKER_FRAME_ANCESTORS`` (http(s) origins, space between), else nobody."""
    asked = os.environ.get("TRACKER_FRAME_ANCESTORS", "").split()
    return " ".join(origin for origin in asked if re.fullmatch(r"https?://[A-Za-z0-9.:*-]+", origin)) or NOBODY


def security_headers() -> dict[str, str]:
    """Headers of every answer: only our own scripts, styles, images and connections, whatever a table holds."""
    policy = (
        "default-src 'self'",
        f"script-src 'self' {_shell_script_hashes()}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'none'",
        f"frame-ancestors {frame_ancestors()}",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
    found = {
        "content-security-policy": "; ".join(policy),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
        "cross-origin-opener-policy": "same-origin",
    }
    return found if frame_ancestors() != NOBODY else found | {"x-frame-options": "DENY"}
