"""Cards and lists as HTML: every value is escaped by the template engine, links are http(s) or our own paths."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tracker.analysis.results import StatementRow
from tracker.core.beside import RELATIONS
from tracker.core.snippets import snippet
from tracker.core.views import View
from tracker.core.vocabulary import ACTS, STANCES, quote_kind_of
from tracker.io.citations import text_fragment_url
from tracker.ui import theme, wording

_RIGHT_TO_LEFT = {"ar", "fa", "he", "ur", "ps", "ckb", "yi", "dv"}


def web_url(text: str) -> str:
    """The address when it is http or https with a host, else nothing: no other scheme ever becomes a link.

    >>> web_url("https://un.org/a"), web_url("javascript:alert(1)"), web_url("https://")
    ('https://un.org/a', '', '')
    """
    try:
        parts = urlsplit(text.strip())
        return text.strip() if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def host(url: str) -> str:
    """The host a link leads to, shown beside it so that nobody is misled.

    >>> host("https://www.un.org/a?b")
    'un.org'
    """
    return (urlsplit(url).hostname or "").removeprefix("www.") if web_url(url) else ""


def quoted_passage_url(document_url: str, quote: str) -> str:
    """The document's address with a text fragment that scrolls to the quote; nothing for an unsafe address."""
    return text_fragment_url(document_url, quote) if web_url(document_url) else ""


def direction(language: str) -> str:
    """The writing direction for a language code: ``rtl`` or ``ltr``; ``auto`` when it is not known."""
    return "rtl" if language.split("-")[0] in _RIGHT_TO_LEFT else "ltr" if language and language != "not-given" else "auto"


def opened(row: StatementRow, here: View) -> str:
    """The link that opens a statement's page and keeps the selection one came with."""
    return here.on("/statement", id=row.statement_id).link


def cut(text: str, limit: int = 600) -> str:
    """The text, cut with an ellipsis where it would burst a card."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_TEMPLATES.filters |= {
    "web_url": web_url,
    "host": host,
    "passage": quoted_passage_url,
    "direction": direction,
    "cut": cut,
    "snippet": snippet,
    "opened": opened,
    "date_words": theme.date_words,
    "short_date": theme.short_date,
    "stance_class": theme.stance_class,
    "stance": lambda code: STANCES.get(code, code),
    "ending": lambda relation: RELATIONS.get(relation, relation),
    "act": lambda code: ACTS.get(code, code),
    "plural": theme.plural,
    "quote_kind": quote_kind_of,
    "given_as": wording.given_as,
    "apart": wording.apart,
}


def render(template: str, **values: Any) -> str:
    """The template filled in; a missing value is an error of ours, never a blank."""
    return _TEMPLATES.get_template(template).render(**values)


def show(template: str, **values: Any) -> None:
    """Draw a template on the page."""
    st.html(render(template, **values))
