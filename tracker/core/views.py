"""Views: a page, a selection and the page's own choices; exactly what a link names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import quote

from tracker.core.selection import Selection

_PLAIN = ".-_~:@!$'()*,;/ ".replace(" ", "")


@dataclass(frozen=True)
class Choice:
    """A choice that belongs to one page: its parameter, the values allowed (the first is the default), its words.

    ``kind`` is ``word`` (one of ``values``), ``issue`` (an issue's code), ``pair`` (two codes of those who speak, dot between),
    ``id`` (a statement's id), ``day`` (a date) or
    ``count`` (1, 2, …).
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
    ("best", "best match first"),
    ("oldest", "oldest first"),
    ("spokesperson", "by spokesperson"),
    ("actor", "by actor"),
    ("issue", "by issue"),
)
_EVIDENCE = (("2", "2 statements"), ("1", "1 statement"), ("3", "3 statements"), ("4", "4 statements"), ("5", "5 statements"))
_TEXTS = (("english", "in English, translations too"), ("original", "in the original language"))
_SHIFTED = (("changed", "that changed"), ("all", "all that hold a position"))
_REVIEW = (
    Choice("document", "Document", kind="id"),
    Choice("candidate", "Candidate", kind="count"),
    Choice("part", "Part of the text", kind="id"),
)

_JOINT_COUNTED = Choice("joint", "Joint statements", (("once", "counted once"), ("each", "once for each signatory")))
_JOINT_POSITIONS = Choice("joint", "Joint statements", (("each", "a position of each signatory"), ("once", "of the first signatory only")))

_ALIGNMENT = (
    Choice(
        "measure",
        "Measure",
        (
            ("net", "net"),
            ("congruence", "congruence"),
            ("conflict", "conflict"),
            ("attention", "co-attention"),
            ("agreement", "agreement"),
        ),
    ),
    Choice(
        "correction",
        "Corrected for chance",
        (("pi", "Scott’s π"), ("kappa", "Cohen’s κ"), ("s", "S, by the scale"), ("raw", "not: raw")),
    ),
    Choice("level", "Between", (("actor", "actors"), ("organisation", "ministries and missions"), ("spokesperson", "spokespersons"))),
    Choice(
        "repeats",
        "Repeats count",
        (
            ("once", "once"),
            ("document", "once a document"),
            ("day", "once a day"),
            ("week", "once a week"),
            ("month", "once a month"),
            ("all", "every time"),
        ),
    ),
    Choice(
        "per",
        "Divided by",
        (
            ("issue", "shared issues"),
            ("none", "nothing: sums"),
            ("average", "average activity"),
            ("jaccard", "all stances"),
            ("cosine", "length: cosine"),
        ),
    ),
    Choice("min", "Shared issues from", tuple((n, n) for n in ("3", "1", "2", "4", "5", "8", "12"))),
    Choice("edge", "Network from", (("0.25", "0.25"), ("0", "any value"), ("0.5", "0.5"), ("0.75", "0.75"))),
    Choice("by", "Windows of a", (("quarter", "quarter"), ("month", "month"))),
    Choice("pair", "Pair", kind="pair"),
    Choice("groups", "Groups", (("one", "each as one"), ("members", "member by member"))),
    _JOINT_POSITIONS,
)

PAGES: dict[str, Page] = {
    page.path: page
    for page in (
        Page("/"),
        Page("/timeline", (Choice("lane", "Lanes", _LANES), Choice("by", "Step", _STEPS), _JOINT_COUNTED)),
        Page(
            "/compare",
            (
                Choice("exchange", "Exchange on", kind="issue"),
                Choice("on", "In force on", kind="day"),
                Choice("before", "The words of", kind="id"),
                Choice("after", "Compared with", kind="id"),
                _JOINT_POSITIONS,
            ),
        ),
        Page(
            "/shifts",
            (
                Choice("lane", "Whose positions", _LANES[:3]),
                Choice("evidence", "At least, on either side", _EVIDENCE),
                Choice("show", "Positions", _SHIFTED),
                Choice("on", "In force on", kind="day"),
                Choice("text", "Words", _TEXTS),
                Choice("split", "Later words from", kind="day"),
                _JOINT_POSITIONS,
                Choice("page", "Page", kind="count"),
            ),
        ),
        Page("/alignment", _ALIGNMENT),
        Page("/statements", (Choice("sort", "Order", _ORDERS), Choice("page", "Page", kind="count"))),
        Page("/statement", (Choice("id", "Statement", kind="id"),), takes_selection=False),
        Page("/import", takes_selection=False),
        Page("/review", _REVIEW, takes_selection=False),
        Page("/data", (Choice("changes", "Changes since version", kind="id"),)),
    )
}


@dataclass(frozen=True)
class View:
    """Exactly what is on the screen: a page, a selection and the page's own choices (defaults left out).

    ``data_set`` is the code of a data set, "" for the one that opens unasked; ``as_of`` a UTC instant
    (``2016-07-28T12:00:00Z``) or a day, whose end is meant, "" for now.

    >>> View("/timeline", Selection().including("actor", "USA"), {"by": "week"}).link
    '/timeline?actor=USA&by=week'
    """

    path: str = "/"
    selection: Selection = Selection()
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    data_set: str = ""
    as_of: str = ""

    def __post_init__(self) -> None:
        defaults = {choice.parameter: choice.default for choice in PAGES[self.path].choices}
        kept = {name: self.choices[name] for name in defaults if self.choices.get(name, defaults[name]) != defaults[name]}
        object.__setattr__(self, "choices", MappingProxyType(kept))

    def __hash__(self) -> int:
        return hash((self.path, self.selection, tuple(self.choices.items()), self.data_set, self.as_of))

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
        """The same selection of the same data on another page."""
        return replace(self, path=path, choices=choices)

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the link, selection first; pages without a selection keep it, so that it is not lost."""
        return self.selected | dict(self.choices)

    @property
    def selected(self) -> dict[str, str]:
        """The parameters that say which statements of which data: what a download needs."""
        data = {name: value for name, value in (("data", self.data_set), ("asof", self.as_of)) if value}
        return self.selection.parameters() | data

    def alone(self, path: str, **choices: str) -> View:
        """Another page of the same data, without the selection."""
        return View(path, Selection(), choices, self.data_set, self.as_of)

    @property
    def link(self) -> str:
        """The path and query that open this view."""
        query = "&".join(f"{name}={quote(value, safe=_PLAIN)}" for name, value in self.parameters.items())
        return f"{self.path}?{query}" if query else self.path
