"""A cue with whoever it belongs to and the words of the sentence that are theirs."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.io.articles.cues import FoundCue
from tracker.io.articles.phrases import Phrase

TokenSpan = tuple[int, int]


@dataclass(slots=True)
class Attribution:
    """A cue with its subject and the tokens of its content, as half-open runs of tokens, in order."""

    cue: FoundCue
    subject: Phrase | None
    parts: list[TokenSpan] = field(default_factory=list)
    is_passive: bool = False
    after_content: bool = False
    is_shared: bool = False

    @property
    def left(self) -> int:
        """The first token of subject and cue together."""
        return min(self.cue.first, self.subject.outer_first) if self.subject and not self.is_shared else self.cue.first

    @property
    def right(self) -> int:
        """The last token of subject and cue together."""
        return max(self.cue.last, self.subject.outer_last) if self.subject and not self.is_shared else self.cue.last
