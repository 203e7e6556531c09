"""The safety plan as it is read in a hard hour: the steps in turn, and the numbers large."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cmdesk.casework.safety_plan import Glance, Plan, PlanLine
from cmdesk.rules.family_codes import SafetyConcern
from cmdesk.rules.people import phone_shown
from cmdesk.rules.safety import LIFELINE, LIFELINE_WORDS, STAGES
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.safety_card import MARKS, dated
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.card import column, line, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label

TOP = Qt.AlignmentFlag.AlignTop


class PlanReading(QWidget):
    """One version of the plan, to be read and rung from."""

    def __init__(self, desk: Desk, plan: Plan) -> None:
        super().__init__()
        self._desk, self._plan, self._veil = desk, plan, Veil(desk)
        tr, draft = desk.words.tr, plan.draft
        self._whole = whole = column(self, gap=6)
        self._add_state(plan)
        for stage in STAGES:
            lines = [each for each in draft.lines if each.step == stage.number]
            if lines:
                whole.addSpacing(8)
                whole.addWidget(Label(f"{stage.number}. {tr(stage.asked)}", "strong", "text2"))
            for each in lines:
                whole.addWidget(self._line(each))
        if draft.reasons:
            whole.addSpacing(8)
            whole.addWidget(Label(tr("What they want to be here for"), "strong", "text2"))
            whole.addWidget(Label(self._veil.text(draft.reasons), "reading", wrap=True))
        if LIFELINE not in [each.phone for each in draft.lines]:
            whole.addWidget(line())
            whole.addWidget(self._said(tr(LIFELINE_WORDS), "", LIFELINE))
        if draft.copies_to:
            copies = tr("Copies: {names}").format(names=self._veil.text(draft.copies_to))
            whole.addSpacing(8)
            whole.addWidget(Label(copies, "small", "text2", wrap=True))

    def _add_state(self, plan: Plan) -> None:
        words, draft, today = self._desk.words, plan.draft, self._desk.today()
        glance = Glance(
            plan.id, draft.concern, plan.made_on, draft.reviewed_on, draft.review_on, ()
        )
        said = dated(words, glance, today)
        known = draft.concern in MARKS
        lead = words.tr(SafetyConcern(draft.concern).label) if known else ""
        text = f"· {said}" if lead else said[0].upper() + said[1:]
        state = row()
        if known:
            state.addWidget(Glyph(*MARKS[draft.concern], 16))
        state.addWidget(Label(text, "body", "text2", lead=lead), 1)
        if draft.review_on:
            due = draft.review_on <= today
            next_ = words.tr("Next {day}").format(day=words.near_day(draft.review_on, today))
            state.addWidget(Label(next_, "small", "warn" if due else "text2"))
        self._whole.addLayout(state)

    def _line(self, each: PlanLine) -> QWidget:
        name = self._plan.names.get(each.person_id or 0)
        who = self._desk.privacy.name(name.full) if name else ""
        return self._said(self._veil.text(each.text), who, phone_shown(each.phone))

    def _said(self, text: str, who: str, phone: str) -> QWidget:
        made = QWidget()
        made.setMinimumHeight(look.px(30))
        across = row(made, gap=16)
        lead = f"{who}:" if who and text else who
        across.addWidget(Label(text, "reading", wrap=True, lead=lead), 1)
        if phone:
            across.addWidget(Label(phone, "title", "accent"), 0, TOP)
        return made
