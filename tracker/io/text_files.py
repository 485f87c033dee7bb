"""Text files of one speech each: bytes to text, and which files of a folder are leftovers of some program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from tracker.io.inputs import InputFile

_LEFTOVER = re.compile(r"(?:\._.*|\.DS_Store.*|\.Rhistory|\.RData|Thumbs\.db|desktop\.ini|\..*)", re.IGNORECASE)
_FOLDERS_OF_LEFTOVERS = frozenset({"__MACOSX", ".git", ".Rproj.user"})


def base_name(file: InputFile) -> str:
    """The name of the file itself, without the folders it lies in."""
    return PurePosixPath(file.name.replace("\\", "/")).name


def is_leftover(name: str) -> bool:
    """Whether a file was left by an operating system or a program and holds nothing of the data.

    >>> [is_leftover(name) for name in ("TXT/._USA_77_2022.txt", "__MACOSX/a.txt", ".DS_Store-to-UTF-8.txt", "USA_77_2022.txt")]
    [True, True, True, False]
    """
    path = PurePosixPath(name.replace("\\", "/"))
    return bool(_LEFTOVER.fullmatch(path.name)) or not _FOLDERS_OF_LEFTOVERS.isdisjoint(path.parts)


def text_of(data: bytes) -> tuple[str, str]:
    """The text of a file and its encoding: UTF-8, UTF-16 with its mark, else Windows-1252; ("", "") when it is none.

    >>> text_of("Côte d’Ivoire".encode("cp1252")), text_of(b"a\\x81"), text_of(b"\\x00\\x05\\x16")
    (('Côte d’Ivoire', 'Windows-1252'), ('', ''), ('', ''))
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        tried = (("utf-16", "UTF-16"),)
    elif b"\0" in data[:4096]:
        return "", ""
    else:
        tried = (("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252"))
    for codec, name in tried:
        try:
            return data.decode(codec), name
        except UnicodeDecodeError:
            continue
    return "", ""


def said_encodings(names: Sequence[str]) -> str:
    """The encodings of many files in words, each once.

    >>> said_encodings(["UTF-8", "Windows-1252", "UTF-8"])
    'UTF-8, Windows-1252'
    """
    return ", ".join(dict.fromkeys(names))
