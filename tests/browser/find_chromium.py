"""Finds Chrome or Chromium for the browser stories; with ``--install`` gets one when there is none. Prints its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MACOS = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")
_REMEDY = (
    "Cannot run the browser stories: there is no Chrome or Chromium that starts. Install one (Debian: apt install chromium; "
    "macOS: brew install --cask chromium; elsewhere: .venv/bin/python -m playwright install --with-deps chromium), "
    "or set CHROMIUM to the path of one."
)


class NoChromium(Exception):
    """No browser was found and none could be installed; the message says what to do."""


def find_chromium() -> Path:
    """The first Chrome or Chromium that starts: ``CHROMIUM``, the search path, macOS applications, Playwright's own.

    Raises NoChromium when there is none, or when ``CHROMIUM`` is set to something that does not start.
    """
    asked = os.environ.get("CHROMIUM", "")
    if asked:
        if _starts(asked):
            return Path(asked)
        raise NoChromium(f"CHROMIUM is {asked!r}, which does not start; give the path of a Chrome or Chromium, or unset it.")
    for candidate in _candidates():
        if _starts(candidate):
            return Path(candidate)
    raise NoChromium(_REMEDY)


def install_chromium() -> None:
    """Installs the Debian package where that is possible, else Playwright's own; failures show in what is printed."""
    root = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    can_be_root = not root or (shutil.which("sudo") and _succeeds([*root, "true"], quiet=True))
    if shutil.which("apt-get") and can_be_root:
        print("No Chromium here; installing the Debian package chromium ...", file=sys.stderr)
        apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
        _succeeds([*apt, "update"])
        if _succeeds([*apt, "install", "--no-install-recommends", "chromium"]) and _is_found():
            return
    print("Installing Playwright's own Chromium ...", file=sys.stderr)
    _succeeds([sys.executable, "-m", "playwright", "install", "chromium"])


def _candidates() -> Iterator[str]:
    yield from (path for name in _NAMES if (path := shutil.which(name)))
    yield from (str(folder / app) for folder in (Path("/Applications"), Path.home() / "Applications") for app in _MACOS)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.executable_path


def _starts(path: str) -> bool:
    # Some systems ship a chromium-browser that only says "install the snap": being there is not enough.
    return Path(path).is_file() and _succeeds([path, "--version"], quiet=True)


def _is_found() -> bool:
    try:
        return bool(find_chromium())
    except NoChromium:
        return False


def _succeeds(command: list[str], *, quiet: bool = False) -> bool:
    heard = subprocess.DEVNULL if quiet else sys.stderr
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=heard, stderr=heard, check=False).returncode == 0
    except OSError:
        return False


def main(arguments: list[str]) -> int:
    """Prints the path; 1 with a message when there is none (with ``--install``: and none could be had)."""
    try:
        if "--install" in arguments and "CHROMIUM" not in os.environ and not _is_found():
            install_chromium()
        print(find_chromium())
    except NoChromium as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
