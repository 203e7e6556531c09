import contextlib
import io
import threading
import zipfile
from datetime import date
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmdesk.errors import Cancelled, Problem
from cmdesk.exchange import intake, provider_rows, samhsa_xlsx, service_key, workbook_size
from cmdesk.exchange.choosing import Choice
from cmdesk.exchange.result import Result
from cmdesk.exchange.service_facets import Facets, facets_of
from cmdesk.models.person import Address, ContactPoint
from cmdesk.models.provider import Organisation
from cmdesk.store.store import Store
from tests.exchange.conftest import Rows
from tests.exchange.workbooks import Cell, workbook

HEADER: Final = (
    "name1", "name2", "street1", "street2", "city", "state", "zip", "phone", "intake1", "intake2",
    "intake1a", "intake2a", "service_code_info",
)  # fmt: skip
# Codes no edition uses: what they mean stands on the second sheet alone.
KEY: Final = (
    ("category_code", "category_name", "service_code", "service_name"),
    ("TC", "Type of Care", "Q1", "Substance use treatment"),
    ("SET", "Service Setting", "Q2", "Residential/24-hour residential"),
    ("SET", "Service Setting", "Q3", "Intensive outpatient treatment"),
    ("OM", "Opioid Medications used in Treatment", "Q4", "Buprenorphine used in Treatment"),
    ("PAY", "Payment Accepted", "Q5", "Private health insurance"),
    ("AGE", "Age Groups Accepted", "Q6", "Children/Adolescents"),
    ("SEX", "Gender Accepted", "Q7", "Female"),
    ("TAP", "Treatment Approaches", "Q8", "Dialectical behavior therapy"),
    ("OPT", "Type of Opioid Treatment", "Q9", "Accepts clients using MAT but prescribed elsewhere"),
    ("", "", "", ""),
)
BIRCH: Final[tuple[Cell, ...]] = (
    "Birch House", "Women\u2019s Program", "12 Mill Road", "", "Salem", "MA", 1970, "978-555-0100",
    "978-555-0101 x7", "", "", "", "Q1*Q2*Q4*Q5*Q6*Q7*Q8*Q9",
)  # fmt: skip
CEDAR: Final[tuple[Cell, ...]] = (
    "\ufeffCedar Clinic", "", "", "", "Albany", "NY", 12203, "518-555-0100", "", "", "", "", "Q3",
)  # fmt: skip


def made(*rows: tuple[Cell, ...], key: tuple[tuple[str, ...], ...] = KEY) -> bytes:
    return workbook({"SU Facilities 2025": [HEADER, *rows], "Service Code Reference": key})


def bring_in(store: Store, data: bytes) -> Result:
    return store.do("Import", intake.bring_in, data, None, "directory.xlsx")


def test_the_key_sheet_says_what_the_codes_mean(store: Store, rows: Rows) -> None:
    data = made(BIRCH, CEDAR)
    assert bring_in(store, data) == Result("providers-xlsx", 2, 0, 0, ())
    birch, cedar = rows(Organisation)
    assert (birch["mine"], birch["source_as_of"]) == (False, date(2025, 12, 31))
    source = "SAMHSA National Directory, substance use"
    assert (birch["source"], birch["verified_on"]) == (source, None)
    assert birch["levels_of_care"] == ["mh:residential"]
    assert birch["treats"] == ["substance_use"]
    assert birch["modalities"] == ["dbt", "moud"]
    assert (birch["takes"], birch["age_groups"]) == (["private_insurance"], ["child", "teen"])
    assert (birch["gender_groups"], birch["medications"]) == (["female"], ["buprenorphine"])
    assert (cedar["name"], cedar["levels_of_care"]) == ("Cedar Clinic", ["mh:iop"])
    assert [place["zip"] for place in rows(Address)] == ["01970", "12203"]
    assert [point["label"] for point in rows(ContactPoint)] == ["", "Intake", ""]
    assert bring_in(store, data) == Result("providers-xlsx", 0, 0, 2, ())


def test_a_later_edition_that_states_the_same_moves_its_date_alone(
    store: Store, rows: Rows
) -> None:
    bring_in(store, made(BIRCH))
    later = workbook({"2026": [HEADER, BIRCH], "Key": KEY})
    assert bring_in(store, later) == Result("providers-xlsx", 0, 0, 1, ())
    assert rows(Organisation)[0]["source_as_of"] == date(2026, 12, 31)


