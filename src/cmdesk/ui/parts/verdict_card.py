"""One entry as the composer shows it: who, when, what may be told, why, and what to do with it."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu

from cmdesk.casework.composing import Material
from cmdesk.rules.consent import Outcome
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.text_edit import TextEdit
from cmdesk.ui.widgets.wrap_row import wrap_row

LONGEST = 110  # characters of a narrative that stand for an entry without a line


class Group(StrEnum):
    CHOICE = "choice"
    SHARED = "shared"
    KEPT = "kept"


class Act(StrEnum):
    """What can be asked of a card."""

    ADD = "add"
    REMOVE = "remove"
    SHORT = "short"
    FULL = "full"
    KEEP_BACK = "keep_back"
    WRITE = "write"
    ASK = "ask"


def group_of(material: Material) -> Group:
    """Say where an entry stands. A choice made stays in sight, to be made otherwise."""
    verdict = material.verdict
    if verdict.outcome == Outcome.SHORT or verdict.rule == 7 or material.speaks_to:
        return Group.CHOICE
    if verdict.outcome == Outcome.SHARE:
        return Group.SHARED if verdict.text else Group.CHOICE
    return Group.KEPT


def acts_of(material: Material, *, used: bool) -> list[Act]:
    """List what can be done with an entry, the likeliest first. Nothing here widens a consent."""
    verdict, full = material.verdict, material.allowed.outcome == Outcome.SHARE
    if material.corrected:
        return [Act.WRITE]
    if verdict.outcome == Outcome.KEEP_BACK:
        if verdict.rule == 7:
            back = [Act.FULL] if full else []
            return back + ([Act.SHORT] if material.short else [])
        return [Act.ASK] if verdict.missing else []
    if not verdict.text:
        return [Act.WRITE, Act.KEEP_BACK]
    if material.waits and not used:
        return [Act.SHORT, Act.KEEP_BACK]
    acts = [Act.REMOVE if used else Act.ADD]
    if verdict.outcome == Outcome.SHORT:
        acts += [Act.FULL] if full else []
    elif material.short:
        acts.append(Act.SHORT)
    return [*acts, Act.KEEP_BACK]


class VerdictCard(QFrame):
    """Signals `asked(Act, int, str)`: act, entry and words; `moved(int)`: arrow up or down."""

    asked = Signal(object, int, str)
    moved = Signal(int)

    def __init__(
        self,
        desk: Desk,
        material: Material,
        client: str,
        veil: Veil,
        *,
        used: str,
        takes: bool = True,
    ) -> None:
        """`client` is what the client is called, `used` the section that has it already.

        `takes`: whether this kind of letter has a section for entries.
        """
        super().__init__()
        self._desk, self.material, self._client, self.used = desk, material, client, used
        self._veil = veil
        self.group = group_of(material)
        self.buttons: dict[Act, Button] = {}
        self.editor: TextEdit | None = None
        self.setProperty("kind", "card")
        tones = {Group.CHOICE: "warn", Group.SHARED: "", Group.KEPT: "sunken"}
        self.setProperty("tone", tones[self.group])
        self.setProperty("ring", True)  # noqa: FBT003 - a Qt property
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._whole = column(self, gap=0)
        self._whole.setContentsMargins(12, 8, 12, 8)
        self._acts = acts_of(material, used=bool(used))
        if not takes:  # nothing of the log goes in: what is missing can still be asked for
            self._acts = [act for act in self._acts if act is Act.ASK]
        self._lay_out()
        self.setAccessibleName(self._sentence())

    def _lay_out(self) -> None:
        material, kept = self.material, self.group == Group.KEPT
        head = row(gap=7)
        icon = phrases.icon_of(material.kind, material.method, material.outcome)
        head.addWidget(Glyph(icon, "text2", 14))
        head.addWidget(Label(self._who(), "medium", "text2" if kept else "text", wrap=True), 1)
        head.addWidget(Label(self._day(), "small", "text2"))
        self._whole.addLayout(head)
        self._whole.addWidget(Label(self._veil.text(self._text()), "body", "text2", wrap=True))
        self._whole.addLayout(self._verdict())
        self._add_buttons()

    def _verdict(self) -> QHBoxLayout:
        looks: dict[Group, tuple[Icon, Ink]] = {
            Group.CHOICE: (Icon.CIRCLE_QUESTION_MARK, "warn"),
            Group.SHARED: (Icon.CIRCLE_CHECK, "ok"),
            Group.KEPT: (Icon.LOCK, "text2"),
        }
        icon, ink = looks[self.group]
        line = row(gap=5)
        side = column()
        side.addSpacing(2)
        side.addWidget(Glyph(icon, ink, 14))
        side.addStretch(1)
        line.addLayout(side)
        words = column()
        words.addWidget(Label(self._veil.text(self.why()), "label", ink, wrap=True))
        if self.used:
            words.addWidget(Label(self._veil.text(self._place()), "small", "text2", wrap=True))
        line.addLayout(words, 1)
        if self.group == Group.SHARED and self.used:
            line.addWidget(self._more(), 0, Qt.AlignmentFlag.AlignBottom)
        return line

    def _place(self) -> str:
        return self._desk.words.tr("In {section}").format(section=self.used)

    @property
    def open_yet(self) -> bool:
        """Whether nobody has chosen yet what is to become of it."""
        return self.group == Group.CHOICE and not self.material.mark and not self.used

    def why(self) -> str:
        """Say the verdict in words."""
        tr, verdict = self._desk.words.tr, self.material.verdict
        if verdict.outcome == Outcome.SHARE and not verdict.text:
            return tr("No line for the family yet")
        if self.material.waits:
            why = phrases.curled(verdict.why.removeprefix("Short version. "))
            return tr("{why}. The short version is covered").format(why=why)
        if self.material.speaks_to:
            name = self._desk.privacy.name(self.material.speaks_to)
            return tr("It speaks to {name}").format(name=name)
        return phrases.curled(verdict.why)

    def _add_buttons(self) -> None:
        if self.group == Group.SHARED and self.used:
            return
        line = wrap_row(gap=4, lead=4)  # what does not fit beside the others goes below
        line.setContentsMargins(0, 6, 0, 2)
        shown = self._acts[:2]
        for place, act in enumerate(shown):
            button = Button(self._words(act), "outline" if place == 0 else "plain", size="small")
            button.clicked.connect(self._runner(act))
            self.buttons[act] = button
            line.addWidget(button)
        line.addStretch(1)
        if self._acts[2:]:
            line.addWidget(self._more(len(shown)))
        if shown:
            self._whole.addLayout(line)

    def _more(self, start: int = 0) -> IconButton:
        name = self._desk.words.tr("What to do with it")
        button = IconButton(Icon.ELLIPSIS, name, "inside")

        def open_menu() -> None:
            menu = QMenu(button)
            for act in self._acts[start:]:
                menu.addAction(self._words(act)).triggered.connect(self._runner(act))
            menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

        button.clicked.connect(open_menu)
        return button

    def _runner(self, act: Act) -> Callable[[], None]:
        def run() -> None:
            if act == Act.WRITE:
                self.write(self.material.family_line)
            else:
                self.asked.emit(act, self.material.entry_id, "")

        return run

    def _words(self, act: Act) -> str:
        tr = self._desk.words.tr
        name = self._desk.privacy.name
        return {
            Act.ADD: tr("Add to letter"),
            Act.REMOVE: tr("Remove from letter"),
            Act.SHORT: tr("Use short version"),
            Act.FULL: tr("Use full"),
            Act.KEEP_BACK: tr("Keep back"),
            Act.WRITE: tr("Write a line"),
            Act.ASK: tr("Ask {client}").format(client=name(self._client)),
        }[act]

    def write(self, text: str) -> None:
        """Open the editor for the line the family may read."""
        if self.editor is not None:
            return
        tr = self._desk.words.tr
        self.editor = TextEdit(
            tr("Line for the family"), placeholder=tr("In plain words"), lines=2, role="body"
        )
        self.editor.set_text(text)
        self._whole.addSpacing(4)
        self._whole.addWidget(self.editor)
        line = row(gap=6)
        line.setContentsMargins(0, 6, 0, 2)
        save = Button(tr("Save line"), size="small")
        save.clicked.connect(self.save_line)
        line.addWidget(save)
        line.addStretch(1)
        self._whole.addLayout(line)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_line(self) -> None:
        text = self.editor.text().strip() if self.editor else ""
        if text:
            self.asked.emit(Act.WRITE, self.material.entry_id, text)

    def _who(self) -> str:
        names = [self._desk.privacy.name(person.full) for person in self.material.people]
        if not names:
            return phrases.how(self._desk.words, self.material.kind, self.material.method)
        more = len(names) - 1
        return f"{names[0]} +{more}" if more else names[0]

    def _day(self) -> str:
        words, day = self._desk.words, self.material.at.date()
        near = abs((self._desk.today() - day).days) < 14
        return words.weekday(day) if near else words.month_day(day)

    def _text(self) -> str:
        material = self.material
        if material.verdict.outcome == Outcome.SHORT and material.verdict.text:
            return material.verdict.text
        if material.family_line:
            return material.family_line
        text = " ".join(material.narrative.split())
        return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + "…"

    def _sentence(self) -> str:
        said = (self._veil.text(text) for text in (self._text(), self.why()))
        parts = [self._who(), self._day(), *said]
        if self.used:
            parts.append(self._veil.text(self._place()))
        return ". ".join(part.rstrip(".") for part in parts) + "."

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self.hasFocus():
            self.moved.emit(step)
            return
        super().keyPressEvent(event)
