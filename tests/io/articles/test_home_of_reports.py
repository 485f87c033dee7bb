"""The state a report takes for granted when it names an office without it."""

from __future__ import annotations

import pytest

from tracker.core.candidates import Speaker
from tracker.io.articles import speakers_placed
from tracker.io.articles.speakers_placed import Offices


def _country(text: str, words: str, language: str = "en") -> tuple[str, str]:
    start = text.rindex(words)
    placed = Offices.of(text, language).placed(Speaker(words, (start, start + len(words)), words if words.istitle() else ""))
    assert bool(placed.country) == bool(placed.country_why)
    return placed.country, placed.country_why


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        pytest.param(
            "Norway condemns attack\n\nThe talks go on, said Minister of Trade Jane Roe.", "Jane Roe", "NOR", id="begins-with-its-state"
        ),
        pytest.param(
            "The Polish Foreign Ministry called for calm. Interior Minister Jane Roe agreed.", "Jane Roe", "POL", id="its-ministry"
        ),
        pytest.param("Kenya on Sunday condemned it. Interior Minister Jane Roe said so.", "Jane Roe", "KEN", id="a-day-before-the-verb"),
        pytest.param(
            "CAIRO (Reuters) - Egypt will not wait, Foreign Minister Jane Roe said.", "Jane Roe", "EGY", id="capital-of-the-report"
        ),
        pytest.param(
            "CAIRO (Reuters) - Egypt and Sudan will wait, Foreign Minister Jane Roe said.", "Jane Roe", "EGY", id="two-named-as-often"
        ),
        pytest.param(
            "CAIRO (Reuters) - Egypt and Sudan met. Sudan waits, Foreign Minister Jane Roe said.", "Jane Roe", "", id="another-more-often"
        ),
        pytest.param(
            "Kenya condemns it\n\nChad is calm in Chad. Interior Minister Jane Roe said so in Nairobi.",
            "Jane Roe",
            "KEN",
            id="and-its-capital",
        ),
        pytest.param("Kenya condemns it\n\nChad is calm in Chad. Interior Minister Jane Roe said so.", "Jane Roe", "", id="no-capital"),
        pytest.param("KENYA condemns it. Deputy President Jane Roe said so.", "Jane Roe", "KEN", id="deputy-president"),
        pytest.param("Kenya condemns it. President Jane Roe said so.", "Jane Roe", "", id="a-president-may-be-another-s"),
        pytest.param(
            "MANILA — The Philippines and Japan met, presidential spokesman Jane Roe said.", "Jane Roe", "PHL", id="presidential-spokesman"
        ),
        pytest.param("BEIRUT (Reuters) - Syria will wait, Foreign Minister Jane Roe said.", "Jane Roe", "", id="capital-of-another"),
        pytest.param(
            "WASHINGTON (Reuters) - The United States waits, Prime Minister Jane Roe said.", "Jane Roe", "", id="no-ministers-there"
        ),
        pytest.param("Syria: Foreign Minister Jane Roe said it would wait.", "Jane Roe", "", id="a-topic-is-no-home"),
        pytest.param("Syria talks resume. Foreign Minister Jane Roe was there.", "Jane Roe", "", id="a-noun-behind-the-state"),
        pytest.param("Norway condemns attack\n\nAnn Lee, an aide to the minister, said so.", "Ann Lee", "", id="an-aide"),
        pytest.param("Norway condemns attack\n\nThe trade minister said so.", "trade minister", "NOR", id="without-a-name"),
    ],
)
def test_a_report_says_whose_ministers_it_means(text: str, words: str, country: str) -> None:
    assert _country(text, words)[0] == country


@pytest.mark.parametrize(
    ("text", "language", "country"),
    [
        pytest.param("Außenminister Jane Roe warnte. Der Sprecher des Auswärtigen Amtes nickte.", "de", "DEU", id="institution"),
        pytest.param("Außenminister Jane Roe sagte am Mittwoch in Wien, man warte.", "de", "AUT", id="capital"),
        pytest.param("Außenminister Jane Roe sagte am Mittwoch in Moskau, man warte.", "de", "", id="capital-of-another-language"),
        pytest.param("Außenminister Jane Roe war erst in Wien, dann in Berlin.", "de", "", id="two-of-its-language"),
        pytest.param("La France attend. Le ministre de la Défense Jane Roe le dit. La France veut voir.", "fr", "FRA", id="named-again"),
        pytest.param("Le ministre de la Défense Jane Roe, en visite au Mali, attend.", "fr", "", id="named-once"),
        pytest.param(
            "La France attend. Le ministre de la Défense Jane Roe le dit. La France et le Sénégal attendent.", "fr", "", id="two-named"
        ),
    ],
)
def test_a_text_in_the_language_of_few_states_says_whose_ministers_it_means(text: str, language: str, country: str) -> None:
    assert _country(text, "Jane Roe", language)[0] == country


def test_the_spokesman_is_of_the_one_ministry_whose_spokesman_was_named() -> None:
    text = "NAIROBI (Reuters) - Kenya will wait, a Foreign Ministry spokesman said. The spokesman gave no day."
    assert _country(text, "The spokesman")[0] == "KEN"


def test_offices_of_one_wording_are_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    monkeypatch.setattr(speakers_placed, "_ends_alike", lambda one, other: bool(compared.append(one)) or one == other)
    text = "The foreign minister said it. " * 60
    read = Offices.of(text, "en")
    for start in range(4, len(text), 30):
        read.placed(Speaker("foreign minister", (start, start + 16)))
    assert compared == ["foreign minister"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        pytest.param(
            "OSLO (Reuters) - Norway's Foreign Ministry waits. The Turkish Foreign Ministry too. A Foreign Ministry spokesman said so.",
            "NOR",
            id="two-ministries-of-which-one-is-of-the-dateline",
        ),
        pytest.param(
            "PARIS (Reuters) - Norway's Foreign Ministry waits. The Turkish Foreign Ministry too. A Foreign Ministry spokesman said so.",
            "",
            id="two-ministries-and-a-dateline-elsewhere",
        ),
        pytest.param("CAIRO, August 17. /MENA/. Egypt and Sudan wait. A Foreign Ministry spokesman said so.", "EGY", id="strokes"),
        pytest.param("Kenya condemns attack\n\nA Foreign Ministry spokesman said so.", "KEN", id="begins-with-its-state"),
        pytest.param("Kenya condemns attack\n\nSudan waits. A Foreign Ministry spokesman said so.", "", id="two-states-as-often"),
    ],
)
def test_a_spokesman_of_a_ministry_is_of_the_state_the_report_takes_for_granted(text: str, country: str) -> None:
    assert _country(text, "Foreign Ministry spokesman")[0] == country


@pytest.mark.parametrize(
    ("text", "language", "country"),
    [
        pytest.param(
            "Bogotá, 22 ago (EFE).- El presidente Jane Roe dijo que no.", "es", "COL", id="president-in-the-language-of-the-capital"
        ),
        pytest.param("БЕЛГРАД, 30 июл - РИА. Сербия ждет, заявила президент республики Jane Roe.", "ru", "SRB", id="of-the-republic"),
        pytest.param(
            "LONDON (AP) — President Jane Roe said no. Britain waits for Britain.", "en", "", id="in-english-perhaps-the-american"
        ),
    ],
)
def test_a_report_says_whose_president_it_means(text: str, language: str, country: str) -> None:
    assert _country(text, "Jane Roe", language)[0] == country
