"""How agencies and papers tell who speaks: an office first and its name later, a page at home, guests, and what belongs to no article."""

from __future__ import annotations

import pytest

from tracker.core.candidates import Speaker
from tracker.core.dates import PartialDate
from tracker.core.model import Spokesperson
from tracker.io.articles import extract

DAY = PartialDate.parse("2016-07-28")


def last(text: str, url: str = "", **known: object) -> Speaker:
    """Who the last statement of a text is attributed to."""
    return extract(text, published_on=DAY, language="en", url=url, **known).candidates[-1].speaker  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        pytest.param(
            "OSLO — The UN envoy for Mali urged calm.\n\n“No,” Ann Lee told reporters.",
            "Ann Lee",
            "UN envoy for Mali",
            id="opens-the-report",
        ),
        pytest.param("OSLO — The UN envoy urged calm.\n\n“No,” Ann Lee, a baker, told reporters.", "Ann Lee", "baker", id="somebody-else"),
        pytest.param("The UN envoy urged calm.\n\nIt rained.\n\n“No,” Ann Lee told reporters.", "Ann Lee", "", id="a-paragraph-between"),
        pytest.param("A UN envoy urged calm.\n\n“No,” Ann Lee told reporters.", "Ann Lee", "", id="any-envoy"),
        pytest.param("“No,” said Ann Lee, 52, a nurse who left Salem.", "Ann Lee", "nurse", id="what-stands-beside-the-name"),
        pytest.param(
            "Norwegian Foreign Minister Ann Lee spoke. Norwegian FM noted that it was late.",
            "Ann Lee",
            "Norwegian Foreign Minister",
            id="fm",
        ),
        pytest.param("Swedish envoy Jan Roe spoke. Norwegian FM noted that it was late.", "", "Norwegian FM", id="fm-of-another-state"),
        pytest.param(
            "It was late, the head of the UN said.\n“No,” Ann Lee told reporters.", "Ann Lee", "head of the UN", id="closes-the-paragraph"
        ),
        pytest.param("It was late, the head of the UN said.\n“No,” Lee told reporters.", "Lee", "", id="a-surname-is-known"),
        pytest.param(
            "An official source at the Foreign and Expatriates Ministry said so. The source added it was late.",
            "",
            "official source at the Foreign and Expatriates Ministry",
            id="the-source",
        ),
        pytest.param("An official source at the Ministry said so. The Ministry said it was late.", "", "", id="the-ministry-is-no-source"),
        pytest.param(
            "Norway's foreign minister said so. “No,” the minister, Ann Lee, told a radio. Lee said it was late.",
            "Ann Lee",
            "Norway's foreign minister",
            id="named-now",
        ),
        pytest.param("Senator Ann Lee spoke of it. “No,” the senator said.", "Ann Lee", "Senator", id="the-senator"),
        pytest.param("The delegate of Chile said it was late. She expressed hope.", "", "delegate of Chile", id="she-of-an-office"),
        pytest.param(
            "Jane Roe spoke.\nThe delegate of Chile said it was late. She expressed hope.",
            "",
            "delegate of Chile",
            id="she-is-not-of-before",
        ),
        pytest.param("The delegate of Chile said Jane Roe left. She expressed hope.", "Jane Roe", "", id="she-may-be-whom-they-name"),
        pytest.param("The delegates of Chile said it was late. She expressed hope.", "", "", id="she-of-several"),
        pytest.param(
            "Norway's envoy urged calm.\n\nAt a meeting, Lee said it was late.", "Lee", "Norway's envoy", id="a-surname-nobody-introduces"
        ),
        pytest.param("Ann Roe's envoy urged calm.\n\nAt a meeting, Lee said it was late.", "Lee", "", id="envoy-of-a-person"),
        pytest.param(
            "Jan Roe, Under-Secretary-General, spoke. “No,” the Under-Secretary-General said.",
            "Jan Roe",
            "Under-Secretary-General",
            id="under-secretary-general",
        ),
        pytest.param(
            "“No,” said Ann Lee, regional director for Asia at the Bank.", "Ann Lee", "regional director for Asia", id="without-an-article"
        ),
    ],
)
def test_who_holds_an_office_that_stands_elsewhere(text: str, name: str, role: str) -> None:
    speaker = last(text)
    assert speaker.name == name
    assert speaker.role.startswith(role) if role else not speaker.role


