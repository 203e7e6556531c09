"""A list of small forms of one kind: as many as are wanted, each can be taken away again."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.ui.form import Form
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import Card, column, row

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

D = TypeVar("D", bound="DataclassInstance")


class Row(Card, Generic[D]):
    """One form of the list, with the cross that takes it away."""

    def __init__(self, form: Form[D], remove: str) -> None:
        super().__init__()
        self.form = form
        self.cross = IconButton(Icon.X, remove, size="small")
        line = row(gap=8)
        line.addWidget(form, 1)
        line.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)


class FormRows(QWidget, Generic[D]):
    """Signals: `edited()` by the user; `grown()` when a form was added or taken away."""

    edited = Signal()
    grown = Signal()

    def __init__(
        self,
        make: Callable[[], Form[D]],
        blank: Callable[[], D],
        *,
        add: str,
        remove: str,
        stays: Callable[[D], bool] = lambda _: False,
        least: int = 0,
    ) -> None:
        """`make` builds a form, `blank` what a new one shows; what `stays` can't be taken away.

        Nor can the last `least` of them.
        """
        super().__init__()
        self._least = least
        self._make, self._blank, self._remove, self._stays = make, blank, remove, stays
        self.rows: list[Row[D]] = []
        whole = column(self, gap=8)
        self._lines = column(gap=8)
        whole.addLayout(self._lines)
        self.add = Button(add, "quiet", size="small", icon=Icon.PLUS)
        self.add.clicked.connect(self._on_add)
        foot = row()
        foot.addWidget(self.add)
        foot.addStretch(1)
        whole.addLayout(foot)

    @property
    def forms(self) -> list[Form[D]]:
        return [each.form for each in self.rows]

    @property
    def drafts(self) -> tuple[D, ...]:
        """The list as it now stands in the fields."""
        return tuple(form.draft for form in self.forms)

    def load(self, drafts: Sequence[D]) -> None:
        """Show these. Silent: this is not the user's doing."""
        for each in list(self.rows):
            self._take_out(each)
        for draft in drafts:
            self._put_in(draft)
        self.grown.emit()

    def _put_in(self, draft: D) -> Row[D]:
        form = self._make()
        form.load(draft)
        form.edited.connect(self.edited)
        made = Row(form, self._remove)
        made.cross.clicked.connect(self._on_cross)
        self.rows.append(made)
        self._lines.addWidget(made)
        self._fit()
        return made

    def _fit(self) -> None:
        few = len(self.rows) <= self._least
        for each in self.rows:
            each.cross.setVisible(not few and not self._stays(each.form.draft))

    def _take_out(self, one: Row[D]) -> None:
        self.rows.remove(one)
        self._lines.removeWidget(one)
        one.hide()
        one.deleteLater()
        self._fit()

    def _on_add(self) -> None:
        made = self._put_in(self._blank())
        made.show()
        self.grown.emit()
        made.form.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _on_cross(self) -> None:
        cross = self.sender()
        for each in list(self.rows):
            if each.cross is cross:
                self._take_out(each)
        self.grown.emit()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()
