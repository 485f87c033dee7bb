"""Statements of running text: one short text a rule, written for the test."""

import pytest

from tracker.io.articles import extract

CASES = [
    ("quotation then name then cue", '"Not now," Ann Lee said.', [('"Not now,"', "Ann Lee", "said")]),
    ("quotation then cue then name", '"Not now," said Ann Lee, the spokeswoman.', [('"Not now,"', "Ann Lee", "said")]),
    ("name then cue then quotation", 'Ann Lee said: "Not now."', [('"Not now."', "Ann Lee", "said")]),
    ("indirect", "Ann Lee said on Monday that the talks had failed.", [("the talks had failed", "Ann Lee", "said")]),
    ("pronoun", 'Ann Lee came late. "Not now," she said.', [('"Not now,"', "Ann Lee", "said")]),
    ("split", '"Not now," Ann Lee said. "Come back later."', [('"Not now," […] "Come back later."', "Ann Lee", "said")]),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_english(text, expected):
    found = extract(text, published_on=None, language="en").candidates
    assert [(c.quote, c.speaker.name, c.cue) for c in found] == expected
