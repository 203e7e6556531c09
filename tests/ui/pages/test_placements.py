"""The board by keyboard and by hand, side by side, and where a search leads."""

from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlalchemy import delete as drop
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    accounting,
    consents,
    placement_said,
    placement_ties,
    placements,
    tasks,
)
from cmdesk.casework import placement_writes as writes
from cmdesk.casework.tasks import NextStep
from cmdesk.models.consent import Restriction
from cmdesk.models.person import Address
from cmdesk.models.provider import Organisation
from cmdesk.rules.placement import Place
from cmdesk.rules.placement_draft import CandidateForm, SearchForm, WordForm
from cmdesk.rules.placement_way import Column, MoveForm
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.consent import ConsentDialog
from cmdesk.ui.dialogs.log_contact import LogDialog
from cmdesk.ui.dialogs.placement_add import PlacementAdd
from cmdesk.ui.dialogs.placement_candidate import PlacementCandidateDialog
from cmdesk.ui.dialogs.placement_conflicts import PlacementConflictsDialog
from cmdesk.ui.dialogs.placement_decision import PlacementDecisionDialog
from cmdesk.ui.dialogs.placement_move import (
    PlacementMoveDialog,
    RecordsAgainDialog,
    open_placement_move,
)
from cmdesk.ui.dialogs.placement_search import PlacementSearchDialog
from cmdesk.ui.dialogs.placement_word import PlacementWordDialog
from cmdesk.ui.dialogs.sheet import Sheet
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.pages.placements import PlacementsPage
from cmdesk.ui.parts import placement_words as say
from cmdesk.ui.parts.placement_card import KIND
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.window import Window
from tests.records import MONDAY

pytestmark = pytest.mark.usefixtures("maya")

D = TypeVar("D", bound=Sheet)
LOOKING = SearchForm("Therapeutic boarding school", budget_cents=1_100_000, part2="no")


def search_of(session: Session, client: int) -> int:
    """Ask two programs for Maya; Fernbrook leads and is to be called."""
    search = writes.begin(session, client, LOOKING)
    for name, cents in (("Fernbrook", 1_040_000), ("Cedar Ledge", 1_200_000)):
        house = Organisation(name=name, private_pay_cents=cents, private_pay_per="month")
        session.add(house)
        session.flush()
        session.add(Address(organisation_id=house.id, city="Stowe", state="VT"))
        number = writes.add(session, search, house.id)
        writes.move(session, number, MoveForm("contacted", MONDAY))
    first = placements.board(session, search).candidates[0].id
    form = CandidateForm(next_step="Call", next_on=MONDAY, watch_for="Few boys", version=2)
    writes.save_candidate(session, first, form)
    writes.star(session, first)
    return search


def let_out(store: Store, client: int, house: int) -> None:
    """Let a program hear how Maya’s treatment goes; no wish keeps it from them."""

    def widen(session: Session) -> None:
        number = consents.rows(session, client)[0].id
        form = consents.draft(session, number)
        topics, named = (*form.topics, "treatment"), (*form.recipients, f"o{house}")
        until = MONDAY + timedelta(days=90)
        form = replace(form, topics=topics, recipients=named, expires_on=until)
        consents.save(session, form, number)
        session.execute(drop(Restriction))

    store.do("Widen", widen)


@pytest.fixture
def search(store: Store, maya: int) -> int:
    return store.do("Search", search_of, maya)


def page_of(window: Window, desk: Desk) -> PlacementsPage:
    desk.go(Route("placements"))
    (page,) = window.findChildren(PlacementsPage)
    return page


def dialog(window: Window, kind: type[D]) -> D:
    (found,) = (each for each in window.findChildren(kind) if each.isVisible())
    return found


def stands(desk: Desk, search: int) -> list[str]:
    return [each.state for each in desk.ask(placements.board, search).candidates]


def stillwater(session: Session) -> int:
    query = select(Organisation.id).where(Organisation.name == "Stillwater Ridge")
    return session.scalars(query).one()


def told_in(consent: ConsentDialog) -> list[str]:
    """Give the words under a form."""
    return [each.text() for each in consent.trouble.findChildren(Label)]


