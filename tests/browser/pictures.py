"""The pictures of docs/images, taken anew: `python -m tests.browser.pictures`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.browser import CHROMIUM_ARGUMENTS, ROOT, Server, new_context, new_visitor, running_server
from tests.browser.find_chromium import find_chromium

FOLDER = ROOT / "docs" / "images"
VIEWS = {
    "overview": "/",
    "timeline": "/timeline?since=2016-07-20&until=2016-08-20",
    "compare": "/compare?actor=USA.RUS&issue=humanitarian-corridors&since=2016-07-28&until=2016-07-29",
    "shifts": "/shifts?actor=RUS.USA",
    "alignment": "/alignment",
    "statements": "/statements?q=%D8%AD%D9%84%D8%A8",
    "statement": "/statement?id=aleppo-0041",
    "import": "/import",
    "data": "/data",
}
SHAPES = {
    "light": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "device_scale_factor": 1.5},
}


def take(browser: Browser, server: Server, link: str, shape: str, path: Path) -> None:
    """One picture of a view as it opens, before anything is scrolled."""
    visitor = new_visitor(new_context(browser, **SHAPES[shape]), server)
    page = visitor.open(link)
    page.locator(".trk-footer").wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=\"stSkeleton\"]')")
    for chart in page.locator("[data-testid='stVegaLiteChart']").all():
        chart.locator("svg, canvas").first.wait_for()
    page.screenshot(path=path, animations="disabled")
    page.context.close()


def main() -> None:
    """Take every view in every shape."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(TRACKER_EDIT="on", TRACKER_LEDGER=f"{folder}/ledger.sqlite") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_ARGUMENTS))
        for name, link in VIEWS.items():
            for shape in SHAPES:
                take(browser, server, link, shape, FOLDER / f"{name}-{shape}.png")
        browser.close()


if __name__ == "__main__":
    main()
