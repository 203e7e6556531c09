"""A client's chart, by what a user sees and does."""

from dataclasses import replace
from datetime import date
from functools import partial
from time import process_time

import pytest
from PySide6.QtCore import QPoint, Qt, SignalInstance
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import event
from sqlalchemy.orm import Session

from cmdesk.casework import (
    authorizations,
    client_form,
    clients,
    consents,
    coverage,
    drafts,
    goals,
    safety_plan,
    tasks,
    timeline,
)
from cmdesk.casework import entries as log_entries
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.coverage import PolicyDraft
from cmdesk.casework.safety_plan import PlanDraft, PlanLine
from cmdesk.models.person import Person
from cmdesk.rules.authorization_draft import AuthorizationDraft
from cmdesk.rules.goal_draft import GoalForm, MoveForm
from cmdesk.rules.log import LogDraft
from cmdesk.store.store import Store
from cmdesk.ui import commands, theme
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.parts import care_team, log_pane
from cmdesk.ui.parts.care_team import Member
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from tests.ui.conftest import Said
from tests.ui.pages import practice

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen's own warning


def shown(qtbot: QtBot, desk: Desk, client_id: int) -> ChartPage:
    page = ChartPage(desk)
    qtbot.addWidget(page)
    page.resize(1400, 800)
    page.visit(Route("chart", client_id))
    for command in page.commands():
        commands.action(command, page)
    page.show()
    page.activateWindow()
    page.log.list.setFocus()
    qtbot.waitUntil(lambda: page.log.list.hasFocus() or not page.log.list.isVisible())
    return page


def entries(page: ChartPage) -> list[str]:
    """Give what a screen reader says of each entry."""
    model, role = page.log.model, Qt.ItemDataRole.AccessibleTextRole
    return [str(model.data(model.index(row, 0), role)) for row in range(model.rowCount())]


def said_in(widget: QWidget) -> str:
    visible = [label for label in widget.findChildren(Label) if label.isVisibleTo(widget)]
    return "\n".join(label.accessibleName() for label in visible)


def press(widget: QWidget, words: str) -> None:
    buttons = [each for each in widget.findChildren(QAbstractButton) if each.text() == words]
    assert buttons, words
    buttons[0].click()


def test_the_head_says_who_and_where(qtbot: QtBot, desk: Desk, maya: int) -> None:
    met: list[tuple[int, str]] = []

    def meet(client: int, name: str) -> None:
        met.append((client, name))

    desk.met.connect(meet)
    page = shown(qtbot, desk, maya)
    said = said_in(page.head)
    assert "Maya Brenner" in said
    assert "22 · she/her" in said
    assert "Stillwater Ridge, day 35  ·  Leaves March 20, in 11 days" in said
    assert met[0] == (maya, "Maya Brenner")


def test_a_chart_is_read_in_one_look(qtbot: QtBot, desk: Desk, store: Store, maya: int) -> None:
    """Else it would wait, question after question, while a slow disk takes in saves."""
    page = shown(qtbot, desk, maya)
    begun: list[object] = []
    hear = begun.append
    event.listen(store._reader, "begin", hear)
    page.mark_stale()
    page._catch_up()
    event.remove(store._reader, "begin", hear)
    assert len(begun) == 1


def test_the_log_says_who_may_see_each_entry(qtbot: QtBot, desk: Desk, maya: int) -> None:
    first, second, third, last = entries(shown(qtbot, desk, maya))
    assert first.startswith("Diane Brenner, Call · 18 min, Saturday, March 7 4:10 PM. Anxious")
    assert "Shared with Diane, Tess and Samuel. Kept back from David and Kevin." in first
    assert first.endswith("Follow-up: Raise the ride home with Tess, today.")
    assert "Call, left message · 3 min" in second
    assert second.endswith("Follow-up: Call back Kevin Park, 3 days late.")
    assert third.startswith("Tess Holloway, LMFT, Call · 24 min")
    assert "Short version for Diane." in third
    assert last.startswith("Joel Stern, Text · 2 min, Thursday, March 5 5:20 PM.")


