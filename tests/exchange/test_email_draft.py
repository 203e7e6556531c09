from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cmdesk.errors import Problem
from cmdesk.exchange.email_draft import draft

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
TO, FILE = "diane@brenner.example", "Update 2026-03-09.pdf"


def read(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=default)


def test_opens_as_a_draft_to_one_person_with_the_pdf() -> None:
    data = draft(TO, PDF, FILE, sent=date(2026, 3, 9))
    message = read(data)
    assert message["X-Unsent"] == "1"
    assert message["To"] == TO
    assert message["Subject"] == "Update, March 9, 2026"
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_filename() == FILE
    assert attached.get_payload(decode=True) == PDF
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998


def test_says_nothing_a_postcard_should_not() -> None:
    message = read(draft(TO, PDF, FILE, sent=date(2026, 3, 9)))
    assert {"date", "message-id", "from", "cc", "bcc"}.isdisjoint(map(str.lower, message.keys()))
    body = message.get_body()
    assert body is not None
    said = f"{message['Subject']} {body.get_content()}".lower()
    for word in ("maya", "brenner", "diane", "health", "treatment", "part 2", "consent", "client"):
        assert word not in said


def test_in_spanish() -> None:
    data = draft(TO, PDF, FILE, sent=date(2026, 3, 9), language="es-US")
    message = read(data)
    assert message["Subject"] == "Actualización, 9 de marzo de 2026"
    body = message.get_body()
    assert body is not None
    assert body.get_content().split("\r\n")[0] == "Buenos días:"
    assert "El PDF adjunto está protegido. " in body.get_content()
    assert data.isascii()
    plain = read(draft(TO, PDF, FILE, locked=False, language="es-US"))
    assert plain["Subject"] == "Actualización"


@pytest.mark.parametrize(("locked", "help_given"), [(True, True), (False, False)])
def test_help_with_opening_is_for_locked_files(locked: bool, help_given: bool) -> None:
    body = read(draft(TO, PDF, FILE, locked=locked)).get_body()
    assert body is not None
    assert ("password" in body.get_content()) is help_given


@pytest.mark.parametrize(
    "to",
    [
        "",
        "diane",
        "diane@",
        "@brenner.example",
        "a@b@c",
        "diane@brenner.example\r\nBcc: evil@evil.example",
        "diane@brenner.example\nX: y",
        "diane@brenner.example, kevin@park.example",
        "Diane <diane@brenner.example>",
        "diane @brenner.example",
        "di\0ane@brenner.example",
        "diane@brenner.example\u2028Bcc: x@y.example",
        ".@.",
    ],
)
def test_refuses_what_is_not_one_address(to: str) -> None:
    with pytest.raises(Problem):
        draft(to, PDF, FILE)


@given(some.text(max_size=40))
def test_no_address_adds_a_header(junk: str) -> None:
    try:
        data = draft(f"{junk}@brenner.example", PDF, FILE)
    except Problem:
        return
    headers = {name.lower() for name in read(data)}
    assert headers == {"x-unsent", "to", "subject", "mime-version", "content-type"}


@pytest.mark.parametrize(
    "name", ["", "letter", "../letter.pdf", "a\r\nb.pdf", "a\\b.pdf", "x" * 200 + ".pdf"]
)
def test_refuses_odd_file_names(name: str) -> None:
    with pytest.raises(Problem):
        draft(TO, PDF, name)


def test_an_address_with_accents_goes_through() -> None:
    assert "ren\u00e9e@brenner.example" in draft("ren\u00e9e@brenner.example", PDF, FILE).decode()
    assert read(draft(TO, PDF, FILE)).policy != SMTP
