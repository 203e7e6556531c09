"""How large a workbook would be once it is read, told before anything is made room for.

The reader lays a sheet out as a full grid: one cell far out, which takes a few bytes in the file,
would ask for more memory than any computer has.
"""

import io
import re
import zipfile
from typing import Final

from cmdesk.errors import Problem

LARGEST: Final = 300_000_000  # bytes unpacked; a national directory has some 30 million
MOST_CELLS: Final = 4_000_000  # of a sheet; a national directory has some 200,000
_PIECE: Final = 1 << 20
_OVERLAP: Final = 64  # bytes: no address of a cell is longer
_ADDRESS: Final = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{0,8})(\d{1,20})""")
_CELL: Final = re.compile(rb"<(?:\w+:)?c[\s>/]")
_ROW: Final = re.compile(rb"<(?:\w+:)?row[\s>/]")


def require(data: bytes) -> None:
    """Read every part once, a piece at a time. Problem when it is too much, BadZipFile if hurt."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        listed = archive.infolist()
        if sum(each.file_size for each in listed) > LARGEST:
            raise _too_large()
        for each in listed:
            is_sheet = each.filename.startswith("xl/worksheets/")
            rows, columns = _measured(archive, each, is_sheet=is_sheet)
            if rows * columns > MOST_CELLS:
                raise _too_large()


def _measured(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, is_sheet: bool
) -> tuple[int, int]:
    """Return how far down and how far right the cells of a sheet stand."""
    rows = columns = rows_seen = cells_seen = 0
    rest = b""
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            if not is_sheet:
                continue  # read all the same: what is longer than it says is found so
            text = rest + piece
            for letters, number in _ADDRESS.findall(text):
                rows, columns = max(rows, int(number)), max(columns, _column(letters))
            rows_seen += len(_ROW.findall(text))
            cells_seen += len(_CELL.findall(text))
            rest = text[-_OVERLAP:]
    # Cells without an address follow one another, so their number bounds the row they are in.
    unplaced = cells_seen if columns == 0 else 0
    return rows + rows_seen, columns + (unplaced // max(rows_seen, 1)) + 1


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - ord("A") + 1
    return number


def _too_large() -> Problem:
    return Problem("This workbook is too large to be read.", "Save the one sheet as CSV.")
