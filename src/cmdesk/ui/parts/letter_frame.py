"""The first and the last words of a letter on the screen: headline, greeting, opening and close."""

from PySide6.QtWidgets import QWidget

from cmdesk.casework import letter_prompts as prompts
from cmdesk.casework.drafting import LetterDraft
from cmdesk.ui.parts.letter_rows import EDGE, Headline, bare
from cmdesk.ui.parts.letter_sections import Section, in_margin
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.text_edit import TextEdit
from cmdesk.words import Words


class HeadSection(Section):
    """Headline; greeting and opening fold away: they stay the same from week to week."""

    def __init__(self, words: Words) -> None:
        tr = words.tr
        super().__init__(tr("Headline"))
        self.headline = Headline(tr("Headline"), lines=1, kind="bare")
        self.headline.document().setDocumentMargin(0)
        self.body.addLayout(in_margin(self.headline))
        self.greeting = bare(tr("Greeting"), "")
        self.opening = bare(tr("Opening"), "")
        self._folded = QWidget()
        inside = column(self._folded, gap=4)
        inside.setContentsMargins(0, 6, EDGE, 0)
        inside.addWidget(self.greeting)
        inside.addWidget(self.opening)
        self._folded.hide()
        self.body.addWidget(self._folded)
        toggle = Button(tr("Greeting and opening"), "plain", size="small", drops=True)
        toggle.clicked.connect(lambda: self._folded.setVisible(not self._folded.isVisible()))
        self.head.addWidget(toggle)

    @property
    def editors(self) -> tuple[TextEdit, ...]:
        return self.headline, self.greeting, self.opening

    def show_letter(self, letter: LetterDraft) -> None:
        """Show its words; leave alone what did not change."""
        said = letter.headline, letter.greeting, letter.opening
        for editor, text in zip(self.editors, said, strict=True):
            put(editor, text)

    def speak(self, say: Words) -> None:
        """Grey the empty place in the letter's language."""
        self.headline.setPlaceholderText(say.tr(prompts.HEADLINE))


class CloseSection(Section):
    """The sentence before the farewell."""

    def __init__(self) -> None:
        super().__init__("", last=True)
        self.editor = bare("", "")
        self.body.addLayout(in_margin(self.editor))

    def speak(self, say: Words) -> None:
        """Be named, and grey the empty place, in the letter's language."""
        self.name.setText(say.tr(prompts.CLOSE))
        self.editor.setAccessibleName(say.tr(prompts.CLOSE))
        self.editor.setPlaceholderText(say.tr(prompts.LAST))


def put(editor: TextEdit, text: str) -> None:
    if editor.text().strip() != text:
        editor.set_text(text)
