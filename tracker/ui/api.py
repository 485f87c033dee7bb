"""The JSON and CSV interface beside the pages: the same links, the same answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tracker.core.errors import TrackerError
from tracker.core.links import Notice, View, asked_opening
from tracker.ui import cached
from tracker.workspace import Workspace
from tracker.workspace.answers import answer_as_json
from tracker.workspace.exports import EXPORTS, export


async def _answered(request: Request, make: Callable[[Workspace, View, tuple[Notice, ...]], Response]) -> Response:
    """The answer made off the event loop, so that a slow question holds up nobody else."""

    def work() -> Response:
        page = request.path_params.get("page", "statements")
        link = f"/{'' if page == 'overview' else page}?{request.url.query}"
        workspace = cached.workspace(*asked_opening(parse_qs(request.url.query)))
        view, notices = workspace.read_link(link)
        if view is None:
            return JSONResponse({"error": notices[0].message}, status_code=404)
        return make(workspace, view, notices)

    try:
        return await asyncio.to_thread(work)
    except TrackerError as refused:
        return JSONResponse({"error": str(refused)}, status_code=503)


async def _page(request: Request) -> Response:
    def make(workspace: Workspace, view: View, notices: tuple[Notice, ...]) -> Response:
        found = answer_as_json(cached.answer_for(workspace, view))
        named = [{"parameter": n.parameter, "value": n.value, "message": n.message} for n in notices]
        return JSONResponse({**found, "notices": named + found["notices"]})

    return await _answered(request, make)


def _statements(form: str) -> Callable[[Request], object]:
    async def send(request: Request) -> Response:
        def make(workspace: Workspace, view: View, _: tuple[Notice, ...]) -> Response:
            kind, content = export(workspace, view, form)
            name = f"statements-{workspace.data_version[:12]}.{form}"
            return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})

        return await _answered(request, make)

    return send


ROUTES = [
    *(Route(f"/download/statements.{form}", _statements(form)) for form in EXPORTS),
    Route("/api/{page}.json", _page),
]
"""``/api/timeline.json?…`` has the numbers of a page, ``/download/statements.csv?actor=USA`` the statements of a selection."""
