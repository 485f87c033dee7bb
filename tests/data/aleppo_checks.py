"""What must hold for the bundled data set, as checks that yield one line for each fault they see.

They read the folder with csv and json only, so that they do not trust the loader they stand beside.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pycountry

from tracker.core.columns import COLUMN_NAMES
from tracker.core.dates import PartialDate, Precision, Window, Within
from tracker.core.identifiers import slug
from tracker.core.vocabulary import ACTOR_KINDS, ACTS, CHANNELS, NOT_CODED, NOT_GIVEN, STANCES

FOLDER = Path(__file__).parents[2] / "data" / "aleppo"
README = FOLDER.parent / "README.md"
RANGE = Window.parse("2015-09", "2017-01")
MAX_WORDS = 60
FOUNDING = "NBC News"  # the article the data set grew from: its rows alone have no address

FOREIGN_KEYS = {
    ("statements", "country", "actors", "actor_id"),
    ("statements", "target", "actors", "actor_id"),
    ("statements", "issue", "issues", "issue"),
    ("statements", "spokesperson", "spokespersons", "spokesperson"),
    ("spokespersons", "country", "actors", "actor_id"),
    ("actors", "country", "actors", "actor_id"),
}
KEYS = {
    "statements": "statement_id",
    "issues": "issue",
    "actors": "actor_id",
    "spokespersons": "spokesperson",
    "events": "event_id",
    "comparisons": "title",
}
KEY_FORMS = {
    "statements": r"aleppo-\d{4}",
    "issues": r"[a-z]+(-[a-z]+)*",
    "actors": r"[A-Z]{3}|[a-z]+(-[a-z]+)*",
    "spokespersons": r".+",
    "comparisons": r".+",
}
VOCABULARIES = {
    ("statements", "stance"): set(STANCES) - {NOT_CODED},
    ("statements", "act"): set(ACTS) - {NOT_CODED},
    ("statements", "channel"): set(CHANNELS) - {NOT_GIVEN},
    ("actors", "kind"): set(ACTOR_KINDS),
}
DATES = {"statements": ("stated_on", "published_on", "coded_on"), "events": ("happened_on",), "spokespersons": ("from", "to")}
NEEDED = ("stated_on", "organisation", "spokesperson", "role", "issue", "stance", "act", "position", "quote", "quote_language")
NEEDED += ("document_title", "publisher", "published_on", "coder")

Row = dict[str, str]


@dataclass
class Package:
    """The folder as it lies on disk, and what csv and json read from it."""

    descriptor: dict
    content: dict[str, bytes]
    readme: str

    def table(self, name: str) -> list[Row]:
        """The rows of one table."""
        return list(csv.DictReader(io.StringIO(self.content[name].decode("utf-8"), newline=""), restkey="", restval="\0"))

    def header(self, name: str) -> list[str]:
        """The first row of one table."""
        return next(csv.reader(io.StringIO(self.content[name].decode("utf-8"), newline="")))

    def schema(self, name: str) -> dict:
        """The schema the descriptor gives one table."""
        return next(resource["schema"] for resource in self.descriptor["resources"] if resource["name"] == name)


def read_package() -> Package:
    """The package under test, fresh from disk."""
    descriptor = json.loads((FOLDER / "datapackage.json").read_text("utf-8"))
    content = {path.stem: path.read_bytes() for path in FOLDER.glob("*.csv")}
    return Package(descriptor, content, README.read_text("utf-8"))


Check = Callable[[Package], Iterator[str]]


def tables_are_what_the_descriptor_says(package: Package) -> Iterator[str]:
    if package.descriptor.get("$schema") != "https://datapackage.org/profiles/2.0/datapackage.json":
        yield "not a data package of version 2"
    if {r["name"]: r["path"] for r in package.descriptor["resources"]} != {name: f"{name}.csv" for name in package.content}:
        yield "tables of the descriptor and of the folder differ"


def hashes_and_sizes_match(package: Package) -> Iterator[str]:
    for resource in package.descriptor["resources"]:
        data = package.content[resource["name"]]
        if resource["bytes"] != len(data):
            yield f"{resource['path']}: {len(data)} bytes"
        if resource["hash"] != f"sha256:{hashlib.sha256(data).hexdigest()}":
            yield f"{resource['path']}: hash"


def headers_match_schemas(package: Package) -> Iterator[str]:
    for name in package.content:
        if package.header(name) != [field["name"] for field in package.schema(name)["fields"]]:
            yield f"{name}: header and schema differ"
    if tuple(package.header("statements")) != tuple(name for name in COLUMN_NAMES if name != "quote_kind"):  # its quotes were all said so
        yield "statements: not the columns of tracker.core.columns"


def rows_are_as_wide_as_the_header(package: Package) -> Iterator[str]:
    for name in package.content:
        yield from (f"{name} row {n}" for n, row in enumerate(package.table(name), 2) if "" in row or "\0" in row.values())


def keys_are_unique_and_well_formed(package: Package) -> Iterator[str]:
    for name, key in KEYS.items():
        values = [row[key] for row in package.table(name)]
        yield from (f"{name}: {value!r} twice" for value, n in Counter(values).items() if n > 1)
        yield from (f"{name}: {value!r}" for value in values if name != "events" and not re.fullmatch(KEY_FORMS[name], value))
        if package.schema(name)["primaryKey"] != [key]:
            yield f"{name}: primary key of the schema"
    events = package.table("events")
    yield from (row["event_id"] for row in events if row["event_id"] != slug("event", row["happened_on"], row["title"]))


def foreign_keys_resolve(package: Package) -> Iterator[str]:
    declared = {
        (name, key["fields"][0], key["reference"].get("resource", name), key["reference"]["fields"][0])
        for name in package.content
        for key in package.schema(name).get("foreignKeys", [])
    }
    if declared != FOREIGN_KEYS:
        yield f"declared: {declared ^ FOREIGN_KEYS}"
    for name, column, other, key in FOREIGN_KEYS:
        known = {row[key] for row in package.table(other)}
        yield from (f"{name}.{column}: {row[column]!r}" for row in package.table(name) if row[column] and row[column] not in known)


def codes_are_iso(package: Package) -> Iterator[str]:
    countries = {country.alpha_3 for country in pycountry.countries}
    languages = {language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2")}
    for name, columns in {"statements": ("country", "target"), "spokespersons": ("country",), "actors": ("country",)}.items():
        yield from (f"{name}.{c}: {row[c]!r}" for row in package.table(name) for c in columns if row[c] and row[c] not in countries)
    yield from (row["quote_language"] for row in package.table("statements") if row["quote_language"] not in languages)


def dates_are_real_and_in_range(package: Package) -> Iterator[str]:
    for name, columns in DATES.items():
        for text in (row[column] for row in package.table(name) for column in columns if row[column]):
            try:
                if str(PartialDate.parse(text)) != text:
                    yield f"{name}: {text!r}"
            except ValueError as error:
                yield f"{name}: {error}"
    rows = [row["stated_on"] for row in package.table("statements")] + [row["happened_on"] for row in package.table("events")]
    yield from (text for text in rows if _dated(text) and _dated(text).within(RANGE) is not Within.SURELY)


def nothing_is_said_after_it_was_published(package: Package) -> Iterator[str]:
    for row in package.table("statements"):
        stated, published = _dated(row["stated_on"]), _dated(row["published_on"])
        if stated and published and stated.first > published.last:
            yield f"{row['statement_id']}: {stated} after {published}"


def _dated(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None  # the check of dates says so


def needed_cells_are_filled(package: Package) -> Iterator[str]:
    for row in package.table("statements"):
        yield from (f"{row['statement_id']}: no {column}" for column in NEEDED if not row[column])
    yield from (f"{row['issue']}: no proposition" for row in package.table("issues") if not row["proposition"])


def quotes_are_short(package: Package) -> Iterator[str]:
    for row in package.table("statements"):
        yield from (f"{row['statement_id']}: {c}" for c in ("quote", "quote_en") if len(row[c].split()) > MAX_WORDS)


def quotes_are_translated_unless_english(package: Package) -> Iterator[str]:
    for row in package.table("statements"):
        is_english = row["quote_language"] == "en"
        if bool(row["quote_en"]) == is_english or (not is_english and not row["translation_by"]):
            yield row["statement_id"]


def quotes_are_in_the_script_of_their_language(package: Package) -> Iterator[str]:
    scripts = {"ru": "CYRILLIC", "uk": "CYRILLIC", "ar": "ARABIC", "zh": "CJK", "ja": "CJK"}
    for row in package.table("statements"):
        letters = Counter(unicodedata.name(c, "?").split()[0] for c in row["quote"] if c.isalpha())
        script = letters.most_common(1)[0][0].replace("HIRAGANA", "CJK") if letters else ""
        if script not in (scripts.get(row["quote_language"], "LATIN"), ""):
            yield f"{row['statement_id']}: {script}"


def nothing_is_there_twice(package: Package) -> Iterator[str]:
    said = Counter((row["stated_on"], row["spokesperson"], row["quote"]) for row in package.table("statements"))
    yield from (f"{key} twice" for key, n in said.items() if n > 1)


def links_are_http(package: Package) -> Iterator[str]:
    for name in ("statements", "events"):
        for url in (row["document_url"] for row in package.table(name) if row["document_url"]):
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or re.search(r"\s", url):
                yield url
    for row in package.table("statements"):
        if bool(row["document_url"]) == (row["publisher"] == FOUNDING):
            yield f"{row['statement_id']}: address of {row['publisher']}"


def coded_values_are_of_the_vocabulary(package: Package) -> Iterator[str]:
    for (name, column), words in VOCABULARIES.items():
        allowed = words | ({""} if column == "channel" else set())
        yield from (f"{name}.{column}: {row[column]!r}" for row in package.table(name) if row[column] not in allowed)
        field = next(field for field in package.schema(name)["fields"] if field["name"] == column)
        if set(field["constraints"]["enum"]) != words or {category["value"] for category in field["categories"]} != words:
            yield f"{name}.{column}: schema"


def spokespersons_hold_the_office_of_their_statements(package: Package) -> Iterator[str]:
    columns = ("spokesperson", "country", "organisation", "role")
    said, known = ({tuple(row[c] for c in columns) for row in package.table(name)} for name in ("statements", "spokespersons"))
    yield from map(str, said ^ known)


def actors_are_those_that_occur(package: Package) -> Iterator[str]:
    statements, actors = package.table("statements"), package.table("actors")
    of_kind = {kind: {row["actor_id"] for row in actors if row["kind"] == kind} for kind in ACTOR_KINDS}
    yield from of_kind["state"] ^ ({row[c] for row in statements for c in ("country", "target")} - {""})
    yield from of_kind["international-organisation"] ^ {slug(row["organisation"]) for row in statements if not row["country"]}
    yield from (row["actor_id"] for row in actors if row["kind"] == "state" and row["country"] != row["actor_id"])
    yield from (row["actor_id"] for row in actors if row["kind"] != "state" and row["actor_id"] != slug(row["name"]))
    others = {(row["country"], row["name"]) for row in actors if row["kind"] == "non-state-organisation"}
    organisations = {(row["country"], row["organisation"]) for row in statements if row["country"]}
    yield from map(str, others - organisations)
    opposed = {pair for pair in organisations if re.search("opposition|Hezbollah", pair[1])}
    yield from map(str, opposed - others)


def notes_name_real_rows_and_the_reported_office(package: Package) -> Iterator[str]:
    rows = {row["statement_id"]: row for row in package.table("statements")}
    for row in rows.values():
        yield from (f"{row['statement_id']} names {other}" for other in re.findall(r"aleppo-\d+", row["note"]) if other not in rows)
        if row["publisher"] == FOUNDING and row["spokesperson"] == "Sergei Shoigu" and '"foreign minister"' not in row["note"]:
            yield f"{row['statement_id']}: the office as reported"


def comparisons_ask_for_what_is_there(package: Package) -> Iterator[str]:
    statements = package.table("statements")
    known = {
        "actor": {row["actor_id"] for row in package.table("actors")},
        "issue": {row["issue"] for row in package.table("issues")},
        "spokesperson": {slug(row["spokesperson"]) for row in statements},
    }
    for row in package.table("comparisons"):
        parts = urlsplit(row["link"])
        if parts.path != "/compare" or parts.netloc or not parts.query:
            yield row["link"]
        for parameter, value in parse_qsl(parts.query):
            if parameter in ("since", "until"):
                unknown = [] if _dated(value) and _dated(value).within(RANGE) is Within.SURELY else [value]
            else:
                unknown = [code for code in value.split(".") if code not in known.get(parameter, ())]
            yield from (f"{row['title']}: {parameter} {code!r}" for code in unknown)


def text_is_clean(package: Package) -> Iterator[str]:
    for name, data in package.content.items():
        if data.startswith(b"\xef\xbb\xbf") or b"\r" in data:
            yield f"{name}: byte order mark or carriage return"
        for number, row in enumerate(package.table(name), 2):
            for column, text in row.items():
                if text != text.strip() or not text.isprintable() or unicodedata.normalize("NFC", text) != text:
                    yield f"{name} row {number} {column}: {text!r}"


def counts_are_as_stated(package: Package) -> Iterator[str]:
    statements = package.table("statements")
    counted = {
        "statements": len(statements),
        "spokespersons": len({row["spokesperson"] for row in statements}),
        "countries": len({row["country"] for row in statements} - {""}),
        "international organisations": len({row["organisation"] for row in statements if not row["country"]}),
        "languages of quotes": len({row["quote_language"] for row in statements}),
        "issues": len({row["issue"] for row in statements}),
        "events": len(package.table("events")),
    }
    if tuple(counted.values()) != (278, 103, 30, 8, 13, 14, 41):
        yield f"counted: {counted}"
    counted["documents with an address"] = len({row["document_url"] for row in statements} - {""})
    counted["publishers"] = len({row["publisher"] for row in statements})
    counted["statements without an address"] = sum(not row["document_url"] for row in statements)
    counted["statements of which only the month is known"] = sum(
        bool(dated) and dated.precision is Precision.MONTH for dated in (_dated(row["stated_on"]) for row in statements)
    )
    counted["statements in English"] = sum(row["quote_language"] == "en" for row in statements)
    counted["statements without a channel"] = sum(not row["channel"] for row in statements)
    counted["statements that speak for no state"] = sum(bool(re.search("opposition|Hezbollah", row["organisation"])) for row in statements)
    counted["statements read at a mirror, relay or blog"] = sum(bool(_RELAYED.search(row["publisher"])) for row in statements)
    for stance in VOCABULARIES["statements", "stance"]:
        counted[f"stance {stance}"] = sum(row["stance"] == stance for row in statements)
    stated = {label.strip(): int(n) for label, n in re.findall(r"^\| ([a-z][^|]*) \| (\d+) \|$", package.readme, re.MULTILINE)}
    yield from (f"{label}: README {stated.get(label)}, counted {counted.get(label)}" for label in stated.keys() | counted.keys()
                if stated.get(label) != counted.get(label))  # fmt: skip
    n = counted
    whole = f"{n['statements']} statements by {n['spokespersons']} spokespersons of {n['countries']} countries and "
    if whole + f"{n['international organisations']} international organisations" not in package.descriptor["description"]:
        yield "description of the descriptor"


_RELAYED = re.compile(r"\((via|mirror|blog|mail archive|from|transcript of|quoting)\b")
