"""Which states, and which kinds of places or people, are wanted of a national directory."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.exchange import nppes
from cmdesk.exchange.choosing import Choice, Survey
from cmdesk.rules import states
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.phrases import BETWEEN
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.checks import CheckBox
from cmdesk.ui.widgets.flow import Flow
from cmdesk.ui.widgets.label import Label

KINDS_SHOWN = 60


class Part(QWidget):
    """Signal `changed`: other states or kinds are ticked. None ticked means all of them."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.survey = Survey()
        self.counted = False  # the whole file
        tr = desk.words.tr
        whole = column(self, gap=8)
        self._state_head = Label(tr("States"), "strong")
        whole.addWidget(self._state_head)
        self._state_place = Flow(gap=16, lead=4)
        whole.addLayout(self._state_place)
        self._kind_head = Label(tr("Kinds; none ticked means all"), "strong")
        whole.addSpacing(4)
        whole.addWidget(self._kind_head)
        self._kind_place = Flow(gap=16, lead=4)
        whole.addLayout(self._kind_place)
        self.states: dict[str, CheckBox] = {}
        self.kinds: dict[str, CheckBox] = {}
        self._called: Callable[[str], str] = str

    def offer_levels(self, survey: Survey) -> None:
        """Offer what a workbook holds: its states and levels of care, with their counts."""
        self.survey, self.counted = survey, True
        self._called = _level
        self._state_head.setText(self._desk.words.tr("States; none ticked means all"))
        self._fill(survey.states(), survey.kinds())
        self.refresh()

    def offer_taxonomies(self, survey: Survey) -> None:
        """Offer all states and what is looked for in NPPES; the counts come as it is read."""
        self.survey, self.counted = survey, False
        self._called = _taxonomy
        self._state_head.setText(self._desk.words.tr("States; tick one at least"))
        self._fill(states.NAMES, nppes.taxonomies())
        self.refresh()

    @property
    def choice(self) -> Choice:
        return Choice(_ticked(self.states), _ticked(self.kinds))

    def tick(self, choice: Choice) -> None:
        """Tick what was chosen before, as far as it is offered."""
        for boxes, codes in ((self.states, choice.states), (self.kinds, choice.kinds)):
            for code in codes & boxes.keys():
                boxes[code].setChecked(True)
        self.refresh()

    def refresh(self) -> None:
        """Count anew: states within the kinds ticked, kinds within the states ticked."""
        choice, survey = self.choice, self.survey
        self._tell(self.states, survey.states(choice.kinds), survey.states(), str)
        self._tell(self.kinds, survey.kinds(choice.states), survey.kinds(), self._called)

    def _tell(
        self,
        boxes: Mapping[str, CheckBox],
        counts: Mapping[str, int],
        ever: Mapping[str, int],
        called: Callable[[str], str],
    ) -> None:
        """Write each count beside its box; what the whole file lacks is not offered."""
        for code, box in boxes.items():
            number = counts.get(code, 0)
            known = number or self.counted
            words = called(code) or self._desk.words.tr("No state")
            text = f"{words}{BETWEEN}{self._desk.words.number(number)}" if known else words
            if box.text() != text:
                box.setText(text)
                box.setAccessibleName(text)
                box.updateGeometry()
            box.setVisible(code in ever or box.isChecked() or not self.counted)

    def _fill(self, states: Iterable[str], kinds: Iterable[str]) -> None:
        self.states = self._boxes(states, self._state_place)
        self.kinds = self._boxes(list(kinds)[:KINDS_SHOWN], self._kind_place)
        self._kind_head.setVisible(bool(self.kinds))

    def _boxes(self, codes: Iterable[str], place: Flow) -> dict[str, CheckBox]:
        while item := place.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        boxes: dict[str, CheckBox] = {}
        for code in codes:
            boxes[code] = CheckBox(code)
            boxes[code].clicked.connect(self._on_ticked)
            place.addWidget(boxes[code])
        return boxes

    def _on_ticked(self) -> None:
        self.refresh()
        self.changed.emit()


def _ticked(boxes: Mapping[str, CheckBox]) -> frozenset[str]:
    return frozenset(code for code, box in boxes.items() if box.isChecked())


def _level(code: str) -> str:
    return LevelOfCare(code).label


def _taxonomy(code: str) -> str:
    return nppes.taxonomies()[code].name
