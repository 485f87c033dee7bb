"""Houses and capitals that speak by "in" and a verb of several: "В Кремле заявили"."""

from __future__ import annotations

import pytest

from tracker.io.articles import extract


@pytest.mark.parametrize(
    ("text", "language", "written", "country"),
    [
        pytest.param("В Москве подчеркнули, что решение ещё не принято.", "ru", "Москве", "RUS", id="a-capital"),
        pytest.param("В Кремле назвали это «большой ошибкой этого века».", "ru", "Кремле", "RUS", id="a-house"),
        pytest.param("«Мы давно ждём ответа», — сообщили в МИД Сербии.", "ru", "МИД Сербии", "SRB", id="behind-the-verb"),
        pytest.param("В посольстве РФ в Лондоне заявили, что ждут ответа.", "ru", "посольстве РФ", "RUS", id="an-embassy-in-a-capital"),
        pytest.param("У МЗС повідомили, що чекають на відповідь.", "uk", "МЗС", "UKR", id="ukrainian"),
        pytest.param("В Москве Анна Ли и Марк Ро заявили, что ждут ответа.", "ru", "Анна Ли и Марк Ро", "", id="persons-in-a-capital"),
        pytest.param("В Москве Анна Ли заявила, что ждёт ответа.", "ru", "Анна Ли", "", id="a-verb-of-one"),
    ],
)
def test_who_speaks_in_a_house(text: str, language: str, written: str, country: str) -> None:
    speaker = extract(text, published_on=None, language=language).candidates[0].speaker
    assert (speaker.as_written, speaker.country) == (written, country)
