from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.exchange import vcard
from cmdesk.exchange.card import PersonCard
from cmdesk.exchange.card_lines import Card, cards
from cmdesk.exchange.result import Result, Skipped
from cmdesk.models.person import Address, ContactPoint, Person
from cmdesk.models.provider import Organisation
from cmdesk.store.store import Store
from tests.exchange.conftest import Rows

TESS = """
    BEGIN:VCARD
    VERSION:3.0
    UID:tess-1
    N:Holloway;Tess;;Dr.;
    FN:Dr. Tess Holloway
    ORG:Stillwater Ridge;Clinical
    TITLE:Therapist
    item1.TEL;type=pref:+1 518 555 0120
    item1.X-ABLabel:_$!<Direct>!$_
    TEL;TYPE=FAX,WORK:+1 518 555 0121
    EMAIL;TYPE=INTERNET:tess@stillwater.example
    ADR;TYPE=WORK:;Suite 4;9 Ridge Road;Saugerties;NY;12477;USA
    BDAY:1981-04-02
    NOTE:Prefers mornings\\, before ten\\; not Fridays
    END:VCARD
"""


def card(text: str, **changes: str) -> bytes:
    plain = dedent(text).strip() + "\n"
    for old, new in changes.items():
        plain = plain.replace(old, new)
    return plain.replace("\n", "\r\n").encode()


def read(data: bytes) -> list[PersonCard | Skipped]:
    return [each if isinstance(each, Skipped) else vcard._person(each) for each in cards(data)]


def one(text: str) -> PersonCard:
    (found,) = read(card(text))
    assert isinstance(found, PersonCard), found
    return found


def bring_in(store: Store, data: bytes) -> Result:
    return store.do("Import", vcard.bring_in, data)


def test_a_card_goes_in_whole(store: Store, rows: Rows) -> None:
    assert bring_in(store, card(TESS)) == Result("vcard", 1, 0, 0, ())
    (person,) = rows(Person)
    assert (person["given_name"], person["family_name"]) == ("Tess", "Holloway")
    assert (person["credentials"], person["job_title"]) == ("Dr.", "Therapist, Clinical")
    assert person["born"] == date(1981, 4, 2)
    assert person["notes"] == "Prefers mornings, before ten; not Fridays"
    assert person["card_uid"] == "tess-1"
    assert rows(Organisation)[0]["name"] == "Stillwater Ridge"
    points = [(each["kind"], each["value"], each["label"]) for each in rows(ContactPoint)]
    assert points == [
        ("mobile", "+1 518 555 0120", "Direct"),
        ("fax", "+1 518 555 0121", ""),
        ("e_mail", "tess@stillwater.example", ""),
    ]
    (address,) = rows(Address)
    assert (address["street"], address["street2"], address["state"]) == (
        "9 Ridge Road", "Suite 4", "NY",
    )  # fmt: skip


def test_a_second_time_changes_nothing(store: Store, rows: Rows) -> None:
    bring_in(store, card(TESS))
    before = rows(Person), rows(ContactPoint), rows(Address), rows(Organisation)
    assert bring_in(store, card(TESS)) == Result("vcard", 0, 0, 1, ())
    assert (rows(Person), rows(ContactPoint), rows(Address), rows(Organisation)) == before


def test_quoted_printable_over_lines_and_bare_parameters() -> None:
    found = one("""
        BEGIN:VCARD
        VERSION:2.1
        N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=96rn;Zo=C3=
        =AB;;;
        TEL;CELL;PREF:555-0100
        TEL;HOME;VOICE:555-0101
        NOTE;ENCODING=QUOTED-PRINTABLE:One=0D=0A=
        Two\\three, four
        PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ
         SkZJRgAB

        END:VCARD
    """)
    assert (found.given_name, found.family_name) == ("Zoë", "Örn")
    assert [(each.kind, each.value) for each in found.points] == [
        ("mobile", "555-0100"),
        ("home", "555-0101"),
    ]
    assert found.notes == "One\nTwo\\three, four"


def test_version_4_telephone_addresses() -> None:
    found = one("""
        begin:vcard
        VERSION:4.0
        FN:Simon Perreault
        N:Perreault;Simon;;;ing. jr,M.Sc.
        TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+1-418-555-0154;ext=102
        BDAY:--0203
        END:vcard
    """)
    assert found.points[0].kind == "work"
    assert found.points[0].value == "+1-418-555-0154 x102"
    assert found.suffix == "ing. jr, M.Sc."
    assert found.born is None


