"""An e-mail draft with the letter attached: sent by hand, and saying nothing by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from typing import TYPE_CHECKING

from cmdesk.errors import Problem
from cmdesk.letter_words import ENGLISH, standing
from cmdesk.words import N_

if TYPE_CHECKING:
    from datetime import date

# One address, and nothing a header could be smuggled in with (RFC 5322, 3.4.1, without comments).
PART = r"(?!\.)[^\s@,;:<>()\[\]\\\"\x00-\x20\x7f]+(?<!\.)"
ADDRESS = re.compile(f"{PART}@{PART}")
# What every system takes for a name, and no half characters or marks that turn the rest around.
FILE_NAME = re.compile(
    r"[^/\\:*?\"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]{1,120}\.pdf",
    re.IGNORECASE,
)

OPENING_HELP = N_(
    "The attached PDF is locked. Save it, open it, and type the password you have from me. "
    "If your mail program can't show it, please open it in a PDF viewer."
)
ATTACHED = N_("The update is in the attached PDF.")


def draft(
    to: str,
    pdf: bytes,
    file_name: str,
    *,
    sent: date | None = None,
    locked: bool = True,
    language: str = ENGLISH,
) -> bytes:
    """Make an .eml file that mail programs open for sending (X-Unsent), in the letter's language.

    It names nobody, and no health matter: it is as open as a postcard. No Date and no Message-ID,
    which belong to whoever sends it. Raises Problem for an address or file name that can't be used.
    """
    words = standing(language)
    subject = words.tr("Update, {day}").format(day=words.day(sent)) if sent else words.tr("Update")
    body = "\n\n".join([words.tr("Hello,"), words.tr(OPENING_HELP if locked else ATTACHED)]) + "\n"
    message = EmailMessage(policy=SMTP if to.isascii() else SMTPUTF8)
    message["X-Unsent"] = "1"
    message["To"] = _address(to)
    message["Subject"] = subject
    # Accents go as plain signs: not every way to a mailbox takes others.
    message.set_content(body, cte="7bit" if body.isascii() else "quoted-printable")
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=_neutral(file_name))
    return message.as_bytes()


@dataclass(frozen=True, slots=True)
class Words:
    """What a draft says, to be copied into a mail program that does not open the file."""

    to: str
    subject: str
    body: str


def words(data: bytes) -> Words:
    """Read the words of a draft that was made here."""
    message = message_from_bytes(data, policy=SMTPUTF8)
    text = message.get_body(("plain",))
    body = str(text.get_content()) if text else ""
    return Words(str(message["To"]), str(message["Subject"]), body)


def _address(to: str) -> Address:
    if not ADDRESS.fullmatch(to):
        raise Problem("This is not one e-mail address.", "Please correct it under People.")
    name, _, domain = to.rpartition("@")
    try:
        return Address(username=name, domain=domain)
    except (ValueError, IndexError) as odd:  # the parser's own, for what only looks like one
        raise Problem("This is not one e-mail address.", "Please correct it under People.") from odd


def _neutral(file_name: str) -> str:
    if not FILE_NAME.fullmatch(file_name):
        raise Problem("The PDF can't be attached under this name.", "Please choose a plain name.")
    return file_name
