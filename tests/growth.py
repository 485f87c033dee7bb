"""How the work for a text grows with its length, measured as a ratio: no test asserts seconds."""

from __future__ import annotations

import time
from collections.abc import Callable

N_TIMES, MOST = 4, 2.5


def growth(work: Callable[[int], object], n: int) -> float:
    """Processor time for 4n over four times that for n, the least of three: about 1 when it grows with n, 4 with its square.

    ``work`` is given the length. Times below a hundredth of a second count as one: they say nothing.

    >>> growth(lambda n: [bytes(n * 100).count(1) for _ in range(n)], 600) > MOST
    True
    """

    def seconds(length: int) -> float:
        begun = time.process_time()
        work(length)
        return time.process_time() - begun

    work(n // N_TIMES)
    small, large = (max(0.01, min(seconds(length) for _ in range(3))) for length in (n, n * N_TIMES))
    return large / small / N_TIMES


def grows_with_its_length(work: Callable[[int], object], n: int) -> bool:
    """Whether work grows with the length it is given, and not with its square; tried again once on a busy machine.

    >>> grows_with_its_length(lambda n: sum(range(n * 100)), 5_000)
    True
    """
    return growth(work, n) < MOST or growth(work, n) < MOST
