"""A client's chart, by what a user sees and does."""

from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.casework import clients, drafts, tasks
from cmdesk.casework.clients import ClientDraft
from cmdesk.store.store import Store
from cmdesk.ui import commands
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.parts.circle_person import CircleDraft, CirclePerson
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
    assert told[0] == "Kept back from David: Not in David's consent: family."
    assert told[1] == "Kept back from David: Your choice: kept back."
    assert told[3] == "Thursday, March 5. A sober companion could drive Maya on the 20th."
    menu.actions()[1].trigger()
    assert entries(page)[2] == "Friday, March 6. Maya is doing well in her groups."
    assert not any("Safety check" in said for said in entries(page))


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
    page.side.members()[5].click()
    page.side.members()[0].click()
    assert asked[0] == (maya, None)
    assert asked[1][0] == maya
    assert asked[1][1] is not None


def test_something_can_be_held_back(qtbot: QtBot, desk: Desk, maya: int) -> None:
    page = shown(qtbot, desk, maya)
    asked: list[int] = []
    page.hold_back.connect(asked.append)
    page.head.hold_asked.emit()
    assert asked == [maya]


def test_someone_is_added_to_the_circle(qtbot: QtBot, desk: Desk, maya: int) -> None:
    page = shown(qtbot, desk, maya)
    page.add_person()
    dialog = page.findChild(CirclePerson)
    assert isinstance(dialog, CirclePerson)
    press(dialog, "Add person")
    assert "A person needs a name." in said_in(dialog)
    dialog.form.load(CircleDraft("June", "Lund", "sibling"))
    press(dialog, "Add person")
    qtbot.waitUntil(lambda: len(page.side.members()) == 7)
    assert page.side.members()[6].accessibleName() == "June Lund, Sibling, No consent"


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
    QTest.keyClick(page.log.list, Qt.Key.Key_BracketRight)
    qtbot.waitUntil(page.consents.isVisible)
    assert "Part 2 consent, named recipients · all topics" in said_in(page.consents)


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
    assert entries(page)[0] == "Kept back from D.: Not in D.'s consent: family."


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
    began = perf_counter()
    page = shown(qtbot, desk, maya)
    assert perf_counter() - began < 2
    measured = [height for height in page.log.list._heights if height is not None]
    assert 0 < len(measured) < 20
    bar = page.log.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    page.log.list.viewport().repaint()
    last = page.log.list.visualRect(page.log.model.index(303, 0))
    assert last.bottom() == page.log.list.viewport().height() - 1
    assert "Call number 299." in entries(page)[303]
