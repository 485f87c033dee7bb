"""GDELT's Global Quotation Graph: quotations of news articles as JSON lines, which name no speaker."""

from __future__ import annotations

import re

from tracker.io.collecting import RowCollector, as_text
from tracker.io.inputs import Guess, InputFile, Opened, ReadOptions
from tracker.io.json_lines import objects, read_objects
from tracker.io.streams import packing_of, peek

FORMAT = "GDELT Global Quotation Graph, JSON lines"
ENDINGS = (".gqg.json.gz", ".gqg.json")

_FIRST_LINE = re.compile(rb'\s*\{(?=[^\n]*"quotes"\s*:\s*\[)(?=[^\n]*"url"\s*:)(?=[^\n]*"date"\s*:)')
_SPEAKERLESS = (
    "the quotation names neither speaker nor country, which this format never does; say whose words the file holds "
    'with --map "=Country=country", or find the speakers in the article'
)


def recognises(file: InputFile) -> bool:
    """Whether the first line is an article with its quotations, or the name ends as GDELT's files do."""
    return bool(_FIRST_LINE.match(peek(file))) or file.name.lower().endswith(ENDINGS)


def read(file: InputFile, options: ReadOptions) -> Opened:
    """One row for every quotation of every article; an article without any is one ignored record.

    The date is the day GDELT saw the article, as written there, in UTC. Quotations without an actor are rejected and
    counted: only what the person says about the whole file (``{"=Russia": "country"}``) can give one.
    """
    collector = RowCollector(file.name, options, n_expected=0)
    has_actor = collector.gives("country") or collector.gives("organisation")
    for line, article in read_objects(file, collector, what="a file of the Global Quotation Graph"):
        quotes = objects(article.get("quotes"))
        if not quotes:
            collector.ignore("article-without-quotes", "the article has no quotation", line)
        for quote in quotes:
            if has_actor:
                collector.keep(_row(article, quote), line, fields=article | quote)
            else:
                collector.reject("speaker-not-in-format", _SPEAKERLESS, line)
    guess = Guess("stated_on", "the day GDELT saw the article", "The format has no date of the statement itself.")
    return Opened(collector.close(), FORMAT, "UTF-8", packing_of(file), guesses=(guess,))


def _row(article: dict[str, object], quote: dict[str, object]) -> dict[str, str]:
    seen = as_text(article.get("date"))
    before, after = as_text(quote.get("pre")), as_text(quote.get("post"))
    return {
        "stated_on": seen[:10],
        "stated_on_given": seen,
        "quote": as_text(quote.get("quote")),
        "quote_language": as_text(article.get("lang")),
        "document_title": as_text(article.get("title")),
        "document_url": as_text(article.get("url")),
        "published_on": seen[:10],
        "note": f"The date is when GDELT saw the article. In the article: {before} […] {after}",
    }
