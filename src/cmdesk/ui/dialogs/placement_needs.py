"""The must-haves of a search as a list of lines; each says by itself how it is matched."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from cmdesk.rules.placement import Need, plain, read
from cmdesk.rules.placement_reading import match_of, told
from cmdesk.ui import form
from cmdesk.ui.dialogs.form_rows import FormRows
from cmdesk.ui.form import Bound, Form
from cmdesk.ui.widgets.label import Label
from cmdesk.words import N_, Words

WEIGHTS = ((3, N_("Weighs most")), (2, N_("Weighs")), (1, N_("Weighs less")))
MUST = ((True, N_("Must have")), (False, N_("Good to know")))


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One need as a line of the dialog; `test` is what its row keeps, as JSON."""

    text: str = ""
    must: bool = True
    weight: int = 2
    question: str = ""
    id: int = 0
    test: str = ""
    was: str = ""  # the words the test was made from

    def need(self, today: date) -> Need:
        """Match anew what was typed anew; what stands as it was keeps its own test."""
        text = self.text.strip()
        kept: dict[str, Any] = json.loads(self.test) if self.test else {}
        match = read(kept) if text == self.was else match_of(text, today)
        return Need(self.id, text, self.must, self.weight, match, self.question.strip())


def line_of(need: Need) -> NeedLine:
    """Show a need as a line."""
    test = json.dumps(plain(need.test))
    return NeedLine(
        need.text, need.must, need.weight, need.question, need.id, test, need.text.strip()
    )


def kept(lines: Sequence[NeedLine]) -> tuple[tuple[str, ...], ...]:
    """Write the lines down as a draft keeps rows: words alone."""
    return tuple(
        (
            *(each.text, "1" if each.must else "", str(each.weight), each.question),
            *(str(each.id), each.test, each.was),
        )
        for each in lines
    )


def back(rows: Sequence[Sequence[str]]) -> list[NeedLine]:
    """Read lines that `kept` wrote."""
    return [
        NeedLine(text, bool(must), int(weight), question, int(number), test, was)
        for text, must, weight, question, number, test, was in rows
    ]


class NeedForm(Form[NeedLine]):
    """One line; below it stands how it is matched."""

    def __init__(self, words: Words, today: Callable[[], date]) -> None:
        tr = words.tr
        self._tr, self._today = tr, today
        weights = [(value, tr(label)) for value, label in WEIGHTS]
        musts = [(value, tr(label)) for value, label in MUST]
        hint = tr("Treats school refusal, Under $11,000 a month, Place by April 2")
        text = form.line("text", tr("The place"), placeholder=hint)
        super().__init__(
            [
                text,
                [
                    form.choice("must", tr("How"), musts),
                    form.choice("weight", tr("Weight"), weights),
                    form.line("question", tr("Question"), placeholder=tr("Ask about refusal")),
                ],
            ],
            lambda _line: {},
        )
        self.how = Label("", "small", "text2")
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.how)
        self.edited.connect(self.tell)

    def load(self, draft: NeedLine) -> None:
        super().load(draft)
        self.tell()

    def tell(self) -> None:
        """Say how the words are matched."""
        line = self.draft
        need = line.need(self._today())
        self.how.setText(self._tr(told(need.test)) if need.text else "")
        ready = self.field("question").editor
        if isinstance(ready, QLineEdit) and need.text:
            ready.setPlaceholderText(replace(need, question="").ask)


class NeedRows(FormRows[NeedLine]):
    """All lines of a search."""

    def __init__(self, words: Words, today: Callable[[], date]) -> None:
        tr = words.tr

        def make() -> Form[NeedLine]:
            return NeedForm(words, today)

        super().__init__(make, NeedLine, add=tr("Add a must-have"), remove=tr("Take it out"))


def needs_bound(words: Words, today: Callable[[], date]) -> tuple[Bound, NeedRows]:
    """Bind the list to the rows a draft keeps."""
    rows = NeedRows(words, today)

    def get() -> tuple[tuple[str, ...], ...]:
        return kept(rows.drafts)

    def put(value: Sequence[Sequence[str]]) -> None:
        rows.load(back(value))

    widget: QWidget = rows
    return Bound("parts", "", widget, get, put, rows.edited), rows
