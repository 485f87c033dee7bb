"""Variables of Discourse Network Analyzer to our columns: they are the user's own, so they are guessed by name and said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.core.columns import COLUMN_NAMES
from tracker.core.model import Issue
from tracker.core.problems import Problem, Severity
from tracker.core.vocabulary import CHANNELS, NOT_GIVEN
from tracker.io.actors_read import find_country
from tracker.io.codes_read import find_code
from tracker.io.inputs import Guess, ReadOptions
from tracker.io.matching import tight_key
from tracker.io.names_coded import code_of
from tracker.io.refusals import FileRefused

_NAMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("spokesperson", ("person", "spokesperson", "speaker", "narrator", "politician", "individual")),
    ("organisation", ("organization", "organisation", "org", "institution", "ministry", "agency", "actor", "party")),
    ("country", ("country", "state", "nation", "government")),
    ("issue", ("concept", "issue", "topic", "claim", "policy", "belief")),
    ("stance", ("agreement", "agree", "stance", "support", "qualifier")),
    ("venue", ("location", "place", "venue", "city")),
    ("target", ("target", "addressee", "recipient")),
    ("role", ("role", "office", "function")),
    ("act", ("act", "speechact")),
    ("channel", ("channel",)),
    ("position", ("position", "paraphrase", "summary")),
    ("quote_language", ("language",)),
    ("note", ("note", "notes", "comment", "memo")),
)
DOCUMENT_NAMES = ("document_title", "document_author", "document_source", "document_section", "document_type", "document_notes")
_COLUMN_OF = {name: column for column, names in _NAMES for name in names}
_NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)
_YES_NO = {"0": "oppose", "1": "support", "false": "oppose", "true": "support"}


@dataclass(frozen=True)
class VariableMap:
    """Which variable fills which of our columns, what is left aside, and how numbers of the stance are read."""

    columns: Mapping[str, str]
    aside: tuple[str, ...]
    stance_by_number: Mapping[str, str]

    def by_column(self, values: Mapping[str, str]) -> dict[str, str]:
        """The values of one statement by column; an organisation that is the name of a state is the country."""
        found = {column: values.get(name, "") for name, column in self.columns.items()}
        if "stance" in found:
            found["stance"] = self.stance_by_number.get(found["stance"].strip().casefold(), found["stance"])
        if not found.get("country", "").strip() and find_country(found.get("organisation", "")):
            found["country"] = found.pop("organisation")
        return found

    def name_of(self, column: str) -> str:
        """The variable that fills a column; "" when none does."""
        return next((name for name, filled in self.columns.items() if filled == column), "")


def as_spelled(options: ReadOptions, names: Iterable[str]) -> ReadOptions:
    """The options with the names of the mapping spelled as they are in the file, whatever the case and spaces.

    >>> as_spelled(ReadOptions(mapping={"narrator": "organisation"}), ["Narrator"]).mapping
    {'Narrator': 'organisation'}
    """
    spelled = {tight_key(name): name for name in names}
    mapping = {
        theirs if theirs.startswith("=") else spelled.get(tight_key(theirs), theirs): ours for theirs, ours in options.mapping.items()
    }
    unknown = next((ours for ours in mapping.values() if ours and ours not in COLUMN_NAMES), "")
    if unknown:
        message = f"The mapping names {unknown[:80]!r}, which is none of our columns: {', '.join(COLUMN_NAMES)}."
        raise FileRefused("mapping-unknown", message)
    return replace(options, mapping=mapping)


def map_variables(names: Sequence[str], options: ReadOptions, samples: Mapping[str, Iterable[str]]) -> VariableMap:
    """The columns of variables: those the person mapped, then those whose name says it; the first of a kind counts.

    ``samples`` holds the different values of each variable. Raises FileRefused when nobody is spoken for, or when two
    variables were mapped to one column.

    >>> found = map_variables(["person", "organization", "mood"], ReadOptions(), {})
    >>> dict(found.columns), found.aside
    ({'person': 'spokesperson', 'organization': 'organisation'}, ('mood',))
    """
    columns = _told(names, options)
    beside = {ours for theirs, ours in options.mapping.items() if theirs.startswith("=") or theirs in DOCUMENT_NAMES}
    taken = set(columns.values()) | beside
    for name in names:
        column = _COLUMN_OF.get(tight_key(name), "")
        if column and column not in taken and name not in options.mapping:
            columns[name] = column
            taken.add(column)
    if not taken & {"country", "organisation"}:
        raise FileRefused(
            "columns-missing",
            f"No variable was recognised for a country or an organisation. Found: {', '.join(map(repr, names[:25])) or 'no variable'}. "
            'Say which one it is by mapping it ("narrator" to organisation), or choose another statement type.',
        )
    aside = tuple(name for name in names if name not in columns)
    stance = next((name for name, column in columns.items() if column == "stance"), "")
    return VariableMap(columns, aside, _stances(samples.get(stance, ())))


def _told(names: Sequence[str], options: ReadOptions) -> dict[str, str]:
    """What the person said of these variables; mapped to nothing, a variable is left aside."""
    told = {name: options.mapping[name] for name in names if options.mapping.get(name)}
    for column in told.values():
        rivals = [name for name in told if told[name] == column]
        if len(rivals) > 1:
            raise FileRefused(
                "columns-same-meaning",
                f"The variables {' and '.join(map(repr, rivals))} are both mapped to {column!r}; map one of them.",
                column=column,
            )
    return told


def _stances(values: Iterable[str]) -> dict[str, str]:
    """What numbers of the stance mean: yes and no, or their sign where some are below zero; other scales are not guessed."""
    numbers = {value.strip() for value in values if value.strip()}
    is_signed = any(number.startswith("-") for number in numbers)
    if not is_signed or not all(_NUMBER.fullmatch(number) for number in numbers):
        return _YES_NO
    words = {number: "support" if int(number) > 0 else "oppose" for number in numbers if int(number)}
    return words | dict.fromkeys((number for number in numbers if not int(number)), "neutral")


def issues_of(concepts: Iterable[str]) -> tuple[Issue, ...]:
    """Concepts as issues: each is worded as the proposition that is agreed or disagreed with.

    >>> issues_of(["It should open.", " ", "it should open"])
    (Issue(issue_id='it-should-open', title='It should open.', proposition='It should open.'),)
    """
    found: dict[str, Issue] = {}
    for concept in concepts:
        if concept.strip():
            found.setdefault(code_of(concept), Issue(code_of(concept), concept, concept))
    return tuple(found.values())


def guesses_of(found: VariableMap, options: ReadOptions) -> Iterator[Guess]:
    """What was taken for what by name alone."""
    for name, column in found.columns.items():
        if name not in options.mapping:
            yield Guess(f"variable {name}", column, "by its name")


def told_aside(found: VariableMap, n_values: Mapping[str, int], file: str) -> Iterator[Problem]:
    """A warning for each variable left aside that has values; ``n_values`` counts the different ones."""
    for name in found.aside:
        if n_values.get(name):
            message = f"The variable {name[:80]!r} ({n_values[name]:,} different values) was left aside. Map it if it holds what we have."
            yield Problem("column-unknown", message, Severity.WARNING, file, column=name[:80])


def document_columns(document: Mapping[str, str]) -> dict[str, str]:
    """What a project knows of a document, by our columns; what has no column of its own stands in the note.

    >>> document_columns({"document_title": "Hearing", "document_section": "876", "document_type": "Letter"})
    {'document_title': 'Hearing', 'publisher': '', 'channel': 'Letter', 'note': 'document section: 876'}
    """
    kind = document.get("document_type", "")
    is_channel = bool(kind.strip()) and find_code(kind, tuple(CHANNELS), NOT_GIVEN)[1]
    rest = ("author", "section", "notes") if is_channel else ("author", "section", "type", "notes")
    told = {name: document.get(f"document_{name}", "") for name in rest}
    return {
        "document_title": document.get("document_title", ""),
        "publisher": document.get("document_source", ""),
        "channel": kind if is_channel else "",
        "note": "; ".join(f"document {name}: {text}" for name, text in told.items() if text.strip()),
    }


def joined(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    """Both; where both have text in one column, that of a statement's own variable counts, and notes stand together."""
    found = dict(second) | {column: text for column, text in first.items() if text.strip()}
    notes = [cells["note"] for cells in (first, second) if cells.get("note", "").strip()]
    return found | ({"note": "; ".join(notes)} if notes else {})
