"""Issues suggested by their words: only where one is plain."""

from __future__ import annotations

import pytest

from tracker.core.dates import PartialDate
from tracker.core.model import Issue
from tracker.io.articles import extract
from tracker.io.articles.issues_suggested import IssueWords

ISSUES = (
    Issue("flights", "No-fly zone", "Military flights over the region should be banned."),
    Issue("corridors", "Humanitarian corridors", "The corridors out of the city are a legitimate humanitarian operation."),
    Issue("weapons", "Chemical weapons", "The government used chemical weapons and must answer for it."),
)


@pytest.mark.parametrize(
    ("text", "issue_id"),
    [
        ("We call for a no-fly zone in which military flights are banned.", "flights"),
        ("Humanitarian corridors are open.", "corridors"),
        ("The use of a chemical weapon is a crime.", "weapons"),
        ("Humanitarian corridors and chemical weapons were discussed.", ""),
        ("We shall meet again on Monday.", ""),
        ("", ""),
    ],
)
def test_an_issue_is_suggested_only_where_its_words_lead(text: str, issue_id: str) -> None:
    assert IssueWords.of(ISSUES).suggested(text) == issue_id


def test_candidates_carry_the_suggestion_and_none_without_issues() -> None:
    text = '"The use of chemical weapons is a crime," said Foreign Minister Jane Roe.'
    day = PartialDate(2016, 7, 28)
    assert [c.issue_id for c in extract(text, published_on=day, issues=ISSUES).candidates] == ["weapons"]
    assert [c.issue_id for c in extract(text, published_on=day).candidates] == [""]
