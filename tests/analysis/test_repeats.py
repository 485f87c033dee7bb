"""What stands in a data set twice."""

from __future__ import annotations

import pytest

from tests.analysis.corpora import corpus_of
from tests.factory import statement
from tracker.analysis import repeats as module
from tracker.analysis.corpus import Corpus
from tracker.analysis.repeats import repeats
from tracker.core.selection import Selection

LONG = "Synthetic words " * 20


@pytest.mark.parametrize(
    ("other", "groups"),
    [
        pytest.param({}, (("a", "b"),), id="the-same"),
        pytest.param({"quote": LONG + "."}, (), id="another-end"),
        pytest.param({"quote": LONG[:100] + "S" + LONG[101:]}, (), id="another-letter-in-the-middle"),
        pytest.param({"position": "Synthetic"}, (), id="another-position"),
        pytest.param({"issue_id": "other-issue"}, (), id="another-issue"),
        pytest.param({"document_url": "https://example.org/other"}, (), id="another-document"),
        pytest.param({"note": "Synthetic"}, (("a", "b"),), id="another-note-only"),
    ],
)
def test_what_is_the_same_under_another_id(other: dict[str, str], groups: tuple[tuple[str, ...], ...]) -> None:
    told = {"quote": LONG, "issue_id": "an-issue", "document_url": "https://example.org/one"}
    with corpus_of(statement("a", "2016-07", **told), statement("b", "2016-07", **told | other), statement("c", "2016")) as corpus:
        found = repeats(corpus)
    assert (found.groups, found.n_statements, found.has_more) == (groups, 2 * len(groups), False)


def test_only_what_is_selected_and_never_without_words(varied: Corpus) -> None:
    same = [statement(name, "2016-07-28", quote=LONG) for name in ("a", "b", "c")]
    silent = [statement(name, "2016-07-28", quote="", position="") for name in ("d", "e")]
    with corpus_of(*same, *silent) as corpus:
        assert repeats(corpus).groups == (("a", "b", "c"),)
        assert repeats(corpus, Selection().including("actor", "no-such-actor")).groups == ()


def test_there_may_be_more_than_are_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_LISTED", 1)
    pairs = [statement(f"{n}-{m}", "2016-07-28", quote=f"Synthetic {n}") for n in (1, 2) for m in (1, 2)]
    with corpus_of(*pairs) as corpus:
        found = repeats(corpus)
    assert (found.groups, found.has_more) == ((("1-1", "1-2"),), True)
