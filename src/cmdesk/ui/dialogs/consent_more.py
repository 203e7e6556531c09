"""What a consent can say besides: who shares, limits, dates, witness, language, capacity."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cmdesk.casework.consent_paper import OURS
from cmdesk.casework.consents import ConsentDraft
from cmdesk.rules.consent_codes import Way
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.form_file import Choose, FormFile
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.field import Field, line_edit

DATES = ("begins_on", "records_from", "records_until", "received_on", "copy_given_on")
TEXTS = (
    "limits",
    "capacity_note",
    "witness",
    "language",
    "interpreter",
    "state_overlay",
    "form_version",
)
LINES = (
    ("direction", "discloser"),
    ("limits",),
    ("records_from", "records_until"),
    ("capacity_note",),
    ("witness", "language", "interpreter"),
    ("begins_on", "received_on", "copy_given_on"),
    ("state_overlay", "form_version"),
)


def labels(tr: Callable[[str], str]) -> dict[str, tuple[str, str]]:
    """Give the label of each field, and the hint under it."""
    return {
        "direction": (tr("Which way"), ""),
        "discloser": (tr("Who may share it"), ""),
        "limits": (tr("Left out"), tr("In the client\u2019s words, such as one person or event.")),
        "records_from": (tr("Records from"), ""),
        "records_until": (tr("Records until"), ""),
        "capacity_note": (tr("How capacity was seen"), tr("Who saw it, how, when to look again.")),
        "witness": (tr("Witness"), ""),
        "language": (tr("Language"), ""),
        "interpreter": (tr("Interpreter"), ""),
        "begins_on": (tr("Begins"), tr("Empty: when signed.")),
        "received_on": (tr("Received"), ""),
        "copy_given_on": (tr("Copy given"), ""),
        "state_overlay": (tr("State\u2019s own words"), tr("Printed on the form.")),
        "form_version": (tr("Version of the form"), ""),
    }


class ConsentMore(QWidget):
    """Folded until one of its fields is filled, or asked for. Signal `edited()`."""

    edited = Signal()

    def __init__(self, desk: Desk, choose: Choose) -> None:
        super().__init__()
        tr = desk.words.tr
        whole = column(self, gap=12)
        self.button = Button(tr("More about this form"), "link", size="small")
        self.button.clicked.connect(self.unfold)
        head = row()
        head.addWidget(self.button)
        head.addStretch(1)
        whole.addLayout(head)
        self.inside = QWidget()
        lines = column(self.inside, gap=12)
        self.dates = {name: DateField(desk.today, show=desk.words.short_day) for name in DATES}
        self.texts: dict[str, QLineEdit] = {name: line_edit() for name in TEXTS}
        self.discloser = line_edit(tr("This practice"))
        self.way = Choice([(way.value, tr(way.label)) for way in Way], tr("Which way"))
        self.authority = FormFile(tr, choose, tr("Proof of authority"))
        editors: dict[str, QWidget] = {
            "direction": self.way,
            "discloser": self.discloser,
            **self.dates,
            **self.texts,
        }
        named = labels(tr)
        self.fields = {
            name: Field(named[name][0], editor, hint=named[name][1])
            for name, editor in editors.items()
        }
        for names in LINES:
            line = row(gap=12)
            for name in names:
                line.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
            lines.addLayout(line)
        lines.addWidget(self.authority)
        whole.addWidget(self.inside)
        self._listen()
        self._fold(folded=True)

    def _listen(self) -> None:
        for edit in (*self.texts.values(), self.discloser):
            edit.textEdited.connect(self.edited)
        for day in self.dates.values():
            day.picked.connect(self.edited)
        self.way.chosen.connect(self.edited)

    def _fold(self, *, folded: bool) -> None:
        self.inside.setVisible(not folded)
        self.button.setVisible(folded)

    def unfold(self) -> None:
        """Show the fields and go to the first of them."""
        self._fold(folded=False)
        self.way.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_with(self, way: Way) -> None:
        """Propose which way, in sight: the usual one would not do."""
        self.way.choose(way.value)
        self._fold(folded=False)

    def load(self, draft: ConsentDraft) -> None:
        """Show a form. Silent: this is not the user's doing."""
        for name, day in self.dates.items():
            day.set_day(getattr(draft, name))
        for name, edit in self.texts.items():
            edit.setText(getattr(draft, name))
        self.discloser.setText("" if draft.discloser == OURS else draft.discloser)
        self.way.choose(draft.direction)
        usual = draft.begins_on == draft.signed_on  # as nearly every form has it
        names = (*(DATES[1:] if usual else DATES), *TEXTS)
        filled = any(getattr(draft, name) for name in names)
        other = self.discloser.text() or draft.direction != Way.TO.value
        plain = not filled and not other and draft.authority_document_id is None
        self._fold(folded=plain)

    def into(self, draft: ConsentDraft) -> ConsentDraft:
        """Give the draft with what stands in these fields."""
        dates = {name: day.day for name, day in self.dates.items()}
        texts = {name: edit.text() for name, edit in self.texts.items()}
        return replace(
            draft,
            **dates,
            **texts,
            discloser=self.discloser.text().strip() or OURS,
            direction=str(self.way.value),
            authority_document_id=self.authority.document_id,
        )

    def faults(self) -> dict[str, str]:
        """Say what is no date; a fault opens the fold."""
        found = {name: day.fault for name, day in self.dates.items() if not day.check()}
        if found:
            self._fold(folded=False)
        return found
