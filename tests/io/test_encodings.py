"""Legacy encodings: right, said to be a guess, or refused; never nonsense in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.model import Outcome
from tracker.io.encodings import CANDIDATES, guess_encoding
from tracker.io.packages import load_bytes

TEXTS = {
    "cp1251": ("Россия", "Мы призываем все стороны к соблюдению режима прекращения огня"),
    "koi8_r": ("Россия", "Мы призываем все стороны к соблюдению режима прекращения огня"),
    "koi8_u": ("Україна", "Ми закликаємо всі сторони дотримуватися її умов і припинити вогонь"),
    "cp866": ("Россия", "Мы призываем все стороны к соблюдению режима прекращения огня"),
    "iso8859_5": ("Россия", "Мы призываем все стороны к соблюдению режима прекращения огня"),
    "mac_cyrillic": ("Россия", "Мы призываем все стороны к соблюдению режима прекращения огня"),
    "cp1252": ("France", "Nous appelons à la fin des hostilités a déclaré la porte-parole à l’été"),
    "cp1250": ("Polska", "Wzywamy wszystkie strony do przestrzegania zawieszenia broni powiedział rzecznik łącznie"),
    "cp1254": ("Türkiye", "Türkiye taahhütlerini yerine getirmektedir dedi sözcü. Bugün yapılan açıklamada barış çağrısı"),
    "cp1253": ("Ελλάδα", "Καλούμε όλα τα μέρη να τηρήσουν την εκεχειρία"),
    "cp1256": ("سوريا", "ندعو جميع الأطراف إلى وقف إطلاق النار"),
    "gb18030": ("中国", "我们呼吁各方遵守停火，继续谈判"),
    "big5hkscs": ("中國", "我們呼籲各方遵守停火，繼續談判"),
    "cp932": ("日本", "我々は停戦を求める。すべての当事者に呼びかける"),
    "euc_jp": ("日本", "我々は停戦を求める。すべての当事者に呼びかける"),
    "cp949": ("대한민국", "우리는 모든 당사자에게 휴전을 촉구한다"),
}


def table(codec: str) -> str:
    country, quote = TEXTS[codec]
    return f"date,country,spokesperson,quote\n2016-04-03,{country},Test Person,{quote}\n2016-04-04,{country},Test Person,{quote}!\n"


@pytest.mark.parametrize("codec", TEXTS)
def test_text_comes_back_and_the_guess_is_said(codec: str) -> None:
    data_set = load_bytes(table(codec).encode(codec), "t.csv")
    assert [s.written["quote"] for s in data_set.statements] == [TEXTS[codec][1], TEXTS[codec][1] + "!"]
    assert "encoding-guessed" in {problem.code for problem in data_set.problems}
    assert [what for what, _, _ in data_set.guesses] == ["encoding"]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("of", ["cp1251", "cp1252", "gb18030"])
def test_wide_text_without_a_mark(codec: str, of: str) -> None:
    data_set = load_bytes(table(of).encode(codec), "t.csv")
    assert data_set.statements[0].written["quote"] == TEXTS[of][1]
    assert "without byte order mark" in data_set.encoding


@pytest.mark.parametrize(
    "data",
    [
        b"date,country,quote\n2016,FRA,\xe9\n2017,FRA,\xe8\n",
        b"date,country,quote\n2016,FRA," + bytes(range(128, 256)) + b"\n2016,FRA," + bytes(range(255, 127, -1)),
        b"d\0a\0t\0e\0,\0\xff\xff",
    ],
    ids=["too little", "every byte", "broken wide text"],
)
def test_what_is_not_certain_is_refused(data: bytes) -> None:
    data_set = load_bytes(data, "t.csv")
    assert (data_set.outcome, [problem.code for problem in data_set.problems]) == (Outcome.REJECT, ["encoding-unreadable"])
    assert "UTF-8" in data_set.refusal


def test_a_bad_row_in_utf8_is_no_sign_of_another_encoding() -> None:
    rows = ["date,country,quote", *(f"2016-04-{n:02},FRA,déjà vu {n}" for n in range(1, 9))]
    data = "\n".join(rows).encode() + "\n2016-05-01,FRA,Müller\n2016-05-02,FRA,Weiß".encode("cp1252")
    data_set = load_bytes(data, "t.csv")
    assert (len(data_set.statements), [p.code for p in data_set.problems]) == (8, ["row-encoding", "row-encoding"])


def test_a_bad_row_in_a_legacy_file_is_rejected_alone() -> None:
    more = "".join(f"2016-04-0{n},中国,Test Person,我们呼吁各方遵守停火\n" for n in range(5, 9))
    data = (table("gb18030") + more).encode("gb18030") + b"2016-04-09,FRA,Test,\xff\xff\n"
    data_set = load_bytes(data, "t.csv")
    assert (len(data_set.statements), [p.record for p in data_set.problems if p.code == "row-encoding"]) == (6, [7])


def test_a_foreign_header_in_a_legacy_encoding() -> None:
    data = "Дата;Страна;Заявление\n13.04.2016;Россия;Мы призываем все стороны\n".encode("cp1251")
    data_set = load_bytes(data, "t.csv")
    assert [(str(s.stated_on), s.actor_id, s.written["quote"]) for s in data_set.statements] == [
        ("2016-04-13", "RUS", "Мы призываем все стороны")
    ]
    assert sorted({what for what, _, _ in data_set.guesses}) == ["column", "encoding"]


@given(st.sampled_from(sorted(TEXTS)), st.lists(st.integers(0, 200), max_size=8))
def test_words_in_any_order_are_never_taken_for_another_text(codec: str, order: list[int]) -> None:
    words = " ".join(TEXTS[codec]).split()
    text = " ".join(words[n % len(words)] for n in order)
    found = guess_encoding(text.encode(codec)) if not text.isascii() else None
    assert found is None or text.encode(codec).decode(found.codec) == text or len(text) < 60


def test_every_candidate_can_be_decoded_by_python() -> None:
    assert all("date".encode(candidate.codec) for candidate in CANDIDATES)
