"""A letter that left: what it said, to whom, on which consents, and what can follow."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractSlider, QWidget

from cmdesk.casework import correcting, sent_letter
from cmdesk.casework.sent_letter import SentLetter
from cmdesk.rules.letter_state import TOLD, LetterState
from cmdesk.rules.periods import span
from cmdesk.store.journal import Label as Act
from cmdesk.ui import handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.incident import open_incident
from cmdesk.ui.dialogs.letter_became import open_letter_became
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.overlay import EDGE, Dialog, open_over
from cmdesk.ui.page import Route
from cmdesk.ui.parts.disagreement_note import disagreement_note
from cmdesk.ui.parts.letter_preview import LetterPreview
from cmdesk.ui.parts.mail_steps import MailSteps
from cmdesk.ui.parts.sent_facts import SentFacts
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.wrap_row import wrap_row

if TYPE_CHECKING:  # paper is loaded with the first letter, not with the window
    from cmdesk.handover_again import Again
    from cmdesk.store.journal import Change

WIDE: Final = 760
TALL: Final = 640
PAGE_ON: Final = QAbstractSlider.SliderAction.SliderPageStepAdd
PAGE_BACK: Final = QAbstractSlider.SliderAction.SliderPageStepSub
CONCERNS: Final = frozenset(
    {"letter_event", "update_copy", "family_update", "consent", "consent_recipient", "restriction"}
    | {"contact_point", "disclosure", "person"}
)


class SentDialog(Sheet):
    """Everything by keyboard: each act has its letter, and Tab goes round."""

    hides_names = True

    def __init__(self, desk: Desk, copy_id: int) -> None:
        super().__init__(desk, desk.words.tr("Letter"), width=WIDE)
        self._copy = copy_id
        self.letter: SentLetter = desk.ask(sent_letter.read, copy_id)
        tr = self.tr_
        whole = self.lay(QWidget())
        self.facts = SentFacts(desk)
        whole.addWidget(self.facts)
        self.mail = MailSteps(desk)
        whole.addWidget(self.mail)
        self.disagreement = disagreement_note(desk, self.letter.client_id)
        if self.disagreement:
            whole.addWidget(self.disagreement)
        self.acts: dict[str, Button] = {}
        self._line = wrap_row()
        for keys, words, act in (
            ("R", tr("Read the pages"), self.look),
            ("P", tr("Save the PDF again"), self.save_again),
            ("E", tr("E-mail draft"), self.draft_again),
            ("W", tr("Write a corrected copy"), self.correct),
            ("B", tr("It came back"), partial(self._became, LetterState.CAME_BACK)),
            ("A", tr("It was read"), partial(self._became, LetterState.ACKNOWLEDGED)),
            ("X", tr("Withdraw"), partial(self._became, LetterState.WITHDRAWN)),
            ("I", tr("It reached the wrong person"), self.report),
        ):
            self._offer(keys, words, act)
        self.body.addWidget(self._acts())
        self.sent = Button(tr("It was sent"), "primary", keys="S")
        self.shut = Button(tr("Close"), "plain", keys="Esc")
        self._bind("S", self.sent, partial(self._became, LetterState.SENT))
        self.shut.clicked.connect(self.close_dialog)
        self.foot.addStretch(1)
        self.foot.addWidget(self.shut)
        self.foot.addWidget(self.sent)
        for keys, step in (("PgDown", PAGE_ON), ("PgUp", PAGE_BACK)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(partial(self._scroll, step))
        desk.changed.connect(self._on_changed)
        desk.privacy.changed.connect(self.refresh)
        self._tell()

    def _acts(self) -> QWidget:
        made = QWidget()
        made.setLayout(self._line)
        self._line.setContentsMargins(EDGE, 8, EDGE, 16)
        self._line.addStretch(1)
        return made

    def _offer(self, keys: str, words: str, act: Callable[[], object]) -> None:
        button = self.acts[keys] = Button(words, size="small", keys=keys)
        self._line.addWidget(button)
        self._bind(keys, button, act)

    def _bind(self, keys: str, button: Button, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(button.click)
        button.clicked.connect(act)

    def _scroll(self, step: QAbstractSlider.SliderAction) -> None:
        self.middle.verticalScrollBar().triggerAction(step)

    def _on_changed(self, change: "Change") -> None:
        if any(change.touches(table) for table in CONCERNS):
            QTimer.singleShot(0, self, self.refresh)

    def refresh(self) -> None:
        """Read it anew: consents and states follow what was put down elsewhere."""
        if self.desk.leaving:
            return
        self.letter = self.desk.ask(sent_letter.read, self._copy)
        self._tell()

    def _tell(self) -> None:
        tr, letter = self.tr_, self.letter
        name = self.desk.privacy.name(letter.party.called)
        days = span(letter.first, letter.last)
        title = tr("Letter to {name}, {days}").format(name=name, days=days)
        self.title.setText(title)
        self.setAccessibleName(title)
        self.facts.show_letter(letter)
        here, open_yet = bool(letter.sha256), not letter.stand.closed
        self.acts["R"].setEnabled(here)
        self.acts["P"].setEnabled(here and not letter.may_not)
        self.acts["E"].setEnabled(here and not letter.may_not and not letter.no_mail)
        writable = open_yet and not self.desk.read_only
        for keys in "WBAX":
            self.acts[keys].setEnabled(writable)
        self.acts["I"].setEnabled(not self.desk.read_only)
        done = letter.stand.state in TOLD - {LetterState.CAME_BACK}
        self.sent.setEnabled(writable and not done)

    # What can follow.

    def _became(self, state: LetterState) -> None:
        open_letter_became(self.desk, self.window(), self._copy, state)

    def report(self) -> None:
        """Put down that somebody else got it: a possible breach with its own clock."""
        told = self.letter.disclosure or None
        open_incident(self.desk, self.window(), self.letter.client_id, told)

    def look(self) -> None:
        """Show the very pages inside the program, whatever became of the consents."""
        from cmdesk.handover_again import look  # noqa: PLC0415

        self.say_trouble("")
        pages = self.desk.fetch(self, look, self._copy)
        pages.then(self._show_pages).otherwise(self.say_failed)

    def _show_pages(self, data: bytes) -> None:
        tr = self.tr_
        dialog = Dialog(self.title.text(), width=WIDE, close_word=tr("Close"))
        preview = LetterPreview(self.desk, tr("As it left"))
        preview.setMinimumHeight(min(TALL, self.window().height() - 160))
        dialog.body.addWidget(preview, 1)
        preview.show_pdf(data)
        dialog.closed.connect(preview.forget)
        open_over(self.window(), dialog, preview.zoom)
        said = tr("Letter looked at")
        self.desk.note(self, said, "view")

    def save_again(self) -> None:
        """Write the same bytes once more, if the consents of now let it go."""
        from cmdesk.handover_again import Again as Request  # noqa: PLC0415

        tr = self.tr_
        title = tr("Where to put the letter")
        stem = f"Update {self.letter.left_on.isoformat()}"
        name = handing.free_name(title, stem, ".pdf")
        target = handing.choose_save(self, title, name, "PDF (*.pdf)")
        if target is None or self.desk.leaving:
            return
        if target.suffix.lower() != ".pdf":
            target = target.with_name(target.name + ".pdf")
        told = tr("Saved as {name}").format(name=self.desk.privacy.file(target.name))
        self._hand_again(Request(self._copy, target), lambda: self.desk.say.toast(told))

    def draft_again(self) -> None:
        """Draft the e-mail anew and open it, if the consents of now let it go."""
        from cmdesk.handover_again import Again as Request  # noqa: PLC0415

        draft = handing.mail_place(f"Update {self.letter.left_on.isoformat()}.eml")

        def open_it() -> None:
            self.mail.show_draft(draft, self._copy)
            self.mail.open_draft()
            self.go_to(self.mail.open)

        self._hand_again(Request(self._copy, email=draft), open_it)

    def _hand_again(self, request: "Again", then: Callable[[], object]) -> None:
        said = self.tr_("Hand an update over again")
        label = Act(said, undoable=False, kind="disclosure")
        self.say_trouble("")
        doing = self.desk.hand_again(self, label, request)
        doing.then(lambda _: then()).otherwise(self.say_failed)

    def correct(self) -> None:
        """Go on in the composer, with the letter's words."""
        label = Act(self.tr_("Begin a corrected copy"))
        doing = self.desk.do(self, label, correcting.begin, self._copy)
        doing.then(self._write).otherwise(self.say_failed)

    def _write(self, place: tuple[int, str]) -> None:
        client, tab = place
        self.close_dialog()
        self.desk.go(Route("composer", client, tab))

    def first(self) -> QWidget:
        """Give what has the keys at first: what is asked about, else what one came to read."""
        if self.sent.isEnabled():
            return self.sent
        return next((each for each in self.acts.values() if each.isEnabled()), self.shut)


def open_sent_letter(desk: Desk, window: QWidget, copy_id: int) -> SentDialog:
    """Open over the window; where one is open already, give that."""
    standing = standing_open(window, SentDialog)
    if standing is not None:
        return standing
    dialog = SentDialog(desk, copy_id)
    dialog.again = lambda desk, window: open_sent_letter(desk, window, copy_id)
    open_over(window, dialog, dialog.first())
    return dialog
