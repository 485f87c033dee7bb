"""One palette: charts and style sheet agree, and words can be read on both backgrounds."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house_rules import ROOT
from tracker.core.vocabulary import STANCES
from tracker.ui import theme

STYLE = (ROOT / "tracker" / "ui" / "assets" / "tracker.css").read_text(encoding="utf-8")
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
BACKGROUNDS = {scheme: CONFIG["theme"][scheme]["backgroundColor"] for scheme in ("light", "dark")}


def luminance(colour: str) -> float:
    """Relative luminance of a colour like #1d5f96, as WCAG 2 defines it.

    >>> luminance("#ffffff"), luminance("#000000")
    (1.0, 0.0)
    """
    digits = colour.lstrip("#")
    whole = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    parts = [int(whole[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21.

    >>> contrast("#fff", "#000")
    21.0
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def in_schemes(name: str) -> dict[str, str]:
    """A colour of the style sheet in the light and the dark scheme."""
    light, dark = re.search(rf"--trk-{name}: light-dark\((#\w+), (#\w+)\)", STYLE).groups()
    return {"light": light, "dark": dark}


@pytest.mark.parametrize("code", STANCES)
def test_stance_colours_of_charts_and_cards_are_the_same(code: str) -> None:
    (colour,) = re.findall(rf"--trk-{code}: (#\w+);", STYLE)
    assert colour == theme.STANCE_COLOURS[code]
    (own,) = re.findall(rf"\.stance-{code} \{{ --trk-fill: var\((--trk-[\w-]+)\); --trk-ink: var\((--trk-[\w-]+)\);", STYLE)
    assert own == (f"--trk-{code}", f"--trk-{code}-text")


def test_stances_have_colours_of_their_own() -> None:
    assert len(set(theme.STANCE_COLOURS.values())) == len(STANCES) == len(theme.STANCE_COLOURS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["text", "quiet", "link", "event", *(f"{code}-text" for code in STANCES)])
def test_words_can_be_read(name: str, scheme: str) -> None:
    assert contrast(in_schemes(name)[scheme], BACKGROUNDS[scheme]) >= 4.5
    assert contrast(in_schemes(name)[scheme], in_schemes("soft")[scheme]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_on_the_first_colour_can_be_read(scheme: str) -> None:
    chips = re.search(r"\[data-tag\] .*\{ color: light-dark\((#\w+), (#\w+)\)", STYLE).groups()
    assert contrast(chips[scheme == "dark"], CONFIG["theme"][scheme]["primaryColor"]) >= 4.5


@pytest.mark.parametrize(("colour", "name"), [(theme.LABEL_COLOUR, "quiet"), (theme.EVENT_COLOUR, "event")])
def test_words_in_charts_have_another_colour_by_night(colour: str, name: str) -> None:
    """A picture taken along is on white; on the page the style sheet puts its own colour in the place of the chart's."""
    assert in_schemes(name)["light"] == colour
    for painted in ("fill", "stroke"):
        assert re.search(rf'\[{painted}="{colour}"\][^{{}}]*\{{ {painted}: var\(--trk-{name}\); \}}', STYLE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("code", ["support", "oppose", "mixed", "neutral"])
def test_marks_stand_out(code: str, scheme: str) -> None:
    assert contrast(theme.STANCE_COLOURS[code], BACKGROUNDS[scheme]) >= 3


def test_the_style_sheet_has_the_colours_of_the_settings() -> None:
    for scheme in ("light", "dark"):
        settings = CONFIG["theme"][scheme]
        assert in_schemes("text")[scheme] == settings["textColor"]
        assert in_schemes("link")[scheme] == settings["linkColor"]
        assert in_schemes("line")[scheme] == settings["borderColor"]
        assert in_schemes("soft")[scheme] == settings["secondaryBackgroundColor"]
    assert "url(" not in STYLE, "the style sheet fetches nothing"
    assert "@import" not in STYLE
