"""Files from elsewhere: asked about, shown as they would be read, and taken in whole or not."""

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import merged, provider_edit
from cmdesk.errors import Problem
from cmdesk.exchange import nppes
from cmdesk.exchange.column_mapping import LEFT_OUT
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.rules.provider_draft import ProfessionalForm
from cmdesk.store import backup, restore
from cmdesk.ui import bringing_in
from cmdesk.ui.bring_in_ways import BringInWays
from cmdesk.ui.bringing_in import Job
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.bring_in import IntakeDialog, open_bring_in
from cmdesk.ui.dialogs.bring_in_twins import FIRST, TwinsDialog, open_twins
from cmdesk.ui.parts.provider_twin_note import TwinNote
from cmdesk.ui.say import Say
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from tests.exchange.npi import HEADER, npi, row
from tests.exchange.test_samhsa_xlsx import BIRCH, CEDAR, made
from tests.ui.conftest import Said
from tests.ui.dialogs.practice import Case

LIST: Final = (
    "House,Town,ST,Code,Ring\n"
    "Alder House,Salem,MA,1970,978-555-0100 / 978-555-0101\n"
    "Birch Place,Troy,NY,12180,518-555-0100\n"
    ",Troy,NY,12180,\n"
)


@pytest.fixture
def heard(say: Say) -> Said:
    told = Said()
    say.attach(told)
    return told


Opened = Callable[[str, str | bytes], IntakeDialog]


@pytest.fixture
def opened(desk: Desk, window: QMainWindow, tmp_path: Path, heard: Said, case: Case) -> Opened:
    """Return a function that lays a file in a folder and asks for it."""

    def ask(name: str, data: str | bytes) -> IntakeDialog:
        place = tmp_path / name
        place.write_bytes(data.encode() if isinstance(data, str) else data)
        return open_bring_in(desk, window, place)

    return ask


def named(session: Session, kind: type[Organisation | Person]) -> list[str]:
    column = Organisation.name if kind is Organisation else Person.family_name
    return list(session.scalars(select(column).order_by(column)))


def words_in(widget: QWidget) -> str:
    labels = [each for each in widget.findChildren(Label) if each.isVisibleTo(widget)]
    return " | ".join(each.text() for each in labels)


def choose(dialog: IntakeDialog, column: str, code: str) -> None:
    """Pick a field as a user does."""
    choice = next(each for each in dialog.columns.choices if each.accessibleName() == column)
    choice.choose(code)
    choice.chosen.emit(code)


def test_columns_are_named_shown_and_brought_in(
    desk: Desk, opened: Opened, qtbot: QtBot, heard: Said
) -> None:
    dialog = opened("list.csv", LIST)
    qtbot.waitUntil(lambda: "Say which column is the name." in words_in(dialog))
    assert not dialog.go.isEnabled()
    for column, code in (
        ("house", "name"), ("town", "city"), ("st", "state"), ("code", "zip"), ("ring", "phone"),
    ):  # fmt: skip
        choose(dialog, column, code)
    # What was chosen last comes last.
    qtbot.waitUntil(lambda: "978-555-0100, 978-555-0101" in words_in(dialog))
    assert dialog.go.text() == "Bring in 2 programs"
    shown = words_in(dialog)
    assert "Salem, MA 01970" in shown
    assert "Row 4: This row names no program." in shown
    assert dialog.warning.text() == ""
    dialog.go.click()
    qtbot.waitUntil(lambda: "2 added, 0 changed, 0 as they were." in words_in(dialog))
    assert "Row 4: This row names no program." in words_in(dialog)
    assert {"Alder House", "Birch Place"} <= set(desk.ask(named, Organisation))
    assert desk.undo_label == "Bring in a file"
    dialog.cancel.click()
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())


def test_a_file_of_headings_alone_is_said_to_be_one(opened: Opened, qtbot: QtBot) -> None:
    dialog = opened("bare.csv", "Name,City,State\n")
    qtbot.waitUntil(lambda: "No row stands below the headings." in words_in(dialog))
    assert not dialog.go.isEnabled()


