"""The run of a visitor: what is asked for somebody who clicked on or left is cut off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests, ScriptRequestType

from tracker.core.patience import asked_patiently
from tracker.ui import session

NEVER_S = 60


def _run(requests: ScriptRequests | None) -> SimpleNamespace:
    """A run with Streamlit's own book of requests, and its check as the script runner has it."""

    def check() -> None:
        asked = requests.on_scriptrunner_yield()
        if asked and asked.type is ScriptRequestType.RERUN:
            raise RerunException(asked.rerun_data)
        if asked:
            raise StopException

    return SimpleNamespace(script_requests=requests, yield_check=check)


@pytest.mark.parametrize(
    ("click", "ends"),
    [
        pytest.param(lambda requests: requests.request_rerun(RerunData()), RerunException, id="clicked-on"),
        pytest.param(lambda requests: requests.request_stop(), StopException, id="closed-the-page"),
    ],
)
def test_whoever_moved_on_waits_for_nothing(
    monkeypatch: pytest.MonkeyPatch, click: Callable[[ScriptRequests], object], ends: type[BaseException]
) -> None:
    requests, interrupted = ScriptRequests(), threading.Event()
    monkeypatch.setattr(session, "get_script_run_ctx", lambda **_: _run(requests))

    def endless() -> None:
        click(requests)
        assert interrupted.wait(NEVER_S), "nobody interrupted it"
        raise RuntimeError("interrupted")

    with session.patient(), pytest.raises(ends):
        asked_patiently(endless, interrupted.set)


@pytest.mark.parametrize("run", [None, _run(None)], ids=["no-run", "a-run-without-requests"])
def test_outside_a_run_only_the_limit_holds(monkeypatch: pytest.MonkeyPatch, run: SimpleNamespace | None) -> None:
    monkeypatch.setattr(session, "get_script_run_ctx", lambda **_: run)
    with session.patient():
        assert asked_patiently(lambda: "answer", lambda: None) == "answer"


def test_a_part_of_the_page_that_asks_to_be_drawn_anew_cuts_nothing_off(monkeypatch: pytest.MonkeyPatch) -> None:
    requests, n_asked = ScriptRequests(), []
    monkeypatch.setattr(session, "get_script_run_ctx", lambda **_: _run(requests))
    requests.request_rerun(RerunData(fragment_id_queue=["a"]))

    def question() -> str:
        n_asked.append(1)
        return "answer"

    with session.patient():
        assert asked_patiently(question, lambda: None) == "answer"
    assert len(n_asked) == 1