def words_in(page: PlacementsPage) -> list[str]:
    return [each.text() for each in page.pane.table.findChildren(Label) if each.isVisible()]


def test_the_arrow_keys_move_a_program_and_ask_why_it_ends(
    window: Window, desk: Desk, search: int, qtbot: QtBot
) -> None:
    page = page_of(window, desk)
    board = page.pane.board
    qtbot.waitUntil(lambda: board.chosen is not None)
    first, second = board.cards
    assert board.chosen == first.number
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert board.chosen == second.number
    QTest.keyClick(second, Qt.Key.Key_Up)
    QTest.keyClick(first, Qt.Key.Key_Left)  # nothing is left of it
    store_number = first.number
    page.pane.moved.emit(store_number, Column.REVIEWING.value)
    qtbot.waitUntil(lambda: stands(desk, search)[0] == "under_review")
    qtbot.waitUntil(lambda: board.cards[-1].number == board.chosen == store_number)
    QTest.keyClick(board.cards[-1], Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: stands(desk, search)[0] == "accepted")
    board.moved.emit(store_number, Column.NOT_GOING_AHEAD.value)
    asked = dialog(window, PlacementMoveDialog)
    asked.save()
    assert asked.field("reason").fault
    QTest.keyClicks(asked.field("reason").editor, "No bed until June")
    asked.save()
    qtbot.waitUntil(lambda: stands(desk, search)[0] == "declined_by_program")


def test_records_stop_where_no_release_is_and_open_the_consent(
    window: Window, desk: Desk, search: int, qtbot: QtBot
) -> None:
    page = page_of(window, desk)
    card = page.pane.board.cards[0]
    QTest.keyClick(card, Qt.Key.Key_Right)
    consent = dialog(window, ConsentDialog)
    house = desk.ask(placements.board, search).candidates[0].known.id
    assert consent.fields.readers.keys == (f"o{house}",)
    why = "No records go to Fernbrook yet: No consent names Fernbrook."
    assert why in told_in(consent)  # in sight, not behind the form
    assert stands(desk, search) == ["contacted", "contacted"]
    consent.close_dialog()
    qtbot.waitUntil(lambda: not window.findChildren(ConsentDialog))
    second = page.pane.board.cards[1]
    QTest.keyClick(second, Qt.Key.Key_Right)
    consent = dialog(window, ConsentDialog)  # not the one that was begun for Fernbrook
    house = desk.ask(placements.board, search).candidates[1].known.id
    assert consent.fields.readers.keys == (f"o{house}",)
    QTest.keyClicks(consent.fields.purpose, "To ask for a place")
    consent.close_dialog()
    qtbot.waitUntil(lambda: not window.findChildren(ConsentDialog))
    QTest.keyClick(page.pane.board.cards[0], Qt.Key.Key_Right)
    consent = dialog(window, ConsentDialog)
    assert consent.fields.readers.keys == (f"o{house}",)
    other = "This form was begun for somebody else: finish it, or start over."
    assert f"{why} {other}" in told_in(consent)


def test_a_typed_move_without_a_release_leads_to_the_consent(
    window: Window, desk: Desk, search: int, qtbot: QtBot
) -> None:
    pane = page_of(window, desk).pane
    first = desk.ask(placements.board, search).candidates[0]
    move = open_placement_move(desk, window, search, first.id, "records_sent")
    move.save()
    qtbot.waitUntil(move.needed.isVisible)
    assert move.needed.consent.hasFocus()
    move.needed.consent.click()
    consent = dialog(window, ConsentDialog)
    assert consent.fields.readers.keys == (f"o{first.known.id}",)
    consent.close_dialog()
    qtbot.waitUntil(lambda: not move.needed.isVisible())
    move.close_dialog()
    assert stands(desk, search) == ["contacted", "contacted"]
    assert pane.board.cards