def test_a_field_is_held_by_one_column_and_people_are_people(
    desk: Desk, opened: Opened, qtbot: QtBot
) -> None:
    dialog = opened("book.csv", "Name,Company,Email\nAnn Lee,Alder,a@b.example\n")
    qtbot.waitUntil(lambda: dialog.go.text() == "Bring in 1 person")
    choose(dialog, "company", "name")
    assert [each.value for each in dialog.columns.choices] == ["", "name", "email"]
    choose(dialog, "name", "name")
    choose(dialog, "company", "organisation")
    qtbot.waitUntil(lambda: dialog.go.text() == "Bring in 1 person")
    dialog.columns.target.choose("programs")
    dialog.columns.target.chosen.emit("programs")
    qtbot.waitUntil(lambda: dialog.go.text() == "Bring in 1 program")
    dialog.columns.target.choose("people")
    dialog.columns.target.chosen.emit("people")
    qtbot.waitUntil(lambda: dialog.go.text() == "Bring in 1 person")
    dialog.run()
    qtbot.waitUntil(lambda: "Lee" in desk.ask(named, Person))
    dialog.run()  # a second time there is nothing to do


def test_a_workbook_offers_its_states_and_levels(desk: Desk, opened: Opened, qtbot: QtBot) -> None:
    dialog = opened("su 2025.xlsx", made(BIRCH, CEDAR))
    qtbot.waitUntil(lambda: dialog.go.text() == "Bring in 2 programs")
    assert [each.text() for each in dialog.choice.states.values()] == ["MA · 1", "NY · 1"]
    dialog.choice.states["MA"].click()
    assert dialog.go.text() == "Bring in 1 program"
    assert dialog.choice.kinds["mh:iop"].text() == "IOP · 0"
    dialog.choice.kinds["mh:iop"].click()
    assert dialog.go.text() == "Bring in 0 programs"
    assert not dialog.go.isEnabled()
    dialog.choice.kinds["mh:iop"].click()
    dialog.go.click()
    qtbot.waitUntil(lambda: "Birch House" in desk.ask(named, Organisation))
    assert "Cedar Clinic" not in desk.ask(named, Organisation)


def providers() -> str:
    rows = [
        row(npi=npi(n), entity="1", family=f"Person{n}", state=state, taxonomy="1041C0700X")
        for n, state in enumerate(("NY", "NY", "CA"))
    ]
    return HEADER + "".join(rows)


def test_nppes_asks_for_states_and_says_what_is_final(
    desk: Desk, opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing_in, "UNDONE_UP_TO", 1)
    before = desk.ask(named, Person)
    dialog = opened("npidata_pfile_20050523-20261109.csv", providers())
    qtbot.waitUntil(lambda: dialog.choice.counted)
    assert not dialog.go.isEnabled()  # all states are too many
    assert dialog.go.text() == "Bring in"
    assert "States; tick one at least" in words_in(dialog)
    assert dialog.choice.states["NY"].text() == "NY · 2"
    assert not dialog.choice.states["AK"].isVisible()
    dialog.choice.states["NY"].click()
    assert dialog.go.text() == "Bring in 2 providers"
    assert dialog.warning.text() == "This can’t be undone. A backup is made first."
    dialog.go.click()
    qtbot.waitUntil(lambda: "2 added" in words_in(dialog))
    assert desk.undo_label is None
    made_ones = backup.listed(desk.folder / "backups")
    assert len(made_ones) == 1
    proved: list[restore.Drilled] = []
    test = partial(restore.drill, file=made_ones[0].file)
    desk.handle(desk, test).then(proved.append)
    qtbot.waitUntil(lambda: bool(proved))  # it opens and is whole
    assert sorted(desk.ask(named, Person)) == sorted([*before, "Person0", "Person1"])


