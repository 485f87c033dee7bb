"""Discourse Network Analyzer projects and event lists: synthetic ones of both versions, and real samples where they are."""

from __future__ import annotations

import csv
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import samples
from tests.io.dna_files import PASSWORD, TEXT, Marked, ProjectMade, utf16
from tests.io.readings import loads_or_refuses, mutations, opened, statements, told
from tracker.core.columns import COLUMN_NAMES
from tracker.io import dna, dna_events
from tracker.io.inputs import Guess, ImportCancelled, InputFile
from tracker.io.refusals import FileRefused
from tracker.io.sqlite_guarded import open_sqlite
from tracker.io.utf16 import Utf16Text

SAID = {"person": "Doe (synthetic)", "organization": "Synthetic Ministry", "concept": "It should open.", "agreement": 1}
ONE = ProjectMade([Marked(SAID)])
THREE = ProjectMade(
    [
        Marked(SAID),
        Marked({"note": "invented note"}, type_id=2),
        Marked(SAID | {"organization": "France", "concept": "It should close.", "agreement": 0, "mood": "calm"}, words="no."),
    ]
)
VERSIONS = ["v2", "v3"]


def made(project: ProjectMade, version: str) -> bytes:
    return getattr(project, version)()


def rows(project: ProjectMade, version: str, **options: object) -> list[dict[str, str]]:
    return [row.values for row in opened(dna, made(project, version), "p.dna", **options).found.rows]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_statement_has_all_that_the_project_says(version: str) -> None:
    assert {column: text for column, text in rows(ONE, version)[0].items() if text} == {
        "statement_id": "1",
        "stated_on": "2016-07-28",
        "spokesperson": "Doe (synthetic)",
        "organisation": "Synthetic Ministry",
        "issue": "It should open.",
        "stance": "support",
        "quote": "We welcome it; fully",
        "document_title": "Synthetic briefing",
        "publisher": "Synthetic Press",
        "channel": "letter",
        "coder": "Coder (synthetic)",
        "note": "document author: Doe, Jane (synthetic); document section: 7",
    }


def test_versions_2_and_3_of_one_project_say_the_same() -> None:
    assert rows(THREE, "v2") == rows(THREE, "v3")


@pytest.mark.parametrize("version", VERSIONS)
def test_statements_of_other_types_are_ignored_and_said(version: str) -> None:
    found = opened(dna, made(THREE, version), "p.dna")
    assert told(found) == ["column-unknown", "2:statement-of-other-type"]
    assert found.found.n_records == 3
    assert [guess for guess in found.guesses if guess.what == "statement type"] == [
        Guess("statement type", "DNA Statement", "2 statements are of it; ignored: 1 'Annotation'")
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_an_organisation_that_is_a_state_is_a_country_and_others_are_not(version: str) -> None:
    assert [(row["country"], row["organisation"], row["stance"]) for row in rows(THREE, version)] == [
        ("", "Synthetic Ministry", "support"),
        ("France", "", "oppose"),
    ]


def test_concepts_are_issues_and_propositions() -> None:
    found = opened(dna, THREE.v3(), "p.dna")
    kept, problems = statements(found, "p.dna")
    assert [(issue.title, issue.proposition) for issue in found.declared.issues] == [
        (c, c) for c in ("It should open.", "It should close.")
    ]
    assert [s.issue_id for s in kept] == ["it-should-open", "it-should-close"]
    assert not problems


def test_the_larger_type_is_no_use_when_nobody_speaks_in_it() -> None:
    notes = [Marked({"note": f"invented {n}"}, type_id=2) for n in range(5)]
    found = opened(dna, replace(ONE, marked=[Marked(SAID), *notes]).v3(), "p.dna")
    assert (len(found.found.rows), found.found.n_records) == (1, 6)


def test_the_statement_type_can_be_chosen_and_its_variables_mapped() -> None:
    project = ProjectMade(
        [Marked(SAID), Marked({"villain": "Synthetic Villain", "plot": "invented"}, type_id=2)],
        variables=[*ProjectMade.variables[:5], ("villain", "short text", 2), ("plot", "long text", 2)],
        types=("DNA Statement", "Story"),
    )
    (row,) = rows(project, "v3", statement_type="story", mapping={"Villain": "organisation", "plot": "position"})
    assert (row["organisation"], row["position"], row["statement_id"]) == ("Synthetic Villain", "invented", "2")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        pytest.param({"statement_type": "Nothing"}, "statement-type-unknown", id="no-such-type"),
        pytest.param({"statement_type": "Annotation"}, "columns-missing", id="nobody-speaks-in-that-type"),
        pytest.param({"mapping": {"organization": ""}}, "columns-missing", id="the-only-actor-left-aside"),
        pytest.param({"mapping": {"mood": "organisation", "person": "organisation"}}, "columns-same-meaning", id="two-mapped-to-one"),
        pytest.param({"mapping": {"mood": "colour"}}, "mapping-unknown", id="no-such-column"),
    ],
)
def test_what_cannot_be_mapped_is_refused_naming_it(options: dict[str, object], code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        opened(dna, THREE.v3(), "p.dna", **options)
    assert refused.value.problem.code == code


@pytest.mark.parametrize(
    ("mapping", "column", "text"),
    [
        pytest.param({"mood": "target"}, "target", "calm", id="a-variable-left-aside-otherwise"),
        pytest.param({"PERSON": "role"}, "role", "Doe (synthetic)", id="whatever-the-case"),
        pytest.param({"document_author": "spokesperson"}, "spokesperson", "Doe, Jane (synthetic)", id="what-is-known-of-the-document"),
        pytest.param({"=Germany": "country"}, "country", "Germany", id="the-same-for-all"),
        pytest.param({"organization": "country"}, "country", "France", id="an-actor"),
    ],
)
def test_what_the_person_mapped_counts(mapping: dict[str, str], column: str, text: str) -> None:
    assert rows(THREE, "v3", mapping=mapping)[1][column] == text


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param([0, 1], ["oppose", "support"], id="no-and-yes"),
        pytest.param([-2, 0, 3], ["oppose", "neutral", "support"], id="signed"),
        pytest.param([2, 5], ["2", "5"], id="a-scale-that-is-not-guessed"),
    ],
)
def test_numbers_of_agreement(values: list[int], expected: list[str]) -> None:
    variables = [("organization", "short text", 1), ("agreement", "integer", 1)]
    project = ProjectMade([Marked({"organization": "Synthetic", "agreement": n}) for n in values], variables=variables)
    assert [row["stance"] for row in rows(project, "v2")] == expected


