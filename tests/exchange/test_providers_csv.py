import contextlib
import threading
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.errors import Cancelled, Problem
from cmdesk.exchange import csv_table, providers_csv, service_key
from cmdesk.exchange.result import Result
from cmdesk.models.person import Address, ContactPoint
from cmdesk.models.provider import Organisation
from cmdesk.store.store import Store
from tests.exchange.conftest import Rows

LOCATOR: Final = (
    '"","name1","name2","street1","street2","city","state","zip","zip4","county","phone",'
    '"intake_prompt","intake1","intake2","website","latitude","longitude","type_facility"\n'
)
ALDER: Final = (
    '"1","Alder House","Behavioral Health","60 Elm Avenue","Suite 2","Waterbury","CT",6708,2460,'
    '"New Haven","860-555-0100","Intakes","860-555-0101 x301","860-555-0102","http://alder.example",'
    '41.56,-73.06,"MH"\n'
)


def bring_in(store: Store, text: str) -> Result:
    return store.do("Import", providers_csv.bring_in, text.encode())


def test_a_row_of_the_locator_goes_in_whole(store: Store, rows: Rows) -> None:
    assert bring_in(store, LOCATOR + ALDER) == Result("providers-csv", 1, 0, 0, ())
    (program,) = rows(Organisation)
    assert (program["name"], program["name2"]) == ("Alder House", "Behavioral Health")
    assert (program["source"], program["facility_type"]) == ("SAMHSA mental-health directory", "MH")
    assert program["sud_program"] is False
    assert (program["latitude"], program["longitude"]) == (41.56, -73.06)
    (address,) = rows(Address)
    assert (address["zip"], address["street2"], address["county"]) == (
        "06708-2460", "Suite 2", "New Haven",
    )  # fmt: skip
    points = [(point["value"], point["label"]) for point in rows(ContactPoint)]
    assert points == [
        ("860-555-0100", ""),
        ("860-555-0101 x301", "Intake"),
        ("860-555-0102", "Intake 2"),
    ]


def test_a_second_time_changes_nothing(store: Store, rows: Rows) -> None:
    bring_in(store, LOCATOR + ALDER)
    before = rows(Organisation), rows(ContactPoint), rows(Address)
    assert bring_in(store, LOCATOR + ALDER) == Result("providers-csv", 0, 0, 1, ())
    assert (rows(Organisation), rows(ContactPoint), rows(Address)) == before


def test_undo_takes_the_directory_out_again(store: Store, rows: Rows) -> None:
    bring_in(store, LOCATOR + ALDER)
    store.undo()
    assert rows(Organisation) == rows(ContactPoint) == rows(Address) == []


def test_the_2017_list_has_codes_and_intake_numbers(store: Store, rows: Rows) -> None:
    text = (
        "Year,Page,Center_name,Street_address,City,State,Postal_code,Phone,Keys\n"
        "2017,9,Birch Center,1 Oak St,Albany,NY,12203,"
        "(518) 555-0100 Intakes: (518) 555-0101 (518) 555-0102x7,SA DT RES\n"
    )
    assert bring_in(store, text).added == 1
    (program,) = rows(Organisation)
    assert program["service_codes"] == ["SA", "DT", "RES"]
    assert program["sud_program"] is True
    points = [(point["value"], point["label"]) for point in rows(ContactPoint)]
    assert points == [
        ("(518) 555-0100", ""),
        ("(518) 555-0101", "Intake"),
        ("(518) 555-0102x7", "Intake 2"),
    ]


@pytest.mark.parametrize(
    ("codes", "substance_use"), [("MH*OP", False), ("SA*MH*OP", True), ("OP*RES", True)]
)
def test_the_national_directory_names_what_it_treats(
    store: Store, rows: Rows, codes: str, *, substance_use: bool
) -> None:
    header = "name1,name2,street1,street2,city,state,zip,phone,intake1,intake1a,service_code_info\n"
    bring_in(store, f"{header}Cedar,,2 Pine,,Salem,MA,1970,978-555-0100,,,{codes}\n")
    (program,) = rows(Organisation)
    assert program["service_codes"] == codes.split("*")
    assert program["sud_program"] is substance_use  # not said = yes: it fails closed
    assert rows(Address)[0]["zip"] == "01970"


def test_plain_lists_need_only_a_name(store: Store, rows: Rows) -> None:
    header = "\ufeffNAME; Phone ;E-Mail;ZIP code;NPI;Kind\n"
    text = header + "Dogwood;555-0100;a@d.example;;1234567893;practice\n"
    assert bring_in(store, text).added == 1
    (program,) = rows(Organisation)
    assert (program["npi"], program["kind"]) == ("1234567893", "practice")
    assert [point["kind"] for point in rows(ContactPoint)] == ["work", "e_mail"]


