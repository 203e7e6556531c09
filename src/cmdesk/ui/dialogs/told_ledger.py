"""What each reader was ever told about a client: searched by words, the newest first."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from cmdesk.casework import parties, told
from cmdesk.casework.told import Statement
from cmdesk.rules.letter_state import LetterState
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, line, row
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.field import line_edit
from cmdesk.ui.widgets.label import Label

WIDE: Final = 720
PAUSE: Final = 200  # milliseconds without a key before it is looked for
MOST: Final = 100  # statements shown at once; a word more finds the others
EVERYBODY: Final = ""


class LedgerDialog(Sheet):
    """A field to search, whom, and the statements, each with its day and the letter it stood in."""

    def __init__(self, desk: Desk, client_id: int, reader: str) -> None:
        super().__init__(desk, desk.words.tr("What was told"), width=WIDE)
        self._client_id, self._veil = client_id, Veil(desk)
        tr = self.tr_
        whole = self.lay(QWidget())
        head = row(gap=12)
        self.search = line_edit(tr("Find a word or a number"))
        self.search.setClearButtonEnabled(True)
        everyone = {each.party_key: each.reader for each in desk.ask(told.ledger, client_id)}
        offers = [(EVERYBODY, tr("Everybody"))]
        offers += [(key, desk.privacy.name(name)) for key, name in everyone.items()]
        self.whom = Choice(offers, tr("Whom"))
        self.whom.choose(reader if reader in everyone else EVERYBODY)
        head.addWidget(self.search, 2)
        head.addWidget(self.whom, 1)
        whole.addLayout(head)
        self.count = Label("", "small", "text2")
        whole.addWidget(self.count)
        self._place = column()
        whole.addLayout(self._place)
        self._list: QWidget | None = None
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._ask)
        self.search.textChanged.connect(self._pause.start)
        self.whom.chosen.connect(self._ask)
        self.shut = Button(tr("Close"), "plain", keys="Esc")
        self.shut.clicked.connect(self.close_dialog)
        self.foot.addStretch(1)
        self.foot.addWidget(self.shut)
        self.found: Sequence[Statement] = ()
        self._ask()

    def _ask(self, _chosen: object = None) -> None:
        self._pause.stop()
        key, text = str(self.whom.value or ""), self.search.text()
        party = self.desk.ask(parties.of_key, key) if key else None
        self._show(self.desk.ask(told.ledger, self._client_id, party, text))

    def _show(self, found: Sequence[Statement]) -> None:
        self.found = found
        words = self.desk.words
        said = words.ntr("{n} statement", "{n} statements", len(found)).format(n=len(found))
        if len(found) > MOST:
            said = words.tr("The newest {most} of {n}").format(most=MOST, n=len(found))
        nothing = words.tr("Nothing was told with these words.")
        if not self.search.text().strip():
            nothing = words.tr("Nothing was told yet. Each letter that leaves is kept here.")
        self.count.setText(said if found else nothing)
        if self._list:
            self._list.hide()
            self._list.deleteLater()
        self._list = QWidget()
        whole = column(self._list)
        for each in found[:MOST]:
            whole.addWidget(self._row(each))
            whole.addWidget(line())
        self._place.addWidget(self._list)

    def _row(self, each: Statement) -> QWidget:
        words = self.desk.words
        made = QWidget()
        whole = column(made, gap=2)
        whole.setContentsMargins(0, 8, 0, 8)
        whole.addWidget(Label(self._veil.text(each.text), "body", wrap=True))
        facts = [words.short_day(each.on), self.desk.privacy.name(each.reader)]
        facts += [topic.replace("_", " ") for topic in each.topics]
        facts += [] if each.entry else [words.tr("typed by hand")]
        whole.addWidget(Label(phrases.BETWEEN.join(facts), "small", "text2", wrap=True))
        if each.state:
            label = words.tr(LetterState(each.state).label)
            whole.addWidget(Label(words.tr("Letter: {state}").format(state=label), "small", "warn"))
        return made


def open_ledger(desk: Desk, window: QWidget, client_id: int, reader: str = "") -> LedgerDialog:
    """Open over the window; where it is open already, give that."""
    standing = standing_open(window, LedgerDialog)
    if standing is not None:
        return standing
    dialog = LedgerDialog(desk, client_id, reader)
    dialog.again = lambda desk, window: open_ledger(desk, window, client_id, reader)
    open_over(window, dialog, dialog.search)
    return dialog
