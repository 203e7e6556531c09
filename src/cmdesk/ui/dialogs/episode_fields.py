"""Fields of a stay and of a turn that are more than one line: where, what bore on it, levels."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import contacts
from cmdesk.rules import asam
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.care_event_codes import Factor
from cmdesk.rules.care_event_draft import settled, split
from cmdesk.rules.code import Code
from cmdesk.rules.episode_draft import LevelForm, day, house
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.check_group import CheckGroup
from cmdesk.ui.dialogs.form_rows import FormRows
from cmdesk.ui.dialogs.pick_field import PickField
from cmdesk.ui.form import Bound, Form
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.ui.widgets.known_date_field import KnownDateField

# What is chosen most often first; older names and those of other scales at the end.
SCHEMES: Final = ("asam4", "mh", "narr", "setting", "asam3", "locus")


@dataclass(frozen=True, slots=True)
class LevelDraft:
    """One level inside a stay, as its small form holds it."""

    level: str = ""
    since: date | None = None
    until: date | None = None
    reason: str = ""
    number: str = ""


def levels_of_care(tr: Callable[[str], str]) -> list[tuple[object, str]]:
    """List the levels to choose from; one of the third edition is told in both editions' names."""
    ordered = sorted(LevelOfCare, key=lambda each: SCHEMES.index(each.scheme))
    named = [(each.value, _level(each, tr)) for each in ordered]
    return [("", tr("Not known")), *named]


def _level(each: LevelOfCare, tr: Callable[[str], str]) -> str:
    return tr(asam.told(each)) if each.scheme == asam.THIRD else tr(each.label)


def where(desk: Desk) -> Bound:
    """Bind a program on record, or the name of one that is new."""
    tr = desk.words.tr

    def find(text: str) -> Sequence[contacts.Someone]:
        return desk.ask(contacts.organisations, text)

    pick = PickField(find, tr("Name"), many=False, remove=tr("Remove {name}"))

    def get() -> str:
        return pick.keys[0] if pick.keys else pick.pending

    def show(typed: str) -> None:
        known = house(typed) is not None
        pick.choose(desk.ask(contacts.named, [typed]) if known else ())
        pick.write("" if known else typed)

    hint = tr("A name that is new is added to your providers.")
    return Bound("where", tr("Where"), pick, get, show, pick.edited, hint)


def known_day(name: str, label: str, field: KnownDateField) -> Bound:
    """Bind a day, or a month or a year; how exactly it is known the dialog reads from the field."""
    field.setAccessibleName(label)

    def get() -> date | None:
        return field.day

    def own_fault() -> str:
        return "" if field.check() else field.fault

    return Bound(name, label, field, get, field.set_day, field.picked, own_fault=own_fault)


def ticks(name: str, label: str, codes: Sequence[Code], tr: Callable[[str], str]) -> Bound:
    """Bind several of a list."""
    group = CheckGroup(label, codes, tr)

    def get() -> tuple[str, ...]:
        return group.codes

    return Bound(name, "", group, get, group.load, group.edited)


class FactorField(QWidget):
    """What bore on it: common ones to tick, and a line for a person's own words."""

    edited = Signal()

    def __init__(self, label: str, tr: Callable[[str], str]) -> None:
        super().__init__()
        whole = column(self, gap=8)
        self.group = CheckGroup(label, Factor, tr)
        self.line = line_edit(tr("his birthday, an empty flat"))
        self.group.edited.connect(self.edited)
        self.line.textEdited.connect(self.edited)
        whole.addWidget(self.group)
        whole.addWidget(Field(tr("In other words, with commas"), self.line))
        self.setFocusProxy(self.line)

    def factors(self) -> tuple[str, ...]:
        return settled((*self.group.codes, *split(self.line.text())))

    def load(self, factors: Sequence[str]) -> None:
        """Show these. Silent: this is not the user's doing."""
        codes = {each.value for each in Factor}
        self.group.load(each for each in factors if each in codes)
        self.line.setText(", ".join(each for each in factors if each not in codes))


def factors(label: str, tr: Callable[[str], str]) -> Bound:
    field = FactorField(label, tr)
    return Bound("factors", "", field, field.factors, field.load, field.edited)


class LevelRows(FormRows[LevelDraft]):
    """The levels of care inside a stay, each with its days."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        tr = desk.words.tr
        super().__init__(
            self._form, LevelDraft, add=tr("Add a level"), remove=tr("Remove this level")
        )

    def _form(self) -> Form[LevelDraft]:
        tr, words, today = self._desk.words.tr, self._desk.words, self._desk.today
        fields = [
            form.choice("level", tr("Level of care"), levels_of_care(tr)),
            form.day("since", tr("From"), today, words.short_day),
            form.day("until", tr("Until"), today, words.short_day),
            form.line("reason", tr("Why it changed")),
        ]
        return Form([fields], lambda _draft: {})

    def rows_typed(self) -> tuple[tuple[str, ...], ...]:
        """Return the levels as plain text, as a draft keeps them."""
        return tuple(
            tuple(LevelForm(each.level, _iso(each.since), _iso(each.until), *_rest(each)))
            for each in self.drafts
        )

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these. Silent: this is not the user's doing."""
        found = [LevelForm(*row) for row in rows]
        self.load(
            [
                LevelDraft(each.level, day(each.since), day(each.until), each.reason, each.number)
                for each in found
            ]
        )

    def own_fault(self) -> str:
        """Say which day can’t be read."""
        sound = [each.check() for each in self.forms]
        return "" if all(sound) else self._desk.words.tr("One of these days can’t be read.")


def _iso(day_: date | None) -> str:
    return day_.isoformat() if day_ else ""


def _rest(each: LevelDraft) -> tuple[str, str]:
    return each.reason, each.number


def levels(desk: Desk) -> Bound:
    rows = LevelRows(desk)
    return Bound(
        "levels", "", rows, rows.rows_typed, rows.show_rows, rows.edited, own_fault=rows.own_fault
    )


__all__ = [
    "FactorField",
    "LevelRows",
    "factors",
    "known_day",
    "levels",
    "levels_of_care",
    "ticks",
    "where",
]
