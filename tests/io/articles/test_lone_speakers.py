"""One sentence alone, in languages with rules of their own: who spoke, when nothing introduces them."""

from __future__ import annotations

import pytest

from tracker.core.dates import PartialDate
from tracker.io.articles import extract

DAY = PartialDate.parse("2016-07-28")


@pytest.mark.parametrize(
    ("text", "language", "resolved", "country"),
    [
        pytest.param("Рябов заявил: «Мы открываем новые коридоры».", "ru", "Рябов", "", id="surname-before-the-verb"),
        pytest.param("«Мы открываем новые коридоры», — заявил Рябов.", "ru", "Рябов", "", id="surname-behind-the-verb"),
        pytest.param("« Nous ne pouvons accepter cela », a déclaré Dupont.", "fr", "Dupont", "", id="french-surname"),
        pytest.param("Вчера заявил: «Мы открываем новые коридоры».", "ru", "", "", id="no-name-but-an-adverb"),
        pytest.param("Москва заявила: «Мы открываем новые коридоры».", "ru", "Москва", "RUS", id="a-capital-is-no-person"),
        pytest.param("外交部发言人王明表示：“我们希望有关各方保持克制。”", "zh", "王明", "CHN", id="a-line-that-is-no-heading"),
        pytest.param(
            "外交部发言人王明说：“我们愿意帮助有关各方恢复谈判。”他还说，有关各方愿意谈判。", "zh", "王明", "CHN", id="愿意-is-not-italy"
        ),
        pytest.param(
            "Bundesaußenminister Hans Muster sagte: „Wir brauchen eine Pause.“", "de", "Hans Muster", "DEU", id="federal-minister"
        ),
        pytest.param(
            "«Мы ждём», — сказал 29 июля в интервью газете «Рассвет» глава МИД Сербии.",
            "ru",
            "глава МИД Сербии",
            "SRB",
            id="behind-whom-it-was-told",
        ),
        pytest.param(
            "Nach Angaben von UN-Diplomaten erhob Oslo Einspruch gegen den Text.", "de", "UN-Diplomaten", "", id="no-name-of-angaben"
        ),
        pytest.param(
            "Мария Примерова заявила, что мост закрыт. Об этом сообщает Polskie Radio. По её словам, дорога тоже закрыта.",
            "ru",
            "Мария Примерова",
            "",
            id="told-by-an-agency",
        ),
        pytest.param("Irish Minister Jane Roe TD said she would wait.", "en", "Jane Roe", "IRL", id="letters-behind-the-name"),
        pytest.param("British diplomat Jane Roe, KCMG, said she would wait.", "en", "Jane Roe", "GBR", id="an-honour-behind-a-comma"),
    ],
)
def test_who_speaks_in_a_sentence_alone(text: str, language: str, resolved: str, country: str) -> None:
    candidates = extract(text, published_on=DAY, language=language).candidates
    assert {(found.speaker.resolved, found.speaker.country) for found in candidates} == {(resolved, country)}


def test_in_arabic_the_office_of_another_state_is_of_another_minister() -> None:
    text = "قال وزير الخارجية يوسف مثال إن الجسر مغلق. وقال وزير الخارجية النرويجي إن الطريق مفتوح تماما."
    found = extract(text, published_on=DAY, language="ar").candidates
    assert [one.speaker.name for one in found] == ["يوسف مثال", ""]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        pytest.param("MOSCOW, July 28 (Wire) - Russia will pause, the Defence Ministry said.", "RUS", id="at-home"),
        pytest.param("BEIRUT, July 28 (Wire) - Syria will pause, the Defence Ministry said.", "", id="abroad"),
        pytest.param(
            "Fighting went on, the Defence Ministry said. Turkey's Foreign Ministry said it was concerned.", "", id="another-ministry"
        ),
        pytest.param("Russia's Defence Ministry spoke. Fighting went on, the ministry said on Thursday.", "RUS", id="the-one-named-before"),
    ],
)
def test_whose_ministry_it_is(text: str, country: str) -> None:
    found = next(c for c in extract(text, published_on=DAY, language="en").candidates if "inistry" in c.speaker.as_written)
    assert found.speaker.country == country


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        pytest.param("U.N. aid chief Jane Roe said the plan fell short.", "UN", id="aid-chief"),
        pytest.param("EU foreign policy chief Jane Roe said it must stop.", "EU", id="policy-chief"),
        pytest.param("NATO Secretary General Jane Roe said it was concerned.", "NATO", id="secretary-general"),
        pytest.param("Foreign Minister Jane Roe said it was so.", "", id="a-minister-of-nobody-knows-whom"),
    ],
)
def test_the_organisation_that_begins_a_role(text: str, organisation: str) -> None:
    (found,) = extract(text, published_on=DAY, language="en").candidates
    assert (found.speaker.organisation, found.speaker.country) == (organisation, "")


@pytest.mark.parametrize(
    ("before", "name"),
    [
        pytest.param("His Omani counterpart Jan Roe came. ", "Jan Roe", id="met-before"),
        pytest.param("", "", id="nobody-of-that-state"),
    ],
)
def test_an_official_of_a_state_is_who_was_met_of_it(before: str, name: str) -> None:
    text = f"{before}Iranian Minister Ann Lee said it was late. The Omani official said it was early."
    assert extract(text, published_on=None, language="en").candidates[-1].speaker.name == name
