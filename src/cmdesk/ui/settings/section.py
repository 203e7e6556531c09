"""One section of the settings: groups of rows, and what stands beside them."""

from PySide6.QtWidgets import QWidget

from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.setting_row import SettingGroup
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.label import Label


class Section(QWidget):
    """Subclasses fill it with `add_group` and `add_plain`, and ask anew in `refresh`."""

    def __init__(self, desk: Desk, key: str, title: str, icon: Icon) -> None:
        super().__init__()
        self.desk, self.key, self.title, self.icon = desk, key, title, icon
        self.tr_ = desk.words.tr
        self._groups: list[SettingGroup] = []
        self._plain: list[QWidget] = []
        self._body = column(self, gap=24)
        self._name = Label(title, "small_strong", "text3")
        self._name.hide()
        self._body.addWidget(self._name)
        self.setAccessibleName(title)

    def add_group(self, group: SettingGroup) -> None:
        """Add settings, found by their words."""
        self._groups.append(group)
        self._body.addWidget(group)

    def add_plain(self, widget: QWidget) -> None:
        """Add what is no setting: shown unless one looks for a setting."""
        self._plain.append(widget)
        self._body.addWidget(widget)

    def refresh(self) -> None:
        """Ask for everything again and show it."""

    def narrow(self, wanted: str) -> int:
        """Show what matches, under the section's name; everything when nothing is looked for."""
        found = sum(group.narrow(wanted) for group in self._groups)
        for widget in self._plain:
            widget.setVisible(not wanted)
        self._name.setVisible(bool(wanted))
        return found
