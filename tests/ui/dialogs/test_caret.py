"""A lock in the middle of a word: the dialog opens again with the words, and the caret in them."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

import cmdesk.ui
from cmdesk.casework import (
    authorizations,
    contacts,
    documents,
    entries,
    goals,
    placement_writes,
    transition_begin,
    transitions,
)
from cmdesk.casework.parties import of_person
from cmdesk.models.update import Update, UpdateCopy
from cmdesk.rules.authorization_draft import AuthorizationDraft
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.goal_draft import GoalForm
from cmdesk.rules.leaks import Hit, Kind
from cmdesk.rules.letter_state import LetterState
from cmdesk.rules.placement_draft import SearchForm
from cmdesk.rules.transition_draft import MoveForm
from cmdesk.ui import overlay
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.accounting import open_accounting
from cmdesk.ui.dialogs.appeal import open_appeal
from cmdesk.ui.dialogs.cadence import open_cadence
from cmdesk.ui.dialogs.care_event import open_care_event
from cmdesk.ui.dialogs.client import open_client
from cmdesk.ui.dialogs.consent import open_consent
from cmdesk.ui.dialogs.coverage import APPROVAL, open_coverage
from cmdesk.ui.dialogs.document_details import open_details
from cmdesk.ui.dialogs.episode import open_episode
from cmdesk.ui.dialogs.file_in import open_file_in
from cmdesk.ui.dialogs.first_visit import open_visit as open_first_visit
from cmdesk.ui.dialogs.goal import open_goal
from cmdesk.ui.dialogs.goal_move import open_goal_move
from cmdesk.ui.dialogs.handoff import open_handoff
from cmdesk.ui.dialogs.hold import open_hold
from cmdesk.ui.dialogs.incident import open_incident
from cmdesk.ui.dialogs.inquiry import open_inquiry
from cmdesk.ui.dialogs.keeping import Editor, editors_in
from cmdesk.ui.dialogs.letter_became import open_letter_became
from cmdesk.ui.dialogs.letter_template import open_letter_template
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from cmdesk.ui.dialogs.measure import open_measure
from cmdesk.ui.dialogs.medicine import open_medicine
from cmdesk.ui.dialogs.merge import open_merge_people
from cmdesk.ui.dialogs.not_about_that import open_not_about_that
from cmdesk.ui.dialogs.person import open_person
from cmdesk.ui.dialogs.placement_candidate import open_placement_candidate
from cmdesk.ui.dialogs.placement_conflicts import open_placement_conflicts
from cmdesk.ui.dialogs.placement_decision import open_placement_decision
from cmdesk.ui.dialogs.placement_move import open_placement_move, open_records_again
from cmdesk.ui.dialogs.placement_search import open_placement_search
from cmdesk.ui.dialogs.placement_word import open_placement_word
from cmdesk.ui.dialogs.provider_check import open_check
from cmdesk.ui.dialogs.provider_notes import open_notes, open_view
from cmdesk.ui.dialogs.provider_professional import open_professional
from cmdesk.ui.dialogs.provider_program import open_program
from cmdesk.ui.dialogs.provider_tie import open_tie
from cmdesk.ui.dialogs.records_request import open_records_request
from cmdesk.ui.dialogs.referral import open_referral
from cmdesk.ui.dialogs.review_call import open_review
from cmdesk.ui.dialogs.rights_request import open_request
from cmdesk.ui.dialogs.safety_plan import open_safety_plan
from cmdesk.ui.dialogs.sheet import Sheet
from cmdesk.ui.dialogs.signed_entry import SignedEntry
from cmdesk.ui.dialogs.site_visit import open_visit
from cmdesk.ui.dialogs.snippets import open_snippets
from cmdesk.ui.dialogs.task import open_task
from cmdesk.ui.dialogs.task_set import open_task_set
from cmdesk.ui.dialogs.told import open_told
from cmdesk.ui.dialogs.transition import open_move
from cmdesk.ui.dialogs.transition_lane import open_lane
from cmdesk.ui.dialogs.transition_step import open_step
from cmdesk.ui.dialogs.update_plan import open_update_plan
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.parts.new_client import open_new_client
from cmdesk.ui.parts.transition_wish import Wants, Wish
from cmdesk.ui.widgets.date_field import DateField
from tests.ui.dialogs.hands import press, type_
from tests.ui.dialogs.practice import TODAY, Case

Opened = Callable[[Desk, QWidget, Case], Sheet]
HIT: Final = Hit(0, 3, (0, 4), Kind.NAME, "name:may", "May", "Names May: another client")
SECRET, DAY, SEARCH = "a secret is never a draft", "a day alone", "a search is no record"
# Every other dialog must come back. Who writes a new one adds it here or, with reason, below.
DIALOGS: Final[dict[str, Opened]] = {
    "AccountingDialog": lambda desk, window, case: open_accounting(desk, window, case.maya),
    "AppealDialog": lambda desk, window, case: open_appeal(desk, window, approval_of(desk, case)),
    "CadenceDialog": lambda desk, window, case: open_cadence(desk, window, case.maya),
    "CheckDialog": lambda desk, window, case: open_check(desk, window, case.ridge),
    "ClientDialog": lambda desk, window, case: open_client(desk, window, case.maya),
    "CareEventDialog": lambda desk, window, case: open_care_event(desk, window, case.maya),
    "ConsentDialog": lambda desk, window, case: open_consent(desk, window, case.maya, case.consent),
    "CoverageDialog": lambda desk, window, case: open_coverage(
        desk, window, case.maya, (APPROVAL, 0)
    ),
    "DocumentDetails": lambda desk, window, case: open_details(desk, window, file_of(desk, case)),
    "EpisodeDialog": lambda desk, window, case: open_episode(desk, window, case.maya),
    "FileIn": lambda desk, window, case: open_file_in(desk, window, case.maya, [picture(desk)]),
    "FirstVisitDialog": lambda desk, window, case: open_first_visit(
        desk, window, Wish(Wants.VISIT, case.maya, move_of(desk, case))
    ),
    "GoalDialog": lambda desk, window, case: open_goal(desk, window, case.maya),
    "GoalMoveDialog": lambda desk, window, case: open_goal_move(
        desk, window, case.maya, goal_of(desk, case)
    ),
    "HandoffDialog": lambda desk, window, case: open_handoff(
        desk, window, Wish(Wants.HANDOFF, case.maya, move_of(desk, case))
    ),
    "HoldDialog": lambda desk, window, case: open_hold(desk, window, case.maya),
    "IncidentDialog": lambda desk, window, case: open_incident(desk, window, case.maya),
    "InquiryDialog": lambda desk, window, _case: open_inquiry(desk, window),
    "LetterBecame": lambda desk, window, case: open_letter_became(
        desk, window, letter_of(desk, case), LetterState.CAME_BACK
    ),
    "LetterTemplateDialog": lambda desk, window, _case: open_letter_template(
        desk, window, "weekly"
    ),
    "LaneDialog": lambda desk, window, case: open_lane(
        desk, window, Wish(Wants.LANE, case.maya, move_of(desk, case))
    ),
    "LogDialog": lambda desk, window, case: open_log(desk, window, case.maya),
    "MeasureDialog": lambda desk, window, case: open_measure(desk, window, case.maya),
    "MedicineDialog": lambda desk, window, case: open_medicine(desk, window, case.maya),
    "RecordsRequestDialog": lambda desk, window, case: open_records_request(
        desk, window, case.maya
    ),
    "ReferralDialog": lambda desk, window, case: open_referral(desk, window, case.maya),
    "MergeDialog": lambda desk, window, case: open_merge_people(desk, window, case.diane),
    "MoveDialog": lambda desk, window, case: open_move(desk, window, Wish(Wants.BEGIN, case.maya)),
    "NewClient": lambda desk, window, _case: open_new_client(desk, window),
    "NotesDialog": lambda desk, window, case: open_notes(desk, window, case.ridge),
    "ProfessionalDialog": lambda desk, window, _case: open_professional(desk, window),
    "ProgramDialog": lambda desk, window, _case: open_program(desk, window),
    "ProviderTieDialog": lambda desk, window, case: open_tie(desk, window, case.ridge),
    "ViewDialog": lambda desk, window, _case: open_view(desk, window, {}),
    "VisitDialog": lambda desk, window, case: open_visit(desk, window, case.ridge),
    "NotAboutThat": lambda desk, window, case: open_not_about_that(
        desk, window, (case.maya, desk.ask(of_person, case.diane), TODAY, TODAY, "weekly"), HIT
    ),
    "PersonDialog": lambda desk, window, case: open_person(desk, window, case.maya, case.diane),
    "PlacementCandidateDialog": lambda desk, window, case: open_placement_candidate(
        desk, window, *candidate_of(desk, case)
    ),
    "PlacementConflictsDialog": lambda desk, window, case: open_placement_conflicts(
        desk, window, candidate_of(desk, case)[0]
    ),
    "PlacementDecisionDialog": lambda desk, window, case: open_placement_decision(
        desk, window, candidate_of(desk, case)[0]
    ),
    "PlacementMoveDialog": lambda desk, window, case: open_placement_move(
        desk, window, *candidate_of(desk, case), "not_going_ahead"
    ),
    "RecordsAgainDialog": lambda desk, window, case: open_records_again(
        desk, window, *candidate_of(desk, case)
    ),
    "PlacementSearchDialog": lambda desk, window, case: open_placement_search(
        desk, window, case.maya
    ),
    "PlacementWordDialog": lambda desk, window, case: open_placement_word(
        desk, window, *candidate_of(desk, case)
    ),
    "ReviewDialog": lambda desk, window, case: open_review(desk, window, approval_of(desk, case)),
    "RequestDialog": lambda desk, window, case: open_request(desk, window, case.maya),
    "SafetyPlanDialog": lambda desk, window, case: open_safety_plan(desk, window, case.maya),
    "SignedEntry": lambda desk, window, case: open_log(
        desk, window, entry_id=signed_of(desk, case)
    ),
    "StepDialog": lambda desk, window, case: open_step(
        desk, window, Wish(Wants.STEP, case.maya, move_of(desk, case))
    ),
    "SnippetsDialog": lambda desk, window, _case: open_snippets(desk, window),
    "TaskDialog": lambda desk, window, case: open_task(desk, window, case.maya),
    "TaskSetDialog": lambda desk, window, case: open_task_set(desk, window, case.maya),
    "ToldDialog": lambda desk, window, case: open_told(desk, window, case.maya),
    "UpdatePlanDialog": lambda desk, window, case: open_update_plan(desk, window, case.maya),
}
NOT_KEPT: Final = {
    "ChangePassphrase": SECRET,
    "DayDialog": DAY,
    "LedgerDialog": SEARCH,
    "LeftDialog": DAY,
    "NewDataKey": SECRET,
    "NewSheet": SECRET,
    "PdfPassword": SECRET,
    "PlacementAdd": SEARCH,
    "SnoozeDialog": DAY,
    "Palette": SEARCH,
}
SHEETS: Final = re.compile(r"^class (\w+)\((\w*Dialog|\w*Sheet)\b", re.MULTILINE)
FIELDS: Final = re.compile(
    r"(?:line_edit|TextEdit|LineEdit|DateField|PickField|\bForm|form\.(?:line|paragraph|day))\("
)


def approval_of(desk: Desk, case: Case) -> int:
    draft = AuthorizationDraft()
    return desk._store.do("Ask", authorizations.save, case.maya, draft)


def file_of(desk: Desk, case: Case) -> int:
    return desk.ask(documents.rows, case.maya)[0].id


def picture(desk: Desk) -> Path:
    place = desk.folder.parent / "insurance-card.png"
    made = QImage(40, 30, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    made.save(str(place))
    return place


def letter_of(desk: Desk, case: Case) -> int:
    """Keep a letter that left, as bare as can be."""

    def add(session: Session) -> int:
        week = Update(client_id=case.maya, number=1, period_from=TODAY, period_until=TODAY)
        session.add(week)
        session.flush()
        copy = UpdateCopy(update_id=week.id, person_id=case.diane)
        session.add(copy)
        session.flush()
        return copy.id

    return desk._store.do("Letter", add)


def move_of(desk: Desk, case: Case) -> int:
    """Give the client's move; the first to ask for it begins it."""
    known = desk.ask(transitions.of_client, case.maya)
    form = MoveForm(to_words="Bridge Street")
    return known[0] if known else desk._store.do("Move", transition_begin.begin, case.maya, form)


