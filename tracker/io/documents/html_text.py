"""The text of a page: its article without what stands around it, or everything people see of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker.io.documents.html_blocks import MOSTLY_LINKS, Block, blocks_of

_SHARE_OF_MAIN = 0.5
_MOST_BESIDE = 1 / 3
_LINKS_IN_A_ROW = 3
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "title"})


def html_text(markup: str) -> str:
    """All text of a piece of HTML that people see, paragraphs apart by blank lines, line breaks kept.

    Raises FileRefused for what is too long or nested too deeply.

    >>> html_text("<p>3 &lt; 5 &amp; <b>so</b> on</p><script>alert(1)</script>One<br/>two")
    '3 < 5 & so on\\n\\nOne\\ntwo'
    """
    return _joined(blocks_of(markup).blocks)


def article_text(markup: str) -> tuple[str, tuple[tuple[str, int], ...]]:
    """The text of a page's article, and what was left out of the page, with how often.

    The smallest <main>, <article> or articleBody that holds half of the text is taken for the article, else all of the
    page. Navigation, what names of classes call so while it is less than a third, and three or more links in a row without
    other words, are no part of it. Nothing else is weighed: rather a line too many than a statement lost.

    >>> article_text("<nav>Home</nav><main><h1>Title</h1><p>She said yes.</p></main><p>Imprint</p>")
    ('Title\\n\\nShe said yes.', (('outside the article', 1), ('navigation', 1)))
    """
    gathered = blocks_of(markup)
    left_out = Counter(gathered.left_out)
    area = _main_area(gathered.blocks)
    inside = [block for block in gathered.blocks if not area or area in block.areas]
    named = _without_beside(inside)
    kept = _without_link_lists(named)
    left_out["outside the article"] += len(gathered.blocks) - len(inside)
    left_out["navigation"] += len(inside) - len(named)
    left_out["lists of links"] += len(named) - len(kept)
    return _joined(kept), tuple((reason, n) for reason, n in sorted(left_out.items(), reverse=True) if n)


def _main_area(blocks: Sequence[Block]) -> int:
    """The innermost area that holds half of the text of the page; 0 when there is none."""
    sizes: Counter[int] = Counter()
    for block in blocks:
        for area in block.areas:
            sizes[area] += len(block.text) - block.n_linked
    whole = sum(len(block.text) - block.n_linked for block in blocks)
    large = [area for area, size in sizes.items() if size and size >= whole * _SHARE_OF_MAIN]
    return max(large, default=0)


def _without_beside(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without those that stand beside the article by name; all of them when that would be much of the text."""
    n_beside = sum(len(block.text) - block.n_linked for block in blocks if block.is_beside)
    whole = sum(len(block.text) - block.n_linked for block in blocks)
    has_title = any(block.is_beside and block.tag == "h1" for block in blocks)
    return list(blocks) if has_title or n_beside > whole * _MOST_BESIDE else [block for block in blocks if not block.is_beside]


def _without_link_lists(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without runs of three or more that are nothing but links."""
    kept: list[Block] = []
    run: list[Block] = []
    for block in [*blocks, Block("", "", 0, ())]:
        if block.text and block.tag not in _HEADINGS and block.n_linked >= len(block.text.replace("\n", "")) * MOSTLY_LINKS:
            run.append(block)
            continue
        kept += run if len(run) < _LINKS_IN_A_ROW else []
        run = []
        kept.append(block)
    return kept[:-1]


def _joined(blocks: Sequence[Block]) -> str:
    return "\n\n".join(block.text for block in blocks)
