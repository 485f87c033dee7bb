"""What the reader asked for, as one value; its renderings are a sentence, link parameters and (in analysis) a query."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from tracker.core.columns import FACET_BY_PARAMETER, FACETS
from tracker.core.dates import Window
from tracker.core.groups import is_group

_NAMED_AT_MOST = 3


@dataclass(frozen=True)
class Catalogue:
    """What a data set holds, as far as links and sentences need it: every code with its label.

    ``labels`` maps a facet's parameter to ``{code: label}``, in the order people should read them. ``data_sets`` names
    the data sets a link can ask for, the one that opens unasked first; ``keeps_history`` says whether this one can be
    seen as of a past moment; ``n_contested`` how many statements coders differ on.
    """

    labels: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    data_version: str = ""
    n_statements: int = 0
    window: Window = Window()
    data_sets: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    keeps_history: bool = False
    n_contested: int = 0

    def label(self, parameter: str, code: str) -> str:
        """The words for a code; the code itself when the data set does not know it."""
        return self.labels.get(parameter, {}).get(code, code)


@dataclass(frozen=True)
class Selection:
    """The statements asked for: within a facet any of the codes, across facets all of them.

    ``included`` and ``excluded`` hold ``(parameter, codes)`` pairs with at least one code, in the order of
    ``core.columns.FACETS``; build them with :meth:`including` and :meth:`excluding`. ``search`` is the text as typed.
    ``is_uncontested`` leaves out statements on whose stance or issue coders differ.

    >>> chosen = Selection().including("actor", "USA", "RUS").within(Window.parse("2016-07", "2016-07"))
    >>> chosen.parameters()
    {'actor': 'USA.RUS', 'since': '2016-07', 'until': '2016-07'}
    """

    included: tuple[tuple[str, tuple[str, ...]], ...] = ()
    excluded: tuple[tuple[str, tuple[str, ...]], ...] = ()
    window: Window = Window()
    search: str = ""
    is_uncontested: bool = False

    def codes(self, parameter: str) -> tuple[str, ...]:
        """The codes asked for in one facet, in the order given; empty when it is not filtered."""
        return dict(self.included).get(parameter, ())

    def excluded_codes(self, parameter: str) -> tuple[str, ...]:
        """The codes left out in one facet."""
        return dict(self.excluded).get(parameter, ())

    def including(self, parameter: str, *codes: str) -> Selection:
        """The same selection with exactly these codes in the facet (none: not filtered); repeats count once."""
        return replace(self, included=_with(self.included, parameter, codes))

    def excluding(self, parameter: str, *codes: str) -> Selection:
        """The same selection without the statements that carry one of these codes."""
        return replace(self, excluded=_with(self.excluded, parameter, codes))

    def within(self, window: Window) -> Selection:
        """The same selection in another window."""
        return replace(self, window=window)

    def searching(self, text: str) -> Selection:
        """The same selection with another search."""
        return replace(self, search=text)

    def without_contested(self, is_so: bool = True) -> Selection:
        """The same selection without the statements that coders differ on, or with them again."""
        return replace(self, is_uncontested=is_so)

    @property
    def is_everything(self) -> bool:
        """Whether nothing is filtered."""
        return self == Selection()

    @property
    def is_of_some_words(self) -> bool:
        """Whether anything but who speaks, on what and when is filtered: then what is not there may have been filtered away."""
        return self.including("actor").excluding("actor").including("issue").excluding("issue").within(Window()) != Selection()

    def parameters(self) -> dict[str, str]:
        """The selection as link parameters: codes joined by dots, what is not filtered left out."""
        found = {name: ".".join(codes) for name, codes in self.included}
        found |= {f"not-{name}": ".".join(codes) for name, codes in self.excluded}
        if self.window.since:
            found["since"] = str(self.window.since)
        if self.window.until:
            found["until"] = str(self.window.until)
        if self.is_uncontested:
            found["contested"] = "out"
        return found | ({"q": self.search} if self.search else {})

    def sentence(self, catalogue: Catalogue, n: int, n_possibly: int = 0, n_actors: int = 0, n_issues: int = 0, who: str = "") -> str:
        """The selection as the sentence under a title, with its n and what is only possibly in the window.

        ``n_actors`` and ``n_issues`` stand where the reader chose none; ``who`` replaces the words on who speaks.

        >>> known = Catalogue(labels={"actor": {"USA": "United States", "RUS": "Russia"}}, n_statements=278)
        >>> chosen = Selection().including("actor", "USA", "RUS").within(Window.parse("2016-07", "2016-09"))
        >>> chosen.sentence(known, 82, 1, n_issues=12)
        '82 of 278 statements by United States or Russia on 12 issues, July–September 2016; 1 only possibly in this window'
        """
        filtered = f"{n:,} of {catalogue.n_statements:,}" if self != Selection() else f"{n:,}"
        noun = "statement" if (n if self == Selection() else catalogue.n_statements) == 1 else "statements"
        who = who or self._clauses(_WHO, catalogue) or (f"by {_count(n_actors, 'actor')}" if n_actors else "")
        what = self._clauses(("issue",), catalogue) or (f"on {_count(n_issues, 'issue')}" if n_issues else "")
        start = " ".join(part for part in (f"{filtered} {noun}", who, what) if part)
        rest = [self._clauses((facet.parameter,), catalogue) for facet in FACETS if facet.parameter not in (*_WHO, "issue")]
        rest += [f"without {FACET_BY_PARAMETER[name].title.lower()} {_names(name, codes, catalogue)}" for name, codes in self.excluded]
        rest += [
            "without contested codings" if self.is_uncontested else "",
            f"with the words {_isolated(self.search)}" if self.search else "",
            (self.window if self.window != Window() else catalogue.window).words,
        ]
        where = "window or group" if any(map(is_group, (*self.codes("actor"), *self.excluded_codes("actor")))) else "window"
        possibly = f"; {n_possibly:,} only possibly in this {where}" if n_possibly else ""
        return ", ".join([start, *(part for part in rest if part)]) + possibly

    def _clauses(self, parameters: tuple[str, ...], catalogue: Catalogue) -> str:
        found = ((name, self.codes(name)) for name in parameters)
        return " ".join(_CLAUSES[name].format(_names(name, codes, catalogue)) for name, codes in found if codes)


_WHO = ("actor", "organisation", "spokesperson")

_CLAUSES = {
    "actor": "by {}",
    "organisation": "by {}",
    "spokesperson": "by {}",
    "issue": "on {}",
    "stance": "with stance {}",
    "act": "with act {}",
    "target": "about {}",
    "channel": "said in {}",
    "language": "in {}",
}


def _isolated(text: str) -> str:
    """The text, kept from turning the rest of the sentence around when it runs from right to left."""
    is_right_to_left = any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if is_right_to_left else text


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}" + ("" if n == 1 else "s")


def _names(parameter: str, codes: tuple[str, ...], catalogue: Catalogue) -> str:
    if len(codes) > _NAMED_AT_MOST:
        return f"{len(codes)} {FACET_BY_PARAMETER[parameter].plural}"
    return " or ".join(catalogue.label(parameter, code) for code in codes)


def _with(
    pairs: tuple[tuple[str, tuple[str, ...]], ...], parameter: str, codes: tuple[str, ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    held = dict(pairs) | {FACET_BY_PARAMETER[parameter].parameter: tuple(dict.fromkeys(codes))}
    return tuple((facet.parameter, held[facet.parameter]) for facet in FACETS if held.get(facet.parameter))
