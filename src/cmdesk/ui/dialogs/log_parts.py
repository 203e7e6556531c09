"""What the log dialog is made of, from the line down to the follow-up, and how it folds."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cmdesk.casework import contacts
from cmdesk.casework.snippets import Kept
from cmdesk.rules import topic_words
from cmdesk.rules.log import LogDraft, to_come
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.contact_fields import ContactFields
from cmdesk.ui.dialogs.follow_up import FollowUp
from cmdesk.ui.dialogs.late import Late
from cmdesk.ui.dialogs.log_finishes import Finishes
from cmdesk.ui.dialogs.log_line import LogLine
from cmdesk.ui.dialogs.snippet_keys import SnippetKeys
from cmdesk.ui.dialogs.wording import Wording
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.field import Field
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.text_edit import TextEdit

PAUSE = 250  # milliseconds without a key until topics are suggested
SUGGESTED = 4
DETAILS_KEY, REPEAT_KEY = "Alt+D", "Ctrl+R"


class LogParts(QObject):
    """Signals: `plan_asked()` for a day still to come, `repeat_asked()` for the last contact."""

    plan_asked = Signal()
    repeat_asked = Signal()

    def __init__(
        self,
        dialog: QObject,
        desk: Desk,
        whole: QVBoxLayout,
        client_id: int | None,
        *,
        new: bool,
    ) -> None:
        """Fill the dialog's middle. An entry gone on with has no line: its fields stand open."""
        super().__init__(dialog)
        self._desk, self._tr, self._new = desk, desk.words.tr, new
        tr = self._tr
        self.line = LogLine(desk)
        self.finishes = Finishes(desk)
        self.contact = ContactFields(desk)
        self.narrative = TextEdit(tr("What happened"), lines=2)
        self.narrative_field = Field("", self.narrative)  # its heading holds two ways in, too
        self.wording = Wording(desk, desk.ask(contacts.usual_topics, client_id))
        self.follow_up = FollowUp(desk.words, desk.today)
        self.snippets = SnippetKeys(desk, self.narrative)
        self.snippets.expanded.connect(self._on_snippet)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.suggest)
        desk.closing.connect(self._pause.stop)
        for part in (self.narrative, self.wording):
            part.edited.connect(self._pause.start)
        self.late = Late(desk)
        self.plan = self._plan_note()
        self._lay_out(whole)
        self.fold(away=new)

    def _lay_out(self, whole: QVBoxLayout) -> None:
        self.details = Button(self._tr("Details"), "link", size="small", drops=True)
        self.details.setToolTip(f"{self._tr('All fields of the contact')}  Alt+D")
        self.details.clicked.connect(self._on_details)
        self.repeat = Button(self._tr("Repeat last"), "link", size="small")
        self.repeat.setToolTip(f"{self._tr('As the last contact, now')}  Ctrl+R")
        self.repeat.clicked.connect(self.repeat_asked)
        whole.setSpacing(8)
        edges = whole.contentsMargins()
        edges.setBottom(8)  # all of it is to fit a small screen
        whole.setContentsMargins(edges)
        for part in (self.line, self.line.chips, self.finishes, self.plan, self.contact, self.late):
            whole.addWidget(part)
        happened = column(gap=2)
        happened.addLayout(self._heading())
        happened.addWidget(self.narrative_field)
        whole.addLayout(happened)
        whole.addWidget(self.wording)
        whole.addWidget(self.follow_up)
        if not self._new:
            for part in (self.line, self.repeat, self.details):
                part.hide()
        self.line.chips.hide()

    def _heading(self) -> QHBoxLayout:
        heading = row(gap=16)
        title = Label(self._tr("What happened"), "label", "text2")
        title.setBuddy(self.narrative)
        heading.addWidget(title, 1)
        heading.addWidget(self.repeat)
        heading.addWidget(self.details)
        return heading

    def _plan_note(self) -> Note:
        """Ask what a day still to come means: nothing can be logged that has not happened."""
        note = Note(self._tr("This is still to come. Plan or typo?"), "warn")
        self.make_plan = Button(self._tr("Make it a plan"), size="small")
        self.make_plan.clicked.connect(self.plan_asked)
        self.change_day = Button(self._tr("Change the day"), "plain", size="small")
        self.change_day.clicked.connect(self._on_change_day)
        for button in (self.make_plan, self.change_day):
            note.add_button(button)
        note.hide()
        return note

    def bind_keys(self, dialog: QWidget) -> None:
        if not self._new:
            return
        for keys, button in ((DETAILS_KEY, self.details), (REPEAT_KEY, self.repeat)):
            shortcut = QShortcut(QKeySequence(keys), dialog)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)

    @property
    def unfolded(self) -> bool:
        return not self.contact.isHidden()

    def fold(self, *, away: bool) -> None:
        self.contact.setVisible(not away)
        self.details.setAccessibleName(
            self._tr("Show details") if away else self._tr("Hide details")
        )

    def _on_details(self) -> None:
        self.fold(away=self.unfolded)
        if self.unfolded:
            QTimer.singleShot(0, self.contact.client, self._to_details)

    def _to_details(self) -> None:
        self.contact.client.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_change_day(self) -> None:
        self.fold(away=False)
        self.contact.day.setFocus(Qt.FocusReason.OtherFocusReason)
        self.contact.day.selectAll()

    def first(self, draft: LogDraft) -> QWidget:
        """Give the place where typing begins."""
        if self._new:
            return self.line.edit
        return self.contact.people if draft.client_id else self.contact.client

    def load(self, draft: LogDraft) -> None:
        """Show a draft. Silent: this is not the user's doing."""
        self.contact.load(draft)
        self.narrative.set_text(draft.narrative)
        self.wording.load(draft)
        self.follow_up.load(draft.follow_up, draft.follow_up_on)
        self.late.load(draft.late_reason)

    def take(self, filled: LogDraft) -> None:
        """Show what the line has filled in; texts are left alone."""
        self.contact.take(filled)
        if filled.topics != self.wording.topics.codes:
            self.wording.topics.pick(filled.topics)
        if (filled.follow_up, filled.follow_up_on) != (self.follow_up.text, self.follow_up.due):
            self.follow_up.load(filled.follow_up, filled.follow_up_on)

    def into(self, draft: LogDraft) -> LogDraft:
        """Give the contact as it stands in the fields."""
        typed = replace(
            draft,
            narrative=self.narrative.text(),
            follow_up=self.follow_up.text,
            follow_up_on=self.follow_up.due,
            late_reason=self.late.reason,
        )
        return self.wording.into(self.contact.into(typed))

    def tell(self, draft: LogDraft) -> None:
        """Say beside the fields what follows from them: chips, a plan, a late entry, a step."""
        if self._new:  # otherwise the fields stand open, and say it themselves
            self.line.say_chips(draft, self.contact.client_name, self.contact.people.names)
        now = self._desk.ask(contacts.now)
        self.plan.setVisible(draft.day is not None and to_come(draft.day, draft.at, now))
        self.late.judge(draft)
        self.finishes.judge(draft)
        self._pause.start()

    def suggest(self) -> None:
        """Offer the topics that the words speak of."""
        words = f"{self.line.text} {self.narrative.text()} {self.wording.family_line.text()}"
        self.wording.topics.suggest(topic_words.suggested(words)[:SUGGESTED])

    def _on_snippet(self, kept: Kept) -> None:
        topics = self.wording.topics
        topics.pick((*topics.codes, *kept.topics))
        self.wording.edited.emit()

    def own_faults(self) -> dict[str, str]:
        """Say what is wrong with the line and the follow-up's day."""
        found = {"line": self.line.fault} if self.line.fault else {}
        if self.follow_up.fault:
            found["follow_up_on"] = self.follow_up.fault
        return found

    def show_faults(self, words: dict[str, str]) -> None:
        self.contact.show_faults(words)
        if any(name in self.contact.fields for name in words):
            self.fold(away=False)
        self.line.say_fault(words.get("line", ""))
        self.narrative_field.say_fault(words.get("narrative", ""))
        self.wording.show_faults(words)
        self.follow_up.field.say_fault(words.get("follow_up", ""))
        if words.get("follow_up_on"):
            self.follow_up.when_field.say_fault(words["follow_up_on"])

    def place_of(self, found: dict[str, str]) -> QWidget:
        """Give the editor of the first thing that is wrong, down the page."""
        places: dict[str, QWidget] = {"line": self.line.edit}
        places |= {name: self.contact.editor(name) for name in self.contact.fields}
        places |= {
            "narrative": self.narrative,
            "short_topics": self.wording.short_line,
            "follow_up": self.follow_up.what,
            "follow_up_on": self.follow_up.day,
        }
        return next((places[name] for name in places if name in found), self.narrative)
