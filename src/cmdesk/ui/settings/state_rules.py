"""Minors: from which age one may consent alone, in the state of the practice, by kind of care."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from cmdesk.casework import state_rules
from cmdesk.casework.state_rules import StateRow, StateTable
from cmdesk.rules.family_codes import MinorCare
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.setting_row import Findable
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.wrap_row import wrap_row
from cmdesk.words import N_

ABOUT = N_(
    "Laws differ and change, so none is built in. Until you fill in a row with its source, nobody "
    "under 18 signs alone here. What neither row names waits for 18 or a parent."
)
SHORT, CHECKED = 96, 152  # pixels
NO_AGE = -1  # what is no age: refused as one, in words


class StateRules(Findable):
    """The state, and a row for each kind of care. A blank row assumes nothing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._kept = desk, StateTable("", ())
        tr = desk.words.tr
        whole = column(self, gap=12)
        self._about = tr(ABOUT)
        whole.addWidget(Label(self._about, "small", "text2", wrap=True))
        self.state = line_edit()
        look.hold_width(self.state, SHORT)
        self.fields = {"state": Field(tr("State"), self.state)}
        whole.addWidget(self.fields["state"])
        self.ages: dict[str, QLineEdit] = {}
        self.sources: dict[str, QLineEdit] = {}
        self.checked: dict[str, DateField] = {}
        for care in MinorCare:
            whole.addWidget(Label(tr(care.label), "medium"))
            whole.addLayout(self._row(care))
        self.save_button = Button(tr("Save the rules"))
        self.save_button.clicked.connect(self._on_save)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(self.save_button)
        whole.addLayout(foot)

    def _row(self, care: MinorCare) -> QHBoxLayout:
        tr, line = self._desk.words.tr, wrap_row(gap=12)
        named = f"{tr(care.label)}: "
        self.ages[care] = line_edit()
        self.sources[care] = line_edit(tr("Section of the law"))
        self.checked[care] = DateField(self._desk.today, show=self._desk.words.short_day)
        made = {
            "age": Field(tr("From age"), self.ages[care]),
            "source": Field(tr("Where it says so"), self.sources[care]),
            "checked_on": Field(tr("Checked on"), self.checked[care]),
        }
        look.hold_width(made["age"], SHORT)
        look.hold_width(made["checked_on"], CHECKED)
        for name, field in made.items():
            field.editor.setAccessibleName(named + field.editor.accessibleName())
            self.fields[f"{care.value}.{name}"] = field
            line.addWidget(field, int(name == "source"), Qt.AlignmentFlag.AlignTop)
        return line

    @property
    def table(self) -> StateTable:
        """The rules as they stand in the fields; notes that came in with a row stay."""
        notes = {kept.care: kept.note for kept in self._kept.rows}
        rows = [self._typed(care, notes.get(care.value, "")) for care in MinorCare]
        return StateTable(self.state.text().strip(), tuple(rows))

    def _typed(self, care: MinorCare, note: str) -> StateRow:
        typed = self.ages[care].text().strip()
        age = int(typed) if typed.isdecimal() else NO_AGE if typed else None
        source, checked = self.sources[care].text().strip(), self.checked[care].day
        empty = age is None and not source and checked is None
        return StateRow(care.value, age, source, checked, "" if empty else note)

    def refresh(self) -> None:
        """Load the table, unless somebody is typing in it."""
        if self.table == self._kept or not self._kept.rows:
            self.load(self._desk.ask(state_rules.table))

    def load(self, table: StateTable) -> None:
        self._kept = table
        self.state.setText(table.state)
        for kept in table.rows:
            care = MinorCare(kept.care)
            self.ages[care].setText("" if kept.age is None else str(kept.age))
            self.sources[care].setText(kept.source)
            self.checked[care].set_day(kept.checked_on)
        self._show_faults({})

    def _faults(self) -> dict[str, str]:
        found = dict(state_rules.faults(self.table, self._desk.today()))
        for care, day in self.checked.items():
            if not day.check():
                found[f"{care}.checked_on"] = day.fault
        return found

    def _show_faults(self, found: Mapping[str, str]) -> None:
        for name, field in self.fields.items():
            field.say_fault(self._desk.words.tr(found[name]) if name in found else "")

    def _on_save(self) -> None:
        found = self._faults()
        self._show_faults(found)
        if found:
            self.fields[next(iter(found))].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        words = self._desk.words.tr("Change the rules for minors")
        self._desk.do(self, words, state_rules.save, self.table).then(self._on_saved)

    def _on_saved(self, _nothing: None) -> None:
        self.load(self._desk.ask(state_rules.table))
        self._desk.done(self._desk.words.tr("Rules for minors saved"))

    def spoken(self) -> str:
        tr = self._desk.words.tr
        cares = " ".join(tr(care.label) for care in MinorCare)
        return f"{tr('Minors')} {self._about} {tr('State, age, birthday, consent')} {cares}"
