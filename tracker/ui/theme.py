"""One palette and one set of formats for every page, chart and card."""

from __future__ import annotations

from datetime import date

from tracker.core.dates import PartialDate
from tracker.core.vocabulary import NOT_CODED, STANCES

STANCE_COLOURS: dict[str, str] = {
    "support": "#3584c4",
    "oppose": "#d9632a",
    "mixed": "#9a6fd0",
    "neutral": "#7f8a94",
    NOT_CODED: "#aab2ba",
}
"""Fills that hold 3:1 on the light and the dark background and stay apart for colour-blind readers; assets/tracker.css repeats them."""

STANCE_SHAPES: dict[str, str] = {
    "support": "triangle-up",
    "oppose": "triangle-down",
    "mixed": "diamond",
    "neutral": "circle",
    NOT_CODED: "square",
}
"""The second sign beside colour, the same in charts and cards."""

STANCE_ORDER: list[str] = list(STANCES)

EVENT_COLOUR = "#80622a"
COUNT_COLOUR = "#3f7fae"
AGREE_COLOUR, OPPOSED_COLOUR = STANCE_COLOURS["support"], STANCE_COLOURS["oppose"]
"""The two ends of alignment; how far a value is from nothing is how full the colour is, so that both themes can be read."""

LABEL_COLOUR = "#55616d"
"""Words in charts, and events: to be read on white; assets/tracker.css has what stands for them by night."""
GRID_COLOUR = "#8d98a340"


def stance_class(code: str) -> str:
    """The style class of a stance.

    >>> stance_class("not-coded"), stance_class("anything else")
    ('stance-not-coded', 'stance-not-coded')
    """
    return f"stance-{code if code in STANCES else NOT_CODED}"


def date_words(iso: str) -> str:
    """A partial ISO date in words; the text itself when it is none.

    >>> date_words("2016-07"), date_words("")
    ('July 2016', '')
    """
    try:
        return PartialDate.parse(iso).words
    except ValueError:
        return iso


def short_date(iso: str) -> str:
    """A partial ISO date in few letters.

    >>> short_date("2016-07-28"), short_date("2016-07")
    ('28 Jul 2016', 'Jul 2016')
    """
    words = date_words(iso).split()
    return " ".join(word[:3] if word.isalpha() else word for word in words)


def period_words(begins_on: date, step: str) -> str:
    """A period of a timeline in words.

    >>> period_words(date(2016, 7, 1), "quarter"), period_words(date(2016, 7, 25), "week"), period_words(date(2010, 1, 1), "decade")
    ('July–September 2016', 'week of 25 July 2016', '2010s')
    """
    if step == "quarter":
        last = date(begins_on.year, begins_on.month + 2, 1)
        return f"{begins_on:%B}–{last:%B %Y}"
    if step == "month":
        return f"{begins_on:%B %Y}"
    if step in ("year", "decade"):
        return str(begins_on.year) if step == "year" else f"{begins_on.year // 10 * 10}s"
    day = PartialDate.of(begins_on).words
    return f"week of {day}" if step == "week" else day


def plural(n: int, noun: str, many: str = "") -> str:
    """A count with its noun.

    >>> plural(1, "statement"), plural(1200, "statement")
    ('1 statement', '1,200 statements')
    """
    return f"{n:,} {noun if n == 1 else many or noun + 's'}"
