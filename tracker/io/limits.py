"""How much a file may hold before it is refused; checked before memory is spent on it."""

from __future__ import annotations

MAX_FILE_BYTES = 200_000_000
MAX_TEXT_BYTES = 480_000_000
"""Delimited text, which is read line by line."""
MAX_LINE_CHARACTERS = 32_000_000
MAX_RECORDS = 1_000_000
MAX_FOLDER_FILES = 200_000
MAX_COLUMNS = 500
MAX_CELL_CHARACTERS = 1_000_000
MAX_HEADER_SEARCH = 20
"""Rows looked at to find the header below titles and notes."""

MAX_DATE_CHARACTERS = 60
MAX_WARNINGS_OF_A_KIND = 200
"""Warnings of one code that are kept one by one; the rest are counted in one more."""

MAX_UNPACKED_BYTES = 200_000_000
MAX_ARCHIVE_RATIO = 200
"""How many bytes one packed byte may become."""
MAX_ARCHIVE_MEMBERS = 5_000
MAX_JSON_BYTES = 100_000_000
"""Less than other files: JSON is held whole, several times over."""
MAX_NESTING = 64
"""Levels of elements in XML."""
