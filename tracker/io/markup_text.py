"""HTML to plain text in one pass, for cells that hold a little of it; nothing is fetched or run.

Not built on html.parser: of cells made to hurt, 40,000 characters took it 14 seconds, others made it give up.
"""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"</?([A-Za-z][\w:-]*+)[^<>]*+>")
_ENDLESS_NUMBER = re.compile(r"&#(?:\d{8,}+|[xX][0-9a-fA-F]{8,}+);?")
_BREAKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(("script", "style", "template"))
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r" ?\n[ \n]*")


def plain_text(markup: str) -> str:
    """The text without tags, comments, scripts and styles; paragraphs and line breaks begin a new line.

    What is no tag stays as it is, so plain text comes out as it went in, but for spaces that HTML would not show.

    >>> plain_text("<p>3 &lt; 5 &amp; <b>so</b> on</p><script>alert(1)</script><br/>end")
    '3 < 5 & so on\\nend'
    """
    if "<" not in markup and "&" not in markup:
        return _shown(markup)
    pieces, position, until = [], 0, ""
    markup = without_comments(markup)
    for tag in _TAG.finditer(markup):
        name = tag[1].lower()
        if until:
            until = "" if name == until and tag[0].startswith("</") else until
        else:
            pieces.append(markup[position : tag.start()])
            pieces.append("\n" if name in _BREAKS else "")
            until = name if name in _SILENT and not tag[0].startswith("</") else ""
        position = tag.end()
    pieces.append("" if until else markup[position:])
    return _shown(html.unescape(_ENDLESS_NUMBER.sub("\N{REPLACEMENT CHARACTER}", "".join(pieces))))


def _shown(text: str) -> str:
    """The text with the spaces that HTML would show."""
    return _BLANK_LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def without_comments(markup: str) -> str:
    """The markup without <!-- comments -->; one that never ends is kept as text.

    >>> without_comments("a<!-- b -->c<!-- d")
    'ac<!-- d'
    """
    pieces, position = [], 0
    while (start := markup.find("<!--", position)) >= 0 and (end := markup.find("-->", start + 4)) >= 0:
        pieces.append(markup[position:start])
        position = end + 3
    return "".join([*pieces, markup[position:]])


def inside(markup: str, name: str) -> tuple[str, str]:
    """What stands in the first element of that name, and everything else; ("", all) when there is none.

    >>> inside("<q>Yes <cite>Doe</cite></q>", "cite")
    ('Doe', '<q>Yes </q>')
    """
    opened = re.search(rf"<{name}(?:\s[^<>]*)?>", markup, re.IGNORECASE)
    closed = re.search(rf"</{name}\s*>", markup[opened.end() :], re.IGNORECASE) if opened else None
    if not opened or not closed:
        return "", markup
    end = opened.end() + closed.start()
    return markup[opened.end() : end], markup[: opened.start()] + markup[opened.end() + closed.end() :]
