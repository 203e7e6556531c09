"""A file as it is described: what kind its bytes are, what it is, and from when it is over."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath, PureWindowsPath
from types import MappingProxyType
from typing import Final

from cmdesk.rules.contact_codes import DocumentType, Part2

PDF: Final = "application/pdf"
LONGEST_TITLE: Final = 200  # letters
_BEGINS: Final = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        PDF: ".pdf",
        "image/png": ".png",
        "image/jpeg": ".jpg",
        "image/tiff": ".tif",
        "image/gif": ".gif",
        "image/webp": ".webp",
    }
)
_DAY: Final = re.compile(r"(?<!\d)(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")
_TYPES: Final = (
    (("release", "consent", "roi"), DocumentType.RELEASE),
    (("agreement", "contract"), DocumentType.AGREEMENT),
    (("discharge",), DocumentType.DISCHARGE_SUMMARY),
    (("treatment plan", "care plan"), DocumentType.TREATMENT_PLAN),
    (("safety plan", "crisis plan"), DocumentType.SAFETY_PLAN),
    (("testing", "neuropsych"), DocumentType.PSYCH),
    (("assessment", "evaluation", "intake"), DocumentType.ASSESSMENT),
    (("lab", "labs", "toxicology"), DocumentType.LABS),
    (("insurance card",), DocumentType.INSURANCE_CARD),
    (("authorization", "approval"), DocumentType.AUTHORIZATION_LETTER),
    (("denial", "appeal"), DocumentType.DENIAL),
    (("custody", "guardianship"), DocumentType.CUSTODY),
    (("court", "order", "subpoena"), DocumentType.LEGAL),
    (("iep", "504", "school", "transcript"), DocumentType.EDUCATION),
    (("invoice",), DocumentType.INVOICE),
    (("receipt",), DocumentType.RECEIPT),
    (("letter",), DocumentType.CORRESPONDENCE),
    (("license", "licence", "passport", "id"), DocumentType.PHOTO_ID),
    (("advance directive", "living will"), DocumentType.ADVANCE_DIRECTIVE),
    (("medical", "prescription"), DocumentType.MEDICAL),
)


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """What is said of a file. `correspondent` is whom it came from, or went to."""

    title: str = ""
    type: str = DocumentType.OTHER
    dated: date | None = None
    received_on: date | None = None
    correspondent: str = ""
    part2: str = Part2.UNKNOWN
    expires_on: date | None = None
    version: int = 0


def faults(form: DocumentForm, today: date) -> dict[str, str]:
    """Map fields to what keeps the file from being kept so."""
    found: dict[str, str] = {}
    if not form.title.strip():
        found["title"] = "Give it a title to find it by."
    elif len(form.title.strip()) > LONGEST_TITLE:
        found["title"] = f"Keep the title under {LONGEST_TITLE} letters."
    if form.received_on and form.received_on > today:
        found["received_on"] = "It can\u2019t have come after today."
    if form.dated and form.expires_on and form.expires_on < form.dated:
        found["expires_on"] = "It would be over before its date."
    return found


def media_type(content: bytes) -> str | None:
    """Tell a PDF or a picture by its first bytes, never by its name; None is anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for begins, kind in _BEGINS if content.startswith(begins)), None)


def described(file_name: str, today: date) -> DocumentForm:
    """Read what a file's name tells: words for the title, a day, and what kind of paper it is."""
    name = PurePosixPath(PureWindowsPath(file_name).name)
    stem = name.stem
    dated = _day(stem)
    words = _DAY.sub(" ", stem) if dated else stem
    title = " ".join(re.sub(r"[_\-+]+", " ", words).split()) or stem.strip()
    kind = _type(title)
    return DocumentForm(
        title=(title[:1].upper() + title[1:])[:LONGEST_TITLE],
        type=kind,
        dated=dated if dated and dated <= today else None,
        received_on=today,
    )


def _day(stem: str) -> date | None:
    found = _DAY.search(stem)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _type(title: str) -> DocumentType:
    padded = f" {title.casefold()} "
    for words, kind in _TYPES:
        if any(f" {word} " in padded for word in words):
            return kind
    return DocumentType.OTHER
