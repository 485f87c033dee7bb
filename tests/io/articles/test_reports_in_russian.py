"""Forms of Russian news: offices of regions and parliaments, words of agencies, names in other cases than the first."""

from __future__ import annotations

import pytest

from tracker.core.dates import PartialDate
from tracker.io.articles import extract

_DAY = PartialDate(2020, 7, 8)
_ROE = "Глава МИД Сербии Анна Роу заявила, что мост закрыт."
_ENVOY = "Посол Сербии Иван Примеров приехал в Лион."


def _rows(text: str, url: str = "") -> list[str]:
    found = extract(text, published_on=_DAY, language="ru", url=url).candidates
    return [" | ".join((one.speaker.resolved or "–", one.speaker.role or "–", one.speaker.country or "–", one.quote)) for one in found]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param(
            "Первый зампред комитета Госдумы по международным делам Иван Примеров заявил, что мост закрыт.",
            "Иван Примеров | Первый зампред комитета Госдумы по международным делам | RUS | мост закрыт",
            id="a-committee-of-parliament",
        ),
        pytest.param(
            "Сенатор от нашего региона, член комитета Совфеда Иван Примеров заявил, что мост закрыт.",
            "Иван Примеров | член комитета Совфеда | RUS | мост закрыт",
            id="two-offices-and-one-name",
        ),
        pytest.param(
            "Губернатор Кубани Иван Примеров заявил, что мост закрыт.",
            "Иван Примеров | Губернатор Кубани | RUS | мост закрыт",
            id="a-region-that-is-no-state",
        ),
        pytest.param("После встречи в зале они заявили, что мост закрыт.", "– | – | – | мост закрыт", id="after-is-no-envoy"),
        pytest.param(
            "Посол Сербии в Вашингтоне Анна Роу заявила, что мост закрыт.",
            "Анна Роу | Посол Сербии в Вашингтоне | SRB | мост закрыт",
            id="sent-to-a-capital",
        ),
        pytest.param(
            "Баку выразил убеждённость, что «мост у реки закрыт навсегда».",
            "Баку | – | AZE | «мост у реки закрыт навсегда»",
            id="a-capital-of-one-form",
        ),
        pytest.param(
            "Мост закрыт надолго для всех, сказала Sputnik Сербия пресс-секретарь МИД Сербии Анна Роу.",
            "Анна Роу | пресс-секретарь МИД Сербии | SRB | Мост закрыт надолго для всех",
            id="a-state-in-the-name-of-an-agency",
        ),
        pytest.param(
            "Спецпосланник Генсека ООН по Сирии Жан Роу заявил, что мост закрыт.",
            "Жан Роу | Спецпосланник Генсека ООН по Сирии | – | мост закрыт",
            id="a-genitive-with-a-capital",
        ),
        pytest.param(
            "Мэр Лиона Жан Роу заявил, что мост закрыт.", "Жан Роу | Мэр Лиона | – | мост закрыт", id="the-place-of-an-office-is-no-name"
        ),
        pytest.param(
            "Мэр Иван Иванович Роу заявил, что мост закрыт.", "Иван Иванович Роу | Мэр | – | мост закрыт", id="a-patronymic-is-no-place"
        ),
        pytest.param(
            "«Мы ждём ответа из Лиона», — сказал вице-спикер Совета Федерации РИА Новости.",
            "Совета Федерации | вице-спикер Совета Федерации | RUS | «Мы ждём ответа из Лиона»",
            id="whom-it-was-told-is-no-name",
        ),
        pytest.param(
            "Мост у самой реки закрыт надолго, заявил на брифинге по итогам встречи министров в Лионе глава МИД Сербии Иван Примеров.",
            "Иван Примеров | глава МИД Сербии | SRB | Мост у самой реки закрыт надолго",
            id="far-behind-the-verb",
        ),
        pytest.param(
            'Мост у самой реки закрыт надолго. Об этом сообщила глава МИД Сербии Анна Роу в комментарии журналисту "Зари" Ивану Примерову.',
            "Анна Роу | глава МИД Сербии | SRB | Мост у самой реки закрыт надолго",
            id="named-before-the-occasion",
        ),
        pytest.param(
            "О том, что мост у самой реки закрыт, ранее сообщал глава МИД Сербии Иван Примеров.",
            "Иван Примеров | глава МИД Сербии | SRB | мост у самой реки закрыт",
            id="that-before-the-verb",
        ),
        pytest.param(
            "Мост у реки уже «почти готов» для машин, уточнил глава МИД Сербии Иван Примеров.",
            "Иван Примеров | глава МИД Сербии | SRB | Мост у реки уже «почти готов» для машин",
            id="a-few-words-in-marks",
        ),
        pytest.param(
            'Глава МИД Сербии Анна Роу сказала в интервью французской "Ле Ривьер", что мост закрыт.',
            "Анна Роу | Глава МИД Сербии | SRB | мост закрыт",
            id="a-paper-before-that",
        ),
        pytest.param(
            "Дорога и мост, по данным ООН, не работают уже неделю.", "ООН | – | – | Дорога и мост […] не работают уже неделю", id="around"
        ),
        pytest.param(
            "Анна Роу также назвала опасной дорогу Лиона к мосту.",
            "Анна Роу | – | – | опасной дорогу Лиона к мосту",
            id="called-something-so",
        ),
        pytest.param(
            "Глава МИД Сербии Анна Роу раскритиковала Лион за то, что он закрыл мост.",
            "Анна Роу | Глава МИД Сербии | SRB | Лион за то, что он закрыл мост",
            id="blamed-for",
        ),
        pytest.param(
            "«Мост закрыт, мы ждём», — сообщили «Заре» в Минобороны России.",
            "Минобороны России | – | RUS | «Мост закрыт, мы ждём»",
            id="a-house-behind-a-paper",
        ),
        pytest.param(
            "В заявлении посольства Сербии говорится: «Мост закрыт, мы ждём ответа».",
            "посольства Сербии | – | SRB | «Мост закрыт, мы ждём ответа»",
            id="the-owner-of-a-text",
        ),
        pytest.param(
            "Посол Сербии в Риме призвал Вашингтон «закрыть все мосты».",
            "Посол Сербии | Посол Сербии | SRB | «закрыть все мосты»",
            id="called-on-somebody",
        ),
        pytest.param(
            "Мост закрыт надолго для всех, с таким заявлением выступила глава МИД Сербии Анна Роу.",
            "Анна Роу | глава МИД Сербии | SRB | Мост закрыт надолго для всех",
            id="came-out-with",
        ),
    ],
)
def test_a_sentence_gives_its_row(text: str, row: str) -> None:
    assert _rows(text) == [row]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param(
            f"{_ENVOY} Соответствующее заявление на встрече сделала глава МИД Сербии Анна Роу. Она добавила, что мост закрыт.",
            "Анна Роу | глава МИД Сербии | SRB | мост закрыт",
            id="a-statement-made",
        ),
        pytest.param(
            f"{_ROE}\n\nПосол Норвегии отметил, что дорога открыта.\n\n«Мы не ждём ответа из Лиона», — цитирует её агентство IRNA.",
            "Анна Роу | Глава МИД Сербии | SRB | «Мы не ждём ответа из Лиона»",
            id="quotes-her",
        ),
        pytest.param(
            "Речь зашла о словах Олега Примерова. Примеров заявил, что мост закрыт.",
            "Олег Примеров | – | – | мост закрыт",
            id="genitive",
        ),
        pytest.param(
            "Посол Сербии в Норвегии Анна Роу в беседе с журналистами обвинила власти Лиона в том, что мост закрыт.",
            "Анна Роу | Посол Сербии в Норвегии | SRB | мост закрыт",
            id="blamed-somebody",
        ),
        pytest.param(
            f"{_ROE}\n\n«Мы не ждём ответа из Лиона», — цитирует ТАСС Роу.\n\nОна добавила, что дорога открыта.",
            "Анна Роу | Глава МИД Сербии | SRB | дорога открыта",
            id="quoted-behind-an-agency",
        ),
        pytest.param(
            f"{_ROE}\n\nГлава сербского МИД подчеркнула, что дорога тоже закрыта.",
            "Анна Роу | Глава МИД Сербии | SRB | дорога тоже закрыта",
            id="a-state-before-the-noun",
        ),
        pytest.param(
            f"{_ROE}\n\nМинистр уточнила, что дорога тоже закрыта.",
            "Анна Роу | Глава МИД Сербии | SRB | дорога тоже закрыта",
            id="the-minister-is-the-head",
        ),
        pytest.param(
            "Иван Примеров прокомментировал встречу. На ней официальный представитель МИД РФ заявил, что мост закрыт.",
            "Иван Примеров | официальный представитель МИД РФ | RUS | мост закрыт",
            id="the-office-of-whom-it-opens-with",
        ),
        pytest.param(
            "Речь зашла о словах главы МИД Сербии Ивана Примерова, который назвал мост «очень опасным местом».",
            "Иван Примеров | глава МИД Сербии | SRB | «очень опасным местом»",
            id="who-called",
        ),
        pytest.param(
            "В Лионе прошла встреча с министром обороны Сербии Сергеем Примеровым. Примеров заявил, что мост закрыт.",
            "Сергей Примеров | министр обороны Сербии | SRB | мост закрыт",
            id="instrumental",
        ),
        pytest.param(
            "Иван Примеров сказал, что мост открыт. Посол Норвегии отметил, что дорога открыта. Дипломат добавил, что мост рядом.",
            "Дипломат | посол Норвегии | – | мост рядом",
            id="the-diplomat-is-who-spoke-last",
        ),
    ],
)
def test_a_text_ends_with_its_row(text: str, row: str) -> None:
    assert _rows(text)[-1].casefold() == row.casefold()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Министр прибыл в Лион. Отмечается, что он занял своё место в зале.", id="it-is-noted-by-nobody"),
        pytest.param("Ранее Иран назвал условия возвращения к разговору о мосте.", id="named-the-terms"),
        pytest.param("На вопрос, будет ли открыт мост у дороги, Анна Роу ответила.", id="a-question"),
    ],
)
def test_nothing_is_said(text: str) -> None:
    assert _rows(text) == []


@pytest.mark.parametrize(
    ("text", "url", "country"),
    [
        pytest.param("Сенатор Иван Примеров заявил, что мост закрыт.", "https://zarya.ru/1", "RUS", id="a-senator-at-home"),
        pytest.param("Министр обороны республики Иван Примеров заявил, что мост закрыт.", "https://zarya.ru/1", "", id="of-the-republic"),
        pytest.param("Министр обороны Иван Примеров заявил, что мост закрыт.", "https://zarya.ru/1", "RUS", id="a-minister-at-home"),
        pytest.param("Консул Кубы Иван Примеров заявил, что мост закрыт.", "", "CUB", id="a-state-is-no-region"),
    ],
)
def test_whose_office_it_is(text: str, url: str, country: str) -> None:
    found = extract(text, published_on=_DAY, language="ru", url=url).candidates
    assert [one.speaker.country for one in found] == [country]
