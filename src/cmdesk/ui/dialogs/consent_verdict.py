"""What the rules say of a consent while it is typed: chip, note, and the one it replaces."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import consents
from cmdesk.casework.consent_renewal import Rival
from cmdesk.casework.consents import ConsentDraft, State
from cmdesk.rules.codes import ConsentKind, RevokedHow
from cmdesk.rules.consent_codes import Way
from cmdesk.rules.people import Pronouns
from cmdesk.rules.topics import Topic
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.checks import CheckBox
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.field import Remark
from cmdesk.ui.widgets.note import Note

SOON = 30  # days before its end a consent is shown as ending
OVER = ("ended ", "was revoked", "was replaced")


class ConsentVerdict(QWidget):
    """Stays in sight under the fields. Signal `edited()`: what it replaces was chosen."""

    edited = Signal()

    def __init__(self, desk: Desk, called: str, pronouns: Pronouns, chip: Chip) -> None:
        super().__init__()
        self._desk, self._called, self._pronouns, self._chip = desk, called, pronouns, chip
        whole = column(self, gap=8)
        self.note = Note("")
        self.replacing = CheckBox("")
        self.replacing.clicked.connect(self._on_clicked)
        self.remark, self.beyond = Remark(), Remark()
        for part in (self.note, self.beyond, self.replacing, self.remark):
            whole.addWidget(part)
        self.kept = ""  # what is said once the form is saved as it stands
        self._rivals: list[Rival] = []
        self._declined: set[int] = set()
        self.replacing.hide()

    @property
    def replaces(self) -> tuple[int, ...]:
        """The older ones that end once this one is saved; unticked they go on."""
        return tuple(
            rival.id for rival in self._rivals if rival.whole and rival.id not in self._declined
        )

    def show_state(self, draft: ConsentDraft, state: State) -> None:
        """Say in one note whether the form counts as it stands."""
        tr, fault = self._desk.words.tr, state.fault
        self._show_chip(draft, fault)
        self.kept = tr("Consent saved")
        if fault is None:
            self.note.say(self._sound(draft), "accent", icon=Icon.LIST_CHECKS)
        elif fault.startswith(OVER):
            self.note.say(tr("Not valid any more: it {fault}.").format(fault=fault), "warn")
        else:
            wanting = ", ".join(state.wanting)
            missing = tr("Not valid yet: {wanting}.").format(wanting=wanting)
            self.note.say(missing, "warn")
            self.kept = tr("Saved. {missing}").format(missing=missing)

    def show_beyond(self, consent_id: int | None, draft: ConsentDraft) -> None:
        """Say what the signed paper does not name; that what is typed counts is another matter."""
        words, added = self._desk.words, list[str]()
        if consent_id is not None:
            topics, people = self._desk.ask(consents.beyond, consent_id, draft)
            added = [*map(words.tr, topics), *map(self._desk.privacy.name, people)]
        told = words.tr("The signed form does not name {what}. Renew it, or attach a new one.")
        self.beyond.say(told.format(what=words.listed(added)) if added else "", "warn")

    def show_ended(self, how: str, day: str) -> None:
        said = RevokedHow(how).label.lower() if how else ""
        words = self._desk.words.tr("Ended {day} {how}. To share again, make a new consent.")
        self.note.say(words.format(day=day, how=said).replace("  ", " "), "warn")
        self._chip.show_as(self._desk.words.tr("Ended"), "neutral", Icon.CIRCLE_ALERT)
        self.beyond.say("")
        self.show_rivals([])

    def show_rivals(self, rivals: list[Rival]) -> None:
        """Ask what becomes of an older consent that counts beside this one."""
        tr, words = self._desk.words.tr, self._desk.words
        self._rivals = rivals
        whole = [rival for rival in rivals if rival.whole]
        self.replacing.setVisible(bool(whole))
        days = words.listed([words.short_day(each.signed_on) for each in whole if each.signed_on])
        asked = tr("Replace the consent signed {day}") if days else tr("Replace the earlier one")
        self.replacing.setText(asked.format(day=days))
        self.replacing.setChecked(bool(self.replaces))
        lost = {code for rival in whole for code in rival.lost}
        named = ", ".join(topic.in_words for topic in Topic if topic in lost)
        told = ""
        if whole and not self.replaces:
            told = tr("Then both count: what either covers may be shared.")
        elif named:
            told = tr("No longer covered then: {topics}.").format(topics=named)
        elif len(whole) < len(rivals):
            told = tr("Another consent counts for them too. Look at it as well.")
        self.remark.say(told, "text2", Icon.INFO)

    def _on_clicked(self) -> None:
        ids = {rival.id for rival in self._rivals if rival.whole}
        self._declined = set() if self.replacing.isChecked() else ids
        self.show_rivals(self._rivals)
        self.edited.emit()

    def _sound(self, draft: ConsentDraft) -> str:
        tr = self._desk.words.tr
        words = tr(
            "Everything the form must say is here. {name} was told {she} can end it any time."
        )
        if ConsentKind(draft.kind) is ConsentKind.ORAL:
            words = tr("Agreed by word. {name} can end it at any time.")
        if draft.direction == Way.FROM.value:
            words = tr("They may tell you. Nothing leaves on this consent.")
        return words.format(name=self._called, she=self._pronouns.subject)

    def _show_chip(self, draft: ConsentDraft, fault: str | None) -> None:
        tr, until = self._desk.words.tr, draft.expires_on
        if fault and fault.startswith(OVER):
            self._chip.show_as(tr("Ended"), "neutral", Icon.CIRCLE_ALERT)
        elif fault:
            self._chip.show_as(tr("Not valid yet"), "warn", Icon.SHIELD_ALERT)
        elif until is not None and (until - self._desk.today()).days <= SOON:
            ends = tr("Ends {day}").format(day=self._desk.words.month_day(until))
            self._chip.show_as(ends, "warn", Icon.SHIELD_ALERT)
        else:
            self._chip.show_as(tr("In force"), "ok", Icon.CIRCLE_CHECK)
