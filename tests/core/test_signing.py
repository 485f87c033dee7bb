"""Persons who speak together: one is the spokesperson, the others sign, and nobody is lost."""

from __future__ import annotations

import pytest

from tracker.core.candidates import Speaker
from tracker.core.signing import first_and_others

ROE = Speaker(name="Jane Roe", role="Foreign Minister", country="NOR")
LEE = Speaker(name="Ann Lee", country="SWE", organisation="Test Ministry")
SON = Speaker(name="Test Son", country="SWE", role="Envoy")
CHAIR = Speaker(name="Test Chair", organisation="Test Council")
NOBODY = Speaker(name="Test Nobody")


@pytest.mark.parametrize(
    ("together", "first", "others"),
    [
        pytest.param((ROE, LEE), "Jane Roe", [("SWE", "Ann Lee", "Test Ministry", "")], id="two-states"),
        pytest.param((ROE, CHAIR), "Jane Roe", [("Test Council", "Test Chair", "", "")], id="an-organisation-signs-by-its-name"),
        pytest.param((ROE, LEE, SON), "Jane Roe", [("SWE", "Ann Lee, Test Son", "Test Ministry", "Envoy")], id="of-one-state-once"),
        pytest.param((LEE, ROE, SON), "Ann Lee, Test Son", [("NOR", "Jane Roe", "", "Foreign Minister")], id="two-of-the-first-state"),
        pytest.param((ROE, NOBODY), "Jane Roe", [("", "Test Nobody", "", "")], id="a-state-that-nothing-tells-is-left-open"),
        pytest.param((LEE, SON), "", [], id="of-one-state-they-stay-one"),
        pytest.param((NOBODY, NOBODY), "", [], id="of-no-state-they-stay-one"),
        pytest.param((), "", [], id="nobody-speaks-together"),
    ],
)
def test_who_is_the_spokesperson_and_who_signs(together: tuple[Speaker, ...], first: str, others: list[tuple[str, ...]]) -> None:
    speaker = Speaker("They all", together=together)
    found, signatories = first_and_others(speaker)
    assert [(one.actor, one.spokesperson, one.organisation, one.note) for one in signatories] == others
    assert (found.name if signatories else found) == (first or speaker)


def test_a_role_they_share_is_that_of_each_who_has_none_of_the_first_state() -> None:
    first, _ = first_and_others(Speaker("both", role="Ministers", together=(LEE, ROE)))
    assert first.role == "Ministers"
