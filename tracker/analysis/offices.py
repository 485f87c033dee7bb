"""Which office a spokesperson held when, as the statements themselves say it, and as the table of offices does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.analysis.corpus import Corpus
from tracker.core.beside import Tenure
from tracker.core.dates import Within
from tracker.core.groups import Stay
from tracker.core.vocabulary import NOT_GIVEN

MAX_OFFICES = 50


@dataclass(frozen=True, slots=True)
class Office:
    """One office as rows of statements name it, from the first day of the first of them to the last of the last.

    Nothing is said of the days outside: when somebody took office or left is in no statement.
    """

    role: str
    organisation: str
    first_from: date
    last_to: date
    n_statements: int
    first_id: str


def offices_of(corpus: Corpus, spokesperson_id: str) -> tuple[Office, ...]:
    """The offices of one spokesperson, the earliest first, told apart by role and organisation as written.

    Rows without a role name none. None for nobody; the first ``MAX_OFFICES`` where wordings differ in every row.
    """
    if spokesperson_id in ("", NOT_GIVEN):
        return ()
    held = corpus.statements.filter((corpus.statements.spokesperson_id == spokesperson_id) & (corpus.statements.role != ""))
    found = held.group_by("role", "organisation").aggregate(
        first_from=held.stated_from.min(),
        last_to=held.stated_to.max(),
        n_statements=held.count(),
        first_id=held.statement_id.argmin(held.row_number),
    )
    ordered = found.order_by("first_from", "last_to", "role", "organisation").limit(MAX_OFFICES)
    return tuple(Office(**row) for row in corpus.ask(("offices", spokesperson_id), lambda: ordered))


def tenures_of(corpus: Corpus, spokesperson_id: str) -> tuple[Tenure, ...]:
    """The offices of one spokesperson in the table of offices, the earliest first.

    Those without a beginning stand before; at most ``MAX_OFFICES``. None for nobody, and where there is no such table.
    """
    if spokesperson_id in ("", NOT_GIVEN) or "offices" not in corpus.beside:
        return ()
    held = corpus.beside["offices"]
    ordered = held.filter(held.spokesperson_id == spokesperson_id).order_by("from_on", "until_on", "role", "organisation")
    return tuple(Tenure(**row) for row in corpus.ask(("tenures", spokesperson_id), lambda: ordered.limit(MAX_OFFICES)))


def lies_in(tenure: Tenure, first: date, last: date) -> Within:
    """Whether an office of the table was held on these days: surely, possibly (dates may be partial), or not.

    An end that is not on record is open.
    """
    return Stay.of(tenure).lies(first, last)


def held_on(offices: Sequence[Office], first: date, last: date) -> tuple[Office, ...]:
    """The offices that statements name both before and after these days, or on them: held then, as far as the data tells.

    Empty where the days lie between two offices, or outside of all: then it is not known which was held.

    >>> one = Office("Envoy", "", date(2016, 1, 1), date(2016, 3, 1), 2, "a")
    >>> held_on([one], date(2016, 2, 1), date(2016, 2, 1)) == (one,), held_on([one], date(2016, 4, 1), date(2016, 4, 1))
    (True, ())
    """
    return tuple(office for office in offices if office.first_from <= first and last <= office.last_to)
