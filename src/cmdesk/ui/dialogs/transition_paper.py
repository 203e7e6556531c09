"""The one-page plan of a move: looked at, printed, or saved; for whom is said on it."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import transition_paper
from cmdesk.errors import Problem
from cmdesk.ui import handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.names_cover import NamesCover
from cmdesk.ui.overlay import Dialog, open_over
from cmdesk.ui.parts.letter_preview import LetterPreview
from cmdesk.ui.parts.transition_wish import Wish
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import row
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.segmented import Segment, Segmented

WIDE: Final = 760
FILE_NAME: Final = "Transition plan.pdf"  # no names where a folder is looked at
MINE, THEIRS = "mine", "theirs"

ChooseSave = Callable[[QWidget, str, str, str], Path | None]
Print = Callable[[QWidget, bytes], bool]


class PlanPrint(Dialog):
    """The page as it will be printed; nothing of it is written to disk before it is saved."""

    def __init__(
        self,
        desk: Desk,
        wish: Wish,
        choose: ChooseSave = handing.choose_save,
        print_pdf: Print = handing.print_pdf,
    ) -> None:
        """`choose` asks where to save, `print_pdf` prints: the edges to the system."""
        tr = desk.words.tr
        super().__init__(tr("One-page plan"), width=WIDE, close_word=tr("Close"))
        self._desk, self._wish, self._choose, self._print = desk, wish, choose, print_pdf
        self.data, self._ref = b"", ""
        called = desk.privacy.name(desk.ask(transition_paper.called, wish.move_id))
        self.whom = Segmented(
            [Segment(MINE, tr("For you")), Segment(THEIRS, tr("For {name}").format(name=called))],
            tr("For whom"),
        )
        self.whom.chosen.connect(self.lay_out)
        line = row()
        line.addWidget(self.whom)
        line.addStretch(1)
        self.body.addLayout(line)
        self.preview = LetterPreview(desk)
        self.body.addWidget(self.preview, 1)
        self.add_foot()
        told = tr("A copy for anybody else needs their consent: write them an update.")
        self.told = Label(told, "small", "text2", wrap=True)
        self.save_button = Button(tr("Save as PDF"), icon=Icon.FILE_OUTPUT)
        self.print_button = Button(tr("Print"), "primary", icon=Icon.PRINTER)
        self.foot.addWidget(self.told, 1)
        self.foot.addWidget(self.save_button)
        self.foot.addWidget(self.print_button)
        self.save_button.clicked.connect(self._on_save)
        self.print_button.clicked.connect(self._on_print)
        self.names_cover = NamesCover(self, desk)
        self.lay_out()

    def lay_out(self) -> None:
        """Set the page for whom it is."""
        # Paper is loaded with the first page, not with the window.
        from cmdesk.reports.transition_plan import transition_plan  # noqa: PLC0415

        own = self.whom.current == MINE
        paper = self._desk.ask(transition_paper.paper, self._wish.move_id, own=own)
        self._ref = paper.ref
        self.data = transition_plan(paper).data
        self.preview.show_pdf(self.data)

    def _note(self, act: str) -> None:
        """Add to the audit trail that the page left the vault: by the client's ref, not a name."""
        self._desk.note(self, f"Transition plan of {self._ref} {act}", "export")

    def _on_save(self) -> None:
        tr = self._desk.words.tr
        path = self._choose(self, tr("Save the plan"), FILE_NAME, "PDF (*.pdf)")
        if path is None:
            return
        try:
            handing.write_privately(path, self.data)
        except Problem as problem:
            self.told.set_ink("crit")
            self.told.setText(f"{problem.message} {problem.hint}")
            self._desk.say.announce(self.told.text())
            return
        self._note("saved as a file")
        self._desk.say.toast(tr("Saved as {name}").format(name=path.name))

    def _on_print(self) -> None:
        if self._print(self, self.data):
            self._note("printed")
            self._desk.say.toast(self._desk.words.tr("Sent to the printer"))


def open_move_paper(desk: Desk, window: QWidget, wish: Wish) -> PlanPrint:
    """Show the page over the window."""
    dialog = PlanPrint(desk, wish)
    open_over(window, dialog, dialog.print_button)
    return dialog
