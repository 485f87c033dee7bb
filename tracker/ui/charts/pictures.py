"""Charts as files: a drawing with its rows, a title and where it comes from, as SVG or PNG."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tracker.core.errors import TrackerError
from tracker.ui.charts.picture_program import FORMS, MAX_SECONDS
from tracker.ui.charts.specs import IS_NARROW
from tracker.ui.charts.time_axis import Drawing

MEDIA_TYPES = dict(zip(FORMS, ("image/svg+xml", "image/png"), strict=True))
WIDTH = 1_000
MAX_ROWS = 20_000
_PROGRAM = Path(__file__).with_name("picture_program.py")
_INK, _QUIET = "#1b2430", "#55616d"


class PictureRefused(TrackerError):
    """A chart cannot be drawn as a file."""


def picture(drawing: Drawing, form: str, *, title: str, lines: tuple[str, ...] = ()) -> bytes:
    """The chart on white, ``WIDTH`` wide, with a title and lines below it that say what was counted.

    Drawn in a process of its own, which may take half a minute and load nothing. Raises PictureRefused in words when it
    takes longer, fails, or the chart has more rows than can be drawn.
    """
    if len(drawing.rows) > MAX_ROWS:
        raise PictureRefused(f"The chart has {len(drawing.rows):,} marks; at most {MAX_ROWS:,} can be drawn as a file. Narrow the window.")
    asked = json.dumps(standing_alone(drawing, title, lines), ensure_ascii=False).encode("utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(_PROGRAM), form], input=asked, capture_output=True, timeout=MAX_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as slow:
        raise PictureRefused(f"Drawing took longer than {MAX_SECONDS} seconds. Narrow the window.") from slow
    if done.returncode != 0 or not done.stdout:
        raise PictureRefused("The chart could not be drawn as a file.")
    return done.stdout


def standing_alone(drawing: Drawing, title: str, lines: tuple[str, ...]) -> dict[str, Any]:
    """The specification with its rows in it, that needs no page around it."""
    # On a page the chart asks how wide its place is; here the answer is known.
    spec = json.loads(json.dumps(copy.deepcopy(drawing.spec)).replace(IS_NARROW, "false"))
    spec["data"] = {"values": json.loads(drawing.rows.to_json(orient="records", date_format="iso"))}
    text = {"text": title, "subtitle": list(lines), "anchor": "start", "color": _INK, "subtitleColor": _QUIET, "offset": 14, "limit": WIDTH}
    frame = {"width": WIDTH, "autosize": {"type": "fit", "contains": "padding"}, "background": "white", "padding": 12, "title": text}
    config = {"font": "sans-serif", "axis": {"labelColor": _QUIET, "domain": False, "ticks": False}, "view": {"stroke": None}}
    spec["config"] = {**config, **spec.get("config", {})}
    spec["height"] = spec.get("height", 200) + 24 + 14 * len(lines)
    return {**spec, **frame}
