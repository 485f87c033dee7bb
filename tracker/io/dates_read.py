"""A column of texts to civil dates: which of two numbers is the day, and whether a spreadsheet counted the days.

What each text says by itself is told by ``date_forms``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from tracker.io.date_forms import clean_date_text, is_serial, read_date, serial_day, two_numbers
from tracker.io.date_reading import DateReading, Order

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
"""What people can say about 03/04/2016."""


def read_dates(texts: Sequence[str], date_order: str = "", *, counts_from_1904: bool = False) -> list[DateReading]:
    """A reading for every text of one column, in its order.

    03/04/2016 is ambiguous: ``date_order`` ("day-first" or "month-first") decides, else some row of the column
    (25/04/2016), which holds for all; otherwise the day is taken to come first, with a warning. Numbers like 42463 are
    days counted by a spreadsheet when the whole column is such numbers: from 1900, or from 1904 where the file says so.

    >>> [str(reading.date) for reading in read_dates(["03/04/2016", "12/25/2016", "2016-07", "28 июля 2016"])]
    ['2016-03-04', '2016-12-25', '2016-07', '2016-07-28']
    """
    cleaned = [clean_date_text(text) for text in texts]
    if are_serials(cleaned):
        return [_read_serial(text, counts_from_1904) for text in cleaned]
    order, is_decided = decide_order(cleaned, date_order)
    return [read_date(text, order, is_decided) for text in cleaned]


def are_serials(cleaned: Sequence[str]) -> bool:
    """Whether every text that is not empty is a number of days as spreadsheets count them, between 1954 and 2064.

    >>> are_serials(["42463", "42465.5", ""]), are_serials(["42463", "2016-04-03"]), are_serials(["42463"])
    (True, False, False)
    """
    filled = [text for text in cleaned if text]
    return len(filled) > 1 and is_serial(filled[0]) and all(map(is_serial, filled))


@lru_cache(maxsize=65536)
def _read_serial(text: str, counts_from_1904: bool) -> DateReading:
    if not text:
        return read_date(text, Order.DAY_FIRST, True)
    day, year = serial_day(text, counts_from_1904), 1904 if counts_from_1904 else 1900
    other = "so the workbook says" if counts_from_1904 else "counted from 1904, as old Macintosh files do, it is four years and a day later"
    warning = (
        f"the date {text!r} was taken as a day counted by a spreadsheet from {year}: {day.words}, "
        f"because the whole column is such numbers. Check it; {other}"
    )
    return DateReading(day, warnings=(("date-serial", warning),))


def decide_order(cleaned: Iterable[str], date_order: str = "") -> tuple[Order, bool]:
    """The order the column writes day and month in, and whether it was said or rows decide it (and none contradicts)."""
    if date_order:
        return (Order.MONTH_FIRST if date_order == MONTH_FIRST else Order.DAY_FIRST), True
    firsts, seconds = 0, 0
    for text in set(cleaned):
        first, second = two_numbers(text) or (0, 0)
        firsts += 12 < first <= 31 and second <= 12
        seconds += 12 < second <= 31 and first <= 12
    order = Order.MONTH_FIRST if seconds and not firsts else Order.DAY_FIRST
    return order, bool(firsts) != bool(seconds)
