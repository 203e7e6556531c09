"""What the sharing log, Today and the palette ask for leads where it should."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.casework import activity, told_by_hand
from cmdesk.rules.disclosure_bases import DisclosureForm
from cmdesk.rules.rights import Decision, RequestForm, Right
from cmdesk.ui import handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.accounting import AccountingDialog
from cmdesk.ui.dialogs.hold import HoldDialog
from cmdesk.ui.dialogs.incident import IncidentDialog
from cmdesk.ui.dialogs.rights_request import RequestDialog
from cmdesk.ui.dialogs.told import ToldDialog
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.pages.today import TodayPage
from cmdesk.ui.privacy_ways import PrivacyWays
from cmdesk.ui.window import Window
from tests.ui.pages import practice

D = TypeVar("D", bound=Dialog)
CALL = DisclosureForm(
    "treatment", practice.TODAY, recipient_name="Dr. Vaszary", what="A date", purpose="Care",
    only_needed=True,
)  # fmt: skip


def opened(window: Window, kind: type[D]) -> D:
    (dialog,) = (each for each in window.findChildren(kind) if each.isVisible())
    return dialog


def press(part: QWidget, words: str) -> None:
    next(each for each in part.findChildren(QPushButton) if each.text() == words).click()


def test_each_button_of_the_log_opens_its_dialog(
    window: Window, desk: Desk, maya: int, qtbot: QtBot
) -> None:
    (ways,) = desk.findChildren(PrivacyWays)
    commands = {each.name: each for each in ways.commands(lambda: maya)}
    assert not any(
        each.enabled() for each in ways.commands(lambda: None) if each.name != "privacy.incident"
    )
    desk.go(Route("chart", maya, "consents"))
    (chart,) = window.findChildren(ChartPage)
    tab = chart.consents
    for part, words, command, kind in (
        (tab.sharing, "Record a disclosure", "privacy.told", ToldDialog),
        (tab.sharing, "Accounting as PDF …", "privacy.account", AccountingDialog),
        (tab.privacy, "Record a request", "privacy.request", RequestDialog),
        (tab.privacy, "Privacy incident", "privacy.incident", IncidentDialog),
    ):
        press(part, words)
        opened(window, kind).close_dialog()
        commands[command].run()
        opened(window, kind).close_dialog()
    desk.do(desk, "Tell", told_by_hand.record, maya, CALL)
    qtbot.waitUntil(lambda: "Correct" in {b.text() for b in tab.findChildren(QPushButton)})
    press(tab.sharing, "Correct")
    assert opened(window, ToldDialog).draft.recipient_name == "Dr. Vaszary"


def test_what_is_agreed_is_asked_to_be_kept_back(
    window: Window, desk: Desk, maya: int, qtbot: QtBot
) -> None:
    (ways,) = desk.findChildren(PrivacyWays)
    ways.request(maya)
    dialog = opened(window, RequestDialog)
    agreed = RequestForm(
        kind=Right.RESTRICTION, received_on=practice.TODAY, what="Nothing to David",
        decision=Decision.GRANTED, decided_on=practice.TODAY,
    )  # fmt: skip
    dialog.load(agreed)
    dialog.save()
    qtbot.waitUntil(lambda: bool(window.findChildren(HoldDialog)))
    opened(window, HoldDialog).close_dialog()
    (today,) = window.findChildren(TodayPage)
    desk.go(Route("today"))
    qtbot.waitUntil(lambda: any(each.kind == "rights_request" for each in today.shown))
    today.do_row(next(each for each in today.shown if each.kind == "rights_request"))
    assert opened(window, RequestDialog).draft.what == "Nothing to David"


def test_the_table_is_written_and_that_is_noted(
    window: Window,
    desk: Desk,
    maya: int,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (ways,) = desk.findChildren(PrivacyWays)
    places: list[Path | None] = [None, tmp_path / "log.csv"]

    def choose(*_asked: object) -> Path | None:
        return places.pop(0)

    monkeypatch.setattr(handing, "choose_save", choose)
    desk.do(desk, "Tell", told_by_hand.record, maya, CALL)
    ways.table(maya)
    ways.table(maya)

    def newest() -> str:
        numbers = desk.ask(activity.find, activity.Filter())[0]
        return desk.ask(activity.acts, numbers[:1])[0].act

    qtbot.waitUntil(lambda: newest() == "Exported a sharing log")
    assert "Dr. Vaszary" in (tmp_path / "log.csv").read_text("utf-8-sig")
