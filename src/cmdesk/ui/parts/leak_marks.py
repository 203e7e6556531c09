"""What the leak check finds in a letter: underlined, and the reason in a note below the words."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from cmdesk.casework import leak_check
from cmdesk.casework.leak_check import Watch
from cmdesk.rules.leaks import Hit, Kind
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.heading_marks import HeadingMarks
from cmdesk.ui.parts.letter_editor import LetterEditor
from cmdesk.ui.parts.letter_rows import EDGE, PassageRow, Typed
from cmdesk.ui.parts.letter_sections import within
from cmdesk.ui.parts.marked_list import MarkedList
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.text_edit import TextEdit

MOST = 3  # notes below one part of the letter; the others follow as these are dealt with

OF_TOPICS = frozenset({Kind.TOPIC, Kind.MEDICINE})  # what a client may be asked to consent to
Keys = tuple[str, ...]


class Underline(QSyntaxHighlighter):
    """Draws sentences that can't be sent in the colour of what must be mended."""

    def __init__(self, editor: TextEdit) -> None:
        super().__init__(editor.document())
        self._editor = editor
        self._spans: tuple[tuple[int, int], ...] = ()

    def show(self, spans: tuple[tuple[int, int], ...]) -> None:
        """Draw these, in Qt's own count of signs. Silent: nothing was typed."""
        if spans == self._spans:
            return
        self._spans = spans
        self.redraw()

    def redraw(self) -> None:
        was = self._editor.blockSignals(True)  # noqa: FBT003 - the words are the same
        self.rehighlight()
        self._editor.blockSignals(was)

    def highlightBlock(self, text: str) -> None:
        begin = self.currentBlock().position()
        end = begin + self.currentBlock().length()
        for start, stop in self._spans:
            left, right = max(start, begin), min(stop, end)
            if left < right:
                self.setFormat(left - begin, right - left, _format())


def _format() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setBackground(look.colour("crit_soft"))
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    made.setUnderlineColor(look.colour("crit"))
    return made


class LeakNote(Note):
    """Says why a sentence can’t be sent.

    Signals `cut`: take it out, `asked`: ask the client, `excused`: not about that.
    """

    cut = Signal()
    asked = Signal()
    excused = Signal()

    def __init__(self, desk: Desk, client: str, hits: Sequence[Hit]) -> None:
        """`client` is what the client is called."""
        tr = desk.words.tr
        self.why = ". ".join(dict.fromkeys(hit.why for hit in hits))
        lead, text = said(desk, hits)
        super().__init__(text, "crit", icon=Icon.LOCK, lead=lead)
        self.remove = Button(tr("Remove sentence"), size="small")
        self.remove.clicked.connect(self.cut)
        self.ask: Button | None = None
        if _of_a_topic(hits):
            self.ask = Button(tr("Ask {name}").format(name=desk.privacy.name(client)), size="small")
            self.ask.clicked.connect(self.asked)
        self.excuse = Button(tr("Not about that…"), size="small")
        self.excuse.clicked.connect(self.excused)
        for button in filter(None, (self.remove, self.ask, self.excuse)):
            self.add_button(button)
            button.setAccessibleDescription(f"{lead} {text}")


def said(desk: Desk, hits: Sequence[Hit]) -> tuple[str, str]:
    """Return in words what a sentence says too much of, and why it can’t be sent."""
    tr = desk.words.tr
    reasons = dict.fromkeys(hit.why for hit in hits)
    if not _of_a_topic(hits):
        return tr("This sentence can’t be sent."), phrases.curled(f"{'. '.join(reasons)}.")
    hit, topic = hits[0], topic_of(hits[0])
    consent = hit.why.split(": ")[-2].removeprefix("not in ")
    lead = tr("This sentence names a medicine.")
    if hit.kind is Kind.TOPIC:
        lead = tr("This sentence says “{phrase}”.").format(phrase=" ".join(hit.phrase.split()))
    why = tr("{consent} leaves out {topic}, so it can’t be sent.")
    return lead, phrases.curled(why.format(consent=consent, topic=topic))


