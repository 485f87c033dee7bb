"""The language of a text, and vocabularies that hold together."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.io.articles import extract
from tracker.io.articles.date_words import languages as dated
from tracker.io.articles.language_found import language_found
from tracker.io.articles.languages import language, language_codes
from tracker.io.articles.reports import LANGUAGES
from tracker.io.articles.word_lists import role_words

PAGES = sorted((Path(__file__).parent / "cases" / "pages").glob("*.txt"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_found_to_be_in_its_language(page: Path) -> None:
    head, _, rest = page.read_text(encoding="utf-8").partition("===\n")
    known = dict(line.split(": ", 1) for line in head.strip().splitlines())
    assert language_found(rest.split("\n=== rows\n")[0]) == known["language"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("O ministro disse que não vai participar da reunião com os seus colegas.", "pt", id="portuguese-is-not-spanish"),
        pytest.param("وزیر خارجه گفت که این گزارش‌ها را می‌پذیریم و پیگیری می‌کنیم", "fa", id="persian-is-not-arabic"),
        pytest.param("外務大臣は記者会見でそれを否定しました", "ja", id="japanese-is-not-chinese"),
        pytest.param(
            "Министърът заяви, че това не е вярно и ще се срещне с колегите си на среща за мира.", "bg", id="bulgarian-is-not-russian"
        ),
        pytest.param("1234 — ?", "", id="no-letters"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_neighbours_are_not_taken_for_one_of_the_ten(text: str, code: str) -> None:
    assert language_found(text) == code


@given(st.text(max_size=400))
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert language_found(text) in ("", "ja", "ko", "fa", "ar", "zh", "pt", "nl", "pl", "bg", "sr", *dated())


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_a_language_has_all_that_its_rules_ask_for(code: str) -> None:
    vocabulary = language(code)
    assert code in language_codes()
    assert vocabulary.marks
    assert vocabulary.of("pronoun:he")
    assert any(kind == "cue:say" for kind in vocabulary.words)
    assert code in dated()
    assert role_words(code, "role").exact or role_words(code, "role").stems


@pytest.mark.parametrize(
    "name", ["date_words.csv", "role_words.csv", "country_words.csv", "institutions.csv", "turn_labels.csv", "publishers.csv"]
)
def test_a_table_has_no_row_twice_and_no_cell_too_many(name: str) -> None:
    from importlib import resources

    rows = list(csv.reader((resources.files("tracker.io.articles") / name).read_text(encoding="utf-8").splitlines()))
    assert all(len(row) == len(rows[0]) for row in rows)
    assert len({tuple(row) for row in rows}) == len(rows)


CASES = Path(__file__).parent / "cases"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a case table."""
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.parametrize("row", rows("reporting_verbs"), ids=lambda row: row["language"])
def test_the_commonest_verbs_of_reporting_are_cues(row: dict[str, str]) -> None:
    known = {" ".join(cue.words) for cues in language(row["language"]).cues.values() for cue in cues}
    wanted = row["words"].split(" | ")
    assert len(wanted) >= 25
    assert [word for word in wanted if word not in known] == []


@pytest.mark.parametrize("row", rows("reported_words"), ids=lambda row: f"{row['language']}-{row['rule']}")
def test_made_up_sentences_of_other_languages(row: dict[str, str]) -> None:
    found = extract(row["text"], published_on=None, language=row["language"]).candidates
    got = [f"{c.speaker.as_written} | {c.cue} | {c.kind.value} | {c.quote}" for c in found]
    assert got == [part for part in row["expected"].split(" // ") if part]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("По мнению сенатора Ивана Примерова, это «совершенно неприемлемо».", "Иван Примеров", id="a-senator"),
        pytest.param("По словам Анны Примеровой, ситуация остаётся «крайне сложной».", "Анна Примерова", id="a-woman-without-an-office"),
        pytest.param("«Мы ждём ответа», — цитирует ТАСС слова дипломата Ивана Примерова.", "Иван Примеров", id="quoted-by-an-agency"),
        pytest.param("По словам советника президента Анны Шмидт, ситуация остаётся «крайне сложной».", "Анна Шмидт", id="an-adviser"),
    ],
)
def test_russian_names_are_put_out_of_their_case(text: str, name: str) -> None:
    (only,) = extract(text, published_on=None, language="ru").candidates
    assert only.speaker.name == name
