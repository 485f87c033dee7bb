"""Quotebank: quotations attributed to persons, as JSON lines by quotation or by article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tracker.io.collecting import RowCollector, as_text
from tracker.io.inputs import Guess, InputFile, Opened, ReadOptions
from tracker.io.json_lines import objects, read_objects, texts
from tracker.io.streams import packing_of, peek

FORMAT = "Quotebank, JSON lines"
ENDINGS = (".json.bz2", ".json.gz")

_BY_QUOTATION = re.compile(rb'\s*\{(?=[^\n]*"quoteID"\s*:)(?=[^\n]*"quotation"\s*:)(?=[^\n]*"speaker"\s*:)')
_BY_ARTICLE = re.compile(rb'\s*\{(?=[^\n]*"articleID"\s*:)(?=[^\n]*"(?:quotations|articleLength)"\s*:)')
_LOWERED_PHASES = frozenset("ABC")
_MAX_ADDRESSES = 10
_NO_SPEAKER = "no speaker was found for the quotation; find out who said it and add the row by hand"
_NO_ACTOR = (
    "the format names a person but no country or organisation; say whose position it is "
    'with --map "=Country=country", or take the speaker for the actor with --map "speaker=organisation"'
)


def recognises(file: InputFile) -> bool:
    """Whether the first line is a quotation or an article of Quotebank."""
    first = peek(file)
    return bool(_BY_QUOTATION.match(first) or _BY_ARTICLE.match(first))


def read(file: InputFile, options: ReadOptions) -> Opened:
    """One row for every quotation with a speaker; by article, one for every quotation in every article.

    The date is that of the earliest article Quotebank knows, by article that of the article. Quotations without a
    speaker or an actor are rejected and counted; an attribution less likely than 0.5, and a name that several persons
    have, are warned about.
    """
    collector = RowCollector(file.name, options)
    has_actor = collector.gives("country") or collector.gives("organisation")
    for line, entry in read_objects(file, collector, what="Quotebank"):
        found = list(_in_article(entry)) if "quotations" in entry else [entry]
        if not found:
            collector.ignore("article-without-quotes", "the article has no quotation", line)
        for quotation in found:
            fault = _fault(quotation, has_actor=has_actor)
            if fault:
                collector.reject(*fault, line)
            else:
                collector.keep(_row(quotation), line, fields=quotation, warnings=_warnings(quotation))
    return Opened(collector.close(), FORMAT, "UTF-8", packing_of(file), guesses=_GUESSES)


_GUESSES = (
    Guess("stated_on", "the earliest article with the quotation", "Quotebank merges equal quotations, so that later repetitions are lost."),
    Guess("quote_language", "en", "Quotebank holds English quotations only."),
)


def _in_article(article: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """The quotations of an article, each as if it stood alone in that article."""
    for quotation in objects(article.get("quotations")):
        local, everywhere = as_text(quotation.get("localTopSpeaker")), as_text(quotation.get("globalTopSpeaker"))
        is_local = local not in ("", "None")
        yield quotation | {
            "speaker": local if is_local else everywhere,
            "probas": quotation.get("localProbas" if is_local else "globalProbas"),
            "date": article.get("date"),
            "phase": article.get("phase"),
            "urls": [as_text(article.get("url"))],
            "title": article.get("title"),
            "articleID": article.get("articleID"),
        }


def _fault(quotation: Mapping[str, object], *, has_actor: bool) -> tuple[str, str] | None:
    if as_text(quotation.get("speaker")).strip() in ("", "None"):
        return "speaker-not-found", _NO_SPEAKER
    return None if has_actor else ("actor-not-in-format", _NO_ACTOR)


def _warnings(quotation: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    likelihood = _likelihood(quotation)
    if likelihood is not None and likelihood < 0.5:
        yield "attribution-unlikely", f"the speaker was found with a likelihood of {likelihood:.2f} only; check who said it"
    people = texts(quotation.get("qids"))
    if len(people) > 1:
        yield "person-ambiguous", f"{len(people)} persons have the name of the speaker ({', '.join(people[:5])}); check which is meant"
    if as_text(quotation.get("phase")) in _LOWERED_PHASES:
        yield "text-lowered", "the quotation comes from a phase in which Quotebank lowered or changed letters; check its wording"


def _likelihood(quotation: Mapping[str, object]) -> float | None:
    speaker, pairs = quotation.get("speaker"), quotation.get("probas")
    for pair in pairs if isinstance(pairs, list) else []:
        if isinstance(pair, list) and len(pair) == 2 and pair[0] == speaker:
            try:
                return float(pair[1])
            except (TypeError, ValueError):
                return None
    return None


def _row(quotation: Mapping[str, object]) -> dict[str, str]:
    date, addresses = as_text(quotation.get("date")), texts(quotation.get("urls"))
    names = [as_text(quotation.get(key)) for key in ("quoteID", "articleID")]
    has_id = bool(names[0])
    return {
        "statement_id": "-".join(["quotebank", *filter(None, names)]) if has_id else "",
        "stated_on": date[:10],
        "stated_on_given": date,
        "spokesperson": as_text(quotation.get("speaker")),
        "quote": as_text(quotation.get("quotation")),
        "quote_language": "en",
        "document_title": as_text(quotation.get("title")),
        "document_url": addresses[0] if addresses else "",
        "note": " ".join(_notes(quotation, addresses)),
    }


def _notes(quotation: Mapping[str, object], addresses: list[str]) -> Iterator[str]:
    n_occurrences, likelihood = as_text(quotation.get("numOccurrences")), _likelihood(quotation)
    if n_occurrences:
        yield f"Quotebank counts {n_occurrences} occurrences, the earliest on this date."
    if likelihood is not None:
        yield f"Likelihood of the speaker {likelihood:.4f}."
    people = texts(quotation.get("qids"))
    if people:
        yield f"Wikidata {', '.join(people)}."
    if len(addresses) > 1:
        beyond = len(addresses) - 1 - _MAX_ADDRESSES
        more = f" and {beyond:,} more" if beyond > 0 else ""
        yield f"Also at {' '.join(addresses[1 : 1 + _MAX_ADDRESSES])}{more}."
