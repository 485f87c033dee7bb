"""A large file on the Import page: the bar moves, reading can be stopped, and nothing was changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browser import Server, Visitor, running_server
from tests.io.workbooks import rows, text, xlsx

N_ROWS = 100_000
PATIENCE_MS = 60_000
_HAS_MOVED = """first => {
  const said = document.body.innerText.match(/([\\d,]+) records read/);
  return said && Number(said[1].replaceAll(",", "")) > first;
}"""


@pytest.fixture(scope="module")
def editing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A dashboard on which imports are on, with a ledger of its own."""
    ledger = tmp_path_factory.mktemp("ledger") / "ledger.sqlite"
    with running_server(TRACKER_EDIT="on", TRACKER_LEDGER=str(ledger)) as server:
        yield server


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.csv"
    rows = (f"2016-07-{n % 28 + 1:02},FRA,Test Person,Synthetic words number {n}\n" for n in range(N_ROWS))
    path.write_text("date,country,spokesperson,quote\n" + "".join(rows), encoding="utf-8")
    return path


def records_read(page: Page) -> int:
    """The number the bar says, read when it says one."""
    bar = page.get_by_text("records read …")
    bar.wait_for(timeout=PATIENCE_MS)
    return int(bar.inner_text().split(" ")[0].replace(",", ""))


def test_the_bar_lives_and_stopping_changes_nothing(visit: Callable[..., Visitor], editing: Server, large: Path) -> None:
    before = visit("/", server=editing).n
    visitor = visit("/import", server=editing)
    page = visitor.page
    page.locator("input[type=file]").set_input_files(large)
    first = records_read(page)
    page.wait_for_function(_HAS_MOVED, arg=first, timeout=PATIENCE_MS)
    with visitor.rerun():
        page.get_by_role("button", name="Stop reading").click()
    expect(page.get_by_text("records read …")).to_have_count(0)
    expect(page.get_by_text("What keeping it would do")).to_have_count(0)
    expect(page.get_by_text("large.csv")).to_have_count(0)
    assert visit("/", server=editing).n == before


def test_read_to_its_end_it_is_kept_and_found(visit: Callable[..., Visitor], editing: Server, large: Path) -> None:
    visitor = visit("/import", server=editing)
    page = visitor.page
    page.locator("input[type=file]").set_input_files(large)
    expect(page.get_by_text("100,000 records in large.csv")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_label("Who").first.fill("tester")
    page.get_by_role("button", name="Keep 100,000 statements").click()
    expect(page.get_by_role("heading", name="Done: revision 2")).to_be_visible(timeout=PATIENCE_MS)
    reader = visit("/", server=editing)
    expect(reader.page.locator(".trk-sentence")).to_contain_text("100,278", timeout=PATIENCE_MS)
    assert "version before" not in reader.page.inner_text("body")


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook whose second sheet holds statements under headings that nobody understands, one with an impossible day."""
    path = tmp_path_factory.mktemp("strange") / "strange.xlsx"
    header = text("A1", "Tag der Rede") + text("B1", "Wessen") + text("C1", "Was denn")
    lines = [
        text(f"A{n}", day) + text(f"B{n}", "France") + text(f"C{n}", f"Synthetic words {n}") for n, day in ((2, "2016-07-28"), (3, "x"))
    ]
    path.write_bytes(xlsx(rows((1, text("A1", "Read me"))), rows((1, header), *enumerate(lines, 2))))
    return path


def test_a_workbook_is_understood_once_its_sheet_and_columns_are_explained(
    visit: Callable[..., Visitor], editing: Server, strange: Path
) -> None:
    visitor = visit("/import", server=editing, viewport={"width": 1400, "height": 1800})
    page = visitor.page
    page.locator("input[type=file]").set_input_files(strange)
    expect(page.get_by_text("This file cannot be used as it is")).to_be_visible(timeout=PATIENCE_MS)
    visitor.choose("Sheet", "S2")
    for heading, ours in (("Tag der Rede", "Date: "), ("Wessen", "Country: "), ("Was denn", "Quote: ")):
        page.get_by_role("combobox", name=heading).click()
        page.keyboard.type(ours)
        with visitor.rerun():
            page.get_by_role("option", name=ours).first.click()
    rehearsal = page.locator(".trk-rehearsal")
    expect(rehearsal).to_contain_text("2 records in strange.xlsx = 1 to keep + 1 rejected + 0 ignored")
    page.get_by_role("combobox", name="Sheet").click()
    with visitor.rerun():
        page.get_by_role("option", name="S1", exact=True).click()
    expect(rehearsal).to_contain_text("This file cannot be used as it is")
    expect(page.get_by_role("button", name="Keep 1 statement")).to_have_count(0)
