"""Words that go on in a mood that only reports: "Er habe gewarnt. Die Brücke sei alt." has no cue, and is still somebody's."""

from __future__ import annotations

from tracker.io.articles.drafts import Draft
from tracker.io.articles.unclaimed import Place, Reading


def reported_on(reading: Reading, place: Place, made: list[Draft]) -> bool:
    """Whether a sentence without a cue goes on with what the speaker before said; the sentence is kept if so.

    It stands right behind one of that speaker's statements and has a verb of the language's ``reporting mood``; languages
    without such a mood have none.
    """
    last, mood = reading.last, reading.vocabulary.of("reporting mood")
    if made or not mood or last is None or not last.speaker.as_written or reading.waiting:
        return False
    is_next = last.sentence in (place.number, place.number - 1)
    verbs = [token for token in place.tokens if token.low in mood and not token.is_capital and token.quotation is None]
    if not is_next or not verbs or place.is_quotation_only:
        return False
    draft = place.draft([place.whole], last.speaker)
    reading.drafts.append(draft.because("no cue: reported in the mood of the sentence before", 0.6))
    return True