def goal_of(desk: Desk, case: Case) -> int:
    form = GoalForm(name="Sleep", agreed_on=TODAY, part2=Part2.NO)
    return desk._store.do("Goal", goals.save, case.maya, form)


def candidate_of(desk: Desk, case: Case) -> tuple[int, int]:
    """Begin a search with one program."""
    form = SearchForm("A school", budget_cents=1_000_000, part2=Part2.NO)
    search = desk._store.do("Search", placement_writes.begin, case.maya, form)
    return search, desk._store.do("Add", placement_writes.add, search, case.ridge)


def signed_of(desk: Desk, case: Case) -> int:
    draft = desk.ask(contacts.opened, case.entry).draft
    return desk._store.do("Log", entries.log, draft, sign=True)


def dialogs_there_are() -> dict[str, str]:
    """Map every kind of dialog to the source it is written in."""
    sources = [path.read_text("utf-8") for path in Path(cmdesk.ui.__path__[0]).rglob("*.py")]
    found: dict[str, str] = {}
    bases = {"Dialog"}
    while new := {
        name: source
        for source in sources
        for name, base in SHEETS.findall(source)
        if base in bases and name not in bases
    }:
        found |= new
        bases |= new.keys()
    return {name: source for name, source in found.items() if name not in ("Sheet", "RecordSheet")}


