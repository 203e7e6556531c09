"""Who, how, when and how long: the two lines of fields at the head of the log dialog."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cmdesk.casework import contacts
from cmdesk.casework.contacts import Someone
from cmdesk.errors import Problem
from cmdesk.rules.contact_codes import Direction, EntryKind, Method, Outcome, Part2, Purpose
from cmdesk.rules.log import LogDraft, attempted
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.pick_field import PickField
from cmdesk.ui.dialogs.typed_time import LONG_CALL, read_minutes, read_time
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.field import Field, Remark, line_edit
from cmdesk.ui.widgets.segmented import Segment, Segmented

NOTE = "note"
NARROW = {"minutes": 76, "day": 138, "at": 92}  # pixels
METHODS: dict[str, tuple[str, Icon]] = {
    Method.PHONE: ("Call", Icon.PHONE),
    Method.TEXT: ("Text", Icon.MESSAGE_SQUARE),
    Method.E_MAIL: ("E-mail", Icon.MAIL),
    Method.IN_PERSON: ("Visit", Icon.MAP_PIN),
    Method.VIDEO: ("Video", Icon.VIDEO),
    NOTE: ("Note", Icon.FILE_TEXT),
}
OPTIONS = {
    "direction": tuple(Direction),
    "outcome": tuple(Outcome),
    "purposes": tuple(Purpose),
    "part2": (Part2.YES, Part2.NO, Part2.UNKNOWN),
}


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
        removes = tr("Remove {name}")
        self.client = PickField(self._find_client, tr("Client"), many=False, remove=removes)
        self.method = Segmented(
            [Segment(key, tr(text), icon=icon) for key, (text, icon) in METHODS.items()],
            tr("How"),
        )
        self.people = PickField(self._find_person, tr("Name"), remove=removes)
        self.minutes = line_edit()
        self.day = DateField(self._desk.today, show=self._desk.words.short_day)
        self.at = line_edit()
        self.choices = {
            name: Choice([(code, tr(code.label)) for code in codes], name)
            for name, codes in OPTIONS.items()
        }

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
        }

    def _lay_out(self) -> None:
        whole = column(self, gap=10)
        top = Qt.AlignmentFlag.AlignTop
        stretches = {"client": 1, "participants": 1, "direction": 2, "outcome": 3, "purposes": 4}
        for names in (
            ("client", "method"),
            ("participants", "minutes", "day", "at"),
            ("direction", "outcome", "purposes", "part2"),
        ):
            line = row(gap=12)
            for name in names:
                if name in NARROW:
                    self.fields[name].setFixedWidth(look.px(NARROW[name]))
                line.addWidget(self.fields[name], stretches.get(name, 0), top)
            whole.addLayout(line)
            if "minutes" in names:
                whole.addWidget(self._under_narrow())

    def _under_narrow(self) -> Remark:
        """Make room for what is wrong with fields too narrow to say it themselves."""
        self.under = Remark()
        layout = self.under.layout()
        if layout:
            layout.setContentsMargins(0, 0, 0, 0)
        return self.under

    def _listen(self) -> None:
        self.client.picked.connect(self._on_client)
        self.people.picked.connect(self.edited)
        self.method.chosen.connect(self.edited)
        self.day.picked.connect(self.edited)
        for edit in (self.minutes, self.at):
            edit.textEdited.connect(self.edited)
        self.minutes.editingFinished.connect(self._remark_minutes)
        self.at.editingFinished.connect(self._tidy_time)
        for name, choice in self.choices.items():
            choice.chosen.connect(self._on_part2 if name == "part2" else self.edited)

    @property
    def client_id(self) -> int | None:
        return int(self.client.keys[0][1:]) if self.client.keys else None

    @property
    def client_name(self) -> str:
        return self.client.names[0] if self.client.names else ""

    def _find_client(self, text: str) -> Sequence[Someone]:
        return _matching(self._clients, text)[: contacts.SHOWN]

    def _find_person(self, text: str) -> Sequence[Someone]:
        """Offer the circle first, then anybody of that name."""
        near = _matching(self._circle, text)
        known = {someone.key for someone in near}
        far = self._desk.ask(contacts.people, text) if len(text) > 1 else []
        return [*near, *(someone for someone in far if someone.key not in known)][: contacts.SHOWN]

    def load(self, draft: LogDraft) -> None:
        """Show a contact. Silent: this is not the user's doing."""
        self._loaded = draft
        self.client.choose([each for each in self._clients if each.key == f"c{draft.client_id}"])
        self._learn_circle()
        keys = [f"p{number}" for number in draft.participants]
        self.people.choose(self._desk.ask(contacts.named, keys) if keys else [])
        self._load_method(draft)
        self.minutes.setText("" if draft.minutes is None else str(draft.minutes))
        self.day.set_day(draft.day)
        self.at.setText(self._desk.words.time(draft.at) if draft.at else "")
        self.choices["direction"].choose(draft.direction)
        self.choices["outcome"].choose(draft.outcome)
        self.choices["purposes"].choose(draft.purposes[0] if draft.purposes else None)
        self.choices["part2"].choose(draft.part2)
        self._part2_chosen = draft.part2 != Part2.UNKNOWN
        self.show_faults({})

    def _load_method(self, draft: LogDraft) -> None:
        key = NOTE if draft.kind == EntryKind.INTERNAL_NOTE else draft.method
        segments = [
            Segment(code, self._tr(text), icon=icon) for code, (text, icon) in METHODS.items()
        ]
        if key not in METHODS:  # a fax or a portal message, from elsewhere
            words = Method(key).label if key else self._tr("Other")
            segments.append(Segment(key, words))
        self.method.offer(segments)
        self.method.choose(key)

    def _learn_circle(self) -> None:
        number = self.client_id
        self._circle = self._desk.ask(contacts.around, number) if number is not None else []

    def into(self, draft: LogDraft) -> LogDraft:
        """Give the draft with what stands in these fields."""
        part2 = self.choices["part2"].value
        purpose = str(self.choices["purposes"].value)
        others = self._loaded.purposes[1:]
        chosen = replace(
            draft,
            client_id=self.client_id,
            day=self.day.day,
            at=_time_or_none(self.at),
            minutes=_minutes_or_none(self.minutes),
            direction=str(self.choices["direction"].value),
            outcome=str(self.choices["outcome"].value),
            participants=tuple(int(key[1:]) for key in self.people.keys),
            purposes=(purpose, *(other for other in others if other != purpose)),
            part2=str(part2),
        )
        return _with_kind(chosen, self.method.current)

    def own_faults(self) -> dict[str, str]:
        """Say what is typed that can't be read."""
        found: dict[str, str] = {}
        if not self.day.check():
            found["day"] = self.day.fault
        for name, edit, read in (
            ("at", self.at, read_time),
            ("minutes", self.minutes, read_minutes),
        ):
            try:
                read(edit.text())
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
        self.under.say(" ".join(faults[name] for name in NARROW if name in faults))

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

    def _on_part2(self) -> None:
        self._part2_chosen = True
        self.edited.emit()

    def _remark_minutes(self) -> None:
        """Ask back when a call is long: 240 is more often a slip than four hours."""
        minutes = _minutes_or_none(self.minutes)
        if minutes is not None and not self.fields["minutes"].fault and minutes >= LONG_CALL:
            words = self._tr("{length}?").format(length=self._desk.words.minutes(minutes))
            self.fields["minutes"].remark.say(words, "warn", None)
        elif not self.fields["minutes"].fault:
            self.fields["minutes"].say_fault("")

    def _tidy_time(self) -> None:
        at = _time_or_none(self.at)
        if at is not None:
            self.at.setText(self._desk.words.time(at))