@pytest.mark.parametrize(
    ("code", "state", "zip4", "mended"),
    [
        ("6708", "CT", "2460", "06708-2460"),
        ("601", "PR", "", "00601"),
        ("6708", "CA", "", "6708"),  # no state whose codes begin with 0: left as it is
        ("12201", "NY", "NA", "12201"),
        ("12201", "NY", "45", "12201-0045"),
        ("67082460", "CT", "", "06708-2460"),
        ("6708-2460", "CT", "", "06708-2460"),
        ("122012460", "NY", "", "12201-2460"),
        ("", "CT", "2460", ""),
        ("SW1A 1AA", "", "", "SW1A1AA"),
    ],
)
def test_zip_codes_get_their_zeros_back(code: str, state: str, zip4: str, mended: str) -> None:
    assert providers_csv.mended_zip(code, state, zip4) == mended


@pytest.mark.parametrize("number", ["1234567893", "1993999998", "1558598797", "1245319599"])
def test_npi_check_digits(number: str) -> None:
    assert providers_csv.is_npi(number)
    assert not providers_csv.is_npi(number[:-1] + str((int(number[-1]) + 1) % 10))


def test_a_wrong_npi_is_left_out_and_told(store: Store, rows: Rows) -> None:
    result = bring_in(store, "name,npi,city\nElm,1234567890,Troy\n")
    assert result.added == 1
    assert result.skipped[0].line == 2
    assert rows(Organisation)[0]["npi"] is None


def test_a_later_row_of_the_same_program_fills_gaps_only(store: Store, rows: Rows) -> None:
    text = (
        "name,street,city,state,zip,phone,website,fax\n"
        "Fir House,1 Main St,Troy,NY,12180,555-0100,,\n"
        "FIR  HOUSE,1 main st,Troy,NY,12180,555-0199,http://fir.example,555-0101\n"
    )
    assert bring_in(store, text) == Result("providers-csv", 1, 0, 0, ())
    assert rows(Organisation)[0]["website"] == "http://fir.example"
    assert [point["value"] for point in rows(ContactPoint)] == ["555-0100", "555-0101"]
    assert bring_in(store, text) == Result("providers-csv", 0, 0, 1, ())


def test_a_new_edition_is_followed_where_nothing_was_changed_here(store: Store, rows: Rows) -> None:
    bring_in(store, LOCATOR + ALDER)
    edition = ALDER.replace("860-555-0100", "860-555-0999").replace("alder", "alderhouse")
    assert bring_in(store, LOCATOR + edition) == Result("providers-csv", 0, 1, 0, ())
    assert rows(ContactPoint)[0]["value"] == "860-555-0999"
    assert rows(Organisation)[0]["website"] == "http://alderhouse.example"
    assert bring_in(store, LOCATOR + ALDER).updated == 1


def rename_website(session: Session) -> None:
    session.scalars(select(Organisation)).one().website = "https://typed-here.example"


def test_what_was_typed_here_stays_and_is_told(store: Store, rows: Rows) -> None:
    bring_in(store, LOCATOR + ALDER)
    store.do("Change", rename_website)
    assert bring_in(store, LOCATOR + ALDER) == Result("providers-csv", 0, 0, 1, ())
    edition = LOCATOR + ALDER.replace("http://alder.", "http://alderhouse.")
    for _ in range(2):
        result = bring_in(store, edition)
        assert (result.updated, result.unchanged) == (0, 0)
        assert result.skipped[0].line == 2
        assert "changed here since" in result.skipped[0].why
        assert "website" in result.skipped[0].why
    assert rows(Organisation)[0]["website"] == "https://typed-here.example"


def test_the_same_number_written_otherwise_is_no_difference(store: Store) -> None:
    bring_in(store, LOCATOR + ALDER)
    plain = (
        "name,name2,street,street2,city,state,zip,phone\n"
        "Alder House,Behavioral Health,60 Elm Avenue,Suite 2,Waterbury,CT,06708,(860) 555-0100\n"
    )
    assert bring_in(store, plain) == Result("providers-csv", 0, 0, 1, ())
    other = bring_in(store, plain.replace("0100", "0199"))
    assert "another source" in other.skipped[0].why
    assert "phone" in other.skipped[0].why


def add_by_hand(session: Session) -> None:
    program = Organisation(name="Gum Tree", notes="Kind people")
    session.add(program)
    session.flush()
    session.add(
        Address(organisation_id=program.id, street="3 Bay St", city="Rye", state="NY", zip="10580")
    )


def test_a_program_entered_by_hand_is_found_by_its_address(store: Store, rows: Rows) -> None:
    store.do("Add", add_by_hand)
    text = "name,street,city,state,zip,phone\nGum Tree,3 Bay St,Rye,NY,10580,914-555-0100\n"
    assert bring_in(store, text) == Result("providers-csv", 0, 1, 0, ())
    (program,) = rows(Organisation)
    assert program["notes"] == "Kind people"
    assert rows(ContactPoint)[0]["value"] == "914-555-0100"


def test_ref_and_npi_identify_before_the_address(store: Store, rows: Rows) -> None:
    bring_in(store, "ref,npi,name,city\no-1,,Hazel,Troy\n,1234567893,Ivy,Troy\no-2,,Hazel,Troy\n")
    assert len(rows(Organisation)) == 3
    result = bring_in(
        store, "ref,npi,name,city\no-1,,Hazel House,Troy\n,1234567893,Ivy Center,Rye\n"
    )
    assert (result.added, result.updated) == (0, 2)
    assert [each["name"] for each in rows(Organisation)] == ["Hazel House", "Ivy Center", "Hazel"]


