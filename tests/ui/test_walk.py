"""Every page and dialog of the sample, with the largest text in the smallest window.

Nothing is laid over anything or out of reach, each control has a name, each row is a sentence.
"""

from collections.abc import Callable, Generator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)
from sqlalchemy.orm import Session

from cmdesk.casework import consents, parties, timeline
from cmdesk.exchange import practice_import, sample
from cmdesk.models import complete
from cmdesk.settings import SettingsFile
from cmdesk.store import vault
from cmdesk.store.header import FLOOR
from cmdesk.ui import overlay, theme
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.cadence import open_cadence
from cmdesk.ui.dialogs.client import open_client
from cmdesk.ui.dialogs.consent import open_consent
from cmdesk.ui.dialogs.coverage import open_coverage
from cmdesk.ui.dialogs.hold import open_hold
from cmdesk.ui.dialogs.inquiry import open_inquiry
from cmdesk.ui.dialogs.log_contact import open_log
from cmdesk.ui.dialogs.person import open_person
from cmdesk.ui.dialogs.pre_call import open_pre_call
from cmdesk.ui.dialogs.safety_plan import open_safety_plan
from cmdesk.ui.dialogs.snippets import open_snippets
from cmdesk.ui.dialogs.task import open_task
from cmdesk.ui.dialogs.task_set import open_task_set
from cmdesk.ui.dialogs.week_review import open_week_review
from cmdesk.ui.dialogs.worklist import open_worklist
from cmdesk.ui.house import furnish
from cmdesk.ui.page import Route
from cmdesk.ui.parts.new_client import open_new_client
from cmdesk.ui.privacy import Privacy
from cmdesk.ui.say import Say
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.window import LEAST, Window
from cmdesk.words import Words
from tests.ui.conftest import Inline
from tests.ui.crowding import crowded

MONDAY = datetime(2026, 3, 9, 13, 41, tzinfo=UTC)
CONTROLS = (
    QAbstractButton,
    QLineEdit,
    QTextEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractItemView,
)


def bring_in(session: Session) -> None:
    practice_import.bring_in(session, practice_import.read(sample.practice(MONDAY.date())))


class Walk:
    """The window over the sample, and who is looked at."""

    def __init__(self, desk: Desk, window: Window) -> None:
        self.desk, self.window = desk, window
        self.maya = desk.ask(parties.client_by_name, "c-maya")
        self.diane = desk.ask(parties.party_by_name, "p-diane").person_id or 0

    def rest(self) -> None:
        for _ in range(4):
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def go(self, route: Route) -> None:
        overlay.abandon_all(self.window)
        self.desk.go(route)
        self.rest()


@pytest.fixture(scope="module")
def walk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Generator[Walk]:
    """Open the sample once, at 200 % in a window of 1120 by 680."""
    folder = tmp_path_factory.mktemp("walk")
    dress = theme.apply(qapp, "light", 200)
    settings, words, say = SettingsFile(folder / "settings.toml"), Words(), Say()
    store = vault.create(
        folder / "Sample.cmdesk", "lantern river oatmeal", complete(), lambda: MONDAY, kdf=FLOOR
    )[0]
    store.do("Sample", bring_in)
    window = Window(qapp, dress, settings, words, say)
    desk = Desk(
        store,
        Tasks(Inline(), say.failure),
        Tasks(Inline(), say.failure),
        today=MONDAY.date,
        words=words,
        say=say,
        privacy=Privacy(),
        settings=settings,
    )
    window.resize(*LEAST)
    window.show()
    furnish(window, desk)
    yield Walk(desk, window)
    window.close_desk()
    window.close()
    desk.close()
    store.close()
    dress.zoom(0)


def consent(walk: Walk) -> object:
    row = walk.desk.ask(consents.rows, walk.maya)[0].id
    return open_consent(walk.desk, walk.window, walk.maya, row)


def signed(walk: Walk) -> object:
    entry = walk.desk.ask(timeline.find, walk.maya)[0]
    return open_log(walk.desk, walk.window, entry_id=entry)


