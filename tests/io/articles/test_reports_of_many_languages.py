"""Forms of news in Spanish, Italian, Arabic, Chinese, Ukrainian and German: who speaks, in what office, of which state."""

from __future__ import annotations

import pytest

from tracker.core.dates import PartialDate
from tracker.io.articles import extract

_DAY = PartialDate(2020, 7, 8)


def _rows(text: str, language: str) -> list[str]:
    url = "https://esempio.it/1" if language == "it" else ""
    found = extract(text, published_on=_DAY, language=language, url=url).candidates
    return [" | ".join((one.speaker.resolved or "–", one.speaker.role or "–", one.speaker.country or "–", one.quote)) for one in found]


@pytest.mark.parametrize(
    ("language", "text", "row"),
    [
        pytest.param(
            "es",
            "“Iremos más lejos en el diálogo sobre el puente”, afirmó el titular español, Juan Ejemplo, en Lyon.",
            "Juan Ejemplo | titular español | ESP | “Iremos más lejos en el diálogo sobre el puente”",
            id="the-titular",
        ),
        pytest.param(
            "es",
            "La alta representante de la Unión Europea (UE) para Asuntos Exteriores, Ana Ejemplo, dijo que el puente está cerrado.",
            "Ana Ejemplo | alta representante de la Unión Europea (UE) para Asuntos Exteriores | – | el puente está cerrado",
            id="letters-in-brackets",
        ),
        pytest.param(
            "es",
            "El ministro Juan Ejemplo manifestó su malestar con la canciller de Chile, Ana Prueba, quien condenó el cierre del puente.",
            "Ana Prueba | canciller de Chile | CHL | el cierre del puente",
            id="who-condemned",
        ),
        pytest.param(
            "es",
            "Juan Ejemplo llegó a Lyon. Preguntado por si considera que el puente es seguro, no quiso hablar.",
            "",
            id="asked-whether",
        ),
        pytest.param(
            "es",
            "En su primer consejo de la UE, el expresidente Juan Ejemplo subrayó que el puente está cerrado.",
            "Juan Ejemplo | expresidente | – | el puente está cerrado",
            id="in-its-council",
        ),
        pytest.param(
            "es",
            "“El puente está cerrado desde hoy”, dijo en una declaración a ZARA el representante permanente de Siria "
            "ante las Naciones Unidas, el embajador Juan Ejemplo.",
            "Juan Ejemplo | embajador | SYR | “El puente está cerrado desde hoy”",
            id="office-and-title",
        ),
        pytest.param(
            "es",
            "Nueva York, ZARA\nEl delegado explicó que el puente está cerrado.",
            "– | – | – | el puente está cerrado",
            id="no-name-over-a-line",
        ),
        pytest.param(
            "it",
            "“Il ponte è chiuso da una settimana intera”. Così il titolare della Farnesina, Di Esempio, "
            "prima dell’incontro con Mario Prova.",
            "Di Esempio | titolare della Farnesina | ITA | “Il ponte è chiuso da una settimana intera”",
            id="surname-with-a-small-word",
        ),
        pytest.param(
            "it",
            "“Il ponte è chiuso da una settimana”. Lo ha detto nel corso di una conferenza stampa "
            "il ministro degli Esteri di Mosca, Ivan Esempio.",
            "Ivan Esempio | ministro degli Esteri di Mosca | RUS | “Il ponte è chiuso da una settimana”",
            id="far-behind-and-of-a-capital",
        ),
        pytest.param(
            "it",
            "Il ponte resta chiuso per una settimana intera. A dichiararlo è la portavoce del ministero francese, Anna Esempio.",
            "Anna Esempio | portavoce del ministero francese | FRA | Il ponte resta chiuso per una settimana intera",
            id="to-declare-it-is",
        ),
        pytest.param(
            "ar",
            "أكد وزير الاتصال الحكومي الأردني سليم مثال أن الجسر مغلق منذ أسبوع.",
            "سليم مثال | وزير الاتصال الحكومي الأردني | JOR | الجسر مغلق منذ أسبوع",
            id="a-domain-is-no-name",
        ),
        pytest.param(
            "uk",
            "Постпред України при ООН Іван Прикладний різко висловився про оголошене РФ засідання, на якому хочуть «закрити всі мости».",
            "Іван Прикладний | Постпред України при ООН | UKR | «закрити всі мости»",
            id="a-state-is-not-the-speaker",
        ),
        pytest.param(
            "it",
            "Il ponte è chiuso, ha detto ai giornalisti un funzionario del Cremlino, Ivan Esempio.",
            "Ivan Esempio | funzionario del Cremlino | RUS | Il ponte è chiuso",
            id="an-official",
        ),
        pytest.param(
            "it",
            "Il ministro degli Esteri e vicepresidente del Consiglio Mario Esempio ha detto che il ponte è chiuso.",
            "Mario Esempio | ministro degli Esteri e vicepresidente del Consiglio | ITA | il ponte è chiuso",
            id="two-offices",
        ),
        pytest.param(
            "it",
            "L’ambasciatore italiano a Oslo Mario Esempio ha detto che il ponte è chiuso.",
            "Mario Esempio | ambasciatore italiano a Oslo | ITA | il ponte è chiuso",
            id="sent-to-a-capital",
        ),
        pytest.param(
            "it",
            "“Il ponte è chiuso da una settimana intera”. L’ha detto il ministro francese Mario Esempio a margine di un incontro.",
            "Mario Esempio | ministro francese | FRA | “Il ponte è chiuso da una settimana intera”",
            id="he-said-it",
        ),
        pytest.param(
            "ar",
            "وأشار إلى الانتخابات الأمريكية، مؤكدا أن الجسر مغلق منذ أسبوع كامل.",
            "– | – | – | الجسر مغلق منذ أسبوع كامل",
            id="an-adjective-is-nobody",
        ),
        pytest.param(
            "ar",
            "وفي حسابه على منصة “زد”، كتب سليم المثالي: “الجسر مغلق منذ أسبوع كامل”.",
            "سليم المثالي | – | – | “الجسر مغلق منذ أسبوع كامل”",
            id="a-name-of-two-words",
        ),
        pytest.param(
            "ar",
            'قال وزير الخارجية السوري سليم المثالي إن "الجسر مغلق منذ أسبوع"، وذلك حسب وكالة "زد".',
            'سليم المثالي | وزير الخارجية السوري | SYR | "الجسر مغلق منذ أسبوع"',
            id="an-agency-behind",
        ),
        pytest.param(
            "zh",
            "外交部长王明应约同对方通电话。王明外长表示，这座桥已经关闭，希望各方保持克制。",
            "王明 | 外交部长 | CHN | 这座桥已经关闭",
            id="a-verb-is-no-name",
        ),
        pytest.param(
            "zh",
            "新華社北京3月29日電(記者示例)外交部發言人王明29日在記者會上宣布，這座橋已經關閉，希望各方保持克制。",
            "王明 | 外交部發言人 | CHN | 這座橋已經關閉",
            id="traditional-dateline",
        ),
        pytest.param(
            "uk",
            "На запитання, чи буде міст «відкритий», міністр Іван Прикладний відповів: «Не знаю нічого про це».",
            "Іван Прикладний | міністр | – | «Не знаю нічого про це»",
            id="an-answer",
        ),
    ],
)
def test_a_sentence_gives_its_row(language: str, text: str, row: str) -> None:
    assert _rows(text, language) == ([row] if row else [])


