"""Text cut at UTF-16 positions, as Java and JavaScript count them: a character outside the basic plane counts twice."""

from __future__ import annotations

from dataclasses import dataclass, field

_LAST_OF_BASIC_PLANE = "\uffff"


@dataclass
class Utf16Text:
    """A text that can be cut at UTF-16 positions, as often as needed.

    >>> Utf16Text("a😀bc").cut(3, 5)
    'bc'
    """

    text: str
    units: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        is_basic = self.text.isascii() or max(self.text, default="") <= _LAST_OF_BASIC_PLANE
        self.units = b"" if is_basic else self.text.encode("utf-16-le", "surrogatepass")

    @property
    def length(self) -> int:
        """How many UTF-16 units the text has."""
        return len(self.units) // 2 or len(self.text)

    def cut(self, start: int, stop: int) -> str | None:
        """The text from one position up to another; ``None`` when they do not lie in it, or cut a character in two."""
        if not 0 <= start < stop <= self.length:
            return None
        if not self.units:
            return self.text[start:stop]
        if self._is_inside_character(start) or self._is_inside_character(stop):
            return None
        return self.units[2 * start : 2 * stop].decode("utf-16-le", "surrogatepass")

    def _is_inside_character(self, position: int) -> bool:
        before, after = self.units[2 * position - 2 : 2 * position], self.units[2 * position : 2 * position + 2]
        return len(before) == len(after) == 2 and before[1] & 0xFC == 0xD8 and after[1] & 0xFC == 0xDC
