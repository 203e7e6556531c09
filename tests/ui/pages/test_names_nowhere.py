"""With names hidden no page of the sample says a name or an amount: seen, in a tip or aloud."""

import re
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.exchange import practice_import, sample
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.window import Window
from tests.ui.pages import practice

SAID = ("text", "title", "toolTip", "accessibleName", "accessibleDescription", "windowTitle")
ROLES = (
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
# Not the directory: whom a practitioner knows says nothing of a client.
PAGES = ("today", "clients", "placements", "transitions", "updates", "activity", "settings")


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
    desk.go(Route("chart", clients[0]))  # it knows its tabs
    (chart,) = window.findChildren(ChartPage)
    tabs = [tab.key for tab in chart._tabs_there]
    charts = [Route("chart", client, tab) for client in clients for tab in tabs]
    for route in [*map(Route, PAGES), *charts]:
        desk.go(route)
        QApplication.processEvents()
        assert window.shell is not None
        assert window.shell.route == route
        found = [(words, match[0]) for words in said(window) if (match := word.search(words))]
        assert not found, (route, found)
