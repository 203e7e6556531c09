"""You and your practice: the letterhead, which every letter carries."""

from collections.abc import Mapping
from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from cmdesk.casework import practice
from cmdesk.casework.practice import PracticeDraft
from cmdesk.rules.letter import Paper
from cmdesk.ui.desk import Desk
from cmdesk.ui.form import Form, choice, day, line
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.setting_row import Findable, SettingGroup
from cmdesk.ui.settings.section import Section
from cmdesk.ui.settings.state_rules import StateRules
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.label import Label


class Letterhead(Findable):
    """The form, its one sentence, and Save."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.words.tr
        self.form = self._letterhead()
        self.save = Button(tr("Save letterhead"), "primary", keys="Ctrl+Return")
        self.save.clicked.connect(self._on_save)
        self._about = tr("Stands at the top of every letter.")
        whole = column(self, gap=12)
        whole.addWidget(Label(self._about, "small", "text2", wrap=True))
        whole.addWidget(self.form)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(self.save)
        whole.addLayout(foot)

    def _letterhead(self) -> Form[PracticeDraft]:
        desk, tr = self._desk, self._desk.words.tr
        papers = ((Paper.LETTER, tr("US Letter")), (Paper.A4, tr("A4")))
        zone = line("time_zone", tr("Time zone"), hint=tr("Decides what day it is"))
        edit = zone.editor
        if isinstance(edit, QLineEdit):
            names = QCompleter(sorted(available_timezones()), edit)
            names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            names.setFilterMode(Qt.MatchFlag.MatchContains)
            edit.setCompleter(names)
        said = tr("Today tells of it, no letter does")
        shown = desk.words.short_day
        ends = day("licence_expires_on", tr("License ends"), desk.today, shown, hint=said)
        return Form(
            [
                line("name", tr("Practice")),
                [line("practitioner", tr("Your name")), line("credentials", tr("Credentials"))],
                [line("phone", tr("Phone")), line("email", tr("E-mail"))],
                line("address", tr("Address")),
                [zone, choice("paper", tr("Paper"), papers)],
                ends,
            ],
            self._faults,
        )

    def _faults(self, draft: PracticeDraft) -> Mapping[str, str]:
        return practice.faults(draft)

    def spoken(self) -> str:
        tr = self._desk.words.tr
        fields = "Practice, your name, credentials, license, phone, e-mail, address, zone, paper"
        return f"{tr('Letterhead')} {self._about} {tr(fields)}"

    def refresh(self) -> None:
        """Load the letterhead, unless somebody is typing in it."""
        if not (self.form.loaded and self.form.dirty):
            self.form.load(self._desk.ask(practice.draft))

    def _on_save(self) -> None:
        if self.form.check():
            words = self._desk.words.tr("Change letterhead")
            self._desk.do(self, words, practice.save, self.form.draft).then(self._on_saved)

    def _on_saved(self, _nothing: None) -> None:
        self.form.load(self._desk.ask(practice.draft))
        self._desk.done(self._desk.words.tr("Letterhead saved"))


class PracticeSection(Section):
    """The vault's own words about who writes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "practice", desk.words.tr("You and your practice"), Icon.USER)
        self.letterhead = Letterhead(desk)
        self.add_group(SettingGroup(self.tr_("Letterhead"), [self.letterhead]))
        self.minors = StateRules(desk)
        self.add_group(SettingGroup(self.tr_("Minors"), [self.minors]))

    def refresh(self) -> None:
        self.letterhead.refresh()
        self.minors.refresh()
