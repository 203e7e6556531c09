"""Bind the widgets of a form to the fields of a frozen draft."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.checks import CheckBox
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.ui.widgets.text_edit import TextEdit

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

D = TypeVar("D", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class Bound:
    """How one value of the draft is shown, read back, and heard about."""

    name: str
    label: str
    editor: QWidget
    get: Callable[[], Any]
    set: Callable[[Any], None]
    edited: SignalInstance
    hint: str = ""
    own_fault: Callable[[], str] = str


def line(name: str, label: str, *, placeholder: str = "", hint: str = "") -> Bound:
    """Bind one line of text."""
    edit = line_edit(placeholder)

    def set_text(text: str | None) -> None:
        edit.setText(text or "")

    return Bound(name, label, edit, edit.text, set_text, edit.textEdited, hint)


def paragraph(name: str, label: str, *, lines: int = 3, hint: str = "") -> Bound:
    """Bind text of any length."""
    edit = TextEdit(label, lines=lines)

    def set_text(text: str | None) -> None:
        edit.set_text(text or "")

    return Bound(name, label, edit, edit.text, set_text, edit.edited, hint)


def day(
    name: str,
    label: str,
    today: Callable[[], date],
    show: Callable[[date], str] | None = None,
    *,
    hint: str = "",
) -> Bound:
    """Bind a date; what can't be read is a fault of the field itself."""
    field = DateField(today, show=show, name=label) if show else DateField(today, name=label)

    def get() -> date | None:
        return field.day

    def own_fault() -> str:
        return "" if field.check() else field.fault

    return Bound(name, label, field, get, field.set_day, field.picked, hint, own_fault)


def choice(
    name: str, label: str, options: Sequence[tuple[object, str]], *, hint: str = ""
) -> Bound:
    """Bind one of a list."""
    box = Choice(options, label)

    def get() -> object:
        return box.value

    return Bound(name, label, box, get, box.keep, box.chosen, hint)


def tick(name: str, label: str) -> Bound:
    """Bind a yes or no."""
    box = CheckBox(label)
    return Bound(name, "", box, box.isChecked, box.setChecked, box.clicked)


class Form(QWidget, Generic[D]):
    """Shows a draft, reads it back, and puts each fault under its field. Signal `edited`."""

    edited = Signal()

    def __init__(
        self,
        rows: Sequence[Bound | Sequence[Bound]],
        faults: Callable[[D], Mapping[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        """Take fields, one to a row or several side by side, and the draft's own check."""
        super().__init__(parent)
        self._faults = faults
        self._loaded: D | None = None
        self._bound: list[Bound] = []
        self._fields: dict[str, Field] = {}
        whole = column(self, gap=12)
        for each in rows:
            side_by_side = row(gap=12)
            for bound in [each] if isinstance(each, Bound) else each:
                side_by_side.addWidget(self._add(bound), 1, Qt.AlignmentFlag.AlignTop)
            whole.addLayout(side_by_side)

    def _add(self, bound: Bound) -> Field:
        field = Field(bound.label, bound.editor, hint=bound.hint)
        self._bound.append(bound)
        self._fields[bound.name] = field
        bound.edited.connect(self._on_edited)
        return field

    def field(self, name: str) -> Field:
        """Give the field of this name, to focus it or to hide it."""
        return self._fields[name]

    def bound(self, name: str) -> Bound:
        """Give how the value of this name is shown, to propose one."""
        return next(each for each in self._bound if each.name == name)

    @property
    def first(self) -> QWidget:
        """The editor typing begins in."""
        return self._bound[0].editor

    def load(self, draft: D) -> None:
        """Show a draft. Silent: this is not the user's doing."""
        self._loaded = draft
        for bound in self._bound:
            bound.set(getattr(draft, bound.name))
        self.show_faults({})

    @property
    def draft(self) -> D:
        """The draft as it now stands in the fields."""
        if self._loaded is None:
            raise RuntimeError("load() comes first")
        return replace(self._loaded, **{bound.name: bound.get() for bound in self._bound})

    @property
    def loaded(self) -> bool:
        return self._loaded is not None

    @property
    def dirty(self) -> bool:
        return self.draft != self._loaded

    def check(self) -> bool:
        """Show what is wrong and go to the first of it; true when nothing is."""
        own = {bound.name: bound.own_fault() for bound in self._bound}
        faults = dict(self._faults(self.draft)) | {name: text for name, text in own.items() if text}
        self.show_faults(faults)
        for bound in self._bound:
            if bound.name in faults:
                bound.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                break
        return not faults

    def show_faults(self, faults: Mapping[str, str]) -> None:
        for name, field in self._fields.items():
            field.say_fault(faults.get(name, ""))

    def _on_edited(self) -> None:
        """Take back what was said of a field once it is being put right."""
        if any(field.fault for field in self._fields.values()):
            self.show_faults(self._faults(self.draft))
        self.edited.emit()