def fresh(now: datetime, client_id: int | None) -> LogDraft:
    """Begin with what is nearly always right: this client, now."""
    return LogDraft(client_id=client_id, day=now.date(), at=time(now.hour, now.minute))


def _matching(people: Sequence[Someone], text: str) -> list[Someone]:
    """Find those each typed word begins a word of; in the order given."""
    wanted = text.casefold().split()
    return [
        someone
        for someone in people
        if all(
            any(part.startswith(word) for part in someone.name.casefold().split())
            for word in wanted
        )
    ]


def _with_kind(draft: LogDraft, method: str) -> LogDraft:
    """Set method and kind together: a note is no contact, and nobody reached is an attempt."""
    if method == NOTE:
        return replace(draft, kind=EntryKind.INTERNAL_NOTE, method="")
    kind = draft.kind
    if kind in (EntryKind.CONTACT, EntryKind.ATTEMPTED_CONTACT, EntryKind.INTERNAL_NOTE):
        kind = EntryKind.ATTEMPTED_CONTACT if attempted(draft) else EntryKind.CONTACT
    return replace(draft, kind=kind, method=method)


def _time_or_none(edit: QLineEdit) -> time | None:
    try:
        return read_time(edit.text())
    except Problem:
        return None


def _minutes_or_none(edit: QLineEdit) -> int | None:
    try:
        return read_minutes(edit.text())
    except Problem:
        return None
