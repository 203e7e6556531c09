import io
import threading
import zipfile
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.errors import Cancelled, Problem
from cmdesk.exchange import (
    intake,
    left_out,
    nppes,
    nppes_archive,
    nppes_file,
    nppes_names,
    provider_rows,
)
from cmdesk.exchange.choosing import Choice, Survey
from cmdesk.exchange.providers_csv import is_npi
from cmdesk.exchange.result import Result
from cmdesk.models.person import Address, ContactPoint, Person
from cmdesk.models.provider import Organisation, Professional
from cmdesk.store.store import Store
from tests.exchange.conftest import Rows
from tests.exchange.npi import HEADER, npi, row

NAME: Final = "npidata_pfile_20050523-20261109.csv"
NEW_YORK: Final = Choice(states=frozenset({"NY"}))
TESS: Final = row(
    npi=npi(1), entity="1", family="O'NEILL", given="TESS", credentials="LCSW, ", state="NY",
    street="12 COURT ST", city="BROOKLYN", zip="112010042", phone="7185550142", fax="7185550143",
    taxonomy="104100000X", second="1041C0700X", second_is_primary="Y",
)  # fmt: skip
STILL: Final = row(
    npi=npi(2), entity="2", name="STILLWATER RIDGE LLC", state="NY", city="ALBANY", zip="12203",
    street="1 MILL RD", phone="5185550100", taxonomy="324500000X", parent="RIDGE HEALTH INC",
)  # fmt: skip
ELSEWHERE: Final = row(
    npi=npi(3), entity="2", name="FAR AWAY", state="CA", mailing_state="NY", taxonomy="324500000X"
)
DENTIST: Final = row(npi=npi(4), entity="1", family="DOE", state="NY", taxonomy="122300000X")


def bring_in(store: Store, text: str, choice: Choice = NEW_YORK, name: str = NAME) -> Result:
    data = text.encode()
    return store.do("Import", nppes.bring_in, io.BytesIO(data), len(data), name, choice)


def test_people_and_organisations_of_a_state_come_in(store: Store, rows: Rows) -> None:
    data = HEADER + TESS + STILL + ELSEWHERE + DENTIST
    assert bring_in(store, data) == Result("nppes", 2, 0, 0, ())
    (person,), (work,), (program,) = rows(Person), rows(Professional), rows(Organisation)
    assert (person["given_name"], person["family_name"]) == ("Tess", "O'Neill")
    assert (person["credentials"], person["job_title"]) == ("LCSW", "Clinical social worker")
    assert (work["role"], work["npi"], work["mine"]) == ("therapist", npi(1), False)
    assert work["taxonomies"] == ["1041C0700X", "104100000X"]
    assert work["source_as_of"] == program["source_as_of"] == date(2026, 11, 9)
    assert (program["name"], program["parent_name"]) == ("Stillwater Ridge LLC", "Ridge Health Inc")
    assert (program["mine"], program["sud_program"], program["npi"]) == (False, True, npi(2))
    assert [place["zip"] for place in rows(Address)] == ["12203", "11201-0042"]
    points = [(each["kind"], each["value"]) for each in rows(ContactPoint)]
    assert ("fax", "(718) 555-0143") in points
    assert ("work", "(518) 555-0100") in points
    assert bring_in(store, data) == Result("nppes", 0, 0, 2, ())


def test_a_later_edition_is_followed_until_something_is_typed_here(
    store: Store, rows: Rows
) -> None:
    bring_in(store, HEADER + TESS + STILL)
    later = HEADER + TESS.replace("7185550142", "7185550199") + STILL.replace("ALBANY", "TROY")
    name = NAME.replace("1109", "1207")
    assert bring_in(store, later, name=name) == Result("nppes", 0, 2, 0, ())
    assert rows(Professional)[0]["source_as_of"] == date(2026, 12, 7)

    def retitle(session: Session) -> None:
        session.scalars(select(Person)).one().job_title = "My therapist"

    store.do("Change", retitle)
    result = bring_in(store, HEADER + TESS.replace("TESS", "THERESA") + STILL)
    assert "was changed here since" in result.skipped[0].why
    assert rows(Person)[0]["given_name"] == "Tess"


