"""The rules of the house as functions from text to breaches; ``python -m tests.house_rules`` lists what has grown large."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULE_LINES, FUNCTION_LINES = 400, 60
MODULE_LINES_SEEN_AGAIN, FUNCTION_LINES_SEEN_AGAIN = 250, 40


@dataclass(frozen=True)
class Layer:
    """What the modules of one layer may import: other layers, and installed packages."""

    layers: frozenset[str] = frozenset()
    packages: frozenset[str] = frozenset()


def _layer(layers: str = "", packages: str = "") -> Layer:
    return Layer(frozenset(layers.split()), frozenset(packages.split()))


# Closed on purpose: a module that is in no layer, or a package that is in no row, fails until it is given its place here.
LAYERS: Mapping[str, Layer] = {
    "core": _layer(),
    "analysis": _layer("core", "ibis numpy pandas pyarrow rapidfuzz scipy threadpoolctl"),
    "io": _layer("core", "anyascii babel charset_normalizer dateparser lxml pycountry pyarrow pypdf rapidfuzz"),
    "store": _layer("core", "duckdb ibis orjson pandas pyarrow pyiceberg pyspark sqlalchemy"),
    "workspace": _layer("core analysis io store", "ibis"),
    "ui": _layer("core analysis io workspace", "altair babel jinja2 markupsafe pandas pyarrow starlette streamlit vl_convert"),
    "cli": _layer("core analysis io workspace"),
    "__main__": _layer("cli"),
}
ENTRY = _layer("ui", "streamlit")
WITHOUT_STREAMLIT = ("tracker.core", "tracker.analysis", "tracker.io", "tracker.store", "tracker.workspace", "tracker.cli")
WITHOUT_STREAMLIT += ("tracker.ui.charts", "tracker.ui.url_state")

BANNED_MODULE_NAMES = frozenset(["util", "utils", "helper", "helpers", "common", "misc"])
BANNED_IMPORTS = frozenset(["pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "imp"])
BANNED_CALLS = frozenset(["eval", "exec", "__import__"])
BANNED_METHODS = frozenset(["eval", "read_pickle", "to_pickle", "import_module"])
BANNED_OPTIONS = frozenset(["unsafe_allow_html", "unsafe_allow_javascript"])
DOCUMENTED_LAYERS = frozenset(["core", "analysis", "io", "store", "workspace"])


@dataclass(frozen=True)
class Import:
    """One import: the line it stands on and the dotted name it asks for."""

    line: int
    target: str


# --- who may import whom -----------------------------------------------------------------------------------------


def imports_of(tree: ast.Module, known: Collection[str] = ()) -> list[Import]:
    """Every import of a module, those inside functions included; ``from a import b`` is ``a.b`` when that is a module.

    Relative imports come out with their dots, so that no layer allows them.
    """
    found: list[Import] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [Import(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            found += [Import(node.lineno, name if (name := f"{base}.{a.name}") in known else base) for a in node.names]
    return list(dict.fromkeys(found))


def layer_of(module: str) -> str:
    """The layer of a module of the package, by its second name; empty for the package itself.

    >>> layer_of("tracker.ui.charts.strip"), layer_of("tracker")
    ('ui', '')
    """
    return module.partition(".")[2].partition(".")[0]


def import_breaches(module: str, tree: ast.Module, known: Collection[str]) -> list[str]:
    """What a module imports against the table; a module of no layer is one breach."""
    layer = layer_of(module)
    if not layer:
        allowed = Layer()
    elif layer not in LAYERS:
        return [f"{module}: {layer!r} is in no layer; give it its place in LAYERS of tests/house_rules.py"]
    else:
        allowed = LAYERS[layer]
    return [f"{module}:{line}: {why}" for line, why in _refused(tree, known, allowed, own=layer)]


def entry_breaches(tree: ast.Module, known: Collection[str]) -> list[str]:
    """What dashboard.py imports beside Streamlit, the standard library and tracker.ui."""
    return [f"dashboard:{line}: {why}" for line, why in _refused(tree, known, ENTRY, own="")]


def _refused(tree: ast.Module, known: Collection[str], allowed: Layer, *, own: str) -> Iterator[tuple[int, str]]:
    for found in imports_of(tree, known):
        top = found.target.partition(".")[0]
        if not top:
            yield found.line, f"imports {found.target!r} relatively; write the whole name"
        elif top == "tracker":
            layer = layer_of(found.target)
            if layer != own and layer not in allowed.layers:
                yield found.line, f"imports {found.target}; it may import {_listed(allowed.layers)} of tracker"
        elif top in BANNED_IMPORTS:
            yield found.line, f"imports {top}, which runs what it reads; use CSV, JSON or Parquet"
        elif top not in sys.stdlib_module_names and top not in allowed.packages:
            yield found.line, f"imports {top}; beside the standard library it may import {_listed(allowed.packages)}"


def chain_to(package: str, start: str, graph: Mapping[str, Collection[str]]) -> list[str]:
    """The shortest way of imports from a module to a package, both named; empty when there is none.

    ``graph`` maps every module to all it imports. Importing a module runs the packages it lies in too.
    """
    ways: list[list[str]] = [[start]]
    seen = {start}
    for way in ways:
        parts = way[-1].split(".")
        for target in [*graph.get(way[-1], ()), *(".".join(parts[:n]) for n in range(1, len(parts)))]:
            if target.partition(".")[0] == package:
                return [*way, target]
            if target in graph and target not in seen:
                seen.add(target)
                ways.append([*way, target])
    return []


def is_under(module: str, roots: Collection[str]) -> bool:
    """Whether a module is one of the roots or lies in one."""
    return any(module == root or module.startswith(f"{root}.") for root in roots)


# --- what no module does -------------------------------------------------------------------------------------------


def banned_names(tree: ast.Module) -> list[int]:
    """Lines that define or bind ``source`` (variable, argument, keyword, attribute, function, class, import)."""
    return sorted({node.lineno for node in ast.walk(tree) if "source" in _names_given(node)})


def _names_given(node: ast.AST) -> list[str | None]:
    match node:
        case ast.Name(id=name) | ast.arg(arg=name) | ast.keyword(arg=name):
            return [name]
        case ast.Attribute(attr=name, ctx=ast.Store()):
            return [name]
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.ExceptHandler(name=name) | ast.MatchAs(name=name) | ast.MatchStar(name=name):
            return [name]
        case ast.alias(name=name, asname=given):
            return [given or name]
    return []


def banned_calls(tree: ast.Module) -> list[tuple[int, str]]:
    """Lines that run text as a program, read pickles or switch off escaping, each with what it does."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in BANNED_CALLS:
                found.append((node.lineno, f"calls {name}()"))
            case ast.Attribute(attr=name) if name in BANNED_METHODS:
                found.append((node.lineno, f"uses .{name}"))
            case ast.keyword(arg=name) | ast.Constant(value=name) if isinstance(name, str) and name in BANNED_OPTIONS:
                found.append((node.lineno, f"uses {name}"))
            case ast.Import() | ast.ImportFrom():
                found += _banned_imports(node)
    return sorted(found)


