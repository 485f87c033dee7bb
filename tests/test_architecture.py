"""The house holds: who imports whom, what nobody does, how large things get; and each check catches a planted breach."""

from __future__ import annotations

import ast
import subprocess
import sys
from textwrap import dedent

import pytest

from tests import house_rules
from tests.house_rules import ROOT, WITHOUT_STREAMLIT

MODULES = house_rules.modules()
ENTRY_PATH = ROOT / "dashboard.py"
TEXTS = {name: path.read_text(encoding="utf-8") for name, path in MODULES.items()}
TREES = {name: ast.parse(text) for name, text in TEXTS.items()}
ENTRY_TEXT = ENTRY_PATH.read_text(encoding="utf-8")
OURS = TREES | {"dashboard": ast.parse(ENTRY_TEXT)}
PYTHON_FILES = [path for path in house_rules.files() if path.suffix == ".py"]
GRAPH = {name: [found.target for found in house_rules.imports_of(tree, MODULES)] for name, tree in TREES.items()}


def _parsed(text: str) -> ast.Module:
    return ast.parse(dedent(text))


def test_imports_point_downwards() -> None:
    breaches = [breach for name, tree in TREES.items() for breach in house_rules.import_breaches(name, tree, MODULES)]
    assert not breaches, "\n".join(breaches)


def test_the_entry_knows_only_streamlit_and_the_pages() -> None:
    breaches = house_rules.entry_breaches(OURS["dashboard"], MODULES)
    assert not breaches, "\n".join(breaches)


def test_nothing_below_the_pages_reaches_streamlit_by_any_way() -> None:
    starts = [name for name in MODULES if house_rules.is_under(name, WITHOUT_STREAMLIT)]
    chains = [chain for name in starts if (chain := house_rules.chain_to("streamlit", name, GRAPH))]
    assert not chains, "\n".join(" -> ".join(chain) for chain in chains)


