"""How often whom to reach: "mother Mondays, psychiatrist monthly, client twice a week"."""

from dataclasses import asdict, fields, replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cmdesk.casework import rhythm
from cmdesk.casework.reached import NEVER, Contacted
from cmdesk.casework.rhythm import CadenceDraft
from cmdesk.rules.codes import Weekday
from cmdesk.rules.contact_codes import Method
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.keeping import DraftBack, Keeper
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts import phrases
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, line, row
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.words import N_

WIDE = 640
WAYS = (Method.PHONE, Method.VIDEO, Method.IN_PERSON, Method.TEXT, Method.E_MAIL)
HOW = {
    "weekday": N_("On a weekday"),
    "times": N_("So many times a week"),
    "days": N_("Every so many days"),
}
FAULTS = {"every_days": "number", "times_a_week": "number", "grace_days": "grace", "until": "pause"}


class CadenceDialog(Sheet):
    """The client's rules, each with the last contact, and the one being added or changed."""

    def __init__(self, desk: Desk, client_id: int) -> None:
        super().__init__(desk, desk.words.tr("How often to reach whom"), width=WIDE)
        self._client_id = client_id
        self._editing: int | None = None
        self._barred: frozenset[int] = frozenset()  # not to be contacted
        self._people = {each.person_id: each for each in desk.ask(rhythm.whom, client_id)}
        whole = self.lay(QWidget())
        self._listed: QVBoxLayout = column(gap=4)
        whole.addLayout(self._listed)
        whole.addWidget(line())
        self._lay_out_fields(whole)
        self.cancel = Button(self.tr_("Close"), "plain", keys="Esc")
        self.save_button = Button(self.tr_("Add"), "primary", keys="Ctrl+Return")
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.save_button)
        self.cancel.clicked.connect(self.close_dialog)
        self.save_button.clicked.connect(self.save)
        self.on_finish(self.save)
        self.keeper = Keeper(
            desk, self, f"cadence:{client_id}", self._typed, lambda: self._client_id
        )
        self.closed.connect(self.keeper.keep_now)
        self.back = DraftBack(self, desk.words)
        self.back.start_over.connect(self._start_over)
        self._fill()
        self._load(CadenceDraft(client_id, weekday=Weekday.MONDAY, method=Method.PHONE))
        self._take_back()

    def _lay_out_fields(self, whole: QVBoxLayout) -> None:
        tr, words = self.tr_, self.desk.words
        names = [(key, self._who(key)) for key in self._people]
        self.whom = Choice(names, tr("Whom"))
        self.method = Choice([(way, phrases.how(words, "", way)) for way in WAYS], tr("How"))
        self.how = Choice([(key, tr(said)) for key, said in HOW.items()], tr("How often"))
        self.weekday = Choice([(day, tr(day.label)) for day in Weekday], tr("Weekday"))
        self.number, self.grace = line_edit(), line_edit()
        self.pause = DateField(self.desk.today, show=words.short_day, name=tr("Pause until"))
        self.fields = {
            "whom": Field(tr("Whom"), self.whom),
            "method": Field(tr("How"), self.method),
            "how": Field(tr("How often"), self.how),
            "weekday": Field(tr("Weekday"), self.weekday),
            "number": Field(tr("How many"), self.number),
            "grace": Field(tr("Days of grace"), self.grace, hint=tr("Late only after these.")),
            "pause": Field(tr("Pause until"), self.pause, hint=tr("Empty: no pause.")),
        }
        for names_ in (("whom", "method"), ("how", "weekday", "number"), ("grace", "pause")):
            side_by_side = row(gap=12)
            for name in names_:
                side_by_side.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
            whole.addLayout(side_by_side)
        for choice in (self.whom, self.method, self.how, self.weekday):
            choice.chosen.connect(self._on_edited)
        for edit in (self.number, self.grace, self.pause):
            edit.textEdited.connect(self._on_edited)

    def _who(self, person: int | None) -> str:
        each = self._people[person]
        name = self.desk.privacy.name(each.name.full)
        return f"{name}, {each.tie.lower()}" if each.tie else name

    def _fill(self) -> None:
        """List the rules there are."""
        while item := self._listed.takeAt(0):
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        rules = self.desk.ask(rhythm.rules_of, self._client_id)
        contacts = self.desk.ask(rhythm.last_contacts, self._client_id)
        own = self.desk.ask(rhythm.own_person, self._client_id)
        self._barred = self.desk.ask(rhythm.not_to_reach, self._client_id)
        for each in rules:
            contacted = contacts.get(own if each.person_id is None else each.person_id, NEVER)
            self._listed.addWidget(self._row(each, contacted))
        if not rules:
            words = self.tr_("Nobody yet. Today then says whom to reach.")
            self._listed.addWidget(Label(words, "body", "text2"))

    def _row(self, each: CadenceDraft, contacted: Contacted) -> QWidget:
        shown = QWidget()
        across = row(shown, gap=8)
        lines = column()
        name = self._who(each.person_id) if each.person_id in self._people else self.tr_("Someone")
        lines.addWidget(Label(f"{name}: {self.often(each)}", "medium", wrap=True))
        if each.person_id in self._barred:
            lines.addWidget(Label(self.tr_("Do not contact"), "small", "crit"))
        else:
            lines.addWidget(Label(self.told(contacted), "small", "text2", elide=True))
        across.addLayout(lines, 1)
        change, drop = (
            Button(self.tr_("Change"), "link", size="small"),
            Button(self.tr_("Remove"), "link", size="small"),
        )
        change.setAccessibleName(self.tr_("Change: {name}").format(name=name))
        drop.setAccessibleName(self.tr_("Remove: {name}").format(name=name))
        change.clicked.connect(partial(self._change, each))
        drop.clicked.connect(partial(self._remove, each))
        across.addWidget(change)
        across.addWidget(drop)
        return shown

    def often(self, each: CadenceDraft) -> str:
        """Say a rhythm in a few words."""
        tr, words = self.tr_, self.desk.words
        if each.times_a_week:
            said = words.ntr("once a week", "{n} times a week", each.times_a_week).format(
                n=each.times_a_week
            )
        elif each.weekday:
            said = tr("every {day}").format(day=tr(Weekday(each.weekday).label))
        else:
            days = each.every_days or 0
            said = words.ntr("every day", "every {n} days", days).format(n=days)
        if each.paused_until and each.paused_until >= self.desk.today():
            until = words.near_day(each.paused_until, self.desk.today())
            said = f"{said}, {tr('paused until {day}').format(day=until)}"
        return said

    def told(self, contacted: Contacted) -> str:
        """Say when someone was last reached and how often one tried since."""
        tr, words, today = self.tr_, self.desk.words, self.desk.today()
        said = tr("Not reached yet")
        if contacted.reached:
            day = phrases.day_of(words, contacted.reached, today)
            said = tr("Last reached {day}").format(day=day)
        if contacted.attempts and contacted.tried:
            day = phrases.day_of(words, contacted.tried, today)
            said = f"{said}. {tr('Last tried {day}').format(day=day)}"
        return said

    def _load(self, draft: CadenceDraft) -> None:
        self._editing = draft.id
        how = "times" if draft.times_a_week else "weekday" if draft.weekday else "days"
        self.whom.keep(draft.person_id)  # of somebody who left the circle, too
        self.method.choose(draft.method or Method.PHONE)
        self.how.choose(how)
        self.weekday.choose(draft.weekday or Weekday.MONDAY)
        self.number.setText(str(draft.times_a_week or draft.every_days or ""))
        self.grace.setText(str(draft.grace_days or ""))
        self.pause.set_day(draft.paused_until)
        self._base = draft
        self.save_button.setText(self.tr_("Save") if draft.id else self.tr_("Add"))
        self._show_how()

    def _show_how(self) -> None:
        self.fields["weekday"].setVisible(self.how.value == "weekday")
        self.fields["number"].setVisible(self.how.value != "weekday")

    def _on_edited(self, _value: object = None) -> None:
        self._show_how()
        self.keeper.touch()

    @property
    def draft(self) -> CadenceDraft:
        """The rule as it stands in the fields; what is no number counts as none."""
        number = int(self.number.text()) if self.number.text().strip().isdecimal() else None
        grace = self.grace.text().strip()
        how, whom = self.how.value, self.whom.value
        return replace(
            self._base,
            person_id=whom if isinstance(whom, int) else None,
            method=str(self.method.value),
            every_days=number if how == "days" else None,
            times_a_week=number if how == "times" else None,
            weekday=str(self.weekday.value) if how == "weekday" else "",
            grace_days=int(grace) if grace.isdecimal() else 0 if not grace else -1,
            since=self._base.since or self.desk.today(),
            paused_until=self.pause.day,
        )

    def save(self) -> None:
        """Keep the rule and make room for the next."""
        sound, draft = self.pause.check(), self.draft
        faults = {FAULTS.get(name, name): said for name, said in rhythm.faults(draft).items()}
        if not sound:
            faults["pause"] = self.pause.fault
        if draft.person_id in self._barred:
            faults["whom"] = self.tr_(rhythm.NOT_TO_REACH)
        for name, field in self.fields.items():
            field.say_fault(faults.get(name, ""))
        if faults:
            places = {"grace": self.grace, "pause": self.pause, "whom": self.whom}
            self.go_to(places.get(min(faults), self.number))
            return
        self.desk.do(self, self.tr_("Say how often to reach someone"), rhythm.save, draft).then(
            self._on_saved
        ).otherwise(self.say_failed)

    def _on_saved(self, _number: int) -> None:
        self.keeper.throw_away()
        self.back.show(came=False)
        self.desk.done(self.tr_("Today says when it is time"))
        self._fill()
        self._load(CadenceDraft(self._client_id, weekday=Weekday.MONDAY, method=Method.PHONE))
        self.whom.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change(self, each: CadenceDraft) -> None:
        self._load(each)
        self.go_to(self.how)

    def _remove(self, each: CadenceDraft) -> None:
        if each.id is not None:
            label = self.tr_("Remove a rhythm")
            self.desk.do(self, label, rhythm.remove, each.id).then(self._on_removed)

    def _on_removed(self, _nothing: None) -> None:
        self.desk.done(self.tr_("Removed"))
        self._fill()

    def _typed(self) -> dict[str, Any]:
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self.draft).items()
        }

    def _take_back(self) -> None:
        """Show what was typed and not saved the last time."""
        kept = self.keeper.kept()
        if kept is None:
            return
        known = {field.name for field in fields(CadenceDraft)}
        body = {name: value for name, value in kept.body.items() if name in known}
        for name in ("since", "until", "paused_until"):
            day = body.get(name)
            body[name] = date.fromisoformat(day) if day else None
        self._load(CadenceDraft(**body))
        self.back.show(came=True)

    def _start_over(self) -> None:
        self.keeper.throw_away()
        self.back.show(came=False)
        self._load(CadenceDraft(self._client_id, weekday=Weekday.MONDAY, method=Method.PHONE))


def open_cadence(desk: Desk, window: QWidget, client_id: int) -> CadenceDialog:
    """Open over the window; where one is open already, give that."""
    standing = standing_open(window, CadenceDialog)
    if standing is not None:
        return standing
    dialog = CadenceDialog(desk, client_id)
    dialog.again = lambda desk, window: open_cadence(desk, window, client_id)
    open_over(window, dialog, dialog.keeper.place(dialog.whom))
    return dialog
