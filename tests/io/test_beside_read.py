"""The optional tables beside the statements: what is kept of good and bad rows, and that nothing goes without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.core.beside import SIDE_TABLES, Coding, Membership, Relation, Signatory, Silence, Tenure
from tracker.core.model import DataSet
from tracker.core.problems import Problem
from tracker.io.beside_read import of_kept
from tracker.io.packages import load_data_set

STATEMENTS = (
    "statement_id,stated_on,country,issue,stance,quote,spokesperson\n"
    "a,2016-07-28,USA,corridors,support,Yes,One Name\nb,2016-07-29,RUS,corridors,oppose,No,One Name\n"
)
ISSUES = "issue,title\ncorridors,Test corridors\naccess,Access of aid\n"


def loaded(folder: Path, name: str, text: str) -> DataSet:
    for file, content in {"statements.csv": STATEMENTS, "issues.csv": ISSUES, f"{name}.csv": text}.items():
        (folder / file).write_text(content, encoding="utf-8")
    return load_data_set(folder)


GOOD = {
    "silence": (
        "silences",
        "actor,issue,looked_on,where,by\nNorway,Access of aid,28.07.2016,The archive,T. Coder\n",
        Silence("NOR", "access", "2016-07-28", "The archive", "T. Coder", "Norway"),
    ),
    "silence-of-a-month": (
        "silences",
        "country,issue,date\nFRA,corridors,2016-07\n",
        Silence("FRA", "corridors", "2016-07", actor="France"),
    ),
    "silence-of-an-organisation": (
        "silences",
        "actor,issue,looked_on\nUnited Nations,corridors,2016\n",
        Silence("un", "corridors", "2016", actor="UN"),
    ),
    "membership": (
        "memberships",
        "member,group,group_title,from,until,note,document,document_url\n"
        "UK,Test Union,The Union,1973,2020-01-31,n,Treaty,https://example.org/t\n",
        Membership(
            "GBR", "test-union", "1973", "2020-01-31", "n", "Treaty", "https://example.org/t", member="United Kingdom", group="The Union"
        ),
    ),
    "membership-without-ends": ("memberships", "member,group\nFRA,P5\n", Membership("FRA", "p5", member="France", group="P5")),
    "address-not-web": (
        "memberships",
        "member,group,document_url\nFRA,P5,javascript:x\n",
        Membership("FRA", "p5", member="France", group="P5"),
    ),
    "office": (
        "offices",
        "person,office,actor,organisation,since,to,note,document,url\n"
        "One name,Envoy,Russia,Ministry,2016,31.12.2016,n,Decree,https://example.org/d\n",
        Tenure(
            *("one-name-rus", "Envoy", "RUS", "Ministry", "2016", "2016-12-31", "n", "Decree", "https://example.org/d"),
            spokesperson="One name",
            actor="Russia",
        ),
    ),
    "signed": ("signatories", "statement_id,actor\na,FRA\n", Signatory("a", "FRA", actor="France")),
    "dissociated": (
        "signatories",
        "statement_id,actor,signed,note\na,FRA,Dissociated,from the second part\n",
        Signatory("a", "FRA", signed="dissociated", note="from the second part", actor="France"),
    ),
    "stance": (
        "codings",
        "statement_id,coder,variable,value,coded_on\na,A,Stance,OPPOSE,2016-08-01\n",
        Coding("a", "A", "stance", "oppose", "2016-08-01"),
    ),
    "left-open": ("codings", "statement_id,coder,variable,value\na,A,stance,\n", Coding("a", "A", "stance")),
    "not-coded-is-open": ("codings", "statement_id,coder,variable,value\na,A,act,not coded\n", Coding("a", "A", "act")),
    "issue-by-title": ("codings", "statement_id,coder,variable,value\na,A,issue,Access of aid\n", Coding("a", "A", "issue", "access")),
    "target-by-name": ("codings", "statement_id,coder,variable,value\na,A,target,Russia\n", Coding("a", "A", "target", "RUS")),
    "own-variable": ("codings", "statement_id,coder,variable,value\na,A,Frame of war,Just\n", Coding("a", "A", "frame-of-war", "Just")),
}


@pytest.mark.parametrize(("name", "text", "record"), GOOD.values(), ids=GOOD)
def test_a_good_row(tmp_path: Path, name: str, text: str, record: object) -> None:
    data_set = loaded(tmp_path, name, text)
    assert getattr(data_set, name) == (record,)
    assert not data_set.problems and len(data_set.statements) == 2


GOOD_RELATIONS = {
    "superseded": (
        "statement_id,relation,other_statement_id,on,note\nb,Supersedes,a,2016-08,n\n",
        Relation("b", "supersedes", "a", "2016-08", "n"),
    ),
    "reaffirmed-on-its-own-day": ("id,relation,other\nb,reaffirms,a\n", Relation("b", "reaffirms", "a")),
    "withdrawn-by-nothing-in-the-data": (
        "relation,other_statement_id,date\nwithdraws,a,1 August 2016\n",
        Relation("", "withdraws", "a", "2016-08-01"),
    ),
}


@pytest.mark.parametrize(("text", "record"), GOOD_RELATIONS.values(), ids=GOOD_RELATIONS)
def test_a_good_relation(tmp_path: Path, text: str, record: Relation) -> None:
    data_set = loaded(tmp_path, "relations", text)
    assert (data_set.relations, data_set.problems) == ((record,), ())


BAD = {
    "office-of-nobody": ("offices", "spokesperson,role\nNobody Here,Envoy\n", "spokesperson", 0),
    "office-backwards": ("offices", "spokesperson,role,from,until\nNobody Here,Envoy,2016-08,2016-07\n", "until", 0),
    "office-no-date": ("offices", "spokesperson,role,from\nNobody Here,Envoy,soon\n", "from", 0),
    "office-of-another": ("offices", "spokesperson,role,country\nOne Name,Envoy,FRA\n", "spokesperson", 0),
    "office-of-one-of-two": ("offices", "spokesperson,role\nOne Name,Envoy\n", "spokesperson", 0),
    "office-twice": ("offices", "spokesperson,role,country\nOne Name,Envoy,USA\nOne Name,Envoy,US\n", "", 1),
    "office-without-role": ("offices", "spokesperson,role\nNobody Here,\n", "", 0),
    "relation-unknown": ("relations", "statement_id,relation,other_statement_id\nb,denies,a\n", "relation", 0),
    "relation-to-itself": ("relations", "statement_id,relation,other_statement_id\na,corrects,a\n", "other_statement_id", 0),
    "relation-to-nothing": ("relations", "statement_id,relation,other_statement_id\nb,corrects,z\n", "statement", 0),
    "relation-of-nothing": ("relations", "statement_id,relation,other_statement_id\nz,corrects,a\n", "statement", 0),
    "relation-by-nobody": ("relations", "statement_id,relation,other_statement_id,on\n,corrects,a,2016\n", "statement_id", 0),
    "withdrawn-undated-by-nobody": ("relations", "statement_id,relation,other_statement_id\n,withdraws,a\n", "statement_id", 0),
    "relation-no-date": ("relations", "statement_id,relation,other_statement_id,on\nb,corrects,a,soon\n", "on", 0),
    "relation-twice": ("relations", "statement_id,relation,other_statement_id,on\nb,corrects,a,2016\nb,corrects,a,2017\n", "", 1),
    "silence-no-date": ("silences", "actor,issue,looked_on\nFRA,corridors,soon\n", "looked_on", 0),
    "silence-day-or-month": ("silences", "actor,issue,looked_on\nFRA,corridors,03/04/2016\n", "looked_on", 0),
    "silence-empty-date": ("silences", "actor,issue,looked_on\nFRA,corridors,\n", "", 0),
    "silence-unknown-issue": ("silences", "actor,issue,looked_on\nFRA,moon,2016\n", "issue", 0),
    "silence-twice": ("silences", "actor,issue,looked_on\nFRA,corridors,2016\nFrance,Test corridors,2016\n", "", 1),
    "column-missing": ("silences", "actor,issue\nFRA,corridors\n", "", 0),
    "membership-backwards": ("memberships", "member,group,from,until\nFRA,P5,2016,2015-12-31\n", "until", 0),
    "membership-no-name": ("memberships", "member,group\nFRA,???\n", "group", 0),
    "membership-no-date": ("memberships", "member,group,from\nFRA,P5,the beginning\n", "from", 0),
    "signatory-of-nothing": ("signatories", "statement_id,actor\nz,FRA\n", "statement", 0),
    "signatory-perhaps": ("signatories", "statement_id,actor,signed\na,FRA,perhaps\n", "signed", 0),
    "signatory-twice": ("signatories", "statement_id,actor,signed\na,FRA,signed\na,FRA,dissociated\n", "", 1),
    "coding-unknown-stance": ("codings", "statement_id,coder,variable,value\na,A,stance,nice\n", "value", 0),
    "coding-of-nothing": ("codings", "statement_id,coder,variable,value\nz,A,stance,oppose\n", "statement", 0),
    "coding-without-coder": ("codings", "statement_id,coder,variable,value\na,,stance,oppose\n", "", 0),
    "coding-twice": ("codings", "statement_id,coder,variable,value\na,A,stance,oppose\na,A,stance,support\n", "", 1),
}


@pytest.mark.parametrize(("name", "text", "column", "n_kept"), BAD.values(), ids=BAD)
def test_a_bad_row_is_said_and_left_out(tmp_path: Path, name: str, text: str, column: str, n_kept: int) -> None:
    data_set = loaded(tmp_path, name, text)
    (problem,) = data_set.problems
    assert problem.file == f"{name}.csv" and (problem.column or "") == column
    assert problem.code == ("table-unreadable" if "missing" in problem.message else "side-row-left-out")
    assert "left out" in problem.message
    assert len(getattr(data_set, name)) == n_kept
    assert len(data_set.statements) == 2, "a table beside costs no statement"


CIRCLES = {
    "two": ("b,corrects,a\na,corrects,b\n", ["a, b"]),
    "with-a-way-there": ("b,reaffirms,a\na,supersedes,b\nc,corrects,a\na,corrects,d\n", ["a, b"]),
    "three-and-two": ("a,corrects,b\nb,corrects,c\nc,corrects,a\nd,withdraws,e\ne,corrects,d\n", ["a, b, c", "d, e"]),
    "of-very-many": ("".join(f"s{n},corrects,s{(n + 1) % 300}\n" for n in range(300)), ["s0, s1, s10, s100, s101 and 295 more"]),
    "none-a-chain": ("c,corrects,b\nb,corrects,a\nc,corrects,a\n", []),
    "none-by-nobody": (",withdraws,a\nb,reaffirms,a\n", []),
}


@pytest.mark.parametrize(("rows", "named"), CIRCLES.values(), ids=CIRCLES)
def test_a_circle_of_relations_is_said_and_its_rows_stay(rows: str, named: list[str]) -> None:
    records = tuple(Relation(*row.split(",")) for row in rows.split())
    problems: list[Problem] = []
    ids = {end for record in records for end in (record.statement_id, record.other_statement_id)}
    assert of_kept({"relations": records}, ids, (), problems) == {"relations": records}
    assert [problem.message.partition(" stand in a circle")[0] for problem in problems] == [f"the statements {words}" for words in named]
    assert {problem.code for problem in problems} <= {"relation-circle"}


@pytest.mark.parametrize("name", SIDE_TABLES)
def test_a_change_in_a_table_beside_is_another_data_version(tmp_path: Path, name: str) -> None:
    good = {"silences": "silence", "memberships": "membership", "offices": "office", "signatories": "signed", "codings": "stance"}
    text = GOOD_RELATIONS["superseded"][0] if name == "relations" else GOOD[good[name]][1]
    before = loaded(tmp_path, name, text).content_hash
    assert loaded(tmp_path, name, text.splitlines()[0] + "\n").content_hash != before
