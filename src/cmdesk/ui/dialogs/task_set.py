"""Tasks from a set, laid out around a day before they are made."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from cmdesk.casework import task_sets
from cmdesk.casework.task_sets import SetRow, SetStep
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.keeping import DraftBack, Keeper
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.card import line as card_line
from cmdesk.ui.widgets.checks import CheckBox
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.ui.widgets.label import Label

WIDE: Final = 640


class TaskSetDialog(Sheet):
    """Choose a set and its day; every task can be left out. What is chosen and typed is kept."""

    def __init__(self, desk: Desk, client_id: int | None) -> None:
        super().__init__(desk, desk.words.tr("Tasks from a set"), width=WIDE)
        self._client_id = client_id
        self._sets: list[SetRow] = desk.ask(task_sets.rows)
        self._make_keeper()
        whole = self.lay(QWidget())
        self.none = Label(
            self.tr_("No set yet. A client’s open tasks can be kept as one."), "body", "text2"
        )
        whole.addWidget(self.none)
        self.which = Choice([(each.id, each.name) for each in self._sets], self.tr_("Set"))
        self.day = DateField(desk.today, show=desk.words.short_day, name=self.tr_("Day"))
        self.day.set_day(desk.today())
        line = row(gap=12)
        line.addWidget(Field(self.tr_("Set"), self.which), 1)
        self.day_field = Field(self.tr_("Day"), self.day)
        line.addWidget(self.day_field, 1)
        whole.addLayout(line)
        self.anchor = Label("", "small", "text2")
        whole.addWidget(self.anchor)
        self._listed = QWidget()
        self._lines = column(self._listed, gap=4)
        whole.addWidget(self._listed)
        self.steps: list[tuple[CheckBox, SetStep]] = []
        self._keeps = client_id is not None  # what is open for a client can be kept as a set
        if self._keeps:
            whole.addSpacing(8)
            whole.addWidget(card_line())
            whole.addLayout(self._keeping())
        self._make_foot()
        self.none.setVisible(not self._sets)
        self.which.chosen.connect(self._on_chosen)
        self.day.picked.connect(self._on_chosen)
        kept = self.keeper.kept()
        self._load(kept.body if kept else {})
        self.back.show(came=kept is not None)

    def _make_keeper(self) -> None:
        # After a merge its chart is found by the new number, as that of every new thing.
        key, client_id = f"task_set:new:{self._client_id or 'none'}", self._client_id
        self.keeper = Keeper(self.desk, self, key, self._body, lambda: client_id)
        self.keeper.trouble.connect(self.say_trouble)
        self.closed.connect(self.keeper.keep_now)
        self.back = DraftBack(self, self.desk.words)
        self.back.start_over.connect(self._start_over)

    def _body(self) -> dict[str, Any]:
        day = self.day.day
        typed = {"name": self.name.text(), "called": self.called.text()} if self._keeps else {}
        return typed | {
            "set": self.which.value,
            "day": day.isoformat() if day else "",
            "left_out": [step.text for box, step in self.steps if not box.isChecked()],
        }

    def _load(self, kept: Mapping[str, Any]) -> None:
        """Show what was chosen and typed before; a set that is gone gives way to the first."""
        self.which.choose(kept.get("set"))
        day = str(kept.get("day") or "")
        self.day.set_day(date.fromisoformat(day) if day else self.desk.today())
        if self._keeps:
            self.name.setText(str(kept.get("name", "")))
            self.called.setText(str(kept.get("called", "")))
        self.show_steps()
        for box, step in self.steps:
            box.setChecked(step.text not in kept.get("left_out", ()))

    def _start_over(self) -> None:
        self.keeper.throw_away()
        self.back.show(came=False)
        self._load({})

    def _on_chosen(self, _changed: object) -> None:
        self.show_steps()
        self.keeper.touch()

    def _keeping(self) -> QHBoxLayout:
        """Offer to keep the client's open tasks as a set around the day above."""
        self.name = line_edit(self.tr_("Name of the set"))
        self.called = line_edit(self.tr_("What its day is called"))
        self.keep = Button(self.tr_("Keep open tasks as a set"))
        self.keep.clicked.connect(self.keep_open)
        for edit in (self.name, self.called):
            edit.textEdited.connect(self.keeper.touch)
        line = row(gap=8)
        for widget in (self.name, self.called):
            line.addWidget(widget, 1)
        line.addWidget(self.keep)
        return line

    def keep_open(self) -> None:
        """Make a set of what is open for this client."""
        if self._client_id is None or not self.day.check() or self.day.day is None:
            self.day_field.say_fault(self.day.fault or self.tr_("Around which day?"))
            return
        self.desk.do(
            self,
            Act(self.tr_("Keep tasks as a set")),
            task_sets.keep_open_tasks,
            self._client_id,
            self.name.text(),
            self.called.text(),
            self.day.day,
        ).then(self._on_set_kept).otherwise(self.say_failed)

    def _on_set_kept(self, number: int) -> None:
        self.desk.done(self.tr_("Set kept"))
        self.say_trouble("")
        self.keeper.throw_away()
        self.back.show(came=False)
        self.name.clear()
        self.called.clear()
        self._show_sets(number)

    def remove_set(self) -> None:
        """Remove the set shown; the tasks that came of it stay."""
        found = self.chosen
        if found is not None:
            act = Act(self.tr_("Remove a set"))
            self.desk.do(self, act, task_sets.remove, found.id).then(self._on_removed).otherwise(
                self.say_failed
            )

    def _on_removed(self, _nothing: None) -> None:
        self.desk.done(self.tr_("Set removed"))
        self._show_sets(None)

    def _show_sets(self, number: int | None) -> None:
        self._sets = self.desk.ask(task_sets.rows)
        self.which.offer([(each.id, each.name) for each in self._sets])
        self.which.choose(number)
        for button in (self.make, self.remove):
            button.setEnabled(bool(self._sets))
        self.none.setVisible(not self._sets)
        self.show_steps()

    def _make_foot(self) -> None:
        self.remove = Button(self.tr_("Remove set"), "danger")
        self.remove.clicked.connect(self.remove_set)
        self.remove.setEnabled(bool(self._sets))
        self.foot.addWidget(self.remove)
        cancel = Button(self.tr_("Close"), "plain", keys="Esc")
        cancel.clicked.connect(self.close_dialog)
        self.make = Button(self.tr_("Make tasks"), "primary", keys="Ctrl+Return")
        self.make.clicked.connect(self.apply)
        self.make.setEnabled(bool(self._sets))
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.make)
        self.on_finish(self.apply)

    @property
    def chosen(self) -> SetRow | None:
        return next((each for each in self._sets if each.id == self.which.value), None)

    def show_steps(self) -> None:
        """List the tasks with the days they would have."""
        while item := self._lines.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.steps = []
        found, day = self.chosen, self.day.day
        if found is None:
            return
        self.anchor.setText(found.anchor)
        for step, due in task_sets.lay_out(found.steps, day or self.desk.today()):
            self._lines.addWidget(self._row(step, due))

    def _row(self, step: SetStep, due: date) -> QWidget:
        made = QWidget()
        line = row(made, gap=8)
        box = CheckBox(step.text)
        box.setChecked(True)
        box.clicked.connect(self.keeper.touch)
        self.steps.append((box, step))
        line.addWidget(box, 1)
        line.addWidget(Label(self.desk.words.short_day(due), "small", "text2"))
        return made

    def apply(self) -> None:
        """Make the ticked tasks."""
        if not self.make.isEnabled():
            return
        if not self.day.check() or self.day.day is None:
            self.day_field.say_fault(self.day.fault or self.tr_("Around which day?"))
            self.go_to(self.day)
            return
        wanted = [step for box, step in self.steps if box.isChecked()]
        self.make.setEnabled(False)
        act = Act(self.tr_("Make tasks from a set"))
        self.desk.do(self, act, task_sets.apply, self._client_id, wanted, self.day.day).then(
            self._on_made
        ).otherwise(self._on_failed)

    def _on_made(self, made: list[int]) -> None:
        words = self.desk.words.ntr("One task made", "{n} tasks made", len(made))
        self.keeper.throw_away()
        self.desk.done(words.format(n=len(made)))
        self.close_dialog()

    def _on_failed(self, error: BaseException) -> None:
        self.make.setEnabled(True)
        self.say_failed(error)


def open_task_set(desk: Desk, window: QWidget, client_id: int | None) -> TaskSetDialog:
    """Open over the window; where it is open already, give that."""
    standing = standing_open(window, TaskSetDialog)
    if standing is not None:
        return standing
    dialog = TaskSetDialog(desk, client_id)
    dialog.again = lambda desk, window: open_task_set(desk, window, client_id)
    open_over(window, dialog, dialog.keeper.place(dialog.which))
    return dialog
