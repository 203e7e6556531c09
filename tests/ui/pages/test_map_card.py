"""The treatment map above a care plan: read by keys, opened, told as a table, names hidden."""

from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import care_events, clients, consents, episodes
from cmdesk.casework.clients import ClientDraft
from cmdesk.rules.care_event_draft import CareEventForm
from cmdesk.rules.episode_draft import EpisodeForm
from cmdesk.store.store import Store
from cmdesk.ui.chart_ways import ChartWays
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.care_event import CareEventDialog
from cmdesk.ui.dialogs.consent import ConsentDialog
from cmdesk.ui.dialogs.episode import EpisodeDialog
from cmdesk.ui.dialogs.history_reader import HistoryReader
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.parts.map_card import MapCard
from cmdesk.ui.widgets.label import Label
from tests.ui.conftest import Said, bring_up
from tests.ui.pages.test_composer import consent_of, person

BEFORE = EpisodeForm(
    "Oak House", None, "asam3:2.5", admitted=date(2024, 2, 20), discharged=date(2024, 3, 21),
    discharge_reason="left_against_advice", historical=True, factors=("sleep", "David’s visits"),
)  # fmt: skip
TURN = CareEventForm(
    "return_to_use", date(2026, 2, 20), what="Told Tess", factors=("sleep", "david’s visits")
)


def texts(card: MapCard) -> list[str]:
    return [each.text() for each in card.findChildren(Label) if each.isVisibleTo(card)]


def shown(desk: Desk, maya: int, qtbot: QtBot) -> tuple[QMainWindow, ChartPage]:
    window = QMainWindow()
    page = ChartPage(desk)
    window.setCentralWidget(page)
    qtbot.addWidget(window)
    window.resize(1200, 800)
    bring_up(qtbot, window)
    page.visit(Route("chart", maya, "care_plan"))
    page.refresh()
    ChartWays(window, desk, window).attach(page)
    return window, page