def test_everything_below_the_pages_imports_where_streamlit_is_not_installed() -> None:
    names = [name for name in MODULES if house_rules.is_under(name, WITHOUT_STREAMLIT)]
    program = "import importlib, sys\nsys.modules['streamlit'] = None\nfor name in sys.argv[1:]: importlib.import_module(name)"
    done = subprocess.run([sys.executable, "-c", program, *names], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_module_is_an_attic() -> None:
    attics = [
        path for path in PYTHON_FILES if path.stem in house_rules.BANNED_MODULE_NAMES or path.parent.name in house_rules.BANNED_MODULE_NAMES
    ]
    assert not attics, f"{attics}: name a module after what is in it"


def test_nothing_is_called_by_the_word_with_four_meanings() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: say document, publisher, spokesperson or path"
        for path in PYTHON_FILES
        for line in house_rules.banned_names(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found, "\n".join(found)


def test_no_text_is_run_and_no_markup_let_through() -> None:
    found = [f"{name}:{line}: {what}" for name, tree in OURS.items() for line, what in house_rules.banned_calls(tree)]
    assert not found, "\n".join(found)


def test_modules_and_functions_fit_on_a_desk() -> None:
    limits = {"module_lines": house_rules.MODULE_LINES, "function_lines": house_rules.FUNCTION_LINES}
    texts = TEXTS | {"dashboard": ENTRY_TEXT}
    found = [line for name, tree in OURS.items() for line in house_rules.sizes(name, texts[name], tree, **limits)]
    assert not found, "\n".join(found)


def test_every_module_says_what_it_is_for() -> None:
    mute = [str(path.relative_to(ROOT)) for path in PYTHON_FILES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    # An empty __init__.py that only marks a folder of tests has nothing to say.
    assert not [name for name in mute if not (name.startswith("tests") and name.endswith("__init__.py"))], mute


def test_public_functions_below_the_pages_say_what_one_gets() -> None:
    found = [
        f"{name}:{line}: {function} has no docstring"
        for name, tree in TREES.items()
        if house_rules.layer_of(name) in house_rules.DOCUMENTED_LAYERS
        for line, function in house_rules.undocumented(tree)
    ]
    assert not found, "\n".join(found)


def test_no_file_tells_of_the_machine_it_was_made_on() -> None:
    found: list[str] = []
    for path in house_rules.files():
        text = path.read_bytes().decode("utf-8", errors="replace")
        if path == ROOT / "LICENSE" or "\0" in text:  # pictures and snapshots are not text
            continue
        found += [f"{path.relative_to(ROOT)}:{line}: {what}" for line, what in house_rules.told_of_this_machine(text)]
    assert not found, "\n".join(found)


# --- each check catches a planted breach, and lets the innocent pass -----------------------------------------------

KNOWN = ("tracker", "tracker.core", "tracker.core.dates", "tracker.store", "tracker.store.snapshot", "tracker.ui", "tracker.ui.session")


@pytest.mark.parametrize(
    ("module", "text", "n_breaches"),
    [
        pytest.param("tracker.core.dates", "import pandas", 1, id="core-takes-an-installed-package"),
        pytest.param("tracker.core.dates", "import calendar, re", 0, id="core-takes-the-standard-library"),
        pytest.param("tracker.core.dates", "from tracker import store", 1, id="core-takes-a-layer-by-its-package"),
        pytest.param("tracker.io.tables", "from tracker.store import snapshot", 1, id="io-knows-store"),
        pytest.param("tracker.analysis.facets", "def f():\n    import streamlit", 1, id="hidden-inside-a-function"),
        pytest.param("tracker.analysis.facets", "import ibis.expr.types", 0, id="submodule-of-an-allowed-package"),
        pytest.param("tracker.ui.pages.data", "from tracker.store import snapshot", 1, id="a-page-goes-round-the-workspace"),
        pytest.param("tracker.ui.pages.data", "import streamlit as st", 0, id="a-page-takes-streamlit"),
        pytest.param("tracker.cli", "from tracker.ui import session", 1, id="the-two-clients-stay-apart"),
        pytest.param("tracker.core.dates", "from . import columns", 1, id="relative"),
        pytest.param("tracker.io.tables", "import pickle", 1, id="pickle"),
        pytest.param("tracker.services", "", 1, id="a-new-module-without-a-place"),
        pytest.param("tracker.services.mail", "import smtplib", 1, id="a-new-package-without-a-place"),
        pytest.param("tracker", "from tracker.core import dates", 1, id="the-package-itself-imports-nothing"),
    ],
)
def test_a_wrong_import_is_caught(module: str, text: str, n_breaches: int) -> None:
    assert len(house_rules.import_breaches(module, ast.parse(text), KNOWN)) == n_breaches


@pytest.mark.parametrize(
    ("text", "n_breaches"),
    [
        pytest.param("import streamlit as st\nfrom tracker.ui import session", 0, id="what-it-is-for"),
        pytest.param("from tracker.core import dates", 1, id="core"),
        pytest.param("import pandas", 1, id="pandas"),
    ],
)
def test_a_wrong_import_of_the_entry_is_caught(text: str, n_breaches: int) -> None:
    assert len(house_rules.entry_breaches(ast.parse(text), KNOWN)) == n_breaches


@pytest.mark.parametrize(
    ("graph", "chain"),
    [
        pytest.param({"a.b": ["a.c"], "a.c": ["streamlit"]}, ["a.b", "a.c", "streamlit"], id="by-another-module"),
        pytest.param({"a.b": [], "a": ["streamlit.runtime"]}, ["a.b", "a", "streamlit.runtime"], id="by-the-package-it-lies-in"),
        pytest.param({"a.b": ["a.c"], "a.c": ["a.b"]}, [], id="a-circle-ends"),
        pytest.param({"a.b": ["a.c", "altair"], "a.c": ["json"], "a.d": ["streamlit"]}, [], id="not-its-way"),
    ],
)
def test_a_long_way_to_streamlit_is_caught(graph: dict[str, list[str]], chain: list[str]) -> None:
    assert house_rules.chain_to("streamlit", "a.b", graph) == chain


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("source = 1", [1], id="variable"),
        pytest.param("def f(source): ...", [1], id="argument"),
        pytest.param("def source(): ...", [1], id="function"),
        pytest.param("class A:\n    source: str", [2], id="field"),
        pytest.param("self.source = 1", [1], id="attribute-set"),
        pytest.param("f(source=1)", [1], id="keyword"),
        pytest.param("import x as source", [1], id="import-as"),
        pytest.param("match x:\n    case source: ...", [2], id="match"),
        pytest.param("thing.source\nrow['source']\nsource_title = 1", [], id="others-attribute-key-and-longer-name"),
    ],
)
def test_the_word_with_four_meanings_is_caught(text: str, lines: list[int]) -> None:
    assert house_rules.banned_names(ast.parse(text)) == lines


@pytest.mark.parametrize(
    ("text", "n_breaches"),
    [
        pytest.param("eval('1')", 1, id="eval"),
        pytest.param("exec(text)", 1, id="exec"),
        pytest.param("table.eval('a + b')", 1, id="frame-eval"),
        pytest.param("pandas.read_pickle(path)", 1, id="read-pickle"),
        pytest.param("from pickle import loads", 1, id="pickle-from"),
        pytest.param("import dill as d", 1, id="pickle-by-another-name"),
        pytest.param("from importlib import import_module", 1, id="import-by-name"),
        pytest.param("st.markdown(text, unsafe_allow_html=True)", 1, id="markup-let-through"),
        pytest.param("st.markdown(text, **{'unsafe_allow_html': True})", 1, id="markup-let-through-by-a-dictionary"),
        pytest.param("connection.execute(query, values); ast.literal_eval(x); evaluate()", 0, id="innocent"),
    ],
)
def test_text_run_as_a_program_is_caught(text: str, n_breaches: int) -> None:
    assert len(house_rules.banned_calls(ast.parse(text))) == n_breaches


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("x = 1\n" * 4, [], id="as-long-as-allowed"),
        pytest.param("x = 1\n" * 5, ["m: 5 lines"], id="one-line-too-many"),
        pytest.param("class A:\n    def f(self):\n        x = 1\n        return x", ["m:2: A.f has 3 lines"], id="method"),
        pytest.param("def f():\n    def g(): ...", [], id="function-as-long-as-allowed"),
    ],
)
def test_what_is_too_large_is_caught(text: str, expected: list[str]) -> None:
    assert house_rules.sizes("m", text, ast.parse(text), module_lines=4, function_lines=2) == expected


