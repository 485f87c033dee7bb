"""Reading a link: never raises, follows what it can, and names in a notice whatever it leaves out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import parse_qsl, urlsplit

from tracker.core.columns import FACET_BY_PARAMETER, FACETS
from tracker.core.dates import PartialDate, Window
from tracker.core.searching import FACET_ALIASES, read_search
from tracker.core.selection import Catalogue, Selection
from tracker.core.views import PAGES, Choice, Page, View

__all__ = ["ALIASES", "PAGES", "Choice", "Notice", "Page", "View", "asked_opening", "end_of", "read_link", "read_parameters", "split_link"]

MAX_CODES = 200
MAX_TEXT = 200
MAX_NAMED = 20
MAX_PAGE = 100_000

ALIASES: dict[str, str] = {
    **FACET_ALIASES,
    "from": "since",
    "to": "until",
    "search": "q",
    "v": "version",
}
"""Other names under which a parameter of a link is understood."""


@dataclass(frozen=True)
class Notice:
    """Something in a link that could not be followed: which parameter, which value, and what was done."""

    parameter: str
    value: str
    message: str


def end_of(as_of: str) -> datetime | None:
    """The UTC instant up to which a view is asked for: the moment itself, or the end of a day; ``None`` for other text.

    >>> end_of("2026-07-28").isoformat(), end_of("2026-07-28T12:00:00Z").isoformat(), end_of("soon")
    ('2026-07-28T23:59:59.999999+00:00', '2026-07-28T12:00:00+00:00', None)
    """
    try:
        if len(as_of) == _DAY_LENGTH:
            return datetime.combine(date.fromisoformat(as_of), time.max, UTC)
        moment = datetime.fromisoformat(as_of.upper())
        return moment.astimezone(UTC) if moment.tzinfo and as_of.isascii() else None
    except (ValueError, OverflowError):
        return None


def asked_opening(given: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """The data set and the moment that link parameters ask for, as written: what has to be opened before the rest is read.

    >>> asked_opening({"data": ["mine"], "actor": ["USA"]})
    ('mine', '')
    """
    folded = {name.strip().casefold(): values for name, values in given.items()}
    data_set, as_of = (next((value.strip() for value in folded.get(name, ()) if value.strip()), "") for name in ("data", "asof"))
    return data_set[:MAX_TEXT], as_of[:MAX_TEXT]


_DAY_LENGTH = len("2016-07-28")


def split_link(link: str) -> tuple[str, dict[str, list[str]]]:
    """The path of a link, folded, and all values of each of its parameters; host and anchor are ignored. Never raises.

    >>> split_link("/Timeline/?actor=USA&actor=RUS")
    ('/timeline', {'actor': ['USA', 'RUS']})
    """
    try:
        parts = urlsplit(link.strip())
        path, query = parts.path, parts.query
    except ValueError:
        path, _, query = link.strip().partition("?")
    given: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
        given.setdefault(name, []).append(value)
    return "/" + path.strip("/").casefold(), given


def read_link(link: str, catalogue: Catalogue) -> tuple[View | None, tuple[Notice, ...]]:
    """The view a whole link names, and a notice for all that could not be followed; ``None`` for an unknown page.

    Never raises.
    """
    path, given = split_link(link)
    if path not in PAGES:
        return None, (Notice("", path, f"There is no page {_shown(path)}."),)
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
        selection = selection.without_contested(self._is_uncontested(known.get("contested", ())))
        choices = {choice.parameter: self._choice(choice, known.get(choice.parameter, ())) for choice in self.page.choices}
        data_set, as_of = self._data_set(known.get("data", ())), self._as_of(known.get("asof", ()))
        self._check_version(known.get("version", ()))
        self._check_cut(known.get("cut", ()))
        return View(self.page.path, selection, choices, data_set, as_of), tuple(self.notices)

    def _gather(self, given: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        names = {facet.parameter for facet in FACETS} | {f"not-{facet.parameter}" for facet in FACETS}
        names |= {"since", "until", "q", "version", "cut", "data", "asof", "contested"} | {choice.parameter for choice in self.page.choices}
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
        asked = clean[:MAX_TEXT].strip()
        misread = read_search(asked).misread
        if misread:
            self._drop("q", asked, f"The search {_shown(asked)} was read as plain words: {misread}.")
        return asked

    def _is_uncontested(self, values: Sequence[str]) -> bool:
        asked = self._one("contested", values).strip()
        if asked and asked.casefold() not in ("out", "in"):
            self._drop("contested", asked, f"contested {_shown(asked)} is neither out nor in; contested codings are in.")
        elif asked.casefold() == "out" and not self.catalogue.n_contested:
            self._drop("contested", asked, "No coding in this data is contested, so there is none to leave out.")
        return asked.casefold() == "out" and self.catalogue.n_contested > 0

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
        if choice.kind == "pair":
            return self._pair(text)
        if choice.kind == "count":
            is_count = text.isascii() and text.isdigit() and len(text) < 7 and 1 <= int(text) <= MAX_PAGE
            return str(int(text)) if is_count else None
        if choice.kind == "day":
            return _day(text)
        return text if len(text) <= MAX_TEXT and text.isprintable() else None

    def _pair(self, text: str) -> str | None:
        """Two different codes of those who speak, at one level."""
        asked = [code.strip().casefold() for code in text.split(".")]
        for parameter in ("actor", "organisation", "spokesperson"):
            by_folded = {code.casefold(): code for code in self.catalogue.labels.get(parameter, {})}
            known = [by_folded[code] for code in asked if code in by_folded]
            if len(asked) == len(known) == len(set(known)) == 2:
                return ".".join(known)
        return None

    def _data_set(self, values: Sequence[str]) -> str:
        asked = self._one("data", values).strip()
        codes = list(self.catalogue.data_sets)
        known = {code.casefold(): code for code in codes}.get(asked.casefold(), "")
        if asked and not known:
            self._drop("data", asked, f"This link asks for the data set {_shown(asked)}, which is not here; left out.")
        return "" if known == next(iter(codes), "") else known

    def _as_of(self, values: Sequence[str]) -> str:
        asked = self._one("asof", values).strip()
        if not asked:
            return ""
        if end_of(asked) is None:
            self._drop("asof", asked, f"asof {_shown(asked)} is not a moment like 2026-07-28 or 2026-07-28T12:00:00Z; it was left out.")
        elif not self.catalogue.keeps_history:
            self._drop("asof", asked, f"This data set has no history as of {_shown(asked)}; it is shown as it is on disk.")
        else:
            return asked.upper()
        return ""

    def _check_version(self, values: Sequence[str]) -> None:
        asked = self._one("version", values).strip()
        now = self.catalogue.data_version
        if asked and not (now.startswith(asked.casefold()) and len(asked) >= 6):
            self._drop(
                "version",
                asked,
                f"This link was made on data version {_shown(asked)}; this is version {now[:12]}, "
                "so numbers may differ; the Data page says what changed.",
            )

    def _check_cut(self, values: Sequence[str]) -> None:
        """The server cuts links of very many parts before they get here and says so in a part of its own."""
        n = self._one("cut", values).strip()
        if n.isascii() and n.isdigit():
            self._drop("cut", n[:9], f"This link had {n[:9]} more parts than can be read; they were left out.")

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


def _day(text: str) -> str | None:
    try:
        return PartialDate.parse(text).first.isoformat()
    except ValueError:
        return None


def _shown(text: str) -> str:
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return f"‘{clean[:60]}…’" if len(clean) > 60 else f"‘{clean}’"


def _listed(values: Sequence[str]) -> str:
    named = ", ".join(_shown(value) for value in values[:MAX_NAMED])
    return f"{named} and {len(values) - MAX_NAMED:,} more" if len(values) > MAX_NAMED else named