@pytest.mark.qt_log_ignore("This plugin does not support")  # a menu without a desktop
def test_records_that_went_again_are_noted_from_the_card_and_the_program(
    window: Window, desk: Desk, search: int, maya: int, store: Store, qtbot: QtBot
) -> None:
    first = desk.ask(placements.board, search).candidates[0]
    let_out(store, maya, first.known.id)
    store.do("Send", writes.move, first.id, MoveForm("packet_sent", desk.today()))
    pane = page_of(window, desk).pane
    pane.board.ask_where(first.id)
    (menu,) = pane.board.findChildren(QMenu)
    assert menu.actions()[-1].isEnabled()
    menu.actions()[-1].trigger()
    menu.close()
    again = dialog(window, RecordsAgainDialog)
    QTest.keyClicks(again.field("reason").editor, "Lab results")
    again.save()
    qtbot.waitUntil(lambda: len(desk.ask(accounting.rows, maya)) == 2)
    assert desk.ask(accounting.rows, maya)[1].what == "Records for a placement: Lab results"
    assert desk.undo_label is None
    pane.opened.emit(first.id)
    program = dialog(window, PlacementCandidateDialog)
    assert program.again_button.isVisible()
    program.again_button.click()
    dialog(window, RecordsAgainDialog).close_dialog()
    program.close_dialog()


def test_a_card_is_dropped_into_a_column(
    window: Window, desk: Desk, search: int, qtbot: QtBot
) -> None:
    page = page_of(window, desk)
    number = page.pane.board.cards[1].number
    data = QMimeData()
    data.setData(KIND, str(number).encode())
    place = page.pane.board.columns[Column.FAMILY_DECIDES]
    drop = QDropEvent(
        *(QPointF(9, 9), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton),
        Qt.KeyboardModifier.NoModifier,
    )
    place.dropEvent(drop)
    qtbot.waitUntil(lambda: stands(desk, search)[1] == "family_decides")


def test_the_keyboard_stands_on_a_program_that_was_added_and_on_the_way_to_the_first(
    window: Window, desk: Desk, search: int, maya: int, store: Store, qtbot: QtBot
) -> None:
    page = page_of(window, desk)
    board = page.pane.board
    qtbot.waitUntil(lambda: board.chosen is not None)
    page.pane.program_asked.emit(search)
    add = dialog(window, PlacementAdd)
    qtbot.waitUntil(add.add_button.isEnabled)
    QTest.keyClicks(add.text, "Stillwater")
    qtbot.waitUntil(lambda: [each.name for each in add._rows.values()] == ["Stillwater Ridge"])
    add.add()
    qtbot.waitUntil(lambda: len(board.cards) == 3)
    new = desk.ask(placements.board, search).candidates[-1].id
    qtbot.waitUntil(lambda: board.chosen == new)
    for each in desk.ask(placements.board, search).candidates:
        store.do("Out", writes.take_out, each.id)
    desk.go(Route("today"))
    page_of(window, desk)
    qtbot.waitUntil(page.pane.first.hasFocus)


def test_a_card_drawn_anew_behind_its_dialog_has_the_keyboard_again(
    window: Window, desk: Desk, search: int, qtbot: QtBot
) -> None:
    board = page_of(window, desk).pane.board
    qtbot.waitUntil(lambda: board.chosen is not None)
    old = board.cards[0]
    QTest.keyClick(old, Qt.Key.Key_Return)
    program = dialog(window, PlacementCandidateDialog)
    program.move_asked.emit(old.number)
    move = dialog(window, PlacementMoveDialog)
    next(each.bound("state") for each, names in move.forms if "state" in names).set("accepted")
    number = old.number
    move.save()
    qtbot.waitUntil(lambda: not isValid(old))
    program.close_dialog()
    qtbot.waitUntil(lambda: board.chosen == number)


def test_a_search_that_was_begun_is_shown(
    window: Window, desk: Desk, search: int, maya: int, store: Store, qtbot: QtBot
) -> None:
    store.do("Away", writes.take_away, search)
    desk.go(Route("chart", maya))
    went: list[Route] = []
    desk.went.connect(went.append)
    find = next(each for each in window._everywhere if each.name == "placement.find")
    find.run()
    begun = dialog(window, PlacementSearchDialog)
    QTest.keyClicks(begun.field("looking_for").editor, "A school")
    begun.save()
    qtbot.waitUntil(lambda: bool(went))
    assert (went[0].page, went[0].record) == ("placements", desk.ask(placements.of_client, maya))