@pytest.mark.parametrize("version", VERSIONS)
def test_an_empty_value_is_a_missing_one(version: str) -> None:
    project = replace(ONE, marked=[Marked(SAID | {"organization": "", "person": ""})])
    found = opened(dna, made(project, version), "p.dna")
    assert found.found.rows[0].values["organisation"] == ""
    assert [p.code for p in statements(found, "p.dna")[1]] == ["actor-missing"]


@pytest.mark.parametrize(
    ("marked", "code"),
    [
        pytest.param(Marked(SAID, start=0, stop=9_999), "span-outside", id="beyond-the-end"),
        pytest.param(Marked(SAID, start=5, stop=5), "span-outside", id="nothing-marked"),
        pytest.param(Marked(SAID, start=-3, stop=5), "span-outside", id="before-the-beginning"),
        pytest.param(Marked(SAID, start="x", stop=5), "span-outside", id="no-number"),
        pytest.param(Marked(SAID, start=TEXT.index("😀") + 1, stop=40), "span-outside", id="half-a-character"),
        pytest.param(Marked(SAID, document=77), "document-missing", id="no-such-document"),
    ],
)
def test_a_statement_without_its_words_is_rejected(marked: Marked, code: str) -> None:
    assert told(opened(dna, replace(ONE, marked=[Marked(SAID), marked]).v3(), "p.dna")) == [f"2:{code}"]


def test_a_statement_of_a_type_that_is_gone_is_rejected() -> None:
    project = replace(ONE, more_sql=["INSERT INTO STATEMENTS VALUES (9, 55, 1, 1, 4, 1)"])
    assert told(opened(dna, project.v3(), "p.dna")) == ["2:statement-type-unknown"]


def test_bytes_that_are_no_text_reject_their_row_alone() -> None:
    broken = "INSERT INTO DOCUMENTS SELECT 2, Title, CAST(x'416162ff63' AS TEXT), 1, '', '', '', '', '', Date FROM DOCUMENTS"
    project = replace(ONE, marked=[Marked(SAID)], more_sql=[broken, "INSERT INTO STATEMENTS VALUES (9, 1, 2, 0, 5, 1)"])
    assert told(opened(dna, project.v3(), "p.dna")) == ["2:row-encoding"]


@pytest.mark.parametrize(
    ("seconds", "stated_on", "codes"),
    [
        pytest.param(-86400, "1969-12-31", [], id="before-1970"),
        pytest.param(10**15, "1000000000000000", ["date-invalid"], id="beyond-all-years"),
        pytest.param("yesterday", "yesterday", ["date-invalid"], id="no-number"),
        pytest.param(None, "", ["date-missing"], id="missing"),
    ],
)
def test_dates_of_documents(seconds: object, stated_on: str, codes: list[str]) -> None:
    found = opened(dna, replace(ONE, seconds=seconds).v3(), "p.dna")
    assert found.found.rows[0].values["stated_on"] == stated_on
    kept, problems = statements(found, "p.dna")
    assert ([p.code for p in problems] or [str(kept[0].stated_on)]) == (codes or [stated_on])


