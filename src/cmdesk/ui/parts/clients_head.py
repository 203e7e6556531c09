"""The head of the clients page: which of them, by name, by level of care, and what is new."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from cmdesk.ui import icons, look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.field import line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.segmented import Segment, Segmented
from cmdesk.ui.widgets.wrap_row import wrap_row

GROUPS = ("active", "inquiries", "paused", "closed")


class ClientsHead(QFrame):
    """Signals `filtered`: others are asked for; `client_asked`, `inquiry_asked`: a new one."""

    filtered = Signal()
    client_asked = Signal()
    inquiry_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._tr = desk.words.tr
        self._counts: Mapping[str, int] = {}
        self._levels: Sequence[str] | None = None
        self.setProperty("kind", "head")
        lines = column(self, gap=12)
        lines.setContentsMargins(24, 20, 24, 12)
        lines.addLayout(self._title())
        lines.addLayout(self._filters())
        self.groups.chosen.connect(self.filtered)
        self.attention.chosen.connect(self.filtered)
        self.level.chosen.connect(self.filtered)
        self.name.textEdited.connect(self.filtered)

    def _title(self) -> QHBoxLayout:
        tr, line = self._tr, wrap_row()
        line.addWidget(Label(tr("Clients"), "title"))
        line.addStretch(1)
        self.call = Button(tr("New inquiry"), icon=Icon.PHONE)
        self.call.clicked.connect(self.inquiry_asked)
        self.new = Button(tr("New client"), icon=Icon.USER_PLUS)
        self.new.clicked.connect(self.client_asked)
        line.addWidget(self.call)
        line.addWidget(self.new)
        return line

    def _filters(self) -> QHBoxLayout:
        tr, line = self._tr, wrap_row()
        self.groups = Segmented(self._segments(), tr("Which clients"))
        line.addWidget(self.groups)
        self.name = line_edit(tr("Filter by name"))
        self.name.setProperty("kind", "soft")
        look.hold_width(self.name, 180)
        self.name.addAction(
            icons.icon(Icon.SEARCH, "text3"), QLineEdit.ActionPosition.LeadingPosition
        )
        line.addWidget(self.name)
        self.level = Choice([("", tr("Level of care"))], tr("Level of care"), kind="")
        look.hold_width(self.level, 140)
        line.addWidget(self.level)
        options = ((False, tr("All of them")), (True, tr("Needs attention")))
        self.attention = Choice(options, tr("Show"), kind="")
        line.addWidget(self.attention)
        line.addStretch(1)
        self._sorted = Label("", "small", "text2", elide=True)
        line.addWidget(self._sorted)
        return line

    def _segments(self) -> list[Segment]:
        tr, counts = self._tr, self._counts
        titles = (tr("Active"), tr("Inquiries"), tr("Paused"), tr("Closed"))
        return [
            Segment(key, title, str(counts[key]) if key in counts else "")
            for key, title in zip(GROUPS, titles, strict=True)
        ]

    def show_counts(self, counts: Mapping[str, int]) -> None:
        if counts != self._counts:
            self._counts = counts
            self.groups.offer(self._segments())

    def show_levels(self, levels: Sequence[str]) -> None:
        """Offer the levels there are; one that was chosen stays, though nobody is left in it."""
        chosen = str(self.level.value or "")
        offered = sorted({*levels, chosen} - {""})
        if offered != self._levels:
            self._levels = offered
            first = ("", self._tr("Level of care"))
            self.level.offer([first, *((level, level) for level in offered)])

    def say_order(self, order: str) -> None:
        tr = self._tr
        orders = {
            "step": tr("Sorted by next action"),
            "name": tr("Sorted by name"),
            "contact": tr("Longest without contact first"),
        }
        self._sorted.setText(orders[order])

    @property
    def late(self) -> bool:
        return bool(self.attention.value)

    @property
    def text(self) -> str:
        return self.name.text().strip()
