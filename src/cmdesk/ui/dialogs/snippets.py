"""The snippets of the practice: a short name for words typed again and again."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cmdesk.casework import snippets
from cmdesk.casework.snippets import Kept
from cmdesk.rules.topics import Topic
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.keeping import DraftBack, Keeper
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.dialogs.topic_chips import TopicChips
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.text_edit import TextEdit

WIDE = 640


class SnippetsDialog(Sheet):
    """One at a time: pick one to change it, or begin a new one. Each keeps what is typed of it."""

    def __init__(self, desk: Desk, number: int | None = None) -> None:
        super().__init__(desk, desk.words.tr("Snippets"), width=WIDE)
        self._lay_out_fields(self.lay(QWidget()))
        self.remove = Button(self.tr_("Remove"), "danger")
        self.remove.clicked.connect(self._on_remove)
        self.save_button = Button(self.tr_("Save"), "primary", icon=Icon.CHECK, keys="Ctrl+Return")
        self.save_button.clicked.connect(self.save)
        self.foot.addWidget(self.remove)
        self.foot.addStretch(1)
        self.foot.addWidget(self.save_button)
        self.on_finish(self.save)
        self.keeper = Keeper(desk, self, "", self._body, lambda: None)
        self.keeper.trouble.connect(self.say_trouble)
        self.closed.connect(self.keeper.keep_now)
        self.back = DraftBack(self, desk.words)
        self.back.start_over.connect(self._start_over)
        self._kept: dict[int, Kept] = {}
        self._list(number)
        self._on_chosen(self.which.value)

    def _lay_out_fields(self, whole: QVBoxLayout) -> None:
        tr = self.tr_
        told = tr("In “What happened”, type ;name and a space to put the words in.")
        whole.addWidget(Label(told, "small", "text2", wrap=True))
        self.which = Choice([], tr("Snippet"))
        self.which.chosen.connect(self._on_chosen)
        whole.addWidget(Field(tr("Snippet"), self.which))
        self.name = line_edit(tr("One short word"))
        whole.addWidget(Field(tr("Name"), self.name))
        self.words = TextEdit(tr("Words"), lines=3)
        whole.addWidget(Field(tr("Words"), self.words))
        self.topics = TopicChips(tr("Topics"), tr, [topic.value for topic in Topic])
        whole.addWidget(self.topics)
        for edited in (self.name.textEdited, self.words.edited, self.topics.edited):
            edited.connect(self._on_edited)

    def _list(self, chosen: int | None) -> None:
        self._kept = {each.id: each for each in self.desk.ask(snippets.all_snippets)}
        named = [(each.id, f";{each.name}") for each in self._kept.values()]
        self.which.offer([(None, self.tr_("A new snippet")), *named])
        self.which.choose(chosen if chosen in self._kept else None)

    def _on_chosen(self, number: object) -> None:
        """Show a snippet, with what was typed of it before; words about another are kept."""
        self._turn_to(number)
        typed = self.keeper.kept()
        self._load(typed.body if typed else {})
        self.back.show(came=typed is not None)

    def _turn_to(self, number: object) -> None:
        chosen = number if isinstance(number, int) else None
        self.keeper.turn(_key(chosen))
        self.again = partial(open_snippets, number=chosen)
        self.remove.setVisible(chosen is not None)
        self.say_trouble("")

    def _load(self, typed: Mapping[str, Any]) -> None:
        number = self.which.value
        kept = self._kept[number] if isinstance(number, int) else Kept(0, "", "")
        self.name.setText(typed.get("name", kept.name))
        self.words.set_text(typed.get("text", kept.text))
        self.topics.pick(typed.get("topics", kept.topics))

    def _body(self) -> dict[str, Any]:
        topics = list(self.topics.codes)
        return {"name": self.name.text(), "text": self.words.text(), "topics": topics}

    def _on_edited(self) -> None:
        self.keeper.touch()
        self.say_trouble("")

    def _start_over(self) -> None:
        self.keeper.throw_away()
        self._load({})
        self.back.show(came=False)

    def save(self) -> None:
        number = self.which.value
        typed = self.name.text(), self.words.text(), self.topics.codes
        act = Act(self.tr_("Keep a snippet"))
        if isinstance(number, int):
            outcome = self.desk.do(self, act, snippets.edit, number, *typed)
            outcome.then(lambda _: self._on_saved(number, number)).otherwise(self.say_failed)
        else:
            made = self.desk.do(self, act, snippets.add, *typed)
            made.then(partial(self._on_saved, None)).otherwise(self.say_failed)

    def _on_saved(self, before: int | None, number: int) -> None:
        self.desk.done(self.tr_("Snippet kept"))
        self._over_with(before, number)

    def _over_with(self, before: int | None, chosen: int | None) -> None:
        """Nothing typed is left of a snippet that was saved or removed; show the next."""
        self.keeper.turn(_key(before))
        self.keeper.throw_away()
        self._list(chosen)
        if chosen == before:  # asked for, the draft might still be there
            self._turn_to(chosen)
            self._load({})
            self.back.show(came=False)
        else:
            self._on_chosen(chosen)

    def _on_remove(self) -> None:
        number = self.which.value
        if isinstance(number, int):
            act = Act(self.tr_("Remove a snippet"))
            removing = self.desk.do(self, act, snippets.remove, number)
            removing.then(partial(self._on_removed, number)).otherwise(self.say_failed)

    def _on_removed(self, number: int, _nothing: None) -> None:
        self.desk.done(self.tr_("Snippet removed"))
        self._over_with(number, None)


def _key(number: int | None) -> str:
    return f"snippet:{number or 'new'}"


def open_snippets(desk: Desk, parent: QWidget, number: int | None = None) -> SnippetsDialog:
    """Open the snippets over the window `parent` is in, at one of them or a new one."""
    standing = standing_open(parent, SnippetsDialog)
    if standing is not None:
        return standing
    dialog = SnippetsDialog(desk, number)
    open_over(parent, dialog, dialog.keeper.place(dialog.name))
    return dialog
