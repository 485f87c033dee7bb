"""Offices that only an international organisation has, by the organisation that the text names."""

from __future__ import annotations

import pytest

from tracker.core.candidates import Speaker
from tracker.io.articles.international_roles import of_organisation


@pytest.mark.parametrize(
    ("role", "text", "organisation"),
    [
        pytest.param("High Representative", "Brussels. The European Union waits.", "EU", id="union"),
        pytest.param("High Representative", "The war in Bosnia goes on.", "", id="union-not-named"),
        pytest.param("High Representative for Bosnia", "The EU waits.", "", id="of-a-state"),
        pytest.param("Haute représentante", "La Commission européenne attend.", "EU", id="french"),
        pytest.param("Commissioner", "European Commission - Statement\n\nIt waits.", "EU", id="commissioner-of-the-heading"),
        pytest.param("Commissioner", "The police wait. " * 30 + "The EU waits.", "", id="commissioner-of-a-city"),
        pytest.param("High Commissioner", "The EU waits.", "", id="high-commissioner"),
        pytest.param("Secretary-General", "NATO waits.", "NATO", id="nato"),
        pytest.param("Secretary-General", "The United Nations waits.", "UN", id="united-nations"),
        pytest.param("Secretary-General", "NATO and the UN wait.", "", id="two-organisations"),
        pytest.param("UN Secretary-General", "NATO waits.", "UN", id="in-the-role-itself"),
        pytest.param("", "NATO waits.", "", id="no-role"),
        pytest.param("Secretary-General", "", "", id="no-text"),
    ],
)
def test_an_international_office_is_of_the_organisation_named(role: str, text: str, organisation: str) -> None:
    assert of_organisation(Speaker("Jane Roe", name="Jane Roe", role=role), text).organisation == organisation
