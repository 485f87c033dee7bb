"""Which known names are offered for one that is not known: slips of the pen, and nothing that merely sounds alike."""

from __future__ import annotations

import pytest

from tracker.io.actors_read import nearest_names
from tracker.io.packages import load_bytes

SLIPS = {
    "Untied Kingdom": "United Kingdom",
    "Frnace": "France",
    "Germny": "Germany",
    "Ukrain": "Ukraine",
    "Lebannon": "Lebanon",
    "Kyrgistan": "Kyrgyzstan",
    "Phillipines": "Philippines",
    "saudia arabia": "Saudi Arabia",
    "Columbia": "Colombia",
    "Swizterland": "Switzerland",
    "South Korae": "South Korea",
    "Turkmenstan": "Turkmenistan",
    "Unites States of America": "United States",
    "Brittain": "United Kingdom",
    "Kroatia": "Croatia",
    "Untied Nations": "United Nations",
    "Euorpean Union": "European Union",
}
NOT_NEAR = ("Ruritania", "Testland", "Nowhere land", "Moscow", "Atlantis", "Wakanda", "Latveria", "Freedonia", "Panem", "Gaza", "Kurdistan")
NOT_NEAR += ("Republic of Tests", "Irna", "Zembla", "Catalonia", "Molvania", "Bambia", "", "?", "x" * 5_000)


@pytest.mark.parametrize(("written", "meant"), SLIPS.items())
def test_a_slip_of_the_pen_is_offered_what_was_meant(written: str, meant: str) -> None:
    assert nearest_names(written) == [meant]


@pytest.mark.parametrize("written", NOT_NEAR, ids=lambda written: written[:20] or "nothing")
def test_what_only_sounds_alike_is_not_offered(written: str) -> None:
    assert nearest_names(written) == []


@pytest.mark.parametrize(("written", "says"), [("Frnace", "did you mean 'France'?"), ("Ruritania", "write the ISO 3166 code")])
def test_the_warning_offers_a_name_only_when_one_is_near(written: str, says: str) -> None:
    data_set = load_bytes(f"date,country,quote\n2016,{written},Synthetic\n".encode(), "t.csv")
    (problem,) = data_set.problems
    assert says in problem.message
    assert ("Mauritania" in problem.message, data_set.statements[0].actor_id) == (False, written.lower())
