"""Ready comparisons beside a data set: offered when they can be followed, said when not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.io.comparisons import read_comparisons

HEADER = b"title,question,link\n"


@pytest.mark.parametrize(
    ("data", "n_offered", "codes"),
    [
        pytest.param(HEADER + b"A,Why?,/compare?actor=USA.RUS\n", 1, [], id="offered"),
        pytest.param(HEADER + b"A,,https://evil.test/compare?x\n", 0, ["side-row-left-out"], id="other-host"),
        pytest.param(HEADER + b"A,,javascript:alert(1)\n", 0, ["side-row-left-out"], id="script"),
        pytest.param(HEADER + b",Why?,/compare?actor=USA\n", 0, ["side-row-left-out"], id="no-title"),
        pytest.param(b"\xff\xfe,b,/compare?x\n" * 3, 0, ["table-unreadable"], id="no-text"),
        pytest.param(b"", 0, ["table-unreadable"], id="empty"),
    ],
)
def test_what_cannot_be_followed_is_said_and_not_offered(data: bytes, n_offered: int, codes: list[str], tmp_path: Path) -> None:
    (tmp_path / "comparisons.csv").write_bytes(data)
    offered, problems = read_comparisons(tmp_path)
    assert len(offered) == n_offered
    assert [problem.code for problem in problems] == codes


def test_none_is_no_problem(tmp_path: Path) -> None:
    assert read_comparisons(tmp_path) == ((), ())
