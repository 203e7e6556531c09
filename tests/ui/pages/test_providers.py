"""The directory as it is used: narrowed, walked by keys, read, and where its wishes lead."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from cmdesk.casework import (
    call_timer,
    placement_writes,
    placements,
    provider_edit,
    provider_facts,
    saved_views,
)
from cmdesk.casework.jump_hits import Hit
from cmdesk.casework.provider_call import Met
from cmdesk.models.person import Address, Person
from cmdesk.rules.placement_draft import SearchForm
from cmdesk.rules.provider_check import CheckForm
from cmdesk.rules.provider_draft import ProfessionalForm, ProgramForm
from cmdesk.store.store import Store
from cmdesk.ui import commands, table
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.log_contact import LogDialog
from cmdesk.ui.dialogs.provider_check import CheckDialog
from cmdesk.ui.dialogs.provider_professional import ProfessionalDialog
from cmdesk.ui.dialogs.provider_program import ProgramDialog
from cmdesk.ui.dialogs.provider_tie import ProviderTieDialog
from cmdesk.ui.dialogs.sheet import Sheet
from cmdesk.ui.dialogs.site_visit import VisitDialog
from cmdesk.ui.jumps import Jumps
from cmdesk.ui.page import Route
from cmdesk.ui.pages.providers import ProvidersPage
from cmdesk.ui.parts.call_timer import TimerCard
from cmdesk.ui.parts.provider_search import Asked
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.window import Window
from tests.ui.pages.conftest import Said
from tests.ui.pages.practice import TODAY

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen's own warning

BRIDGE = ProgramForm(
    "Bridge Street",
    city="Brooklyn",
    state="NY",
    zip="11201",
    phone="718 555 0188",
    phone_who="Ana Ruiz",
    levels_of_care=("mh:php",),
    treats=("mood",),
    wait="1 week",
    cost="$780/day",
    plans="Meridian PPO",
)


@pytest.fixture
def houses(store: Store, maya: int) -> dict[str, int]:
    """Make three programs and a therapist; Maya lives in Brooklyn."""

    def settle(session: Session) -> None:
        person = session.query(Person).filter_by(given_name="Maya").one()
        session.add(Address(person_id=person.id, city="Brooklyn", state="NY", zip="11215"))

    store.do("Move", settle)
    forms = {
        "Bridge": BRIDGE,
        "Lantern": ProgramForm(
            "Lantern IOP", zip="06902", state="CT", levels_of_care=("mh:iop",), wait="No wait"
        ),
        "Far": ProgramForm("Far Ridge", zip="84032", state="UT", levels_of_care=("mh:php",)),
    }
    made = {name: store.do("Add", provider_edit.save, form) for name, form in forms.items()}
    someone = ProfessionalForm("Uma", "Weil", "MD", "psychiatrist", phone="917 555 0101")
    made["Uma"] = -store.do("Add", provider_edit.save_professional, someone, new=True)
    return made


def shown(qtbot: QtBot, desk: Desk, width: int = 1400) -> ProvidersPage:
    page = ProvidersPage(desk)
    qtbot.addWidget(page)
    page.resize(width, 900)
    for command in page.commands():
        commands.action(command, page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.shelf.index is not None)
    page.list.setFocus()
    return page


def search(page: ProvidersPage, words: str) -> None:
    """Type them into the search; what they find is there when all letters are in."""
    QTest.keyClicks(page.head.search, words)
    QApplication.processEvents()


def names(page: ProvidersPage) -> list[str]:
    index = page.shelf.index
    assert index is not None
    return [each.name for each in index.rows(page._model.ids)]


def said_in(widget: QWidget) -> str:
    labels = widget.findChildren(Label)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(widget))


def tick(page: ProvidersPage, facet: str, option: str) -> None:
    page.facets.groups[facet].boxes[option].click()


def test_ticking_narrows_and_counts(qtbot: QtBot, desk: Desk, houses: dict[str, int]) -> None:
    page = shown(qtbot, desk)
    QAbstractItemModelTester(page._model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    assert names(page)[:2] == ["Lantern IOP", "Bridge Street"]
    tick(page, "level", "day")
    assert names(page) == ["Bridge Street", "Far Ridge"]
    assert "2 of 5 match" in said_in(page.asking.top)
    assert page.facets.groups["level"].boxes["iop"].accessibleName() == "IOP, 1"
    assert page.facets.groups["takes"].boxes["plan:Meridian PPO"].accessibleName().endswith(", 1")
    tick(page, "level", "iop")
    assert len(names(page)) == 3
    page.focus_search()
    search(page, "brooklyn mood")
    assert names(page) == ["Bridge Street"]
    page.asking.clear()
    assert len(names(page)) == 5
    assert "5 providers" in said_in(page.asking.top)


def test_of_many_options_the_usual_ones_are_shown_first(
    qtbot: QtBot, desk: Desk, store: Store, houses: dict[str, int]
) -> None:
    plans = ", ".join(f"Plan {number}" for number in range(100))
    store.do("Add", provider_edit.save, ProgramForm("Many plans", plans=plans))
    page = shown(qtbot, desk)
    takes = page.facets.groups["takes"]
    assert len(takes.boxes) == 3
    more = next(each for each in takes.findChildren(Button))
    assert more.text() == "98 more"
    more.click()
    assert len(takes.boxes) == 80
    takes.boxes["plan:Plan 63"].click()
    more.click()
    assert list(takes.boxes)[3:] == ["plan:Plan 63"]
    assert names(page) == ["Many plans"]


def test_when_nobody_is_left_the_way_on_is_said(
    qtbot: QtBot, desk: Desk, houses: dict[str, int]
) -> None:
    page = shown(qtbot, desk)
    tick(page, "level", "day")
    page.focus_search()
    search(page, "lantern")
    (empty,) = (each for each in page.findChildren(Empty) if each.isVisibleTo(page))
    assert "2 match if you drop “lantern”." in said_in(empty)
    drop = next(each for each in empty.findChildren(Button) if each.text().startswith("Drop"))
    drop.click()
    assert names(page) == ["Bridge Street", "Far Ridge"]
    assert page.head.search.text() == ""


def test_without_providers_one_is_added_or_brought_in(
    qtbot: QtBot, desk: Desk, store: Store
) -> None:
    page = shown(qtbot, desk)
    (empty,) = (each for each in page.findChildren(Empty) if each.isVisibleTo(page))
    assert "No providers yet" in said_in(empty)
    asked: list[object] = []
    page.acts.edit.connect(asked.append)
    with qtbot.waitSignal(page.bring_in):
        empty.findChildren(Button)[1].click()
    empty.findChildren(Button)[0].click()
    assert asked == [None]


def test_distance_is_measured_from_home_or_a_zip(
    qtbot: QtBot, desk: Desk, maya: int, houses: dict[str, int]
) -> None:
    page = shown(qtbot, desk)
    near = page.asking.near
    near.origin.choose(("home", maya))
    near.origin.chosen.emit(None)
    assert names(page) == ["Lantern IOP", "Bridge Street"]
    near.reaches[25].click()
    assert names(page) == ["Bridge Street"]
    assert "miles from Maya’s home" in page.sheet.where.text()
    (chip,) = page.head._chips
    assert chip.text() == "25 miles from Maya’s home"
    desk.privacy.toggle()
    qtbot.waitUntil(lambda: "Maya" not in page.head._chips[0].text())
    assert "Maya" not in page.sheet.where.text()
    desk.privacy.toggle()
    qtbot.waitUntil(lambda: "Maya" in page.head._chips[0].text())
    QTest.keyClick(page.head._chips[0], Qt.Key.Key_Delete)
    assert len(names(page)) == 5
    near.origin.choose("zip")
    near.origin.chosen.emit(None)
    QTest.keyClicks(near.zip, "8403X")
    assert near.remark.text == "A ZIP has five digits, or nine."
    near.zip.clear()
    QTest.keyClicks(near.zip, "84032")
    assert names(page) == ["Far Ridge"]
    near.zip.clear()
    QTest.keyClicks(near.zip, "0060")
    assert near.near.zip_code == ""
    QTest.keyClicks(near.zip, "0")
    assert near.remark.text == "This ZIP is not known."
    assert (page.head._chips, len(names(page))) == ([], 5)
    near.origin.choose(("now", maya))
    near.origin.chosen.emit(None)
    assert near.remark.text == "No ZIP on record for this place."
    assert len(names(page)) == 5


def test_keys_walk_star_preview_and_search(
    qtbot: QtBot, desk: Desk, houses: dict[str, int], said: Said
) -> None:
    page = shown(qtbot, desk)
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.provider_id == houses["Bridge"]
    assert page.sheet.name.text() == "Bridge Street"
    QTest.keyClick(page.list, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: names(page)[0] == "Bridge Street")
    assert page.provider_id == houses["Bridge"]
    assert said.toasts[-1][0] == "Starred"
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    assert not page.sheet_area.isVisible()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert page.sheet_area.isVisible()
    assert page.sheet.call_button.hasFocus()
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Slash)
    assert page.head.search.hasFocus()
    search(page, "far")
    QTest.keyClick(page.head.search, Qt.Key.Key_Escape)
    assert page.list.hasFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Escape)
    assert page.head.text == ""


def test_where_it_is_and_its_second_name_stand_on_the_page(
    qtbot: QtBot, desk: Desk, store: Store, houses: dict[str, int]
) -> None:
    form = ProgramForm(
        "Mill House", name2="Women’s track", street="12 Mill Road", street2="Floor 2",
        city="Salem", state="MA", zip="01970",
    )  # fmt: skip
    mill = store.do("Add", provider_edit.save, form)
    therapist = ProfessionalForm("Uma", "Roe", street="9 Elm St", city="Troy", state="NY")
    roe = store.do("Add", provider_edit.save_professional, therapist, new=True)
    page = shown(qtbot, desk)
    lines = page.sheet.getting_in
    table.select(page.list, page._model, mill)
    qtbot.waitUntil(lambda: "12 Mill Road, Floor 2, Salem, MA 01970" in said_in(lines))
    assert page.sheet.where.text() == "Women’s track · Salem, MA"
    table.select(page.list, page._model, -roe)
    qtbot.waitUntil(lambda: "9 Elm St, Troy, NY" in said_in(lines))
    table.select(page.list, page._model, houses["Lantern"])
    qtbot.waitUntil(lambda: "Address" not in said_in(lines))


def test_where_adding_somebody_is_undone_the_page_keeps_its_shape_and_the_keys(
    qtbot: QtBot, desk: Desk, store: Store, houses: dict[str, int]
) -> None:
    someone = ProfessionalForm("Uma", "Roe", phone="917 555 0199")
    page = shown(qtbot, desk)
    roe = -store.do("Add", provider_edit.save_professional, someone, new=True)
    qtbot.waitUntil(lambda: table.select(page.list, page._model, roe))
    left = page.list.mapTo(page, page.list.rect().topLeft())
    page.go_in()
    store.undo()
    qtbot.waitUntil(lambda: not page.sheet_area.isVisible())
    assert page.list.hasFocus()
    assert page._rest.isVisible()
    assert page.list.mapTo(page, page.list.rect().topLeft()) == left
    qtbot.waitUntil(lambda: "Uma Roe" not in names(page))
    assert page.sheet_area.isVisible()


@pytest.mark.parametrize(
    ("typed", "shown_as"),
    [
        ("3.9k wk", "$3,900 a week"),
        ("$780 a day", "$780 a day"),
        ("$780/day, $3,900/week", "$780/day, $3,900/week"),
        ("$95/hour with meals", "$95/hour with meals"),
    ],
)
def test_a_cost_is_written_out_unless_more_was_said(
    qtbot: QtBot, desk: Desk, store: Store, houses: dict[str, int], typed: str, shown_as: str
) -> None:
    form = CheckForm(cost=typed, told_by="Eve", told_on=TODAY)
    store.do("Check", provider_facts.check, houses["Far"], form)
    page = shown(qtbot, desk)
    table.select(page.list, page._model, houses["Far"])
    qtbot.waitUntil(lambda: shown_as in said_in(page.sheet.getting_in))


def test_what_was_told_long_ago_asks_for_a_new_call(
    qtbot: QtBot, desk: Desk, store: Store, houses: dict[str, int]
) -> None:
    old = CheckForm("No wait", "$420/day", told_by="Eve", told_on=TODAY - timedelta(days=61))
    store.do("Check", provider_facts.check, houses["Far"], old)
    page = shown(qtbot, desk)
    table.select(page.list, page._model, houses["Far"])
    assert "Checked 61 days ago" in page.sheet.checked.text()
    asked: list[int] = []
    page.acts.check.connect(asked.append)
    qtbot.waitUntil(lambda: "Told you by Eve, Jan 7" in said_in(page.sheet.getting_in))
    assert "$420 a day" in said_in(page.sheet.getting_in)
    again = [each for each in page.sheet.findChildren(Button) if each.text() == "Check again"]
    assert len([each for each in again if each.isVisibleTo(page.sheet)]) >= 2
    again[0].click()
    assert asked == [houses["Far"]]
    table.select(page.list, page._model, houses["Bridge"])
    assert not page.sheet.old.isVisibleTo(page.sheet)
    contact = "Ana Ruiz · (718) 555-0188"
    qtbot.waitUntil(lambda: contact in said_in(page.sheet.getting_in))


def test_a_narrow_window_folds_the_facets(qtbot: QtBot, desk: Desk, houses: dict[str, int]) -> None:
    page = shown(qtbot, desk, 1100)
    assert not page.rail_area.isVisible()
    page.head.filters.click()
    assert page.rail_area.isVisible()
    tick(page, "level", "day")
    page.head.filters.click()
    assert [chip.text() for chip in page.head._chips] == ["Day program"]
    page.head._chips[0].click()
    assert len(names(page)) == 5


def test_until_the_directory_is_read_nothing_is_offered_that_would_narrow_it(
    qtbot: QtBot, desk: Desk, houses: dict[str, int]
) -> None:
    page = ProvidersPage(desk)
    qtbot.addWidget(page)
    page.resize(1400, 900)
    page.show()
    assert page.shelf.index is None
    head, groups = page.head, page.facets.groups
    assert not any(each.isVisible() for each in (head.clear, head.keep, head.away))
    assert not any(group.isVisible() for group in groups.values())
    qtbot.waitUntil(lambda: page.shelf.index is not None and groups["level"].isVisible())


def test_letters_that_come_together_are_looked_for_once(
    qtbot: QtBot, desk: Desk, store: Store, houses: dict[str, int]
) -> None:
    page = shown(qtbot, desk)
    table.select(page.list, page._model, houses["Bridge"])
    asked, drawn = list[int](), list[int]()
    page.asking.changed.connect(lambda: asked.append(1))
    page.shown.connect(drawn.append)
    search(page, "bridge")
    assert (names(page), page.asking.asked.text) == (["Bridge Street"], "bridge")
    assert (len(asked), drawn) == (1, [])
    page.asking.clear()
    search(page, "far")
    assert drawn == [houses["Far"]]


def test_all_is_shown_again_by_one_button_beside_the_search(
    qtbot: QtBot, desk: Desk, houses: dict[str, int]
) -> None:
    page = shown(qtbot, desk)
    head = page.head
    assert not head.clear.isVisible()
    search(page, "bridge")
    assert head.clear.isVisible()
    assert head.keep.isVisible()
    tick(page, "level", "day")
    head.clear.click()
    assert (len(names(page)), head.text, page.facets.chosen) == (5, "", {})
    assert not head.clear.isVisible()
    assert not head.keep.isVisible()


def test_a_view_is_saved_taken_and_removed(
    qtbot: QtBot, desk: Desk, store: Store, houses: dict[str, int]
) -> None:
    page = shown(qtbot, desk)
    kept: list[Asked] = []
    page.asking.keep_view.connect(kept.append)
    tick(page, "level", "day")
    page.asking.near.origin.choose("zip")
    QTest.keyClicks(page.asking.near.zip, "11201")
    page.head.keep.click()
    number = store.do("View", saved_views.save, "providers", "Day", kept[0].kept())
    page.asking.clear()
    page.asking.take_view(number)
    assert names(page) == ["Bridge Street"]
    assert page.head.away.isVisibleTo(page)
    page.head.away.click()
    qtbot.waitUntil(lambda: not desk.ask(saved_views.views, "providers"))
    assert page.asking.asked.view is None


def test_a_view_whose_saving_is_undone_can_not_be_removed(
    qtbot: QtBot, desk: Desk, store: Store, houses: dict[str, int]
) -> None:
    page = shown(qtbot, desk)
    tick(page, "level", "day")
    kept = page.asking.asked.kept()
    page.asking.take_view(store.do("View", saved_views.save, "providers", "Day", kept))
    assert page.head.away.isVisible()
    store.undo()
    qtbot.waitUntil(page.head.keep.isVisible)
    assert not page.head.away.isVisible()
    assert page.facets.chosen == {"level": frozenset({"day"})}


def front(window: Window, qtbot: QtBot) -> ProvidersPage:
    assert window.shell is not None
    window.shell.go(Route("providers"))
    page = window.shell.page
    assert isinstance(page, ProvidersPage)
    qtbot.waitUntil(lambda: page.shelf.index is not None)
    return page


def standing(window: Window, kind: type[Sheet]) -> Sheet:
    (dialog,) = (each for each in window.findChildren(kind) if each.isVisible())
    return dialog


def test_wishes_lead_to_dialogs_timer_and_log(
    window: Window, desk: Desk, qtbot: QtBot, houses: dict[str, int]
) -> None:
    page = front(window, qtbot)
    table.select(page.list, page._model, houses["Bridge"])
    ways: list[tuple[Callable[[], None], type[Sheet]]] = [
        (page.acts.ask_edit, ProgramDialog),
        (page.acts.ask_check, CheckDialog),
        (page.acts.ask_visit, VisitDialog),
        (page.sheet.seen.add_tie.click, ProviderTieDialog),
    ]
    for ask, kind in ways:
        ask()
        standing(window, kind).close_dialog()
    table.select(page.list, page._model, houses["Uma"])
    page.acts.ask_edit()
    standing(window, ProfessionalDialog).close_dialog()
    page.acts.ask_call()
    qtbot.waitUntil(lambda: desk.ask(call_timer.running) is not None)
    running = desk.ask(call_timer.running)
    assert running is not None
    assert (running.person_id, running.provider) == (-houses["Uma"], houses["Uma"])
    page.acts.ask_call()  # one that runs goes on
    assert desk.ask(call_timer.running) == running
    assert window.shell is not None
    card = window.shell.sidebar.findChildren(TimerCard)[0]
    qtbot.waitUntil(lambda: card.whom.text() == "Uma Weil, MD")
    card.stop.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(LogDialog)))
    log = standing(window, LogDialog)
    assert isinstance(log, LogDialog)
    assert (log.typed.participants, log.typed.minutes) == ((-houses["Uma"],), 1)
    log.meet(Met(begins="Another: "))
    assert log.typed.narrative == ""  # what stands there is left alone
    log.keeper.throw_away()
    log.close_dialog()
    table.select(page.list, page._model, houses["Bridge"])
    page.acts.ask_log()
    log = next(each for each in window.findChildren(LogDialog) if each.isVisible())
    assert log.typed.narrative == "Bridge Street: "


def test_who_fits_a_search_goes_into_it(
    window: Window, desk: Desk, store: Store, qtbot: QtBot, maya: int, houses: dict[str, int]
) -> None:
    page = front(window, qtbot)
    table.select(page.list, page._model, houses["Bridge"])
    page.acts.ask_placement()
    form = SearchForm("Day program", most_miles=25)
    search = store.do("Begin", placement_writes.begin, maya, form)
    fits = page.asking.fits
    qtbot.waitUntil(lambda: fits.choice.count() == 2)
    fits.choice.choose(search)
    fits.choice.chosen.emit(search)
    qtbot.waitUntil(lambda: page.asking.asked.fits is not None)
    assert "Lantern IOP" not in names(page)
    assert "Bridge Street" in names(page)
    assert [chip.text() for chip in page.head._chips] == ["Fits Maya"]
    page.sheet.place_button.click()
    qtbot.waitUntil(lambda: bool(desk.ask(placements.board, search).candidates))
    assert desk.ask(placements.board, search).candidates[0].known.id == houses["Bridge"]
    page.head._chips[0].click()
    assert "Lantern IOP" in names(page)


def test_what_is_typed_is_saved_and_shown(
    window: Window, desk: Desk, qtbot: QtBot, houses: dict[str, int]
) -> None:
    page = front(window, qtbot)
    page.head.new.click()
    dialog = standing(window, ProgramDialog)
    assert isinstance(dialog, ProgramDialog)
    QTest.keyClicks(dialog.field("name").editor, "far ridge")
    assert dialog.field("name").remark.text == "On record already, in UT."
    dialog.load(ProgramForm())
    for name, typed in (("cost", "$780"), ("phone", "555-0188"), ("zip", "7302")):
        editor = dialog.field(name).editor
        editor.setFocus()
        QTest.keyClicks(editor, typed)
    dialog.save()
    assert dialog.field("name").fault == "Give the name."
    assert dialog.field("phone").fault == "Add the area code."
    assert dialog.field("cost").fault.startswith("Per what?")
    QTest.keyClicks(dialog.field("cost").editor, "/day")
    QTest.keyClicks(dialog.field("name").editor, "Alder House")
    form = ProgramForm(name="Alder House", zip="7302", cost="$780/day", phone="718 555 0188")
    dialog.load(replace(form, phone4="718 555 0177", phone4_who="Alumni"))
    dialog.save()
    qtbot.waitUntil(lambda: page.sheet.name.text() == "Alder House")
    number = page.provider_id or 0
    assert desk.ask(provider_edit.form, number).zip == "07302"
    told = {label.text() for label in page.sheet.getting_in.findChildren(Label)}
    assert {"(718) 555-0188", "Alumni · (718) 555-0177"} <= told


def test_the_search_leads_to_the_page(
    window: Window, desk: Desk, qtbot: QtBot, houses: dict[str, int]
) -> None:
    (jumps,) = desk.findChildren(Jumps)
    page = front(window, qtbot)
    tick(page, "level", "iop")
    jumps.open_hit(Hit("organisation", houses["Far"], "Far Ridge", ""))
    qtbot.waitUntil(lambda: page.provider_id == houses["Far"])
    assert page.sheet.name.text() == "Far Ridge"
    jumps.open_hit(Hit("person", -houses["Uma"], "Uma Weil", ""))
    qtbot.waitUntil(lambda: page.provider_id == houses["Uma"])