def test_a_minister_in_a_report_from_washington_is_not_american() -> None:
    text = "WASHINGTON (dpa) - Außenminister Hans Muster sagte, die USA und der Iran müssten über die Brücke reden."
    assert all("USA |" not in row for row in _rows(text, "de"))


def test_the_common_diplomat_is_who_holds_the_office() -> None:
    text = (
        "La responsable de política exterior de la UE, Ana Ejemplo, dijo que el puente está cerrado.\n\n"
        "La jefa de la diplomacia comunitaria recordó que la carretera sigue abierta."
    )
    assert _rows(text, "es")[-1].startswith("Ana Ejemplo | responsable de política exterior de la UE |")


@pytest.mark.parametrize(
    ("text", "role", "country"),
    [
        pytest.param("Die Partei-Vorsitzende Anna Muster sagte, die Brücke sei alt.", "Partei-Vorsitzende", "", id="compound"),
        pytest.param(
            "Der Sprecher der Muster-Fraktion, Hans Muster, ist in Lyon. „Die Brücke ist sehr alt“, sagte Muster.",
            "Sprecher der Muster-Fraktion",
            "",
            id="of",
        ),
        pytest.param(
            "Der Vorsitzende des Auswärtigen Ausschusses, Hans Muster (CDU), ist in Lyon. „Die Brücke ist sehr alt“, sagte Muster.",
            "Vorsitzende des Auswärtigen Ausschusses",
            "",
            id="a-party-behind-the-name",
        ),
        pytest.param("Präsident Hans Muster sagte, die Brücke sei alt.", "Präsident", "", id="not-the-federal-president"),
    ],
)
def test_german_offices(text: str, role: str, country: str) -> None:
    found = extract(text, published_on=_DAY, language="de", url="https://muster.de/1").candidates
    assert [(one.speaker.role, one.speaker.country) for one in found] == [(role, country)]