def test_stopping_leaves_everything_as_it_was_and_the_choice_stands(
    desk: Desk, opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened("npi.csv", providers())
    qtbot.waitUntil(lambda: dialog.choice.counted)
    dialog.choice.states["NY"].click()
    before = desk.ask(named, Person)
    monkeypatch.setattr(nppes.provider_rows, "CHUNK", 1)
    asked = threading.Event()

    def stop_at_once(*_: object) -> Job | None:
        job = IntakeDialog._job_of(dialog)
        assert job is not None
        job.stop.set()
        asked.set()
        return job

    monkeypatch.setattr(dialog, "_job_of", stop_at_once)
    dialog.go.click()
    qtbot.waitUntil(lambda: "Nothing was brought in" in words_in(dialog))
    assert asked.is_set()
    assert desk.ask(named, Person) == before
    assert dialog.choice.states["NY"].isChecked()
    assert dialog.go.isEnabled()


def test_while_it_runs_the_dialog_stays_and_stops_when_asked(
    desk: Desk, window: QMainWindow, opened: Opened, qtbot: QtBot
) -> None:
    dialog = opened("book.csv", "Name,Company,Email\nAnn Lee,Alder,a@b.example\n")
    qtbot.waitUntil(dialog.go.isEnabled)
    job = dialog._job_of()
    assert job is not None
    dialog._job, dialog.doing = job, True
    dialog.close_dialog()
    assert job.stop.is_set()
    assert dialog.isVisible()
    dialog.doing = False
    dialog.desk.closing.emit()
    assert dialog._counting.is_set()
    assert dialog.again is not None
    dialog.close_dialog()
    after = dialog.again(desk, window)  # as after a lock: the same file is asked about anew
    assert isinstance(after, IntakeDialog)
    assert after is not dialog
    qtbot.waitUntil(after.go.isEnabled)
    after.go.click()
    qtbot.waitUntil(lambda: "1 added" in words_in(after))
    assert after.again is None  # what came in is not asked about once more


def test_what_was_chosen_of_a_table_is_there_after_a_lock(
    desk: Desk, window: QMainWindow, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened("list.csv", LIST)
    qtbot.waitUntil(lambda: "Say which column is the name." in words_in(dialog))
    for column, code in (("house", "name"), ("ring", "fax"), ("code", LEFT_OUT)):
        choose(dialog, column, code)
    qtbot.waitUntil(dialog.go.isEnabled)
    chosen = dialog.columns.mapping
    assert dialog.again is not None
    again = dialog.again
    assert "Alder" not in repr(again)
    dialog.close_dialog()
    after = again(desk, window)
    assert isinstance(after, IntakeDialog)
    qtbot.waitUntil(after.go.isEnabled)
    assert after.columns.mapping == chosen
    assert [each.value for each in after.columns.choices] == list(chosen)
    after.close_dialog()
    (tmp_path / "list.csv").write_text("Other,Columns,Name\na,b,c\n")
    other = again(desk, window)  # another file by now: it is guessed anew
    assert isinstance(other, IntakeDialog)
    qtbot.waitUntil(other.go.isEnabled)
    assert other.columns.mapping == (LEFT_OUT, LEFT_OUT, "name")


def test_the_states_ticked_are_there_after_a_lock(
    desk: Desk, window: QMainWindow, opened: Opened, qtbot: QtBot
) -> None:
    wanted = row(npi=npi(1), entity="2", name="ELM", state="NY", taxonomy="324500000X")
    dialog = opened("npidata_pfile_20050523-20261109.csv", HEADER + wanted)
    qtbot.waitUntil(lambda: "NY" in dialog.choice.states)
    for box in (dialog.choice.states["NY"], dialog.choice.kinds["324500000X"]):
        box.click()
    chosen = dialog.choice.choice
    assert dialog.again is not None
    again = dialog.again
    dialog.close_dialog()
    after = again(desk, window)
    assert isinstance(after, IntakeDialog)
    qtbot.waitUntil(lambda: after.choice.counted)
    assert after.choice.choice == chosen
    assert after.go.isEnabled()


def test_after_a_failure_the_columns_stand_as_they_were_named(opened: Opened, qtbot: QtBot) -> None:
    dialog = opened("list.csv", LIST)
    qtbot.waitUntil(lambda: "Say which column is the name." in words_in(dialog))
    choose(dialog, "house", "name")
    qtbot.waitUntil(dialog.go.isEnabled)
    chosen = dialog.columns.mapping
    dialog.doing = True
    dialog._on_failed(Problem("The disk is full.", "Make room."))
    assert dialog.columns.mapping == chosen
    assert "Nothing was brought in" in words_in(dialog)
    assert not dialog.columns.isHidden()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.csv", b"", "is empty"),
        ("a.pdf", b"%PDF-1.7", "is a PDF"),
        ("a.xlsx", made(BIRCH)[:700], "damaged"),
    ],
)
def test_what_can_not_be_read_is_said_in_the_dialog(
    opened: Opened, qtbot: QtBot, name: str, data: bytes, says: str
) -> None:
    dialog = opened(name, data)
    qtbot.waitUntil(lambda: says in words_in(dialog))
    assert not dialog.go.isEnabled()
    dialog.run()


def test_a_practice_file_goes_in_whole_or_says_why_not(
    desk: Desk, opened: Opened, qtbot: QtBot
) -> None:
    dialog = opened("p.json", '{"format": "cmdesk-practice", "version": 99}')
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.go.click()
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert dialog.go.isEnabled()


