"""Opening a data set: load and check it, build its snapshot when there is none, read what links and pages need."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import ibis
import ibis.expr.types as ir

from tracker.analysis.coding import n_contested
from tracker.analysis.corpus import Corpus
from tracker.analysis.facets import count_facets, count_selection
from tracker.analysis.joint import actors_beside
from tracker.analysis.results import FacetsResult, SelectionCount
from tracker.analysis.searching import Lookup, WordIndex
from tracker.core.beside import SIDE_TABLES, Membership
from tracker.core.columns import FACETS
from tracker.core.dates import PartialDate, Window
from tracker.core.errors import DataSetRefused
from tracker.core.groups import Groups
from tracker.core.links import Notice, View, read_link
from tracker.core.model import Actor, Event, Issue, Spokesperson
from tracker.core.problems import Problem, Severity
from tracker.core.selection import Catalogue, Selection
from tracker.io.comparisons import ReadyComparison, read_comparisons
from tracker.io.declared import NON_STATE
from tracker.io.groups import known_memberships
from tracker.io.packages import load_data_set
from tracker.store.engine import Engine
from tracker.store.engine_at import engine_url, open_engine_at
from tracker.store.search_index import INDEX_TABLES, N_INDEXED_FROM
from tracker.store.snapshot import build_snapshot

_ROOT = Path(__file__).resolve().parents[2]


def _no_text(_document_id: str) -> str | None:
    return None


@dataclass(frozen=True)
class Workspace:
    """An open data set: what it holds, the table to ask, and the words for its codes.

    ``totals`` counts every facet over the whole data set, ``kinds`` names the kind of each actor, ``code`` is the name of
    the data set in links and ``revision_id`` the revision of the ledger it shows (0: what is on disk). ``text_of`` gives
    the stored text of a document by its id, None where there is none. ``search_note`` is what to say beside every search, "" for nothing.
    """

    title: str
    description: str
    licence: str
    data_version: str
    n_records: int
    catalogue: Catalogue
    corpus: Corpus
    engine: Engine
    count: SelectionCount
    totals: FacetsResult
    issues: Mapping[str, Issue]
    kinds: Mapping[str, str]
    events: tuple[Event, ...]
    problems: tuple[Problem, ...]
    comparisons: tuple[ReadyComparison, ...]
    code: str = ""
    revision_id: int = 0
    n_passages: int = 0
    search_note: str = ""
    text_of: Callable[[str], str | None] = _no_text

    def read_link(self, link: str) -> tuple[View | None, tuple[Notice, ...]]:
        """The view a link names in this data set, with a notice for all that could not be followed."""
        return read_link(link, self.catalogue)


def default_data_path() -> Path:
    """The data set to open: the first of ``TRACKER_DATA`` (paths, separated as in PATH) when it is set, else the bundled one."""
    return data_paths()[0]


def data_paths() -> tuple[Path, ...]:
    """Every data set that is offered: those of ``TRACKER_DATA``, or the bundled one."""
    asked = [Path(part) for part in os.environ.get("TRACKER_DATA", "").split(os.pathsep) if part]
    return tuple(asked) or (_ROOT / "data" / "aleppo",)


def open_workspace(path: Path | None = None) -> Workspace:
    """The workspace of a data package folder or a single table; its snapshot is built when there is none yet.

    Snapshots are kept in ``TRACKER_CACHE`` (default: the user's cache folder), one file a data version. Raises
    DataSetRefused when nothing can be loaded, with the reason in words.
    """
    path = path or default_data_path()
    data_set = load_data_set(path)
    if data_set.refusal or not data_set.statements:
        why = (data_set.refusal or "it holds no statement that can be used").rstrip(".")
        raise DataSetRefused.because(path.name, why, f"Run `python -m tracker check {path.name}` to see every problem.")
    return described(open_engine_at(engine_url(), build_snapshot(data_set, cache_folder())), path)


def cache_folder() -> Path:
    """The folder for snapshots: ``TRACKER_CACHE``, else one of the user's that can be written to."""
    asked = os.environ.get("TRACKER_CACHE")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "statement-tracker"
    for folder in [Path(asked)] if asked else [home, Path(tempfile.gettempdir()) / "statement-tracker"]:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder
        except OSError:
            continue
    raise DataSetRefused.because(asked or "cache", "its snapshot cannot be written", "Set TRACKER_CACHE to a folder that can be written.")


def described(engine: Engine, path: Path | None = None, *, keeps_history: bool = False) -> Workspace:
    """The workspace of an open snapshot, with the words for its codes; ``path`` is where its ready comparisons lie."""
    comparisons, wrong = read_comparisons(path) if path else ((), ())
    corpus = Corpus(engine.table("statements"), engine, _tables_with_rows(engine), _groups(engine), lookup_of(engine))
    about = {row["key"]: row["value"] for row in _table(engine, "about")}
    totals = count_facets(corpus, Selection())
    count = count_selection(corpus, Selection())
    actors = _table(engine, "actors")
    issues = sorted(_table(engine, "issues"), key=lambda row: row["position"])
    events = sorted(_table(engine, "events"), key=lambda row: (row["happened_from"], row["event_id"]))
    whole = Window(*(PartialDate.of(day) if day else None for day in (count.first_on, count.last_on)))
    labels = _with_those_beside(_labels(engine, totals, actors), corpus)
    catalogue = Catalogue(
        labels, about["data_version"], count.n_statements, whole, keeps_history=keeps_history, n_contested=n_contested(corpus, Selection())
    )
    return Workspace(
        title=about.get("title") or about.get("name", ""),
        description=about.get("description", ""),
        licence=about.get("licence", ""),
        data_version=about["data_version"],
        n_records=int(about.get("n_records") or count.n_statements),
        catalogue=catalogue,
        corpus=corpus,
        engine=engine,
        count=count,
        totals=totals,
        issues=MappingProxyType({row["issue_id"]: Issue(row["issue_id"], row["title"], row["proposition"]) for row in issues}),
        kinds=MappingProxyType({row["actor_id"]: row["kind"] for row in actors}),
        events=tuple(_event(row) for row in events),
        problems=(*(_problem(row) for row in _table(engine, "problems")), *wrong),
        comparisons=comparisons,
        search_note=_search_note(engine, count.n_statements),
        n_passages=engine.rows(engine.table("passages").agg(n=ibis._.count()))[0]["n"],
    )


def lookup_of(engine: Engine) -> Lookup:
    """Where searches look beside the statements: names, and the index of words when the engine has one."""
    if "postings" not in engine.table_names:
        return Lookup(engine.table("names"))
    words, postings, lengths, unindexed = (engine.table(name) for name in INDEX_TABLES)
    is_current = not engine.rows(unindexed.limit(1))
    return Lookup(engine.table("names"), WordIndex(words, postings, lengths, None if is_current else unindexed))


def _search_note(engine: Engine, n_statements: int) -> str:
    """What to say beside a search that has no index of words though there could be one."""
    kind = engine_url().partition("://")[0].lower() or "duckdb"
    if "postings" in engine.table_names or (kind == "duckdb" and n_statements < N_INDEXED_FROM):
        return ""
    here = "This snapshot has" if kind == "duckdb" else "This engine has"
    return f"{here} no index of words: the search read every statement. It finds the same, and takes longer."


def _tables_with_rows(engine: Engine) -> Mapping[str, ir.Table]:
    """The optional tables of the data set; those without rows are as if they were not there."""
    return {name: engine.table(name) for name in SIDE_TABLES if engine.rows(engine.table(name).limit(1))}


def _groups(engine: Engine) -> Groups:
    """The groups known everywhere and those of the data set, which are taken instead where both have one."""
    return Groups.of(known_memberships(), (Membership(**row) for row in _table(engine, "memberships")))


def _table(engine: Engine, name: str) -> list[dict[str, Any]]:
    return engine.rows(engine.table(name))


def actors_of(workspace: Workspace) -> tuple[Actor, ...]:
    """Every actor of the data set, as its table has them."""
    return tuple(Actor(row["actor_id"], row["name"], row["kind"], row["country"]) for row in _table(workspace.engine, "actors"))


def spokespersons_of(workspace: Workspace) -> tuple[Spokesperson, ...]:
    """Every spokesperson of the data set, with the role and actor of their last statement."""
    rows = _table(workspace.engine, "spokespersons")
    return tuple(Spokesperson(row["spokesperson_id"], row["name"], row["role"], row["actor_id"]) for row in rows)


def non_state_organisations(workspace: Workspace) -> tuple[Actor, ...]:
    """The organisations that do not speak for their state, as a table of actors declares them."""
    rows = _table(workspace.engine, "organisations")
    return tuple(Actor(row["organisation_id"], row["name"], NON_STATE, row["actor_id"]) for row in rows if not row["speaks_for_actor"])


def _event(row: Mapping[str, Any]) -> Event:
    return Event(row["event_id"], PartialDate.parse(row["happened_on"]), row["title"], row["description"], row["document_url"])


def _problem(row: Mapping[str, Any]) -> Problem:
    return Problem(row["code"], row["message"], Severity(row["severity"]), row["file"], row["record"], row["line"], row["column"])


def _labels(engine: Engine, totals: FacetsResult, actors: list[dict[str, Any]]) -> Mapping[str, Mapping[str, str]]:
    """The label of every code of every facet, most statements first."""
    names = {
        "actor": {row["actor_id"]: row["name"] for row in actors},
        "organisation": {row["organisation_id"]: row["label"] for row in _table(engine, "organisations")},
        "spokesperson": {row["spokesperson_id"]: row["name"] for row in _table(engine, "spokespersons")},
        "issue": {row["issue_id"]: row["title"] for row in _table(engine, "issues")},
        "language": {row["language_code"]: row["name"] for row in _table(engine, "languages")},
    }
    names["target"] = names["actor"]
    found: dict[str, Mapping[str, str]] = {}
    for facet in FACETS:
        known = dict(facet.words) or names.get(facet.parameter, {})
        codes = list(dict(facet.words)) if facet.words else [value.code for value in totals.facets[facet.parameter]]
        found[facet.parameter] = MappingProxyType({code: known.get(code) or _missing(code) for code in codes})
    return MappingProxyType(found)


def _with_those_beside(labels: Mapping[str, Mapping[str, str]], corpus: Corpus) -> Mapping[str, Mapping[str, str]]:
    """The labels with the actors that only tables beside name, and with groups, so that links can ask for them."""
    found = {code: name for code, name in actors_beside(corpus).items() if code not in labels["actor"]}
    groups = {code: corpus.groups.title(code) for code in corpus.groups.memberships}
    return MappingProxyType({**labels, "actor": MappingProxyType({**labels["actor"], **found, **groups})})


def _missing(code: str) -> str:
    return "not given" if code == "not-given" else code
