"""Lines of packed and plain files: whole or refused, in little memory; records counted whatever their number."""

from __future__ import annotations

import bz2
import gzip
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.columns import COLUMN_NAMES
from tracker.core.problems import Severity, count_records
from tracker.io import streams
from tracker.io.collecting import RowCollector
from tracker.io.inputs import ImportCancelled, InputFile, ReadOptions
from tracker.io.limits import MAX_CELL_CHARACTERS, MAX_WARNINGS_OF_A_KIND
from tracker.io.refusals import FileRefused
from tracker.io.streams import LineStream, packing_of, peek

PACKERS: dict[str, Callable[[bytes], bytes]] = {"plain": bytes, "gzip": gzip.compress, "bzip2": bz2.compress}
packed = pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)


def lines_of(data: bytes) -> list[bytes]:
    return [line.data for line in LineStream(InputFile.from_bytes(data, "a.json"))]


def refusal(data: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        lines_of(data)
    return refused.value.problem.code


@packed
@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_lines_come_without_their_endings(pack: Callable[[bytes], bytes], ending: bytes) -> None:
    data = pack(ending.join([b"one", b"", b"three", b"last"]))
    assert lines_of(data) == [b"one", b"", b"three", b"last"]


@given(st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line and not line.endswith(b"\r")), max_size=30))
def test_lines_are_what_was_written(written: list[bytes]) -> None:
    text = b"\n".join([*written, b"end"])
    for pack in PACKERS.values():
        if pack is not bytes or packing_of(InputFile.from_bytes(text, "a")) == "":
            assert lines_of(pack(text)) == [*written, b"end"]


@packed
def test_lines_across_pieces_are_put_together(pack: Callable[[bytes], bytes]) -> None:
    written = [bytes([65 + n % 26]) * (n * 1000) for n in range(1, 300, 7)]
    assert lines_of(pack(b"\n".join(written))) == written


@pytest.mark.parametrize("name", ["gzip", "bzip2"])
def test_several_streams_and_padding_are_one_file(name: str) -> None:
    pack = PACKERS[name]
    assert lines_of(pack(b"one\ntw") + pack(b"o\nthree") + b"\0" * 600_000) == [b"one", b"two", b"three"]


@pytest.mark.parametrize("name", ["gzip", "bzip2"])
@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_file_that_was_cut_off_is_refused(name: str, share: float) -> None:
    data = PACKERS[name](bytes(range(256)) * 3000)
    assert refusal(data[: max(4, int(len(data) * share))]) == "file-cut-off"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(gzip.compress(b"one\n" * 500)[:-8] + b"\0" * 8, id="gzip-sum"),
        pytest.param(b"\x1f\x8b\xff" + b"x" * 50, id="gzip-head"),
        pytest.param(b"BZh9" + b"x" * 50, id="bzip2-head"),
        pytest.param(gzip.compress(b"one") + b"and more", id="gzip-and-more"),
        pytest.param(bz2.compress(b"one" * 99)[:20] + b"x" * 90, id="bzip2-inside"),
    ],
)
def test_a_damaged_file_is_refused(data: bytes) -> None:
    assert refusal(data) == "file-damaged"


@pytest.mark.parametrize("name", ["gzip", "bzip2"])
def test_a_bomb_is_refused_before_memory_is_spent(name: str) -> None:
    bomb = PACKERS[name](b"\0" * 60_000_000)
    assert len(bomb) < 250_000
    tracemalloc.start()
    try:
        assert refusal(bomb) == "file-too-large"
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


def test_a_line_without_end_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_LINE_BYTES", 1000)
    found = list(LineStream(InputFile.from_bytes(b"one\n" + b"x" * 700_000 + b"\nthree\n" + b"y" * 1000, "a")))
    assert [(line.number, line.is_too_long, len(line.data)) for line in found] == [(1, 0, 3), (2, 1, 0), (3, 0, 5), (4, 0, 1000)]


def test_a_line_without_end_takes_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_LINE_BYTES", 1000)
    file = InputFile.from_bytes(b"x" * 20_000_000, "a")
    tracemalloc.start()
    try:
        assert [line.is_too_long for line in LineStream(file)] == [True]
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


@packed
def test_a_peek_is_the_beginning(pack: Callable[[bytes], bytes]) -> None:
    assert peek(InputFile.from_bytes(pack(b"begin" + b"x" * 200_000), "a")).startswith(b"begin")
    assert len(peek(InputFile.from_bytes(pack(b"begin" + b"x" * 200_000), "a"))) <= 65536


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b", b"BZh", b"\x1f\x8b\x08" + b"\0" * 40])
def test_a_peek_at_what_cannot_be_unpacked_is_empty(data: bytes) -> None:
    assert peek(InputFile.from_bytes(data, "a")) == b""