def test_no_dialog_with_a_field_is_left_out() -> None:
    there = dialogs_there_are()
    assert {"LogDialog", "NewClient", "PdfPassword"} <= there.keys()
    assert (DIALOGS.keys() | NOT_KEPT.keys()) - there.keys() == set()
    others = there.keys() - DIALOGS.keys() - NOT_KEPT.keys()
    assert [name for name in sorted(others) if FIELDS.search(there[name])] == []


def place_in(editor: Editor) -> int:
    if isinstance(editor, QLineEdit):
        return editor.cursorPosition()
    return editor.textCursor().position()


def usable(dialog: Dialog) -> dict[str, Editor]:
    """Return the editors of words, by the names they are found again by."""
    return {
        name: each
        for name, each in editors_in(dialog).items()
        if each.isEnabled() and not each.isReadOnly() and not isinstance(each, DateField)
    }


@pytest.mark.parametrize("name", DIALOGS)
def test_after_a_lock_words_and_caret_are_back(
    name: str, unlock: Callable[[], Desk], window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    desk = unlock()
    dialog = DIALOGS[name](desk, window, case)
    assert type(dialog).__name__ == name
    qtbot.waitUntil(lambda: bool(usable(dialog)))  # a file is read first
    called, editor = next(reversed(usable(dialog).items()))
    editor.setFocus()
    editor.clear()
    type_("1234")
    press(Qt.Key.Key_Left)
    typed = place_in(editor)
    dialog.close_button.setFocus()  # to press it, one leaves the field
    words = editor.text()
    again: Callable[[Desk, QWidget], object] | None = dialog.again
    if isinstance(dialog, LogDialog | SignedEntry):  # what the house does for the log
        client, entry = dialog.about
        again = partial(open_log, client_id=client, entry_id=entry)
    assert again is not None
    desk.close()
    desk._store.close()
    overlay.abandon_all(window)
    back = again(unlock(), window)
    assert isinstance(back, Sheet)
    assert type(back).__name__ == name
    qtbot.waitUntil(lambda: called in usable(back))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is usable(back)[called])
    assert "1234" in words
    assert usable(back)[called].text() == words
    assert place_in(usable(back)[called]) == typed > 0
