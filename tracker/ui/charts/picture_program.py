"""Run as a program of its own: a Vega-Lite specification on standard input, its picture on standard output.

A process of its own, because drawing holds the interpreter for as long as it takes, and everybody else would wait.
"""

from __future__ import annotations

import os
import sys

MAX_SECONDS = 30
_NICENESS = 10
SCALE = 2.0
FORMS = ("svg", "png")


def limit_this_process() -> None:
    """Gives this process so much time, after everybody who waits for a page, and no files to write, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the caller still ends it after so many seconds
        return
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def picture_of(spec: str, form: str) -> bytes:
    """The picture of a specification that holds its rows; it may load nothing, from here or elsewhere."""
    import vl_convert

    if form == "png":
        return vl_convert.vegalite_to_png(spec, scale=SCALE, allowed_base_urls=[])
    return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]).encode("utf-8")


if __name__ == "__main__":
    limit_this_process()
    sys.stdout.buffer.write(picture_of(sys.stdin.buffer.read().decode("utf-8"), sys.argv[1]))
