from pathlib import Path
from typing import Final

import pytest

from cmdesk.errors import Problem
from cmdesk.exchange import bringing, column_mapping
from cmdesk.exchange.bringing import Finding, Looked
from cmdesk.exchange.column_mapping import LEFT_OUT, PEOPLE, PROGRAMS
from cmdesk.exchange.written import numbers_in
from cmdesk.models.person import Address, ContactPoint, Person
from cmdesk.models.provider import Organisation
from cmdesk.store.store import Store
from tests.exchange.conftest import Rows
from tests.exchange.npi import HEADER
from tests.exchange.test_samhsa_xlsx import BIRCH, made

LIST: Final = (
    "House,Where,Town,Land,Cipher,Ring,Also ring,Said\n"
    "Alder House,1 Elm St,Salem,MA,1970,978-555-0100 / 978-555-0101 x7,978-555-0102,Kind\n"
    "Alder House,1 Elm St,Salem,MA,1970,,,\n"
    ",2 Oak St,Salem,MA,1970,,,\n"
    "Birch Place,3 Fir St,Troy,NY,218,,,\n"
)


def looked(tmp_path: Path, text: str | bytes, name: str = "list.csv") -> Looked:
    place = tmp_path / name
    place.write_bytes(text.encode() if isinstance(text, str) else text)
    return bringing.look(place)


def mapping_of(found: Looked, target: str, **fields: str) -> tuple[str, ...]:
    """Map columns as a user does, one after the other."""
    assert found.table is not None
    mapping = column_mapping.guess(found.table.columns, target)
    for column, code in fields.items():
        place = found.table.columns.index(column)
        mapping = column_mapping.chosen(mapping, place, code, target)
    return mapping


def test_columns_nobody_knows_are_mapped_by_hand(store: Store, rows: Rows, tmp_path: Path) -> None:
    found = looked(tmp_path, LIST)
    assert (found.kind, found.target) == ("providers-csv", PROGRAMS)
    mapping = mapping_of(found, PROGRAMS, where="street", town="city", land="state", cipher="zip")
    assert not column_mapping.names_something(mapping, PROGRAMS)
    with pytest.raises(Problem, match="names a program"):
        store.do("Import", bringing.bring_in, found, PROGRAMS, mapping)
    mapping = mapping_of(
        found, PROGRAMS, house="name", where="street", town="city", land="state", cipher="zip",
        ring="phone", also_ring="phone", said="notes",
    )  # fmt: skip
    preview = bringing.preview(found, PROGRAMS, mapping)
    assert preview.count == 2
    phones = "978-555-0100, 978-555-0101 x7, 978-555-0102"
    assert preview.rows[0] == ("Alder House", "1 Elm St, Salem, MA 01970", phones, "")
    assert set(preview.findings) == {
        Finding("This row names no program.", 1, (4,)),
        Finding("An earlier row names the same program; only gaps are filled.", 1, (3,)),
        Finding("ZIP codes get their first zero back.", 3, (2, 3, 4)),
        Finding("The ZIP code is too short; it stays as it is.", 1, (5,)),
        Finding("Two numbers stand in one field; both are kept.", 1, (2,)),
    }
    result = store.do("Import", bringing.bring_in, found, PROGRAMS, mapping)
    assert (result.added, len(result.skipped)) == (2, 1)
    alder = rows(Organisation)[0]
    assert (alder["notes"], alder["mine"]) == ("Kind", True)
    labels = [(each["value"], each["label"]) for each in rows(ContactPoint)]
    assert labels == [
        ("978-555-0100", ""), ("978-555-0101 x7", "Line 2"), ("978-555-0102", "Line 3"),
    ]  # fmt: skip


def test_names_that_only_suggest_a_field_are_guessed(tmp_path: Path) -> None:
    found = looked(
        tmp_path, "Agency,Town,ST,Code,Call,Remark\nElm,Salem,MA,1970,518-555-0100,Kind\n"
    )
    mapping = mapping_of(found, PROGRAMS)
    assert mapping == ("name", "city", "state", "zip", "phone", "notes")
    (row,) = bringing.preview(found, PROGRAMS, mapping).rows
    assert row == ("Elm", "Salem, MA 01970", "518-555-0100", "")