def add_tess(session: Session) -> None:
    tess = Person(given_name="Tess", family_name="O'Neill", job_title="Knows Maya")
    session.add(tess)
    session.flush()
    session.add(ContactPoint(person_id=tess.id, kind="work", value="718-555-0142"))


def test_someone_already_known_is_given_a_number_and_stays_mine(store: Store, rows: Rows) -> None:
    store.do("Add", add_tess)
    assert bring_in(store, HEADER + TESS) == Result("nppes", 0, 1, 0, ())
    (person,), (work,) = rows(Person), rows(Professional)
    assert (person["job_title"], work["npi"], work["mine"]) == ("Knows Maya", npi(1), True)
    assert bring_in(store, HEADER + TESS) == Result("nppes", 0, 0, 1, ())
    other = TESS.replace(npi(1), npi(9))
    assert bring_in(store, HEADER + other).added == 1  # two numbers are two people


def test_what_is_left_out_is_named(store: Store, rows: Rows) -> None:
    wrong = TESS.replace(npi(1), "1234567890")
    gone = row(npi=npi(5), entity="1", state="NY", taxonomy="1041C0700X", deactivated="01/02/2020")
    back = row(
        npi=npi(6), entity="1", family="BACK", state="NY", taxonomy="1041C0700X",
        deactivated="01/02/2020", reactivated="03/04/2021",
    )  # fmt: skip
    branch = STILL.replace(npi(2), npi(7))
    torn = '"1","NY\n' + "and so on\n" * 25
    data = HEADER + wrong + gone + back + STILL + STILL + branch + '"a","NY"\n' + torn
    result = bring_in(store, data)
    assert result.added == 2
    told = {each.line: each.why for each in result.skipped}
    assert "not a valid NPI" in told[2]
    assert "deactivated on 01/02/2020" in told[3]
    assert "twice" in told[6]
    assert "another NPI at this address" in told[7]
    assert "2 cells, the header has 330" in told[8]
    assert "never closed" in told[9]
    cut = store.do("Import", nppes.bring_in_data, (HEADER + "NY,a\rb\n" + DENTIST + STILL).encode())
    assert "taken apart" in cut.skipped[0].why
    assert not nppes_file.is_nppes(b"a\rb\n")
    blank = row(npi=npi(2), deactivated="05/06/2026") + row(npi=npi(8), deactivated="05/06/2026")
    store.do("Import", nppes.bring_in_data, (HEADER + TESS).encode())
    again = bring_in(store, HEADER + TESS + blank + row(npi=npi(1), deactivated="05/06/2026"))
    assert [each.line for each in again.skipped] == [5]
    assert "kept here" in again.skipped[0].why


def test_many_that_are_left_out_are_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(left_out, "TOLD", 1)
    result = bring_in(store, HEADER + TESS + TESS + TESS + '"NY"\n"NY"\n')
    told = [each.why for each in result.skipped if each.line is None]
    assert told == ["1 more rows could not be read.", "1 more NPIs that stand twice."]


def test_a_row_of_no_known_kind_of_provider_is_left_out(store: Store, rows: Rows) -> None:
    other = STILL.replace('"2","","","STILL', '"3","","","STILL')
    (told,) = bring_in(store, HEADER + TESS + other).skipped
    assert (told.line, "neither a person nor" in told.why) == (3, True)
    assert rows(Organisation) == []


def test_a_survey_counts_states_and_kinds_and_the_archive_is_read(
    store: Store, tmp_path: Path
) -> None:
    place = tmp_path / "NPPES.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("npidata_pfile_20050523-20261109_fileheader.csv", HEADER)
        archive.writestr(NAME, HEADER + TESS + STILL + ELSEWHERE + DENTIST)
    counted = Survey()
    assert nppes.survey(place, counted) == 4
    assert counted.states() == {"CA": 1, "NY": 2}
    assert counted.kinds(frozenset({"NY"}))["324500000X"] == 1
    result = store.do("Import", nppes.bring_in_file, place, Choice(frozenset({"CA"})))
    assert result.added == 1


