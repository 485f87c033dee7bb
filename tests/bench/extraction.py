"""The extraction in the form evaluators of quotation attribution call: ``extract(text, meta)`` gives dictionaries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.core.dates import PartialDate
from tracker.io.articles import extract as extracted


def extract(text: str, meta: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """One dictionary a candidate: spans, speaker, resolved, cue, kind, role, organisation, country, date.

    ``meta`` gives ``date`` (of publication), ``language`` and ``title`` where they are known; the German part of an
    evaluation is told by a ``split`` that begins with "de_".
    """
    known = meta or {}
    language = known.get("language") or ("de" if str(known.get("split", "")).startswith("de_") else None)
    found = extracted(text, published_on=_day(known.get("date")), language=language, title=known.get("title"), url=known.get("url") or "")
    for candidate in found.candidates:
        speaker = candidate.speaker
        yield {
            "spans": [list(span) for span in candidate.spans],
            "speaker": speaker.as_written,
            "resolved": speaker.name or speaker.organisation or None,
            "cue": candidate.cue,
            "kind": candidate.kind.value,
            "role": speaker.role,
            "organisation": speaker.organisation,
            "country": speaker.country,
            "date": str(candidate.stated_on) if candidate.stated_on else None,
        }


def _day(given: Any) -> PartialDate | None:
    try:
        return PartialDate.parse(str(given)) if given else None
    except ValueError:
        return None