def _banned_imports(node: ast.Import | ast.ImportFrom) -> list[tuple[int, str]]:
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    taken = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
    found = [(node.lineno, f"imports {name}") for name in names if name.partition(".")[0] in BANNED_IMPORTS]
    return found + [(node.lineno, f"imports {name}") for name in taken if name in BANNED_METHODS]


# --- sizes and docstrings ------------------------------------------------------------------------------------------


def functions_of(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function of a module with its dotted name, nested ones and methods included."""
    waiting: list[tuple[str, ast.AST]] = [("", tree)]
    for prefix, parent in waiting:
        for node in ast.iter_child_nodes(parent):
            is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            name = f"{prefix}{node.name}" if is_function or isinstance(node, ast.ClassDef) else ""
            if is_function:
                yield name, node
            waiting.append((f"{name}." if name else prefix, node))


def sizes(name: str, text: str, tree: ast.Module, *, module_lines: int, function_lines: int) -> list[str]:
    """The module and the functions in it that are longer than these many lines (docstring included), with their lengths."""
    n_lines = len(text.splitlines())
    found = [f"{name}: {n_lines} lines"] if n_lines > module_lines else []
    for function, node in functions_of(tree):
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > function_lines:
            found.append(f"{name}:{node.lineno}: {function} has {length} lines")
    return found


def undocumented(tree: ast.Module) -> list[tuple[int, str]]:
    """Public functions, methods and classes at any level but inside functions that have no docstring."""
    found: list[tuple[int, str]] = []
    waiting: list[ast.AST] = [tree]
    for parent in waiting:
        for node in ast.iter_child_nodes(parent):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
                continue
            if not ast.get_docstring(node) and not _repeats_another(node):
                found.append((node.lineno, node.name))
            if isinstance(node, ast.ClassDef):
                waiting.append(node)
    return found


def _repeats_another(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    # An overload or a setter is documented where the function or the property is.
    decorators = {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}
    return bool(decorators & {"overload", "setter", "deleter", "override"})


# --- what no file says ---------------------------------------------------------------------------------------------

# Written in pieces, because this file is held to the same rule.
_FOLDERS = ("work", "root", "home", "Users")
_REGISTRIES = (("py", "pi.org"), ("py", "pi.io"), ("python", "hosted.org"), ("ana", "conda.org"), ("ana", "conda.com"), ("npm", "js.org"))
_MACHINE_PATH = re.compile(r"(?<![\w.:/~})-])/(?:" + "|".join(_FOLDERS) + r")/[\w.]|\b[A-Z]:\\{1,2}" + _FOLDERS[-1] + r"\\")
_REGISTRY_NAMES = "|".join(re.escape("".join(pieces)) for pieces in _REGISTRIES)
_REGISTRY = re.compile(rf"\b(?:{_REGISTRY_NAMES})\b", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?:\.\./)+" + "sha" + "red")


def told_of_this_machine(text: str) -> list[tuple[int, str]]:
    """Lines that name an absolute path of somebody's machine, a package registry or a folder outside the repository."""
    found: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        found += [(number, hit.group()) for pattern in (_MACHINE_PATH, _REGISTRY, _OUTSIDE) if (hit := pattern.search(line))]
    return found


# --- the tree ------------------------------------------------------------------------------------------------------

_NOT_OURS = frozenset(
    [".git", ".venv", ".tracker", ".pytest_cache", ".ruff_cache", ".hypothesis", "__pycache__", "test-results", "node_modules"]
)


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file of the repository in a fixed order, without what is made by running it."""
    for path in sorted(folder.iterdir()):
        if path.name in _NOT_OURS:
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name; a package has the name of its folder."""
    found: dict[str, Path] = {}
    for path in files(ROOT / "tracker"):
        if path.suffix == ".py":
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def main() -> None:
    """Lists what has grown past the size at which one should look again; nothing of it is an error."""
    for path in [*modules().values(), ROOT / "dashboard.py"]:
        text = path.read_text(encoding="utf-8")
        name = str(path.relative_to(ROOT))
        for line in sizes(name, text, ast.parse(text), module_lines=MODULE_LINES_SEEN_AGAIN, function_lines=FUNCTION_LINES_SEEN_AGAIN):
            print(f"look again: {line}")


if __name__ == "__main__":
    main()
