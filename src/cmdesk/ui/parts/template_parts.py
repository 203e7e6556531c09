"""The sections of a kind of letter: their order, what each is made of, and its standing words."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cmdesk.rules.letter import PartKind
from cmdesk.rules.topics import Topic
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.topic_chips import TopicChips
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.letter_sections import drop
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import column, line, row
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.text_edit import TextEdit
from cmdesk.words import N_

KINDS: Final = {
    PartKind.GLANCE: N_("Box at the top"),
    PartKind.LINES: N_("Lines of the log"),
    PartKind.TEXT: N_("Your own words"),
    PartKind.GOALS: N_("Goals"),
    PartKind.CHART: N_("Chart of measures"),
    PartKind.STEPS: N_("What is next"),
    PartKind.DATES: N_("Key dates"),
    PartKind.CLOSED: N_("Promises of the last letter"),
    PartKind.CLOCK: N_("Crisis clock"),
    PartKind.HISTORY: N_("Stays so far"),
    PartKind.MAP: N_("Strip of all stays"),
    PartKind.CALLS: N_("Who to call"),
}
AGAIN: Final = frozenset({PartKind.LINES, PartKind.TEXT})  # may stand in a letter more than once
WITH_WORDS: Final = frozenset({PartKind.GLANCE, PartKind.TEXT, PartKind.LINES})
TOPICS: Final = tuple(
    topic.value for topic in Topic if topic not in (Topic.OTHER_PERSON, Topic.PRIVATE)
)


class PartRow(NamedTuple):
    """One section as it is typed; `topics` are codes with a space between."""

    kind: str
    key: str
    title: str = ""
    prompt: str = ""
    words: str = ""
    topics: str = ""


class PartEditor(QFrame):
    """Signals `edited`, `moved(int)`: one up or down, `removed`."""

    edited = Signal()
    moved = Signal(int)
    removed = Signal()

    def __init__(self, desk: Desk, part: PartRow) -> None:
        super().__init__()
        tr = desk.words.tr
        self._desk, self._part = desk, part
        kind = PartKind(part.kind)
        name = tr(KINDS[kind])
        whole = column(self, gap=8)
        whole.setContentsMargins(0, 8, 0, 8)
        whole.addLayout(self._head(name))
        self._add_fields(whole, kind, name)
        whole.addWidget(line())
        for signal in (self.title.textEdited, self.prompt.textEdited, self.words.edited):
            signal.connect(self.edited)
        self.topics.edited.connect(self.edited)

    def _head(self, name: str) -> QHBoxLayout:
        tr = self._desk.words.tr
        head = row(gap=4)
        head.addWidget(Label(name, "medium"))
        head.addStretch(1)
        for icon, words, run in (
            (Icon.CHEVRON_UP, tr("Move up"), partial(self.moved.emit, -1)),
            (Icon.CHEVRON_DOWN, tr("Move down"), partial(self.moved.emit, 1)),
            (Icon.X, tr("Remove"), self.removed.emit),
        ):
            head.addWidget(self._button(icon, f"{words}: {name}", run))
        return head

    def _add_fields(self, whole: QVBoxLayout, kind: PartKind, name: str) -> None:
        tr, part = self._desk.words.tr, self._part
        self.title, self.prompt = line_edit(), line_edit()
        self.title.setText(part.title)
        self.prompt.setText(part.prompt)
        if kind is not PartKind.GLANCE:  # the box stands without one
            fields = row(gap=12)
            fields.addWidget(Field(tr("Heading"), self.title), 1)
            if kind in AGAIN:
                fields.addWidget(Field(tr("Hint while empty"), self.prompt), 1)
            whole.addLayout(fields)
        self.words = TextEdit(f"{tr('Standing words')}: {name}", lines=2)
        self.words.set_text(part.words)
        if kind in WITH_WORDS:
            label = tr("Labels, one a line") if kind is PartKind.GLANCE else tr("Standing words")
            whole.addWidget(Field(label, self.words))
        self.topics = TopicChips(tr("Takes entries about"), tr, TOPICS)
        self.topics.pick(part.topics.split())
        self.topics.setVisible(kind is PartKind.LINES)
        if kind is PartKind.LINES:
            whole.addWidget(self.topics)

    def _button(self, icon: Icon, words: str, run: Callable[[], object]) -> IconButton:
        made = IconButton(icon, words, size="small")
        made.clicked.connect(run)
        return made

    @property
    def part(self) -> PartRow:
        return self._part._replace(
            title=self.title.text().strip(),
            prompt=self.prompt.text().strip(),
            words=self.words.text().strip(),
            topics=" ".join(self.topics.codes),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the section with Alt and an arrow, wherever in it one is."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)


class PartsEditor(QWidget):
    """Signal `edited`: a section was changed, moved, added or taken out."""

    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows: list[PartEditor] = []
        tr = desk.words.tr
        whole = column(self)
        self._place = column()
        whole.addLayout(self._place)
        foot = row(gap=8)
        self.kind = Choice(self._offers(), tr("Kind of section"))
        self.add_button = Button(tr("Add a section"), size="small", icon=Icon.PLUS)
        self.add_button.clicked.connect(self._add)
        foot.addWidget(self.kind)
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        whole.addLayout(foot)

    def _offers(self) -> list[tuple[object, str]]:
        taken = {PartKind(each.part.kind) for each in self.rows} - AGAIN
        tr = self._desk.words.tr
        return [(kind.value, tr(name)) for kind, name in KINDS.items() if kind not in taken]

    @property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(each.part) for each in self.rows)

    def show_parts(self, parts: Sequence[Sequence[str]]) -> None:
        """Show these. Silent: this is not the user's doing."""
        if tuple(tuple(part) for part in parts) == self.parts and self.rows:
            return
        drop(self.rows)
        self.rows = [self._make(PartRow(*part)) for part in parts]
        self._settle()

    def _make(self, part: PartRow) -> PartEditor:
        made = PartEditor(self._desk, part)
        made.edited.connect(self.edited)
        made.moved.connect(partial(self._move, made))
        made.removed.connect(partial(self._remove, made))
        return made

    def _settle(self) -> None:
        """Put the sections in order, and offer what may still be added."""
        for each in self.rows:
            self._place.removeWidget(each)
            self._place.addWidget(each)
        self.kind.offer(self._offers())

    def _move(self, each: PartEditor, step: int) -> None:
        place = self.rows.index(each)
        after = place + step
        if 0 <= after < len(self.rows):
            self.rows.insert(after, self.rows.pop(place))
            focused = self.focusWidget()
            self._settle()
            if focused:
                focused.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edited.emit()

    def _remove(self, each: PartEditor) -> None:
        self.rows.remove(each)
        drop([each])
        self._settle()
        self.edited.emit()

    def _add(self) -> None:
        kind = str(self.kind.value)
        taken = {each.part.key for each in self.rows}
        free = (f"{kind}_{number}" for number in range(2, len(taken) + 3))
        key = kind if kind not in taken else next(name for name in free if name not in taken)
        made = self._make(PartRow(kind, key, self._desk.words.tr(KINDS[PartKind(kind)])))
        self.rows.append(made)
        self._settle()
        made.title.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()