@given(st.integers(0, 400), st.integers(0, 255), st.sampled_from(["gzip", "bzip2"]))
def test_a_changed_byte_refuses_or_reads(place: int, value: int, name: str) -> None:
    data = bytearray(PACKERS[name](b"one\ntwo\n" * 100))
    data[place % len(data)] = value
    try:
        lines_of(bytes(data))
    except FileRefused as refused:
        assert refused.problem.code in ("file-damaged", "file-cut-off")


# --- records ------------------------------------------------------------------------------------------------------


def collector(**options) -> RowCollector:
    return RowCollector("a.json", ReadOptions(**options))


def test_a_million_rejections_take_no_memory_and_are_counted() -> None:
    found = collector()
    for n in range(1_000):
        found.reject("actor-missing", f"no actor in {n}", n)
        found.ignore("row-repeated", "again", n)
        found.keep({"quote": "A synthetic sentence"}, n, warnings=[("date-guessed", "perhaps")])
    rows = found.close()
    assert (len(rows.rows), rows.n_records) == (1_000, 3_000)
    assert count_records(rows.problems, Severity.REJECTED) == count_records(rows.problems, Severity.IGNORED) == 1_000
    assert count_records(rows.problems, Severity.WARNING) == 1_000
    assert len(rows.problems) == 3 * (MAX_WARNINGS_OF_A_KIND + 1)
    more = next(p for p in rows.problems if p.n_records > 1 and p.severity is Severity.REJECTED)
    assert (more.n_records, more.record) == (800, 601)
    assert more.message == "800 more records were rejected; the first of them: no actor in 200"


def test_one_beyond_the_listed_ones_is_said_as_one() -> None:
    found = collector()
    for n in range(MAX_WARNINGS_OF_A_KIND + 1):
        found.reject("actor-missing", "none", n)
    assert found.close().problems[-1].message.startswith("1 more record was rejected")


def test_rows_have_all_columns_and_only_them() -> None:
    found = collector()
    found.keep({"quote": "q"}, 1)
    assert tuple(found.found.rows[0].values) == COLUMN_NAMES


@pytest.mark.parametrize(
    ("values", "code"),
    [({"quote": "x" * (MAX_CELL_CHARACTERS + 1)}, "cell-too-long"), ({"quote": "half \ud800"}, "row-encoding")],
)
def test_what_cannot_be_kept_whole_is_rejected(values: dict[str, str], code: str) -> None:
    found = collector()
    found.keep(values, 7)
    rows = found.close()
    assert (rows.rows, rows.n_records, [(p.code, p.line) for p in rows.problems]) == ([], 1, [(code, 7)])


def test_characters_that_do_harm_are_warned_about() -> None:
    found = collector()
    found.keep({"quote": "a\0b \u202e"}, 1)
    rows = found.close()
    assert rows.rows[0].values["quote"] == "a\N{REPLACEMENT CHARACTER}b \u202e"
    assert {p.code for p in rows.problems} == {"text-nul", "text-direction"}


def test_what_the_person_says_comes_last() -> None:
    found = collector(mapping={"=Testland": "country", "mood": "stance", "absent": "note", "left": ""})
    assert found.gives("country") and found.gives("stance") and not found.gives("organisation")
    found.keep({"country": "", "stance": "mixed", "note": "kept"}, 1, fields={"mood": "support", "left": 1})
    rows = found.close()
    assert {name: text for name, text in rows.rows[0].values.items() if text} == {
        "country": "Testland",
        "stance": "support",
        "note": "kept",
    }
    assert [p.code for p in rows.problems] == ["field-not-found"]


def test_a_mapping_to_no_column_is_refused() -> None:
    with pytest.raises(FileRefused) as refused:
        collector(mapping={"mood": "feeling"})
    assert refused.value.problem.code == "mapping-unknown"


def test_progress_is_told_and_may_cancel() -> None:
    told: list[int] = []

    def progress(n_records: int, _n_expected: int) -> None:
        told.append(n_records)
        if n_records == 2_000:
            raise ImportCancelled

    found = collector(progress=progress)
    with pytest.raises(ImportCancelled):
        for n in range(5_000):
            found.reject("actor-missing", "none", n)
    assert told == [1_000, 2_000]
