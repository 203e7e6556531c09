"""Cards and lines: the surfaces a page is laid out on."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cmdesk.ui.widgets.label import Label

Ground = Literal["bg", "surface", "sunken", "sidebar", "desk"]


def line(*, upright: bool = False) -> QFrame:
    """Make a hairline."""
    made = QFrame()
    made.setProperty("kind", "upright" if upright else "line")
    return made


def column(parent: QWidget | None = None, *, gap: int = 0, edge: int = 0) -> QVBoxLayout:
    """Make a vertical layout with this spacing and these margins, in pixels."""
    made = QVBoxLayout(parent) if parent else QVBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(edge, edge, edge, edge)
    return made


def row(parent: QWidget | None = None, *, gap: int = 8, edge: int = 0) -> QHBoxLayout:
    """Make a horizontal layout with this spacing and these margins, in pixels."""
    made = QHBoxLayout(parent) if parent else QHBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(edge, edge, edge, edge)
    return made


def headed(title: str, *buttons: QWidget) -> QHBoxLayout:
    """Make the line above a part of a page: its name, and its buttons at the other end."""
    made = row()
    made.addWidget(Label(title, "strong"))
    made.addStretch(1)
    for button in buttons:
        made.addWidget(button)
    return made


def grounded(ground: Ground, *, edge: Literal["", "left", "right"] = "") -> QWidget:
    """Make a widget that fills itself with a ground colour, perhaps with a hairline at one side."""
    made = QWidget()
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.setProperty("ground", ground)
    made.setProperty("edge", edge)
    return made


def scrolled(content: QWidget, name: str) -> QScrollArea:
    """Let the content scroll; across only where it can be no narrower. `name` is read out."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    area.setWidget(content)
    return area


class Card(QFrame):
    """A bordered surface; with a title, a heading line of 40 px that can hold buttons.

    It may list rows with hairlines between, or say that there are none.
    """

    def __init__(
        self,
        title: str = "",
        *,
        tone: Literal["", "sunken", "warn"] = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setProperty("tone", tone)
        whole = column(self)
        self.head = row()
        self.head.setContentsMargins(16, 10, 8, 4)
        self._listed: list[QWidget] = []
        self.body = column(gap=8)
        self.body.setContentsMargins(16, 0 if title else 12, 16, 12)
        if title:
            self.head.addWidget(Label(title, "strong"))
            self.head.addStretch(1)
            whole.addLayout(self.head)
            self.setAccessibleName(title)
        whole.addLayout(self.body, 1)

    def show_rows(self, rows: Sequence[QWidget], nothing: str = "") -> None:
        """List these rows in place of those before; `nothing` is said where there are none."""
        for old in self._listed:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self._listed = []
        for each in rows:
            self._listed += [line(), each] if self._listed else [each]
        if nothing and not rows:
            self._listed = [Label(nothing, "body", "text2", wrap=True)]
        for each in self._listed:
            self.body.addWidget(each)
