"""Settings: sections at the left, each setting with its effect and value, facts at the right."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from cmdesk.ui import look
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon, icon
from cmdesk.ui.page import Page, Route
from cmdesk.ui.settings.appearance import AppearanceSection
from cmdesk.ui.settings.aside import Aside
from cmdesk.ui.settings.backups import BackupsSection
from cmdesk.ui.settings.day import DaySection
from cmdesk.ui.settings.incidents import IncidentsSection
from cmdesk.ui.settings.letters import LettersSection
from cmdesk.ui.settings.practice import PracticeSection
from cmdesk.ui.settings.section import Section
from cmdesk.ui.settings.security import SecuritySection
from cmdesk.ui.sidebar import SideItem
from cmdesk.ui.widgets.card import column, grounded, line, row, scrolled
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.field import line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.wrap_row import wrap_row

LIST, WIDEST, FIND = 216, 648, 240


class SettingsPage(Page):
    """The vault's own words and keys, and this computer's looks; `tab` is the section."""

    concerns: ClassVar[frozenset[str]] = frozenset(
        {"practice", "practitioner", "backup_run", "state_rule", "setting", "letter_template"}
        | {"privacy_incident"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.security = SecuritySection(desk)
        self.backups = BackupsSection(desk)
        self.letterhead_section = PracticeSection(desk)
        self.sections: Sequence[Section] = (
            self.letterhead_section,
            self.security,
            self.backups,
            LettersSection(desk),
            IncidentsSection(desk),
            DaySection(desk),
            AppearanceSection(desk),
        )
        self._items: dict[str, SideItem] = {}
        self._here = self.security.key
        self.aside = Aside(desk, self.security.open_sheet)
        self.security.sheet_told.connect(self.aside.tell_sheet)
        whole = column(self)
        whole.addWidget(self._head())
        whole.addWidget(line())
        body = row(gap=0)
        body.addWidget(self._list())
        body.addWidget(self._middle(), 1)
        whole.addLayout(body, 1)
        self._let_wait()
        body.addWidget(self.aside)
        self.setFocusProxy(self._items[self._here])
        self._show()

    def _let_wait(self) -> None:
        """Keep the sections with the page, also those never shown; Tab comes to them last."""
        waiting = QWidget(self)
        waiting.hide()
        for section in self.sections:
            section.setParent(waiting)

    def _head(self) -> QWidget:
        tr = self.desk.words.tr
        head = QWidget()
        inside = wrap_row(head)
        inside.setContentsMargins(24, 16, 24, 16)
        inside.addWidget(Label(tr("Settings"), "title"))
        inside.addStretch(1)
        self.finder = line_edit(tr("Find a setting"))
        self.finder.setProperty("kind", "soft")
        look.hold_width(self.finder, FIND)
        self.finder.setClearButtonEnabled(True)
        glyph = self.finder.addAction(
            icon(Icon.SEARCH, "text3"), QLineEdit.ActionPosition.LeadingPosition
        )
        glyph.setEnabled(False)
        self.finder.textChanged.connect(self._show)
        inside.addWidget(self.finder)
        return head

    def _list(self) -> QWidget:
        left = grounded("bg", edge="right")
        look.hold_width(left, LIST)
        inside = column(left, gap=1)
        inside.setContentsMargins(16, 12, 8, 12)
        left.setAccessibleName(self.desk.words.tr("Sections"))
        for section in self.sections:
            item = SideItem(section.title, "nav", section.icon)
            item.clicked.connect(self._goer(section.key))
            self._items[section.key] = item
            inside.addWidget(item)
        self.record = SideItem(self.desk.words.tr("Activity record"), "nav", Icon.HISTORY)
        self.record.clicked.connect(lambda: self.desk.go(Route("activity")))
        inside.addWidget(self.record)
        inside.addStretch(1)
        return left

    def _goer(self, key: str) -> Callable[[], None]:
        def go() -> None:
            self.finder.clear()
            self.desk.go(Route("settings", tab=key))

        return go

    def _middle(self) -> QWidget:
        tr = self.desk.words.tr
        content = grounded("bg")
        sides = row(content, gap=0)
        sides.setContentsMargins(32, 20, 32, 24)
        inside = QWidget()
        inside.setMaximumWidth(look.px(WIDEST))
        self._stack = column(inside, gap=28)
        self._stack.addStretch(1)
        sides.addWidget(inside, 1)
        nothing = Empty(
            Icon.SEARCH,
            tr("No setting matches"),
            tr("Try one word of it, such as lock or backup."),
        )
        self._both = QStackedWidget()
        self._both.addWidget(scrolled(content, tr("Settings")))
        self._both.addWidget(nothing)
        return self._both

    def visit(self, route: Route) -> None:
        super().visit(route)
        if route.tab in self._items:
            self._here = route.tab
        self._show()

    def _show(self) -> None:
        """Show the section one is in, or in all of them what is looked for."""
        wanted = self.finder.text().strip()
        found = 0
        for section in self.sections:
            matches = section.narrow(wanted)
            found += matches
            shown = bool(matches) if wanted else section.key == self._here
            if shown:
                self._take_in(section)
            section.setVisible(shown)
        for key, item in self._items.items():
            item.setChecked(key == self._here and not wanted)
        self.setFocusProxy(self._items[self._here])
        self._both.setCurrentIndex(0 if found else 1)

    def _take_in(self, section: Section) -> None:
        """Give a section its place once it is shown: all of them at once take long to lay out."""
        if self._stack.indexOf(section) < 0:
            before = self.sections[: self.sections.index(section)]
            self._stack.insertWidget(sum(self._stack.indexOf(e) >= 0 for e in before), section)

    def refresh(self) -> None:
        for section in self.sections:
            section.refresh()
        self.aside.refresh()

    def fold(self, *, roomy: bool) -> None:
        self.aside.setVisible(roomy)
        self.security.sheet_row.offered = not roomy  # its button must not fold away
        self._show()

    def commands(self) -> Sequence[Command]:
        tr = self.desk.words.tr
        find = Command("find-setting", tr("Find a setting"), self.finder.setFocus, "Ctrl+F")
        return [find]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down the sections with the arrows, and leave the search with Escape."""
        keys = [section.key for section in self.sections]
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        focused = next((key for key in keys if self._items[key].hasFocus()), None)
        if step and focused:
            after = keys[(keys.index(focused) + step) % len(keys)]
            self._items[after].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape and self.finder.hasFocus() and self.finder.text():
            self.finder.clear()
        else:
            super().keyPressEvent(event)
