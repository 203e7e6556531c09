"""Kinds of letters: each with what it is for, to change, to leave out, or to begin another with."""

from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from cmdesk.casework import letter_templates, spelling
from cmdesk.casework.letter_templates import Kind
from cmdesk.rules.letter_template import Readers
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.letter_template import READERS, open_letter_template
from cmdesk.ui.dialogs.update_plan import LANGUAGES
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.setting_row import SettingGroup, SettingRow
from cmdesk.ui.settings.section import Section
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import row


class LettersSection(Section):
    """What there is to write, in which order, with which words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "letters", desk.words.tr("Letters"), Icon.MAIL)
        self.group = SettingGroup(self.tr_("Kinds of letters"))
        self.add_group(self.group)
        self.words = SettingGroup(self.tr_("Words you added to the dictionary"))
        self.add_group(self.words)
        self._shown: list[Kind] = []
        self._added: tuple[str, ...] | None = None
        self.refresh()  # now: rows that come to a page in sight are laid out twice

    def refresh(self) -> None:
        kinds = self.desk.ask(letter_templates.listed, hidden=True)
        if kinds != self._shown:
            self._shown = kinds
            self.group.clear()
            for kind in kinds:
                self.group.add(SettingRow(kind.name, self._about(kind), self._acts(kind)))
        self._refresh_words()

    def _refresh_words(self) -> None:
        tr, added = self.tr_, self.desk.ask(spelling.words_added)
        if added == self._added:
            return
        self._added = added
        self.words.clear()
        for word in added:
            remove = Button(tr("Remove"), size="small")
            remove.setAccessibleName(tr("Remove: {word}").format(word=word))
            remove.clicked.connect(partial(self._remove_word, word))
            self.words.add(SettingRow(word, tr("Not marked in letters"), remove))
        if not added:
            told = tr("None yet. Add one where it is marked in a letter.")
            self.words.add(SettingRow(tr("Your words"), told, QWidget()))

    def _remove_word(self, word: str, _checked: object = None) -> None:
        label = self.tr_("Remove a word from the dictionary")
        told = self.tr_("{word} is marked again").format(word=word)
        self.desk.do(self, label, spelling.remove_word, word).then(lambda _: self.desk.done(told))

    def _about(self, kind: Kind) -> str:
        tr, words = self.tr_, self.desk.words
        whom = dict(READERS)[Readers(kind.template.readers)]
        count = len(kind.template.parts)
        facts = [tr(whom), words.ntr("{n} section", "{n} sections", count).format(n=count)]
        if hours := kind.template.due_hours:
            facts.append(words.ntr("due in {n} hour", "due in {n} hours", hours).format(n=hours))
        facts += [tr("your words")] if kind.changed else []
        facts += [tr("not offered")] if kind.hidden else []
        return phrases.BETWEEN.join(facts)

    def _acts(self, kind: Kind) -> QWidget:
        tr, made = self.tr_, QWidget()
        across = row(made, gap=4)
        change = Button(tr("Change"), size="small")
        change.setAccessibleName(tr("Change: {kind}").format(kind=kind.name))
        change.clicked.connect(partial(self._open, kind.code, "en"))
        more = IconButton(Icon.ELLIPSIS, tr("More: {kind}").format(kind=kind.name), size="small")
        more.clicked.connect(partial(self._menu, kind, more))
        across.addWidget(change)
        across.addWidget(more)
        return made

    def _menu(self, kind: Kind, button: QWidget) -> None:
        tr, menu = self.tr_, QMenu(button)
        for code, name in LANGUAGES[1:]:
            words = tr("Words in {language}").format(language=tr(name))
            menu.addAction(words).triggered.connect(partial(self._open, kind.code, code))
        copy = menu.addAction(tr("Begin another with it"))
        copy.triggered.connect(partial(self._copy, kind.code))
        words = tr("Offer it again") if kind.hidden else tr("Don’t offer it")
        menu.addAction(words).triggered.connect(partial(self._hide, kind))
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _open(self, code: str, language: str, _checked: object = None) -> None:
        open_letter_template(self.desk, self.window(), code, language)

    def _copy(self, code: str, _checked: object = None) -> None:
        open_letter_template(self.desk, self.window(), code, copy=True)

    def _hide(self, kind: Kind, _checked: object = None) -> None:
        tr = self.tr_
        told = tr("Offered again") if kind.hidden else tr("Not offered any more")
        label = tr("Choose which letters are offered")
        done = self.desk.do(self, label, letter_templates.hide, kind.code, hidden=not kind.hidden)
        done.then(lambda _: self.desk.done(told))
