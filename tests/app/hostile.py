"""A data set of hostile rows, written for tests: every text in it tries to be something else than text. Synthetic."""

from __future__ import annotations

import csv
from pathlib import Path

AWKWARD_QUOTES = (
    "<script>window.__xss=1</script>",
    '<img src="https://evil.example/a.png" onerror="window.__xss=2">',
    "<svg onload=window.__xss=3>",
    '"><iframe src="https://evil.example/"></iframe>',
    "![picture](https://evil.example/b.png)",
    "[click](javascript:window.__xss=4)",
    "{{7*7}} ${7*7} #{7*7} {% for x in y %}",
    "</blockquote></li></ol><h1>Another title</h1>",
    "<style>body{display:none}</style>",
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    "<!-- <b> -->&lt;b&gt; &amp; &#60;script&#62;",
    "\N{RIGHT-TO-LEFT OVERRIDE}txet desrever\N{POP DIRECTIONAL FORMATTING}",
    '=HYPERLINK("https://evil.example/","x")',
    "line one\nline two | pipe | `code` **bold** # heading",
    "'; DROP TABLE statements; --",
    "datum.words + a.b[0] + datum['x']",
    "a\\b \\u003cscript\\u003e \\x3cb\\x3e",
    "\N{ZERO WIDTH SPACE}\N{BYTE ORDER MARK}zero\N{ZERO WIDTH JOINER}width",
    "Za\N{COMBINING GRAVE ACCENT}" + "\N{COMBINING GRAVE ACCENT}" * 40 + "lgo",
    ":material/delete: :red[danger] $\\frac{1}{2}$ https://evil.example/c.png",
)
"""Twenty quotes nobody said."""

AWKWARD_NAMES = (
    "<b>Test Person</b>",
    "a.b[0]",
    'Test "Quoted" Person',
    "![x](https://evil.example/d.png)",
    "\N{RIGHT-TO-LEFT OVERRIDE}nosreP tseT",
    "datum.lane",
    "Test' OR '1'='1",
    "{{7*7}}",
)

DANGEROUS_ADDRESSES = (
    "javascript:window.__xss=5",
    "JaVaScRiPt:window.__xss=6",
    "\tjavascript:window.__xss=7",
    "data:text/html,<script>window.__xss=8</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "https://",
    "//evil.example/",
)

ACTORS = ("France", "Germany", "Norway")
ISSUES = ("<i>issue</i> one", "issue.two[0]")


def hostile_rows() -> list[dict[str, str]]:
    """One row a quote; names, addresses and issues go round."""
    return [
        {
            "statement_id": f"h-{number}",
            "stated_on": f"2016-07-{1 + number:02}",
            "country": ACTORS[number % 3],
            "organisation": f"Ministry of <u>Tests</u> {number % 2}",
            "spokesperson": AWKWARD_NAMES[number % len(AWKWARD_NAMES)],
            "role": "<em>Spokesperson</em> of tests",
            "issue": ISSUES[number % 2],
            "stance": ("support", "oppose", "mixed")[number % 3],
            "quote": quote,
            "quote_language": "en",
            "position": f"<mark>{quote[:40]}</mark>",
            "venue": "<script>alert(1)</script>",
            "publisher": "![p](https://evil.example/e.png)",
            "document_url": DANGEROUS_ADDRESSES[number % len(DANGEROUS_ADDRESSES)] if number % 4 else 'https://example.org/?a=<b>&c="d"',
            "note": "<details open ontoggle=alert(1)>",
        }
        for number, quote in enumerate(AWKWARD_QUOTES)
    ]


def write_hostile(folder: Path) -> Path:
    """The hostile rows as one CSV file in the folder; its path."""
    path = folder / "hostile.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(hostile_rows()[0]))
        writer.writeheader()
        writer.writerows(hostile_rows())
    return path
