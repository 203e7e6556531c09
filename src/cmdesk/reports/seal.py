"""Sealing a finished PDF: AES-256 (revision 6), opened by a password and by nothing else."""

from __future__ import annotations

import secrets
import unicodedata
from io import BytesIO

import pikepdf

from cmdesk.errors import Damaged, Problem, WrongSecret

# ISO 32000-2, 7.6.4.3.3: longer passwords are cut, and then a wrong one may open the file.
LONGEST_PASSWORD = 127  # bytes of UTF-8
REVISION = 6

# Requests to the viewer, not locks. Reading aloud must be allowed (ISO 14289-1, 7.16).
ALLOWED = pikepdf.Permissions(
    accessibility=True,
    extract=True,
    print_lowres=True,
    print_highres=True,
    modify_annotation=False,
    modify_assembly=False,
    modify_form=False,
    modify_other=False,
)


def seal(data: bytes, password: str) -> bytes:
    """Encrypt text, tags and metadata. Nobody knows the owner's password.

    The same file sealed twice differs: its key is random.
    """
    user = _prepared(password)
    lock = pikepdf.Encryption(
        user=user, owner=secrets.token_urlsafe(32), R=REVISION, allow=ALLOWED, metadata=True
    )
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(out, encryption=lock, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def opened(data: bytes, password: str) -> bytes:
    """Return the file without its lock, for looking at in memory alone.

    Raises WrongSecret if the password does not open it.
    """
    out = BytesIO()
    try:
        with pikepdf.open(BytesIO(data), password=_prepared(password)) as pdf:
            pdf.save(out)
    except pikepdf.PasswordError as wrong:
        raise WrongSecret("This password does not open the PDF.") from wrong
    return out.getvalue()


def open_test(data: bytes, password: str) -> int:
    """Prove that the file opens with this password and not without; return its pages.

    Raises WrongSecret if the password does not open it, Damaged if it is not properly sealed.
    """
    broken = Damaged("The PDF is not sealed as it should be.", "Please make it again.")
    if _opens_without(data):
        raise broken
    try:
        with pikepdf.open(BytesIO(data), password=_prepared(password)) as pdf:
            sealed = pdf.is_encrypted and pdf.encryption.R == REVISION
            heard = pdf.allow.accessibility
            pages = len(pdf.pages)
    except pikepdf.PasswordError as wrong:
        raise WrongSecret("This password does not open the PDF.") from wrong
    except pikepdf.PdfError as error:
        raise broken from error
    if not sealed or not heard:
        raise broken
    return pages


def _opens_without(data: bytes) -> bool:
    try:
        pikepdf.open(BytesIO(data)).close()
    except (pikepdf.PasswordError, pikepdf.PdfError):  # locked, or no PDF at all
        return False
    return True


def _prepared(password: str) -> str:
    """Bring a password to the form that viewers make of what is typed (RFC 4013, step 2)."""
    prepared = unicodedata.normalize("NFKC", password)
    if not prepared:
        raise Problem("A sealed PDF needs a password.")
    try:
        length = len(prepared.encode())
    except UnicodeEncodeError as broken:
        raise Problem("The password holds characters that can't be typed.") from broken
    if length > LONGEST_PASSWORD:
        raise Problem("The password is too long for a PDF.", "Please use at most 100 characters.")
    return prepared
