"""One task: what, by when, for whom it waits, what it is about, and whether it comes round."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import clients, contacts, namesakes, task_edit
from cmdesk.casework.contacts import Someone
from cmdesk.rules import task_draft
from cmdesk.rules.codes import TaskState
from cmdesk.rules.task_draft import Recurrence, TaskForm
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.pick_field import Find, PickField
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button

WIDE: Final = 640
OPEN: Final = (TaskState.INBOX, TaskState.NEXT, TaskState.SCHEDULED, TaskState.WAITING)


class TaskDialog(RecordSheet[TaskForm]):
    """A new task, or one there is. Dropped tasks leave the lists; undo brings them back."""

    def __init__(self, desk: Desk, client_id: int | None, task_id: int | None) -> None:
        tr = desk.words.tr
        key = f"task:{task_id}" if task_id else f"task:new:{client_id or 'none'}"
        saved = desk.ask(task_edit.read, task_id) if task_id else TaskForm(client_id=client_id)
        title = _title(desk, saved.client_id, is_new=task_id is None)
        super().__init__(desk, title, key, width=WIDE, client_id=client_id)
        self._task_id = task_id
        self.picks: dict[str, PickField] = {}
        self._circle = desk.ask(task_edit.circle, saved.client_id)
        self._linkable = desk.ask(task_edit.linkable, saved.client_id)
        self.add(Section("", self._what()))
        self.waiting = self.add(Section("", self._waiting()))
        self.add(Section("", self._further()))
        self.drop = Button(tr("Drop task"), "danger")
        self.drop.clicked.connect(self._drop)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((self.drop,) if task_id else (), self.save_button, self.save)
        self.begin(saved)

    def _what(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        again = options(tr, Recurrence, empty=tr("Once"))
        return [
            form.line("text", tr("What is to be done?")),
            [
                form.day("due", tr("By"), today, words.short_day),
                form.day("start", tr("Not before"), today, words.short_day),
                form.choice("recurrence", tr("Repeats"), again),
            ],
            [form.choice("state", tr("Whose move"), options(tr, OPEN))],
        ]

    def _waiting(self) -> list[Bound | Sequence[Bound]]:
        tr, words = self.tr_, self.desk.words
        return [
            [
                self._picked("waiting_on", tr("Waiting on"), self._anybody, many=False),
                form.day("waiting_since", tr("Since"), self.desk.today, words.short_day),
                form.line("chase_days", tr("Ask again after"), placeholder=tr("days")),
            ]
        ]

    def _further(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            self._picked("links", tr("About"), self._things),
            form.paragraph("notes", tr("Notes"), lines=2),
        ]

    def _picked(self, name: str, label: str, find: Find, *, many: bool = True) -> Bound:
        """Bind a choice of people and things by their keys."""

        def shown(text: str) -> list[Someone]:
            return [replace(each, name=self.desk.privacy.name(each.name)) for each in find(text)]

        field = PickField(shown, self.tr_("Type a name"), many=many)
        field.setAccessibleName(label)
        self.picks[name] = field

        gone: list[
            str
        ] = []  # no longer offered, as a file removed: it stays what the task is about

        def get() -> tuple[str, ...]:
            return (*field.keys, *gone)

        def put(keys: Sequence[str]) -> None:
            called = self._called(keys)
            field.choose(called)
            there = {each.key for each in called}
            gone[:] = [key for key in keys if many and key not in there]

        def own_fault() -> str:
            return self._settle(field)

        return Bound(name, label, field, get, put, field.edited, own_fault=own_fault)

    def _settle(self, field: PickField) -> str:
        """Take the only one the words can mean; refuse what names nobody, or several."""
        words, found = field.pending.casefold(), field.found()
        if not words:
            return ""
        meant = [each for each in found if each.name.casefold() == words] or found
        if len(meant) == 1:
            keys = [key for key in field.keys if key != meant[0].key] if field.many else []
            field.choose([*self._called(keys), meant[0]])
            return ""
        if found:
            return self.tr_("Several fit these words. Choose one of them.")
        return self.tr_("Nobody of this name is here. Choose from the list, or clear it.")

    def _things(self, text: str) -> list[Someone]:
        typed = text.casefold()
        return [each for each in self._linkable if typed in each.name.casefold()]

    def _anybody(self, text: str) -> list[Someone]:
        """Offer the client's circle first, then anybody of that name: one may wait for them too."""
        typed = text.casefold()
        near = [each for each in self._circle if typed in each.name.casefold()]
        known = {each.key for each in near}
        far = self.desk.ask(contacts.people, text) if len(text) > 1 else []
        return [*near, *(each for each in far if each.key not in known)][: contacts.SHOWN]

    def _called(self, keys: Sequence[str]) -> list[Someone]:
        """Name what is chosen, also people and programs that are no longer offered."""
        known = {each.key: each for each in (*self._circle, *self._linkable)}
        rest = [key for key in keys if key not in known and key[0] in "po"]
        known |= {each.key: each for each in self.desk.ask(contacts.named, rest)}
        found = (known[key] for key in keys if key in known)
        return [replace(each, name=self.desk.privacy.name(each.name)) for each in found]

    def check(self) -> bool:
        """Say what is wrong; where the words fit several, offer those."""
        for field in self.picks.values():
            self._settle(field)  # first: whom it is about decides what else it needs
        sound = super().check()
        asked = next((each for each in self.picks.values() if each.edit.hasFocus()), None)
        if not sound and asked is not None and asked.pending:
            asked.offer()
        return sound

    def begin(self, saved: TaskForm) -> None:
        """Show what is saved, or was typed over it before: also words that stand for nobody yet."""
        super().begin(saved)
        kept = self.keeper.kept()
        unchosen: Mapping[str, Any] = kept.body.get("unchosen", {}) if kept else {}
        for name, field in self.picks.items():
            field.write(str(unchosen.get(name, "")))

    def _body(self) -> dict[str, Any]:
        unchosen = {name: field.pending for name, field in self.picks.items()}
        return super()._body() | {"unchosen": unchosen}

    def faults(self) -> Mapping[str, str]:
        found = task_draft.faults(self.draft)
        return {name: self.tr_(text) for name, text in found.items()}

    def follow(self) -> None:
        self.waiting.setVisible(self.draft.waits)

    def save(self) -> None:
        """Keep the task as typed; who begins to wait does so from today."""
        if not self.ready(self.save_button):
            return
        draft = self.draft
        if draft.waits and draft.waiting_since is None:
            draft = replace(draft, waiting_since=self.desk.today())
        act = Act(self.tr_("Save a task"))
        doing = self.desk.do(self, act, task_edit.save, draft, self._task_id, self.keeper.key)
        self.close_after(doing, self.save_button, self.tr_("Task saved"))

    def _drop(self) -> None:
        if self._task_id is None:
            return
        act = Act(self.tr_("Drop a task"))
        doing = self.desk.do(self, act, task_edit.drop, self._task_id)
        self.close_after(doing, self.drop, self.tr_("Task dropped"), saved=False)


def _title(desk: Desk, client_id: int | None, *, is_new: bool) -> str:
    """Say whom it is about: it may open over another client's chart."""
    tr = desk.words.tr
    if client_id is None:
        return tr("New task") if is_new else tr("Task")
    told = tr("New task about {name}") if is_new else tr("Task about {name}")
    name = desk.privacy.name(desk.ask(clients.head, client_id).name.full)
    apart = "" if desk.privacy.hidden else desk.ask(namesakes.telling).get(client_id, "")
    return ", ".join(filter(None, (told.format(name=name), apart)))


def open_task(
    desk: Desk, window: QWidget, client_id: int | None, task_id: int | None = None
) -> TaskDialog:
    """Open a task over the window, or a new one; where one is open already, give that."""
    standing = standing_open(window, TaskDialog)
    if standing is not None:
        return standing
    dialog = TaskDialog(desk, client_id, task_id)
    dialog.again = lambda desk, window: open_task(desk, window, client_id, task_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("text").editor))
    return dialog