def test_what_is_not_documented_is_caught() -> None:
    tree = _parsed(
        '''
        def open_(): "It opens."
        def bare(): ...
        def _own(): ...
        class Thing:
            """A thing."""
            def method(self): ...
            def __len__(self): ...
            @property
            def size(self):
                """How large it is."""
            @size.setter
            def size(self, value): ...
        class Empty: ...
        '''
    )
    assert [name for _, name in house_rules.undocumented(tree)] == ["bare", "Empty", "method"]


@pytest.mark.parametrize(
    ("text", "is_caught"),
    [
        pytest.param("see /" + "work/main/x.py", True, id="path"),
        pytest.param("path = '/" + "home/ann/data'", True, id="home"),
        pytest.param("C:" + "\\Users\\ann", True, id="windows"),
        pytest.param("index = https://py" + "pi.org/simple", True, id="registry"),
        pytest.param("../../sha" + "red/x.md", True, id="outside"),
        pytest.param("https://www.state.gov/" + "work/x and https://a.int/en/" + "home/y", False, id="path-of-an-address"),
        pytest.param("data/aleppo, ~/data, /timeline?actor=USA", False, id="own-paths"),
    ],
)
def test_a_trace_of_the_machine_is_caught(text: str, is_caught: bool) -> None:
    assert bool(house_rules.told_of_this_machine(text)) is is_caught
