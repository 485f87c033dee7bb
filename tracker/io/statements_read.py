"""Rows to statements: what each cell was taken for stands beside what was written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from tracker.core.columns import COLUMN_NAMES
from tracker.core.dates import PartialDate
from tracker.core.model import Statement
from tracker.core.problems import Problem, Severity
from tracker.core.vocabulary import ACTS, CHANNELS, NOT_CODED, NOT_GIVEN, QUOTE_KINDS, STANCES, quote_kind_of
from tracker.io.codes_read import find_code, find_language, web_address
from tracker.io.date_reading import REMEDY, DateReading
from tracker.io.dates_read import DAY_FIRST, read_dates
from tracker.io.declared import Declared
from tracker.io.found import Guess
from tracker.io.limits import MAX_WARNINGS_OF_A_KIND
from tracker.io.matching import has_text, match_key
from tracker.io.names_coded import code_of
from tracker.io.near_repeats import near_repeats
from tracker.io.no_data import cannot_do_without
from tracker.io.rows_read import Row, RowsRead
from tracker.io.spoken_for import ActorFinder, SpokenFor, names_somebody

_TELL_EVERY = 2000
_SAID = tuple(name for name in COLUMN_NAMES[1:] if name != "quote_kind")
_CODED = (
    ("stance", tuple(STANCES), NOT_CODED),
    ("act", tuple(ACTS), NOT_CODED),
    ("channel", tuple(CHANNELS), NOT_GIVEN),
)


@dataclass
class StatementReader:
    """Turns the rows of one table into statements and remembers the ids and contents it has seen.

    ``date_order`` says whether the day or the month comes first in 03/04/2016; "" leaves that to the column.
    Names are looked up in what the data package declares first, then in what is known of the world.
    """

    declared: Declared
    file: str
    date_order: str = ""
    problems: list[Problem] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.issue_keys = self.declared.issue_keys
        self.actors = ActorFinder(self.declared)
        self.first_with_id: dict[str, tuple[int, bytes]] = {}
        self.first_with_content: dict[bytes, int] = {}
        self.n_warnings: Counter[str] = Counter()
        self.one_of_many: dict[str, Problem] = {}
        self.beside: list[tuple[Statement, Mapping[str, str]]] = []

    def read(self, found: RowsRead, told: Callable[[int], None] = lambda n_rows: None) -> tuple[Statement, ...]:
        """The statements of the rows, in their order; what is wrong with the others is in ``problems``.

        The rows are used up. ``told`` is called with the number of rows now and then.
        """
        written = [row.values["stated_on"] for row in found.rows]
        readings = read_dates(written, self.date_order, counts_from_1904=found.counts_from_1904)
        made: list[Statement] = []
        for n_rows, (row, reading) in enumerate(zip(found.rows, readings, strict=True)):
            if not n_rows % _TELL_EVERY:
                told(n_rows)
            statement = self._statement(row, reading)
            if statement:
                made.append(statement)
                if row.beside:
                    self.beside.append((statement, row.beside))
        told_already = frozenset(problem.record for problem in self.problems if problem.code == "content-repeated")
        self.guesses += _guesses_of(readings, 1904 if found.counts_from_1904 else 1900)
        self.problems += near_repeats(made, self.file, told_already)
        return tuple(made)

    def _statement(self, row: Row, reading: DateReading) -> Statement | None:
        """The statement of a row, or ``None`` when the row was rejected or ignored and a problem says why."""
        if row.lost and self._cannot_do_without(row, row.lost):
            return None
        stated_on = self._date(row, reading)
        if not stated_on or not self._has_the_rest(row):
            return None
        statement_id = self._new_id(row)
        if not statement_id:
            return None
        self._check_other_dates(row)
        self._check_kind(row)
        spoken = self._spoken_for(row)
        codes = {column: self._code(row, column, words, missing) for column, words, missing in _CODED}
        return Statement(
            statement_id=statement_id,
            stated_on=stated_on,
            written=_written(row, stated_on),
            country_code=spoken.country_code,
            actor_id=spoken.actor_id,
            organisation_id=spoken.organisation_id,
            spokesperson_id=code_of(row.values["spokesperson"]),
            issue_id=self._issue(row),
            stance_code=codes["stance"],
            act_code=codes["act"],
            target_id=self._target(row),
            language_code=self._language(row),
            channel_code=codes["channel"],
            document_url=self._address(row),
            speaks_for_actor=spoken.speaks_for_actor,
            record=row.record,
            line=row.line,
        )

    def _cannot_do_without(self, row: Row, lost: Mapping[str, str]) -> bool:
        """Says which cells held no data; whether the row is no statement without one of them."""
        needed = cannot_do_without(row.values, tuple(lost))
        for column, why in lost.items():
            if column == needed:
                message = f"{column} holds {why}, which is no data; write the text or value itself"
                self._say(row, "cell-error", message, column, Severity.REJECTED)
            elif not needed:
                self._say(row, "cell-error", f"{column} holds {why}, which is no data and was left out; write the value itself", column)
        return bool(needed)

    def _date(self, row: Row, reading: DateReading) -> PartialDate | None:
        if reading.date is None:
            self._say(row, reading.code, reading.reason, "stated_on", Severity.REJECTED)
        for code, message in reading.warnings:
            self._say(row, code, message, "stated_on")
        return reading.date

    def _has_the_rest(self, row: Row) -> bool:
        has_actor = names_somebody(row.values["country"]) or names_somebody(row.values["organisation"])
        has_words = has_text(row.values["quote"]) or has_text(row.values["position"])
        if not has_actor:
            self._say(
                row,
                "actor-missing",
                "country and organisation are both empty, or name nobody; write whose statement it is",
                "country",
                Severity.REJECTED,
            )
        elif not has_words:
            self._say(row, "words-missing", "quote and position are both empty; write what was said", "quote", Severity.REJECTED)
        return bool(has_actor and has_words)

    def _new_id(self, row: Row) -> str:
        """The id of the row, made from its content when it has none; "" when the row was ignored or rejected."""
        content, given = _fingerprint(row), row.values["statement_id"].strip()
        statement_id = given or f"s-{content.hex()[:16]}"
        first, first_content = self.first_with_id.get(statement_id, (0, b""))
        if first_content == content:
            self._say(row, "row-repeated", f"the row says the same as row {first} in every column; it was ignored", "", Severity.IGNORED)
            return ""
        if first_content:
            self._say(
                row,
                "statement-id-repeated",
                f"the id {statement_id!r} was already used in row {first} for another statement; give this one an id of its own",
                "statement_id",
                Severity.REJECTED,
            )
            return ""
        self.first_with_id[statement_id] = (row.line, content)
        twin = self.first_with_content.setdefault(content, row.line)
        if twin != row.line:
            self._say(
                row,
                "content-repeated",
                f"the row says the same as row {twin} under another id; both were kept. Remove one",
                "statement_id",
            )
        return statement_id

    def _spoken_for(self, row: Row) -> SpokenFor:
        spoken = self.actors.spoken_for(row.values["country"], row.values["organisation"])
        if spoken.unknown:
            meant = " or ".join(map(repr, spoken.meant))
            advice = f"did you mean {meant}?" if meant else "write the ISO 3166 code, or add it to actors.csv"
            written = row.values[spoken.unknown].strip()[:80]
            message = f"the {spoken.unknown} {written!r} is not known and was kept as written; {advice}"
            self._say(row, f"{spoken.unknown}-unknown", message, spoken.unknown)
        return spoken

    def _target(self, row: Row) -> str:
        written = row.values["target"].strip()
        return (self.actors.actor_id(written) or code_of(written)) if match_key(written) else NOT_GIVEN

    def _issue(self, row: Row) -> str:
        code = code_of(row.values["issue"])
        issue_id = self.issue_keys.get(code, code)
        if self.declared.issues and code != NOT_GIVEN and code not in self.issue_keys:
            self._say(
                row, "issue-unknown", f"the issue {row.values['issue'][:80]!r} is not in issues.csv; add it there, or mend the key", "issue"
            )
        return issue_id

    def _code(self, row: Row, column: str, words: tuple[str, ...], missing: str) -> str:
        written = row.values[column]
        code, is_understood = find_code(written, words, missing)
        if not is_understood:
            allowed = ", ".join(word for word in words if word != missing)
            self._say(
                row,
                f"{column}-unknown",
                f"the {column} {written[:80]!r} is not one of {allowed}; kept as written, counted as {missing}",
                column,
            )
        return code

    def _language(self, row: Row) -> str:
        written = row.values["quote_language"]
        code, is_understood = find_language(written)
        if not is_understood:
            self._say(
                row, "language-unknown", f"the language {written[:80]!r} is not known; write its ISO 639-1 code (en, ru)", "quote_language"
            )
        return code

    def _address(self, row: Row) -> str:
        written = row.values["document_url"]
        address = web_address(written)
        if written.strip() and not address:
            message = f"{written[:80]!r} is no http(s) address; kept as text, it never becomes a link. Write the whole address"
            self._say(row, "address-not-web", message, "document_url")
        return address

    def _check_other_dates(self, row: Row) -> None:
        for column in ("published_on", "coded_on"):
            written = row.values[column]
            if written and written.strip() and not _iso(written):
                self._say(
                    row,
                    "date-kept-as-text",
                    f"{written[:80]!r} is no ISO date; it was kept as text. To have it understood, {REMEDY}",
                    column,
                )

    def _check_kind(self, row: Row) -> None:
        written = row.values["quote_kind"]
        if written.strip() and not quote_kind_of(written):
            message = f"the kind of quote {written[:80]!r} is not one of {', '.join(QUOTE_KINDS)}; kept as written, counted as not said"
            self._say(row, "quote-kind-unknown", message, "quote_kind")

    def _say(self, row: Row, code: str, message: str, column: str, severity: Severity = Severity.WARNING) -> None:
        """Adds a problem; of warnings that are only counted in the end, one stands for all."""
        problem = Problem(code, message, severity, self.file, row.record, row.line, column)
        if severity is Severity.WARNING:
            self.n_warnings[code] += 1
            if self.n_warnings[code] > MAX_WARNINGS_OF_A_KIND:
                problem = self.one_of_many.setdefault(code, problem)
        self.problems.append(problem)


def _guesses_of(readings: Iterable[DateReading], first_year: int) -> Iterator[Guess]:
    """What had to be guessed of the whole column of dates."""
    codes = {code for reading in readings for code, _ in reading.warnings}
    if "date-ambiguous" in codes:
        yield Guess("date order", DAY_FIRST, "no row of the column says whether the day or the month comes first")
    if "date-serial" in codes:
        yield Guess("dates", f"days counted by a spreadsheet from {first_year}", "the whole column is such numbers")


def _written(row: Row, stated_on: PartialDate) -> dict[str, str]:
    """Every column but the two the statement itself holds; the date as it stood when that was not ISO.

    The dictionary of the row itself, which is used up: a million copies would take a gigabyte.
    """
    written = row.values
    del written["statement_id"]
    as_it_stood = written.pop("stated_on")
    if not written["stated_on_given"] and _iso(as_it_stood) != stated_on:
        written["stated_on_given"] = as_it_stood
    return written


@lru_cache(maxsize=65536)
def _iso(text: str) -> PartialDate | None:
    """The date an ISO text is; ``None`` for any other text."""
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


def _fingerprint(row: Row) -> bytes:
    """Equal for rows that say the same in every column but the id.

    The kind of quote counts where it is said: ids made from rows without it stay what they were before there was the column.
    """
    cells = "\x1f".join([row.values[name] for name in _SAID])
    if row.values["quote_kind"]:
        cells += f"\x1f{row.values['quote_kind']}"
    return hashlib.sha256(cells.encode("utf-8", "surrogatepass")).digest()
