"""The only caches: the library of open data sets, and answers and drawn pieces by data version and view."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from tracker.core.identifiers import slug
from tracker.core.links import View
from tracker.io.choices import Choices, choices_of
from tracker.io.inputs import InputFile, ReadOptions
from tracker.workspace import Answer, Library, Workspace, answer, data_paths, ledger_place
from tracker.workspace.importing import Rehearsal, rehearse

_OPENING = threading.Lock()
_LIBRARIES: dict[tuple[object, ...], Library] = {}
_T = TypeVar("_T")


def library() -> Library:
    """The data sets of this server, shared by all sessions."""
    key = (data_paths(), ledger_place())
    with _OPENING:
        if key not in _LIBRARIES:
            _LIBRARIES[key] = Library()
    return _LIBRARIES[key]


def workspace(data_set: str = "", as_of: str = "") -> Workspace:
    """An open data set as of a moment, shared by all sessions; raises TrackerError in words when it cannot be opened."""
    return library().open(data_set, as_of)


@st.cache_resource(max_entries=512, show_spinner=False)
def _answer(data_version: str, link: str, _workspace: Workspace, _view: View) -> Answer:
    return answer(_workspace, _view)


def answer_for(opened: Workspace, view: View) -> Answer:
    """What the view's page shows, computed once a data version and link; answers are frozen, so they are shared."""
    return _answer(opened.data_version, view.link, opened, view)


@st.cache_resource(max_entries=2048, show_spinner=False)
def _drawn(data_version: str, what: str, link: str, _build: Callable[[], object]) -> object:
    return _build()


def drawn(opened: Workspace, what: str, view: View, build: Callable[[], _T]) -> _T:
    """A rendered piece of a page (markup, chart rows), built once a data version and link; never change it."""
    return _drawn(opened.data_version, what, view.link, build)


_REHEARSALS: OrderedDict[tuple[object, ...], Rehearsal] = OrderedDict()
_CHOICES: OrderedDict[tuple[str, str], Choices] = OrderedDict()
_MOST_REHEARSED, _MOST_STATEMENTS, _MOST_CHOICES = 16, 1_000_000, 64
"""So many rehearsals are kept for all visitors, with so many statements together; the one read last always is."""


def rehearsal(file: InputFile, target: str, options: ReadOptions, progress: Callable[[int, int], None]) -> Rehearsal:
    """What keeping the file would do, read now and kept, so that a click on the page does not read it again."""
    key = _rehearsal_key(file, target, options)
    found = rehearse(library(), file, target, replace(options, progress=progress))
    with _OPENING:
        _REHEARSALS[key] = found
        while len(_REHEARSALS) > 1 and (
            len(_REHEARSALS) > _MOST_REHEARSED or sum(len(held.read.statements) for held in _REHEARSALS.values()) > _MOST_STATEMENTS
        ):
            _REHEARSALS.popitem(last=False)
    return found


def kept_rehearsal(file: InputFile, target: str, options: ReadOptions) -> Rehearsal | None:
    """The rehearsal of the same bytes, read the same way, for the same state of the data set, when it is still kept."""
    key = _rehearsal_key(file, target, options)
    with _OPENING:
        if key in _REHEARSALS:
            _REHEARSALS.move_to_end(key)
        return _REHEARSALS.get(key)


def _rehearsal_key(file: InputFile, target: str, options: ReadOptions) -> tuple[object, ...]:
    code, held = slug(target), library()
    revision = held.revision(code)
    state = revision.data_version if revision else held.open(code).data_version if code in held.titles() else ""
    mapping = tuple(sorted(options.mapping.items()))
    mended = tuple((record, *sorted(texts.items())) for record, texts in sorted(options.mended.items()))
    return file.digest, file.name, code, state, mapping, options.date_order, options.sheet, options.statement_type, mended


def choices(file: InputFile, sheet: str) -> Choices:
    """What a person can say about the file, of that sheet of it; worked out once."""
    key = file.digest, sheet
    if key not in _CHOICES:
        _CHOICES[key] = choices_of(file, sheet)
        while len(_CHOICES) > _MOST_CHOICES:
            _CHOICES.popitem(last=False)
    return _CHOICES[key]


def warm_up() -> None:
    """Open the data and answer the first page, so that the first visitor does not wait for either."""
    open_now = workspace()
    for path in ("/", "/timeline", "/compare", "/shifts", "/statements", "/data"):
        answer(open_now, View(path))