def test_stopping_leaves_nothing(store: Store, rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    seen: list[float] = []

    def progress(part: float) -> None:
        seen.append(part)
        stop.set()

    monkeypatch.setattr(nppes_file, "LOOK", 1)
    data = (HEADER + TESS + STILL).encode()
    stream = io.BytesIO(data)
    with pytest.raises(Cancelled):
        store.do(
            "Import", nppes.bring_in, stream, len(data), NAME, NEW_YORK, progress, stop
        )  # fmt: skip
    assert 0 < seen[0] < 1
    monkeypatch.setattr(nppes_file, "LOOK", 5000)
    monkeypatch.setattr(provider_rows, "CHUNK", 1)
    with pytest.raises(Cancelled):
        store.do(
            "Import", nppes.bring_in, io.BytesIO(data), len(data), NAME, NEW_YORK, None, stop
        )  # fmt: skip
    assert rows(Person) == rows(Organisation) == []


def test_old_headers_wrong_encodings_and_cells_over_two_lines(store: Store, rows: Rows) -> None:
    header = HEADER.replace("Provider Sex Code", "Provider Gender Code").replace('"', "")
    plain = STILL.replace('"', "").replace("STILLWATER", "Niñez").encode("cp1252")
    two = row(
        npi=npi(9), entity="2", name="ELM", street="1 A ST\nFLOOR 2", state="NY",
        taxonomy="324500000X",
    )  # fmt: skip
    data = b"\xef\xbb\xbf" + header.encode() + plain + two.encode()
    assert intake.detect(data, "x") == "nppes"
    assert store.do("Import", intake.bring_in, data, None, NAME).added == 2
    assert rows(Organisation)[0]["name"].startswith("Niñez")
    assert rows(Address)[1]["street"] == "1 A St Floor 2"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "not the list of providers"),
        ("npi,entity_type_code\n1,2\n", "not the list of providers"),
        (HEADER, "in what was chosen"),
        (HEADER + ELSEWHERE, "in what was chosen"),
    ],
)
def test_what_can_not_be_used_is_said_in_one_sentence(store: Store, text: str, says: str) -> None:
    with pytest.raises(Problem, match=says):
        bring_in(store, text)


def test_a_file_that_ends_too_soon_or_holds_no_list_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="to its end"):
        store.do("Import", nppes.bring_in_file, tmp_path / "gone.csv")
    place = tmp_path / "other.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("readme.txt", "Hello")
    with pytest.raises(Problem, match="no list of providers"):
        store.do("Import", nppes.bring_in_file, place)


def test_names_and_numbers_are_written_to_be_read(store: Store, rows: Rows) -> None:
    bring_in(store, HEADER + TESS.replace("O'NEILL", "LEE").replace("TESS", "Jo Ann"))
    (person,) = rows(Person)
    assert (person["given_name"], person["family_name"]) == ("Jo Ann", "Lee")
    assert nppes_names.readable("ALDER HOUSE'S PLACE, LLC") == "Alder House's Place, LLC"
    assert nppes_names.readable("McLean Hospital") == "McLean Hospital"
    assert nppes_names.readable("NYU") == "NYU"
    assert nppes_names.telephone("2125550100") == "(212) 555-0100"
    assert nppes_names.telephone("+44 20 7946 0000") == "+44 20 7946 0000"
    assert nppes_archive.edition("list.csv") is None
    assert nppes_archive.edition("npidata_pfile_20050523-20261399.csv") is None
    assert nppes_file.is_nppes(HEADER.encode())
    assert not nppes_file.is_nppes(b"name,npi\n")
    assert is_npi(npi(123_456))
    assert not is_npi("123456789\u0663")  # a three, but none that another program knows