def test_unreadable_rows_are_told_and_the_rest_goes_in(store: Store) -> None:
    result = bring_in(store, "name,city\nA,Troy\n,Troy\nB\nC,Troy\n")
    assert result.added == 2
    assert [(each.line, bool(each.why)) for each in result.skipped] == [(3, True), (4, True)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,city\n", "nothing below"),
        ("name,city\n,Troy\n", "Row 2"),
        ("a,b\n1,2\n", "no column"),
    ],
)
def test_no_usable_row_is_a_problem(store: Store, text: str, says: str) -> None:
    with pytest.raises(Problem, match=says):
        bring_in(store, text)


def test_stopping_leaves_nothing_behind(store: Store, rows: Rows) -> None:
    stop = threading.Event()
    seen: list[float] = []

    def progress(part: float) -> None:
        seen.append(part)
        stop.set()

    text = "name,city\n" + "".join(f"Program {n},Troy\n" for n in range(2500))
    with pytest.raises(Cancelled):
        store.do("Import", providers_csv.bring_in, text.encode(), progress, stop)
    assert seen == [0.4]
    assert rows(Organisation) == []


@given(st.binary(max_size=500))
def test_any_bytes_are_taken_or_refused_in_words(data: bytes) -> None:
    table = b"name,city,zip,phone,npi,latitude\n" + data
    with contextlib.suppress(Problem, ReachedTheRecordsError):
        providers_csv.bring_in(NoSession(), table)  # pyright: ignore[reportArgumentType] - see there


class ReachedTheRecordsError(Exception):
    """The table was read to its end."""


class NoSession:
    """Stands where the records would: what reading a table needs them for is an error."""

    def execute(self, *_: object) -> None:
        raise ReachedTheRecordsError


def programs(session: Session) -> int:
    return session.scalar(select(func.count(Organisation.id))) or 0


@pytest.mark.unmeasured
def test_the_real_mental_health_directory(store: Store, real_data: Path) -> None:
    data = (real_data / "samhsa-mental-health.csv").read_bytes()
    assert store.do("Import", providers_csv.bring_in, data) == Result(
        "providers-csv", 11_033, 0, 0, ()
    )
    assert store.ask(programs) == 11_033
    assert store.do("Import", providers_csv.bring_in, data) == Result(
        "providers-csv", 0, 0, 11_033, ()
    )


def test_the_real_substance_use_directory(store: Store, real_data: Path) -> None:
    data = (real_data / "samhsa-substance-use-2017-codes.csv").read_bytes()
    result = store.do("Import", providers_csv.bring_in, data)
    assert result.added > 2600
    assert all("names no program" in each.why for each in result.skipped)
    assert store.do("Import", providers_csv.bring_in, data).unchanged == result.added


def test_the_codes_of_the_real_directory_have_words(real_data: Path) -> None:
    data = (real_data / "samhsa-substance-use-2017-codes.csv").read_bytes()
    rows = [row for row in csv_table.read(data).rows() if isinstance(row, csv_table.Row)]
    counted = Counter(code for row in rows for code in row.first("keys").split())
    often = {code for code, number in counted.items() if number >= 10}
    # Below ten rows stand words of neighbours too, which ran into the codes when the book was
    # turned into a table.
    assert often - set(service_key.usual()) == set()
    seldom = {"DUO", "N13", "N18"} & set(counted)
    assert {service_key.usual()[code] for code in seldom} == {
        "Serves only DUI/DWI clients", "Language: Hopi", "Language: Lakota",
    }  # fmt: skip


def test_a_national_entry_in_ones_own_list_becomes_mine(store: Store, rows: Rows) -> None:
    bring_in(store, LOCATOR + ALDER)
    assert rows(Organisation)[0]["mine"] is False
    own = "name,name2,street,street2,city,state,zip\n"
    own += "Alder House,Behavioral Health,60 Elm Avenue,Suite 2,Waterbury,CT,06708\n"
    assert bring_in(store, own).unchanged == 1
    assert rows(Organisation)[0]["mine"] is True
    bring_in(store, LOCATOR + ALDER)
    assert rows(Organisation)[0]["mine"] is True


def test_the_2017_list_has_its_year_and_facets(store: Store, rows: Rows) -> None:
    text = "Year,Center_name,City,State,Postal_code,Phone,Keys\n"
    bring_in(
        store, text + "2017,Birch,Albany,NY,12203,518-555-0100,SA RES MD CBT ADLT FEM Street\n"
    )
    (birch,) = rows(Organisation)
    assert (birch["source_as_of"], birch["mine"]) == (date(2017, 12, 31), False)
    assert (birch["levels_of_care"], birch["takes"]) == (["mh:residential"], ["medicaid"])
    assert (birch["modalities"], birch["age_groups"]) == (["cbt"], ["adult"])
    assert (birch["gender_groups"], birch["verified_on"]) == (["female"], None)
