"""What an entry is about and what may be said of it, with the verdict for every reader."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework.audience import Preview
from cmdesk.rules.log import LogDraft
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.audience import Audience
from cmdesk.ui.dialogs.topic_chips import TopicChips
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.field import Field
from cmdesk.ui.widgets.text_edit import TextEdit


class Wording(QWidget):
    """Signal `edited()`. The same parts serve a new contact and one that is signed."""

    edited = Signal()

    def __init__(self, desk: Desk, order: Sequence[str]) -> None:
        super().__init__()
        tr = desk.words.tr
        whole = column(self, gap=6)
        self.topics = TopicChips(tr("Topics"), tr, order)
        self.family_line = TextEdit(tr("What the family may read"), lines=1, role="body")
        self.unfold = Button(tr("Add a short version"), "link", icon=Icon.PLUS, size="small")
        self.family_field = Field(
            tr("What the family may read"), self.family_line, action=self.unfold
        )
        self.short_line = TextEdit(tr("Short version"), lines=1, role="body")
        self.short_field = Field(tr("Short version"), self.short_line)
        self.short_topics = TopicChips(tr("It is about"), tr, order)
        self.short_part = QWidget()
        short = column(self.short_part, gap=4)
        short.addWidget(self.short_field)
        short.addWidget(self.short_topics)
        self.audience = Audience(tr, desk.privacy)
        whole.addWidget(self.topics)
        whole.addWidget(self.family_field)
        whole.addWidget(self.short_part)
        whole.addWidget(self.audience)
        self.short_part.hide()
        self._marks: dict[str, str] = {}
        self._listen()

    def _listen(self) -> None:
        self.topics.edited.connect(self.edited)
        self.short_topics.edited.connect(self.edited)
        self.family_line.edited.connect(self.edited)
        self.short_line.edited.connect(self.edited)
        self.unfold.clicked.connect(self._on_unfold)
        self.audience.marked.connect(self._on_marked)

    def load(self, draft: LogDraft) -> None:
        """Show what is said of an entry. Silent: this is not the user's doing."""
        self.topics.pick(draft.topics)
        self.family_line.set_text(draft.family_line)
        self.short_line.set_text(draft.short_line)
        self.short_topics.pick(draft.short_topics)
        self._marks = dict(draft.marks)
        self._fold(away=not (draft.short_line or draft.short_topics))

    def into(self, draft: LogDraft) -> LogDraft:
        """Give the draft with what is said here."""
        return replace(
            draft,
            topics=self.topics.codes,
            family_line=self.family_line.text(),
            short_line=self.short_line.text(),
            short_topics=self.short_topics.codes,
            marks=tuple(self._marks.items()),
        )

    def forget_marks(self) -> None:
        """Drop the choices made for the readers of another client."""
        self._marks = {}

    def show_seen(self, seen: Sequence[Preview], *, client: bool) -> None:
        self.audience.show_seen(seen, client=client)

    def show_faults(self, faults: dict[str, str]) -> None:
        self.family_field.say_fault(faults.get("family_line", ""))
        self.short_field.say_fault(faults.get("short_line", ""))
        self.topics.say_fault(faults.get("topics", ""))
        self.short_topics.say_fault(faults.get("short_topics", ""))
        if faults.get("short_topics"):
            self._fold(away=False)

    def _fold(self, *, away: bool) -> None:
        self.unfold.setVisible(away)
        self.short_part.setVisible(not away)

    def _on_unfold(self) -> None:
        self._fold(away=False)
        self.short_line.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_marked(self, key: str, mark: str) -> None:
        self._marks[key] = mark
        self.edited.emit()
