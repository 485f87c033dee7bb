"""Codes to our columns: a code is an issue unless its name, or a code above it, says that it is something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.core.identifiers import slug
from tracker.core.model import Issue
from tracker.core.vocabulary import NOT_CODED, STANCES
from tracker.io.actors_read import find_country
from tracker.io.matching import tight_key
from tracker.io.names_coded import code_of
from tracker.io.qda_project import Code, Coding

_BRANCHES = {
    **dict.fromkeys(("country", "countries", "state", "states"), "country"),
    **dict.fromkeys(("actor", "actors", "organisation", "organisations", "organization", "organizations"), "organisation"),
    **dict.fromkeys(("spokesperson", "spokespersons", "speaker", "speakers", "person", "persons"), "spokesperson"),
    **dict.fromkeys(("stance", "stances"), "stance"),
    **dict.fromkeys(("issue", "issues", "concept", "concepts", "topic", "topics"), "issue"),
    **dict.fromkeys(("target", "targets", "addressee", "addressees"), "target"),
    **dict.fromkeys(("channel", "channels"), "channel"),
    **dict.fromkeys(("act", "acts", "speechact", "speechacts"), "act"),
}
_MAX_LEVELS = 64


@dataclass
class CodeBook:
    """The codes of a project with what each of them means to us; ``mapping`` is what the person said of codes by name."""

    codes: Mapping[str, Code]
    mapping: Mapping[str, str]
    branches: dict[str, str] = field(init=False)
    titles: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.branches = {tight_key(theirs): ours for theirs, ours in self.mapping.items() if ours}
        self.titles = self._titles()

    def column_of(self, guid: str) -> str:
        """Our column that a code fills with its name: of the nearest code above it that names one, stance by name, else issue."""
        code = self.codes.get(guid)
        if not code:
            return "issue"
        for above in self._above(code):
            key = tight_key(above.name)
            column = self.branches.get(key) or _BRANCHES.get(key, "")
            if column:
                is_state = column == "organisation" and find_country(code.name)
                return "country" if is_state else column
        return "stance" if slug(code.name) in STANCES and slug(code.name) != NOT_CODED else "issue"

    def is_branch(self, code: Code) -> bool:
        """Whether a code only says what those below it are."""
        key = tight_key(code.name)
        return (key in self.branches or key in _BRANCHES) and any(other.parent == code.guid for other in self.codes.values())

    def text_of(self, guid: str) -> str:
        """What a code writes into its column: its name, for issues told apart from others of that name."""
        code = self.codes.get(guid)
        return "" if not code else self.titles.get(guid, code.name)

    def attributes(self, codings: list[Coding]) -> tuple[dict[str, str], list[str]]:
        """What codings say beside issues, by column, and the columns of which they say two things, which are left out."""
        found: dict[str, set[str]] = {}
        for coding in codings:
            column = self.column_of(coding.code)
            if column != "issue":
                found.setdefault(column, set()).add(self.text_of(coding.code))
        agreed = {column: next(iter(texts)) for column, texts in found.items() if len(texts) == 1}
        return agreed, sorted(found.keys() - agreed.keys())

    def issues(self) -> tuple[Issue, ...]:
        """The codes that are issues, in the order of the book; a description is taken for the proposition."""
        found: dict[str, Issue] = {}
        for guid, title in self.titles.items():
            if title.strip() and not self.is_branch(self.codes[guid]):
                found.setdefault(code_of(title), Issue(code_of(title), title, self.codes[guid].description.strip()))
        return tuple(found.values())

    def _above(self, code: Code) -> list[Code]:
        found: list[Code] = []
        while (code := self.codes.get(code.parent)) and len(found) < _MAX_LEVELS:
            found.append(code)
        return found

    def _titles(self) -> dict[str, str]:
        """Titles of codes that are issues: their name, with those of the codes above where the name alone is not unique."""
        issues = {guid: code for guid, code in self.codes.items() if code.is_codable and self.column_of(guid) == "issue"}
        titles = {guid: code.name for guid, code in issues.items()}
        for level in range(1, 4):
            n_of = Counter(code_of(title) for title in titles.values())
            for guid, code in issues.items():
                if n_of[code_of(titles[guid])] > 1:
                    above = self._above(code)[:level]
                    titles[guid] = " / ".join([*(other.name for other in reversed(above)), code.name])
        return titles
