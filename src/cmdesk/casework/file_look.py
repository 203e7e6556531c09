"""A look into a file before it is kept: a PDF or a picture, how long, locked or damaged."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from cmdesk.errors import Problem
from cmdesk.rules.document_draft import PDF, media_type

LARGEST: Final = 25 * 1024 * 1024  # bytes
TRAILER: Final = 1024  # bytes at the end of a PDF in which its end is marked


@dataclass(frozen=True, slots=True)
class Looked:
    """`pages` are counted in a PDF that opens; `locked` is one with a password."""

    media_type: str
    pages: int | None = None
    locked: bool = False
    damaged: bool = False


def look(content: bytes) -> Looked:
    """Tell by its content what a file is; its name is not believed.

    Raises Problem for what is empty, too large, or neither a PDF nor a picture.
    """
    if not content:
        raise Problem("This file is empty.", "Choose a file with something in it.")
    refuse_large(len(content))
    kind = media_type(content)
    if kind is None:
        raise Problem("Only PDF and pictures can be kept here.", "Save it as a PDF first.")
    return _pdf(content) if kind == PDF else Looked(kind)


def refuse_large(size: int) -> None:
    """Raise Problem for more than 25 MB, given in bytes; asked before a file is read."""
    if size > LARGEST:
        raise Problem("This file is larger than 25 MB.", "Save it smaller, or in parts.")


def _pdf(content: bytes) -> Looked:
    # The library of PDFs is loaded with the first file, not with the window.
    import pikepdf  # noqa: PLC0415

    broken = (
        *(pikepdf.PdfError, pikepdf.DataDecodingError, pikepdf.ForeignObjectError),
        *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError),
    )  # a damaged file fails in the library in as many ways
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError:
        return Looked(PDF, locked=True)
    except broken:
        return Looked(PDF, damaged=True)
    return Looked(PDF, pages or None, damaged=not pages or b"%%EOF" not in content[-TRAILER:])
