"""One simulated visitor over the real websocket protocol: what a browser sends, what it keeps, when a rerun has ended."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Selectbox_pb2 import Selectbox

_PATIENCE_S = 60
_KEPT_RUNS = 2
"""A browser forgets a message that so many runs have not used (``global.maxCachedMessageAge``)."""


@dataclass(frozen=True)
class Rerun:
    """One rerun as the visitor saw it: ``n_charts`` are the charts on the page, sent anew or by reference."""

    seconds: float
    n_bytes: int
    n_charts: int
    n_new_charts: int
    is_whole: bool


@dataclass
class Session:
    """An open page: its address, the hashes of messages it keeps, and its select boxes by label."""

    socket: Any
    page_name: str
    query: str = ""
    page_script_hash: str = ""
    boxes: dict[str, Selectbox] = field(default_factory=dict)
    _kept: dict[str, tuple[int, bool]] = field(default_factory=dict)
    _n_runs: int = 0

    async def open(self, query: str = "") -> Rerun:
        """The first run of a page, as after typing its address."""
        self.query = query
        return await self._rerun(BackMsg())

    async def follow(self, query: str) -> Rerun:
        """The rerun after a link inside the page, or after Back."""
        self.query = query
        message = BackMsg()
        message.rerun_script.is_history_navigation = True
        return await self._rerun(message)

    async def choose(self, label: str, option: str) -> Rerun:
        """The rerun after choosing an option of a select box."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.string_value = self.boxes[label].id, option
        return await self._rerun(message)

    async def _rerun(self, message: BackMsg) -> Rerun:
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash = self.query, self.page_script_hash
        asked.page_name = "" if self.page_script_hash else self.page_name
        asked.context_info.timezone = "UTC"
        asked.cached_message_hashes.extend(self._kept)
        started, n_bytes, charts = time.perf_counter(), 0, {True: 0, False: 0}
        await self.socket.send(message.SerializeToString())
        async for received in self._until_finished():
            n_bytes += received.ByteSize()
            self._hear(received, charts)
        self._forget()
        is_whole = received.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return Rerun(time.perf_counter() - started, n_bytes, sum(charts.values()), charts[True], is_whole)

    async def _until_finished(self) -> AsyncIterator[ForwardMsg]:
        while True:
            received = ForwardMsg.FromString(await asyncio.wait_for(self.socket.recv(), _PATIENCE_S))
            yield received
            if received.WhichOneof("type") == "script_finished":
                return

    def _hear(self, received: ForwardMsg, charts: dict[bool, int]) -> None:
        kind = received.WhichOneof("type")
        if kind == "ref_hash":
            is_chart = self._kept[received.ref_hash][1]
            charts[False] += is_chart
            self._kept[received.ref_hash] = self._n_runs, is_chart
        elif kind == "new_session":
            self.page_script_hash = received.new_session.page_script_hash
        elif kind == "navigation":
            self.page_script_hash = received.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = received.page_info_changed.query_string
        elif kind == "delta":
            self._draw(received, charts)

    def _draw(self, received: ForwardMsg, charts: dict[bool, int]) -> None:
        element = received.delta.new_element
        is_chart = element.WhichOneof("type") == "vega_lite_chart"
        charts[True] += is_chart
        if received.metadata.cacheable and received.hash:
            self._kept[received.hash] = self._n_runs, is_chart
        if element.WhichOneof("type") == "selectbox":
            self.boxes[element.selectbox.label] = element.selectbox

    def _forget(self) -> None:
        self._n_runs += 1
        self._kept = {key: (used, is_chart) for key, (used, is_chart) in self._kept.items() if self._n_runs - used <= _KEPT_RUNS}


@asynccontextmanager
async def session(url: str, page_name: str) -> AsyncIterator[Session]:
    """A session on a server, closed on leaving; raises what the connection raises, TimeoutError after a minute."""
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    async with websockets.connect(address, subprotocols=["streamlit"], max_size=None, compression=None, open_timeout=_PATIENCE_S) as socket:
        yield Session(socket, page_name)
