"""A possible breach of privacy: what happened, four factors, what it was, and who was told."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import incidents
from cmdesk.rules import incidents as rules
from cmdesk.rules.incidents import Finding, IncidentForm, Told
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.field import line_edit
from cmdesk.ui.widgets.note import Note
from cmdesk.words import N_

WIDE: Final = 720
WHO: Final = {
    Told.INDIVIDUALS: N_("the people by {day}"),
    Told.HHS: N_("HHS by {day}"),
    Told.MEDIA: N_("the media by {day}, if over 500 live in one state"),
}


class IncidentDialog(RecordSheet[IncidentForm]):
    """A new incident, or one there is; it may begin from a letter that went wrong."""

    def __init__(
        self, desk: Desk, client_id: int | None, disclosure: str | None, number: int | None
    ) -> None:
        tr = desk.words.tr
        key = f"incident:{number}" if number else f"incident:new:{client_id or 0}"
        if disclosure:
            key = f"incident:of:{disclosure}"
        title = tr("Privacy incident")
        super().__init__(desk, title, key, width=WIDE, client_id=client_id)
        self._number = number
        self.add(Section("", self._happened()))
        self.clock = Note("", "warn")
        self.whole.addWidget(self.clock)
        self.add(Section(tr("Four factors"), self._factors()))
        self.add(Section(tr("What it was"), self._finding()))
        self.add(Section(tr("Who was told"), self._told()))
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((), self.save_button, self.save)
        begun = (
            desk.ask(incidents.one, number)
            if number
            else desk.ask(incidents.begin, client_id, disclosure)
        )
        self.begin(begun)

    def _day(self, name: str, label: str) -> Bound:
        return form.day(name, label, self.desk.today, self.desk.words.short_day)

    def _happened(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            form.paragraph("what", tr("What happened?"), lines=2),
            [
                self._day("happened_on", tr("Happened on")),
                self._day("discovered_on", tr("You learned of it on")),
            ],
            [form.line("affected", tr("Whose information")), self._count()],
        ]

    def _count(self) -> Bound:
        """Bind how many people it is about; empty means that nobody knows yet."""
        edit = line_edit()

        def get() -> int | None:
            typed = edit.text().strip().replace(",", "")
            return int(typed) if typed.isdecimal() else None

        def show(count: int | None) -> None:
            edit.setText("" if count is None else str(count))

        def fault() -> str:
            typed = edit.text().strip()
            return "" if not typed or get() is not None else self.tr_("Write a number.")

        label, hint = self.tr_("How many people"), self.tr_("Empty: not known yet.")
        return Bound("affected_count", label, edit, get, show, edit.textEdited, hint, fault)

    def _factors(self) -> list[Bound]:
        tr = self.tr_
        return [
            form.paragraph("nature", tr("What got out, and could it name someone?"), lines=2),
            form.paragraph("who_got_it", tr("Who got it?"), lines=2),
            form.paragraph("viewed", tr("Was it seen or taken?"), lines=2),
            form.paragraph("mitigation", tr("What has lessened the risk?"), lines=2),
        ]

    def _finding(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        found = options(tr, Finding, empty=tr("Not decided yet"))
        return [
            form.choice("determination", tr("What do you find?"), found),
            form.paragraph("reason", tr("Why"), lines=2),
        ]

    def _told(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        hint = tr("State law may give less time. Look it up.")
        show = self.desk.words.short_day
        return [
            [
                self._day("individuals_told_on", tr("The people")),
                self._day("hhs_told_on", tr("HHS")),
                self._day("media_told_on", tr("The media")),
            ],
            [
                form.day("state_told_on", tr("The state"), self.desk.today, show, hint=hint),
                self._day("closed_on", tr("Closed on")),
            ],
            form.line("note", tr("Note")),
        ]

    def faults(self) -> Mapping[str, str]:
        found = rules.faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def follow(self) -> None:
        """Say what it is taken for, and who is still to be told until when."""
        words, draft = self.desk.words, self.draft
        count = draft.affected_count
        self.field("media_told_on").setVisible(count is not None and count > rules.MANY)
        open_ones = [duty for duty in rules.duties(draft) if duty.done is None]
        told = [words.tr(WHO[duty.who]).format(day=words.day(duty.due)) for duty in open_ones]
        parts = [] if draft.determination else [words.tr(rules.PRESUMED)]
        if told:
            parts.append(words.tr("Tell {who}.").format(who=words.listed(told)))
        self.clock.say(" ".join(parts))
        self.clock.setVisible(bool(parts))

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        act = Act(self.tr_("Save a privacy incident"))
        args = (self.draft, self._number, self.keeper.key)
        doing = self.desk.do(self, act, incidents.save, *args)
        self.close_after(doing, self.save_button, self.tr_("Incident saved"))


def open_incident(
    desk: Desk,
    parent: QWidget,
    client_id: int | None = None,
    disclosure_uid: str | None = None,
    *,
    incident_id: int | None = None,
) -> IncidentDialog:
    """Open an incident over the window `parent` is in, or a new one, about what was told if given.

    Where one is open already, give that.
    """
    standing = standing_open(parent, IncidentDialog)
    if standing is not None:
        return standing
    dialog = IncidentDialog(desk, client_id, disclosure_uid, incident_id)
    dialog.again = lambda desk, window: open_incident(
        desk, window, client_id, disclosure_uid, incident_id=incident_id
    )
    open_over(parent, dialog, dialog.keeper.place(dialog.field("what").editor))
    return dialog