def test_the_strip_is_read_by_keys_and_opens_what_one_is_on(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    store.do("Before", episodes.save, maya, BEFORE)
    store.do("Turn", care_events.save, maya, TURN)
    window, page = shown(desk, maya, qtbot)
    card = page.goals.map
    assert card.sum.text().startswith("2 stays")
    assert "Oak House, PHP 2.5 (3rd edition) = HIOP 2.5 now" in card.strip.accessibleDescription()
    assert card.again.text() == "David’s visits, 2 of 2 stays · Poor sleep, 2 of 2 stays"
    card.strip.setFocus()
    read: list[str] = []
    card.strip.read.connect(read.append)
    QTest.keyClick(card.strip, Qt.Key.Key_Home)
    assert read[-1] == (
        "Oak House, PHP 2.5 (3rd edition) = HIOP 2.5 now, Feb 20, 2024 – Mar 21, 2024, 30 days, "
        "before we began, left early or dropped out, 684 days to the next care."
    )
    assert card.detail.text() == read[-1]
    QTest.keyClick(card.strip, Qt.Key.Key_Right)
    assert read[-1] == "684 days without care, Mar 21, 2024 to Feb 3."
    QTest.keyClick(card.strip, Qt.Key.Key_End)
    assert read[-1] == "Return to use, Feb 20: Told Tess. Before it: Poor sleep, david’s visits"
    QTest.keyClick(card.strip, Qt.Key.Key_Return)
    (turn,) = window.findChildren(CareEventDialog)
    turn.close_dialog()
    first = card.strip.items[0]
    place = QPoint(int(first.x + first.width / 2), int(first.bottom - 2))
    QTest.mouseClick(card.strip, Qt.MouseButton.LeftButton, pos=place)
    assert card.strip.at == first
    QTest.mouseDClick(card.strip, Qt.MouseButton.LeftButton, pos=place)
    (stay,) = window.findChildren(EpisodeDialog)
    assert stay.draft.admitted == date(2024, 2, 20)
    stay.close_dialog()


ROUGH = EpisodeForm(
    "Oak House", None, "mh:php", admitted=date(2021, 3, 1), admitted_known="month",
    discharged=date(2021, 6, 1), discharged_known="month", historical=True,
)  # fmt: skip
A_YEAR = EpisodeForm(
    "Elm Farm", None, "mh:iop", admitted=date(2018, 1, 1), admitted_known="year",
    discharged=date(2018, 1, 1), discharged_known="year", historical=True,
)  # fmt: skip
AGO: Final = (
    "Ash Hall, IOP, 2011 – 2015, about 4 years, before we began, "
    "at least 732 days to the next care."
)
SPRING: Final = (
    "Oak House, Day program, March 2021 – June 2021, about 3 months, before we began, "
    "at least 1679 days to the next care."
)
YEARS = replace(A_YEAR, where="Ash Hall", admitted=date(2011, 1, 1), discharged=date(2015, 1, 1))


def test_a_month_or_a_year_is_said_as_it_is_known(
    desk: Desk, store: Store, maya: int, qtbot: QtBot
) -> None:
    for form in (ROUGH, A_YEAR, YEARS):
        store.do("Before", episodes.save, maya, form)
    _, page = shown(desk, maya, qtbot)
    card = page.goals.map
    assert card.sum.text() == "4 stays · 3 gaps · the longest at least 1679 days"
    card.strip.grab()
    assert "fading: day not known" in card.detail.text()
    read: list[str] = []
    card.strip.read.connect(read.append)
    card.strip.setFocus()
    QTest.keyClick(card.strip, Qt.Key.Key_Home)
    for _ in range(5):
        QTest.keyClick(card.strip, Qt.Key.Key_Right)
    assert read[1:] == [
        AGO,
        "At least 732 days without care, 2015 to 2018.",
        "Elm Farm, IOP, 2018, before we began, at least 791 days to the next care.",
        "At least 791 days without care, 2018 to March 2021.",
        SPRING,
        "At least 1679 days without care, June 2021 to Feb 3.",
    ]


def test_the_map_is_a_table_too_and_hides_names(
    desk: Desk, store: Store, maya: int, qtbot: QtBot
) -> None:
    store.do("Before", episodes.save, maya, BEFORE)
    store.do("Once", episodes.save, maya, EpisodeForm("Elm Farm", over=True))
    store.do("Turn", care_events.save, maya, TURN)
    _, page = shown(desk, maya, qtbot)
    card = page.goals.map
    card.turn.click()
    qtbot.waitUntil(lambda: "Oak House, before we began" in texts(card))
    told = texts(card)
    assert "684 days to the next care" in told
    assert told.index("Elm Farm") > told.index("Oak House, before we began")  # without a day
    assert "Return to use, Feb 20" in told
    assert not card.strip.isVisibleTo(card)
    desk.privacy.toggle()
    qtbot.waitUntil(lambda: "D.’s visits, 2 of 2 stays" in card.again.text())
    assert "David" not in " ".join(texts(card))
    card.turn.click()
    assert card.strip.isVisibleTo(card)
    other = store.do("Other", clients.add, ClientDraft("Owen", "Hale"))
    assert card.show_client(other) == 0
    assert not card.stays.isVisibleTo(card)
    assert "No stay on record yet." in texts(card)
    store.do("Once", episodes.save, other, EpisodeForm("Elm Farm", over=True))
    card.show_client(other)  # nothing can be drawn of it: the table stands by itself
    assert card.stays.isVisibleTo(card)
    assert not card.turn.isVisibleTo(card)


def test_a_history_goes_to_a_program_a_consent_names(
    desk: Desk, store: Store, maya: int, qtbot: QtBot
) -> None:
    window, page = shown(desk, maya, qtbot)
    asked: list[Route] = []
    desk.went.connect(asked.append)
    page.goals.map.history.click()
    (dialog,) = window.findChildren(HistoryReader)
    names = [each.text() for each in dialog.choices]
    assert names == ["Samuel Okonedo", "Tess Holloway"]  # none of the family
    QTest.keyClick(dialog, Qt.Key.Key_2)
    assert [route.tab for route in asked] == [f"p{person(store, 'Tess')}:::admissions_history"]
    for given in ("Tess", "Samuel"):
        store.do("End", consents.end, consent_of(store, given))
    page.goals.map.history.click()
    none = window.findChildren(HistoryReader)[-1]
    assert [each.text() for each in none.choices] == ["New consent"]
    none.choices[0].click()
    assert window.findChildren(ConsentDialog)
