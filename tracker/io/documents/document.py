"""A document as read: its text, and what it says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracker.core.dates import PartialDate
from tracker.core.problems import Problem
from tracker.io.dates_read import read_dates

_SPACE = re.compile(r"\s+")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][A-Za-z0-9-]+)?", re.IGNORECASE)
_DATE_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d.*", re.DOTALL)


@dataclass(frozen=True)
class ReadDocument:
    """The text of a document, paragraphs apart by blank lines, and what the document says of itself.

    ``published_on`` is the civil day as written, whatever the time zone; ``created_on`` the day a file says it was made, which
    is not that of publication for certain. ``language`` is ISO 639-1; ``url`` is http(s).
    What the document does not say is "" or ``None``. ``left_out`` says in words what of it is not in the text, and how often.
    """

    text: str = field(repr=False)
    format: str
    title: str = ""
    publisher: str = ""
    url: str = ""
    published_on: PartialDate | None = None
    created_on: PartialDate | None = None
    language: str = ""
    encoding: str = ""
    left_out: tuple[tuple[str, int], ...] = ()
    problems: tuple[Problem, ...] = ()


def civil_date(text: str) -> PartialDate | None:
    """The one day, month or year a text writes; ``None`` when it writes none for certain. A time zone never moves it.

    >>> str(civil_date("Sun, 03 Apr 2016 23:30:00 -0500")), str(civil_date("2016-04-03T23:30:00-05:00")), civil_date("03/04/2016")
    ('2016-04-03', '2016-04-03', None)
    """
    reading = read_dates([_DATE_TIME.sub(r"\1", text.strip()[:200])])[0]
    is_certain = not any(code in ("date-ambiguous", "date-serial", "date-guessed") for code, _ in reading.warnings)
    return reading.date if is_certain else None


def one_line(text: str, at_most: int = 500) -> str:
    """The text on one line without outer spaces, cut at a length no title has.

    >>> one_line(" Two\\n  lines ")
    'Two lines'
    """
    return _SPACE.sub(" ", text[: at_most * 4]).strip()[:at_most]


def language_code(text: str) -> str:
    """The language of a tag as ISO 639-1; "" when it is none.

    >>> language_code("en-GB"), language_code("pt_BR"), language_code("english")
    ('en', 'pt', '')
    """
    found = _LANGUAGE.fullmatch(text.strip()[:40])
    return found[1].lower() if found else ""