def test_a_field_leaves_the_column_that_had_it_and_can_be_left_out(tmp_path: Path) -> None:
    found = looked(tmp_path, "name,city,website,web\nA,Troy,http://a,http://b\n")
    assert found.table is not None
    mapping = mapping_of(found, PROGRAMS)
    assert mapping == ("name", "city", "website", LEFT_OUT)
    mapping = mapping_of(found, PROGRAMS, web="website")
    assert mapping == ("name", "city", LEFT_OUT, "website")
    assert bringing.preview(found, PROGRAMS, mapping).rows[0][3] == "http://b"
    without = mapping_of(found, PROGRAMS, city=LEFT_OUT)
    assert bringing.preview(found, PROGRAMS, without).rows[0][1] == ""


def test_every_number_of_a_program_is_kept_however_many_columns_hold_one(
    store: Store, rows: Rows, tmp_path: Path
) -> None:
    columns = [f"ring{n}" for n in range(9)] + [f"door{n}" for n in range(7)]
    cells = [f"518-555-01{n:02}" for n in range(16)]
    text = f"name,phone_2,{','.join(columns)}\nElm,518-555-0199,{','.join(cells)}\n"
    found = looked(tmp_path, text)
    fields = {each: "phone" if each.startswith("ring") else "intake1" for each in columns}
    mapping = mapping_of(found, PROGRAMS, **fields)
    shown = bringing.preview(found, PROGRAMS, mapping).rows[0][2]
    assert shown.split(", ") == cells  # but for the one of a column that is left out
    store.do("Import", bringing.bring_in, found, PROGRAMS, mapping)
    points = {each["value"]: each["label"] for each in rows(ContactPoint)}
    assert list(points) == cells
    assert (points[cells[5]], points[cells[15]]) == ("Line 6", "Intake 7")


def test_every_number_of_a_person_is_kept_too(store: Store, rows: Rows, tmp_path: Path) -> None:
    columns, cells = [f"ring{n}" for n in range(14)], [f"518-555-01{n:02}" for n in range(14)]
    found = looked(tmp_path, f"given_name,{','.join(columns)}\nAda,{','.join(cells)}\n")
    mapping = mapping_of(found, PEOPLE, given_name="given_name", **dict.fromkeys(columns, "phone"))
    store.do("Import", bringing.bring_in, found, PEOPLE, mapping)
    assert [each["value"] for each in rows(ContactPoint)] == cells


def test_a_column_that_is_shown_as_left_out_is_not_read(tmp_path: Path) -> None:
    found = looked(tmp_path, "program,name,city\nElm,A wing,Troy\n")
    mapping = mapping_of(found, PROGRAMS)
    assert mapping == ("name", LEFT_OUT, "city")
    assert bringing.preview(found, PROGRAMS, mapping).rows[0][0] == "Elm"


def test_national_lists_stay_what_they_are(store: Store, rows: Rows, tmp_path: Path) -> None:
    text = "name1,city,state,zip,npi,service_code_info\nElm,Troy,NY,12180,1234567893,SA*RES\n"
    found = looked(tmp_path, text + "Elm 2,Troy,NY,12180,1234567893,SA\n")
    mapping = mapping_of(found, PROGRAMS)
    why = [each.why for each in bringing.preview(found, PROGRAMS, mapping).findings]
    assert why == ["The NPI stands in an earlier row; they are one."]
    store.do("Import", bringing.bring_in, found, PROGRAMS, mapping)
    (elm,) = rows(Organisation)
    assert (elm["source"], elm["levels_of_care"]) == (
        "SAMHSA National Directory", ["mh:residential"],
    )  # fmt: skip


def test_two_places_with_one_npi_both_come_in_once(
    store: Store, rows: Rows, tmp_path: Path
) -> None:
    """A house lists its one number for each of its places: none of them is swallowed."""
    found = looked(
        tmp_path,
        "name,street,city,npi\nElm,1 Main,Troy,1234567893\nElm,9 Oak,Rome,1234567893\n"
        "Elm,9 Oak,Rome,1234567893\nElm House,1 Main,Troy,1234567893\n",
    )
    mapping = mapping_of(found, PROGRAMS)
    shown = bringing.preview(found, PROGRAMS, mapping)
    assert shown.count == 2
    assert [(each.why, each.lines) for each in shown.findings] == [
        ("Its NPI stands in an earlier row at another place; both come in.", (3,)),
        ("The NPI stands in an earlier row; they are one.", (4, 5)),
    ]
    for added in (2, 0):
        result = store.do("Import", bringing.bring_in, found, PROGRAMS, mapping)
        assert (result.added, result.updated) == (added, 0)
    assert [row["npi"] for row in rows(Organisation)] == ["1234567893", None]
    assert [row["street"] for row in rows(Address)] == ["1 Main", "9 Oak"]