def add_twins(session: Session) -> None:
    session.add_all(
        [
            Organisation(name="Oak House", mine=False, source="SAMHSA National Directory"),
            Organisation(name="Oak House LLC"),
            Organisation(name="Elm Hall"),
            Organisation(name="Elm Hall"),
        ]
    )


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Organisation)) or 0


def test_twins_are_merged_told_apart_or_left(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, heard: Said
) -> None:
    desk.do(desk, "Add", add_twins)
    dialog = open_twins(desk, window)
    qtbot.waitUntil(lambda: dialog.pair is not None)
    assert open_twins(desk, window) is dialog
    assert "2 pairs to look at" in words_in(dialog)
    assert "Alike in name." in words_in(dialog)
    shown = [each for each in dialog.keep.findChildren(QAbstractButton) if not each.isHidden()]
    sides = [each.text() for each in shown]
    assert sides == ["The left one", "The right one"]  # Elm Hall, both of one's own, comes first
    dialog.tell_apart()
    qtbot.waitUntil(lambda: "1 pair to look at" in words_in(dialog))
    assert "One of yours" in words_in(dialog)
    assert dialog.keep.current != FIRST  # one's own is proposed to stay
    before = desk.ask(count)
    dialog.merge.click()
    qtbot.waitUntil(lambda: desk.ask(count) == before - 1)
    assert "Oak House LLC" in desk.ask(named, Organisation)
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
    again = open_twins(desk, window)
    qtbot.waitUntil(lambda: "Nothing seems to stand twice" in words_in(again))


def test_the_result_leads_to_what_stands_twice(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, tmp_path: Path, heard: Said
) -> None:
    desk.do(desk, "Add", add_twins)
    place = tmp_path / "list.csv"
    place.write_text("name,city\nMaple,Troy\n", "utf-8")
    ways = BringInWays(window, desk, desk)
    assert [each.name for each in ways.commands()] == ["import", "provider_twins"]
    dialog = ways.take(place)
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.go.click()
    qtbot.waitUntil(dialog.outcome.twins.isVisible)
    assert isinstance(dialog.outcome.twins, Note)
    dialog.outcome.look.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(TwinsDialog)))
    other = window.findChildren(TwinsDialog)[0]
    qtbot.waitUntil(lambda: other.pair is not None)
    other.go_on()
    other.go_on()
    qtbot.waitUntil(lambda: not isValid(other) or not other.isVisible())


def test_a_providers_page_says_that_it_may_stand_twice(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    desk.do(desk, "Add", add_twins)
    numbers = desk.ask(numbers_by_name)
    note = TwinNote(desk)
    qtbot.addWidget(note)
    asked: list[int] = []
    note.asked.connect(asked.append)
    note.show_for(numbers["Elm Hall"])
    qtbot.waitUntil(note.isVisible)
    note.look.click()
    assert asked == [numbers["Elm Hall"]]
    note.show_for(-1)
    assert not note.isVisible()


TESS: Final = ProfessionalForm(
    given_name="Tess", family_name="Ward", role="therapist", phone="718 555 0142", npi=npi(1)
)


def test_professionals_stand_among_the_twins_and_are_merged(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, heard: Said
) -> None:
    numbers: list[int] = []
    for form in (TESS, replace(TESS, given_name="Dr. Tess", npi="")):
        save = provider_edit.save_professional
        desk.do(desk, "Add", save, form, new=True).then(numbers.append)
        qtbot.waitUntil(lambda: bool(numbers))
    qtbot.waitUntil(lambda: len(numbers) == 2)
    note = TwinNote(desk)
    qtbot.addWidget(note)
    note.show_for(-numbers[0])
    qtbot.waitUntil(note.isVisible)
    dialog = open_twins(desk, window, [-numbers[0]])
    qtbot.waitUntil(lambda: dialog.pair is not None)
    shown = words_in(dialog)
    assert "Alike in name and phone." in shown
    assert f"NPI {npi(1)}" in shown
    assert "A consent that names either of them" in shown
    dialog.merge.click()
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
    assert numbers[1] in desk.ask(merged.people)
    assert desk.undo_label == "Merge two providers"


def numbers_by_name(session: Session) -> dict[str, int]:
    rows = session.execute(select(Organisation.name, Organisation.id))
    return {row.name: row.id for row in rows}
