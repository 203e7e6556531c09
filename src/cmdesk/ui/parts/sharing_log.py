"""What was told to whom, when and on what ground, with corrections; requests and incidents."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cmdesk.casework import accounting, incidents, rights
from cmdesk.casework.accounting import Told
from cmdesk.casework.incidents import IncidentRow
from cmdesk.casework.rights import RequestRow
from cmdesk.rules import incidents as breach
from cmdesk.rules.codes import DisclosureBasis
from cmdesk.rules.disclosure_bases import HIPAA, PART2
from cmdesk.rules.incidents import Finding
from cmdesk.rules.rights import Decision, Right, disputed
from cmdesk.ui import icons, look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.tokens import Tone
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import Card, column, row
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.field import line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.wrap_row import wrap_row
from cmdesk.words import N_

SHOWN: Final = 12  # rows, before the rest is asked for
FIND: Final = 220  # pixels
ALL, OWED, RIGHTED = "", "owed", "righted"
KINDS: Final = {
    ALL: N_("Everything told"),
    OWED: N_("Asked for by law"),
    RIGHTED: N_("Corrected"),
}


class SharingLog(Card):
    """The log of a chart. Signals `told_asked(str)`: a row to put right, empty for a new one.

    `paper_asked` and `table_asked` for the whole of it.
    """

    told_asked = Signal(str)
    paper_asked = Signal()
    table_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        tr = desk.words.tr
        super().__init__(tr("Sharing log"))
        self._desk, self._veil = desk, Veil(desk)
        self._rows: Sequence[Told] = ()
        self._all = False
        for words, icon, signal in (
            (tr("Record a disclosure"), Icon.PLUS, self._on_new),
            (tr("Accounting as PDF …"), Icon.FILE_OUTPUT, self.paper_asked.emit),
            (tr("As a table …"), Icon.FILE_OUTPUT, self.table_asked.emit),
        ):
            button = Button(words, "quiet", size="small", icon=icon)
            button.clicked.connect(signal)
            button.setVisible(not desk.read_only)
            self.head.addWidget(button)
        filters = wrap_row()
        self.kinds = Choice([(code, tr(words)) for code, words in KINDS.items()], tr("Which rows"))
        self.kinds.chosen.connect(self._show)
        self.text = line_edit(tr("Find a name or a word"))
        self.text.setProperty("kind", "soft")
        glyph = icons.icon(Icon.SEARCH, "text3")
        self.text.addAction(glyph, QLineEdit.ActionPosition.LeadingPosition)
        self.text.setClearButtonEnabled(True)
        self.text.textChanged.connect(self._show)
        for each in (self.kinds, self.text):
            look.hold_width(each, FIND)
            filters.addWidget(each)
        filters.addStretch(1)
        self._filters = QWidget()
        self._filters.setLayout(filters)
        self.body.addWidget(self._filters)
        self.listed = column(gap=8)
        self.body.addLayout(self.listed)
        self.more = Button("", "link", size="small")
        self.more.clicked.connect(self._on_more)

    def show_client(self, client_id: int) -> None:
        """Show all that was ever told, the newest first."""
        self._rows = self._desk.ask(accounting.rows, client_id)[::-1]
        self._all = False
        self._filters.setVisible(bool(self._rows))
        self._show()

    def _show(self, _chosen: object = None) -> None:
        words = self._desk.words
        found = [row for row in self._rows if self._wanted(row)]
        shown = found if self._all else found[:SHOWN]
        nothing = (
            words.tr("Nothing matches.")
            if self._rows
            else words.tr("Nothing was told yet. Letters come here by themselves.")
        )
        made = [self._row(each) for each in shown]
        if len(shown) < len(found):
            self.more = Button(
                words.tr("Show all {n}").format(n=words.number(len(found))), "link", size="small"
            )
            self.more.clicked.connect(self._on_more)
            made.append(self.more)
        self.show_rows(made, nothing)

    def _wanted(self, told: Told) -> bool:
        kind, typed = self.kinds.value, self.text.text().casefold().split()
        if (kind == OWED and not told.owed) or (kind == RIGHTED and not told.corrections):
            return False
        parts = (told.recipient_name, told.recipient_organisation, told.what, told.purpose)
        words = " ".join(parts).casefold()
        return all(each in words for each in typed)

    def _row(self, told: Told) -> QWidget:
        words, now = self._desk.words, told.counts
        shown = now or told
        named = self._desk.privacy.name(told.recipient_name)
        title = phrases.BETWEEN.join((words.short_day(told.at.date()), named))
        ground = words.tr(DisclosureBasis(shown.basis).label)
        if shown.consent_on:
            signed = words.tr("{ground} of {day}")
            ground = signed.format(ground=ground, day=words.short_day(shown.consent_on))
        detail = (self._veil.text(shown.what), ground)
        chips = [self._chip(told)]
        if told.corrections:
            chips.insert(0, Chip(words.tr("Corrected") if now else words.tr("Not told"), "warn"))
        button = Button(words.tr("Correct"), size="small")
        button.setAccessibleName(words.tr("Correct what {name} was told").format(name=named))
        button.clicked.connect(partial(self.told_asked.emit, shown.uid))
        button.setVisible(now is not None and not self._desk.read_only)
        made = _line(title, phrases.BETWEEN.join(detail), *chips, button)
        for each in told.corrections:
            why = each.why or each.what
            said = words.tr("Put right: {why}").format(why=self._veil.text(why))
            _under(made, Label(said, "small", "text2", wrap=True))
        return made

    def _chip(self, told: Told) -> Chip:
        tr = self._desk.words.tr
        owed = told.owed
        said = {HIPAA: tr("Must be listed"), PART2: tr("Part 2")}.get(owed[0] if owed else "")
        return Chip(said or tr("Exempt"), "accent" if owed else "neutral")

    def _on_new(self) -> None:
        self.told_asked.emit("")

    def _on_more(self) -> None:
        self._all = True
        self._show()


class PrivacyCard(Card):
    """What the client asked of the records, and incidents.

    Signals `request_asked(object)` and `incident_asked(object)`: its number, none for a new one.
    """

    request_asked = Signal(object)
    incident_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        tr = desk.words.tr
        super().__init__(tr("Requests and incidents"))
        self._desk, self._veil = desk, Veil(desk)
        for words, signal in (
            (tr("Record a request"), self.request_asked),
            (tr("Privacy incident"), self.incident_asked),
        ):
            button = Button(words, "quiet", size="small", icon=Icon.PLUS)
            button.clicked.connect(partial(signal.emit, None))
            button.setVisible(not desk.read_only)
            self.head.addWidget(button)

    def show_client(self, client_id: int) -> None:
        tr, ask = self._desk.words.tr, self._desk.ask
        shown = [self._incident(each) for each in ask(incidents.rows, client_id)]
        shown += [self._request(each) for each in ask(rights.rows, client_id)]
        self.show_rows(shown, tr("Nothing was asked for, and nothing went wrong."))

    def _request(self, asked: RequestRow) -> QWidget:
        words, form = self._desk.words, asked.form
        title = words.tr(Right(form.kind).label) if form.kind in set(Right) else form.kind
        came = words.short_day(form.received_on) if form.received_on else ""
        parts = [words.tr("Came in {day}").format(day=came)]
        if form.decision in set(Decision):
            parts.append(words.tr(Decision(form.decision).label))
        if disputed(form):
            parts.append(words.tr("their statement goes with what is told"))
        state = self._state(asked)
        return self._line(title, parts, state, partial(self.request_asked.emit, asked.id))

    def _state(self, asked: RequestRow) -> tuple[str, Tone]:
        words, due, today = self._desk.words, asked.due, self._desk.today()
        if asked.form.closed_on:
            return words.tr("Closed"), "neutral"
        if due is None:
            return words.tr("Open"), "accent"
        said = words.tr("Due {day}").format(day=words.short_day(due))
        return said, "crit" if due < today else "warn"

    def _incident(self, each: IncidentRow) -> QWidget:
        words, form = self._desk.words, each.form
        found = form.determination
        said = words.tr(Finding(found).label) if found in set(Finding) else ""
        parts = [said or words.tr("Presumed a breach"), self._veil.text(form.what)]
        due = breach.next_due(form)
        state: tuple[str, Tone] = (words.tr("Open"), "accent")
        if form.closed_on:
            state = (words.tr("Closed"), "neutral")
        elif due:
            late = due < self._desk.today()
            told = words.tr("Due {day}").format(day=words.short_day(due))
            state = (told, "crit" if late else "warn")
        opening = partial(self.incident_asked.emit, each.id)
        return self._line(words.tr("Privacy incident"), parts, state, opening)

    def _line(
        self, title: str, parts: Sequence[str], state: tuple[str, Tone], opening: Callable[[], None]
    ) -> QWidget:
        tr = self._desk.words.tr
        button = Button(tr("Open"), size="small")
        button.setAccessibleName(tr("Open: {what}").format(what=title))
        button.clicked.connect(opening)
        return _line(title, phrases.BETWEEN.join(parts), Chip(*state), button)


def _line(title: str, detail: str, *more: QWidget) -> QWidget:
    """Make a row of two lines, with chips and a button at its end."""
    made = QWidget()
    whole = column(made, gap=2)
    across = row(gap=12)
    text = column()
    text.addWidget(Label(title, "medium", wrap=True))
    text.addWidget(Label(detail, "small", "text2", elide=True))
    across.addLayout(text, 1)
    for each in more:
        across.addWidget(each)
    whole.addLayout(across)
    return made


def _under(made: QWidget, label: Label) -> None:
    layout = made.layout()
    if layout is not None:
        layout.addWidget(label)
