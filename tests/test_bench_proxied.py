"""The configuration of nginx that is measured is that of the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.proxied import configuration
from tests.house_rules import ROOT

_DOCUMENTED = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")


def test_visitors_come_to_every_process_by_the_documented_server(tmp_path: Path) -> None:
    made = configuration(_DOCUMENTED, [7001, 7002, 7003], 7000, tmp_path)
    assert [f"server 127.0.0.1:{port};" in made for port in (7001, 7002, 7003, 8501)] == [True, True, True, False]
    assert "listen 127.0.0.1:7000;" in made and 'proxy_set_header Connection "upgrade";' in made
    assert made.count("{") == made.count("}")
    assert "ip_hash;" not in made


def test_a_documentation_without_it_is_said() -> None:
    with pytest.raises(ValueError, match=r"docs/scale\.md"):
        configuration("# Larger tables", [1], 2, Path())
