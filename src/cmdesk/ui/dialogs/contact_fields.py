"""Who, how, when and how long: the fields of a contact, filled by hand or by the line."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import contacts
from cmdesk.casework.contacts import Someone
from cmdesk.errors import Problem
from cmdesk.rules.contact_codes import EntryKind, Method, Part2
from cmdesk.rules.log import ALONE, LogDraft
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.contact_words import (
    METHODS,
    NOTE,
    OPTIONS,
    matching,
    miles_typed,
    money_typed,
    read_miles,
    read_money,
    read_or_none,
    with_kind,
)
from cmdesk.ui.dialogs.pick_field import PickField
from cmdesk.ui.dialogs.reached import Reached
from cmdesk.ui.dialogs.typed_time import LONG_CALL, read_minutes, read_time
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.field import Field, Remark, line_edit
from cmdesk.ui.widgets.segmented import Segment, Segmented
from cmdesk.ui.widgets.wrap_row import wrap_row

# Pixels: what is wrong with a field as narrow as these is said under its line.
NARROW = {"minutes": 76, "day": 138, "at": 92, "miles": 76, "expense": 92}
READERS = {
    "at": read_time,
    "minutes": read_minutes,
    "miles": read_miles,
    "expense": read_money,
}
LINES = (
    ("client", "method"),
    ("participants", "minutes", "day", "at"),
    ("direction", "outcome", "purposes", "part2"),
    ("kind", "miles", "expense"),
)
STRETCHES = {"client": 1, "participants": 1, "direction": 2, "outcome": 3, "purposes": 4, "kind": 1}


class ContactFields(QWidget):
    """Signals: `edited()` by the user, `about()` when the client was changed."""

    edited = Signal()
    about = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._tr = desk, desk.words.tr
        self._loaded = LogDraft()
        self._circle: list[Someone] = []
        self._part2_chosen = False
        self._make_editors()
        self.fields = self._label_editors()
        self._lay_out()
        self._listen()

    def _make_editors(self) -> None:
        tr = self._tr
        self._clients = self._desk.ask(contacts.all_clients)
        who, removes = tr("Client"), tr("Remove {name}")
        self.client = PickField(self._find_client, who, many=False, remove=removes, telling=True)
        self.method = Segmented(self._methods(), tr("How"))
        self.people = PickField(self._find_person, tr("Name"), remove=removes)
        self.day = DateField(self._desk.today, show=self._desk.words.short_day)
        self.typed = {name: line_edit() for name in READERS}
        self.minutes, self.at = self.typed["minutes"], self.typed["at"]
        self.reached = Reached(tr, self._desk.privacy)
        self.choices = {
            name: Choice([(code, tr(code.label)) for code in codes], name)
            for name, codes in OPTIONS.items()
        }

    def _methods(self) -> list[Segment]:
        return [Segment(key, self._tr(text), icon=icon) for key, (text, icon) in METHODS.items()]

    def _label_editors(self) -> dict[str, Field]:
        tr = self._tr
        return {
            "client": Field(tr("Client"), self.client),
            "method": Field(tr("How"), self.method),
            "participants": Field(tr("With"), self.people),
            "minutes": Field(tr("Minutes"), self.minutes),
            "day": Field(tr("Day"), self.day),
            "at": Field(tr("Time"), self.at),
            "direction": Field(tr("Direction"), self.choices["direction"]),
            "outcome": Field(tr("Outcome"), self.choices["outcome"]),
            "purposes": Field(tr("For"), self.choices["purposes"]),
            "part2": Field(tr("Part 2 record"), self.choices["part2"]),
            "kind": Field(tr("Kind of work"), self.choices["kind"]),
            "miles": Field(tr("Miles"), self.typed["miles"]),
            "expense": Field(tr("Expense"), self.typed["expense"]),
        }

    def _lay_out(self) -> None:
        whole = column(self, gap=10)
        self.under: dict[str, Remark] = {}
        for names in LINES:
            line = wrap_row(gap=12)
            for name in names:
                if name in NARROW:
                    look.hold_width(self.fields[name], NARROW[name])
                top = Qt.AlignmentFlag.AlignTop
                line.addWidget(self.fields[name], STRETCHES.get(name, 0), top)
            whole.addLayout(line)
            if narrow := [name for name in names if name in NARROW]:
                remark = Remark()
                remark.setContentsMargins(0, 0, 0, 0)
                whole.addWidget(remark)
                self.under |= dict.fromkeys(narrow, remark)
        whole.addWidget(self.reached)

    def _listen(self) -> None:
        self.client.picked.connect(self._on_client)
        self.people.picked.connect(self._on_people)
        self.reached.edited.connect(self.edited)
        self.method.chosen.connect(self._on_method)
        self.day.picked.connect(self.edited)
        for edit in self.typed.values():
            edit.textEdited.connect(self.edited)
        self.minutes.editingFinished.connect(self._remark_minutes)
        self.at.editingFinished.connect(self._tidy_time)
        chosen = {"part2": self._on_part2, "kind": self._on_kind}
        for name, choice in self.choices.items():
            choice.chosen.connect(chosen.get(name, self.edited))

    @property
    def client_id(self) -> int | None:
        return int(self.client.keys[0][1:]) if self.client.keys else None

    @property
    def client_name(self) -> str:
        return self.client.names[0] if self.client.names else ""

    def _find_client(self, text: str) -> Sequence[Someone]:
        return matching(self._clients, text)[: contacts.SHOWN]

    def _find_person(self, text: str) -> Sequence[Someone]:
        """Offer the circle first, then anybody of that name."""
        near = matching(self._circle, text)
        known = {someone.key for someone in near}
        far = self._desk.ask(contacts.people, text) if len(text) > 1 else []
        return [*near, *(someone for someone in far if someone.key not in known)][: contacts.SHOWN]

    def load(self, draft: LogDraft) -> None:
        """Show a contact. Silent: this is not the user's doing."""
        self._loaded = draft
        if self.client_id != draft.client_id or draft.client_id is None:
            own = f"c{draft.client_id}"
            self.client.choose([each for each in self._clients if each.key == own])
            self._learn_circle()
        keys = [f"p{number}" for number in draft.participants]
        if list(self.people.keys) != keys or self.people.pending:
            self.people.choose(self._desk.ask(contacts.named, keys) if keys else [])
        self.reached.offer(self.people.keys, self.people.names, draft.not_reached)
        self._load_method(draft)
        self.at.setText(self._desk.words.time(draft.at) if draft.at else "")
        self.minutes.setText("" if draft.minutes is None else str(draft.minutes))
        self.typed["miles"].setText(miles_typed(draft.miles))
        self.typed["expense"].setText(money_typed(draft.expense_cents))
        self.day.set_day(draft.day)
        self.choices["direction"].choose(draft.direction)
        self.choices["outcome"].choose(draft.outcome)
        self.choices["purposes"].choose(draft.purposes[0] if draft.purposes else None)
        self.choices["part2"].choose(draft.part2)
        self._part2_chosen = draft.part2 != Part2.UNKNOWN
        self.show_faults({})
        self._remark_minutes()

    def take(self, draft: LogDraft) -> None:
        """Show what the line says; what was decided about Part 2 stays decided."""
        decided = self._part2_chosen
        self.load(draft)
        self._part2_chosen = decided

    def _load_method(self, draft: LogDraft) -> None:
        key = NOTE if draft.kind == EntryKind.INTERNAL_NOTE else draft.method
        self.choices["kind"].choose(draft.kind)
        alone = draft.kind in ALONE and key != NOTE
        segments = self._methods()
        if not alone and key not in METHODS:  # a fax or a portal message, from elsewhere
            words = Method(key).label if key else self._tr("Other")
            segments.append(Segment(key, words))
        self.method.setEnabled(not alone)
        self.method.offer(segments)
        self.method.choose(Method.PHONE if alone else key)

    def _learn_circle(self) -> None:
        number = self.client_id
        self._circle = self._desk.ask(contacts.around, number) if number is not None else []

    def into(self, draft: LogDraft) -> LogDraft:
        """Give the draft with what stands in these fields."""
        purpose = str(self.choices["purposes"].value)
        others = self._loaded.purposes[1:]
        chosen = replace(
            draft,
            client_id=self.client_id,
            day=self.day.day,
            at=read_or_none(self.at, read_time),
            minutes=read_or_none(self.minutes, read_minutes),
            miles=read_or_none(self.typed["miles"], read_miles),
            expense_cents=read_or_none(self.typed["expense"], read_money),
            direction=str(self.choices["direction"].value),
            outcome=str(self.choices["outcome"].value),
            participants=tuple(int(key[1:]) for key in self.people.keys),
            not_reached=self.reached.missed,
            purposes=(purpose, *(other for other in others if other != purpose)),
            part2=str(self.choices["part2"].value),
        )
        return with_kind(chosen, self.method.current, str(self.choices["kind"].value))

    def own_faults(self) -> dict[str, str]:
        """Say what is typed that can't be read."""
        found: dict[str, str] = {}
        if not self.day.check():
            found["day"] = self.day.fault
        for name, read in READERS.items():
            try:
                read(self.typed[name].text())
            except Problem as problem:
                found[name] = problem.message
        whom = self._tr("Nobody of this name is here. Choose from the list, or clear it.")
        for name, pick in (("client", self.client), ("participants", self.people)):
            if pick.pending:
                found[name] = whom
        return found

    def show_faults(self, faults: dict[str, str]) -> None:
        for name, field in self.fields.items():
            field.say_fault(faults.get(name, ""))
            if name in NARROW:
                field.remark.hide()
        for remark in set(self.under.values()):
            names = [name for name, under in self.under.items() if under is remark]
            remark.say(" ".join(faults[name] for name in names if name in faults))

    def editor(self, name: str) -> QWidget:
        return self.fields[name].editor

    def propose_part2(self, mark: str) -> None:
        """Show what is proposed, unless the user has decided."""
        if not self._part2_chosen:
            self.choices["part2"].choose(mark)

    def _on_client(self) -> None:
        self._learn_circle()
        self.about.emit()
        self.edited.emit()

    def _on_people(self) -> None:
        self.reached.offer(self.people.keys, self.people.names, self.reached.missed)
        self.edited.emit()

    def _on_method(self, key: str) -> None:
        kind = self.choices["kind"]
        if key == NOTE:
            kind.choose(EntryKind.INTERNAL_NOTE)
        elif kind.value == EntryKind.INTERNAL_NOTE:
            kind.choose(EntryKind.CONTACT)
        self.edited.emit()

    def _on_kind(self, kind: object) -> None:
        method = "" if kind in ALONE else self.method.current
        if kind != EntryKind.INTERNAL_NOTE and method == NOTE:
            method = Method.PHONE
        self._load_method(replace(self._loaded, kind=str(kind), method=method))
        self.edited.emit()

    def _on_part2(self) -> None:
        self._part2_chosen = True
        self.edited.emit()

    def _remark_minutes(self) -> None:
        """Ask back when a call is long: 240 is more often a slip than four hours."""
        minutes = read_or_none(self.minutes, read_minutes)
        if minutes is not None and not self.fields["minutes"].fault and minutes >= LONG_CALL:
            words = self._tr("{length}?").format(length=self._desk.words.minutes(minutes))
            self.fields["minutes"].remark.say(words, "warn", None)
        elif not self.fields["minutes"].fault:
            self.fields["minutes"].say_fault("")

    def _tidy_time(self) -> None:
        at = read_or_none(self.at, read_time)
        if at is not None:
            self.at.setText(self._desk.words.time(at))
