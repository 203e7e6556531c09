"""Privacy incidents of all clients and of none, the closed ones too, and a way to record one."""

from functools import partial

from cmdesk.casework import incidents
from cmdesk.casework.incidents import IncidentRow
from cmdesk.rules import incidents as breach
from cmdesk.rules.incidents import Finding
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.incident import open_incident
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.setting_row import SettingGroup, SettingRow
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.settings.section import Section
from cmdesk.ui.widgets.button import Button


class IncidentsSection(Section):
    """What may have been a breach, kept for six years: 45 CFR 164.414(b), 164.530(j)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "incidents", desk.words.tr("Privacy incidents"), Icon.TRIANGLE_ALERT)
        self._veil = Veil(desk)
        self.group = SettingGroup(self.tr_("Privacy incidents"))
        self.add_group(self.group)

    def refresh(self) -> None:
        tr = self.tr_
        self.group.clear()
        new = Button(tr("Record an incident"), size="small")
        new.setEnabled(not self.desk.read_only)
        new.clicked.connect(partial(self._open, None))
        told = tr("Closed ones stay in this list")
        self.group.add(SettingRow(tr("Something may have got out"), told, new))
        for each in self.desk.ask(incidents.rows):
            self._add(each)

    def _add(self, each: IncidentRow) -> None:
        tr, words, form = self.tr_, self.desk.words, each.form
        day = words.short_day(form.discovered_on) if form.discovered_on else ""
        whose = self.desk.privacy.name(each.client.full) if each.client else tr("Of no client")
        found = form.determination
        facts = [
            self._state(each),
            tr(Finding(found).label) if found in set(Finding) else tr("Presumed a breach"),
            self._veil.text(form.what),
        ]
        look = Button(tr("Open"), size="small")
        title = phrases.BETWEEN.join((day, whose))
        look.setAccessibleName(tr("Open: {what}").format(what=title))
        look.clicked.connect(partial(self._open, each.id))
        self.group.add(SettingRow(title, phrases.BETWEEN.join(filter(None, facts)), look))

    def _state(self, each: IncidentRow) -> str:
        words, form = self.desk.words, each.form
        if form.closed_on:
            return words.tr("Closed {day}").format(day=words.short_day(form.closed_on))
        due = breach.next_due(form)
        return words.tr("Due {day}").format(day=words.short_day(due)) if due else words.tr("Open")

    def _open(self, number: int | None, _checked: object = None) -> None:
        client = self.desk.ask(incidents.one, number).client_id if number else None
        open_incident(self.desk, self.window(), client, incident_id=number)
