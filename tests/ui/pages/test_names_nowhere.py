"""With names hidden no page of the sample says a name or an amount: seen, in a tip or aloud."""

import re
from collections.abc import Generator, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.exchange import practice_import, sample
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.house import furnish
from cmdesk.ui.page import Route
from cmdesk.ui.theme import Theme
from cmdesk.ui.window import Window
from tests.ui.conftest import bring_up
from tests.ui.pages import practice

SAID = ("text", "title", "toolTip", "accessibleName", "accessibleDescription", "windowTitle")
ROLES = (
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
PAGES = ("today", "clients", "placements", "transitions", "updates", "activity", "settings")
TABS = ("overview", "log", "consents", "goals", "placement", "transition", "updates")


@pytest.fixture
def window(qapp: QApplication, dress: Theme, desk: Desk, qtbot: QtBot) -> Generator[Window]:
    made = Window(qapp, dress, desk.settings, desk.words, desk.say)
    bring_up(qtbot, made)
    furnish(made, desk)
    yield made
    made.close_desk()
    made.close()
    delete(made)


def names(session: Session) -> frozenset[str]:
    """Give what names somebody and nothing else: no program, and no word of every day."""
    found = session.scalars(select(Person.given_name)).all()
    found = [*found, *session.scalars(select(Person.family_name))]
    houses = " ".join(session.scalars(select(Organisation.name)))
    return frozenset(
        word for name in found for word in name.split() if len(word) > 2 and word not in houses
    )


def said(part: QWidget) -> Iterator[str]:
    """Give all that a part and those in it say, where they are shown."""
    for each in (part, *part.findChildren(QWidget)):
        if not each.isVisible():
            continue
        for name in SAID:
            if callable(read := getattr(each, name, None)) and isinstance(words := read(), str):
                yield words
        if isinstance(each, QAbstractItemView):
            model = each.model()
            for row in range(model.rowCount()):
                for role in ROLES:
                    yield str(model.index(row, 0).data(role) or "")


def test_no_page_says_a_name_or_an_amount(window: Window, desk: Desk, store: Store) -> None:
    file = practice_import.read(sample.practice(practice.TODAY))
    store.do("Import", practice_import.bring_in, file)
    found = "|".join(map(re.escape, sorted(store.ask(names))))
    word = re.compile(rf"\b({found})\b|\$\d[\d,]*")
    clients = store.ask(lambda session: list(session.scalars(select(Client.id))))
    desk.privacy.toggle()
    charts = [Route("chart", client, tab) for client in clients for tab in TABS]
    for route in [*map(Route, PAGES), *charts]:
        desk.go(route)
        QApplication.processEvents()
        found = [(words, match[0]) for words in said(window) if (match := word.search(words))]
        assert not found, (route, found)
