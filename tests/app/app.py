"""The app without a browser: runs dashboard.py, opens links, and reads what is drawn."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from streamlit.testing.v1 import AppTest

from tests.app.drawn import Element, elements_of
from tests.house_rules import ROOT
from tracker.ui.registry import BY_PATH

PATIENCE_S = 60


class App:
    """One visitor's session on the real entry; every method that changes something runs the script to its end."""

    def __init__(self, link: str = "/") -> None:
        parts = urlsplit(link)
        self.test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=PATIENCE_S)
        if parts.path.strip("/"):
            self.test.switch_page(str(BY_PATH[parts.path].file.relative_to(ROOT)))
        self.go(parts.query)

    def go(self, query: str) -> App:
        """Another query in the address, as Back or a link brings it: nothing but the address changes."""
        given: dict[str, list[str]] = {}
        for name, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
            given.setdefault(name, []).append(value)
        self.test.query_params.clear()
        for name, values in given.items():
            self.test.query_params[name] = values
        return self.run()

    def run(self) -> App:
        """The script once more; raises AssertionError when it ended in an exception."""
        self.test.run()
        assert not self.test.exception, "\n".join(f"{e.message}\n{e.stack_trace}" for e in self.test.exception)
        return self

    @property
    def parameters(self) -> dict[str, str]:
        """The query in the address; a parameter that stands there more than once has all its values, space between."""
        given = self.test.query_params.items()
        return {name: values if isinstance(values, str) else " ".join(values) for name, values in given}

    @property
    def html(self) -> str:
        """All cards of the page, the sidebar included."""
        return "\n".join(card.proto.body for card in self.test.get("html"))

    @property
    def elements(self) -> list[Element]:
        """Every HTML element of the cards."""
        return elements_of(self.html)

    def by_tag(self, tag: str) -> list[Element]:
        """The elements of one tag."""
        return [element for element in self.elements if element.tag == tag]

    def by_class(self, name: str) -> list[Element]:
        """The elements that carry one style class."""
        return [element for element in self.elements if element.has_class(name)]

    @property
    def title(self) -> str:
        """The one main heading; raises ValueError when there is none or more than one."""
        (heading,) = self.by_tag("h1")
        return heading.text

    @property
    def sentence(self) -> str:
        """The line under the title; empty on pages without one."""
        return " ".join(element.text for element in self.by_class("trk-sentence"))

    @property
    def n(self) -> int:
        """The first number of the sentence: how many statements it speaks of."""
        return int(re.match(r"[\d,]+", self.sentence).group().replace(",", ""))

    @property
    def notices(self) -> list[str]:
        """What could not be followed, as the page says it."""
        return [item.text for box in self.test.get("html") if "trk-notices" in box.proto.body for item in _items_of_notices(box.proto.body)]

    @property
    def links(self) -> list[str]:
        """Where the links of the page lead."""
        return [element.attributes["href"] for element in self.by_tag("a")]


def _items_of_notices(html: str) -> list[Element]:
    return [element for element in elements_of(html[html.index("trk-notices") - len('<div class="') :]) if element.tag == "li"]
