"""What a text is about: topics as chips, those used most in front, the rest one press away."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from cmdesk.rules.topics import Topic
from cmdesk.ui import look
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.chip import HEIGHT, ToggleChip, chip_width, draw_chip
from cmdesk.ui.widgets.field import Remark
from cmdesk.ui.widgets.flow import Flow
from cmdesk.ui.widgets.label import Label

IN_FRONT: Final = 5
LEAST: Final = 2  # usual topics that stay in sight beside those picked
STEPS: Final = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class TopicChip(ToggleChip):
    """A topic; one that the words speak of stands out, but picking it stays with the user."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.suggested = False

    def suggest(self, *, suggested: bool) -> None:
        self.suggested = suggested
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        icon = Icon.CHECK if self.isChecked() else Icon.PLUS if self.suggested else None
        return QSize(chip_width(self.text(), icon), look.px(HEIGHT) + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.suggested and not self.isChecked():
            draw_chip(paint.begin(self), self.rect(), self.text(), "warn", Icon.PLUS)
            return
        super().paintEvent(event)


class TopicChips(QWidget):
    """Signal `edited()`. Tab stops once; arrow keys move between chips, Space picks."""

    edited = Signal()

    def __init__(
        self, name: str, tr: Callable[[str], str], order: Sequence[str], *, front: int = IN_FRONT
    ) -> None:
        super().__init__()
        self._tr, self._front = tr, front
        self.setAccessibleName(name)
        whole = column(self)
        line = row(gap=12)
        title = Label(name, "label", "text2")
        title.setContentsMargins(0, look.px(6), 0, look.px(6))
        line.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        self._flow = Flow(holder, gap=8, lead=0)
        line.addWidget(holder, 1)
        whole.addLayout(line)
        self.remark = Remark()
        whole.addWidget(self.remark)
        self._chips: dict[str, TopicChip] = {}
        self._suggested: tuple[str, ...] = ()
        for code in order:
            self._chips[code] = self._chip(Topic(code))
        self._more = Button(tr("All topics"), "link", size="small")
        self._more.clicked.connect(self._on_more)
        self._last = QWidget()
        column(self._last, edge=2).addWidget(self._more)
        self._flow.addWidget(self._last)
        self._whole = False
        self._settle()

    def _chip(self, topic: Topic) -> TopicChip:
        chip = TopicChip(self._tr(topic.label))
        chip.setToolTip(self._tr(topic.detail))
        chip.setAccessibleDescription(self._tr(topic.detail))
        chip.installEventFilter(self)
        chip.clicked.connect(self._on_clicked)
        self._flow.addWidget(chip)
        return chip

    @property
    def codes(self) -> tuple[str, ...]:
        """The picked topics, in the order of the closed list."""
        picked = {code for code, chip in self._chips.items() if chip.isChecked()}
        return tuple(topic.value for topic in Topic if topic in picked)

    def pick(self, codes: Sequence[str]) -> None:
        """Show these as picked. Silent: this is not the user's doing."""
        for code, chip in self._chips.items():
            chip.setChecked(code in codes)
        self._settle()

    def suggest(self, codes: Sequence[str]) -> None:
        """Offer these in front: the words speak of them. Picking stays with the user."""
        if self._suggested == tuple(codes):
            return
        self._suggested = tuple(codes)
        for code, chip in self._chips.items():
            chip.suggest(suggested=code in codes)
        for chip in self._ordered():
            self._flow.removeWidget(chip)
            self._flow.addWidget(chip)
        self._flow.removeWidget(self._last)
        self._flow.addWidget(self._last)
        self._settle()

    @property
    def suggested(self) -> tuple[str, ...]:
        return self._suggested

    def _ordered(self) -> list[TopicChip]:
        """Give the chips as they stand: those suggested first."""
        first = [self._chips[code] for code in self._suggested if code in self._chips]
        return [*first, *(chip for chip in self._chips.values() if chip not in first)]

    def chip(self, code: str) -> TopicChip:
        return self._chips[code]

    def say_fault(self, fault: str) -> None:
        self.remark.say(fault)

    def _settle(self) -> None:
        """Show the front, whatever is picked, and the rest when asked for."""
        shown: list[TopicChip] = []
        # What is picked or spoken of stands in sight; the usual ones share the rest of the line.
        wanted = sum(chip.isChecked() or chip.suggested for chip in self._ordered())
        room = max(LEAST, self._front - wanted)
        for chip in self._ordered():
            seen = self._whole or chip.isChecked() or chip.suggested
            if not seen and room:
                seen, room = True, room - 1
            chip.setVisible(seen)
            if not chip.isHidden():
                shown.append(chip)
        stop = next((chip for chip in shown if chip.isChecked()), shown[0])
        for chip in self._chips.values():
            chip.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if chip is stop else Qt.FocusPolicy.ClickFocus
            )
        self._more.setText(self._tr("Fewer topics") if self._whole else self._tr("All topics"))
        self._flow.invalidate()
        self.updateGeometry()

    def _on_more(self) -> None:
        self._whole = not self._whole
        self._settle()

    def _on_clicked(self) -> None:
        self._flow.invalidate()
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = STEPS.get(Qt.Key(event.key()), 0)
            shown = [chip for chip in self._ordered() if not chip.isHidden()]
            if step and watched in shown:
                place = next(n for n, chip in enumerate(shown) if chip is watched)
                shown[(place + step) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False
