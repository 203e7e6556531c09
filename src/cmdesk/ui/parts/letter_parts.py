"""The parts of a letter on the screen: each shows a draft, and puts what is typed back into it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from cmdesk.casework import begun
from cmdesk.casework import letter_prompts as prompts
from cmdesk.casework.begun import Begun
from cmdesk.casework.composing import Workplace
from cmdesk.casework.drafting import LetterDraft
from cmdesk.rules.letter import Part, PartKind
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.left_out import LEAVABLE
from cmdesk.ui.parts.letter_rows import EDGE, GlanceRow, Typed, bare
from cmdesk.ui.parts.letter_sections import Section, drop, in_margin
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label
from cmdesk.words import Words

Place = tuple[Typed, QVBoxLayout]  # what is typed in, and the place below it


NAMES: Final = {
    PartKind.GLANCE: prompts.GLANCE,
    PartKind.CHART: prompts.CHART,
    PartKind.CALLS: prompts.CALLS,
}


def name_of(words: Words, say: Words, part: Part, called: str) -> str:
    """Return what a part is called; `called` is the client's name, `say` the letter's language."""
    if part.title:
        return part.title.replace("{name}", called)
    return say.tr(NAMES[part.kind]) if part.kind in NAMES else words.tr("The words")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the records say of a letter.

    Paragraphs refused, by place; entries with a short version; what is new; the lines that the
    program wrote; what the client is called; the zone that times are told in; and the parts that a
    letter of this kind has.
    """

    refused: Mapping[int, str] = field(default_factory=dict[int, str])
    has_short: frozenset[int] = frozenset()
    fresh: tuple[int, ...] = ()
    made: frozenset[str] = frozenset()
    name: str = ""
    zone: ZoneInfo | None = None
    parts: tuple[Part, ...] = ()


def standing_of(written: Begun, place: Workplace) -> Standing:
    verdicts = place.verdicts
    return Standing(
        refused=begun.refusals(written.letter, verdicts),
        has_short=frozenset(row.entry_id for row in place.materials if row.short),
        fresh=place.fresh(written),
        made=written.made,
        name=place.client.called,
        zone=place.zone,
        parts=place.proposal.parts,
    )


class PartView(Section):
    """One part of a letter. Signal `edited`: something was typed; showing is silent.

    Signal `turned`: it is to be left out of this letter, or put back. Signal `left_behind`: the
    keyboard was in what went, and nothing of this part comes after it.
    """

    edited = Signal()
    turned = Signal()
    left_behind = Signal()

    def __init__(self, desk: Desk, part: Part, name: str, say: Words) -> None:
        """`say` has the words of the letter's own language: for what is greyed in empty places."""
        super().__init__(name)
        self.desk, self.part, self.say = desk, part, say
        self.left_out = False
        self.turn: Button | None = None
        if part.kind in LEAVABLE:
            self.turn = Button(desk.words.tr("Leave it out"), "plain", size="small")
            self.turn.clicked.connect(self.turned)
            self.head.addWidget(self.turn)
            self.show_left_out((part,))

    def show_left_out(self, parts: Sequence[Part]) -> None:
        """Show whether a letter of these parts goes without it."""
        if self.turn is None:
            return
        tr = self.desk.words.tr
        self.left_out = out = self.part.key not in {part.key for part in parts}
        self.inside.setVisible(not out)
        self.name.set_ink("text3" if out else "text")
        self.turn.setText(tr("Put it back") if out else tr("Leave it out"))
        about = tr("Put it back: {part}") if out else tr("Leave it out: {part}")
        self.turn.setAccessibleName(about.format(part=self.name.text()))

    def show_letter(self, letter: LetterDraft, standing: Standing) -> None:
        """Show what the draft has for this part; leave alone what did not change."""

    def put_into(self, letter: LetterDraft) -> LetterDraft:
        """Return the draft with what is typed here."""
        return letter

    def places(self) -> Iterator[Place]:
        """Give what is typed in and may say too much, in the order of reading."""
        yield from ()

    def editors(self) -> dict[str, Typed]:
        """Give what is typed in, by names that hold for the same letter opened again."""
        return {}

    def by_name(self) -> Iterator[tuple[str, Place]]:
        """Give each thing it says by the name the check of what was told has for it."""
        yield from ()

    def say_remark(self, standing: Standing) -> None:
        """Say at the right what the part was made from."""
        self.remark.setText("")

    def show_remark(self, standing: Standing) -> None:
        """Say so, or that the letter goes without it."""
        self.say_remark(standing)
        if self.left_out:
            self.remark.setText(self.desk.words.tr("Not in this letter"))


