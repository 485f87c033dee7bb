"""Transcripts, verbatim records and pages that are one statement: short made-up pages with the rows they must give.

A page of ``cases/pages`` is: what is known of it, the text, and one row a statement (who, role, state, day, first words).
"""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.core.candidates import Extraction
from tracker.core.dates import PartialDate
from tracker.io.articles import extract

PAGES = sorted((Path(__file__).parent / "cases" / "pages").glob("*.txt"))


def _read(page: Path) -> tuple[str, Extraction]:
    head, _, rest = page.read_text(encoding="utf-8").partition("===\n")
    text = rest.split("\n=== rows\n")[0]
    known = dict(line.split(": ", 1) for line in head.strip().splitlines())
    published_on = PartialDate.parse(known["published"])
    return text, extract(
        text, published_on=published_on, language=known.get("language"), title=known.get("title"), url=known.get("url", "")
    )


def rows_of(page: Path) -> list[str]:
    """The rows a page gives now, as they are written in its file."""
    _, found = _read(page)
    rows = []
    for candidate in found.candidates:
        speaker = candidate.speaker
        words = " ".join(candidate.quote.split())[:40].rstrip()
        rows.append(
            f"{speaker.resolved or '–'} | {speaker.role or '–'} | {speaker.country or '–'} | {candidate.stated_on or '–'} | {words}"
        )
    return rows


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_gives_its_rows(page: Path) -> None:
    expected = page.read_text(encoding="utf-8").split("=== rows\n")[1].splitlines()
    assert rows_of(page) == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_part_of_a_statement_stands_in_the_text_and_no_question_does(page: Path) -> None:
    text, found = _read(page)
    for candidate in found.candidates:
        assert candidate.quote == " […] ".join(text[a:b] for a, b in candidate.spans)
        assert not candidate.quote.rstrip().endswith(("?", "？", "؟"))
        assert candidate.reasons


LABELS = ("Q: ", "A: ", "IMAGE: x", "NB: y", "MR ROE: ", "QUESTION: ", "Вопрос: ", "问：", "The President: ", "\n\n")
LABELS += ("Mr. Roe (France) (spoke in French): ",)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LABELS) | st.text(max_size=30), max_size=30), st.sampled_from(["en", "ru", "zh", "ar", "fr"]))
def test_no_text_raises_and_statements_do_not_overlap(parts: list[str], language: str) -> None:
    text = "\n".join(parts)
    found = extract(text, published_on=PartialDate(2016, 7, 28), language=language, title=text[:80])
    spans = [span for candidate in found.candidates for span in candidate.spans]
    assert [candidate.start for candidate in found.candidates] == sorted(candidate.start for candidate in found.candidates)
    assert all(before[1] <= after[0] for before, after in pairwise(sorted(spans)))


HOSTILE = {
    "labels": "Q: Why is that so, and who has said it to you?\nA: Because we say so, and we have said it many times.\n",
    "un-labels": "Mr. Roe (France) (spoke in French): We say so, and we have said it many times before.\n",
    "nul-and-controls": "MR ROE: \x00\u202eWe say so\u202c and have \u200bsaid it many times before today.\x00\n",
    "brackets": "((((Mr. Roe (((",
    "colons": "a:b:c::::\n",
    "one-line": "On Monday, July 28, Foreign Minister Roe of France said that it is so and will be so for good; ",
    "blanks": " \t\n",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_time_grows_with_the_text_and_not_with_its_square(kind: str) -> None:
    unit = HOSTILE[kind]

    def seconds(n_characters: int) -> float:
        text = unit * (n_characters // len(unit))
        started = time.perf_counter()
        extract(text, published_on=PartialDate(2016, 7, 28), language="en")
        return time.perf_counter() - started

    seconds(2_000)
    small = max(seconds(30_000), seconds(30_000), 0.01)
    assert seconds(300_000) < 40 * small
