"""The fields of a safety plan: lines under six steps, each perhaps with a person and a number."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cmdesk.casework.safety_plan import PlanDraft, PlanLine, Reachable
from cmdesk.rules.family_codes import SafetyConcern
from cmdesk.rules.people import phone_shown
from cmdesk.rules.safety import LAST_STEP, LIFELINE, LIFELINE_WORDS, PROFESSIONALS, STAGES, Stage
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.text_edit import TextEdit

ALONE = (1, 2)  # steps nobody else has a part in
PERSON, NUMBER = 168, 132  # pixels
FIRST = PlanDraft(lines=(PlanLine(PROFESSIONALS, LIFELINE_WORDS, None, LIFELINE),))


def body_of(draft: PlanDraft) -> dict[str, Any]:
    """Give plain values that JSON can hold."""
    return {
        "concern": draft.concern,
        "reviewed_on": draft.reviewed_on.isoformat() if draft.reviewed_on else None,
        "review_on": draft.review_on.isoformat() if draft.review_on else None,
        "reasons": draft.reasons,
        "copies_to": draft.copies_to,
        "lines": [[line.step, line.text, line.person_id, line.phone] for line in draft.lines],
    }


def draft_of(body: Mapping[str, Any]) -> PlanDraft:
    """Read a kept draft back."""
    return PlanDraft(
        str(body.get("concern", "")),
        _day(body.get("reviewed_on")),
        _day(body.get("review_on")),
        str(body.get("reasons", "")),
        str(body.get("copies_to", "")),
        tuple(PlanLine(*line) for line in body.get("lines", ())),
    )


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


class _LineRow(QWidget):
    """One line. Signals `edited`, `removed`, `next_asked`: Enter, for a line more."""

    edited = Signal()
    removed = Signal()
    next_asked = Signal()

    def __init__(self, desk: Desk, stage: Stage, people: Sequence[Reachable]) -> None:
        super().__init__()
        tr = desk.words.tr
        self._numbers = {each.person_id: each.phone for each in people}
        self._stage = stage
        across = row(self)
        self.text = line_edit(tr(stage.hint), name=tr(stage.asked))
        self.text.textEdited.connect(self.edited)
        self.text.returnPressed.connect(self.next_asked)
        across.addWidget(self.text, 1)
        names = [(each.person_id, desk.privacy.name(each.name.full)) for each in people]
        self.person = Choice([(None, tr("No one named")), *names], tr("Who"))
        look.hold_width(self.person, PERSON)
        self.person.chosen.connect(self._on_person)
        self.phone = line_edit(tr("Number"), name=tr("Number"))
        look.hold_width(self.phone, NUMBER)
        self.phone.textEdited.connect(self.edited)
        for part in (self.person, self.phone):
            across.addWidget(part)
            part.setVisible(stage.number not in ALONE)
        self.remove = IconButton(Icon.X, tr("Take this line out"), size="small")
        self.remove.clicked.connect(self.removed)
        across.addWidget(self.remove)

    def load(self, line: PlanLine) -> None:
        self.text.setText(line.text)
        self.person.keep(line.person_id)  # of somebody who left the circle, too
        self.phone.setText(line.phone)

    @property
    def line(self) -> PlanLine:
        person = self.person.value
        number = person if isinstance(person, int) else None
        return PlanLine(self._stage.number, self.text.text(), number, self.phone.text())

    def _on_person(self, person: object) -> None:
        """Offer the number they are best rung at, unless another was typed."""
        known = {"", *(phone_shown(phone) for phone in self._numbers.values())}
        if phone_shown(self.phone.text()) in known:
            number = self._numbers.get(person, "") if isinstance(person, int) else ""
            self.phone.setText(phone_shown(number))
        self.edited.emit()


class PlanFields(QWidget):
    """Signal `edited`: the user typed or chose."""

    edited = Signal()

    def __init__(self, desk: Desk, people: Sequence[Reachable]) -> None:
        super().__init__()
        self._desk, self._people, tr = desk, people, desk.words.tr
        self._rows: dict[int, list[_LineRow]] = {stage.number: [] for stage in STAGES}
        self._places: dict[int, QVBoxLayout] = {}
        whole = column(self, gap=14)
        whole.addLayout(self._make_head())
        for stage in STAGES:
            whole.addLayout(self._make_stage(stage))
        self.reasons = TextEdit(tr("What they want to be here for"), lines=2)
        self.copies = line_edit()
        whole.addWidget(Field(tr("What they want to be here for"), self.reasons))
        whole.addWidget(Field(tr("Who has a copy"), self.copies))
        self.reasons.edited.connect(self.edited)
        self.copies.textEdited.connect(self.edited)

    def _make_head(self) -> QVBoxLayout:
        tr, made = self._desk.words.tr, column()
        concerns = [(each.value, tr(each.label)) for each in SafetyConcern]
        self.concern = Choice([("", tr("Not judged yet")), *concerns], tr("Concern"))
        show = self._desk.words.short_day
        self.reviewed = DateField(self._desk.today, show=show)
        self.review = DateField(self._desk.today, show=show)
        self._reviewed = Field(tr("Gone through together on"), self.reviewed)
        self._review = Field(tr("Next time"), self.review)
        side_by_side = row(gap=12)
        for part in (Field(tr("Concern"), self.concern), self._reviewed, self._review):
            side_by_side.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        made.addLayout(side_by_side)
        self.concern.chosen.connect(self.edited)
        for day in (self.reviewed, self.review):
            day.picked.connect(self.edited)
        return made

    def _make_stage(self, stage: Stage) -> QVBoxLayout:
        tr, made = self._desk.words.tr, column(gap=6)
        made.addWidget(Label(f"{stage.number}. {tr(stage.asked)}", "strong"))
        self._places[stage.number] = column(gap=6)
        made.addLayout(self._places[stage.number])
        more = Button(tr("Add a line"), "link", size="small", icon=Icon.PLUS)
        more.setAccessibleName(tr("Add a line: {step}").format(step=tr(stage.asked)))
        more.clicked.connect(partial(self._add_typed, stage))
        made.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def load(self, draft: PlanDraft) -> None:
        """Show a draft; a step without lines gets an empty one. Silent."""
        self.concern.choose(draft.concern)
        self.reviewed.set_day(draft.reviewed_on)
        self.review.set_day(draft.review_on)
        self.reasons.set_text(draft.reasons)
        self.copies.setText(draft.copies_to)
        for rows in self._rows.values():
            for each in list(rows):
                self._drop(each, rows)
        for stage in STAGES:
            of_step = [line for line in draft.lines if line.step == stage.number]
            for line in of_step or [PlanLine(stage.number)]:
                self._add(stage, line)

    @property
    def draft(self) -> PlanDraft:
        """The plan as it stands in the fields, without its empty lines."""
        lines = [each.line for step in range(1, LAST_STEP + 1) for each in self._rows[step]]
        return PlanDraft(
            str(self.concern.value or ""),
            self.reviewed.day,
            self.review.day,
            self.reasons.text(),
            self.copies.text(),
            tuple(line for line in lines if not line.empty),
        )

    def check(self) -> bool:
        """Say what is wrong with a date and go there; true when nothing is."""
        sound = True
        for day, field in ((self.review, self._review), (self.reviewed, self._reviewed)):
            if not day.check():
                sound = False
                day.setFocus(Qt.FocusReason.OtherFocusReason)
            field.say_fault(day.fault)
        return sound

    def first(self) -> QLineEdit:
        """Give the line to begin with."""
        return self._rows[1][0].text

    def rows(self, step: int) -> Sequence[_LineRow]:
        return tuple(self._rows[step])

    def _add(self, stage: Stage, line: PlanLine) -> _LineRow:
        made, rows = _LineRow(self._desk, stage, self._people), self._rows[stage.number]
        made.load(line)
        made.edited.connect(self.edited)
        made.removed.connect(partial(self._remove, made, rows))
        made.next_asked.connect(partial(self._add_typed, stage))
        rows.append(made)
        self._places[stage.number].addWidget(made)
        return made

    def _add_typed(self, stage: Stage) -> None:
        """Add a line and go there, unless an empty one stands at the end already."""
        rows = self._rows[stage.number]
        last = rows[-1] if rows and rows[-1].line.empty else None
        (last or self._add(stage, PlanLine(stage.number))).text.setFocus()

    def _remove(self, line: _LineRow, rows: list[_LineRow]) -> None:
        self._drop(line, rows)
        self.edited.emit()

    def _drop(self, line: _LineRow, rows: list[_LineRow]) -> None:
        rows.remove(line)
        line.hide()
        line.setParent(None)
        line.deleteLater()
