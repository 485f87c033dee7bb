"""Patience: a question is cut off when it takes too long or nobody waits, and never otherwise."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from tracker.core.patience import TooSlow, asked_patiently, limit_seconds, patient

NEVER_S = 60


class Question:
    """A question that runs until it is interrupted, or to its end when ``is_short``."""

    def __init__(self, *, is_short: bool = False) -> None:
        self.was_interrupted, self.n_asked, self.is_short = threading.Event(), 0, is_short

    def ask(self) -> str:
        self.n_asked += 1
        if not self.is_short and self.was_interrupted.wait(NEVER_S):
            raise RuntimeError("interrupted")
        return "answer"


class Left(BaseException):
    """What ends the run of a visitor who left."""


def leave() -> None:
    raise Left


def test_without_a_limit_questions_are_only_asked() -> None:
    question = Question(is_short=True)
    assert asked_patiently(question.ask, question.was_interrupted.set) == "answer"
    with patient(0):
        assert asked_patiently(question.ask, question.was_interrupted.set) == "answer"
    assert not question.was_interrupted.is_set()


def test_a_slow_question_is_cut_off_and_those_after_it_are_not_asked() -> None:
    slow, next_one = Question(), Question(is_short=True)
    with patient(0.01), pytest.raises(TooSlow, match=r"within 0\.01 s"):
        asked_patiently(slow.ask, slow.was_interrupted.set)
    assert slow.was_interrupted.is_set()
    with patient(1e-9), pytest.raises(TooSlow):
        asked_patiently(next_one.ask, next_one.was_interrupted.set)
    assert next_one.n_asked == 0


def test_a_question_nobody_waits_for_is_cut_off() -> None:
    question = Question()
    with patient(NEVER_S, lambda: True, leave), pytest.raises(Left):
        asked_patiently(question.ask, question.was_interrupted.set)


def test_somebody_who_stays_after_all_gets_the_answer() -> None:
    question = Question()

    def stays() -> None:
        question.is_short = True

    with patient(NEVER_S, lambda: True, stays):
        assert asked_patiently(question.ask, question.was_interrupted.set) == "answer"
    assert question.n_asked == 2


def test_an_error_of_the_question_stays_what_it_was() -> None:
    def fails() -> None:
        raise ValueError("no such column")

    with patient(NEVER_S), pytest.raises(ValueError, match="no such column"):
        asked_patiently(fails, lambda: None)


def test_the_limit_is_each_threads_own() -> None:
    begun, found = threading.Event(), []

    def other(question: Callable[[], str]) -> None:
        begun.wait(NEVER_S)
        found.append(asked_patiently(question, lambda: None))

    waiting = threading.Thread(target=other, args=(Question(is_short=True).ask,))
    waiting.start()
    with patient(1e-9):
        begun.set()
        waiting.join(NEVER_S)
    assert found == ["answer"]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        pytest.param("", 30, id="unset"),
        pytest.param("2.5", 2.5, id="a-number"),
        pytest.param("0", 0, id="no-limit"),
        pytest.param("-1", 0, id="below-nothing"),
        pytest.param("soon", 30, id="no-number"),
        pytest.param("nan", 30, id="not-a-number"),
    ],
)
def test_the_limit_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, written: str, seconds: float) -> None:
    monkeypatch.setenv("TRACKER_LIMIT_SECONDS", written)
    assert limit_seconds() == seconds