def test_the_care_team_is_told_as_one(qtbot: QtBot, desk: Desk, maya: int) -> None:
    page = shown(qtbot, desk, maya)
    row, words = page.log.model.row_at(0), page.log.delegate.words
    assert row is not None
    family = page.log.delegate.family
    assert [name for _, name in words.audience(row, family)] == [
        "Diane",
        "David",
        "Kevin",
        "Tess",
        "Samuel",
    ]
    team = replace(row, seen=(*row.seen, replace(row.seen[3], called="Nell")))
    assert words.audience(team, family)[family:] == [("share", "Care team")]
    mixed = replace(team, seen=(*team.seen, replace(row.seen[1], called="Ana")))
    assert words.audience(mixed, family)[family:] == [
        ("share", "3 of the care team"),
        ("keep_back", "Ana"),
    ]


def test_a_screen_reader_finds_the_entries(qtbot: QtBot, desk: Desk, maya: int) -> None:
    page = shown(qtbot, desk, maya)
    found = QAccessible.queryAccessibleInterface(page.log.list)
    assert found.text(QAccessible.Text.Name) == "Log"
    said = [found.child(n).text(QAccessible.Text.Name) for n in range(found.childCount())]
    assert any(text.startswith("Diane Brenner, Call") for text in said)


def test_the_model_is_sound(qtbot: QtBot, desk: Desk, maya: int) -> None:
    page = shown(qtbot, desk, maya)
    QAbstractItemModelTester(
        page.log.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page
    )
    page.log.kinds.choose("messages")
    page.log.refresh()
    assert page.log.model.rowCount() == 1


def test_filters_and_words_narrow_the_log(qtbot: QtBot, desk: Desk, maya: int) -> None:
    page = shown(qtbot, desk, maya)
    press(page.log.kinds, "Messages")
    assert [said.split(",")[0] for said in entries(page)] == ["Joel Stern"]
    press(page.log.kinds, "Meetings")
    qtbot.waitUntil(lambda: "4 entries without filters." in said_in(page.log))
    press(page.log, "Clear filters")
    qtbot.waitUntil(page.log.list.hasFocus)
    QTest.keyClick(page.log.list, Qt.Key.Key_Slash)
    assert page.log.text.hasFocus()
    QTest.keyClicks(page.log.text, "prevention plan")
    qtbot.waitUntil(lambda: len(entries(page)) == 1)
    QTest.keyClick(page.log.text, Qt.Key.Key_Escape)
    assert len(entries(page)) == 4


def test_the_lens_shows_exactly_one_persons_view(qtbot: QtBot, desk: Desk, maya: int) -> None:
    page = shown(qtbot, desk, maya)
    menu = page.log.lens_menu()
    offered = [action.text() for action in menu.actions()]
    assert offered == ["me", "Diane", "David", "Kevin", "Tess", "Samuel"]
    menu.actions()[2].trigger()
    assert page.log.lens.text() == "See as: David"
    told = entries(page)
    assert told[0] == "Kept back from David; for you only: Not in David's consent: family."
    assert told[1] == "Kept back from David; for you only: Your choice: kept back."
    assert told[3] == "Thursday, March 5. A sober companion could drive Maya on the 20th."
    menu.actions()[1].trigger()
    assert entries(page)[2] == "Friday, March 6. Maya is doing well in her groups."
    assert not any("Safety check" in said for said in entries(page))


def test_the_words_of_a_wish_stand_apart_from_what_its_reader_would_read(
    qtbot: QtBot, desk: Desk, maya: int, store: Store
) -> None:
    wish = "Maya wants to tell them about Boston herself"
    page = shown(qtbot, desk, maya)
    readers = [each.recipient.ref for each in page.log._standings]
    store.do("Hold", consents.hold_back, maya, [], readers, None, wish)
    page.log.refresh()
    words, row = page.log.delegate.words, page.log.model.row_at(2)
    assert row
    for reader in range(len(readers)):
        told = (words.title(row, reader), words.meta(row, reader), words.body(row, reader))
        assert told == ("Kept back", "", "")
        assert words.aside(row, reader).startswith("For you only: ")
    assert words.aside(row, 0) == f"For you only: {wish}"
    assert words.aside(row, None) == ""
    page.log.see_as(0)
    boxed = page.log.delegate._height(row, 300)
    page.log.see_as(None)
    assert boxed < page.log.delegate._height(row, 300)


