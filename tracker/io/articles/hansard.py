"""Reports of parliament: who speaks stands on a line of its own, with office, constituency or party in brackets."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from tracker.core.candidates import Speaker
from tracker.io.articles.drafts import Draft
from tracker.io.articles.headings import is_full_name
from tracker.io.articles.transcripts import draft_of_turn
from tracker.io.articles.turns import FEWEST_WORDS, pieces

_OFFICE = re.compile(r"The (?P<role>[A-Z][^()\n]{5,120}?) \((?P<name>[^()\n\d]{4,48})\)(?: \([^()\n]{2,16}\))?")
_MEMBER = re.compile(r"(?P<name>[A-Z][^()\n\d]{4,48}) \([^()\n\d]{3,60}\) \((?:[A-Z][A-Za-z/-]{1,9}(?: ?Co-op)?|Ind(?:ependent)?)\)")
_CHAIR = re.compile(
    r"(?:Mr|Madam|Mrs|Ms) (?:Deputy )?(?:Speaker|Chairman|Chair)(?: \([^()\n]{3,48}\))?|"
    r"(?:Several )?[Hh]on\. Members(?: rose)?"
)
_HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|The Rt Hon)\.? ")
_OF_PARLIAMENT = re.compile(r"\bH[CL] Deb\b|\bHansard\b|House of (?:Commons|Lords)|Westminster Hall")
_BEGINNING, _LONGEST = 3000, 200
_FEWEST = 2


def hansard(text: str, language: str, left_out: Counter[str]) -> list[Draft] | None:
    """The speeches of a report of parliament, a paragraph each; ``None`` when the text is none.

    It is one when a line names an office with a name in brackets, or a member with constituency and party, and two lines
    name who speaks. A line that is only a name counts when the name stood in such a line before.
    """
    if language != "en":
        return None
    lines = _speakers(text)
    if sum(speaker is not None for _, _, speaker in lines) < _FEWEST:
        return None
    ends = [start for start, _, _ in lines[1:]] + [len(text)]
    drafts: list[Draft] = []
    for (_, behind, speaker), end in zip(lines, ends, strict=True):
        if speaker is None:
            left_out["words of the chair"] += 1
            continue
        found = [piece for piece in pieces(text, behind, end) if piece.n_words >= FEWEST_WORDS]
        left_out["short turns"] += not found
        drafts += [draft_of_turn(piece.spans, speaker, f"a speech in parliament, under {speaker.as_written!r}") for piece in found]
    return drafts


def _speakers(text: str) -> list[tuple[int, int, Speaker | None]]:
    """The lines that name who speaks: where each begins and ends, and the speaker (``None`` for the chair)."""
    country = "GBR" if _OF_PARLIAMENT.search(text[:_BEGINNING]) else ""
    known: dict[str, Speaker] = {}
    found: list[tuple[int, int, Speaker | None]] = []
    position = 0
    for line in text.splitlines(keepends=True):
        start, position = position, position + len(line)
        written = line.strip()
        if not written or len(written) > _LONGEST or (written[-1] in ".?!:,;" and written[-2:] != "n."):
            continue
        speaker = _named(written, known, country)
        if speaker is not None or (known and _CHAIR.fullmatch(written)):
            span = (start, start + len(line.rstrip()))
            found.append((start, position, speaker and replace(speaker, as_written=written, span=span)))
    return found


def _named(line: str, known: dict[str, Speaker], country: str) -> Speaker | None:
    match = _OFFICE.fullmatch(line) or _MEMBER.fullmatch(line)
    name = _HONORIFIC.sub("", match["name"] if match else line).strip()
    if match is None:
        return known.get(name)
    if not is_full_name(name, "en"):
        return None
    role = match["role"] if match.re is _OFFICE else ""
    before = known.get(name, Speaker())
    known[name] = Speaker("", None, name, role or before.role, "", country, "the report is one of its parliament" if country else "")
    return known[name]
