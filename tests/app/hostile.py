"""A data set of hostile rows, written for tests: every text in it tries to be something else than text. Synthetic."""

from __future__ import annotations

from pathlib import Path

from tracker.io.guarding import guarded_csv

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


BESIDE: dict[str, list[dict[str, str]]] = {
    "issues.csv": [
        {"issue": name, "title": f"<b>{name}</b> ![i](https://evil.example/f.png)", "proposition": "<img src=x onerror=alert(1)> {{7*7}}"}
        for name in ISSUES
    ],
    "actors.csv": [{"actor_id": "NOR", "name": "<script>Norway</script>", "kind": "state", "country": "NOR", "note": ""}],
    "events.csv": [
        {
            "event_id": "e-1",
            "happened_on": "2016-07-05",
            "title": "<img src=x onerror=window.__xss=9> datum.words",
            "description": "![e](https://evil.example/g.png)",
            "document_url": "javascript:window.__xss=10",
        }
    ],
    "comparisons.csv": [
        {"title": "<b>Comparison</b>", "question": "{{7*7}}?", "link": "javascript:window.__xss=11"},
        {"title": "![c](https://evil.example/h.png)", "question": "?", "link": "//evil.example/compare?actor=USA"},
        {"title": "<i>Good</i>", "question": "?", "link": '/compare?actor=FRA&x="><script>'},
    ],
    "silences.csv": [
        {"actor": actor, "issue": ISSUES[1], "looked_on": "2016-08-01", "where": AWKWARD_QUOTES[1], "by": AWKWARD_NAMES[0]}
        for actor in ("France", '<img src=x onerror="window.__xss=12"> State')
    ],
    "memberships.csv": [
        {
            "member": member,
            "group": "<script>window.__xss=13</script>",
            "group_title": "<b>Group</b> ![g](https://evil.example/i.png) {{7*7}}",
            "from": "2016-07-02",
            "note": AWKWARD_QUOTES[2],
            "document": AWKWARD_QUOTES[4],
            "document_url": "javascript:window.__xss=14",
        }
        for member in ("France", "Germany", '"><iframe src="https://evil.example/"></iframe>')
    ],
    "offices.csv": [
        {
            "spokesperson": AWKWARD_NAMES[0],
            "country": ACTORS[0],
            "role": "<b>Office</b> {{7*7}}",
            "organisation": "![o](https://evil.example/j.png)",
            "from": "2016-07",
            "note": AWKWARD_QUOTES[2],
            "document": AWKWARD_QUOTES[4],
            "document_url": "javascript:window.__xss=17",
        }
    ],
    "signatories.csv": [
        {
            "statement_id": "h-0",
            "actor": actor,
            "organisation": AWKWARD_QUOTES[0],
            "spokesperson": AWKWARD_NAMES[3],
            "signed": signed,
            "note": AWKWARD_QUOTES[9],
        }
        for actor, signed in (("Germany", "signed"), ("Norway", "dissociated"), ("<svg onload=window.__xss=15>", "signed"))
    ],
    "codings.csv": [
        {"statement_id": statement_id, "coder": coder, "variable": variable, "value": value, "coded_on": AWKWARD_QUOTES[6]}
        for statement_id in ("h-0", "h-1", "h-2")
        for coder, variable, value in (
            ("<b>Coder</b> ![k](https://evil.example/j.png)", "stance", "support"),
            ("{{7*7}}", "stance", "oppose"),
            ("<b>Coder</b> ![k](https://evil.example/j.png)", "<u>frame</u>", "<mark>a</mark>"),
            ("{{7*7}}", "<u>frame</u>", "[b](javascript:window.__xss=16)"),
        )
    ],
    "relations.csv": [
        {"statement_id": "h-3", "relation": "corrects", "other_statement_id": "h-0", "on": "", "note": AWKWARD_QUOTES[3]},
        {"statement_id": "", "relation": "withdraws", "other_statement_id": "h-1", "on": "2016-07-20", "note": AWKWARD_QUOTES[5]},
        {"statement_id": "h-2", "relation": "<b>supersedes</b>", "other_statement_id": "<i>h-9</i>", "on": "", "note": ""},
    ],
}
"""The tables beside the statements, as hostile as they."""


def write_hostile(folder: Path) -> Path:
    """The hostile rows as a folder of CSV files; its path."""
    for name, rows in {"statements.csv": hostile_rows(), **BESIDE}.items():
        columns = list(rows[0])
        (folder / name).write_bytes(guarded_csv(columns, ([row[column] for column in columns] for row in rows)))
    return folder