def test_where_things_stand_is_written_in_place(
    qtbot: QtBot, desk: Desk, maya: int, store: Store, said: Said
) -> None:
    page = shown(qtbot, desk, maya)
    assert "You wrote this Friday" in said_in(page.card)
    before = store.ask(clients.head, maya).where_things_stand
    page.card.pencil.click()
    assert page.card.editor.text() == before
    page.card.editor.selectAll()
    QTest.keyClicks(page.card.editor, "All is well.")
    page.leave()
    kept = store.ask(drafts.find, f"standing:{maya}")
    assert kept is not None
    assert kept.body == {"text": "All is well."}
    QTest.keyClick(page.card.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "All is well." in said_in(page.card))
    assert store.ask(drafts.find, f"standing:{maya}") is None
    qtbot.waitUntil(lambda: len(said.toasts) == 1)
    undo = said.toasts[0][1]
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: before in said_in(page.card))


def test_an_interrupted_text_is_offered_again(
    qtbot: QtBot, desk: Desk, maya: int, store: Store
) -> None:
    store.do("Keep", drafts.keep, f"standing:{maya}", {"text": "Half a thought"}, maya)
    page = shown(qtbot, desk, maya)
    assert page.card.editing
    assert page.card.editor.text() == "Half a thought"


def test_a_step_is_ticked_added_and_taken_back(
    qtbot: QtBot, desk: Desk, maya: int, store: Store, said: Said
) -> None:
    page = shown(qtbot, desk, maya)
    boxes = page.side.steps.boxes()
    assert boxes[0].accessibleName() == "Call back Kevin Park, 3 days late"
    boxes[0].click()
    qtbot.waitUntil(lambda: len(page.side.steps.boxes()) == 4)
    assert "Call back Kevin Park, done." in entries(page)[1]
    undo = said.toasts[0][1]
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: len(page.side.steps.boxes()) == 5)
    page.side.add_step.click()
    QTest.keyClicks(page.side.new_step.what, "Ask about the bed")
    QTest.keyClicks(page.side.new_step.when, "tomorrow")
    QTest.keyClick(page.side.new_step.when, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.side.steps.boxes()) == 6)
    added = [s for s in store.ask(tasks.next_steps, maya) if s.text == "Ask about the bed"]
    assert added[0].due == date(2026, 3, 10)


def test_what_was_ticked_is_told_without_names(
    qtbot: QtBot, desk: Desk, maya: int, said: Said
) -> None:
    page = shown(qtbot, desk, maya)
    desk.privacy.toggle()
    page.side.steps.boxes()[0].click()
    qtbot.waitUntil(lambda: bool(said.toasts))
    assert said.toasts[0][0] == "Done: Call back K. P."


def test_the_care_team_says_what_each_consent_is_worth(qtbot: QtBot, desk: Desk, maya: int) -> None:
    page = shown(qtbot, desk, maya)
    told = [row.accessibleName() for row in page.side.members()]
    assert told[0] == "Tess Holloway, LMFT, Therapist · all topics, Jun 30"
    assert told[3] == "David Brenner, Father · 3 topics, Mar 18"
    assert told[4] == "Kevin Park, Other, ended March 1, Not valid"
    assert told[5] == "Joel Stern, Other, No consent"
    asked: list[tuple[int, object]] = []

    def ask(client: int, consent: object) -> None:
        asked.append((client, consent))

    page.edit_consent.connect(ask)
    for place in (5, 0):
        row = page.side.members()[place]
        QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() - 4, 10))
    assert asked[0] == (maya, None)
    assert asked[1][0] == maya
    assert asked[1][1] is not None


