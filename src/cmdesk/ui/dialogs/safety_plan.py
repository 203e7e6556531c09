"""The crisis plan: read with large numbers, written in six steps, printed on one page."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from cmdesk.casework import clients, safety_paper, safety_plan
from cmdesk.casework.safety_paper import PlanPaper
from cmdesk.casework.safety_plan import Plan
from cmdesk.errors import Problem
from cmdesk.store.journal import Label as Act
from cmdesk.ui import handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.keeping import DraftBack, Keeper
from cmdesk.ui.dialogs.safety_fields import FIRST, PlanFields, body_of, draft_of
from cmdesk.ui.dialogs.safety_reading import PlanReading
from cmdesk.ui.dialogs.safety_versions import OldPlan, PlanVersions
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column

WIDE = 760
FILE = "Safety plan.pdf"  # no name: it may be seen by whoever looks into the folder


class SafetyPlanDialog(Sheet):
    """Opens to be read; without a plan, to be written."""

    def __init__(self, desk: Desk, client_id: int) -> None:
        head = desk.ask(clients.head, client_id)
        called = desk.privacy.name(head.name.called)
        title = desk.words.tr("{name}’s crisis plan").format(name=called)
        super().__init__(desk, title, width=WIDE)
        self._client_id, self._ref = client_id, head.ref
        self._plan: Plan | None = None
        whole = self.lay(QWidget())
        self._reading = column()
        whole.addLayout(self._reading)
        self.fields = PlanFields(desk, desk.ask(safety_plan.reachable, client_id))
        whole.addWidget(self.fields)
        whole.addStretch(1)
        self._make_foot()
        self.keeper = Keeper(desk, self, f"safety:{client_id}", self._body, lambda: client_id)
        self.keeper.trouble.connect(self.say_trouble)
        self.closed.connect(self.keeper.keep_now)
        self.fields.edited.connect(self.keeper.touch)
        self.back = DraftBack(self, desk.words)
        self.back.start_over.connect(self._start_over)
        self.on_finish(self._finish)
        self.show_plan()

    def _make_foot(self) -> None:
        tr = self.tr_
        self.print = Button(tr("Print …"), icon=Icon.PRINTER)
        self.save_pdf = Button(tr("Save PDF …"), icon=Icon.FILE_OUTPUT)
        self.reviewed = Button(tr("Gone through today"), icon=Icon.CHECK)
        self.edit = Button(tr("Edit"), "primary")
        self.cancel = Button(tr("Cancel"), "plain")
        self.save = Button(tr("Save plan"), "primary", keys="Ctrl+Return")
        self._acts = (self.print, self.save_pdf, self.reviewed, self.edit)
        for button in (self.print, self.save_pdf):
            self.foot.addWidget(button)
        self.foot.addStretch(1)
        for button in (self.reviewed, self.edit, self.cancel, self.save):
            self.foot.addWidget(button)
        self.print.clicked.connect(partial(self._lay_out, self._print))
        self.save_pdf.clicked.connect(partial(self._lay_out, self._save_pdf))
        self.reviewed.clicked.connect(self.mark_reviewed)
        self.edit.clicked.connect(self.begin)
        self.cancel.clicked.connect(self.give_up)
        self.save.clicked.connect(self.save_plan)

    @property
    def writing(self) -> bool:
        return self.fields.isVisibleTo(self)

    def first(self) -> QWidget:
        """Give what gets the focus as it opens."""
        return self.fields.first() if self.writing else self.edit

    def show_plan(self) -> None:
        """Show the plan that counts; while there is none, the fields to make it."""
        self._plan = self.desk.ask(safety_plan.newest, self._client_id)
        self._clear_reading()
        if self._plan is None:
            self.begin()
            return
        sheet = QWidget()
        whole = column(sheet, gap=16)
        whole.addWidget(PlanReading(self.desk, self._plan))
        older = [
            each
            for each in self.desk.ask(safety_plan.history, self._client_id)
            if each.id != self._plan.id
        ]
        if older:
            versions = PlanVersions(self.desk, older)
            versions.asked.connect(self.show_version)
            whole.addWidget(versions)
        self._reading.addWidget(sheet)
        self._turn(writing=False)

    def show_version(self, number: int) -> None:
        """Show a version that counts no longer: to be read, and nothing else."""
        self._clear_reading()
        old = OldPlan(self.desk, self.desk.ask(safety_plan.version, number))
        old.left.connect(self._leave_version)
        self._reading.addWidget(old)
        self.show_foot(shown=False)
        old.back.setFocus()

    def _leave_version(self) -> None:
        self.show_plan()
        self.edit.setFocus()

    def _clear_reading(self) -> None:
        if (item := self._reading.takeAt(0)) and (old := item.widget()):
            old.hide()
            old.deleteLater()

    def _turn(self, *, writing: bool) -> None:
        self.again = partial(open_safety_plan, client_id=self._client_id, writing=writing)
        if (item := self._reading.itemAt(0)) and (reading := item.widget()):
            reading.setVisible(not writing)
        self.fields.setVisible(writing)
        for button in self._acts:
            button.setVisible(not writing)
        for button in (self.cancel, self.save):
            button.setVisible(writing)
        if not writing:
            self.back.show(came=False)
        self.show_foot(shown=True)
        self.say_trouble("")

    def begin(self) -> None:
        """Write: from what was typed before, from the plan, or from nothing but the lifeline."""
        kept = self.keeper.kept()
        self.fields.load(draft_of(kept.body) if kept else self._untouched())
        self._turn(writing=True)
        self.back.show(came=kept is not None)
        self.fields.first().setFocus()

    def _untouched(self) -> safety_plan.PlanDraft:
        return self._plan.draft if self._plan else FIRST

    def _start_over(self) -> None:
        self.keeper.throw_away()
        self.fields.load(self._untouched())
        self.back.show(came=False)

    def _body(self) -> dict[str, Any]:
        return body_of(self.fields.draft)

    def give_up(self) -> None:
        """Go back to reading; what was typed stays a draft."""
        self.keeper.keep_now()
        if self._plan is None:
            self.close_dialog()
        else:
            self._turn(writing=False)
            self.edit.setFocus()

    def _finish(self) -> None:
        if self.writing:
            self.save_plan()

    def save_plan(self) -> None:
        """Keep the plan; one that was reviewed stays behind as it was."""
        if not self.fields.check():
            return
        self.save.setEnabled(False)
        act = Act(self.tr_("Save the safety plan"))
        self.desk.do(self, act, safety_plan.save, self._client_id, self.fields.draft).then(
            self._on_saved
        ).otherwise(self._on_failed)

    def _on_saved(self, _number: int) -> None:
        self.save.setEnabled(True)
        self.desk.done(self.tr_("Safety plan saved"))
        self.keeper.throw_away()
        self.show_plan()
        self.edit.setFocus()

    def _on_failed(self, error: BaseException) -> None:
        self.save.setEnabled(True)
        self.say_failed(error)

    def mark_reviewed(self) -> None:
        """Note that it was gone through today, and when next."""
        if self._plan is None:
            return
        act = Act(self.tr_("Go through the safety plan"))
        self.desk.do(self, act, safety_plan.mark_reviewed, self._plan.id).then(
            self._on_reviewed
        ).otherwise(self.say_failed)

    def _on_reviewed(self, _nothing: None) -> None:
        self.desk.done(self.tr_("Gone through today"))
        self.show_plan()
        self.edit.setFocus()

    # The page.

    def _lay_out(self, give: Callable[[bytes], None]) -> None:
        """Typeset the page in the background, then hand it to `give`."""
        if self._plan is None:
            return
        page = self.desk.ask(safety_paper.paper, self._plan.id)
        self.desk.run(self, partial(_typeset, page)).then(give).otherwise(self.say_failed)

    def _print(self, content: bytes) -> None:
        if handing.print_pdf(self, content):
            self.desk.note(self, f"Safety plan of {self._ref} printed", "export")
            self.desk.say.toast(self.tr_("Sent to the printer"))

    def _save_pdf(self, content: bytes) -> None:
        path = handing.choose_save(self, self.tr_("Save the safety plan"), FILE, "PDF (*.pdf)")
        if path is None:
            return
        try:
            handing.write_privately(path, content)
        except Problem as problem:
            self.say_failed(problem)
            return
        self.desk.note(self, f"Safety plan of {self._ref} saved as a file", "export")
        self.desk.say.toast(self.tr_("Saved as {name}").format(name=path.name))


def _typeset(page: PlanPaper) -> bytes:
    # Paper and its library are loaded with the first page, not with the window.
    from cmdesk.reports.safety_plan import safety_plan as typeset  # noqa: PLC0415

    return typeset(page).data


def open_safety_plan(
    desk: Desk, parent: QWidget, client_id: int, *, writing: bool = False
) -> SafetyPlanDialog:
    """Open over the window `parent` is in, to be read if there is a plan and unless `writing`."""
    standing = standing_open(parent, SafetyPlanDialog)
    if standing is not None:
        return standing
    dialog = SafetyPlanDialog(desk, client_id)
    if writing and not dialog.writing:
        dialog.begin()
    first = dialog.first()
    open_over(parent, dialog, dialog.keeper.place(first) if dialog.writing else first)
    return dialog
