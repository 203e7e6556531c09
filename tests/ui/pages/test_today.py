"""The page of the day: groups in order, one verb a row, done and put off with a way back."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, SignalInstance
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from cmdesk.casework import clients, goals, tasks, today
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.row_log import DayRow
from cmdesk.casework.today import TodayRow
from cmdesk.models.care import Episode
from cmdesk.models.client import Client, Engagement
from cmdesk.models.coverage import Authorization, Policy
from cmdesk.models.goal import Goal, GoalMove
from cmdesk.models.inquiry import Inquiry
from cmdesk.models.practice import Practitioner
from cmdesk.models.rhythm import CadenceRule
from cmdesk.models.rights import PrivacyIncident, RightsRequest
from cmdesk.models.safety import Medication, SafetyPlan
from cmdesk.models.task import Task
from cmdesk.models.transition import Transition
from cmdesk.rules.agenda import Group
from cmdesk.rules.goal_draft import MoveForm
from cmdesk.store.store import Store
from cmdesk.ui import look, table
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.snooze import SnoozeDialog
from cmdesk.ui.page import Route
from cmdesk.ui.pages.today import TodayPage
from cmdesk.ui.parts.agenda_rows import ROW
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label
from tests.ui.conftest import Said
from tests.ui.pages import practice


@pytest.fixture
def page(desk: Desk, maya: int, store: Store, qtbot: QtBot) -> TodayPage:
    store.do("Add", tasks.add, maya, "Answer the school", desk.today() - timedelta(days=9))
    shown = TodayPage(desk)
    qtbot.addWidget(shown)
    shown.resize(1400, 900)
    shown.show()
    qtbot.waitUntil(lambda: bool(titles(shown)))
    return shown


def titles(page: TodayPage) -> list[str]:
    model = page.list.model()
    return [str(model.index(place, 0).data()) for place in range(model.rowCount())]


def go_to(page: TodayPage, title: str) -> None:
    model = page.list.model()
    page.list.setCurrentIndex(model.index(titles(page).index(title), 0))


def test_the_most_urgent_comes_first_and_is_chosen(page: TodayPage, desk: Desk) -> None:
    assert titles(page)[0] == "Answer the school"
    assert page.chosen is not None
    assert page.chosen.title == "Answer the school"
    late, _ = desk.ask(today.urgent)
    assert late >= 1
    said = page.head.said(page.shown)
    assert "overdue; start with Maya Brenner." in said
    assert any(label.text() == said for label in page.findChildren(Label))


def test_enter_finishes_a_task_and_undo_brings_it_back(
    page: TodayPage, store: Store, said: Said, qtbot: QtBot
) -> None:
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Answer the school" not in titles(page))
    assert said.toasts[-1][0] == "Done: Answer the school · Maya Brenner"
    store.undo()
    qtbot.waitUntil(lambda: "Answer the school" in titles(page))


def test_what_is_put_off_is_due_tomorrow(page: TodayPage, said: Said, qtbot: QtBot) -> None:
    page.put_off()
    qtbot.waitUntil(lambda: "Answer the school" not in titles(page))
    assert said.toasts[-1][0] == "Until tomorrow: Answer the school · Maya Brenner"


def test_a_letter_opens_in_the_composer(page: TodayPage, desk: Desk, maya: int) -> None:
    asked: list[Route] = []
    desk.went.connect(asked.append)
    go_to(page, "Diane Brenner")
    page.act()
    assert asked[-1].page == "composer"
    assert asked[-1].record == maya
    page.open_client()
    assert asked[-1] == Route("chart", maya)
    before = titles(page)
    page.finish()
    assert titles(page) == before


def test_the_verb_can_be_pressed(page: TodayPage, qtbot: QtBot) -> None:
    acted: list[str] = []
    page.list.acted.connect(lambda: acted.append("acted"))
    first = page.list.model().index(0, 0)  # measured once painted, with the heading above it
    qtbot.waitUntil(lambda: page.list.visualRect(first).height() > look.px(ROW))
    rect = page.list.visualRect(page.list.model().index(0, 0))
    words = QPoint(rect.x() + 60, rect.bottom() - 10)
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=words)
    assert acted == []
    verb = QPoint(rect.right() - 20, rect.bottom() - 10)
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=verb)
    assert acted == ["acted"]


def everything(session: Session, client: int) -> None:
    """Give one client something of every kind that ends, is to be reached or looked at again."""
    day = practice.TODAY
    soon = day + timedelta(days=2)
    person = session.get_one(Client, client).person_id
    session.add_all(
        [
            CadenceRule(client_id=client, person_id=person, every_days=7, method="in_person"),
            Inquiry(received_at=practice.NOW, caller_name="Wen Li"),
            Policy(client_id=client, payer="Meridian Health", ends_on=soon),
            Authorization(
                client_id=client, decision="approved", through_on=soon, next_review_on=soon
            ),
            Medication(client_id=client, name="Sertraline", supply_ends_on=soon),
            SafetyPlan(client_id=client, review_on=soon),
            RightsRequest(client_id=client, kind="access", received_on=day),
            PrivacyIncident(client_id=client, discovered_on=day),
        ]
    )
    goal = Goal(client_id=client, name="Sleep through the night")
    stay = Episode(client_id=client, level_of_care="mh:iop", discharged=day)
    session.add_all((goal, stay))
    session.flush()
    session.add(Transition(client_id=client, from_episode_id=stay.id, left_on=day, closed_on=day))
    session.add(GoalMove(goal_id=goal.id, moved_on=day - timedelta(days=40), status="active"))
    session.query(Practitioner).one().licence_expires_on = soon
    session.query(Engagement).filter_by(client_id=client).one().review_on = soon


def test_each_verb_leads_where_it_says(
    page: TodayPage, desk: Desk, maya: int, store: Store, qtbot: QtBot
) -> None:
    heard: list[tuple[str, object]] = []

    def note(name: str, record: object, _more: object = None) -> None:
        heard.append((name, record))

    def went(route: Route) -> None:
        heard.append((route.page, route.record))

    for name in (
        *("log_row", "review_coverage", "review_safety", "review_agreement", "answer"),
        *("open_request", "open_incident"),
    ):
        signal: SignalInstance = getattr(page, name)
        signal.connect(partial(note, name))
    page.renew.connect(partial(note, "renew"))
    page.open_stay.connect(partial(note, "open_stay"))
    desk.went.connect(went)
    store.do("Add", everything, maya)
    qtbot.waitUntil(lambda: "Meet Maya" in " ".join(titles(page)))
    rows = {row.kind: row for row in page.shown}
    for kind, verb, expected in (
        ("follow_up", "Log call", ("log_row", maya)),
        ("cadence", "Log meeting", ("log_row", maya)),
        ("inquiry", "Answer", ("answer", rows["inquiry"].record)),
        ("update", "Write", ("composer", maya)),
        ("consent", "Renew", ("renew", maya)),
        ("authorization", "See coverage", ("review_coverage", maya)),
        ("insurance_review", "Review", ("review_coverage", maya)),
        ("policy", "Renew", ("review_coverage", maya)),
        ("medication", "Log contact", ("log_row", maya)),
        ("licence", "Open settings", ("settings", None)),
        ("move", "Plan the move", ("chart", maya)),
        ("stay_end", "Close stay", ("open_stay", maya)),
        ("safety_review", "Review", ("review_safety", maya)),
        ("engagement_review", "Review", ("review_agreement", maya)),
        ("goal_stalled", "See goals", ("chart", maya)),
        ("rights_request", "Open", ("open_request", rows["rights_request"].record)),
        ("privacy_incident", "Open", ("open_incident", rows["privacy_incident"].record)),
    ):
        table.select(page.list, page.model, rows[kind].id)
        page.act()
        assert (kind, page.delegate.verb(rows[kind]), heard.pop()) == (kind, verb, expected)
    assert heard == []


def test_any_row_is_put_off_until_a_day(
    page: TodayPage, said: Said, store: Store, qtbot: QtBot
) -> None:
    go_to(page, "Diane Brenner")
    page.put_off_until()
    (dialog,) = page.window().findChildren(SnoozeDialog)
    dialog.until.setText("Mar 1")
    dialog.save.click()
    assert dialog.field.fault == "Give a day to come."
    dialog.until.setText("Mar 20")
    dialog.save.click()
    qtbot.waitUntil(lambda: "Diane Brenner" not in titles(page))
    assert said.toasts[-1][0] == "Until Mar 20: Diane Brenner · Maya Brenner"
    store.undo()
    qtbot.waitUntil(lambda: "Diane Brenner" in titles(page))


def test_keys_lead_to_log_letter_and_section(page: TodayPage, desk: Desk, maya: int) -> None:
    heard: list[object] = []

    def asked(client: int, row: DayRow) -> None:
        heard.append((client, row.kind))

    page.log_row.connect(asked)
    page.edit_cadence.connect(heard.append)
    desk.went.connect(heard.append)
    page.log()
    page.change_rhythm()
    page.write()
    assert heard == [(maya, "task"), maya, Route("composer", maya, "")]
    page.jump_to(2)
    assert page.chosen is not None
    assert page.chosen.group == Group.TODAY
    page.jump_to(6)
    assert page.chosen.group == Group.TODAY
    keys = {command.shortcut for command in page.commands()}
    assert {"D", "S", "Shift+S", "L", "U", "O", "1", "6"} <= keys


def test_who_is_waited_for_is_ticked_off_at_the_side(
    page: TodayPage, maya: int, store: Store, said: Said, qtbot: QtBot
) -> None:
    def wait(session: Session) -> None:
        task = Task(client_id=maya, text="Records", state="waiting")
        task.waiting_since = practice.TODAY - timedelta(days=4)
        session.add(task)

    store.do("Wait", wait)
    qtbot.waitUntil(lambda: bool(waited(page)))
    assert waited(page) == ["Done: Records"]
    next(b for b in page.side.findChildren(Button) if b.accessibleName() == "Done: Records").click()
    qtbot.waitUntil(lambda: not waited(page))
    assert said.toasts[-1][0] == "Done: Records · Maya Brenner"


def test_the_side_is_true_of_whom_one_waits_for(page: TodayPage) -> None:
    due = TodayRow(
        *(1, Group.TODAY, "task"),
        title="Form",
        why="By phone",
        due=practice.TODAY,
        record=1,
        waits=True,
    )
    waiting = "Waiting on Tess for 4 days"
    on_tess = replace(due, group=Group.WAITING, title="Records", why=waiting)
    for found, put_off, said in (
        ([], 0, ["On nobody."]),
        ([replace(due, waits=False)], 0, ["On nobody."]),
        ([due], 0, ["1 stands in the list."]),
        ([due, due], 1, ["2 stand in the list, 1 is snoozed."]),
        ([], 2, ["2 are snoozed."]),
        ([on_tess], 0, ["Records", "On Tess for 4 days"]),
        (
            *([on_tess, due], 1),
            ["Records", "On Tess for 4 days", "1 more stands in the list, 1 is snoozed."],
        ),
        ([replace(on_tess, why="Waiting")], 1, ["Records", "1 more is snoozed."]),
    ):
        page.side.show_waiting(found, put_off)
        assert told_at_the_side(page) == said


def told_at_the_side(page: TodayPage) -> list[str]:
    """Read what stands there in order; what was taken away a moment ago does not count."""
    shown = page.side.waiting_list.layout()
    assert shown is not None
    found: list[str] = []
    for place in range(shown.count()):
        item = shown.itemAt(place)
        each = item.widget() if item else None
        assert each is not None
        found += [each.text()] if isinstance(each, Label) else []
        found += [label.text() for label in each.findChildren(Label)]
    return found


def test_whom_one_waits_for_stands_in_the_list_where_no_rail_does(
    page: TodayPage, maya: int, store: Store, qtbot: QtBot
) -> None:
    def wait(session: Session) -> None:
        task = Task(client_id=maya, text="Records", state="waiting")
        task.waiting_since = practice.TODAY - timedelta(days=4)
        session.add(task)

    store.do("Wait", wait)
    qtbot.waitUntil(lambda: bool(waited(page)))
    assert "Records" not in titles(page)
    page.resize(1280, 720)
    qtbot.waitUntil(lambda: "Records" in titles(page))
    assert not waited(page)
    assert page.shown[-1].group == Group.WAITING
    assert page.delegate.when(page.shown[-1]) == ("", "text2")
    told = page.list.model().index(len(titles(page)) - 1, 0)
    sentence = str(told.data(Qt.ItemDataRole.AccessibleTextRole))
    assert sentence.endswith("Waiting for 4 days. Enter: Mark done.")
    page.resize(1400, 900)
    qtbot.waitUntil(lambda: "Records" not in titles(page) and bool(waited(page)))


def waited(page: TodayPage) -> list[str]:
    shown = [each for each in page.side.findChildren(Button) if each.isVisible()]
    return [each.accessibleName() for each in shown if each.text() == "Done"]


def test_a_screen_reader_hears_group_row_and_verb(page: TodayPage) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    told = str(page.list.model().index(0, 0).data(role))
    assert told.startswith("Overdue: Answer the school")
    assert told.endswith("Enter: Mark done.")


def test_names_are_hidden(page: TodayPage, desk: Desk) -> None:
    desk.privacy.toggle()
    role = Qt.ItemDataRole.AccessibleTextRole
    told = [str(page.list.model().index(n, 0).data(role)) for n in range(len(titles(page)))]
    assert not [line for line in told if "Brenner" in line]


def test_what_was_put_off_is_told_without_names(
    page: TodayPage, desk: Desk, said: Said, qtbot: QtBot
) -> None:
    desk.privacy.toggle()
    go_to(page, "Diane Brenner")
    page.put_off()
    qtbot.waitUntil(lambda: bool(said.toasts))
    assert said.toasts[-1][0] == "Until tomorrow: D. B. · M. B."


def test_jumps_lead_to_their_group(page: TodayPage) -> None:
    go_to(page, "Diane Brenner")
    page.jump(1)
    assert page.chosen is not None
    assert page.chosen.id == 1


def headings(page: TodayPage) -> list[str]:
    return [label.text() for label in page.findChildren(Label) if label.isVisible()]


def test_an_empty_day_says_so(desk: Desk, store: Store, qtbot: QtBot) -> None:
    shown = TodayPage(desk)
    qtbot.addWidget(shown)
    heard: list[str] = []
    shown.new_client.connect(lambda: heard.append("new"))
    shown.bring_in.connect(lambda: heard.append("bring in"))
    shown.show()
    qtbot.waitUntil(lambda: "Nobody is here yet" in headings(shown))
    for words in ("New client", "Bring in a file"):
        next(b for b in shown.findChildren(Button) if b.text() == words).click()
    assert heard == ["new", "bring in"]
    store.do("Add", clients.add, ClientDraft("Ana"))
    qtbot.waitUntil(lambda: "Nothing else for today." in headings(shown))
    assert titles(shown) == []


def test_the_day_comes_from_a_calendar_file(page: TodayPage, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "day.ics"
    event = "BEGIN:VEVENT\nDTSTART:20260309T140000Z\nDTEND:20260309T143000Z\nSUMMARY:Tess\n"
    file.write_text(f"BEGIN:VCALENDAR\n{event}END:VEVENT\nEND:VCALENDAR\n", "utf-8")
    day = page.side.day
    day.take(str(file))
    qtbot.waitUntil(lambda: "Tess" in headings(page))
    assert "30 min · starts in 19 min" in headings(page)
    file.write_text("not a calendar", "utf-8")
    day.read()
    qtbot.waitUntil(day.fault.isVisible)
    unreadable = "The calendar file can’t be understood."
    assert day.fault.text() == f"{unreadable} Shown as it was earlier today."
    assert "Tess" in headings(page)
    day.stop.click()
    qtbot.waitUntil(lambda: "Tess" not in headings(page))


def test_a_week_ahead_and_how_much_of_a_letter_may_be_told(
    page: TodayPage, maya: int, store: Store, qtbot: QtBot
) -> None:
    asked: list[object] = []
    page.new_task.connect(lambda: asked.append("task"))
    page.head.task.click()
    assert asked == ["task"]
    store.do("Add", tasks.add, maya, "Call the bank", practice.TODAY + timedelta(days=5))
    assert "Call the bank" not in titles(page)
    ahead = next(b for b in page.head.span.findChildren(QAbstractButton) if "7" in b.text())
    ahead.click()
    qtbot.waitUntil(lambda: "Call the bank" in titles(page))
    letter = "Diane Brenner"
    shown = {each.title: each for each in page.shown}
    assert shown["Call the bank"].group == Group.COMING
    qtbot.waitUntil(lambda: "can be shared" in {e.title: e.why for e in page.shown}[letter])


def stand_still(session: Session, client: int) -> int:
    goal = Goal(client_id=client, name="Sleep through the night")
    session.add(goal)
    session.flush()
    long_ago = practice.TODAY - timedelta(days=40)
    session.add(GoalMove(goal_id=goal.id, moved_on=long_ago, status="active"))
    return goal.id


def test_a_goal_that_moved_at_last_asks_no_longer(
    page: TodayPage, maya: int, store: Store, qtbot: QtBot
) -> None:
    def asks() -> bool:
        return any(each.kind == "goal_stalled" for each in page.shown)

    goal = store.do("Set", stand_still, maya)
    qtbot.waitUntil(asks)
    store.do("Move", goals.move, goal, MoveForm(practice.TODAY, 2))
    qtbot.waitUntil(lambda: not asks())
