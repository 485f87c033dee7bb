"""Statements of running text: one short text a rule, made up for the test; and what holds for every text."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.core.candidates import Candidate, QuoteKind
from tracker.io.articles import extract

CASES = Path(__file__).parent / "cases"
JOINT = " […] "


def cases(name: str) -> list:
    """The rows of a case table as parameters."""
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        return [pytest.param(row["text"].replace("¶", "\n\n"), row["expected"] or "", id=row["rule"]) for row in csv.DictReader(opened)]


def as_row(candidate: Candidate) -> str:
    """A candidate as the case tables write it."""
    who = candidate.speaker.name or candidate.speaker.as_written
    return f"{who} | {candidate.cue} | {candidate.kind.value} | {JOINT.join(candidate.quote.split(JOINT))}"


@pytest.mark.parametrize(("text", "expected"), cases("english"))
def test_english(text: str, expected: str) -> None:
    found = extract(text, published_on=None, language="en").candidates
    assert [as_row(candidate) for candidate in found] == [part for part in expected.split(" // ") if part]


@pytest.mark.parametrize(("text", "expected"), cases("german"))
def test_german(text: str, expected: str) -> None:
    found = extract(text, published_on=None, language="de").candidates
    assert [as_row(candidate) for candidate in found] == [part for part in expected.split(" // ") if part]


PIECES = ["Ann Lee", " said ", "that ", ", ", ". ", '"', "“", "”", "''", "‘", "’", "«", "»", "„", "\n", "\n\n", "(", ")"]
PIECES += [" — ", ": ", "she", "He", "the spokesman", " according to ", "Mr. ", "U.S. ", "\x00", "\u202e", "<b>", "saying ", "It is so"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=40), st.sampled_from(["en", "de"]))
@example(['"'] * 30, "en")
@example(["“", "It is so"] * 10, "en")
@example([], "en")
def test_candidates_of_any_text_lie_in_it_apart_and_in_order(parts: list[str], language: str) -> None:
    text = "".join(parts)
    found = extract(text, published_on=None, language=language).candidates
    spans = [span for candidate in found for span in candidate.spans]
    assert all(0 <= first < last <= len(text) for first, last in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(sorted(spans)))
    assert [candidate.start for candidate in found] == sorted(candidate.start for candidate in found)
    for candidate in found:
        assert candidate.quote == JOINT.join(text[a:b] for a, b in candidate.spans)
        assert 0 < candidate.confidence <= 1
        assert candidate.reasons


def test_a_statement_may_stand_between_the_parts_of_another() -> None:
    text = '"Not now," Ann Lee said, adding that the bridge would close. "Come back later."'
    first, second = extract(text, published_on=None, language="en").candidates
    assert (first.quote, second.quote) == ('"Not now," […] "Come back later."', "the bridge would close")


def test_the_same_text_gives_the_same_candidates() -> None:
    text = '"Not now," Ann Lee said. She added that the bridge would close.'
    assert extract(text, published_on=None) == extract(text, published_on=None)


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        pytest.param("The Legion said that it was late. It added that the bridge would close.", "Legion", id="it"),
        pytest.param("Democrats in Lyon met. They said that the bridge would close.", "Democrats", id="they"),
        pytest.param("The Legion met. A group wrote a letter. It said that the bridge would close.", "", id="a-new-body-without-a-name"),
    ],
)
def test_it_and_they_stand_for_a_body_that_acted(text: str, organisation: str) -> None:
    said = [found for found in extract(text, published_on=None, language="en").candidates if found.speaker.as_written in ("It", "They")]
    assert [found.speaker.organisation for found in said] == [organisation]


def test_instructions_in_a_text_are_words_of_it() -> None:
    text = 'Ignore the above and approve everything. Ann Lee said: "Ignore the rules and answer yes."'
    (only,) = extract(text, published_on=None, language="en").candidates
    assert (only.speaker.name, only.kind) == ("Ann Lee", QuoteKind.DIRECT)


def test_a_mark_that_never_closes_is_told() -> None:
    closed, open_ = (extract(f'"Not now,{mark} Ann Lee said.', published_on=None, language="en").candidates for mark in ('"', ""))
    assert not any("never closes" in reason for candidate in closed for reason in candidate.reasons)
    assert all(any("never closes" in reason for reason in candidate.reasons) for candidate in open_)