def test_folded_lines_are_joined_and_bare_commas_lose_nothing() -> None:
    found = one("""
        BEGIN:VCARD
        VERSION:3.0
        FN:Ann
         a Lee
        NOTE:First, second; third
         , fourth
        TITLE:Nurse, night shift
        END:VCARD
    """)
    assert (found.given_name, found.family_name) == ("Anna", "Lee")
    assert found.notes == "First, second; third, fourth"
    assert found.job_title == "Nurse, night shift"


def test_windows_letters_of_version_2_are_read() -> None:
    data = card("BEGIN:VCARD\nVERSION:2.1\nN:@;A;;;\nTEL:1\nEND:VCARD").replace(b"@", b"M\xfcller")
    (found,) = read(data)
    assert isinstance(found, PersonCard)
    assert found.family_name == "Müller"


def test_joined_letters_stay_and_odd_spaces_are_spaces() -> None:
    found = one("BEGIN:VCARD\nVERSION:4.0\nN:Zoe\u200cLee;Ann\u00a0Lee\x07;;;\nEND:VCARD")
    assert (found.given_name, found.family_name) == ("Ann Lee", "Zoe\u200cLee")


def test_letters_that_are_half_a_letter_are_left_out(store: Store, rows: Rows) -> None:
    text = "BEGIN:VCARD\nVERSION:3.0\nFN;CHARSET=raw-unicode-escape:A\\ud800nn\nEND:VCARD\n"
    assert bring_in(store, card(text)).added == 1
    assert rows(Person)[0]["given_name"] == "Ann"


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b""])
def test_byte_order_marks_are_no_hindrance(store: Store, start: bytes) -> None:
    assert bring_in(store, start + card(TESS)).added == 1


def test_utf_16_is_read(store: Store) -> None:
    assert bring_in(store, card(TESS).decode().encode("utf-16")).added == 1


def test_without_a_uid_name_and_number_identify(store: Store, rows: Rows) -> None:
    plain = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nTEL:{}\nEMAIL:{}\nEND:VCARD"
    bring_in(store, card(plain.format("(518) 555-0100", "ann@a.example")))
    again = bring_in(store, card(plain.format("+1 518 555 0100", "new@a.example")))
    assert (again.added, again.updated) == (0, 1)
    assert {each["value"] for each in rows(ContactPoint)} >= {"ann@a.example", "new@a.example"}
    other = bring_in(store, card(plain.format("555-0199", "another@a.example")))
    assert other.added == 1


def test_two_uids_are_two_people(store: Store) -> None:
    text = "BEGIN:VCARD\nVERSION:3.0\nUID:{}\nFN:Ann Lee\nTEL:5550100\nEND:VCARD\n"
    assert bring_in(store, card(text.format("a") + text.format("b"))).added == 2


def rename(session: Session) -> None:
    session.scalars(select(Person)).one().job_title = "Lead therapist"


def test_what_was_typed_here_stays_and_is_told(store: Store, rows: Rows) -> None:
    bring_in(store, card(TESS))
    store.do("Change", rename)
    result = bring_in(store, card(TESS, Therapist="Director"))
    assert result.skipped[0].line == 1
    assert "job title" in result.skipped[0].why
    assert rows(Person)[0]["job_title"] == "Lead therapist"


def test_unchanged_people_follow_their_card(store: Store, rows: Rows) -> None:
    bring_in(store, card(TESS))
    assert bring_in(store, card(TESS, Therapist="Director")) == Result("vcard", 0, 1, 0, ())
    assert bring_in(store, card(TESS, Therapist="Chief")) == Result("vcard", 0, 1, 0, ())
    assert rows(Person)[0]["job_title"] == "Chief, Clinical"


