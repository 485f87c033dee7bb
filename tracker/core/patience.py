"""How long questions may take, and whether anybody still waits for the answer: both cut a running question off."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from math import isnan
from typing import TypeVar

from tracker.core.errors import TrackerError

LOOK_EVERY_SECONDS = 0.05
DEFAULT_SECONDS = 30.0
_T = TypeVar("_T")


class TooSlow(TrackerError):
    """The questions of a page took longer than the limit, and the one that ran was cut off."""

    @classmethod
    def after(cls, seconds: float) -> TooSlow:
        """The error with what to do."""
        return cls(
            f"This view asks for more than can be counted within {seconds:g} s, so it was stopped. "
            "Choose a shorter window, fewer actors or issues, or a narrower search."
        )


def _nobody() -> bool:
    return False


def _nothing() -> None:
    return None


def limit_seconds() -> float:
    """``TRACKER_LIMIT_SECONDS``: how long the questions of one page may take together; 30 unless it says otherwise, 0 for no limit.

    >>> limit_seconds()
    30.0
    """
    try:
        asked = float(os.environ.get("TRACKER_LIMIT_SECONDS", "") or DEFAULT_SECONDS)
    except ValueError:
        return DEFAULT_SECONDS
    return DEFAULT_SECONDS if isnan(asked) else max(0.0, asked)


@dataclass(frozen=True)
class Patience:
    """Until when the questions of one page are waited for, and how to tell that the person has moved on.

    ``moved_on`` is asked from another thread and must only look; ``leave`` is called in the thread of the question after
    it was cut off for that, and raises what ends the run. A ``leave`` that returns has the question asked again.
    """

    seconds: float
    until: float
    moved_on: Callable[[], bool] = _nobody
    leave: Callable[[], None] = _nothing


_PATIENCE: ContextVar[Patience | None] = ContextVar("patience", default=None)


@contextmanager
def patient(seconds: float, moved_on: Callable[[], bool] = _nobody, leave: Callable[[], None] = _nothing) -> Iterator[None]:
    """Within it, questions of this thread end with TooSlow when they took longer together, or as ``leave`` ends them.

    ``seconds`` of 0 are no limit. Outside of it questions may take as long as they do: the command line is stopped by
    its person, and preparing a data set is nobody's page.
    """
    until = time.monotonic() + seconds if seconds else float("inf")
    token = _PATIENCE.set(Patience(seconds, until, moved_on, leave))
    try:
        yield
    finally:
        _PATIENCE.reset(token)


@dataclass(eq=False)
class _Running:
    """One question that is being answered; ``was_cut`` is what it was cut off for."""

    patience: Patience
    interrupt: Callable[[], None]
    was_cut: str = ""


@dataclass
class _Watch:
    """One thread for all questions: it looks at those that run every moment, and sleeps while none does."""

    running: set[_Running] = field(default_factory=set)
    changed: threading.Condition = field(default_factory=threading.Condition)
    thread: threading.Thread | None = None
    is_asleep: bool = True

    def begin(self, question: _Running) -> None:
        with self.changed:
            self.running.add(question)
            if self.thread is None:
                self.thread = threading.Thread(target=self._look, name="patience", daemon=True)
                self.thread.start()
            elif self.is_asleep:
                self.changed.notify()

    def end(self, question: _Running) -> None:
        # Under the lock, so that nothing is interrupted that has ended.
        with self.changed:
            self.running.discard(question)

    def _look(self) -> None:
        while True:
            with self.changed:
                while not self.running:
                    self.is_asleep = True
                    self.changed.wait()
                self.is_asleep = False
                self._cut_off()
            time.sleep(LOOK_EVERY_SECONDS)

    def _cut_off(self) -> None:
        # A function of its own: a name left in the loop of the thread would keep the last question, and its tables, open.
        for question in self.running:
            _cut_if_due(question)


def _cut_if_due(question: _Running) -> None:
    patience = question.patience
    why = "slow" if time.monotonic() > patience.until else "left" if patience.moved_on() else ""
    if why:
        question.was_cut = question.was_cut or why
        question.interrupt()  # again each time: the first may have come before the question began


_WATCH = _Watch()


def asked_patiently(ask: Callable[[], _T], interrupt: Callable[[], None]) -> _T:
    """What ``ask`` gives, unless patience ends first: then ``interrupt`` is called from another thread.

    Raises TooSlow when the limit was passed; what ``leave`` raises when the person moved on; else what ``ask`` raises.
    """
    patience = _PATIENCE.get()
    if patience is None:
        return ask()
    if time.monotonic() > patience.until:
        raise TooSlow.after(patience.seconds)
    question = _Running(patience, interrupt)
    _WATCH.begin(question)
    try:
        return ask()
    except Exception:
        if question.was_cut == "slow":
            raise TooSlow.after(patience.seconds) from None
        if not question.was_cut:
            raise
    finally:
        _WATCH.end(question)
    patience.leave()
    with _still_patient(patience):
        return asked_patiently(ask, interrupt)


@contextmanager
def _still_patient(patience: Patience) -> Iterator[None]:
    """The same limit for somebody who stayed after all."""
    token = _PATIENCE.set(Patience(patience.seconds, patience.until))
    try:
        yield
    finally:
        _PATIENCE.reset(token)
