"""The printed consent form: looked at, printed, or saved as a PDF to be signed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cmdesk.casework import consent_paper
from cmdesk.casework.consents import ConsentDraft
from cmdesk.errors import Problem
from cmdesk.ui import handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.names_cover import NamesCover
from cmdesk.ui.overlay import Dialog, open_over
from cmdesk.ui.parts.letter_preview import LetterPreview
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label

WIDE = 720
FILE_NAME = "Consent form.pdf"  # no names where a folder is looked at

ChooseSave = Callable[[QWidget, str, str, str], Path | None]
Print = Callable[[QWidget, bytes], bool]


class ConsentPrint(Dialog):
    """The form as it will be signed; nothing of it is written to disk before it is saved."""

    def __init__(
        self,
        desk: Desk,
        draft: ConsentDraft,
        choose: ChooseSave = handing.choose_save,
        print_pdf: Print = handing.print_pdf,
    ) -> None:
        """`choose` asks where to save, `print_pdf` prints: the edges to the system."""
        # Paper is loaded with the first form, not with the window.
        from cmdesk.reports.consent_form import consent_form  # noqa: PLC0415

        tr = desk.words.tr
        super().__init__(tr("Form to sign"), width=WIDE, close_word=tr("Close"))
        self._desk, self._choose, self._print = desk, choose, print_pdf
        paper = desk.ask(consent_paper.paper, draft)
        self.data, self.form_id = consent_form(paper).data, paper.form.text.id
        self.preview = LetterPreview(desk)
        self.preview.show_pdf(self.data)
        self.body.addWidget(self.preview, 1)
        self.add_foot()
        self.told = Label(tr("Signed, attach it to the consent."), "small", "text2", wrap=True)
        self.save_button = Button(tr("Save as PDF"), icon=Icon.FILE_OUTPUT)
        self.print_button = Button(tr("Print"), "primary", icon=Icon.PRINTER)
        self.foot.addWidget(self.told, 1)
        self.foot.addWidget(self.save_button)
        self.foot.addWidget(self.print_button)
        self.save_button.clicked.connect(self._on_save)
        self.print_button.clicked.connect(self._on_print)
        self.names_cover = NamesCover(self, desk)

    def _on_save(self) -> None:
        tr = self._desk.words.tr
        path = self._choose(self, tr("Save the form"), FILE_NAME, "PDF (*.pdf)")
        if path is None:
            return
        try:
            handing.write_privately(path, self.data)
        except Problem as problem:
            self._tell(f"{problem.message} {problem.hint}", "crit")
            return
        self._note(tr("Saved. Delete the file once it is signed."))

    def _on_print(self) -> None:
        if self._print(self, self.data):
            self._note(self._desk.words.tr("Sent to the printer."))

    def _note(self, words: str) -> None:
        self._tell(words, "text2")
        # It names the client and left the vault: that is kept in the record.
        self._desk.note(self, "Consent form printed or saved", "export")

    def _tell(self, words: str, ink: str) -> None:
        self.told.set_ink(ink)
        self.told.setText(words)
        self._desk.say.announce(words)


def open_form(desk: Desk, parent: QWidget, draft: ConsentDraft) -> ConsentPrint:
    """Open over the window `parent` is in."""
    dialog = ConsentPrint(desk, draft)
    open_over(parent, dialog, dialog.print_button)
    return dialog
