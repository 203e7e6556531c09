"""Plainer words and spelling in all editors of a letter, read after a pause in typing."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from cmdesk.casework import spelling, word_lists
from cmdesk.casework.spelling import Personal
from cmdesk.rules import reading_grade
from cmdesk.rules.language_guess import remark
from cmdesk.rules.plain_words import advise, plainer_words
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.text_words import Findings, TextWords
from cmdesk.ui.widgets.text_edit import TextEdit

PAUSE = 350  # milliseconds without a key before the words are read
# Parts of a letter in which the reader is asked for something.
ASKING = ("help", "What I need", "Lo que necesito")
NO_SENTENCES = ("headline", "greeting")  # they would make every letter seem easier


class Editors(Protocol):
    """What is asked of the letter: its editors, by names that stay theirs."""

    def editors(self) -> Mapping[str, TextEdit | QLineEdit]: ...


class WordMarks(QObject):
    """Signal `counted(grade, words)`: the grade is 0 while the letter is short; words to better.

    `begin` says whose letter it is; `show` reads again what changed, a moment later.
    """

    counted = Signal(int, int)

    def __init__(self, desk: Desk, editor: Editors) -> None:
        super().__init__(desk)
        if isinstance(editor, QWidget):
            self.setParent(editor)
        self._desk, self._editor = desk, editor
        self._language, self._client_id = "en", 0
        self._own = Personal()
        self._ready = False  # the dictionary is loaded
        self._last: TextWords | None = None
        self.grade = self.plainer = 0
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.read)
        desk.closing.connect(self.forget)

    def begin(self, client_id: int, language: str = "en") -> None:
        """Turn to a letter about this client in this language; names are read in the background."""
        if client_id != self._client_id:
            self._own = Personal()  # no name of one family is offered to another
        self._client_id, self._language = client_id, word_lists.shipped(language)
        self._ready = False
        self._desk.run(self, partial(spelling.load, self._language)).then(self._on_loaded)
        self._learn_names()
        self.show()

    def forget(self) -> None:
        """Let go of all names, and of what was found."""
        self._own = Personal()
        self._pause.stop()
        for marks in self._marks().values():
            marks.show(Findings())

    def show(self) -> None:
        """Read the words once nothing has been typed for a moment."""
        self._pause.start()

    def _learn_names(self) -> None:
        if not self._desk.leaving:
            names = self._desk.fetch(self, spelling.personal, self._client_id)
            names.then(self._on_names)

    def _on_loaded(self, _dictionary: object) -> None:
        self._ready = True
        self.show()

    def _on_names(self, own: Personal) -> None:
        self._own = own
        self.show()

    # Reading.

    def read(self) -> None:
        """Read now; a text that did not change costs nothing."""
        self._pause.stop()
        found = self._marks()
        for name, marks in found.items():
            self._read_one(name, marks)
        prose = (marks.findings.text for name, marks in found.items() if name not in NO_SENTENCES)
        whole = "\n".join(prose)
        grade = reading_grade.grade(whole, self._language)
        plainer = sum(plainer_words(marks.findings.advice) for marks in found.values())
        self.grade, self.plainer = grade, plainer
        self.counted.emit(grade, plainer)

    def _read_one(self, name: str, marks: TextWords) -> None:
        text, before = marks.typed.text(), marks.findings
        known = (before.text, before.language, before.own, before.checked)
        if known == (text, self._language, self._own, self._ready):
            marks.draw_again()
            return
        asked = any(name == each or name.endswith(f" {each}") for each in ASKING)
        terms = word_lists.plainer(self._language)
        foreign = remark(text, self._language)  # no word of it stands in this dictionary
        ready = self._ready and not foreign
        unknown = spelling.check(text, self._language, self._own) if ready else ()
        marks.show(
            Findings(
                text,
                advise(text, self._language, terms, asked=asked),
                unknown,
                self._language,
                self._own,
                self._ready,
            )
        )

    def _marks(self) -> dict[str, TextWords]:
        """Give the marks of each editor, making those that are missing."""
        return {
            name: self._of(typed)
            for name, typed in self._editor.editors().items()
            if isinstance(typed, TextEdit)
        }

    def _of(self, typed: TextEdit) -> TextWords:
        found = typed.findChild(TextWords)
        if found is None:
            found = TextWords(self._desk.words, typed)
            found.onward.connect(self.next_advice)
            found.learned.connect(self._learn)
            found.unlearned.connect(self._unlearn)
        return found

    # Going from one to the next.

    def next_advice(self) -> bool:
        """Choose the next thing to look at after the caret, from the end on from the beginning."""
        self.read()
        order = list(self._marks().values())
        here = self._where(order)
        caret = order[here].typed.textCursor().selectionEnd() if here >= 0 else 0
        again = [(order[here], caret)] if here >= 0 else []
        others = [(each, 0) for each in (*order[here + 1 :], *order[: here + 1])]
        for marks, place in (*again, *others):
            found = marks.after(place)
            if found is not None:
                marks.choose(found)
                self._last = marks
                self._bring(marks.typed)
                said = marks.findings.text[found.start : found.end]
                self._desk.say.announce(f"{said}: {marks.why(found)}")
                return True
        self._desk.say.announce(self._desk.words.tr("Nothing more to make plainer"))
        return False

    def _where(self, order: Sequence[TextWords]) -> int:
        """Return the editor one is in, or was led to last: a click elsewhere takes the focus."""
        focused = (n for n, each in enumerate(order) if each.typed.hasFocus())
        return next(focused, order.index(self._last) if self._last in order else -1)

    def _bring(self, typed: TextEdit) -> None:
        above = typed.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(typed, 0, 64)

    # The dictionary of the vault.

    def _learn(self, word: str) -> None:
        tr = self._desk.words.tr
        done = self._desk.do(self, tr("Add to dictionary"), spelling.add_word, word)
        done.then(partial(self._on_kept, tr("In the dictionary now")))

    def _unlearn(self, word: str) -> None:
        tr = self._desk.words.tr
        done = self._desk.do(self, tr("Take out of dictionary"), spelling.remove_word, word)
        done.then(partial(self._on_kept, tr("Out of the dictionary")))

    def _on_kept(self, told: str, _nothing: None) -> None:
        self._desk.done(told)
        self._learn_names()


__all__ = ["Editors", "WordMarks"]
