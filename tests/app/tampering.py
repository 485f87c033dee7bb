"""Links as strangers make them: good links of every page, and the ways in which they get damaged or forged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

GOOD_LINKS = (
    "/?actor=USA&stance=oppose",
    "/timeline?actor=USA.RUS&issue=humanitarian-corridors&since=2016-07&by=week",
    "/timeline?lane=spokesperson&not-stance=neutral&until=2016-12",
    "/compare?spokesperson=dmitry-peskov.john-kirby&issue=humanitarian-corridors&since=2016-07-28&until=2016-07-28",
    "/compare?actor=VAT&on=2016-09-30&before=aleppo-0082&after=aleppo-0157",
    "/shifts?actor=RUS&lane=organisation&evidence=1&show=all&split=2016-09-01&text=original",
    "/alignment?pair=RUS.USA&measure=agreement&correction=kappa&min=2&since=2016-07",
    "/statements?q=Aleppo&language=ru.ar&sort=oldest&page=2",
    "/statement?id=aleppo-0047",
    "/data?channel=press-briefing",
)

RIGHT_TO_LEFT_OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"
SCRIPT = "<script>window.__xss=1</script>"
TRAVERSAL = "..%2f..%2f..%2fetc%2fpasswd"


@dataclass(frozen=True)
class Forged:
    """One link that asks for something it cannot have; ``id`` is for reading the report of a run."""

    id: str
    link: str


def _code(text: str) -> Callable[[str, str], str]:
    """A way that puts one more code into a list, percent-escaped, whatever the page."""
    return lambda path, query: f"{path}?{query}&actor={quote(text, safe='')}"


def _extra(addition: str) -> Callable[[str, str], str]:
    """A way that puts one more parameter behind the query, as it stands."""
    return lambda path, query: f"{path}?{query}&{addition}"


def _twice(path: str, query: str) -> str:
    return f"{path}?{query}&{query.replace('=', '=x')}"


_WAYS: dict[str, Callable[[str, str], str]] = {
    "unknown-code": _code("ZZZ"),
    "sql": _code("USA' OR 1=1; DROP TABLE statements;--"),
    "script": _code(SCRIPT),
    "nul": _code("USA\0"),
    "right-to-left": _code(f"{RIGHT_TO_LEFT_OVERRIDE}ASU"),
    "template": _code("{{7*7}}${7*7}#{7*7}"),
    "prototype": _extra("__proto__=1&constructor=1"),
    "very-long-code": _code("A" * 5_000),
    "bad-utf-8": _extra("act=%ff%fe%c3%28"),
    "half-an-escape": _extra("target=%&channel=%4"),
    "date-reversed": lambda path, query: f"{path}?{_without_dates(query)}&since=2017-01-01&until=2015-01-01",
    "date-in-words": lambda path, query: f"{path}?{_without_dates(query)}&since=yesterday",
    "date-impossible": lambda path, query: f"{path}?{_without_dates(query)}&until=2016-02-30",
    "date-with-time": lambda path, query: f"{path}?{_without_dates(query)}&since=2016-04-03T23%3A30%3A00-05%3A00",
    "date-huge": lambda path, query: f"{path}?{_without_dates(query)}&until=99999-01-01",
    "date-before-christ": lambda path, query: f"{path}?{_without_dates(query)}&since=-0044-03-15",
    "repeated": _twice,
    "everything-capital": lambda path, query: f"{path}?{query.upper()}",
    "old-names": lambda path, query: f"{path}?{query}&country=ZZA&from=nonsense&speaker=nobody-at-all&org=none",
    "unknown-parameters": _extra("utm_campaign=x&fbclid=y&admin=true"),
    "choice-unknown": _extra("by=fortnight&lane=moon&sort=quote%20COLLATE%20NOCASE&page=-1&exchange=nothing"),
    "empty-values": _extra("issue=&q=&since=&page=&by="),
    "dots-only": _extra("organisation=....&language=.&not-actor=.ZZB."),
    "control-characters": _extra("q=a%00b%07c%1bd%e2%80%aee"),
    "very-long-search": _extra("q=" + "x" * 100_000),
    "traversal": _extra(f"id={TRAVERSAL}&issue={TRAVERSAL}"),
    "brackets": _extra("actor[]=USA&actor[0]=RUS&{}=1"),
    "pairs-without-name": _extra("=x&&;&=&a"),
    "another-version": _extra("version=ffffffffffff"),
}


def _without_dates(query: str) -> str:
    return "&".join(part for part in query.split("&") if not part.startswith(("since=", "until=")))


_ALONE = {
    "thousand-parameters": "/timeline?" + "&".join(f"k{number}=1" for number in range(3_000)),
    "thousand-actors": "/timeline?actor=" + ".".join(f"Z{number}" for number in range(3_000)),
    "thousand-times-the-same": "/timeline?" + "&".join(["actor=USA"] * 3_000),
    "quote-or": "/statements?country=%22%20OR%201%3D1--",
    "copy-to-file": "/statements?country=%27%3B%20COPY%20statements%20TO%20%27out.csv%27%3B--",
    "search-like-wildcards": "/statements?q=%25_%25",
    "search-comment": "/statements?q=France%27/%2A%2A/OR/%2A%2A/1%3D1",
    "search-unicode-quote": "/statements?q=%CA%BC%20OR%201%3D1--",
    "search-markup": "/statements?q=%22%3E%3Csvg%20onload%3Dwindow.__xss%3D1%3E",
    "search-only-quote": "/statements?q=%22",
    "search-star": "/statements?q=%2A",
    "search-field": "/statements?q=quote%3Ax%2A",
    "search-nul-only": "/statements?q=%00",
    "search-turkish": "/statements?q=%C4%B0stanbul",
    "search-surrogate": "/statements?q=%ED%A0%80",
    "sort-expression": "/statements?sort=CASE%20WHEN%201%3D1%20THEN%20country%20ELSE%20quote%20END",
    "page-not-a-number": "/statements?page=NaN",
    "page-list": "/statements?page=%5B1%5D",
    "page-arabic-digits": "/statements?page=%D9%A3",
    "page-huge": "/statements?page=99999999999999999999",
    "week-date": "/timeline?since=2016-W13-7",
    "ampersands": "/timeline?&&&",
    "fragment-in-code": "/timeline?country=France%23x",
    "state-blob": "/timeline?state=gASVKAAAAAAAAACMCGJ1aWx0aW5z",
    "address-of-data": "/data?data=http%3A%2F%2F169.254.169.254%2F",
    "double-escaped": "/timeline?actor=%2555SA",
    "plus-signs": "/timeline?actor=U+S+A",
    "emoji": "/timeline?issue=%F0%9F%98%80",
    "id-of-markup": "/statement?id=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
    "id-with-newline": "/statement?id=aleppo-0047%0d%0aSet-Cookie:%20a=b",
    "id-very-long": "/statement?id=" + "a" * 10_000,
    "two-ids": "/statement?id=aleppo-0047&id=aleppo-0048",
    "upper-path": "/TIMELINE/?ACTOR=usa",
    "semicolons": "/timeline?actor=USA;issue=refugees",
    "question-marks": "/timeline?actor=USA?issue=refugees",
    "markdown-picture": "/timeline?actor=![x](https%3A%2F%2Fevil.example%2Fa.png)",
    "javascript-link": "/timeline?actor=[x](javascript:alert(1))",
    "excluded-unknown": "/timeline?not-issue=nothing&not-actor=USA",
    "asked-and-excluded": "/timeline?actor=USA&not-actor=USA",
    "windows-path": "/compare?exchange=C%3A%5CWindows%5Cwin.ini",
}


def forged_links() -> Iterator[Forged]:
    """Every good link in every way of damage, and the forged ones by themselves; always the same."""
    for link in GOOD_LINKS:
        path, _, query = link.partition("?")
        for name, way in _WAYS.items():
            yield Forged(f"{path.strip('/') or 'overview'}-{name}-{GOOD_LINKS.index(link)}", way(path, query))
    for name, link in _ALONE.items():
        yield Forged(name, link)