PAGES: dict[str, Callable[[Walk], Route]] = {
    "today": lambda _: Route("today"),
    "clients": lambda _: Route("clients"),
    "chart": lambda walk: Route("chart", walk.maya),
    "chart, plan": lambda walk: Route("chart", walk.maya, "plan"),
    "chart, updates": lambda walk: Route("chart", walk.maya, "updates"),
    "chart, consents": lambda walk: Route("chart", walk.maya, "consents"),
    "updates": lambda _: Route("updates"),
    "letter": lambda walk: Route("composer", walk.maya),
    "activity": lambda _: Route("activity"),
    "settings": lambda _: Route("settings"),
    "settings, backups": lambda _: Route("settings", tab="backups"),
    "settings, practice": lambda _: Route("settings", tab="practice"),
}
DIALOGS: dict[str, Callable[[Walk], object]] = {
    "log": lambda walk: open_log(walk.desk, walk.window, walk.maya),
    "signed entry": signed,
    "consent": consent,
    "new consent": lambda walk: open_consent(walk.desk, walk.window, walk.maya),
    "hold": lambda walk: open_hold(walk.desk, walk.window, walk.maya),
    "person": lambda walk: open_person(walk.desk, walk.window, walk.maya, walk.diane),
    "pre-call": lambda walk: open_pre_call(walk.desk, walk.window, walk.maya, walk.diane),
    "safety plan": lambda walk: open_safety_plan(walk.desk, walk.window, walk.maya),
    "safety plan, written": lambda walk: open_safety_plan(
        walk.desk, walk.window, walk.maya
    ).begin(),
    "coverage": lambda walk: open_coverage(walk.desk, walk.window, walk.maya),
    "cadence": lambda walk: open_cadence(walk.desk, walk.window, walk.maya),
    "client": lambda walk: open_client(walk.desk, walk.window, walk.maya),
    "new client": lambda walk: open_new_client(walk.desk, walk.window),
    "inquiry": lambda walk: open_inquiry(walk.desk, walk.window),
    "task": lambda walk: open_task(walk.desk, walk.window, walk.maya),
    "task set": lambda walk: open_task_set(walk.desk, walk.window, walk.maya),
    "snippets": lambda walk: open_snippets(walk.desk, walk.window),
    "unsigned": lambda walk: open_worklist(walk.desk, walk.window),
    "week": lambda walk: open_week_review(walk.desk, walk.window),
    "shortcuts": lambda walk: walk.window.show_shortcuts(),
}


def nameless(root: QWidget) -> list[str]:
    """List what can be reached by key and has no name a screen reader could say."""
    found: list[str] = []
    for widget in root.findChildren(QWidget):
        stops = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if isinstance(widget, QScrollBar) or not widget.isVisible() or widget.focusProxy():
            continue
        if not (stops or isinstance(widget, CONTROLS)) or isinstance(
            widget.parentWidget(), QAbstractItemView | QLineEdit
        ):
            continue
        heard = QAccessible.queryAccessibleInterface(widget)
        if not heard.text(QAccessible.Text.Name).strip():
            parent = widget.parentWidget()
            found.append(f"{type(widget).__name__} in {type(parent).__name__}")
    return found


def wordless(root: QWidget) -> list[str]:
    """List the lists with a row that is no sentence."""
    found: list[str] = []
    for view in root.findChildren(QAbstractItemView):
        model = view.model()
        rows = min(model.rowCount(), 12) if view.isVisible() else 0
        for place in range(rows):
            said = model.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole)
            if len(str(said or "").split()) < 2:
                found.append(f"{view.accessibleName()}, row {place}: {said}")
    return found


def judge(root: QWidget) -> None:
    assert nameless(root) == []
    assert wordless(root) == []
    assert crowded(root) == []


@pytest.mark.parametrize("name", PAGES)
def test_page(walk: Walk, name: str) -> None:
    walk.go(PAGES[name](walk))
    judge(walk.window)


@pytest.mark.parametrize("name", DIALOGS)
def test_dialog(walk: Walk, name: str) -> None:
    walk.go(Route("chart", walk.maya))
    DIALOGS[name](walk)
    walk.rest()
    for scrim in walk.window.findChildren(overlay.Scrim):
        judge(scrim)
    overlay.abandon_all(walk.window)
    walk.rest()