def _of_a_topic(hits: Sequence[Hit]) -> bool:
    """Whether a topic outside the consent is all there is, perhaps as in what is kept back."""
    named = [hit for hit in hits if hit.kind is not Kind.LINE]
    return {hit.kind for hit in named} <= OF_TOPICS and len({topic_of(hit) for hit in named}) == 1


def topic_of(hit: Hit) -> str:
    """Return the topic outside the consent, with which such a reason ends."""
    return hit.why.rpartition(": ")[2]


class LeakMarks(QObject):
    """Shows what is found in every part of one editor.

    Signals `excused(Hit)`: it is not about that; `asked(str)`: ask the client about this topic;
    `taken_back(str)`: a mark of that kind is to go, named by its key.
    """

    excused = Signal(object)
    asked = Signal(str)
    taken_back = Signal(str)

    def __init__(self, desk: Desk, editor: LetterEditor) -> None:
        super().__init__(editor)
        self._desk, self._editor = desk, editor
        self._watch: Watch | None = None
        self._client = ""
        self._below: dict[QVBoxLayout, QWidget] = {}
        self._shown: dict[QVBoxLayout, tuple[tuple[Typed, Keys], ...]] = {}
        self._known: frozenset[tuple[int, Keys]] = frozenset()
        self.notes: list[LeakNote] = []
        self.count = 0
        self.newest = ""
        """why the sentence that was found last can't be sent; empty while none is new"""
        editor.installEventFilter(self)
        self.headings = HeadingMarks(desk)
        self.headings.excused.connect(self.excused)
        next(editor.places())[1].addWidget(self.headings)  # below the headline
        self.marked = MarkedList(desk)
        self.marked.taken_back.connect(self.taken_back)
        editor.below.addWidget(self.marked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Draw the lines again where the colours are others now."""
        if event.type() == QEvent.Type.StyleChange:
            for line in self._editor.findChildren(Underline):
                line.redraw()
        return super().eventFilter(watched, event)

    def show(self, watch: Watch | None, client: str = "") -> None:
        """Check all parts again; those that did not change cost nothing. Without a check: none.

        `client` is what the client is called.
        """
        self._watch, self._client = watch, client
        self.marked.show_marks(watch)
        letter = self._editor.letter()
        self.headings.show_found(leak_check.in_headings(watch, letter) if watch else ())
        below: dict[QVBoxLayout, list[tuple[Typed, tuple[Hit, ...]]]] = {}
        known: dict[tuple[int, Keys], Sequence[Hit]] = {}
        for typed, foot in self._editor.places():
            hits = watch.hits(typed.text()) if watch else ()
            _draw(typed, hits)
            told = _told(hits)
            known |= {(id(typed), keys): found for keys, found in told.items()}
            below.setdefault(foot, []).extend((typed, each) for each in told.values())
        new = [found for place, found in known.items() if place not in self._known]
        self.newest = " ".join(said(self._desk, new[-1])) if new else ""
        self.count, self._known = len(known) + self.headings.count, frozenset(known)
        for foot, found in below.items():
            self._say(foot, found)
        self._below = {foot: self._below[foot] for foot in below if foot in self._below}
        self._shown = {foot: self._shown[foot] for foot in below if foot in self._shown}
        self.notes = [
            note for place in self._below.values() for note in place.findChildren(LeakNote)
        ]

    def _say(self, foot: QVBoxLayout, found: Sequence[tuple[Typed, tuple[Hit, ...]]]) -> None:
        """Put the reasons below; the same ones stay as they are, and so does the focus in them."""
        told = tuple((typed, _keys(hits)) for typed, hits in found[:MOST])
        if told == self._shown.get(foot, ()):
            return
        before = self._shown.get(foot, ())
        self._shown[foot] = told
        if (old := self._below.pop(foot, None)) is not None:
            if within(old) and isValid(
                before[0][0]
            ):  # back to the words it spoke of, and not to whoever is next
                before[0][0].setFocus(Qt.FocusReason.OtherFocusReason)
            old.hide()
            old.deleteLater()
        if not told:
            return
        place = QWidget()
        inside = column(place, gap=6)
        inside.setContentsMargins(0, 6, EDGE, 4)
        for typed, hits in found[:MOST]:
            note = LeakNote(self._desk, self._client, hits)
            note.cut.connect(partial(self._cut, typed, _keys(hits)))
            note.asked.connect(partial(self.asked.emit, topic_of(hits[0])))
            note.excused.connect(partial(self.excused.emit, hits[0]))
            inside.addWidget(note)
        foot.addWidget(place)
        self._below[foot] = place

    def _cut(self, typed: Typed, keys: Keys) -> None:
        """Take the sentences that say it out as if typed: Ctrl+Z in the text brings them back."""
        if self._watch is None:
            return
        text = typed.text()
        hits = [hit for hit in self._watch.hits(text) if hit.key in keys]
        rest = leak_check.cut(text, hits)
        if isinstance(typed, QLineEdit):
            typed.selectAll()
            typed.insert(rest)
            typed.textEdited.emit(rest)
        else:
            cursor = QTextCursor(typed.document())
            cursor.beginEditBlock()
            for start, end in leak_check.spans(text, hits):
                cursor.setPosition(_units(text, start))
                cursor.setPosition(_units(text, end), QTextCursor.MoveMode.KeepAnchor)
                cursor.removeSelectedText()
            cursor.endEditBlock()
        typed.setFocus(Qt.FocusReason.OtherFocusReason)
        row = typed.parent()
        if not rest.strip() and isinstance(row, PassageRow):
            row.removed.emit()

    def go_to_first(self) -> bool:
        """Put the keyboard into the first part that can't be sent; false if there is none."""
        if self._watch is None:
            return False
        if self.headings.go_to_first():
            self._editor.ensureWidgetVisible(self.headings, 0, 96)
            return True
        for typed, _ in self._editor.places():
            if self._watch.hits(typed.text()):
                typed.setFocus(Qt.FocusReason.OtherFocusReason)
                self._editor.ensureWidgetVisible(typed, 0, 96)
                return True
        return False


def _told(hits: Sequence[Hit]) -> dict[Keys, tuple[Hit, ...]]:
    """Put together what one sentence says; the same things said again need no other note."""
    by_sentence: dict[tuple[int, int], list[Hit]] = {}
    for hit in hits:
        by_sentence.setdefault(hit.whole, []).append(hit)
    told: dict[Keys, tuple[Hit, ...]] = {}
    for found in by_sentence.values():
        # What is named, before what the sentence resembles: that is why one may not say it.
        found.sort(key=lambda hit: hit.kind == Kind.LINE)
        told.setdefault(_keys(found), tuple(found))
    return told


def _keys(hits: Sequence[Hit]) -> Keys:
    return tuple(dict.fromkeys(hit.key for hit in hits))


def _draw(typed: Typed, hits: Sequence[Hit]) -> None:
    if isinstance(typed, QLineEdit):
        return
    text = typed.text()
    spans = tuple(
        dict.fromkeys((_units(text, hit.whole[0]), _units(text, hit.whole[1])) for hit in hits)
    )
    line = typed.document().findChild(Underline)
    if line is None and spans:
        line = Underline(typed)
    if line is not None:
        line.show(spans)
    if line is not None:  # else it may say why the verdicts refuse it
        typed.setAccessibleDescription(" ".join(f"{hit.why}." for hit in hits))


def _units(text: str, place: int) -> int:
    """Count as Qt does, which takes two for a sign beyond the first plane."""
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2
