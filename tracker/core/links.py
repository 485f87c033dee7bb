"""Links: a view is a page, a selection and the page's own choices; reading one never raises and names what it drops."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import parse_qsl, quote, urlsplit

from tracker.core.columns import FACET_BY_PARAMETER, FACETS
from tracker.core.dates import PartialDate, Window
from tracker.core.selection import Catalogue, Selection

MAX_CODES = 200
MAX_TEXT = 200
MAX_NAMED = 20
MAX_PAGE = 100_000

ALIASES: dict[str, str] = {
    "country": "actor",
    "organization": "organisation",
    "org": "organisation",
    "speaker": "spokesperson",
    "person": "spokesperson",
    "from": "since",
    "to": "until",
    "search": "q",
    "v": "version",
}
"""Other names under which a parameter of a link is understood."""


@dataclass(frozen=True)
class Choice:
    """A choice that belongs to one page: its parameter, the values allowed (the first is the default), its words.

    ``kind`` is ``word`` (one of ``values``), ``issue`` (an issue's code), ``id`` (a statement's id) or ``count`` (1, 2, …).
    """

    parameter: str
    title: str
    values: tuple[tuple[str, str], ...] = ()
    kind: str = "word"

    @property
    def default(self) -> str:
        """The value that links leave out."""
        return {"word": self.values[0][0] if self.values else "", "count": "1"}.get(self.kind, "")


@dataclass(frozen=True)
class Page:
    """One page as links know it: its path and its own choices. ``takes_selection`` is False where filters mean nothing."""

    path: str
    choices: tuple[Choice, ...] = ()
    takes_selection: bool = True


_LANES = (
    ("actor", "country or organisation"),
    ("organisation", "ministry or mission"),
    ("spokesperson", "spokesperson"),
    ("issue", "issue"),
)
_STEPS = (("auto", "to fit"), ("day", "day"), ("week", "week"), ("month", "month"), ("quarter", "quarter"))
_ORDERS = (
    ("newest", "newest first"),
    ("oldest", "oldest first"),
    ("spokesperson", "by spokesperson"),
    ("actor", "by actor"),
    ("issue", "by issue"),
)

PAGES: dict[str, Page] = {
    page.path: page
    for page in (
        Page("/"),
        Page("/timeline", (Choice("lane", "Lanes", _LANES), Choice("by", "Step", _STEPS))),
        Page("/compare", (Choice("exchange", "Exchange on", kind="issue"),)),
        Page("/statements", (Choice("sort", "Order", _ORDERS), Choice("page", "Page", kind="count"))),
        Page("/statement", (Choice("id", "Statement", kind="id"),)),
        Page("/data"),
    )
}


@dataclass(frozen=True)
class Notice:
    """Something in a link that could not be followed: which parameter, which value, and what was done."""

    parameter: str
    value: str
    message: str


@dataclass(frozen=True)
class View:
    """Exactly what is on the screen: a page, a selection and the page's own choices (defaults left out).

    >>> View("/timeline", Selection().including("actor", "USA"), {"by": "week"}).link
    '/timeline?actor=USA&by=week'
    """

    path: str = "/"
    selection: Selection = Selection()
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        defaults = {choice.parameter: choice.default for choice in PAGES[self.path].choices}
        kept = {name: self.choices[name] for name in defaults if self.choices.get(name, defaults[name]) != defaults[name]}
        object.__setattr__(self, "choices", MappingProxyType(kept))

    def __hash__(self) -> int:
        return hash((self.path, self.selection, tuple(self.choices.items())))

    def choice(self, parameter: str) -> str:
        """The value of one of the page's own choices, its default when the link leaves it out."""
        defaults = {choice.parameter: choice.default for choice in PAGES[self.path].choices}
        return self.choices.get(parameter, defaults[parameter])

    def choosing(self, **choices: str) -> View:
        """The same view with other choices of its page."""
        return replace(self, choices={**self.choices, **choices})

    def selecting(self, selection: Selection) -> View:
        """The same page and choices for another selection; a list goes back to its first page."""
        kept = {name: value for name, value in self.choices.items() if name != "page"}
        return replace(self, selection=selection, choices=kept)

    def on(self, path: str, **choices: str) -> View:
        """The same selection on another page."""
        return View(path, self.selection, choices)

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the link, selection first; pages without a selection keep it, so that it is not lost."""
        return self.selection.parameters() | dict(self.choices)

    @property
    def link(self) -> str:
        """The path and query that open this view."""
        query = "&".join(f"{name}={quote(value, safe=_PLAIN)}" for name, value in self.parameters.items())
        return f"{self.path}?{query}" if query else self.path


_PLAIN = ".-_~:@!$'()*,;/ ".replace(" ", "")


def read_link(link: str, catalogue: Catalogue) -> tuple[View | None, tuple[Notice, ...]]:
    """The view a whole link names, and a notice for all that could not be followed; ``None`` for an unknown page.

    Host and anchor are ignored. Never raises.
    """
    try:
        parts = urlsplit(link.strip())
        path, query = parts.path, parts.query
    except ValueError:
        path, _, query = link.strip().partition("?")
    path = "/" + path.strip("/").casefold()
    if path not in PAGES:
        return None, (Notice("", path, f"There is no page {_shown(path)}."),)
    given: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
        given.setdefault(name, []).append(value)
    return read_parameters(path, given, catalogue)


def read_parameters(path: str, given: Mapping[str, Sequence[str]], catalogue: Catalogue) -> tuple[View, tuple[Notice, ...]]:
    """The view that link parameters name on a page, and a notice for every value that was left out.

    ``given`` maps each parameter to all its values. Codes and names are matched whatever their case, repeats are
    merged, an empty value is the default. Never raises, whatever the text.
    """
    return _Reader(PAGES[path], catalogue).read(given)


class _Reader:
    """Reads the parameters of one link; collects notices on the way."""

    def __init__(self, page: Page, catalogue: Catalogue) -> None:
        self.page, self.catalogue, self.notices = page, catalogue, []

    def read(self, given: Mapping[str, Sequence[str]]) -> tuple[View, tuple[Notice, ...]]:
        known = self._gather(given)
        selection = Selection()
        for facet in FACETS:
            selection = selection.including(facet.parameter, *self._codes(facet.parameter, known.get(facet.parameter, ())))
            left_out = self._codes(facet.parameter, known.get(f"not-{facet.parameter}", ()), f"not-{facet.parameter}")
            selection = selection.excluding(facet.parameter, *left_out)
        selection = selection.within(self._window(known)).searching(self._search(known.get("q", ())))
        choices = {choice.parameter: self._choice(choice, known.get(choice.parameter, ())) for choice in self.page.choices}
        self._check_version(known.get("version", ()))
        return View(self.page.path, selection, choices), tuple(self.notices)

    def _gather(self, given: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        names = {facet.parameter for facet in FACETS} | {f"not-{facet.parameter}" for facet in FACETS}
        names |= {"since", "until", "q", "version"} | {choice.parameter for choice in self.page.choices}
        elsewhere = {choice.parameter for page in PAGES.values() for choice in page.choices}
        known: dict[str, list[str]] = {}
        unknown: list[str] = []
        for raw, values in given.items():
            name = raw.strip().casefold().replace("_", "-")
            name = ALIASES.get(name, name)
            if name in names:
                known.setdefault(name, []).extend(values)
            elif name in elsewhere:
                self._drop(raw, " ".join(values), f"{_shown(raw)} means nothing on this page; it was left out.")
            elif name not in ("embed", "embed-options"):
                unknown.append(raw)
        if unknown:
            self._drop("", "", f"This link has parts this page does not know: {_listed(unknown)}. They were left out.")
        return known

    def _codes(self, parameter: str, values: Iterable[str], name: str = "") -> tuple[str, ...]:
        labels = self.catalogue.labels.get(parameter, {})
        by_folded = {code.casefold(): code for code in labels}
        found: list[str] = []
        missing: list[str] = []
        asked = [code for value in values for code in value.split(".") if code.strip()]
        for code in asked:
            known = by_folded.get(code.strip().casefold())
            (found if known else missing).append(known or code)
        if missing:
            title = FACET_BY_PARAMETER[parameter].title.lower()
            verb = "is" if len(missing) == 1 else "are"
            self._drop(
                name or parameter,
                ".".join(missing),
                f"This link asks for {title} {_listed(missing)}, which {verb} not in this data; left out.",
            )
        found = list(dict.fromkeys(found))
        if len(found) > MAX_CODES:
            self._drop(
                name or parameter,
                "",
                f"This link asks for more than {MAX_CODES} {FACET_BY_PARAMETER[parameter].plural}; the rest was left out.",
            )
        return tuple(found[:MAX_CODES])

    def _window(self, known: Mapping[str, Sequence[str]]) -> Window:
        since, until = (self._date(name, known.get(name, ())) for name in ("since", "until"))
        try:
            return Window(since, until)
        except ValueError as problem:
            self._drop("since", f"{since}, until {until}", f"The dates of this link cannot be followed: {problem}; both were left out.")
            return Window()

    def _date(self, name: str, values: Sequence[str]) -> PartialDate | None:
        text = self._one(name, values)
        try:
            return PartialDate.parse(text) if text else None
        except ValueError:
            self._drop(name, text, f"{name} {_shown(text)} is not a date like 2016, 2016-07 or 2016-07-28; it was left out.")
            return None

    def _search(self, values: Sequence[str]) -> str:
        text = self._one("q", values)
        clean = "".join(c for c in text if not unicodedata.category(c).startswith("C")).strip()
        if clean != text.strip():
            self._drop("q", text, "The search of this link held invisible control characters; they were left out.")
        if len(clean) > MAX_TEXT:
            self._drop("q", clean[MAX_TEXT:], f"The search of this link was longer than {MAX_TEXT} characters; the rest was left out.")
        return clean[:MAX_TEXT].strip()

    def _choice(self, choice: Choice, values: Sequence[str]) -> str:
        text = self._one(choice.parameter, values)
        if not text.strip():
            return choice.default
        allowed = self._allowed(choice, text.strip())
        if allowed is None:
            options = f" Choose from: {', '.join(value for value, _ in choice.values)}." if choice.values else ""
            self._drop(choice.parameter, text, f"{choice.parameter} {_shown(text)} is not known here; it was left out.{options}")
        return allowed or choice.default

    def _allowed(self, choice: Choice, text: str) -> str | None:
        if choice.kind == "word":
            return {value.casefold(): value for value, _ in choice.values}.get(text.casefold())
        if choice.kind == "issue":
            return {code.casefold(): code for code in self.catalogue.labels.get("issue", {})}.get(text.casefold())
        if choice.kind == "count":
            is_count = text.isascii() and text.isdigit() and len(text) < 7 and 1 <= int(text) <= MAX_PAGE
            return str(int(text)) if is_count else None
        return text if len(text) <= MAX_TEXT and text.isprintable() else None

    def _check_version(self, values: Sequence[str]) -> None:
        asked = self._one("version", values).strip()
        now = self.catalogue.data_version
        if asked and not (now.startswith(asked.casefold()) and len(asked) >= 6):
            self._drop(
                "version", asked, f"This link was made on data version {_shown(asked)}; this is version {now[:12]}, so numbers may differ."
            )

    def _one(self, name: str, values: Sequence[str]) -> str:
        filled = list(dict.fromkeys(value for value in values if value.strip()))
        if len(filled) > 1:
            self._drop(
                name,
                " ".join(filled[1:]),
                f"This link gives {name} more than once; only {_shown(filled[0])} was followed, not {_listed(filled[1:])}.",
            )
        return filled[0] if filled else ""

    def _drop(self, parameter: str, value: str, message: str) -> None:
        self.notices.append(Notice(parameter, value, message))


def _shown(text: str) -> str:
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return f"‘{clean[:60]}…’" if len(clean) > 60 else f"‘{clean}’"


def _listed(values: Sequence[str]) -> str:
    named = ", ".join(_shown(value) for value in values[:MAX_NAMED])
    return f"{named} and {len(values) - MAX_NAMED:,} more" if len(values) > MAX_NAMED else named
