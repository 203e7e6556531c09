"""Pictures of files that come in: columns and preview, states and kinds, the result, and twins."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cmdesk.casework import provider_edit, provider_twins
from cmdesk.exchange import nppes, providers_csv
from cmdesk.rules.provider_draft import ProfessionalForm
from cmdesk.ui.dialogs.bring_in import IntakeDialog, open_bring_in
from cmdesk.ui.dialogs.bring_in_twins import open_twins
from cmdesk.ui.page import Route

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from screens import Studio

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.exchange.npi import HEADER, npi, row
from tests.exchange.test_samhsa_xlsx import BIRCH, CEDAR, made

Draw = Callable[[], "QWidget"]
LIST = (
    "Agency,Program,Street address,Town,ST,Code,Call,Web,Contact person,Remark\n"
    "Alder House,Young adults,60 Elm Avenue,Salem,MA,1970,978-555-0100 / 978-555-0101 x7,"
    "alderhouse.example,Ruth,Kind and quick\n"
    "Birch Place,,3 Fir Street,Troy,NY,12180,518-555-0100,birchplace.example,,\n"
    "Cedar Clinic,Day program,14 River Road,Albany,NY,12203,518-555-0140,,Sam,Ask for Sam\n"
    "Dogwood Farm,,200 Hill Road,Lenox,MA,1240,413-555-0121,dogwood.example,,\n"
    "Elder Court,Sober living,9 Court Street,Brooklyn,NY,11201,718-555-0188,,,\n"
    "Fir Hollow,,1 Hollow Road,Stowe,VT,5672,802-555-0144,firhollow.example,,\n"
    ",,77 Main Street,Rye,NY,10580,,,,\n"
)
TWINS = (
    "name1,street1,city,state,zip,phone,service_code_info\n"
    "Elm Center,12 Elm Street,Troy,NY,12180,518-555-0199,SA\n"
    "The Elm Center Inc,12 Elm St,Troy,NY,12180,518-555-0199,SA*MD\n"
)


def bring_in_screens(studio: Studio, settle: Callable[[float], None]) -> Iterator[tuple[str, Draw]]:
    """Give the pictures, each over the list of clients."""
    yield "17-bring-in-columns", partial(_columns, studio, settle)
    yield "17-bring-in-workbook", partial(_workbook, studio, settle)
    yield "17-bring-in-nppes", partial(_nppes, studio, settle)
    yield "17-bring-in-result", partial(_result, studio, settle)
    yield "17-bring-in-refused", partial(_refused, studio, settle)
    yield "17-bring-in-twins", partial(_twins, studio, settle)
    yield "17-bring-in-twins-people", partial(_people, studio, settle)


def _ready(dialog: IntakeDialog, settle: Callable[[float], None]) -> None:
    """Wait until the file was read."""
    while not dialog.columns.choices:
        settle(0.1)
    settle(0.3)


def _file(studio: Studio, name: str, data: str | bytes) -> Path:
    path = studio.folder.parent / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    studio.open(Route("clients"))
    return path


def _columns(studio: Studio, settle: Callable[[float], None]) -> QWidget:
    path = _file(studio, "my programs.csv", LIST)
    dialog = open_bring_in(studio.desk, studio.window, path)
    _ready(dialog, settle)
    dialog.columns.choices[1].choose("name2")
    dialog.columns.choices[1].chosen.emit("name2")
    settle(0.3)
    return studio.window


def _workbook(studio: Studio, settle: Callable[[float], None]) -> QWidget:
    many = [(f"Program {n}", *BIRCH[1:]) for n in range(30)]
    few = [(f"Clinic {n}", *CEDAR[1:]) for n in range(12)]
    path = _file(studio, "National Directory 2025.xlsx", made(*many, *few))
    dialog = open_bring_in(studio.desk, studio.window, path)
    settle(0.3)
    dialog.choice.states["NY"].click()
    return studio.window


def _nppes(studio: Studio, settle: Callable[[float], None]) -> QWidget:
    kinds = ("1041C0700X", "2084P0800X", "363LP0808X", "324500000X")
    rows = [
        row(npi=npi(n), entity="1", family=f"Person{n}", state="NY", taxonomy=kinds[n % 4])
        for n in range(70)
    ]
    path = _file(studio, "npidata_pfile_20050523-20260308.csv", HEADER + "".join(rows))
    dialog = open_bring_in(studio.desk, studio.window, path)
    settle(0.5)
    dialog.choice.states["NY"].click()
    return studio.window


def _result(studio: Studio, settle: Callable[[float], None]) -> QWidget:
    head = "name,city,state,zip,npi\nGum Tree,Rye,NY,10580,1234567890\n,Rye,NY,10580,\n"
    path = _file(studio, "new.csv", head + "Hazel,Troy,NY,12180,\nHazel LLC,Troy,NY,12180,\n")
    dialog = open_bring_in(studio.desk, studio.window, path)
    _ready(dialog, settle)
    dialog.go.click()
    settle(1.0)
    return studio.window


def _refused(studio: Studio, settle: Callable[[float], None]) -> QWidget:
    path = _file(studio, "directory.xlsx", made(BIRCH)[:900])
    open_bring_in(studio.desk, studio.window, path)
    settle(0.3)
    return studio.window


def _twins(studio: Studio, settle: Callable[[float], None]) -> QWidget:
    studio.open(Route("clients"))
    studio.store.do("Import", providers_csv.bring_in, TWINS.encode())
    pairs = studio.store.ask(provider_twins.proposed).shown
    among = [each.one.id for each in pairs if each.one.name == "Elm Center"]
    open_twins(studio.desk, studio.window, among)
    settle(0.5)
    return studio.window


def _people(studio: Studio, settle: Callable[[float], None]) -> QWidget:
    studio.open(Route("clients"))
    listed = row(
        npi=npi(700), entity="1", given="RUTH", family="ALDER", credentials="LCSW", state="NY",
        street="14 COURT STREET", city="BROOKLYN", zip="112010042", phone="7185550147",
        taxonomy="1041C0700X",
    )  # fmt: skip
    studio.store.do("Import", nppes.bring_in_data, (HEADER + listed).encode())
    typed = ProfessionalForm(
        given_name="Dr. Ruth", family_name="Alder", role="therapist", house="Court Street Therapy",
        phone="718 555 0147", street="14 Court St", city="Brooklyn", state="NY", zip="11201",
    )  # fmt: skip
    if not _alders(studio):
        studio.store.do("Add", provider_edit.save_professional, typed, new=True)
    open_twins(studio.desk, studio.window, _alders(studio))
    settle(0.5)
    return studio.window


def _alders(studio: Studio) -> list[int]:
    pairs = studio.store.ask(provider_twins.proposed).shown
    return [each.one.id for each in pairs if "Alder" in each.one.name and each.one.id < 0]