def test_side_by_side_says_what_differs(window: Window, desk: Desk, search: int) -> None:
    page = page_of(window, desk)
    assert page.title.text() == "Placement for Maya Brenner"
    told = words_in(page)
    assert {"$10,400", "$12,000", "Few boys", "Stowe, VT · 1 of 1 must-haves"} <= set(told)
    assert "Your placements there" in told
    page.pane.rows.choose("differences")
    page.pane.rows.chosen.emit("differences")
    fewer = words_in(page)
    assert "$12,000" in fewer
    assert "Your placements there" not in fewer
    page.pane.pick([page.pane.board.cards[1].number])
    assert "$10,400" not in words_in(page)
    board = desk.ask(placements.board, search)
    far = Place(home=212.4, here=34)
    away = replace(board.candidates[0], known=replace(board.candidates[0].known, place=far))
    page.pane.table.show_side_by_side(board, (away, board.candidates[1]))
    assert "212 miles from home, 34 miles from where they are" in words_in(page)
    page.pane.board.show_candidates((away, replace(away, state="no_show")))
    near, over = page.pane.board.cards
    assert near.sizeHint().height() > over.sizeHint().height()  # how far stands on the one
    assert "212 miles from home, 34 miles from where they are" in near.accessibleName()
    assert say.card_lines(desk.words, away, desk.today())[2] == "212 mi home · 34 mi now"
    other = replace(away, known=replace(away.known, around="05672", place=Place(home=1, here=1)))
    assert say.card_lines(desk.words, other, desk.today())[2] == "1 mi 05672 · 1 mi now"
    assert say.how_far(desk.words, other) == "1 mile from 05672, 1 mile from where they are"
    desk.privacy.toggle()
    page.refresh()
    assert page.title.text() == "Placement for M. B."


@pytest.mark.qt_log_ignore("This plugin does not support")  # a menu without a desktop
def test_letters_work_on_a_card(
    window: Window, desk: Desk, search: int, maya: int, qtbot: QtBot, store: Store
) -> None:
    board = page_of(window, desk).pane.board
    QTest.keyClick(board.cards[0], Qt.Key.Key_P)
    dialog(window, PlacementAdd).close_dialog()
    second = board.cards[1]
    second.setFocus()
    QTest.keyClick(second, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: desk.ask(placements.board, search).candidates[1].leading)
    QTest.keyClick(board.cards[0], Qt.Key.Key_X)  # means nothing
    board.cards[0].setFocus()
    third = store.do("Add", writes.add, search, store.ask(stillwater))
    qtbot.waitUntil(lambda: len(board.cards) == 3)
    board.ask_where(third)
    (menu,) = board.findChildren(QMenu)
    menu.actions()[0].trigger()  # one that was not asked yet is asked now
    qtbot.waitUntil(lambda: board._shown[2].state == "contacted")
    menu.close()
    qtbot.waitUntil(lambda: not board.findChildren(QMenu))
    board.cards[0].setFocus()
    QTest.keyClick(board.cards[0], Qt.Key.Key_M)
    (menu,) = board.findChildren(QMenu)
    assert next(each.text() for each in menu.actions() if each.isEnabled()) == "Records sent"
    menu.actions()[3].trigger()
    qtbot.waitUntil(lambda: stands(desk, search)[0] == "accepted")
    menu.close()
    asked: list[Route] = []
    desk.went.connect(asked.append)
    QTest.keyClick(board.cards[0], Qt.Key.Key_O)
    assert asked == [Route("chart", maya)]


