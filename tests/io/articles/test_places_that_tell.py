"""Capitals and houses beside an office tell whose it is: "In Athens, the foreign ministry", "Moscow's envoy"."""

from __future__ import annotations

import pytest

from tracker.io.articles import extract


@pytest.mark.parametrize(
    ("text", "language", "country", "role"),
    [
        pytest.param("In Athens, the foreign ministry said it would wait.", "en", "GRC", "", id="a-ministry-in-a-capital"),
        pytest.param("Turkey waits. In Athens, the foreign minister said it was late.", "en", "GRC", "foreign minister", id="an-office"),
        pytest.param("In Geneva, the foreign ministry said it would wait.", "en", "", "", id="no-capital"),
        pytest.param(
            "SEOUL (Wire) - Pyongyang's foreign minister Ann Lee said it was late.",
            "en",
            "PRK",
            "Pyongyang's foreign minister",
            id="whose-a-capital-says",
        ),
        pytest.param("SEOUL (Wire) - “No,” the Joint Chiefs of Staff said. South Korea waits.", "en", "KOR", "", id="chiefs-of-another"),
        pytest.param("“No,” the Joint Chiefs of Staff said.", "en", "USA", "", id="chiefs-where-nothing-says-another"),
        pytest.param("No 10 said it would wait for the outcome.", "en", "GBR", "", id="a-house-by-its-number"),
        pytest.param("“No,” the taoiseach, Ann Lee, said.", "en", "IRL", "taoiseach", id="an-office-of-one-state"),
        pytest.param(
            "НУР-СУЛТАН, 5 апреля. /ТАСС/. Казахстан ждёт ответа своих соседей, заявил представитель МИД республики Ян Ли.",
            "ru",
            "KAZ",
            "представитель МИД республики",
            id="a-ministry-of-the-state-a-report-comes-from",
        ),
        pytest.param(
            "За словами речника МЗС Яна Приклада, допомога надійде до кінця місяця.", "uk", "UKR", "речник МЗС", id="out-of-the-genitive"
        ),
        pytest.param(
            "Iran waits. In Kyiv, presidential spokesman Jan Lee said it was late.", "en", "UKR", "presidential spokesman", id="spokesman"
        ),
        pytest.param("Iran waits. In Kyiv, President Jan Lee said it was late.", "en", "", "President", id="a-president-may-travel"),
        pytest.param(
            "Tehran, Nov 2, IRNA - Syria waits for Syria, Deputy Foreign Minister Jan Lee said.",
            "en",
            "IRN",
            "Deputy Foreign Minister",
            id="the-agency-of-that-state",
        ),
        pytest.param(
            "Tehran, Nov 2, ZZZ - Syria waits for Syria, Deputy Foreign Minister Jan Lee said.",
            "en",
            "",
            "Deputy Foreign Minister",
            id="an-agency-of-no-state",
        ),
        pytest.param("US-Außenminister Jan Lee schrieb, es sei spät.", "de", "USA", "US-Außenminister", id="a-compound"),
        pytest.param("EU-Außenbeauftragter Jan Lee schrieb, es sei spät.", "de", "", "EU-Außenbeauftragter", id="a-compound-of-no-state"),
        pytest.param(
            "Press Conference by Foreign Minister Jan Asano\n\nMinister Asano: The Government of Japan hopes it ends soon and well.\n\n"
            "Reporter: Will it?\n\nMinister Asano: I would like to refrain from saying more about it today.\n",
            "en",
            "JPN",
            "Foreign Minister",
            id="a-government-by-its-full-name",
        ),
        pytest.param(
            "Son homologue ruritanien, Jean Exemple, a dit que le pont est vieux.", "fr", "", "homologue", id="an-unknown-adjective"
        ),
        pytest.param("وأكد نظيره الأمريكي روبرت المثال أن الهدنة صامدة.", "ar", "USA", "نظيره الأمريكي", id="a-counterpart"),
    ],
)
def test_whose_office_a_place_tells(text: str, language: str, country: str, role: str) -> None:
    speaker = extract(text, published_on=None, language=language).candidates[0].speaker
    assert (speaker.country, speaker.role) == (country, role)