def test_both_yearly_lists_add_up_and_either_again_changes_nothing(
    store: Store, rows: Rows
) -> None:
    use = made((*BIRCH[:12], "Q1*Q2"))
    key = (*KEY[:1], ("TC", "Type of Care", "Q1", "Mental health treatment"), *KEY[2:])
    health = made((*BIRCH[:7], "978-555-0177", *BIRCH[8:12], "Q1*Q3"), key=key)
    assert bring_in(store, use).added == 1
    first = bring_in(store, health)
    assert (first.added, first.updated) == (0, 1)
    assert first.skipped[0].why.endswith("left as it is: phone.")
    (birch,) = rows(Organisation)
    assert birch["levels_of_care"] == ["mh:residential", "mh:iop"]
    assert birch["service_codes"] == ["Q1", "Q2", "Q3"]
    for data in (use, health, use):
        again = bring_in(store, data)
        assert (again.added, again.updated) == (0, 0)


def test_many_that_changed_are_followed_at_once(store: Store, rows: Rows) -> None:
    many = [(f"Program {n}", *BIRCH[1:]) for n in range(30)]
    bring_in(store, made(*many))
    moved = [(*row[:7], "978-555-0199", *row[8:]) for row in many]
    assert bring_in(store, made(*moved)) == Result("providers-xlsx", 0, 30, 0, ())
    assert {row["value"] for row in rows(ContactPoint)} == {"978-555-0199", "978-555-0101 x7"}


def test_only_what_is_chosen_comes_in(store: Store, rows: Rows) -> None:
    data = made(BIRCH, CEDAR)
    survey = samhsa_xlsx.read(data).survey()
    assert survey.states() == {"MA": 1, "NY": 1}
    assert survey.kinds(frozenset({"MA"})) == {"mh:residential": 1}
    assert survey.states(frozenset({"mh:iop"})) == {"NY": 1}
    choice = Choice(frozenset({"MA", "NY"}), frozenset({"mh:iop"}))
    assert survey.count(choice) == 1
    store.do("Import", samhsa_xlsx.bring_in, data, choice=choice)
    assert [row["name"] for row in rows(Organisation)] == ["Cedar Clinic"]
    with pytest.raises(Problem, match="chosen"):
        store.do("Import", samhsa_xlsx.bring_in, data, choice=Choice(frozenset({"CA"})))


def test_what_the_key_of_a_workbook_leaves_out_is_read_by_the_usual_one(
    store: Store, rows: Rows
) -> None:
    codes = "*".join(f"Y{n:02}" for n in range(14))
    other = (*CEDAR[:12], f"Q3*MD*{codes}")
    result = bring_in(store, made(other))
    (cedar,) = rows(Organisation)
    assert (cedar["levels_of_care"], cedar["takes"]) == (["mh:iop"], ["medicaid"])
    assert cedar["service_codes"] == other[12].split("*")  # those without words, too
    (told,) = result.skipped
    assert told.why.endswith("Y10, Y11 and 2 more.")
    assert "No key has words" in told.why


def test_without_a_key_the_usual_one_is_read(store: Store, rows: Rows) -> None:
    title = ("National Directory", "")
    data = workbook({"List": [title, HEADER, (*CEDAR[:12], "SA*OIT*MD"), ("",) * 13]})
    assert bring_in(store, data).added == 1
    (cedar,) = rows(Organisation)
    assert (cedar["levels_of_care"], cedar["takes"]) == (["mh:iop"], ["medicaid"])
    assert cedar["source_as_of"] is None


def test_columns_of_ones_and_zeros_are_codes(store: Store, rows: Rows) -> None:
    text = "name1,street1,city,state,zip,type_facility,sa,res,op,dt,md,pi\n"
    text += "Elm,1 Main,Troy,NY,12180,SA,1,1,0,0,1,0\n"
    store.do("Import", intake.bring_in, text.encode())
    (elm,) = rows(Organisation)
    assert elm["service_codes"] == ["SA", "RES", "MD"]
    assert (elm["levels_of_care"], elm["takes"]) == (["mh:residential"], ["medicaid"])