def test_a_person_of_the_team_is_called_edited_and_their_consent_opened(
    qtbot: QtBot, desk: Desk, maya: int
) -> None:
    page = shown(qtbot, desk, maya)
    tess = page.side.members()[0]
    called, edited, consents = [list[tuple[int, object]]() for _ in range(3)]

    def listen(signal: SignalInstance, heard: list[tuple[int, object]]) -> None:
        def hear(client: int, other: object) -> None:
            heard.append((client, other))

        signal.connect(hear)

    listen(page.pre_call, called)
    listen(page.edit_person, edited)
    listen(page.edit_consent, consents)
    tess.setFocus()
    tess.click()
    QTest.keyClick(tess, Qt.Key.Key_E)
    QTest.keyClick(tess, Qt.Key.Key_C)
    assert (len(called), len(edited), len(consents)) == (1, 1, 1)
    assert called == edited
    assert called[0][0] == maya
    menu = [action.text() for action in tess.menu().actions()]
    assert menu == ["Before a call", "Edit", "Open the consent"]
    QTest.mouseClick(tess, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert len(called) == 2


def test_a_long_team_shows_first_what_presses_and_some_of_each_kind() -> None:
    def one(name: str, group: int, ink: Ink = "text2") -> Member:
        return Member(name, "", 1, "", Icon.SHIELD_CHECK, ink, group=group)

    team = [
        *(one(f"T{number}", care_team.CARE) for number in range(4)),
        one("House", care_team.HOUSES),
        *(one(f"F{number}", care_team.FAMILY) for number in range(4)),
        one("Joel", care_team.REST, "crit"),
    ]
    names = [each.name for each in care_team.chosen(team, 6)]
    assert names == ["T0", "T1", "House", "F0", "F1", "Joel"]
    assert care_team.chosen(team[:3], 6) == team[:3]


def test_long_lists_of_the_rail_unfold(qtbot: QtBot, desk: Desk, maya: int, store: Store) -> None:
    def more(session: Session) -> None:
        for number in range(3):
            tasks.add(session, maya, f"Step {number}")
            clients.add_to_circle(session, maya, f"Aunt {number}", "Lund", "aunt")

    store.do("More", more)
    page = shown(qtbot, desk, maya)
    assert len(page.side.steps.boxes()) == 6
    press(page.side.steps, "Show all 8")
    assert len(page.side.steps.boxes()) == 8
    assert len(page.side.members()) == 6
    press(page.side, "Show all 9")
    assert len(page.side.members()) == 9
    press(page.side.steps, "Show fewer")
    buttons = page.side.findChildren(QAbstractButton)
    [each for each in buttons if each.text() == "Show fewer"][-1].click()
    assert len(page.side.members()) == 6


def _wish(wished: list[tuple[str, int]], name: str, client: int) -> None:
    wished.append((name, client))


def test_safety_and_coverage_stand_on_the_rail(
    qtbot: QtBot, desk: Desk, maya: int, store: Store
) -> None:
    page = shown(qtbot, desk, maya)
    said = said_in(page.side)
    assert "No safety plan yet" in said
    assert "No policy on record." in said
    assert page.side.agreement.isHidden()
    wished: list[tuple[str, int]] = []
    for name, signal in (
        ("safety", page.safety),
        ("cover", page.cover),
        ("client", page.edit_client),
    ):
        signal.connect(partial(_wish, wished, name))
    press(page.side, "Make one")
    page.side.coverage.open.click()
    page.side.agreement.open.click()
    page.head.crisis.click()
    {action.text(): action for action in page.head.menu().actions()}["Edit client …"].trigger()
    names = ["safety", "cover", "client", "safety", "client"]
    assert wished == [(name, maya) for name in names]

    def make(session: Session) -> None:
        people = {each.name.called: each.person_id for each in clients.circle(session, maya)}
        lines = (PlanLine(4, "", people["Diane"]), PlanLine(5, "", people["Tess"]))
        plan = PlanDraft("moderate", date(2026, 3, 2), date(2026, 3, 8), lines=lines)
        safety_plan.save(session, maya, plan)
        policy = coverage.save_policy(session, maya, PolicyDraft("Meridian", "ppo", pays="70%."))
        given = AuthorizationDraft(policy, decision="approved", units_authorized=37)
        authorizations.save(session, maya, given)
        agreed = replace(client_form.read(session, maya), my_role="I keep it in one piece.")
        client_form.save(session, maya, replace(agreed, after_hours="988"))

    store.do("Make", make)
    qtbot.waitUntil(page.side.agreement.isVisible)
    said = said_in(page.side)
    assert all(words in said for words in ("I keep it in one piece.", "After hours: 988"))
    qtbot.waitUntil(lambda: "· plan reviewed March 2" in said_in(page.side))
    said = said_in(page.side)
    assert "Moderate" in said
    assert "First call: Tess, then Diane. 988 any time." in said
    assert "Go through it again: 1 day late" in said
    assert "Meridian PPO, residential" in said
    assert "2 days left" in said
    assert "35 of 37 approved days used. 70%." in said
    assert "Approved through Wednesday, leaves March 20." in said


def test_another_view_hides_all_else_and_opens_nothing(qtbot: QtBot, desk: Desk, maya: int) -> None:
    page = shown(qtbot, desk, maya)
    opened: list[int] = []
    page.open_entry.connect(opened.append)
    page.log.text.setText("prevention")
    page.log.see_as(1)
    assert not page.side.isVisible()
    assert not page.card.isVisible()
    assert not page.log.text.isEnabled()
    assert len(entries(page)) == 4
    assert "Only what David may read today." in said_in(page.log)
    row, words = page.log.model.row_at(0), page.log.delegate.words
    assert row is not None
    assert (words.title(row, 1), words.meta(row, 1)) == ("Kept back", "")
    QTest.keyClick(page.log.list, Qt.Key.Key_J)
    QTest.keyClick(page.log.list, Qt.Key.Key_Return)
    assert opened == []
    QTest.keyClick(page.log.list, Qt.Key.Key_Escape)
    assert page.log.lens.text() == "See as: me"
    assert page.side.isVisible()
    page.log.see_as(0)
    page.next_tab()
    assert page.log.delegate.reader is None


def test_what_is_out_of_the_ordinary_is_said_of_an_entry(
    qtbot: QtBot, desk: Desk, maya: int, store: Store
) -> None:
    newest = store.ask(timeline.find, maya)
    store.do("Mark", log_entries.mark_wrong_chart, newest[0], "Another Maya")

    def tamper(session: Session) -> None:
        joel = next(p for p in clients.circle(session, maya) if p.name.called == "Joel")
        session.get_one(Person, joel.person_id).uid = "someone-else"

    store.do("Tamper", tamper)
    page = shown(qtbot, desk, maya)
    assert len(entries(page)) == 3
    press(page.log.wrong_bar, "Show")
    assert "It stands in the wrong chart." in entries(page)[0]
    assert "Late entry." in entries(page)[3]
    row = page.log.model.row_at(3)
    assert row is not None
    qtbot.waitUntil(lambda: bool(page.log.proving.broken))
    chips = [words for words, _ in page.log.delegate.words.chips(row)]
    assert "Not what was signed" in chips
    page.log.list.viewport().repaint()
    press(page.log.wrong_bar, "Hide")
    assert len(entries(page)) == 3


def test_what_an_entry_lacks_is_pressed_to_add_it(
    qtbot: QtBot, desk: Desk, maya: int, store: Store
) -> None:
    bare = LogDraft(maya, practice.TODAY, narrative="We spoke.")
    number = store.do("Log", log_entries.log, bare, sign=False)
    page = shown(qtbot, desk, maya)
    asked: list[object] = []
    page.open_entry.connect(asked.append)
    shelf = page.log.list
    place = page.log.model.index(0, 0)
    qtbot.waitUntil(lambda: page.log.model.row_at(0) is not None)
    shelf.viewport().repaint()
    rect = shelf.visualRect(place)
    spots = [QPoint(x, y) for x in range(rect.left(), rect.right(), 4) for y in range(24, 60, 4)]
    hit = next(spot for spot in spots if page.log.delegate.on_unsigned(rect, 0, spot))
    left, pane = Qt.MouseButton.LeftButton, shelf.viewport()
    QTest.mouseMove(pane, hit)
    assert pane.cursor().shape() == Qt.CursorShape.PointingHandCursor
    QTest.mouseClick(pane, left, pos=QPoint(rect.left() + 120, hit.y()))
    assert asked == []
    QTest.mouseClick(pane, left, pos=hit)
    assert asked == [number]
    page.log.see_as(0)
    assert not page.log.delegate.on_unsigned(shelf.visualRect(place), 0, hit)


def test_the_updates_tab_lists_what_is_agreed_begun_and_handed_over(
    qtbot: QtBot, desk: Desk, maya: int, store: Store
) -> None:
    diane = next(p for p in store.ask(clients.circle, maya) if p.name.called == "Diane")
    key = f"update:{maya}:p{diane.person_id}:2026-03-02:2026-03-08"
    store.do("Keep", drafts.keep, key, {"letter": {"headline": "A good week"}}, maya)
    page = shown(qtbot, desk, maya)
    page.visit(Route("chart", maya, "updates"))
    qtbot.waitUntil(lambda: said_in(page.updates).count("For Diane") == 3)
    said = said_in(page.updates)
    assert "last one Mar 2" in said
    assert "A good week" in said
    gone: list[Route] = []
    desk.went.connect(gone.append)
    press(page.updates, "Go on")
    assert gone[0] == Route("composer", maya, f"{key.partition(f'{maya}:')[2]}:weekly")
    asked: list[int] = []
    page.write_update.connect(asked.append)
    press(page.updates, "Write update")
    assert asked == [maya]
    press(page.updates, "Throw away")
    qtbot.waitUntil(lambda: "A good week" not in said_in(page.updates))
    assert store.ask(drafts.find, key) is None


def test_with_large_text_the_rail_stands_under_the_log(
    qtbot: QtBot, desk: Desk, maya: int, qapp: QApplication
) -> None:
    dress = theme.apply(qapp, "light")
    try:
        while dress.zoom(1) < 150:
            pass
        page = shown(qtbot, desk, maya)
        qtbot.waitUntil(lambda: page.side.y() > page.log.y())
        qtbot.waitUntil(lambda: page.side.width() == page.width())
    finally:
        dress.zoom(0)


def test_something_can_be_held_back(qtbot: QtBot, desk: Desk, maya: int) -> None:
    page = shown(qtbot, desk, maya)
    asked: list[int] = []
    page.hold_back.connect(asked.append)
    page.head.hold_asked.emit()
    assert asked == [maya]


def test_someone_can_be_added_to_the_circle(qtbot: QtBot, desk: Desk, maya: int) -> None:
    page = shown(qtbot, desk, maya)
    asked: list[tuple[int, object]] = []

    def ask(client: int, person: object) -> None:
        asked.append((client, person))

    page.edit_person.connect(ask)
    page.head.person_asked.emit()
    assert asked == [(maya, None)]


def test_a_kept_draft_is_opened_or_dropped(
    qtbot: QtBot, desk: Desk, maya: int, store: Store
) -> None:
    other = store.do("Add", clients.add, ClientDraft("Wren"))
    store.do("Keep", drafts.keep, f"entry:new:{maya}", {"narrative": "Half"}, maya)
    store.do("Keep", drafts.keep, f"entry:new:{other}", {"narrative": "Not Maya's"}, other)
    page = shown(qtbot, desk, maya)
    notes = page.drafts.findChildren(Note)
    assert len(notes) == 1
    assert "A draft from 9:41 AM was kept" in said_in(page.drafts)
    asked: list[int] = []
    page.log_contact.connect(asked.append)
    press(page.drafts, "Open draft")
    assert asked == [maya]
    press(page.drafts, "Discard")
    qtbot.waitUntil(lambda: not page.drafts.isVisible())
    assert store.ask(drafts.find, f"entry:new:{maya}") is None


def test_keys_log_write_open_and_turn_tabs(qtbot: QtBot, desk: Desk, maya: int) -> None:
    page = shown(qtbot, desk, maya)
    asked: list[object] = []
    for signal in (page.log_contact, page.write_update, page.open_entry):
        signal.connect(asked.append)
    QTest.keyClick(page.log.list, Qt.Key.Key_L)
    QTest.keyClick(page.log.list, Qt.Key.Key_U)
    QTest.keyClick(page.log.list, Qt.Key.Key_J)
    QTest.keyClick(page.log.list, Qt.Key.Key_J)
    QTest.keyClick(page.log.list, Qt.Key.Key_Return)
    assert asked == [maya, maya, page.log.model.ids[1]]
    QTest.keyClick(page.log.list, Qt.Key.Key_BracketLeft)
    qtbot.waitUntil(page.consents.isVisible)
    wanted = "Part 2 consent, named recipients · all topics"
    qtbot.waitUntil(lambda: wanted in said_in(page.consents))


def test_names_are_hidden_on_request(qtbot: QtBot, desk: Desk, maya: int) -> None:
    page = shown(qtbot, desk, maya)
    desk.privacy.toggle()
    qtbot.waitUntil(lambda: "M. B." in said_in(page.head))
    assert entries(page)[0].startswith("D. B., Call")
    assert page.side.members()[0].accessibleName().startswith("T. H., LMFT")
    qtbot.waitUntil(lambda: "and D. and D. disagree" in said_in(page.card))
    assert "wants to drive M. herself" in entries(page)[0]
    assert "Call back K. P., 3 days late" in entries(page)[1]
    assert page.side.steps.boxes()[2].accessibleName() == "Write D.’s update, Today"
    page.log.see_as(1)
    assert entries(page)[0] == "Kept back from D.; for you only: Not in D.'s consent: family."


def test_another_chart_starts_anew(qtbot: QtBot, desk: Desk, maya: int, store: Store) -> None:
    other = store.do("Add", clients.add, ClientDraft("Wren"))
    page = shown(qtbot, desk, maya)
    page.log.see_as(1)
    page.visit(Route("chart", other))
    qtbot.waitUntil(lambda: "Wren" in said_in(page.head))
    qtbot.waitUntil(lambda: "Nothing logged yet" in said_in(page.log))
    qtbot.waitUntil(lambda: "Nobody yet" in said_in(page.side))
    page.visit(Route("chart", maya))
    qtbot.waitUntil(lambda: len(entries(page)) == 4)
    assert page.log.lens.text() == "See as: me"


def test_opening_a_chart_is_noted_without_touching_undo(
    qtbot: QtBot, desk: Desk, maya: int, store: Store
) -> None:
    before = store.undo_label
    shown(qtbot, desk, maya)
    assert store.undo_label == before


@pytest.mark.slow
def test_a_long_log_is_measured_only_where_it_is_seen(
    qtbot: QtBot, desk: Desk, maya: int, store: Store
) -> None:
    store.do("Log", practice.many_entries, maya, 300)
    began = process_time()  # however many other programs run
    page = shown(qtbot, desk, maya)
    assert process_time() - began < 2
    measured = [height for height in page.log.list._heights if height is not None]
    assert 0 < len(measured) < 20
    bar = page.log.list.verticalScrollBar()
    bar.setValue(10)
    foot = page.log.list.indexAt(QPoint(0, page.log.list.viewport().height() - 1)).row()
    assert page.log.model.unread(foot + log_pane.PAGE)
    qtbot.waitUntil(lambda: not page.log.model.unread(foot + log_pane.PAGE))  # before it is seen
    bar.setValue(bar.maximum())
    page.log.list.viewport().repaint()
    last = page.log.list.visualRect(page.log.model.index(303, 0))
    assert last.bottom() == page.log.list.viewport().height() - 1
    assert "Call number 299." in entries(page)[303]


def set_goals(store: Store, client: int) -> list[int]:
    sleep = GoalForm("Sleep through the night", "I want to wake up rested.", measure="hours")
    sleep = replace(sleep, baseline="5", target="7", target_on=date(2026, 4, 10))
    first = store.do("Set", goals.save, client, replace(sleep, agreed_on=date(2026, 2, 20)))
    second = store.do("Set", goals.save, client, GoalForm("Lift her mood", status="proposed"))
    store.do("Move", goals.move, first, MoveForm(date(2026, 3, 7), 3, note="Seven hours"))
    return [first, second]


def test_the_care_plan_says_how_far_each_goal_has_come(
    qtbot: QtBot, desk: Desk, store: Store, maya: int, said: Said
) -> None:
    page = shown(qtbot, desk, maya)
    page.next_tab()
    assert "No goals yet" in said_in(page.goals)
    wishes: list[object] = []

    def edit(client: int, goal: object) -> None:
        wishes.append(("edit", client, goal))

    def move(client: int, goal: int) -> None:
        wishes.append(("move", client, goal))

    page.edit_goal.connect(edit)
    page.move_goal.connect(move)
    press(page.goals, "Add a goal")
    first, second = set_goals(store, maya)
    store.do("Move", goals.move, first, MoveForm(date(2026, 2, 1), note="Told later"))
    page.refresh()
    page.goals.list.setFocus()
    model, role = page.goals.model, Qt.ItemDataRole.AccessibleTextRole
    said_of_first, said_of_second = (str(model.data(model.index(row, 0), role)) for row in range(2))
    assert said_of_first == (
        "Sleep through the night. “I want to wake up rested.” Most of the way. "
        "From 5 to 7 hours · by Apr 10 · moved Mar 7."
    )
    assert said_of_second == "Lift her mood. Proposed. Moved today."
    QTest.keyClick(page.goals.list, Qt.Key.Key_M)
    QTest.keyClick(page.goals.list, Qt.Key.Key_Down)
    QTest.keyClick(page.goals.list, Qt.Key.Key_Return)
    assert wishes == [("edit", maya, None), ("move", maya, first), ("edit", maya, second)]
    QTest.keyClick(page.goals.list, Qt.Key.Key_Up)

    def backs() -> list[QAbstractButton]:
        found = [each for each in page.goals.findChildren(QAbstractButton) if each.isVisible()]
        return [each for each in found if each.accessibleName().startswith("Take back")]

    qtbot.waitUntil(lambda: len(backs()) == 2)
    assert "Feb 1" in backs()[1].accessibleName()  # how it was set is not taken back
    backs()[0].click()
    qtbot.waitUntil(lambda: bool(said.toasts))
    assert said.toasts[-1][0] == "Taken back"
    assert len(store.ask(goals.one, first).moves) == 2


def test_milestones_stand_in_the_log_and_not_in_anothers_view(
    qtbot: QtBot, desk: Desk, store: Store, maya: int
) -> None:
    first, _ = set_goals(store, maya)
    page = shown(qtbot, desk, maya)
    asked: list[object] = []

    def ask(client: int, goal: object) -> None:
        asked.append((client, goal))

    page.edit_goal.connect(ask)
    assert any(each.startswith("Sleep through the night, Goal set") for each in entries(page))
    press(page.log.kinds, "Milestones")
    assert entries(page) == [
        "Lift her mood, Goal set, Monday, March 9.",
        "Sleep through the night, Most of the way, Saturday, March 7. Seven hours",
        "Sleep through the night, Goal set, Friday, February 20.",
    ]
    page.log.grab()
    QTest.keyClick(page.log.list, Qt.Key.Key_End)
    QTest.keyClick(page.log.list, Qt.Key.Key_Return)
    assert asked == [(maya, first)]
    page.log.see_as(0)
    assert entries(page) == []
