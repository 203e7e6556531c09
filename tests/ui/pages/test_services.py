"""Services and records in a chart: typed, chased, received, stopped without a consent, hidden."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import consents, drafts, records_requests, referrals
from cmdesk.rules.agenda import Group
from cmdesk.rules.referral_draft import ReferralForm, RequestForm
from cmdesk.rules.topics import CONSENT_TOPICS
from cmdesk.store.store import Store
from cmdesk.ui.chart_ways import ChartWays
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.consent import ConsentDialog
from cmdesk.ui.dialogs.pick_field import PickField
from cmdesk.ui.dialogs.records_request import RecordsRequestDialog, open_records_request
from cmdesk.ui.dialogs.referral import ReferralDialog, open_referral
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.pages.today import TodayPage
from cmdesk.ui.parts.services_card import ServicesPane
from cmdesk.ui.today_ways import attach
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label
from tests.ui.conftest import Said, bring_up
from tests.ui.dialogs.hands import gone, press, stops_of, type_

SAVE = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
RIDE = ReferralForm(
    "transport", "A ride home", "Blue Cars", state="contacted", next_step="Call Maya",
    next_on=date(2026, 3, 9),
)  # fmt: skip
PAPERS = RequestForm(
    "from", "County Hospital", "Summary of Maya", asked_on=date(2026, 3, 2), chase_days=7
)


def shown(desk: Desk, maya: int, qtbot: QtBot) -> tuple[QMainWindow, ChartPage]:
    window = QMainWindow()
    page = ChartPage(desk)
    window.setCentralWidget(page)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    bring_up(qtbot, window)
    page.visit(Route("chart", maya, "placements"))
    page.refresh()
    ChartWays(window, desk, window).attach(page)
    return window, page


def texts(pane: ServicesPane) -> list[str]:
    return [each.text() for each in pane.findChildren(Label) if each.isVisibleTo(pane)]


def told_of(qtbot: QtBot, said: Said, words: str) -> None:
    """Wait until something was said that has these words in it."""
    qtbot.waitUntil(lambda: bool(said.toasts) and words in said.toasts[-1][0])


def button(pane: ServicesPane, name: str) -> Button:
    return next(each for each in pane.findChildren(Button) if each.accessibleName() == name)


def test_both_lists_say_how_things_stand_and_act_with_one_press(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    window, page = shown(desk, maya, qtbot)
    pane = page.placements.services
    assert any("No referral yet" in each for each in texts(pane))
    assert page.placements.which.current == "search"
    ride = store.do("Keep", referrals.save, maya, RIDE)
    papers = store.do("Keep", records_requests.save, maya, PAPERS)
    page.placements.show_client(maya)
    page.placements.show_side("services")
    told = texts(pane)
    assert "Transport: A ride home" in told
    assert "from County Hospital · asked Mar 2" in told
    button(pane, "Chase: Summary of Maya").click()
    assert store.ask(records_requests.read, papers).chases == 1
    told_of(qtbot, said, "Asked again")
    button(pane, "Received: Summary of Maya").click()
    assert store.ask(records_requests.read, papers).done_on == date(2026, 3, 9)
    button(pane, "Received: Transport: A ride home").click()
    assert store.ask(referrals.read, ride).outcome == "received"
    page.placements.show_client(maya)
    qtbot.waitUntil(lambda: "asked again once" in " ".join(texts(pane)))
    desk.privacy.toggle()
    assert not any("Maya" in each for each in texts(pane))
    button(pane, "Open Transport: A ride home").click()
    (dialog,) = window.findChildren(ReferralDialog)
    assert dialog.draft.outcome == "received"
    assert dialog.ended.isVisible()


def stands_on(window: QMainWindow, name: str) -> bool:
    return name in {
        each.accessibleName()
        for each in window.findChildren(Button)
        if each is window.focusWidget()
    }


def test_the_keyboard_stays_with_the_row_it_was_on(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    papers = store.do("Keep", records_requests.save, maya, PAPERS)
    window, page = shown(desk, maya, qtbot)
    page.placements.show_side("services")
    pane = page.placements.services
    for act, after in (("Chase", "Chase: "), ("Received", "Open ")):
        pressed = button(pane, f"{act}: Summary of Maya")
        pressed.setFocus()
        QTest.keyClick(pressed, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: store.ask(records_requests.read, papers).chases == 1)
        page.placements.show_client(maya)
        wanted = f"{after}Summary of Maya"
        qtbot.waitUntil(partial(stands_on, window, wanted))


def told_in(consent: ConsentDialog) -> list[str]:
    """Give the words under a form."""
    return [each.text() for each in consent.trouble.findChildren(Label)]


def test_papers_do_not_leave_without_a_consent_and_the_way_leads_to_one(
    desk: Desk, store: Store, maya: int, qtbot: QtBot
) -> None:
    asked = replace(PAPERS, direction="to", recipient="North School")
    number = store.do("Keep", records_requests.save, maya, asked)
    key = store.ask(records_requests.read, number).recipient
    window, page = shown(desk, maya, qtbot)
    page.placements.show_side("services")
    button(page.placements.services, "Sent: Summary of Maya").click()
    qtbot.waitUntil(lambda: bool(window.findChildren(ConsentDialog)))
    (form,) = window.findChildren(ConsentDialog)
    assert "No consent names North School." in told_in(form)
    assert form.fields.readers.keys == (key,)
    form.close_dialog()
    qtbot.waitUntil(gone(form))
    reader = store.ask(consents.rows, maya)[0].keys[0]
    store.do("Named", records_requests.save, maya, replace(asked, recipient=reader, what="Labs"))
    page.placements.show_client(maya)
    desk.privacy.toggle()
    button(page.placements.services, "Sent: Labs").click()
    ended = "K.'s consent ended March 1."  # a hidden name stays hidden
    qtbot.waitUntil(lambda: ended in told_in(window.findChildren(ConsentDialog)[-1]))
    form = window.findChildren(ConsentDialog)[-1]
    desk.privacy.toggle()
    form.close_dialog()
    qtbot.waitUntil(lambda: not window.findChildren(ConsentDialog))
    dialog = open_records_request(desk, window, maya, number)
    assert dialog.needed.isVisible()
    assert not dialog.chase_button.isVisible()
    done = next(form for form, names in dialog.forms if "done_on" in names)
    done.bound("done_on").set(date(2026, 3, 9))
    dialog.save()
    qtbot.waitUntil(dialog.save_button.isEnabled)
    assert store.ask(records_requests.read, number).done_on is None
    dialog.needed.consent.click()
    assert [each.fields.readers.keys for each in window.findChildren(ConsentDialog)][-1] == (key,)


def test_papers_that_may_go_say_which_and_that_the_part_2_notice_belongs_with_them(
    desk: Desk, store: Store, maya: int, qtbot: QtBot
) -> None:
    mine = next(row for row in store.ask(consents.rows, maya) if row.fault is None)
    form = store.ask(consents.draft, mine.id)
    everything = replace(form, kind="part2_specific", topics=tuple(CONSENT_TOPICS))
    store.do("Widen", consents.save, everything, mine.id)
    asked = replace(PAPERS, direction="to", recipient=mine.keys[0])
    number = store.do("Keep", records_requests.save, maya, asked)
    window, _page = shown(desk, maya, qtbot)
    dialog = open_records_request(desk, window, maya, number)
    assert dialog.covered.isVisible()
    assert not dialog.needed.isVisible()
    (said,) = (each.text() for each in dialog.covered.findChildren(Label))
    assert said.startswith("May go: ")
    assert said.endswith("Add the Part 2 notice (42 CFR 2.32).")
    marked = next(each for each, names in dialog.forms if "part2" in names).bound("part2")
    marked.set("no")
    dialog.follow()
    (said,) = (each.text() for each in dialog.covered.findChildren(Label))
    assert "2.32" not in said
    desk.privacy.toggle()
    dialog.needed.stop("no consent names Diane Brenner")
    (said,) = (each.text() for each in dialog.needed.findChildren(Label))
    assert said == "No consent names D. B."  # nor does a note tell a name that is hidden
    dialog.close_dialog()
    gone_out = replace(RIDE, recipient=mine.keys[0], state="packet_sent")
    ride = store.do("Keep", referrals.save, maya, gone_out)
    changed = open_referral(desk, window, maya, ride)
    whom = next(each for each, names in changed.forms if "recipient" in names)
    whom.bound("recipient").set("Blue Cars")
    whom.bound("state").set("under_review")
    changed.save()
    qtbot.waitUntil(gone(changed))
    assert not store.ask(referrals.went, ride)
    assert desk.undo_label is None  # that it was taken back is final in the accounting


def test_a_referral_is_typed_by_the_keyboard_and_kept_half_way(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    window, _page = shown(desk, maya, qtbot)
    dialog = open_referral(desk, window, maya)
    assert open_referral(desk, window, maya) is dialog
    assert stops_of(dialog)
    press(*SAVE)
    assert dialog.field("what").fault == "Say what the service is, or who gives it."
    type_("A tutor")
    whom = dialog.field("recipient").editor
    assert isinstance(whom, PickField)
    whom.edit.setFocus()
    type_("Quill Tutors")
    dialog.close_dialog()
    qtbot.waitUntil(lambda: store.ask(drafts.find, dialog.keeper.key) is not None)
    again = open_referral(desk, window, maya)
    assert (again.draft.what, again.draft.recipient) == ("A tutor", "Quill Tutors")
    again.save()
    qtbot.waitUntil(gone(again))
    told_of(qtbot, said, "Referral saved")
    (row,) = store.ask(referrals.rows, maya)
    assert (row.name, row.form.what) == ("Quill Tutors", "A tutor")
    changed = open_referral(desk, window, maya, row.id)
    state = next(form for form, names in changed.forms if "state" in names)
    state.bound("state").set("packet_sent")
    changed.save()
    qtbot.waitUntil(changed.needed.isVisible)
    assert store.ask(referrals.read, row.id).state == "considered"
    changed.away.click()
    qtbot.waitUntil(gone(changed))
    assert store.ask(referrals.rows, maya) == []


def test_a_request_is_chased_with_what_is_typed_and_taken_away(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    window, _page = shown(desk, maya, qtbot)
    number = store.do("Keep", records_requests.save, maya, PAPERS)
    dialog = open_records_request(desk, window, maya, number)
    assert open_records_request(desk, window, maya) is dialog
    assert dialog.chased.text() == "Ask again today"
    press(Qt.Key.Key_End)
    type_(", and lab results")
    dialog.chase_button.click()
    qtbot.waitUntil(gone(dialog))
    kept = store.ask(records_requests.read, number)
    assert (kept.chases, kept.what) == (1, "Summary of Maya, and lab results")
    told_of(qtbot, said, "Asked again")
    again = open_records_request(desk, window, maya, number)
    assert again.chased.text() == "Asked again once · Ask again Mar 16"
    assert again.needed.isVisible()
    again.needed.consent.click()
    (form,) = window.findChildren(ConsentDialog)
    assert form.fields.more.way.value == "from"  # to be told, not to tell
    assert form.fields.readers.keys == (again.draft.recipient,)
    form.close_dialog()
    qtbot.waitUntil(lambda: not window.findChildren(ConsentDialog))
    again.away.click()
    qtbot.waitUntil(gone(again))
    assert store.ask(records_requests.rows, maya) == []


def test_today_chases_papers_and_opens_services(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    ride = store.do("Keep", referrals.save, maya, RIDE)
    papers = store.do("Keep", records_requests.save, maya, PAPERS)
    window = QMainWindow()
    page = TodayPage(desk)
    window.setCentralWidget(page)
    qtbot.addWidget(window)
    bring_up(qtbot, window)
    attach(page, desk, window)
    page.refresh()
    qtbot.waitUntil(lambda: any(row.kind == "referral" for row in page.shown))
    rows = {row.kind: row for row in page.shown if row.record in (ride, papers)}
    assert page.delegate.verb(rows["records_request"]) == "Chase"
    page.do_row(rows["records_request"])
    assert store.ask(records_requests.read, papers).chases == 1
    told_of(qtbot, said, "Asked again: Summary of Maya from County Hospital")
    page.do_row(rows["referral"])
    assert window.findChildren(ReferralDialog)
    page.fold(roomy=False)  # then what one waits for stands in the list
    page.refresh()
    waiting = ("records_request", Group.WAITING)
    qtbot.waitUntil(lambda: waiting in [(row.kind, row.group) for row in page.shown])
    waits = next(row for row in page.shown if row.kind == "records_request")
    assert page.delegate.verb(waits) == "Open"
    page.do_row(waits)
    assert window.findChildren(RecordsRequestDialog)