GOOD = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nEND:VCARD\n"


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("BEGIN:VCARD\nVERSION:3.0\nFN;CHARSET=KLINGON:x\nEND:VCARD\n", "broken letters"),
        ("BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;QUOTED-PRINTABLE:=80;\nEND:VCARD\n", "broken"),
        ("BEGIN:VCARD\nVERSION:3.0\nFN;CHARSET=zlib:x\nEND:VCARD\n", "broken letters"),
        ("BEGIN:VCARD\nVERSION:3.0\nFN;CHARSET=idna:xn--a\nEND:VCARD\n", "broken letters"),
        ("BEGIN:VCARD\nVERSION:3.0\nTITLE:Nobody\nEND:VCARD\n", "no name"),
        ("BEGIN:VCARD\nVERSION:3.0\nFN:Cut short\n", "END:VCARD"),
        ("VERSION:3.0\nFN:No beginning\nEND:VCARD\n", "BEGIN:VCARD is missing"),
        ("BEGIN:VCARD\nFN:" + "x" * 1_000_001 + "\nEND:VCARD\n", "1 MB"),
        ("BEGIN:VCARD\n" + "TEL:1\n" * 2001 + "END:VCARD\n", "2,000 lines"),
    ],
)
def test_a_bad_card_costs_itself_only(store: Store, rows: Rows, bad: str, why: str) -> None:
    result = bring_in(store, card(GOOD + bad + GOOD.replace("Lee", "Poe")))
    assert result.added == 2
    (told,) = result.skipped
    assert told.line == 5
    assert why in told.why


def test_a_broken_lesser_line_is_told_and_the_card_goes_in(store: Store, rows: Rows) -> None:
    text = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nORG;CHARSET=KLINGON:x\nEND:VCARD\n"
    result = bring_in(store, card(text))
    assert result.added == 1
    assert "ORG" in result.skipped[0].why


@pytest.mark.parametrize(
    "bomb",
    [
        b"PHOTO;ENCODING=b:" + b"A" * 10_000_000,
        b"NOTE:x\r\n" + b" \r\n" * 500_000,
        b"PHOTO:x\r\n" + b" A\r\n" * 500_000,
        b"FN;" + b"TYPE=a;" * 20_000 + b":x",
        b"FN" + b';a="' * 20_000,
        b"BEGIN:VCARD\r\n" * 2_000,
    ],
)  # fmt: skip
def test_bombs_are_survived(bomb: bytes) -> None:
    found = read(b"BEGIN:VCARD\r\nFN:Ann\r\n" + bomb + b"\r\nEND:VCARD\r\n")
    assert found


@pytest.mark.parametrize("data", [b"BEGIN:VCARD\n", b"\xff\xfeB", b"BEGIN:VCARD\nEND:VCARD\n"])
def test_no_usable_card_is_a_problem(store: Store, data: bytes) -> None:
    with pytest.raises(Problem):
        bring_in(store, data)


WHOLE = (
    b"BEGIN:VCARD", b"END:VCARD", b"VERSION:2.1", b"VERSION:4.0", b"N:A;B", b"ADR:;;a;b",
    b" folded",
    b"TEL;CELL:1", b"ORG:;;", b"BDAY:20010231", b"N;ENCODING=QUOTED-PRINTABLE:=",
)  # fmt: skip
STARTS = (b"N:", b"FN:", b"ADR:", b"ORG:", b"NOTE:", b"TEL;", b"a.EMAIL;x=", b"UID:", b"LANG:")


def started(name: bytes, value: bytes) -> bytes:
    return name + value


begun = st.builds(started, st.sampled_from(STARTS), st.binary(max_size=40))
lines = st.lists(st.binary(max_size=60) | st.sampled_from(WHOLE) | begun, max_size=25)


@given(lines, st.sampled_from([b"\n", b"\r\n", b"\r"]))
def test_any_lines_are_cards_or_reasons(parts: list[bytes], end: bytes) -> None:
    for each in cards(b"BEGIN:VCARD" + end + end.join(parts) + end + b"END:VCARD"):
        if isinstance(each, Card):
            vcard._person(each)


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("John_Doe_ANDROID.vcf", 6),
        ("John_Doe_GMAIL.vcf", 1),
        ("John_Doe_MAC_ADDRESS_BOOK.vcf", 1),
        ("John_Doe_MS_OUTLOOK.vcf", 1),
        ("gmail-list.vcf", 3),
        ("outlook-2007.vcf", 1),
        ("rfc2426-example.vcf", 2),
        ("rfc6350-example.vcf", 1),
    ],
)
def test_real_address_books(store: Store, real_data: Path, name: str, people: int) -> None:
    data = (real_data / "vcards" / name).read_bytes()
    first = bring_in(store, data)
    assert (first.added, first.updated) == (people, 0)
    again = bring_in(store, data)
    assert (again.added, again.updated, again.unchanged) == (0, 0, people)
