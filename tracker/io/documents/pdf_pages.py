"""Run as a program of its own: a PDF on standard input, the text of its pages as JSON on standard output.

A process of its own, because a PDF made to hurt can take all memory or never end; this one may take only so much.
"""

from __future__ import annotations

import io
import json
import sys
import warnings

MAX_PAGES = 500
MAX_CHARACTERS = 5_000_000
MAX_MEMORY_BYTES = 1_000_000_000
MAX_SECONDS = 30


def limit_this_process() -> None:
    """Gives this process so much memory and time and no files to write, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the caller still ends it after so many seconds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def pages_of(data: bytes) -> dict[str, object]:
    """The texts of the pages with title and day of making, or ``{"why": …}`` with the code of why there are none."""
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"why": "encrypted"}
        n_pages = len(reader.pages)
        if n_pages > MAX_PAGES:
            return {"why": "pages", "n": n_pages}
        texts: list[str] = []
        for page in reader.pages:
            texts.append(page.extract_text() or "")
            if sum(map(len, texts)) > MAX_CHARACTERS:
                return {"why": "long"}
        about = reader.metadata or {}
        return {"pages": texts, "title": str(about.get("/Title") or "")[:2000], "created": str(about.get("/CreationDate") or "")[:40]}
    except FileNotDecryptedError:
        return {"why": "encrypted"}
    except MemoryError:
        return {"why": "memory"}
    except Exception:  # whatever a library meets in a damaged file, the document cannot be read
        return {"why": "damaged"}


def main() -> None:
    """Reads, limits itself, and answers in one line."""
    data = sys.stdin.buffer.read()
    warnings.simplefilter("ignore")
    limit_this_process()
    sys.stdout.write(json.dumps(pages_of(data)))


if __name__ == "__main__":
    main()
