"""What became of each backup: when, where, how large, and whether it opened."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework.backup_runs import CHECKED, OPENED, Run
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.places import place_said, place_short
from cmdesk.ui.parts.when import moment_listed, size_said
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, headed, line, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.wrap_row import wrap_row

FEW, MOST = 4, 200
WHEN, WHERE, SIZE, GAP = 180, 120, 82, 24


class BackupHistory(QWidget):
    """Signal `all_asked`: show more than the newest few."""

    all_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.words.tr
        whole = column(self)
        self.more = Button("", "quiet", size="small")
        self.more.clicked.connect(self.all_asked)
        whole.addLayout(headed(tr("History"), self.more))
        whole.addSpacing(8)
        whole.addWidget(self._titles())
        whole.addWidget(line())
        self._rows = column()
        whole.addLayout(self._rows)
        self.setAccessibleName(tr("History"))

    def _titles(self) -> QWidget:
        tr = self._desk.words.tr
        titles = (
            Label(tr("When"), "small", "text2"),
            Label(tr("Where"), "small", "text2"),
            Label(tr("Size"), "small", "text2", align=paint.RIGHT),
        )
        return _columns(*titles, Label(tr("Result"), "small", "text2"))

    def show_runs(self, runs: list[Run], total: int) -> None:
        """Show these tries; offer the rest when there are more."""
        while item := self._rows.takeAt(0):
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        for run in runs:
            self._rows.addWidget(self._row(run))
            self._rows.addWidget(line())
        if not runs:
            nothing = Label(self._desk.words.tr("Nothing yet."), "body", "text2")
            nothing.setContentsMargins(0, 8, 0, 8)
            self._rows.addWidget(nothing)
        self.more.setVisible(len(runs) < total)
        self.more.setText(self._desk.words.tr("Show all {n}").format(n=total))

    def _row(self, run: Run) -> QWidget:
        words, now = self._desk.words, self._desk.clock()
        place = Path(run.place)
        when = moment_listed(words, run.at, now)
        where = Label(place_short(words, place), "body", "text2", elide=True)
        where.setToolTip(self._desk.privacy.file(place_said(words, place)))
        size = size_said(words, run.size) if run.size else "–"
        icon, ink, said = self._result(run)
        result = QWidget()
        inside = row(result, gap=6)
        inside.addWidget(Glyph(icon, ink, 14))
        inside.addWidget(Label(said, "body", ink, elide=True), 1)
        made = _columns(
            Label(when, "medium"),
            where,
            Label(size, "body", "text2", align=paint.RIGHT),
            result,
        )
        made.setAccessibleName(f"{when}, {where.text()}, {size}, {said} {run.why}".strip())
        made.setToolTip(self._desk.privacy.file(run.why) if run.why else "")
        return made

    def _result(self, run: Run) -> tuple[Icon, Ink, str]:
        tr = self._desk.words.tr
        if run.result == CHECKED:
            return Icon.CIRCLE_CHECK, "ok", tr("Checked")
        if run.result == OPENED:
            return Icon.CIRCLE_CHECK, "ok", tr("Test restore: it opened")
        if run.occasion == "drill":
            return Icon.CIRCLE_ALERT, "crit", tr("Test restore did not work")
        return Icon.CIRCLE_ALERT, "crit", tr("Did not work")


def _columns(when: Label, where: Label, size: Label, result: QWidget) -> QWidget:
    made = QWidget()
    inside = wrap_row(made, gap=0, lead=2)
    inside.setContentsMargins(0, 8, 0, 7)
    for widget, width in ((when, WHEN), (where, WHERE), (size, SIZE)):
        look.hold_width(widget, width)
        inside.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        inside.addSpacing(look.px(GAP if widget is size else 6))
    inside.addWidget(result, 1)
    return made
