"""The blocks of a page: paragraphs, headings and list items in their order, and where in the page each stands."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from tracker.io.documents.html_events import read_html

_BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li"),
        *("main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"),
    ]
)
_SILENT = {
    **dict.fromkeys(("script", "style", "template", "head", "noscript", "noframes"), ""),
    **dict.fromkeys(("svg", "math", "iframe", "object", "audio", "video", "canvas", "map", "rt", "rp"), ""),
    **dict.fromkeys(("select", "button", "textarea", "datalist", "input"), ""),
    **dict.fromkeys(("nav", "menu"), "navigation"),
    "figcaption": "caption of a picture",
    "aside": "text beside the article",
    "dialog": "message over the page",
}
_SILENT_ROLES = {
    **dict.fromkeys(("navigation", "menu", "menubar", "search", "tablist", "toolbar"), "navigation"),
    **dict.fromkeys(("banner", "contentinfo"), "head or foot of the page"),
    **dict.fromkeys(("dialog", "alertdialog", "alert"), "message over the page"),
    "complementary": "text beside the article",
}
_WORDS_OF_CHROME = frozenset(
    [
        *("nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "cookie", "cookies", "share", "sharing", "social"),
        *("related", "newsletter", "sidebar", "advert", "advertisement", "promo", "comments", "pagination", "skiplink"),
    ]
)
_NOT_ITSELF = frozenset({"has", "with", "no", "without", "is", "js"})
MOSTLY_LINKS = 0.9
_BLANK_LINES = re.compile(r"\n{2,}")
_SPACES = re.compile(r"[^\S\n]+")
_ROOTS = frozenset({"html", "body", "main", "article", "form"})


@dataclass(frozen=True, slots=True)
class Block:
    """One run of text between the edges of block elements; ``areas`` are the main areas of the page it stands in.

    ``n_linked`` are the characters that are part of a link; ``is_beside`` is true where names of classes say that it is
    navigation or the like, which they sometimes say of a whole page.
    """

    text: str
    tag: str
    n_linked: int
    areas: tuple[int, ...]
    is_beside: bool = False


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that has not ended yet."""

    tag: str
    is_area: bool = False
    is_beside: bool = False


class BlockGatherer:
    """Gathers the blocks of a page; what is never part of an article is counted in ``left_out`` by what it is."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.left_out: Counter[str] = Counter()
        self._open: list[_Open] = []
        self._areas: list[int] = []
        self._n_areas = 0
        self._silent_from = 0
        self._links = self._n_beside = 0
        self._pieces: list[str] = []
        self._n_linked = 0
        self._owner = ""

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        reason = None if self._silent_from else self._why_silent(tag, attributes)
        is_heard = not self._silent_from and reason is None
        self._open.append(_Open(tag, is_heard and _is_area(tag, attributes), is_heard and _is_beside(tag, attributes)))
        if reason is not None:
            self._close_block()
            self._silent_from = len(self._open)
            if reason:
                self.left_out[reason] += 1
        if not is_heard:
            return
        if tag == "br":
            self._pieces.append("\n")
        elif tag in _BLOCKS:
            self._close_block()
            self._owner = tag
        self._links += tag == "a"
        self._n_beside += self._open[-1].is_beside
        if self._open[-1].is_area:
            self._n_areas += 1
            self._areas.append(self._n_areas)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._silent_from:
            self._open.pop()
            if len(self._open) < self._silent_from:
                self._silent_from = 0
            return
        if tag in _BLOCKS:
            self._close_block()
        ended = self._open.pop()
        self._owner = self._open[-1].tag if tag in _BLOCKS and self._open else self._owner
        self._links -= tag == "a"
        self._n_beside -= ended.is_beside
        if ended.is_area:
            self._areas.pop()

    def text(self, text: str) -> None:
        """Text, which counts where it is shown."""
        if not self._silent_from:
            is_laid_out = any(element.tag == "pre" for element in self._open[-3:])
            self._pieces.append(text if is_laid_out else text.replace("\n", " ").replace("\r", " "))
            self._n_linked += len(text.strip()) if self._links else 0

    def _close_block(self) -> None:
        text = "\n".join(_SPACES.sub(" ", line).strip() for line in "".join(self._pieces).split("\n")).strip("\n")
        is_linked = self._n_linked > 0 and self._n_linked >= len(text) * MOSTLY_LINKS
        for paragraph in _BLANK_LINES.split(text) if text else ():
            n_linked = len(paragraph) if is_linked else min(self._n_linked, len(paragraph)) if paragraph == text else 0
            self.blocks.append(Block(paragraph, self._owner, n_linked, tuple(self._areas), self._n_beside > 0))
        self._pieces, self._n_linked = [], 0

    def _why_silent(self, tag: str, attributes: dict[str, str]) -> str | None:
        """Why an element is left out, "" when people do not see it as text either; ``None`` when it is kept."""
        if tag in _SILENT:
            return _SILENT[tag]
        role = attributes.get("role", "").strip().lower()
        if role in _SILENT_ROLES:
            return _SILENT_ROLES[role]
        if tag in _ROOTS:
            return None
        if tag in ("header", "footer") and not self._areas:
            return "head or foot of the page"
        if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true" or _is_not_shown(attributes.get("style", "")):
            return ""
        return None


def _is_beside(tag: str, attributes: dict[str, str]) -> bool:
    """Whether the names of an element say that it is no part of an article: class="share-buttons"."""
    if tag in _ROOTS:
        return False
    names = f"{attributes.get('id', '')[:200]} {attributes.get('class', '')[:400]}".lower().split()
    words = (name.replace("_", "-").split("-") for name in names)
    return any(not _WORDS_OF_CHROME.isdisjoint(parts) and parts[0] not in _NOT_ITSELF for parts in words)


def _is_area(tag: str, attributes: dict[str, str]) -> bool:
    is_body = "articlebody" in attributes.get("itemprop", "").lower()
    return tag in ("main", "article") or attributes.get("role", "") in ("main", "article") or is_body


def _is_not_shown(style: str) -> bool:
    return "display:none" in style[:400].lower().replace(" ", "")


def blocks_of(markup: str) -> BlockGatherer:
    """The blocks of a page and what was left out; raises FileRefused as :func:`read_html` does.

    >>> [(block.tag, block.text) for block in blocks_of("<nav>Home</nav><h1>Title</h1><p>One<br>two</p>three").blocks]
    [('h1', 'Title'), ('p', 'One\\ntwo'), ('body', 'three')]
    """
    gatherer = BlockGatherer()
    read_html(markup, gatherer)
    return gatherer
