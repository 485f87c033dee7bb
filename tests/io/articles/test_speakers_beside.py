"""Who speaks, when several stand in one sentence, and how much of what is set beside a name is kept."""

from __future__ import annotations

import pytest

from tests.bench.pronouns import Choice, fitted, n_right
from tracker.core.candidates import Candidate
from tracker.io.articles import extract
from tracker.io.articles.salience import Standing, weights


def _found(text: str, words: str) -> Candidate:
    return next(c for c in extract(text, published_on=None, language="en").candidates if words in c.quote)


@pytest.mark.parametrize(
    ("text", "in_full"),
    [
        pytest.param(
            "“It is so,” said Ann Lee, 52, a retired teacher from Salem, Ohio, who voted in 2008. “It goes on.”",
            "Ann Lee, 52, a retired teacher from Salem, Ohio, who voted in 2008",
            id="age-office-place-and-clause",
        ),
        pytest.param("“It is so,” said Ann Lee (R-Ohio), the chairwoman, as she left.", "Ann Lee (R-Ohio), the chairwoman", id="bracket"),
        pytest.param("Ann Lee, a teacher from Salem, said it is so.", "Ann Lee, a teacher from Salem", id="before-the-cue"),
        pytest.param("“It is so,” said the chief known as Bob, in public.", "the chief known as Bob", id="known-as"),
        pytest.param("“It is so,” said Ann Lee, adding that nothing else was.", "Ann Lee", id="not-a-clause-of-another-cue"),
        pytest.param("“It is so,” said Ann Lee on Monday, a day after the vote.", "Ann Lee", id="not-a-day"),
        pytest.param("The Lee campaign also called on the port to say “It is so” again.", "The Lee campaign", id="not-also-and-a-verb"),
        pytest.param("“It is so,” wrote a man calling himself Bo Roe.", "a man calling himself Bo Roe", id="calling-himself"),
        pytest.param("“It is so,” wrote a man named Bo Roe on a wall.", "a man named Bo Roe", id="named"),
        pytest.param("Ann Lee came. “It is so,” she said, a day after the vote.", "she", id="a-pronoun-stays"),
    ],
)
def test_what_is_set_beside_a_name(text: str, in_full: str) -> None:
    assert _found(text, "t is so").speaker.in_full == in_full


def test_the_words_beside_the_cue_stay_short() -> None:
    speaker = _found("“It is so,” said Ann Lee, a teacher from Salem.", "It is so").speaker
    assert (speaker.as_written, speaker.name) == ("Ann Lee", "Ann Lee")


@pytest.mark.parametrize(
    ("text", "words", "resolved"),
    [
        pytest.param(
            "Asked whether the plan, which friends described as poor, would help, Ann Lee said: “I hope not.”",
            "I hope not",
            "Ann Lee",
            id="whoever-leads-into-the-marks",
        ),
        pytest.param("When Bo Roe thanked Miami and said it was home, a man yelled “Stay there!”", "Stay", "a man", id="a-common-noun"),
        pytest.param(
            "Both men were glad – Bo Roe saying he was “very glad” and Ann Lee calling it a “great meeting.”",
            "great meeting",
            "Ann Lee",
            id="gerunds-in-a-row",
        ),
        pytest.param("Asked whom she saw, Ann Lee smiled and said, “Nobody at all.”", "Nobody", "Ann Lee", id="smiled-and-said"),
        pytest.param(
            "Ann Lee was not far from their thoughts, with many marchers and guests chanting “We are here.”",
            "We are",
            "many marchers and guests",
            id="with-a-crowd-chanting",
        ),
        pytest.param(
            "Ann Lee made it in an interview with Bo Roe, calling it “a great shame.”",
            "great shame",
            "Ann Lee",
            id="with-a-partner-of-talk",
        ),
        pytest.param("Ann Lee On Her Plans: “We do not pay for this.”", "We do not", "Ann Lee", id="a-headline-on-something"),
        pytest.param("Ann Lee’s letter to the voters notes that Bo Roe “is a friend.”", "a friend", "Ann Lee", id="whose-letter"),
        pytest.param(
            "Ann Lee’s friends in the city say that Bo Roe “is a friend.”", "a friend", "Ann Lee’s friends in the city", id="friends"
        ),
        pytest.param("Appearing on Face the Nation, the senator said it was “a shame.”", "a shame", "the senator", id="behind-an-opening"),
        pytest.param(
            "Ann Lee joined them, publishing an essay in The Daily Post hammering his “utter folly.”", "utter", "Ann Lee", id="in-a-paper"
        ),
        pytest.param(
            "As Ann Lee, author of “The Long Years,” put it, “Nobody should forget that.”", "Nobody", "Ann Lee", id="a-book-beside-a-name"
        ),
    ],
)
def test_who_of_several_speaks(text: str, words: str, resolved: str) -> None:
    assert _found(text, words).speaker.resolved == resolved


