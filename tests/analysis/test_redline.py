"""Redlines: applied they give the other text, moved is not deleted and inserted, and every script has words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.analysis.corpora import corpus_of
from tests.factory import statement
from tracker.analysis.listing import statements_by_id
from tracker.analysis.neighbours import previous_wording
from tracker.analysis.redline import AFTER, BEFORE, INSERTED, KEPT, MAX_WORDS, MOVED_FROM, MOVED_TO, Redline, redline, redline_of
from tracker.core.words import words

LONG = "We call on all sides to stop. "
AID = "Aid must reach everyone in need. "


def shown(found: Redline) -> str:
    """A redline in one line: [-deleted-], {+inserted+}, <moved away<, >moved here>."""
    marks = {KEPT: "{}", "deleted": "[-{}-]", INSERTED: "{{+{}+}}", MOVED_FROM: "<{}<", MOVED_TO: ">{}>"}
    return "".join(marks[segment.kind].format(segment.text) for segment in found.segments)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("", "", "", id="nothing"),
        pytest.param("", "Stop now", "{+Stop now+}", id="all-new"),
        pytest.param("Stop now", "", "[-Stop now-]", id="all-gone"),
        pytest.param("Stop now", "Stop now", "Stop now", id="same"),
        pytest.param("Stop  now\n", "Stop now", "Stop now", id="white-space-is-no-difference"),
        pytest.param("cafe\u0301 now", "café now", "café now", id="encoding-is-no-difference"),
        pytest.param("stop now", "Stop now", "[-stop -]{+Stop +}now", id="capitals-are-one"),
        pytest.param("It may stop now", "It must stop now", "It [-may -]{+must +}stop now", id="one-word"),
        pytest.param(AID + LONG, LONG + AID, f"<{AID}<{LONG}>{AID}>", id="moved"),
        pytest.param("Stop now. " + LONG, LONG + "Stop now. ", f"[-Stop now. -]{LONG}{{+Stop now. +}}", id="too-short-to-move"),
        pytest.param("Stop. Go.", "Stop. Now. Go.", "Stop. {+Now. +}Go.", id="a-sign-stays-with-its-words"),
        pytest.param("Stop. Now. Go.", "Stop. Go.", "Stop. [-Now. -]Go.", id="a-sign-stays-with-its-words-deleted"),
        pytest.param("立即停火，开放人道走廊", "立即全面停火，开放走廊", "立即{+全面+}停火，开放[-人道-]走廊", id="chinese"),
        pytest.param("وقف إطلاق النار", "وقف كامل إطلاق النار", "وقف {+كامل +}إطلاق النار", id="arabic"),
        pytest.param("Ateşkes hemen başlasın", "Ateşkes bugün başlasın", "Ateşkes [-hemen -]{+bugün +}başlasın", id="turkish"),
        pytest.param("one two three the four five six", "aa bb cc the dd ee ff",
                     "[-one two three the four five six-]{+aa bb cc the dd ee ff+}", id="one-word-left-is-chance"),
    ],
)  # fmt: skip
def test_redlines(before: str, after: str, expected: str) -> None:
    assert shown(redline(before, after)) == expected


def texts() -> st.SearchStrategy[str]:
    parts = st.sampled_from([AID, LONG, "Stop. ", "may ", "must ", "停火", "。", "وقف ", "e\u0301 ", "é ", "\n", "  ", "—", "", "No! "])
    return st.lists(parts, max_size=25).map("".join) | st.text(max_size=60)


@given(texts(), texts())
@example("", " ")
@example(" x", "x ")
@example(AID + LONG + AID, LONG + AID + AID + LONG)
def test_a_redline_gives_both_texts_back(before: str, after: str) -> None:
    found = redline(before, after)
    assert "".join(s.before for s in found.segments if s.kind in BEFORE) == before
    assert "".join(s.after for s in found.segments if s.kind in AFTER) == after
    assert all(not s.after for s in found.segments if s.kind not in AFTER)
    assert all(not s.before for s in found.segments if s.kind not in BEFORE)


@given(texts(), texts())
def test_counts_are_those_of_the_words_and_the_same_backwards(before: str, after: str) -> None:
    found, back = redline(before, after), redline(after, before)
    assert (found.n_before, found.n_after) == (back.n_after, back.n_before)
    assert 0 <= found.n_kept + found.n_moved <= min(found.n_before, found.n_after)
    assert 0 <= found.share_kept <= 1
    assert redline(before, before).share_kept == 1


@given(texts(), texts())
def test_what_moved_stands_in_both_word_for_word(before: str, after: str) -> None:
    found = redline(before, after)
    gone, here = ([words(unicodedata.normalize("NFC", s.text)) for s in found.segments if s.kind == k] for k in (MOVED_FROM, MOVED_TO))
    assert sorted(gone) == sorted(here)


def test_a_very_long_text_is_compared_as_far_as_the_limit_and_says_so() -> None:
    long = "word " * (MAX_WORDS + 10)
    assert redline(long, long).is_cut and redline(long, long).n_kept == MAX_WORDS
    assert not redline("word " * MAX_WORDS, "word").is_cut


def test_languages_are_never_compared_with_each_other() -> None:
    rows = (
        statement("en", quote="Stop now", language_code="en"),
        statement("ru", quote="Стоп", quote_en="Stop now please", language_code="ru"),
        statement("ru2", quote="Стоп сейчас", quote_en="Halt", language_code="ru"),
        statement("ar", quote="قف", language_code="ar"),
    )
    with corpus_of(*rows) as corpus:
        english, russian, russian_too, arabic = statements_by_id(corpus, ("en", "ru", "ru2", "ar"))
    assert (redline_of(english, russian).language, shown(redline_of(english, russian).redline)) == ("en", "Stop now {+please+}")
    assert redline_of(english, russian).is_translated
    assert (redline_of(russian, russian_too).language, redline_of(russian, russian_too).is_translated) == ("ru", False)
    assert redline_of(english, arabic).redline is None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param("c", "b", id="nearest-of-the-same"),
        pytest.param("a", None, id="first"),
        pytest.param("same-day", "a", id="not-the-same-day"),
        pytest.param("month", "a", id="surely-earlier-only"),
        pytest.param("nobody", None, id="no-spokesperson"),
        pytest.param("unknown", None, id="unknown"),
    ],
)
def test_previous_wording(asked: str, expected: str | None) -> None:
    rows = (
        statement("a", "2016-06-01"),
        statement("b", "2016-07-01"),
        statement("same-day", "2016-07-01"),
        statement("month", "2016-07"),
        statement("c", "2016-08-03"),
        statement("elsewhere", "2016-08-01", issue_id="issue-two"),
        statement("other", "2016-08-02", spokesperson_id="another"),
        statement("nobody", "2016-08-02", spokesperson_id=""),
    )
    with corpus_of(*(row for row in rows if not (asked == "c" and row.statement_id in ("same-day", "month")))) as corpus:
        found = previous_wording(corpus, asked)
    assert (found.statement_id if found else None) == expected