def test_a_row_without_a_name_is_told_and_stopping_leaves_nothing(store: Store, rows: Rows) -> None:
    result = bring_in(store, made(BIRCH, ("", "", "1 Main", *CEDAR[3:])))
    assert (result.added, result.skipped[0].line) == (1, 3)
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        store.do("Import", samhsa_xlsx.bring_in, made(CEDAR), stop=stop)
    assert len(rows(Organisation)) == 1


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (made(BIRCH)[:900], "damaged"),
        (workbook({"Hours": [("day", "hours"), ("Monday", 4)]}), "names programs"),
        (made(("", "", "1 Main", *CEDAR[3:])), "Row 2"),
        (b"PK\x03\x04....", "workbook or an archive"),
    ],
)
def test_what_can_not_be_read_is_said_in_one_sentence(
    store: Store, rows: Rows, data: bytes, says: str
) -> None:
    with pytest.raises(Problem) as caught:
        bring_in(store, data)
    assert says in f"{caught.value.message} {caught.value.hint}"
    assert rows(Organisation) == []


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_size, "LARGEST", 1000)
    with pytest.raises(Problem, match="too large"):
        samhsa_xlsx.read(made(BIRCH))
    monkeypatch.setattr(workbook_size, "LARGEST", 10**9)
    monkeypatch.setattr(samhsa_xlsx, "MOST_ROWS", 1)
    with pytest.raises(Problem, match="more than 1 rows"):
        samhsa_xlsx.read(made(BIRCH))


def test_a_cell_far_out_is_refused_before_room_is_made_for_it() -> None:
    for address in ("A99999999", "XFD1048576", "ZZZZZZ1"):
        hurt = rewritten(made(BIRCH), "xl/worksheets/sheet1.xml", "<c t=", f"<c r='{address}' t=")
        with pytest.raises(Problem, match="too large"):
            samhsa_xlsx.read(hurt)


def rewritten(data: bytes, part: str, old: str, new: str) -> bytes:
    """Change the first of some words in one part of a workbook."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            target.writestr(name, text.replace(old, new, 1) if name == part else text)
    return written.getvalue()


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_was_changed_in_it_a_workbook_is_read_or_refused(data: st.DataObject) -> None:
    """Bytes of its parts are changed as a bad disk or a bad hand would."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(made(BIRCH, CEDAR))) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name]) - 1))
    length = data.draw(st.integers(0, 12))
    other = data.draw(st.sampled_from(ODD) | st.binary(max_size=6))
    parts[name] = parts[name][:at] + other + parts[name][at + length :]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as target:
        for each, content in parts.items():
            target.writestr(each, content)
    with contextlib.suppress(Problem):
        samhsa_xlsx.read(written.getvalue())


ODD: Final = (
    b'<c r="XFD1048576"><v>1</v></c>', b'r="A99999999"', b't="s"', b"<v>-1</v>", b"&#x0;",
    b'<row r="0">', b't="d"', b"<v>1e400</v>",
)  # fmt: skip


def test_cells_are_read_as_they_are_meant() -> None:
    sheet = [("name1", "state", "zip", "latitude"), ("Oak", "NY", 12203.0, 42.5)]
    (oak,) = samhsa_xlsx.read(workbook({"A": sheet})).programs
    assert (oak.zip, oak.latitude) == ("12203", 42.5)


@pytest.mark.parametrize(
    ("code", "facets"),
    [
        ("NOOP", Facets()),
        ("MOA", Facets()),
        ("SI", Facets(takes=("state_funded",))),
        ("AD", Facets(age_groups=("teen",))),
        ("WN", Facets()),
        ("DB", Facets(treats=("substance_use",), medications=("buprenorphine",))),
        ("OD", Facets(treats=("substance_use",))),
    ],
)
def test_what_is_not_done_here_is_no_facet(code: str, facets: Facets) -> None:
    assert facets_of([service_key.usual()[code]]) == facets


def test_the_exact_stands_for_the_general() -> None:
    words = ["Residential/24-hour residential", "Residential treatment center (RTC) for adults"]
    assert facets_of(words).levels_of_care == ("mh:residential_adult",)
    words = ["Hospital inpatient/24-hour hospital inpatient", "Psychiatric hospital"]
    assert facets_of(words).levels_of_care == ("mh:inpatient_psychiatric",)


def test_numbers_are_never_used_twice(store: Store, rows: Rows) -> None:
    bring_in(store, made(BIRCH))
    store.undo()
    bring_in(store, made(CEDAR))
    assert [row["id"] for row in rows(Organisation)] == [2]
    assert provider_rows.CHUNK >= 1
