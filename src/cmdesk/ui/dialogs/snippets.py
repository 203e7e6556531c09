"""The snippets of the practice: a short name for words typed again and again."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cmdesk.casework import snippets
from cmdesk.casework.snippets import Kept
from cmdesk.rules.topics import Topic
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
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
    """One at a time: pick one to change it, or begin a new one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.words.tr("Snippets"), width=WIDE)
        tr = self.tr_
        whole = self.lay(QWidget())
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
        self.remove = Button(tr("Remove"), "danger")
        self.remove.clicked.connect(self._on_remove)
        self.save_button = Button(tr("Save"), "primary", icon=Icon.CHECK, keys="Ctrl+Return")
        self.save_button.clicked.connect(self.save)
        self.foot.addWidget(self.remove)
        self.foot.addStretch(1)
        self.foot.addWidget(self.save_button)
        self.on_finish(self.save)
        self._kept: dict[int, Kept] = {}
        self._list(None)

    def _list(self, chosen: int | None) -> None:
        self._kept = {each.id: each for each in self.desk.ask(snippets.all_snippets)}
        named = [(each.id, f";{each.name}") for each in self._kept.values()]
        self.which.offer([(None, self.tr_("A new snippet")), *named])
        self.which.choose(chosen)
        self._on_chosen(chosen)

    def _on_chosen(self, number: object) -> None:
        kept = self._kept.get(number) if isinstance(number, int) else None
        self.name.setText(kept.name if kept else "")
        self.words.set_text(kept.text if kept else "")
        self.topics.pick(kept.topics if kept else ())
        self.remove.setVisible(kept is not None)
        self.say_trouble("")

    def save(self) -> None:
        number = self.which.value
        typed = self.name.text(), self.words.text(), self.topics.codes
        act = Act(self.tr_("Keep a snippet"))
        if isinstance(number, int):
            outcome = self.desk.do(self, act, snippets.edit, number, *typed)
            outcome.then(partial(self._on_saved, number)).otherwise(self.say_failed)
        else:
            made = self.desk.do(self, act, snippets.add, *typed)
            made.then(self._on_saved).otherwise(self.say_failed)

    def _on_saved(self, number: int, _nothing: None = None) -> None:
        self.desk.done(self.tr_("Snippet kept"))
        self._list(number)

    def _on_remove(self) -> None:
        number = self.which.value
        if isinstance(number, int):
            act = Act(self.tr_("Remove a snippet"))
            self.desk.do(self, act, snippets.remove, number).then(self._on_removed)

    def _on_removed(self, _nothing: None) -> None:
        self.desk.done(self.tr_("Snippet removed"))
        self._list(None)


def open_snippets(desk: Desk, parent: QWidget) -> SnippetsDialog:
    """Open the snippets over the window `parent` is in."""
    standing = standing_open(parent, SnippetsDialog)
    if standing is not None:
        return standing
    dialog = SnippetsDialog(desk)
    open_over(parent, dialog, dialog.name)
    return dialog