def test_each_way_on_leads_where_it_should(
    window: Window, desk: Desk, search: int, qtbot: QtBot, store: Store
) -> None:
    page = page_of(window, desk)
    pane, first = page.pane, page.pane.board.cards[0].number
    for wish, kind in (
        (pane.program_asked, PlacementAdd),
        (pane.needs_asked, PlacementSearchDialog),
        (pane.decision_asked, PlacementDecisionDialog),
        (pane.conflicts_asked, PlacementConflictsDialog),
    ):
        wish.emit(search)
        dialog(window, kind).close_dialog()
    pane.opened.emit(first)
    program = dialog(window, PlacementCandidateDialog)
    program.word_asked.emit(search, first)
    dialog(window, PlacementWordDialog).close_dialog()
    program.move_asked.emit(first)
    move = dialog(window, PlacementMoveDialog)
    state = next(each.bound("state") for each, names in move.forms if "state" in names)
    state.set("waitlisted")  # any state, not those of the column it stands in alone
    assert move.draft.state == "waitlisted"
    move.close_dialog()
    program.close_dialog()
    pane.step_asked.emit(first)
    log = dialog(window, LogDialog)
    assert log.typed.narrative == "Fernbrook: Call"
    assert log.typed.purposes == ("placement_search",)
    log.close_dialog()
    pane.star_chosen()
    asked: list[Route] = []
    desk.went.connect(asked.append)
    pane.summary_asked.emit(search)
    statement = dialog(window, PlacementConflictsDialog)
    assert statement.draft.statement == placement_ties.NOTHING
    statement.save()
    qtbot.waitUntil(lambda: bool(asked))
    assert (asked[0].page, asked[0].tab) == ("composer", ":::decision")


def test_where_a_client_was_taken_in_the_search_is_to_be_ended(
    window: Window, desk: Desk, search: int, maya: int, store: Store
) -> None:
    second = store.ask(placements.board, search).candidates[1]
    let_out(store, maya, second.known.id)
    store.do("Admit", writes.move, second.id, MoveForm("admitted", MONDAY))
    page = page_of(window, desk)
    named = {each.text(): each for each in page.pane.table.findChildren(Button)}
    assert "Log Monday’s call" in named  # the other one is gone on with
    named["End the search"].click()
    dialog(window, PlacementDecisionDialog).close_dialog()
    store.do("Close", writes.close, search)
    desk.go(Route("chart", maya, "placements"))
    (chart,) = window.findChildren(ChartPage)
    shown = chart.placements.pane.table.findChildren(Button)
    assert "End the search" not in [each.text() for each in shown if each.isVisible()]


def test_a_chart_has_its_search_as_a_tab(
    window: Window, desk: Desk, search: int, maya: int, store: Store
) -> None:
    desk.go(Route("chart", maya, "placements"))
    (chart,) = window.findChildren(ChartPage)
    tab = chart.placements
    assert tab.stack.currentIndex() == 0
    assert tab.about.text() == "Therapeutic boarding school"
    store.do("Close", writes.close, search)
    tab.show_client(maya)
    assert tab.about.text() == "Therapeutic boarding school · ended"
    store.do("Away", writes.take_away, search)
    tab.show_client(maya)
    assert tab.stack.currentIndex() == 1
    tab.search_asked.emit(maya)
    assert dialog(window, PlacementSearchDialog).field("looking_for")


def test_without_a_search_the_page_says_how_one_begins(window: Window, desk: Desk) -> None:
    page = page_of(window, desk)
    assert page.stack.currentIndex() == 1


def test_what_the_family_said_stands_in_a_program(
    window: Window, desk: Desk, search: int, store: Store, maya: int, qtbot: QtBot
) -> None:
    page = page_of(window, desk)
    first = page.pane.board.cards[0].number
    own = desk.ask(placements.board, search).person_id
    word = WordForm(own, MONDAY, "I like the music room", "yes")
    store.do("Say", placement_said.say, search, first, word)
    page.refresh()
    assert "I like the music room" in words_in(page)
    pane = page.pane
    pane.opened.emit(first)
    program = dialog(window, PlacementCandidateDialog)
    parts = program.field("parts").editor
    rows = [(number, "no", "Dearer by now", "Renee") for number, *_ in program.draft.parts]
    parts.put(rows)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - the answers
    called = NextStep("Call Fernbrook", MONDAY, candidate_id=first)  # logged from here, meanwhile
    store.do("Finish", tasks.finish, called)
    qtbot.waitUntil(lambda: program.draft.next_step == "")
    program.save()
    qtbot.waitUntil(lambda: not program.isVisible())
    (found,) = desk.ask(placements.board, search).candidates[0].findings
    assert (found.met.value, found.words) == ("no", "Dearer by now")
    assert found.source == "Told by Renee, Mar 9"
