"""A dialog over one record: sections of fields, a draft kept at every pause, one main button."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from cmdesk.rules.code import Code
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.keeping import DraftBack, Keeper
from cmdesk.ui.dialogs.kept_draft import body_of, draft_of
from cmdesk.ui.dialogs.sheet import Sheet
from cmdesk.ui.form import Bound, Form
from cmdesk.ui.tasks import Outcome
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.field import Field
from cmdesk.ui.widgets.label import Label

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

D = TypeVar("D", bound="DataclassInstance")
R = TypeVar("R")
Rows = Sequence[Bound | Sequence[Bound]]
STAMPS = frozenset({"version", "versions"})  # which version a draft was typed over


class Section(NamedTuple):
    """A heading and the fields under it."""

    title: str
    rows: Rows


class RecordSheet(Sheet, Generic[D]):
    """Holds one frozen draft, spread over several forms."""

    def __init__(
        self, desk: Desk, title: str, key: str, *, width: int, client_id: int | None = None
    ) -> None:
        """Keep the draft under `key`; `client_id` is whom it is about, if there is a chart."""
        super().__init__(desk, title, width=width)
        self.forms: list[tuple[Form[D], tuple[str, ...]]] = []
        self.whole: QVBoxLayout = self.lay(QWidget())
        self.keeper = Keeper(desk, self, key, self._body, lambda: client_id)
        self.keeper.trouble.connect(self.say_trouble)
        self.closed.connect(self.keeper.keep_now)
        self.came_back = DraftBack(self, desk.words)
        self.came_back.start_over.connect(self._start_over)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    @Slot(QWidget, QWidget)
    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Bring the field one tabbed to into sight, also from the last back to the first."""
        # A dialog on its way out still hears of the focus it loses.
        if isValid(self) and now is not None and self.middle.isAncestorOf(now):
            self.middle.ensureWidgetVisible(now, 0, 24)

    def add(self, section: Section) -> Form[D]:
        """Put a section under those there are."""
        if section.title:
            self.whole.addSpacing(8 if self.forms else 0)
            self.whole.addWidget(Label(section.title, "strong"))
        made: Form[D] = Form(section.rows, lambda _draft: self.faults())
        names = tuple(
            bound.name
            for each in section.rows
            for bound in ([each] if isinstance(each, Bound) else each)
        )
        self.forms.append((made, names))
        self.whole.addWidget(made)
        made.edited.connect(self._on_edited)
        return made

    def begin(self, saved: D) -> None:
        """Show what is saved, or what was typed over it before."""
        self._saved = saved
        kept = self.keeper.kept()
        shown = saved
        if kept is not None:
            body = {name: value for name, value in kept.body.items() if name not in STAMPS}
            shown = draft_of(body, saved)
            stamp = body_of(saved)
            if any(kept.body.get(name) != _plain(stamp[name]) for name in STAMPS & stamp.keys()):
                words = self.tr_("This was changed since you typed. Check it, then save.")
                self.say_trouble(words)
        self.came_back.show(came=kept is not None)
        self.load(shown)
        for edit in self.findChildren(QLineEdit):
            edit.setCursorPosition(0)  # a long line shows its beginning

    def load(self, draft: D) -> None:
        """Show a draft in all forms. Silent: this is not the user's doing."""
        self._loaded = draft
        for each, _ in self.forms:
            each.load(draft)
        self.follow()

    def follow(self) -> None:
        """Show what depends on what is typed."""

    def faults(self) -> Mapping[str, str]:
        """Map fields to what is wrong, in the user's words."""
        raise NotImplementedError

    @property
    def draft(self) -> D:
        """What stands in the fields of all sections."""
        typed = {name: getattr(each.draft, name) for each, names in self.forms for name in names}
        return replace(self._loaded, **typed)

    def field(self, name: str) -> Field:
        return next(each.field(name) for each, names in self.forms if name in names)

    def check(self) -> bool:
        """Say what is wrong under its field, and go to the first of it."""
        sound = [each.check() for each, _ in self.forms]
        faulty = [
            self.field(name) for _, names in self.forms for name in names if self.field(name).fault
        ]
        if faulty:
            self.go_to(faulty[0].editor)
            self.desk.say.announce(faulty[0].fault, at_once=True)
        return all(sound)

    def ready(self, button: Button) -> bool:
        """Say whether its button can be pressed and everything typed is sound."""
        return button.isEnabled() and self.check()

    def close_after(
        self,
        doing: Outcome[R],
        button: Button,
        said: str,
        *,
        saved: bool = True,
        then: Callable[[R], object] | None = None,
    ) -> None:
        """Close once it is done, and say so; else give the button back, and say why not.

        A draft that was saved went with the act; of a record that is gone it is thrown away.
        `then` is handed what came of it, once the dialog is closed.
        """
        button.setEnabled(False)

        def done(result: R) -> None:
            if saved:
                self.keeper.forget()
            else:
                self.keeper.throw_away()
            self.desk.done(said)
            self.close_dialog()
            if then is not None:
                then(result)

        def failed(error: BaseException) -> None:
            button.setEnabled(True)
            self.say_failed(error)

        doing.then(done).otherwise(failed)

    def _body(self) -> dict[str, Any]:
        return body_of(self.draft)

    def _on_edited(self) -> None:
        self.keeper.touch()
        self.say_trouble("")
        self.follow()

    def _start_over(self) -> None:
        self.keeper.throw_away()
        self.came_back.show(came=False)
        self.load(self._saved)

    def foot_buttons(self, left: Sequence[Button], save: Button, run: Callable[[], object]) -> None:
        """Fill the foot: other acts on the left, Cancel and the main one on the right."""
        cancel = Button(self.tr_("Close"), "plain", keys="Esc")
        cancel.clicked.connect(self.close_dialog)
        for button in left:
            self.foot.addWidget(button)
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(save)
        save.clicked.connect(run)
        self.on_finish(run)


def _plain(stamp: object) -> object:
    return list(cast("tuple[object, ...]", stamp)) if isinstance(stamp, tuple) else stamp


def options(
    tr: Callable[[str], str], codes: Iterable[Code], *, empty: str = ""
) -> list[tuple[object, str]]:
    """List codes to choose from, after the words for none, if there are such."""
    first: list[tuple[object, str]] = [("", tr(empty))] if empty else []
    return [*first, *((each.value, tr(each.label)) for each in codes)]