class TextPart(PartView):
    """Words typed by hand under a heading."""

    def __init__(self, desk: Desk, part: Part, name: str, say: Words) -> None:
        super().__init__(desk, part, name, say)
        self.editor = bare(name, "", part.prompt)
        self.editor.edited.connect(self.edited)
        self.body.addLayout(in_margin(self.editor))

    def show_letter(self, letter: LetterDraft, standing: Standing) -> None:
        text = letter.texts.get(self.part.key, "")
        if self.editor.text().strip() != text.strip():
            self.editor.set_text(text)

    def put_into(self, letter: LetterDraft) -> LetterDraft:
        texts = dict(letter.texts) | {self.part.key: self.editor.text().strip()}
        return replace(letter, texts=texts)

    def places(self) -> Iterator[Place]:
        yield self.editor, self.foot

    def by_name(self) -> Iterator[tuple[str, Place]]:
        yield f"text {self.part.key}", (self.editor, self.foot)

    def editors(self) -> dict[str, Typed]:
        return {f"text {self.part.key}": self.editor}


class GlancePart(PartView):
    """The box of four lines."""

    def __init__(self, desk: Desk, part: Part, name: str, say: Words) -> None:
        super().__init__(desk, part, name, say)
        self.rows: list[GlanceRow] = []

    def show_letter(self, letter: LetterDraft, standing: Standing) -> None:
        if [each.key for each in self.rows] == [each.label for each in letter.glance]:
            for shown, line in zip(self.rows, letter.glance, strict=True):
                shown.take(line)
            return
        drop(self.rows)
        self.rows = [GlanceRow(self.say, each, each.label) for each in letter.glance]
        for each in self.rows:
            each.edited.connect(self.edited)
            self.body.addWidget(each)

    def put_into(self, letter: LetterDraft) -> LetterDraft:
        return replace(letter, glance=tuple(each.line() for each in self.rows))

    def places(self) -> Iterator[Place]:
        for each in self.rows:
            yield each.editor, self.foot

    def by_name(self) -> Iterator[tuple[str, Place]]:
        for number, each in enumerate(self.rows):
            yield f"glance {number}", (each.editor, self.foot)

    def editors(self) -> dict[str, Typed]:
        return {f"glance {each.key}": each.editor for each in self.rows}

    def say_remark(self, standing: Standing) -> None:
        words, lines = self.desk.words, [line for each in self.rows if (line := each.line().text)]
        count = len(lines)
        told = words.ntr("{n} line", "{n} lines", count)
        if not standing.made.isdisjoint(lines):
            told = words.ntr(
                "{n} line, filled from the log", "{n} lines, filled from the log", count
            )
        self.remark.setText(told.format(n=count) if count else "")


class ToldPart(PartView):
    """A part that the program makes from the records; nothing is typed in it."""

    def __init__(self, desk: Desk, part: Part, name: str, say: Words) -> None:
        super().__init__(desk, part, name, say)
        tr = desk.words.tr
        says = {
            PartKind.CALLS: tr("988, 911 and your own number, as on the page."),
            PartKind.CHART: tr("Drawn from the measures that may be told."),
            PartKind.MAP: tr("Drawn from the stays that may be told, with what comes up again."),
        }
        self.body.addLayout(in_margin(Label(says[part.kind], "body", "text2", wrap=True)))


__all__ = [
    "EDGE", "GlancePart", "PartView", "Place", "Standing", "TextPart", "ToldPart", "name_of",
    "standing_of",
]  # fmt: skip
