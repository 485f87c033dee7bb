"""How the work for a text grows with its length, measured as a ratio: no test asserts seconds."""

from __future__ import annotations

import time
from collections.abc import Callable

N_TIMES, MOST = 4, 2.5


def growth(work: Callable[[int], object], n: int, clock: Callable[[], float] = time.process_time) -> float:
    """Processor time for 4n over four times that for n, the least of three: about 1 when it grows with n, 4 with its square.

    ``work`` is given the length. Times below a hundredth of a second count as one: they say nothing. ``clock`` gives seconds.

    >>> spent = [0.0]
    >>> growth(lambda n: spent.append(spent[-1] + n * n), 10, clock=lambda: spent[-1])
    4.0
    """

    def seconds(length: int) -> float:
        begun = clock()
        work(length)
        return clock() - begun

    work(n // N_TIMES)
    small, large = (max(0.01, min(seconds(length) for _ in range(3))) for length in (n, n * N_TIMES))
    return large / small / N_TIMES


def grows_with_its_length(work: Callable[[int], object], n: int, clock: Callable[[], float] = time.process_time) -> bool:
    """Whether work grows with the length it is given, and not with its square; tried again once on a busy machine.

    >>> spent = [0.0]
    >>> [grows_with_its_length(lambda n: spent.append(spent[-1] + n**power), 10, lambda: spent[-1]) for power in (1, 2)]
    [True, False]
    """
    return growth(work, n, clock) < MOST or growth(work, n, clock) < MOST
