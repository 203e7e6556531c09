"""What a file is told by: its bytes, its name, and the form that describes it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules import document_draft
from cmdesk.rules.contact_codes import DocumentType
from cmdesk.rules.document_draft import DocumentForm, described, faults

TODAY = date(2026, 3, 9)
SOUND = DocumentForm("Insurance card", dated=date(2026, 1, 2), received_on=TODAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, None),
        ({"expires_on": date(2026, 1, 2)}, None),
        ({"dated": None, "expires_on": date(2020, 1, 1)}, None),
        ({"received_on": None}, None),
        ({"title": "  "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"received_on": date(2026, 3, 10)}, "received_on"),
        ({"expires_on": date(2026, 1, 1)}, "expires_on"),
    ],
)
def test_faults_stand_at_their_field(changes: dict[str, object], field: str | None) -> None:
    found = faults(replace(SOUND, **changes), TODAY)
    assert list(found) == ([field] if field else [])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 and more", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n..", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"II*\x00", "image/tiff"),
        (b"MM\x00*", "image/tiff"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", None),
        (b"PK\x03\x04", None),
        (b"MZ a program called scan.pdf", None),
        (b"", None),
    ],
)
def test_bytes_tell_the_kind(content: bytes, kind: str | None) -> None:
    assert document_draft.media_type(content) == kind
    assert kind is None or kind in document_draft.ENDINGS


@pytest.mark.parametrize(
    ("name", "title", "kind", "dated"),
    [
        ("insurance-card_front.JPG", "Insurance card front", "insurance_card", None),
        ("Discharge summary 2026-02-03.pdf", "Discharge summary", "discharge_summary", (2, 3)),
        ("20260203.pdf", "20260203", "other", (2, 3)),
        ("court order 20261231.pdf", "Court order", "legal", None),  # a day that is still to come
        ("scan 2026-13-05.pdf", "Scan 2026 13 05", "other", None),
        (r"C:\Users\ana\IEP.pdf", "IEP", "education", None),
        ("identity.png", "Identity", "other", None),
    ],
)
def test_the_name_tells_what_it_can(
    name: str, title: str, kind: str, dated: tuple[int, int] | None
) -> None:
    form = described(name, TODAY)
    assert (form.title, form.type) == (title, DocumentType(kind))
    assert form.dated == (date(2026, *dated) if dated else None)
    assert form.received_on == TODAY


@given(st.text(max_size=300), st.binary(max_size=20))
def test_no_name_and_no_bytes_are_too_odd(name: str, content: bytes) -> None:
    form = described(name, TODAY)
    assert set(faults(form, TODAY)) <= {"title"}
    document_draft.media_type(content)