def test_a_date_of_version_2_that_is_not_midnight_is_warned() -> None:
    shifted = replace(ONE, seconds=1469664000 - 3600)
    assert told(opened(dna, shifted.v2(), "p.dna")) == ["1:date-shifted"]
    assert told(opened(dna, shifted.v3(), "p.dna")) == []


# --- files of strangers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_passwords_are_nowhere_and_cannot_be_read(version: str) -> None:
    data = made(ONE, version)
    assert PASSWORD.encode() in data
    assert PASSWORD not in repr(opened(dna, data, "p.dna"))
    with pytest.raises(FileRefused), open_sqlite(InputFile.from_bytes(data, "p"), never_read=[("coders", "password")]) as tables:
        list(tables.rows("CODERS", ("ID", "Password")))


@pytest.mark.parametrize(
    "more_sql",
    [
        pytest.param(["DROP TABLE STATEMENTS", "CREATE VIEW STATEMENTS AS SELECT 1 ID, 1 Start, 4 Stop, 1 DocumentId"], id="view"),
        pytest.param(["DROP TABLE DOCUMENTS"], id="table-missing"),
        pytest.param(["DROP TABLE ENTITIES"], id="entities-missing"),
    ],
)
def test_what_is_no_project_is_refused(more_sql: list[str]) -> None:
    with pytest.raises(FileRefused) as refused:
        opened(dna, replace(ONE, more_sql=more_sql).v3(), "p.dna")
    assert refused.value.problem.code == "file-not-a-table"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_project_without_its_tables_of_values_is_read_without_them(version: str) -> None:
    broken = made(replace(ONE, more_sql=["DROP TABLE DATASHORTTEXT"]), version)
    found = opened(dna, broken, "p.dna")
    kept, problems = statements(found, "p.dna")
    assert (len(found.found.rows), kept, [p.code for p in problems]) == (1, (), ["actor-missing"])


def test_triggers_and_views_beside_the_tables_are_left_alone() -> None:
    more_sql = [
        "CREATE VIEW everything AS SELECT * FROM CODERS",
        "CREATE TRIGGER t AFTER INSERT ON STATEMENTS BEGIN DELETE FROM STATEMENTS; END",
    ]
    assert len(rows(replace(ONE, more_sql=more_sql), "v3")) == 1


def test_columns_that_are_computed_are_not_read() -> None:
    more_sql = ["ALTER TABLE CODERS DROP COLUMN Name", "ALTER TABLE CODERS ADD COLUMN Name TEXT AS (Password)"]
    assert rows(replace(ONE, more_sql=more_sql), "v3")[0]["coder"] == "2"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "file-damaged", id="empty"),
        pytest.param(b"<xml/>", "file-damaged", id="version-1"),
        pytest.param(b"SQLite format 3\0", "file-damaged", id="beginning-only"),
        pytest.param(b"SQLite format 3\0" + b"\xff" * 5000, "file-damaged", id="noise"),
        pytest.param(ONE.v3()[:9000], "file-damaged", id="cut-off"),
        pytest.param(ProjectMade().v3(), "file-empty", id="no-statements"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        opened(dna, data, "p.dna")
    assert refused.value.problem.code == code


def test_a_page_that_is_broken_is_noticed_even_where_rows_would_only_be_missing() -> None:
    data = bytearray(ProjectMade([Marked(SAID)] * 200).v3())
    with sqlite3.connect(":memory:") as connection:
        connection.deserialize(bytes(data))
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'STATEMENTS'").fetchone()
    connection.close()
    at = (page - 1) * 4096
    data[at + 3 : at + 5] = b"\0\1"  # one cell instead of all
    with pytest.raises(FileRefused):
        opened(dna, bytes(data), "p.dna")


def test_marks_over_each_other_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dna, "_MAX_QUOTED_CHARACTERS", 100)
    many = ProjectMade([Marked(SAID, start=0, stop=40)] * 3)
    with pytest.raises(FileRefused) as refused:
        opened(dna, many.v3(), "p.dna")
    assert refused.value.problem.code == "file-too-large"


def test_an_import_can_be_cancelled() -> None:
    def cancel(n_records: int, n_expected: int) -> None:
        assert n_expected == 1
        raise ImportCancelled("stopped")

    with pytest.raises(ImportCancelled):
        opened(dna, ONE.v3(), "p.dna", progress=cancel)


