"""What a page says of itself: title, publisher, day of publication, language, address; from meta tags, JSON-LD, <time>."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from tracker.core.dates import PartialDate
from tracker.io.codes_read import web_address
from tracker.io.documents.document import civil_date, language_code, one_line
from tracker.io.documents.html_events import read_html

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title", "title")
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "application-name", "publisher")
_DATES = (
    *("article:published_time", "article:published", "og:published_time", "datepublished", "publishdate", "publish_date", "publish-date"),
    *("publication_date", "published_at", "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date", "pubdate"),
    *("dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "date"),
)
_LANGUAGES = ("content-language", "dc.language", "dcterms.language", "language", "og:locale")
_MAX_PIECE = 20_000
_MAX_JSON = 500_000
_MAX_FOUND = 200
_ARTICLES = frozenset({"article", "newsarticle", "reportagenewsarticle", "blogposting", "webpage", "analysisnewsarticle", "report"})


@dataclass(frozen=True)
class AboutPage:
    """What a page says of itself; "" or ``None`` where it says nothing, or several things of which none is certain."""

    title: str = ""
    publisher: str = ""
    published_on: PartialDate | None = None
    language: str = ""
    url: str = ""


class _Gatherer:
    """Gathers the parts of a page that are about it, at most so many and so long."""

    def __init__(self) -> None:
        self.meta: dict[str, str] = {}
        self.linked_data: list[str] = []
        self.times: list[str] = []
        self.marked_times: list[str] = []
        self.texts: dict[str, str] = {}
        self.language = self.canonical = self.base = ""
        self._until = ""
        self._pieces: list[str] = []
        self._n_pieces = 0

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "html" and not self.language:
            self.language = attributes.get("lang") or attributes.get("xml:lang") or ""
        elif tag == "meta" and len(self.meta) < _MAX_FOUND:
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or attributes.get("http-equiv") or ""
            self.meta.setdefault(name.strip().lower(), attributes.get("content", "")[:2000])
        elif tag == "link" and attributes.get("rel", "").strip().lower() == "canonical":
            self.canonical = self.canonical or attributes.get("href", "")[:2000]
        elif tag == "base":
            self.base = self.base or attributes.get("href", "")[:2000]
        self._begin_time(tag, attributes)
        is_data = tag == "script" and attributes.get("type", "").strip().lower() == "application/ld+json"
        if not self._until and ((tag in ("title", "h1") and tag not in self.texts) or is_data):
            self._until, self._pieces, self._n_pieces = tag, [], 0

    def _begin_time(self, tag: str, attributes: dict[str, str]) -> None:
        is_marked = attributes.get("itemprop", "").strip().lower() == "datepublished" or (tag == "time" and "pubdate" in attributes)
        written = attributes.get("datetime") or attributes.get("content") or ""
        if written and (is_marked or tag == "time") and len(self.times) < _MAX_FOUND:
            (self.marked_times if is_marked and tag != "meta" else self.times).append(written[:100])

    def end(self, tag: str) -> None:
        if tag != self._until:
            return
        whole, self._until = "".join(self._pieces), ""
        if tag == "script":
            self.linked_data += [whole] if len(self.linked_data) < _MAX_FOUND else []
        elif whole.strip():
            self.texts[tag] = one_line(whole)

    def text(self, text: str) -> None:
        if self._until and self._n_pieces < (_MAX_JSON if self._until == "script" else _MAX_PIECE):
            self._pieces.append(text)
            self._n_pieces += len(text)


def about_page(markup: str, url: str = "") -> AboutPage:
    """What a page says of itself, ``url`` being where it was found.

    A day of publication is what a tag of that meaning says; a <time> of no meaning counts when it is the only day on the
    page. Raises FileRefused as :func:`read_html` does.

    >>> page = about_page('<html lang="en-GB"><title>Yes</title><meta property="article:published_time" content="2016-04-03T23:30-05:00">')
    >>> page.title, str(page.published_on), page.language
    ('Yes', '2016-04-03', 'en')
    """
    found = _Gatherer()
    read_html(markup, found)
    told = _from_linked_data(found.linked_data)
    name = next((told[key] for key in ("headline", "name") if told.get(key)), "")
    title = _first(found.meta, _TITLES) or name or found.texts.get("h1", "") or found.texts.get("title", "")
    return AboutPage(
        title=one_line(title),
        publisher=one_line(_first(found.meta, _PUBLISHERS) or told.get("publisher", "")),
        published_on=_published_on(found, told),
        language=next(filter(None, map(language_code, (found.language, *(found.meta.get(name, "") for name in _LANGUAGES)))), ""),
        url=_address(found, url),
    )


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if meta.get(name, "").strip()), "")


def _published_on(found: _Gatherer, told: dict[str, str]) -> PartialDate | None:
    said = [*(found.meta.get(name, "") for name in _DATES[:1]), told.get("datePublished", ""), *found.marked_times]
    said += [found.meta.get(name, "") for name in _DATES[1:]]
    certain = next(filter(None, map(civil_date, filter(None, said))), None)
    if certain:
        return certain
    days = set(filter(None, map(civil_date, found.times)))
    return days.pop() if len(days) == 1 else None


def _address(found: _Gatherer, url: str) -> str:
    base = _joined(url, found.base) if found.base else url
    named = found.canonical or found.meta.get("og:url", "")
    return web_address(_joined(base, named)) or web_address(url) if named else web_address(url)


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return ""


def _from_linked_data(texts: list[str]) -> dict[str, str]:
    """What the first article of the page's JSON-LD says: headline, name, datePublished, publisher."""
    for text in texts:
        try:
            whole = json.loads(text)
        except (ValueError, RecursionError):
            continue
        for thing in _things(whole):
            kinds = thing.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and name.lower() in _ARTICLES for name in names) and thing.get("datePublished"):
                publisher = thing.get("publisher")
                publisher = publisher.get("name") if isinstance(publisher, dict) else publisher
                said = {key: thing.get(key) for key in ("headline", "name", "datePublished")} | {"publisher": publisher}
                return {key: value for key, value in said.items() if isinstance(value, str)}
    return {}


def _things(whole: object) -> Iterator[dict]:
    """The objects of JSON-LD: itself, those of its list, those of its graph."""
    for thing in whole if isinstance(whole, list) else [whole]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (inner for inner in (graph if isinstance(graph, list) else []) if isinstance(inner, dict))
