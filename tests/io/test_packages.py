"""Data sets on disk: packages, folders and single files, and everything that is refused about them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import grows_with_its_length
from tracker.core.columns import COLUMN_NAMES
from tracker.core.errors import DataSetRefused
from tracker.core.model import Outcome
from tracker.io import limits, package_files, rows_read
from tracker.io.inputs import InputFile, ReadOptions
from tracker.io.packages import load_bytes, load_data_set, seal_package
from tracker.io.reports import format_report, report

HEADER = "statement_id,stated_on,country,organisation,spokesperson,role,issue,stance,target,quote,document_url"
ROWS = (
    "t-1,2016-07-28,FRA,Test Ministry,Test Person,Minister,corridors,support,RUS,Quote one,https://example.org/1",
    "t-2,2016-07,LBN,Armed Test Group,Other Person,Leader,corridors,oppose,USA,Quote two,",
    't-3,2015,,United Nations,Test Person,Envoy,Access of aid,mixed,,"Quote ""three"",\nover two lines",',
)
TABLES = {
    "statements.csv": "\n".join([HEADER, *ROWS]) + "\n",
    "issues.csv": "issue,title,proposition\ncorridors,Test corridors,They are legitimate.\naccess,Access of aid,Aid must pass.\n",
    "actors.csv": "actor_id,name,kind,country,note\n"
    "FRA,Republic of Tests,state,FRA,\narmed-test-group,Armed Test Group,non-state-organisation,LBN,\n",
    "events.csv": "event_id,happened_on,title,description,document_url\ne-1,2016-07-27,Synthetic event,,javascript:x\ne-2,soon,Undated,,\n",
}


def package(folder: Path, **changes: object) -> Path:
    """A small synthetic data package, sealed; ``changes`` replace entries of its descriptor."""
    for name, text in TABLES.items():
        (folder / name).write_bytes(text.encode())
    descriptor = {"name": "synthetic", "title": "Synthetic", "resources": [{"name": name[:-4], "path": name} for name in TABLES]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor | changes), encoding="utf-8")
    return folder


def codes(data_set) -> list[str]:
    return [problem.code for problem in data_set.problems]


def test_a_package_is_read_with_its_tables(tmp_path: Path) -> None:
    data_set = load_data_set(package(tmp_path))
    assert (data_set.name, data_set.title, data_set.n_records, data_set.outcome) == ("synthetic", "Synthetic", 3, Outcome.LOAD_OK)
    assert [(issue.issue_id, issue.proposition != "") for issue in data_set.issues] == [("corridors", True), ("access", True)]
    assert [statement.issue_id for statement in data_set.statements] == ["corridors", "corridors", "access"]
    assert {actor.actor_id: actor.name for actor in data_set.actors}["FRA"] == "Republic of Tests"
    assert [(event.event_id, event.document_url) for event in data_set.events] == [("e-1", "")]
    assert codes(data_set) == ["date-invalid"]


def test_an_organisation_that_does_not_speak_for_its_state(tmp_path: Path) -> None:
    data_set = load_data_set(package(tmp_path))
    assert [(s.actor_id, s.speaks_for_actor) for s in data_set.statements] == [("FRA", True), ("LBN", False), ("un", True)]
    assert {o.organisation_id: o.speaks_for_actor for o in data_set.organisations} == {
        "fra-test-ministry": True,
        "lbn-armed-test-group": False,
        "un": True,
    }


def test_spokespersons_of_one_name_are_told_apart_by_their_actor(tmp_path: Path) -> None:
    data_set = load_data_set(package(tmp_path))
    assert [s.spokesperson_id for s in data_set.statements] == ["test-person-fra", "other-person", "test-person-un"]
    assert {p.spokesperson_id: p.role for p in data_set.spokespersons}["test-person-un"] == "Envoy"


def test_an_issue_that_is_not_declared_is_kept_and_said(tmp_path: Path) -> None:
    package(tmp_path)
    (tmp_path / "issues.csv").write_text("issue,title\ncorridors,Test corridors\n", encoding="utf-8")
    data_set = load_data_set(tmp_path)
    assert [issue.issue_id for issue in data_set.issues] == ["corridors", "access-of-aid"]
    assert "issue-unknown" in codes(data_set)


def test_sealing_writes_sizes_and_hashes_and_changes_are_noticed(tmp_path: Path) -> None:
    package(tmp_path)
    assert seal_package(tmp_path) == list(TABLES)
    assert seal_package(tmp_path) == []
    sealed = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]
    data = (tmp_path / "statements.csv").read_bytes()
    assert sealed["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert sealed["bytes"] == len(data)
    before = load_data_set(tmp_path)
    (tmp_path / "statements.csv").write_bytes(data.replace(b"Quote one", b"Quote uno"))
    after = load_data_set(tmp_path)
    assert ("hash-differs" in codes(before), "hash-differs" in codes(after)) == (False, True)
    assert before.content_hash != after.content_hash


def test_a_hash_of_another_kind_is_said(tmp_path: Path) -> None:
    package(tmp_path, resources=[{"path": "statements.csv", "hash": "md5:00"}])
    assert codes(load_data_set(tmp_path)) == ["hash-not-checked"]


@pytest.mark.parametrize(
    "path",
    [
        "../statements.csv",
        "/etc/statements.csv",
        "x/../../statements.csv",
        "x/../statements.csv",
        "C:\\statements.csv",
        "~/statements.csv",
        "http://example.org/statements.csv",
    ],
)
def test_paths_out_of_the_package_are_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / "statements.csv").write_text(TABLES["statements.csv"], encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    data_set = load_data_set(package(inside, resources=[{"path": path}]))
    assert (codes(data_set), data_set.statements) == (["path-outside"], ())


def test_symbolic_links_out_of_the_package_are_refused(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside.csv", tmp_path / "inside"
    inside.mkdir()
    package(inside)
    (inside / "statements.csv").replace(outside)
    (inside / "statements.csv").symlink_to(outside)
    assert codes(load_data_set(inside)) == ["path-outside"]


@pytest.mark.parametrize(
    "descriptor",
    [
        "",
        "{",
        "[]",
        '{"resources": 3}',
        '{"resources": [3]}',
        '{"resources": []}',
        '{"resources": [{"path": "none/statements.csv"}]}',
        "[" * 100_000,
        "\x00",
        '{"resources": [{"path": ["a.csv", "b.csv"]}]}',
    ],
    ids=lambda text: repr(text[:40]),
)
def test_a_broken_descriptor_is_refused_in_words(tmp_path: Path, descriptor: str) -> None:
    package(tmp_path)
    (tmp_path / "datapackage.json").write_text(descriptor, encoding="utf-8")
    data_set = load_data_set(tmp_path)
    assert (codes(data_set), data_set.outcome) == (["package-unreadable"], Outcome.REJECT)
    assert "datapackage.json" in data_set.refusal


def test_a_folder_with_statements_alone_is_a_data_set(tmp_path: Path) -> None:
    (tmp_path / "statements.csv").write_text(TABLES["statements.csv"], encoding="utf-8")
    data_set = load_data_set(tmp_path)
    assert (len(data_set.statements), [issue.title for issue in data_set.issues]) == (3, ["Access of aid", "corridors"])


def test_tables_beside_that_cannot_be_used_are_said_and_left_out(tmp_path: Path) -> None:
    package(tmp_path)
    (tmp_path / "issues.csv").write_bytes(b"\x89PNG")
    (tmp_path / "actors.csv").write_text("actor_id,name,kind,country\nX,,state,\nY,Y,wizard,\nY,Y,state,Narnia\n", encoding="utf-8")
    found = codes(load_data_set(tmp_path))
    assert sorted(found) == [
        "actor-kind-unknown",
        "date-invalid",
        "side-row-left-out",
        "side-row-left-out",
        "table-unreadable",
    ]


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_where_nothing_is_the_error_says_what_to_give(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataSetRefused, match="Give the path of a data package"):
        load_data_set(tmp_path / name)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("read"))
    monkeypatch.setattr(InputFile, "chunks", lambda self: pytest.fail("read for its hash"))
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(limits.MAX_TEXT_BYTES + 1)
    data_set = load_data_set(large)
    assert "at most 480,000,000" in data_set.refusal
    assert len(data_set.content_hash) == 64


@pytest.mark.parametrize("name", ["~$book.xlsx", "t.csv.partial", "t.crdownload"])
def test_locks_and_unfinished_files_are_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(TABLES["statements.csv"].encode())
    assert codes(load_data_set(tmp_path / name)) == ["file-not-a-table"]


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(TABLES["statements.csv"].encode())
    grow = ReadOptions(progress=lambda n, of: path.write_bytes(b"date,country,quote\n"))
    assert (codes(load_data_set(path)), codes(load_data_set(path, grow))) == (["file-changed"] * 0, ["file-changed"])


def test_guesses_of_the_column_of_dates_are_told() -> None:
    assert [guess[:2] for guess in load_bytes(b"date,country,quote\n03/04/2016,FRA,x", "s.csv").guesses] == [("date order", "day-first")]
    options = ReadOptions(date_order="month-first")
    data_set = load_bytes(b"date,country,quote\n03/04/2016,FRA,x", "s.csv", options)
    assert (str(data_set.statements[0].stated_on), data_set.guesses, data_set.problems) == ("2016-03-04", (), ())


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_read, "MAX_RECORDS", 2)
    assert codes(load_bytes(TABLES["statements.csv"].encode(), "s.csv")) == ["too-many-rows"]


def test_warnings_of_one_kind_are_counted_beyond_the_first() -> None:
    rows = [f"2016-01-01,Narnia,Quote {n}" for n in range(limits.MAX_WARNINGS_OF_A_KIND + 5)]
    data_set = load_bytes("\n".join(["date,country,quote", *rows]).encode(), "s.csv")
    assert len(data_set.problems) == limits.MAX_WARNINGS_OF_A_KIND + 1
    assert data_set.problems[-1].message.startswith("5 more warnings")


def test_the_order_of_rows_and_columns_does_not_matter() -> None:
    names = HEADER.split(",")[1:]
    rows = [dict(zip(names, row.split(",")[1:], strict=True)) for row in ROWS[:2]]
    straight = load_bytes(_table(names, rows), "s.csv")
    turned = load_bytes(_table(names[::-1], rows[::-1]), "s.csv")
    assert {s.statement_id: dict(s.written) for s in straight.statements} == {s.statement_id: dict(s.written) for s in turned.statements}


def _table(names: list[str], rows: list[dict[str, str]]) -> bytes:
    return "\n".join([",".join(names), *(",".join(row[name] for name in names) for row in rows)]).encode()


def test_text_is_kept_exactly_as_written() -> None:
    odd = "  leading, é e\u0301 \u200d '=1 \t"
    data_set = load_bytes(f'date,country,quote\n2016," France ","{odd}"\n'.encode(), "s.csv")
    assert (data_set.statements[0].written["quote"], data_set.statements[0].written["country"]) == (odd, " France ")
    assert set(data_set.statements[0].written) == set(COLUMN_NAMES) - {"statement_id", "stated_on"}


def test_time_of_loading_grows_with_the_rows() -> None:
    def load(n_rows: int) -> None:
        rows = (f"2016-07-{n % 28 + 1:02},FRA,Synthetic quote {n}" for n in range(n_rows))
        assert len(load_bytes("\n".join(["date,country,quote", *rows]).encode(), "s.csv").statements) == n_rows

    assert grows_with_its_length(load, 1_000)


GOOD = TABLES["statements.csv"].encode()


@settings(max_examples=400)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.binary(max_size=3), st.booleans()), min_size=1, max_size=6))
def test_any_mutation_of_a_good_file_is_loaded_or_refused_in_words(changes: list[tuple[int, bytes, bool]]) -> None:
    data = GOOD
    for place, put, is_replaced in changes:
        data = data[:place] + put + data[place + is_replaced * len(put) :]
    data_set = load_bytes(data, "s.csv")
    found = report(data_set, with_rows=True)
    assert found["rows"] + len(found["rejected"]) + len(found["ignored"]) == found["records"]
    assert (found["outcome"] == "reject") == (not found["kept"])
    assert bool(data_set.refusal) == (not found["kept"])
    assert "\0" not in json.dumps(found["kept"])
    json.dumps(found, ensure_ascii=False).encode("utf-8")
    format_report(data_set).encode("utf-8")


@given(st.binary(max_size=300))
def test_any_bytes_are_loaded_or_refused_in_words(data: bytes) -> None:
    found = report(load_bytes(data, "s.csv"), with_rows=True)
    assert found["rows"] + len(found["rejected"]) + len(found["ignored"]) == found["records"]
    json.dumps(found, ensure_ascii=False).encode("utf-8")


def test_limits_are_those_documented() -> None:
    assert (limits.MAX_FILE_BYTES, limits.MAX_RECORDS, limits.MAX_COLUMNS, limits.MAX_CELL_CHARACTERS) == (
        200_000_000,
        1_000_000,
        500,
        1_000_000,
    )
    assert package_files.STATEMENTS == "statements.csv"


def test_the_role_is_the_one_held_last() -> None:
    rows = [("2016-05", "Deputy"), ("2016-07-01", "Minister"), ("2015", "Clerk"), ("2016-07-01", "Minister again"), ("2017", "")]
    text = "date,country,speaker,role,quote\n" + "".join(f"{day},FRA,Test Person,{role},Quote {n}\n" for n, (day, role) in enumerate(rows))
    assert [person.role for person in load_bytes(text.encode(), "s.csv").spokespersons] == ["Minister again"]


LONG = "Synthetic words that a test person said at length about a test corridor in a test city on a test day"


@pytest.mark.parametrize(
    ("other", "issue", "title", "is_said"),
    [
        (LONG + " indeed", "i", "D", True),
        (LONG.replace("at length", "briefly"), "i", "D", True),
        (LONG.replace("test", "other"), "i", "D", False),
        (LONG.upper(), "i", "D", True),
        (LONG, "another", "D", False),
        (LONG, "i", "Another document", False),
        (LONG, "i", "", False),
        (" ".join(reversed(LONG.split())), "i", "D", False),
        ("人道走廊必须立即开放并且不附加任何条件", "i", "D", False),
    ],
    ids=[
        "one word more",
        "a word changed",
        "many words changed",
        "capitals",
        "another issue",
        "another document",
        "no document",
        "other words",
        "another script",
    ],
)
def test_nearly_the_same_words_of_one_document_are_said(other: str, issue: str, title: str, is_said: bool) -> None:
    text = f"date,country,issue,document_title,quote\n2016-07-01,FRA,i,{title and 'D'},{LONG}\n2016-07-02,FRA,{issue},{title},{other}\n"
    data_set = load_bytes(text.encode(), "s.csv")
    assert (len(data_set.statements), codes(data_set)) == (2, ["nearly-repeated"] if is_said else [])


def test_statements_of_one_document_are_not_compared_each_with_each() -> None:
    def load(n_rows: int) -> None:
        rows = (f"2016-07-01,FRA,i,D,{' '.join(f'w{(n * 7 + k) % 9973}' for k in range(40))}" for n in range(n_rows))
        assert len(load_bytes("\n".join(["date,country,issue,document_title,quote", *rows]).encode(), "s.csv").statements) == n_rows

    assert grows_with_its_length(load, 600)
