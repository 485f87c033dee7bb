"""What stands in HTML, read with the standard library: every element with its attributes and all the text in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(["br", "img", "input", "link", "meta", "hr", "base", "embed", "col", "area", "wbr", "track"])


@dataclass
class Element:
    """One element: its tag, its attributes (a repeated one keeps its last value) and the text in it, children included."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""

    def has_class(self, name: str) -> bool:
        """Whether the element carries the style class."""
        return name in self.attributes.get("class", "").split()


def elements_of(html: str) -> list[Element]:
    """Every element of a piece of HTML, in the order of the opening tags.

    >>> [(e.tag, e.attributes, e.text) for e in elements_of('<p lang="en">a <b>&lt;i></b></p>')]
    [('p', {'lang': 'en'}, 'a <i>'), ('b', {}, '<i>')]
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Element] = []
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.found.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].tag == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data
