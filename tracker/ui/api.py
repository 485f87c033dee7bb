"""The JSON and CSV interface beside the pages: the same links, the same answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import TypeVar
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tracker.core.errors import TrackerError
from tracker.core.links import Notice, View, asked_opening
from tracker.core.patience import TooSlow, limit_seconds, patient
from tracker.ui import cached
from tracker.ui.charts.pictures import MEDIA_TYPES, PictureRefused, picture
from tracker.ui.drawings import CHARTS
from tracker.workspace import Workspace
from tracker.workspace.alignment_exports import NETWORKS, export_network
from tracker.workspace.answers import answer_as_json
from tracker.workspace.exports import EXPORTS, export

Made = TypeVar("Made")
_DRAWING = ThreadPoolExecutor(2, thread_name_prefix="pictures")
_WAITING = BoundedSemaphore(16)


async def _answered(
    request: Request, make: Callable[[Workspace, View, tuple[Notice, ...]], Made], page: str = "", pool: ThreadPoolExecutor | None = None
) -> Made | Response:
    """The answer made off the event loop, so that a slow question holds up nobody else."""

    def work() -> Made | Response:
        named = request.path_params.get("page", "statements")
        path = page or ("/" if named == "overview" else f"/{named}")
        workspace = cached.workspace(*asked_opening(parse_qs(request.url.query)))
        view, notices = workspace.read_link(f"{path}?{request.url.query}")
        if view is None:
            return JSONResponse({"error": notices[0].message}, status_code=404)
        return make(workspace, view, notices)

    try:
        return await asyncio.get_running_loop().run_in_executor(pool, work)
    except TooSlow as stopped:
        return JSONResponse({"error": str(stopped)}, status_code=504)
    except PictureRefused as refused:
        return JSONResponse({"error": str(refused)}, status_code=422)
    except TrackerError as refused:
        return JSONResponse({"error": str(refused)}, status_code=503)


async def _page(request: Request) -> Response:
    def make(workspace: Workspace, view: View, notices: tuple[Notice, ...]) -> Response:
        with patient(limit_seconds()):
            found = answer_as_json(cached.answer_for(workspace, view))
        named = [{"parameter": n.parameter, "value": n.value, "message": n.message} for n in notices]
        return JSONResponse({**found, "notices": named + found["notices"]})

    return await _answered(request, make)


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def _statements(form: str) -> Callable[[Request], object]:
    async def send(request: Request) -> Response:
        def make(workspace: Workspace, view: View, _: tuple[Notice, ...]) -> Response:
            kind, content = export(workspace, view, form)
            return _file(content, kind, f"statements-{workspace.data_version[:12]}.{form}")

        return await _answered(request, make)

    return send


def _network(form: str) -> Callable[[Request], object]:
    async def send(request: Request) -> Response:
        def make(workspace: Workspace, view: View, _: tuple[Notice, ...]) -> Response:
            kind, content = export_network(workspace, view, form)
            return _file(content, kind, f"alignment-{workspace.data_version[:12]}.{form}")

        return await _answered(request, make, "/alignment")

    return send


async def _picture(request: Request) -> Response:
    """A chart of a page as a file, drawn by a pool of its own: those who ask for numbers do not wait behind pictures."""
    name, form = request.path_params["chart"], request.path_params["form"]
    if name not in CHARTS or form not in MEDIA_TYPES:
        return JSONResponse({"error": f"There is no such chart. Charts are {', '.join(CHARTS)}, as svg or png."}, status_code=404)
    if not _WAITING.acquire(blocking=False):
        return JSONResponse({"error": "Many charts are being drawn; try again in a minute."}, status_code=503)
    chart = CHARTS[name]

    def make(workspace: Workspace, view: View, _: tuple[Notice, ...]) -> Response:
        answered = cached.answer_for(workspace, view)
        if not answered.count.n_statements:
            raise PictureRefused("Nothing fits this selection, so there is nothing to draw.")
        lines = (f"{answered.sentence}.", chart.reading(answered), f"Statement Tracker, data version {workspace.data_version[:12]}")
        drawn = cached.drawn(workspace, f"chart {name}", view, lambda: chart.build(workspace, answered))
        content = picture(drawn, form, title=chart.title, lines=lines)
        return _file(content, MEDIA_TYPES[form], f"{name}-{workspace.data_version[:12]}.{form}")

    try:
        return await _answered(request, make, chart.path, _DRAWING)
    finally:
        _WAITING.release()


ROUTES = [
    *(Route(f"/download/statements.{form}", _statements(form)) for form in EXPORTS),
    *(Route(f"/download/alignment.{form}", _network(form)) for form in NETWORKS),
    Route("/download/{chart}.{form}", _picture),
    Route("/api/{page}.json", _page),
]
"""``/api/timeline.json?…`` has the numbers of a page, ``/download/statements.csv?actor=USA`` the statements of a selection,
``/download/alignment.graphml?…`` a network, ``/download/timeline-lanes.svg?…`` a chart."""
