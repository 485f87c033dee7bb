"""The optional tables in the history and in snapshots: carried whole, later rows of one key taken, older histories unchanged."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.app.made import write_made
from tests.factory import data_set, statement
from tests.store.test_snapshot import asked
from tracker.core.beside import SIDE_TABLES, Coding, Membership, Relation, SideRecord, Signatory, Silence, Tenure
from tracker.io.packages import load_data_set
from tracker.store.derived import snapshot_of
from tracker.store.ledger import open_ledger
from tracker.store.ledger_json import beside_from_json, beside_to_json
from tracker.store.snapshot import build_snapshot
from tracker.workspace import open_workspace
from tracker.workspace.exports import export

BY = {"who": "tester", "why": "to test"}
HELD = replace(
    data_set(statement()),
    silences=(Silence("BBB", "issue-one", "2016-08", "Test archive", "T. Coder", "Testland two"),),
    memberships=(Membership("AAA", "union", "1973-01-01", member="Testland", group="Union"),),
    offices=(Tenure("t-person", "Envoy", "AAA", "Ministry", "2016-07", "", spokesperson="T. Person", actor="Testland"),),
    signatories=(Signatory("t-1", "BBB", actor="Testland two"),),
    relations=(Relation("", "withdraws", "t-1", "2016-08", "by letter"),),
    codings=(Coding("t-1", "A", "stance", "oppose", "2016-08-01"), Coding("t-1", "B", "stance")),
)


@pytest.mark.parametrize("name", SIDE_TABLES)
def test_a_table_comes_back_from_history_and_snapshot(tmp_path: Path, name: str) -> None:
    held: tuple[SideRecord, ...] = getattr(HELD, name)
    columns = [field for field in held[0].__dataclass_fields__ if field not in ("keyed_by",)]
    rows = [tuple(getattr(record, column) for column in columns) for record in held]
    listed = ", ".join(f'"{column}"' for column in columns)
    assert getattr(beside_from_json(beside_to_json(HELD)), name) == held
    assert asked(build_snapshot(HELD, tmp_path), f"SELECT {listed} FROM {name}") == rows
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.append_import("one", HELD.statements, beside=HELD, **BY)
        ledger.append_import("one", [statement("t-2")], beside=data_set(statement("t-2")), **BY)
        assert getattr(ledger.beside("one"), name) == held, "a later import that says nothing takes nothing away"
        assert asked(snapshot_of(ledger, "one", tmp_path), f"SELECT {listed} FROM {name}") == rows


def test_an_exported_package_holds_them_and_loads_again(tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.mkdir()
    write_made(made)
    (made / "memberships.csv").write_text("member,group,from\nFRA,Union,1973\n=X,Union,\n", encoding="utf-8")
    (made / "codings.csv").write_text("statement_id,coder,variable,value\nm-1,A,stance,oppose\nm-7,A,stance,\n", encoding="utf-8")
    (made / "signatories.csv").write_text("statement_id,actor,signed\nm-1,Testland,dissociated\nm-7,UN,\n", encoding="utf-8")
    rows = "statement_id,relation,other_statement_id,on\n"
    (made / "relations.csv").write_text(rows + "m-2,supersedes,m-1,\n,withdraws,m-2,2016-08\nm-7,corrects,m-1,\n", encoding="utf-8")
    workspace, held = open_workspace(made), load_data_set(made)
    view, _ = workspace.read_link("/statements?issue=corridors")
    with zipfile.ZipFile(io.BytesIO(export(workspace, view, "zip")[1])) as archive:
        archive.extractall(tmp_path / "again")
    again = load_data_set(tmp_path / "again")
    assert again.problems == ()
    assert again.memberships == held.memberships and again.memberships[1].member == "=X"
    assert set(again.silences) == {silence for silence in held.silences if silence.issue_id == "corridors"}
    assert again.relations == held.relations[:2] and not again.relations[1].statement_id
    assert again.codings == held.codings[:1] and again.signatories == held.signatories[:1], "of other statements nothing is told"


def test_of_two_rows_of_one_key_the_later_is_taken(tmp_path: Path) -> None:
    later = replace(data_set(statement()), codings=(Coding("t-1", "A", "stance", "support", "2016-08-02"),))
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.append_import("one", HELD.statements, beside=HELD, **BY)
        ledger.append_import("one", [statement("t-2")], beside=later, **BY)
        assert ledger.beside("one").codings == (later.codings[0], HELD.codings[1])


def test_a_data_set_without_them_is_written_as_before() -> None:
    assert not any(name in beside_to_json(data_set(statement())) for name in SIDE_TABLES)
