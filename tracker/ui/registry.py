"""The pages: title, path, file, and the question each answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class PageEntry:
    """One page: ``path`` as in links, ``is_in_menu`` False for pages reached only by a link to something.

    Pages that need editing are in the menu only where it is on; elsewhere they say so.
    """

    path: str
    title: str
    question: str
    file: Path
    is_in_menu: bool = True
    needs_editing: bool = False

    def is_offered(self, editing: bool) -> bool:
        """Whether the menu has it where editing is on, or off."""
        return self.is_in_menu and (editing or not self.needs_editing)

    @property
    def url_path(self) -> str:
        """The path as Streamlit wants it."""
        return self.path.strip("/")


PAGES: tuple[PageEntry, ...] = (
    PageEntry("/", "Overview", "What is in here, and what should I look at first?", _FOLDER / "overview.py"),
    PageEntry("/timeline", "Timeline", "Who said what, when?", _FOLDER / "timeline.py"),
    PageEntry("/compare", "Compare", "Where do they stand, side by side?", _FOLDER / "compare.py"),
    PageEntry("/shifts", "Shifts", "Who changed position, when, in which words?", _FOLDER / "shifts.py"),
    PageEntry("/alignment", "Alignment", "Who sides with whom, and how sure is that?", _FOLDER / "alignment.py"),
    PageEntry("/statements", "Statements", "Show me the statements.", _FOLDER / "statements.py"),
    PageEntry("/statement", "Statement", "What exactly was said, and where?", _FOLDER / "statement.py", is_in_menu=False),
    PageEntry("/import", "Import", "Bring in mine.", _FOLDER / "import.py"),
    PageEntry("/review", "Review", "What did they say in this text?", _FOLDER / "review.py", needs_editing=True),
    PageEntry("/data", "Data", "Can I trust it?", _FOLDER / "data.py"),
)

BY_PATH: dict[str, PageEntry] = {page.path: page for page in PAGES}


def streamlit_pages() -> dict[str, st.Page]:
    """Streamlit's page objects by path, for the navigation."""
    return {
        page.path: st.Page(page.file, title=page.title, url_path=page.url_path, default=page.path == "/", visibility="visible")
        for page in PAGES
    }
