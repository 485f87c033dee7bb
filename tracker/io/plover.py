"""PLOVER and CAMEO event records as JSON lines: the speech acts among them become statements, deeds do not."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from tracker.io.actors_read import find_country
from tracker.io.collecting import RowCollector, as_text
from tracker.io.inputs import Guess, InputFile, Opened, ReadOptions
from tracker.io.json_lines import objects, read_objects, texts
from tracker.io.streams import packing_of, peek

FORMAT = "PLOVER events, JSON lines"
ENDINGS = (".jsonl", ".ndjson")

_FIRST_LINE = re.compile(rb'\s*\{(?=[^\n]*"date"\s*:)(?=[^\n]*"event"\s*:)(?=[^\n]*"(?:actor|source)"\s*:\s*[\[{])')
_KNOWN = frozenset(
    {"id", "date", "actor", "recipient", "event", "mode", "context", "quad_code", "event_scale", "text", "text_info", "cite_info"}
    | {"coder", "coded_date", "comment", "source", "target"}
)


def recognises(file: InputFile) -> bool:
    """Whether the first line is an event with an actor."""
    return bool(_FIRST_LINE.match(peek(file)))


def read(file: InputFile, options: ReadOptions) -> Opened:
    """One row for every actor of every event that is done in words; events that are deeds are rejected and counted.

    Classes of events become acts by ``plover_acts.csv``; a class that is not in it is kept as written.
    """
    collector = RowCollector(file.name, options)
    left_aside: set[str] = set()
    for line, event in read_objects(file, collector, what="PLOVER"):
        left_aside |= event.keys() - _KNOWN - options.mapping.keys()
        act, is_deed = _act(event)
        actors = objects(event.get("actor") or event.get("source"))
        if is_deed:
            message = f"the event {', '.join(_classes(event))[:80]} is a deed, not words; enter what was said about it as a statement"
            collector.reject("event-no-words", message, line)
        elif not actors:
            collector.reject("actor-missing", "the event has no actor; write whose statement it is", line)
        else:
            for actor in actors:
                collector.keep(_row(event, actor, act, len(actors)), line, fields=event)
    guesses = [Guess("act", "by plover_acts.csv", "PLOVER has no class for plain comment, and classes of deeds.")]
    if left_aside:
        guesses.append(Guess("fields left aside", ", ".join(sorted(left_aside))[:500], "They are none of PLOVER's fields known here."))
    return Opened(collector.close(), FORMAT, "UTF-8", packing_of(file), guesses=tuple(guesses))


@cache
def _acts() -> dict[tuple[str, str], str]:
    text = resources.files(__package__).joinpath("plover_acts.csv").read_text(encoding="utf-8")
    return {(row["event"], row["mode"]): row["act"] for row in csv.DictReader(text.splitlines())}


def _classes(event: Mapping[str, object]) -> list[str]:
    given = event.get("event")
    named = [as_text(item.get("code") or item.get("event") or item.get("type")) for item in objects(given)]
    return texts(given) or [name for name in named if name] or [text for text in [as_text(given)] if text]


def _act(event: Mapping[str, object]) -> tuple[str, bool]:
    """The act of the first class that is one in words, and whether all of them are deeds."""
    classes, modes = _classes(event), [mode.lower() for mode in texts(event.get("mode"))]
    known = _acts()
    found = []
    for name in (name.strip().upper() for name in classes):
        keys = _roots(name) if name.isdigit() else [(name, mode) for mode in (*modes, "")]
        found.append(next((known[key] for key in keys if key in known), name))
    act = next((act for act in found if act), "")
    return act, bool(found) and not act


def _roots(cameo_code: str) -> list[tuple[str, str]]:
    """A code of CAMEO and the shorter ones it belongs to: 0112, 011, 01."""
    return [(cameo_code[:length], "") for length in (4, 3, 2)]


def _row(event: Mapping[str, object], actor: Mapping[str, object], act: str, n_actors: int) -> dict[str, str]:
    cited = next(iter(objects(event.get("cite_info"))), {})
    identity, date = as_text(event.get("id")), as_text(event.get("date"))
    spoken = _spoken_for(actor)
    several = f"-{_short(actor)}" if n_actors > 1 else ""
    return spoken | {
        "statement_id": f"plover-{identity}{several}" if identity else "",
        "stated_on": date,
        "act": act,
        "target": _target(event),
        "issue": next(iter(texts(event.get("context"))), ""),
        "quote": _quote(event),
        "quote_language": as_text(cited.get("language")),
        "document_title": as_text(cited.get("title")),
        "publisher": as_text(cited.get("publication")),
        "document_url": as_text(cited.get("url")),
        "coder": as_text(event.get("coder")),
        "coded_on": as_text(event.get("coded_date")),
        "note": " ".join(_notes(event, actor, cited, n_actors)),
    }


def _spoken_for(actor: Mapping[str, object]) -> dict[str, str]:
    """Country, organisation, spokesperson and role of an actor; codes that are no country stay organisations."""
    code, text, office = as_text(actor.get("code")), as_text(actor.get("entity_text")), as_text(actor.get("office"))
    country = next((name for name in (code, text) if find_country(name)), "")
    is_person = bool(office)
    names_the_country = bool(country) and find_country(text) == find_country(country)
    other = "" if is_person or names_the_country else text
    return {
        "country": country,
        "organisation": other or ("" if country else code),
        "spokesperson": text if is_person else "",
        "role": office,
    }


def _short(actor: Mapping[str, object]) -> str:
    return as_text(actor.get("code")) or as_text(actor.get("entity_text"))


def _target(event: Mapping[str, object]) -> str:
    first = next(iter(objects(event.get("recipient") or event.get("target"))), {})
    return _short(first)


def _quote(event: Mapping[str, object]) -> str:
    """The part of the text that the offsets mark, the whole text when they mark none."""
    text, marked = as_text(event.get("text")), next(iter(objects(event.get("text_info"))), {})
    start, end = marked.get("start"), marked.get("end")
    if type(start) is int and type(end) is int and 0 <= start < end <= len(text):
        return text[start:end]
    return text


def _notes(event: Mapping[str, object], actor: Mapping[str, object], cited: Mapping[str, object], n_actors: int) -> Iterator[str]:
    classes, modes, contexts = _classes(event), texts(event.get("mode")), texts(event.get("context"))
    yield f"PLOVER {' '.join([*classes, *modes])}."
    if len(contexts) > 1:
        yield f"Contexts: {', '.join(contexts)}."
    if n_actors > 1:
        yield f"One of {n_actors} actors of this event."
    for name, value in (("Sector", actor.get("sector")), ("Wikidata", actor.get("identifier_id")), ("Licence", cited.get("license"))):
        if as_text(value):
            yield f"{name} {as_text(value)}."
    if as_text(event.get("comment")):
        yield as_text(event.get("comment"))
