"""The documents say what is there: links lead somewhere, decisions have their parts, words, columns and dependencies are explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house_rules import ROOT, files
from tracker.core.columns import COLUMN_NAMES, FACETS
from tracker.core.links import PAGES
from tracker.core.vocabulary import ACTS, NOT_CODED, STANCES

DOCUMENTS = [path for path in files() if path.suffix == ".md"]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_IN_BACKTICKS = re.compile(r"`((?:tracker|tests|docs|data)/[\w./-]+)`")


def _text(path: str | Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def dead_links(text: str, folder: Path) -> list[str]:
    """Relative links, and paths in backticks, that lead to no file; both are resolved, the latter from the root."""
    links = [
        target.partition("#")[0] for target in _LINK.findall(text) if "://" not in target and not target.startswith(("#", "mailto:", "/"))
    ]
    dead = [target for target in links if target and not (folder / target).exists()]
    return dead + [path for path in _IN_BACKTICKS.findall(text) if not (ROOT / path).exists()]


def packages_in(requirements: str) -> list[str]:
    """The packages of a requirements file, extras included as written."""
    return [line.partition("==")[0].strip() for line in requirements.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    assert dead_links(_text(path), path.parent) == []


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        pytest.param("[a](docs/glossary.md#words) [b](https://x.org/y) [c](#here) [d](/timeline?actor=USA)", [], id="alive"),
        pytest.param("[a](docs/no.md)", ["docs/no.md"], id="dead"),
        pytest.param("![a](docs/images/no.png)", ["docs/images/no.png"], id="dead-picture"),
        pytest.param("see `tracker/core/no.py`", ["tracker/core/no.py"], id="dead-path"),
    ],
)
def test_a_dead_link_is_caught(text: str, dead: list[str]) -> None:
    assert dead_links(text, ROOT) == dead


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_parts(path: Path) -> None:
    text = _text(path)
    assert re.match(rf"# {path.stem[:4]} \S", text), "the title begins with the number"
    assert re.search(r"^\d{4}-\d{2}-\d{2}, ", text, re.MULTILINE), "the second line has the date and whether it is in force"
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Choice", "Refused", "Revisit when"]
    assert len(text.splitlines()) <= 60, "a decision is one page"


def test_decisions_are_numbered_without_gaps() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("requirements", ["requirements.txt", "tests/requirements.txt"])
def test_every_dependency_has_its_reason(requirements: str) -> None:
    rows = re.findall(r"^\| ([^ |]+) \| [^|]+ \| ([^ |]+) \|", _text("docs/decisions/0002-dependencies.md"), re.MULTILINE)
    pinned = dict(line.split("==") for line in _text(requirements).splitlines() if "==" in line)
    assert pinned.items() <= dict(rows).items()
    assert list(pinned) == packages_in(_text(requirements)), "every line is pinned"


_WORDS = [*(facet.title.lower() for facet in FACETS if facet.parameter != "language"), "selection, view", "data version"]


@pytest.mark.parametrize("word", _WORDS)
def test_the_glossary_has_the_word(word: str) -> None:
    assert re.search(rf"^\| {re.escape(word)} \|", _text("docs/glossary.md"), re.MULTILINE)


def test_the_glossary_lists_stances_and_acts() -> None:
    rows = dict(re.findall(r"^\| (\w+) \| ([^|]+) \|", _text("docs/glossary.md"), re.MULTILINE))
    assert [word for word in STANCES.values() if word not in rows["stance"]] == []
    assert [word for code, word in ACTS.items() if code != NOT_CODED and word not in rows["act"]] == []


def test_the_data_format_explains_every_column() -> None:
    text = _text("docs/data_format.md")
    assert [column for column in COLUMN_NAMES if f"`{column}`" not in text] == []


def test_the_readme_leads_to_every_page() -> None:
    text = _text("README.md")
    assert [path for path in PAGES if path != "/" and not re.search(rf"{path}\b", text)] == []


def test_the_readme_has_the_commands() -> None:
    text = _text("README.md")
    commands = ("make run", "make test", *(f"python -m tracker {command}" for command in ("check", "query", "export")))
    assert [command for command in commands if command not in text] == []