def test_people_are_mapped_too(store: Store, rows: Rows, tmp_path: Path) -> None:
    text = "Who,Firm,Ring,Ring 2,Reach,cell phone,Phone label\n"
    text += (
        "Ann Lee,Alder,978-555-0100 or 978-555-0103,978-555-0101,a@b.example,555-0102,x\n,,,,,,\n"
    )
    found = looked(tmp_path, text + ",Alder,,,,,\n")
    mapping = mapping_of(
        found, PEOPLE, who="name", firm="organisation", ring="phone", ring_2="phone", reach="email"
    )
    assert mapping[5:] == ("mobile", LEFT_OUT)
    preview = bringing.preview(found, PEOPLE, mapping)
    assert (preview.count, preview.rows[0][:2]) == (1, ("Ann Lee", "Alder"))
    assert preview.rows[0][3] == "a@b.example"
    assert [each.lines for each in preview.findings] == [(4,)]
    assert store.do("Import", bringing.bring_in, found, PEOPLE, mapping).added == 1
    numbers = {each["value"] for each in rows(ContactPoint)}
    assert numbers == {
        "978-555-0100", "978-555-0103", "978-555-0101", "a@b.example", "555-0102",
    }  # fmt: skip
    nobody = mapping_of(found, PEOPLE)
    with pytest.raises(Problem, match="names a person"):
        store.do("Import", bringing.bring_in, found, PEOPLE, nobody)


CARDS: Final = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lee;Ann;;;\r\nFN:Ann Lee\r\nORG:Alder House\r\n"
    "TEL;TYPE=WORK:978-555-0100\r\nADR;TYPE=WORK:;;1 Elm St;Salem;MA;01970;\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Birch Place\r\nORG:Birch Place\r\nEND:VCARD\r\n"
)


def test_cards_are_people_or_programs_as_the_user_says(
    store: Store, rows: Rows, tmp_path: Path
) -> None:
    found = looked(tmp_path, CARDS, "book.vcf")
    assert (found.kind, found.target) == ("vcard", PEOPLE)
    people = bringing.preview(found, PEOPLE, ())
    address = "1 Elm St, Salem, MA, 01970"
    assert people.rows[0] == ("Ann Lee", "Alder House", "978-555-0100", "", address)
    programs = bringing.preview(found, PROGRAMS, ())
    assert [row[0] for row in programs.rows] == ["Alder House", "Birch Place"]
    assert store.do("Import", bringing.bring_in, found, PROGRAMS, ()).added == 2
    assert [row["notes"] for row in rows(Organisation)] == ["Ann Lee", ""]
    assert rows(Person) == []
    assert rows(Address)[0]["zip"] == "01970"
    assert store.do("Import", bringing.bring_in, found, PROGRAMS, ()).unchanged == 2
    assert store.do("Import", bringing.bring_in, found, PEOPLE, ()).added == 2


def test_what_a_file_is_is_seen_before_it_is_read(tmp_path: Path) -> None:
    assert looked(tmp_path, HEADER, "npi.csv").kind == "nppes"
    book = looked(tmp_path, made(BIRCH), "su 2025.xlsx")
    assert book.kind == "providers-xlsx"
    assert book.directory is not None
    assert looked(tmp_path, '{"format": "cmdesk-practice", "version": 1}', "p.json").table is None


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not a file"),
        (b"Dear Nora\n", "no columns"),
    ],
)
def test_what_can_not_be_used_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(Problem, match=says):
        looked(tmp_path, data)


def test_too_large_or_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Problem, match="can’t be read"):
        bringing.look(tmp_path / "gone.csv")
    monkeypatch.setattr(bringing, "LARGEST", 3)
    with pytest.raises(Problem, match="512 MB"):
        looked(tmp_path, LIST)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("518-555-0100", ["518-555-0100"]),
        ("518-555-0100 x7", ["518-555-0100 x7"]),
        ("(518) 555-0100; 518.555.0101 ext 9", ["(518) 555-0100", "518.555.0101 ext 9"]),
        ("518-555-0100 or 518-555-0101", ["518-555-0100", "518-555-0101"]),
        ("518-555-0100 day 518-555-0101", ["518-555-0100 day 518-555-0101"]),
        ("ask", ["ask"]),
    ],
)
def test_numbers_are_parted_only_where_nothing_else_is_said(text: str, numbers: list[str]) -> None:
    assert numbers_in(text) == numbers