def test_a_book_beside_a_name_is_not_said() -> None:
    found = extract("As Ann Lee, author of “The Long Years,” put it, “Nobody should forget that.”", published_on=None, language="en")
    assert [c.quote for c in found.candidates] == ["“Nobody should forget that.”"]


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        pytest.param("Ann Lee met Mary Roe. Mary Roe left early. “It is so,” she said.", "Mary Roe", id="the-subject-before"),
        pytest.param("Ann Lee left.\n\nMary Roe came with a friend. “It is so,” she said.", "Mary Roe", id="the-same-paragraph"),
        pytest.param("Ann Lee spoke to John Doe. “It is so,” she said.", "Ann Lee", id="the-other-gender-is-nobody"),
        pytest.param("The house stood empty. “It is so,” she said.", "", id="nobody-named"),
        pytest.param("Ann Lee came. " + "It was cold. " * 41 + "“It is so,” she said.", "", id="too-far-back"),
    ],
)
def test_whom_a_pronoun_means(text: str, resolved: str) -> None:
    assert _found(text, "It is so").speaker.name == resolved


def test_every_feature_has_a_weight() -> None:
    standings = [Standing(0, subject, spoke, 0) for subject in (-1, 0) for spoke in (-1, 0)]
    features = {feature for standing in standings for sentence in range(12) for feature in standing.features(sentence, 0)}
    assert features | {"person"} == set(weights())


def test_weights_fitted_on_two_pronouns_find_both() -> None:
    told = [Choice(name, [({"near": 0.0}, False), ({"near": 1.0}, True)]) for name in ("one", "two")]
    assert n_right(told, fitted(told, 5)) == 2
    assert n_right(told, {"near": -1.0}) == 0


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("The UN envoy said it was late. “No,” said Ann Lee, speaking from Geneva.", "UN envoy", id="named-behind-the-office"),
        pytest.param(
            "The UN envoy said it was late. “No,” said Ann Lee, briefing the Council. She said so again.", "UN envoy", id="and-later-words"
        ),
        pytest.param("The UN envoy said it was late. Speaking in Rome, Ann Lee said “no.”", "UN envoy", id="an-opening-before-the-name"),
        pytest.param("The UN envoy said it was late. “No,” said Ann Lee.", "", id="perhaps-another-known-to-all"),
        pytest.param("The mayor’s spokesman said it was late. “No,” said Ann Lee, speaking in Rome.", "", id="the-one-he-speaks-for"),
        pytest.param("A UN envoy said it was late. “No,” said Ann Lee, speaking from Geneva.", "", id="any-envoy"),
        pytest.param("Ann Lee came. The UN envoy said it was late. “No,” said Ann Lee, speaking in Rome.", "", id="named-before"),
        pytest.param("The UN envoy said it was late. “No,” said Ann Lee, a teacher.", "teacher", id="somebody-else"),
        pytest.param("The UN envoy said it was late.\n\nIt rained.\n\n“No,” said Ann Lee.", "", id="too-far"),
        pytest.param("“No,” the prime minister’s official spokesman, Ann Lee, said.", "prime minister’s official spokesman", id="whose"),
    ],
)
def test_who_is_named_right_behind_an_office_holds_it(text: str, role: str) -> None:
    found = extract(text, published_on=None, language="en").candidates[-1].speaker
    assert (found.name, found.role) == ("Ann Lee", role)