@pytest.mark.parametrize("version", VERSIONS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_broken_project_loads_what_is_whole_or_is_refused(version: str, data: st.DataObject) -> None:
    broken = data.draw(mutations(made(THREE, version)))
    loads_or_refuses(dna, broken, "p.dna")


@given(text=st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("a😀\n"), max_size=20), data=st.data())
def test_words_are_cut_where_java_marks_them(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    cut = Utf16Text(text).cut(utf16(text[:start]), utf16(text[:stop]))
    assert cut == (text[start:stop] or None)


# --- event lists ----------------------------------------------------------------------------------------------------

HEADER = (
    '"statement_id";"time";"person";"organization";"concept";"agreement";"start_position";"stop_position";"text";"coder";'
    '"document_id";"document_title";"document_author";"document_source";"document_section";"document_type"'
)
LINE = (
    '1;2016-07-28 00:00:00;"Doe (synthetic)";"Synthetic Ministry";"It should open.";1;48;68;"We welcome it, fully";2;1;'
    '"Synthetic briefing";"Doe, Jane (synthetic)";"Synthetic Press";"7";"letter"'
)
LIST = f"{HEADER}\n{LINE}\n".encode()


def test_an_event_list_says_what_the_project_does() -> None:
    (row,) = opened(dna_events, LIST, "e.csv").found.rows
    expected = rows(ONE, "v3")[0] | {"quote": "We welcome it, fully", "coder": "2"}
    assert row.values == expected
    assert opened(dna_events, LIST, "e.csv").declared == opened(dna, ONE.v3(), "p.dna").declared


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        pytest.param(LIST, True, id="as-exported"),
        pytest.param(b"\xef\xbb\xbf" + LIST.replace(b";", b","), True, id="saved-again-with-commas"),
        pytest.param(b"date,country,quote\n2016,FRA,Yes", False, id="another-table"),
        pytest.param(b"", False, id="empty"),
    ],
)
def test_an_event_list_is_known_by_its_header(data: bytes, is_one: bool) -> None:
    assert dna_events.recognises(InputFile.from_bytes(data, "e.csv")) is is_one


def test_a_line_that_is_no_statement_is_rejected_and_alterations_are_said() -> None:
    found = opened(dna_events, LIST + b"2;2016\n", "e.csv")
    assert told(found) == ["words-altered", "2:fields-missing"]


def test_columns_that_stand_twice_are_refused() -> None:
    with pytest.raises(FileRefused):
        opened(dna_events, LIST.replace(b'"person"', b'"concept"'), "e.csv")


@settings(max_examples=60, deadline=None)
@given(broken=mutations(LIST))
def test_a_broken_event_list_loads_what_is_whole_or_is_refused(broken: bytes) -> None:
    if dna_events.recognises(InputFile.from_bytes(broken, "e.csv")):
        loads_or_refuses(dna_events, broken, "e.csv")


# --- real samples ---------------------------------------------------------------------------------------------------

MADE_BY_EXPORT = str.maketrans({";": ",", '"': "'"})


@samples.needs_samples
@pytest.mark.parametrize("version", VERSIONS)
def test_a_sample_has_forty_statements_equal_to_the_event_list(version: str) -> None:
    sample = Path(samples.DNA, f"sample_{version}.dna")
    found = opened(dna, sample.read_bytes(), sample.name)
    rows = [dict(row.values) for row in found.found.rows]
    kept, problems = statements(found, sample.name)
    assert (len(kept), found.found.n_records, problems) == (40, 41, [])
    with Path(samples.DNA, "golden", "eventlist_include.csv").open(encoding="utf-8", newline="") as lines:
        golden = list(csv.DictReader(lines, delimiter=";"))
    for given_row, row in zip(golden, rows, strict=True):
        assert (row["stated_on"], row["spokesperson"], row["organisation"] or row["country"], row["issue"], row["document_title"]) == (
            given_row["time"][:10],
            *(given_row[name] for name in ("person", "organization", "concept", "document_title")),
        )
        assert row["stance"] == {"0": "oppose", "1": "support"}[given_row["agreement"]]
        assert row["quote"].translate(MADE_BY_EXPORT) == given_row["text"]


@samples.needs_samples
def test_the_event_list_reads_like_the_sample() -> None:
    events = opened(dna_events, Path(samples.DNA, "golden", "eventlist_include.csv").read_bytes(), "e.csv")
    project = opened(dna, Path(samples.DNA, "sample_v3.dna").read_bytes(), "p.dna")
    for event, row in zip(events.found.rows, project.found.rows, strict=True):
        as_exported = row.values | {"quote": row.values["quote"].translate(MADE_BY_EXPORT)}
        assert [event.values[c] for c in COLUMN_NAMES if c != "coder"] == [as_exported[c] for c in COLUMN_NAMES if c != "coder"]
