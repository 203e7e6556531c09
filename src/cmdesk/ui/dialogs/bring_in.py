"""Bring in a file: looked at, asked about, shown as it would be read, and taken in or not."""

from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import provider_twins
from cmdesk.casework.provider_twins import Proposals
from cmdesk.errors import Cancelled, Problem
from cmdesk.exchange import bringing, intake, nppes, samhsa_xlsx
from cmdesk.exchange.bringing import Looked
from cmdesk.exchange.choosing import Survey
from cmdesk.exchange.column_mapping import PEOPLE
from cmdesk.exchange.result import Result
from cmdesk.store import room
from cmdesk.ui import bringing_in
from cmdesk.ui.bringing_in import Job
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.bring_in_choice import Part
from cmdesk.ui.dialogs.bring_in_columns import Columns
from cmdesk.ui.dialogs.bring_in_result import Outcome
from cmdesk.ui.dialogs.bring_in_twins import open_twins
from cmdesk.ui.dialogs.bring_in_wish import NONE_YET, Wish, columns_of, work_of
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.meter import Meter

WIDE = 920
EVERY = 400  # milliseconds between two looks at what was counted so far


class IntakeDialog(Sheet):
    """Signal `twins_asked`: the user wants to see what may stand twice."""

    twins_asked = Signal()
    _progressed = Signal(float)

    def __init__(self, desk: Desk, path: Path, wish: Wish = NONE_YET) -> None:
        super().__init__(desk, desk.words.tr("Bring in a file"), width=WIDE)
        self._path, self._wish = path, wish
        self.again = partial(_reopen, path=path, wish=wish)
        self._looked: Looked | None = None
        self._counting, self._job = Event(), None
        self.doing = False
        whole = self.lay(QWidget())
        self.name = Label(desk.privacy.file(path.name), "medium", elide=True)
        self.about = Label("", "small", "text2", wrap=True)
        self.meter = Meter(0, "")
        self.columns, self.choice = Columns(desk), Part(desk)
        self.outcome = Outcome(desk)
        for part in (self.name, self.about, self.meter, self.columns, self.choice, self.outcome):
            whole.addWidget(part)
        self.outcome.twins_asked.connect(self._on_twins)
        for part in (self.columns, self.choice):
            part.changed.connect(self._on_chosen)
        self._lay_foot()
        self._progressed.connect(self._on_progress)
        self._ticking = QTimer(self, interval=EVERY)
        self._ticking.timeout.connect(self._on_counted_more)
        self.closed.connect(self._stop)
        desk.closing.connect(self._stop)
        self._begin()

    def _lay_foot(self) -> None:
        tr = self.tr_
        self.warning = Label("", "small", "text2", wrap=True)
        self.cancel = Button(tr("Cancel"), "plain", keys="Esc")
        self.go = Button(tr("Bring in"), "primary", keys="Ctrl+Return")
        self.foot.addWidget(self.warning, 1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)
        self.cancel.clicked.connect(self._on_cancel)
        self.go.clicked.connect(self.run)
        self.on_finish(self.run)

    def _begin(self) -> None:
        """Look at the file, and say so while it lasts."""
        self._show(self.about)
        self.about.setText(self.tr_("Reading \u2026"))
        self._allow()
        work = partial(bringing.look, self._path)
        self.desk.run(self, work).then(self._on_looked).otherwise(self._on_unread)

    def _show(self, *shown: QWidget) -> None:
        for part in (self.about, self.meter, self.columns, self.choice, self.outcome):
            part.setVisible(part in shown)

    def _on_chosen(self) -> None:
        """Keep what is chosen for the time after a lock."""
        looked = self._looked
        if looked is not None and self.again is not None:
            shown = self.columns
            choice = self.choice.choice
            self._wish = Wish(shown.target.current, shown.mapping, columns_of(looked), choice)
            self.again = partial(_reopen, path=self._path, wish=self._wish)
        self._allow()

    def _on_looked(self, looked: Looked) -> None:
        wish = self._wish
        if looked.kind == nppes.KIND:
            self._count(looked)
        elif looked.directory is not None:
            self.about.setText(self.tr_("Take only the states you work in."))
            self.choice.offer_levels(looked.directory.survey())
            self.choice.tick(wish.choice)
            self._show(self.about, self.choice)
        elif looked.kind == intake.PRACTICE:
            self.about.setText(self.tr_("A practice file. It goes in whole or not at all."))
            self._show(self.about)
        else:
            self.columns.take(looked, wish)
            self._show(self.columns)
        self._looked = looked
        self._on_chosen()

    def _on_unread(self, error: BaseException) -> None:
        self.about.setText(self.tr_("Nothing was brought in"))
        self.say_failed(error)

    def _count(self, looked: Looked) -> None:
        """Count states and kinds while the user chooses; it need not be waited for."""
        survey = Survey()
        self.choice.offer_taxonomies(survey)
        self.choice.tick(self._wish.choice)
        self.about.setText(self.tr_("Counting. You can choose and go on meanwhile."))
        self._show(self.about, self.meter, self.choice)
        self._ticking.start()
        work = partial(nppes.survey, looked.path, survey, self._progressed.emit, self._counting)
        self.desk.run(self, work).then(self._on_counted).otherwise(self._on_not_counted)

    def _on_counted_more(self) -> None:
        self.choice.refresh()
        self._allow()

    def _on_counted(self, rows: int) -> None:
        self._ticking.stop()
        self.choice.counted = True
        self.choice.refresh()
        words = self.desk.words.number(rows)
        self.about.setText(self.tr_("{n} rows. Take only what you need.").format(n=words))
        self.meter.hide()
        self._allow()

    def _on_not_counted(self, error: BaseException) -> None:
        self._ticking.stop()
        if not isinstance(error, Cancelled):
            self.say_failed(error)

    def _on_progress(self, share: float) -> None:
        self.meter.tell(share, self.tr_("{n} percent").format(n=round(share * 100)))

    def _allow(self) -> None:
        """Say how many would come in, and what can't be undone."""
        if self.doing or not self.outcome.isHidden():
            return
        number, words = self._number(), self.desk.words
        people = self._looked is not None and self.columns.target.current == PEOPLE
        if self._looked is None or number is None:
            self.go.setText(self.tr_("Bring in"))
        elif people and not self.columns.isHidden():
            text = words.ntr("Bring in {n} person", "Bring in {n} people", number)
            self.go.setText(text.format(n=words.number(number)))
        elif self._looked.kind == nppes.KIND:
            text = words.ntr("Bring in {n} provider", "Bring in {n} providers", number)
            self.go.setText(text.format(n=words.number(number)))
        else:
            text = words.ntr("Bring in {n} program", "Bring in {n} programs", number)
            self.go.setText(text.format(n=words.number(number)))
        self.go.setEnabled(self._ready(number))
        job = self._job_of() if self.go.isEnabled() else None
        final = self.tr_("This can\u2019t be undone. A backup is made first.")
        self.warning.setText(final if job and not job.undoable else "")

    def _number(self) -> int | None:
        """Return how many rows would come in; None while that is not known."""
        looked = self._looked
        if looked is None or looked.kind == intake.PRACTICE:
            return None
        if looked.kind in (nppes.KIND, samhsa_xlsx.KIND):
            chosen = self.choice.choice
            open_still = looked.kind == nppes.KIND and not chosen.states
            known = self.choice.counted and not open_still
            return self.choice.survey.count(chosen) if known else None
        return self.columns.preview.count if self.columns.preview else None

    def _ready(self, number: int | None) -> bool:
        looked = self._looked
        if looked is None or self.desk.read_only:
            return False
        if looked.kind == intake.PRACTICE:
            return True
        if looked.kind == nppes.KIND:  # all states at once are too many
            return bool(self.choice.choice.states) and number != 0
        return bool(number)

    def _job_of(self) -> Job | None:
        looked, number = self._looked, self._number()
        if looked is None:
            return None
        work = work_of(looked, self._wish)
        many = bringing_in.UNDONE_UP_TO + 1
        return Job(self.tr_("Bring in a file"), work, many if number is None else number)

    def run(self) -> None:
        """Take it in; the counting is no longer needed."""
        if not self.go.isEnabled() or self.doing or not self.outcome.isHidden():
            return
        job = self._job_of()
        if job is None:
            return
        self._counting.set()
        self._ticking.stop()
        try:
            room.require(self.desk.folder, 3 * min(self._path.stat().st_size, bringing.LARGEST))
        except (Problem, OSError) as error:
            self.say_failed(Problem(str(error)) if isinstance(error, OSError) else error)
            return
        self._job, self.doing = job, True
        self.say_trouble("")
        first = self.tr_("A backup first, then the rows \u2026")
        self.about.setText(self.tr_("\u2026") if job.undoable else first)
        self._on_progress(0)
        self._show(self.about, self.meter)
        self.go.setEnabled(False)
        done = partial(bringing_in.run, job=job, progress=self._progressed.emit)
        self.desk.handle(self, done).then(self._on_done).otherwise(self._on_failed)

    def _on_done(self, result: Result) -> None:
        undoable = bool(self._job and self._job.undoable and result.added + result.updated)
        self.doing, self._job, self.again = False, None, None
        self.outcome.tell(result)
        self._show(self.outcome)
        self.warning.setText("")
        self.go.hide()
        self.cancel.setText(self.tr_("Close"))
        words = self.tr_("{n} brought in").format(n=self.desk.words.number(result.added))
        self.desk.done(words) if undoable else self.desk.say.toast(words)
        self.desk.fetch(self, provider_twins.proposed).then(self._on_proposed)

    def _on_proposed(self, found: Proposals) -> None:
        self.outcome.offer_twins(found.total)

    def _on_failed(self, error: BaseException) -> None:
        """Say why nothing came in; what was chosen is still there."""
        self.doing, self._job = False, None
        looked = self._looked
        kind = looked.kind if looked is not None else intake.PRACTICE
        if kind == intake.PRACTICE:
            self._show(self.about)
        else:
            listed = kind in (nppes.KIND, samhsa_xlsx.KIND)
            self._show(self.about, self.choice if listed else self.columns)
        self.about.setText(self.tr_("Nothing was brought in"))
        self._allow()
        if not isinstance(error, Cancelled):
            self.say_failed(error)

    def _on_cancel(self) -> None:
        if self.doing and self._job is not None:
            self._job.stop.set()
            self.about.setText(self.tr_("Stopping \u2026"))
            return
        self.close_dialog()

    def may_close(self) -> bool:
        """Stop what runs before it goes; half a file is never kept."""
        if self.doing:
            self._on_cancel()
        return not self.doing

    def _stop(self) -> None:
        self._counting.set()
        if self._job is not None:
            self._job.stop.set()

    def _on_twins(self) -> None:
        self.close_dialog()
        self.twins_asked.emit()


def open_bring_in(desk: Desk, window: QWidget, path: Path, wish: Wish = NONE_YET) -> IntakeDialog:
    """Ask about this file, over the window; `wish` is what was chosen of it before a lock."""
    standing = standing_open(window, IntakeDialog)
    if standing is not None:
        return standing
    dialog = IntakeDialog(desk, path, wish)
    dialog.twins_asked.connect(partial(open_twins, desk, window))
    open_over(window, dialog, dialog.cancel)
    return dialog


def _reopen(desk: Desk, window: QWidget, path: Path, wish: Wish) -> IntakeDialog:
    """Ask about the file anew after a lock; what ran was stopped and has left nothing."""
    return open_bring_in(desk, window, path, wish)
