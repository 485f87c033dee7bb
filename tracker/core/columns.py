"""The columns of ``statements.csv`` and the facets people filter by, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.core.vocabulary import ACTS, CHANNELS, STANCES


@dataclass(frozen=True)
class Column:
    """One column of ``statements.csv``: its name, the heading people read, what it holds."""

    name: str
    title: str
    meaning: str


STATEMENT_COLUMNS: tuple[Column, ...] = (
    Column("statement_id", "Id", "stable name of the statement, never used again for another"),
    Column("stated_on", "Date", "when it was said: YYYY, YYYY-MM or YYYY-MM-DD"),
    Column("stated_on_given", "Date as given", "the date in the words of the document"),
    Column("country", "Country", "state spoken for, ISO 3166-1 alpha-3 (names are understood too)"),
    Column("organisation", "Organisation", "ministry, mission or organisation spoken for"),
    Column("spokesperson", "Spokesperson", "who uttered it"),
    Column("role", "Role", "the office held then"),
    Column("issue", "Issue", "what the position is about: a key of issues.csv"),
    Column("stance", "Stance", "support, oppose, mixed or neutral towards the issue's proposition; empty is not coded"),
    Column("act", "Act", "what the statement does: " + ", ".join(list(ACTS)[:-1])),
    Column("target", "Target", "the actor it addresses or talks about"),
    Column("position", "Position", "our one-line paraphrase"),
    Column("quote", "Quote", "the words themselves, in the language of the document"),
    Column(
        "quote_kind",
        "Given as",
        "direct: word for word; mixed: partly in quotation marks; indirect: reported, the words are the document's",
    ),
    Column("quote_language", "Language", "language of the quote, ISO 639-1"),
    Column("quote_en", "English translation", "the quote in English, when it is in another language"),
    Column("translation_by", "Translation by", "who made the translation"),
    Column("channel", "Channel", "how it was said: " + ", ".join(list(CHANNELS)[:-1])),
    Column("venue", "Venue", "where it was said, as given"),
    Column("document_title", "Document", "title of the text it stands in"),
    Column("publisher", "Publisher", "who put the document out"),
    Column("document_url", "Document address", "http(s) address of the document; empty when it has none"),
    Column("published_on", "Published on", "when the document was put out: YYYY, YYYY-MM or YYYY-MM-DD"),
    Column("coder", "Coder", "who judged stance and act"),
    Column("coded_on", "Coded on", "when it was judged"),
    Column("note", "Note", "anything a reader must know"),
)

COLUMN_NAMES: tuple[str, ...] = tuple(column.name for column in STATEMENT_COLUMNS)

PASSAGE_CELLS: tuple[str, ...] = (
    *("passage_document", "passage_spans", "passage_exact", "passage_prefix", "passage_suffix"),
    *("document_language", "document_characters", "document_read_at"),
)
"""Columns that stand behind the others in one table where a statement has a passage: where in which text its words stand."""


@dataclass(frozen=True)
class Facet:
    """Something people filter by: the parameter of links, the column of the snapshot, the words of the page.

    ``words`` are the labels of a closed vocabulary; empty when the labels come from the data set.
    """

    parameter: str
    column: str
    title: str
    plural: str
    words: tuple[tuple[str, str], ...] = ()


FACETS: tuple[Facet, ...] = (
    Facet("actor", "actor_id", "Actor", "actors"),
    Facet("organisation", "organisation_id", "Organisation", "organisations"),
    Facet("spokesperson", "spokesperson_id", "Spokesperson", "spokespersons"),
    Facet("issue", "issue_id", "Issue", "issues"),
    Facet("stance", "stance_code", "Stance", "stances", tuple(STANCES.items())),
    Facet("act", "act_code", "Act", "acts", tuple(ACTS.items())),
    Facet("target", "target_id", "Target", "targets"),
    Facet("channel", "channel_code", "Channel", "channels", tuple(CHANNELS.items())),
    Facet("language", "language_code", "Language", "languages"),
)

FACET_BY_PARAMETER: dict[str, Facet] = {facet.parameter: facet for facet in FACETS}