@pytest.mark.parametrize(
    ("text", "url", "country"),
    [
        pytest.param("IRNA – The Foreign Ministry spokesman Jan Roe rejected Iran's critics.", "", "IRN", id="agency-opens"),
        pytest.param("The Foreign Ministry said Russia waits.", "https://tass.com/x", "RUS", id="outlet-at-home"),
        pytest.param("The Foreign Ministry said Norway waits.", "https://tass.com/x", "", id="outlet-of-a-state-not-named"),
        pytest.param("The US-led coalition said Russia waits.", "https://tass.com/x", "", id="a-coalition-is-of-no-state"),
        pytest.param(
            "The UN Security Council adopted a text. The council said the Russia-US agreement holds.", "", "", id="a-state-behind"
        ),
        pytest.param("State news agency SANA said it was late.", "", "SYR", id="agency-of-a-state"),
        pytest.param("Norway urged Chile, Chile and Chile to wait, the foreign ministry said.", "", "NOR", id="what-its-ministry-said"),
        pytest.param(
            "OSLO: The ministers of Norway met here for hours on end to speak of the long plan.\nThe Foreign Ministry said so.",
            "https://x.com.pk/",
            "NOR",
            id="capital-colon",
        ),
        pytest.param("OSLO/PARIS (AFP) - Norway waits.\nA government spokesman said so.", "", "", id="two-capitals"),
        pytest.param(
            "OSLO: Foreign Minister Ann Lee said it was late in Norway, and far too late for talks. She left.", "", "NOR", id="opens"
        ),
        pytest.param(
            "OSLO: Minister Ann Lee of Chile said it was late in Norway, and far too late for talks.", "", "CHL", id="opens-as-a-guest"
        ),
        pytest.param("President Donald Trump said it was late.", "", "USA", id="known-to-all"),
        pytest.param("Senator Johnson said Britain waits.", "", "", id="a-surname-of-many"),
        pytest.param("Norwegian envoy Vladimir Putin said it was late.", "", "NOR", id="a-namesake"),
        pytest.param(
            "Oslo, NTB-The king of Norway waits.\nA source at the Foreign Ministry said so.", "", "NOR", id="dateline-without-a-blank"
        ),
        pytest.param("“No,” said Ann Lee, a retired Swedish diplomat who left.", "", "SWE", id="state-beside-the-name"),
        pytest.param(
            "Daily Press Briefing by Ann Lee, Spokesperson for the Secretary-General\n\nQuestion: Will he go to the talks?\n\n"
            "Spokesperson: He will go there as soon as he can.",
            "",
            "",
            id="briefing-of-an-organisation",
        ),
        pytest.param("OSLO - Chile waits, its foreign minister said.", "", "CHL", id="its-minister"),
        pytest.param(
            "OSLO - Chile waits, its foreign minister said.\n\nSpeaking later, Ann Roe said so.", "", "CHL", id="its-minister-named"
        ),
        pytest.param(
            "Chilean, U.S. and Spanish officials, with Norway in mind, said it was late.", "", "", id="officials-of-several-states"
        ),
        pytest.param("Foreign Affairs Secretary Ann Lee said the Philippines waits.", "https://x.ph/1", "PHL", id="affairs-secretary"),
        pytest.param(
            "ISLAMABAD: Pakistan has rejected the plan for the bridge and for the old road.\nForeign Office Spokesperson Ann Khan said so.",
            "",
            "PAK",
            id="foreign-office-of-another-state",
        ),
        pytest.param("The Foreign Office spokesman Max Roe said Britain waits.", "", "GBR", id="foreign-office"),
        pytest.param(
            "The Norwegian Foreign Ministry said so. It rained.\nThe spokesman said it was late.", "", "NOR", id="spokesman-of-a-body"
        ),
        pytest.param("HNC spokeswoman Ann Lee said it was late.", "", "SYR", id="opposition-of-a-state"),
    ],
)
def test_whose_a_bare_body_is(text: str, url: str, country: str) -> None:
    assert last(text, url).country == country


def test_what_the_data_set_knows_goes_before_what_a_page_takes_for_granted() -> None:
    text, url = "Minister Jan Roe said Russia waits.", "https://tass.com/x"
    known = (Spokesperson("j", "Jan Roe", "", "NOR"),)
    assert (last(text, url).country, last(text, url, spokespersons=known).country) == ("RUS", "NOR")


def test_who_answers_on_a_page_of_a_state_without_ministers_is_its_own_unless_an_envoy() -> None:
    text = (
        "Press Briefing by Press Secretary Ann Lee, Security Advisor Jan Roe and Ambassador Bo Li\n\n"
        "MS. LEE: Good afternoon, it is good to see all of you here.\n\n"
        "Q What is next for the talks?\n\n"
        "ADVISOR ROE: We have several ways in front of us, and all are open.\n\n"
        "AMBASSADOR LI: My government thanks you all for these long talks.\n"
    )
    found = extract(text, published_on=DAY, language="en", url="https://www.whitehouse.gov/x").candidates
    assert {(one.speaker.name.split()[-1], one.speaker.country) for one in found} == {("Lee", "USA"), ("Roe", "USA"), ("Li", "")}


def test_teasers_of_other_articles_are_left_out_and_counted() -> None:
    text = "Ann Lee said it was late.\nThe Norwegian envoy said it …\nA minister said that the …\n"
    found = extract(text, published_on=DAY, language="en")
    assert [one.quote for one in found.candidates] == ["it was late"]
    assert dict(found.left_out)["teaser of another article"] == 2
    (alone,) = extract("Ann Lee said it was late …", published_on=DAY, language="en").candidates
    assert alone.speaker.name == "Ann Lee"
