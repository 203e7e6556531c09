"""How things are going: scores over the levels of care, as a chart or as a table."""

from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import measures
from cmdesk.casework.measures import MeasureRow
from cmdesk.rules.chart import figure
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import Card, column, row
from cmdesk.ui.widgets.chart import ChartView
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.segmented import Segment, Segmented

DAYS: Final = {"3": 91, "6": 182}  # of the choices of months
ALL: Final = "all"
MOST: Final = 100  # scores in the table, the newest


class MeasureCard(QWidget):
    """Signal `measure_asked(int or None)`: one to edit, none to add."""

    measure_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        tr = desk.words.tr
        self._desk, self._client_id = desk, 0
        self._as_table = False
        whole = column(self, gap=12)
        head = row(gap=8)
        head.addWidget(Label(tr("How things are going"), "heading", elide=True), 1)
        choices = [
            Segment("3", tr("3 months")),
            Segment("6", tr("6 months")),
            Segment(ALL, tr("All")),
        ]
        self.span = Segmented(choices, tr("Time shown"), small=True)
        self.span.choose("6")
        self.span.chosen.connect(self._show)
        self.add = Button(tr("Add a measure"), "outline", size="small", icon=Icon.PLUS)
        self.add.clicked.connect(partial(self.measure_asked.emit, None))
        for widget in (self.span, self.add):
            head.addWidget(widget)
        whole.addLayout(head)
        self.card = Card()
        self.chart = ChartView(desk.words)
        self.chart.read.connect(desk.say.announce)
        self.card.body.addWidget(self.chart)
        self.turn = Button("", "plain", size="small")
        self.turn.clicked.connect(self._turn)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(self.turn)
        whole.addWidget(self.card)
        whole.addLayout(foot)

    def show_client(self, client_id: int) -> int:
        """Show the scores of a client; answer how many there are."""
        self._client_id = client_id
        self._rows = self._desk.ask(measures.rows, client_id)
        self._show()
        return len(self._rows)

    def _since(self) -> date | None:
        length = DAYS.get(self.span.current)
        return self._desk.today() - timedelta(days=length) if length else None

    def _show(self) -> None:
        tr, since = self._desk.words.tr, self._since()
        shown = [each for each in self._rows if since is None or each.day >= since]
        chart = self._desk.ask(measures.shown, self._client_id, since)
        self.chart.show_chart(chart)
        self.chart.setVisible(bool(shown) and not self._as_table)
        self.turn.setText(tr("As a chart") if self._as_table else tr("As a table"))
        self.turn.setVisible(bool(shown))
        nothing = tr("No scores yet.") if not self._rows else tr("No scores in this time.")
        table = [self._row(each) for each in shown[:MOST]] if self._as_table else []
        if self._as_table and len(shown) > MOST:
            table.append(Label(tr("Older ones stand in the chart."), "small", "text2"))
        self.card.show_rows(table, "" if shown else nothing)

    def _turn(self) -> None:
        self._as_table = not self._as_table
        self._show()

    def _row(self, each: MeasureRow) -> QWidget:
        """Tell one score, with the way to change it."""
        words, made = self._desk.words, QWidget()
        across = row(made, gap=8)
        day = words.near_day(each.day, self._desk.today())
        across.addWidget(Label(each.name, "medium", elide=True), 2)
        across.addWidget(Label(figure(each.score), "strong"), 1)
        across.addWidget(Label(day, "small", "text2"), 1)
        said = words.tr("Change {name} of {day}").format(name=each.name, day=day)
        change = Button(words.tr("Change"), "quiet", size="small")
        change.setAccessibleName(said)
        change.clicked.connect(partial(self.measure_asked.emit, each.id))
        across.addWidget(change)
        return made

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in paint.RESTYLED:
            self.chart.restyle()
