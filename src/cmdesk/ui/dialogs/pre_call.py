"""The card read in five seconds before dialing: may I, what number, what may be said."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cmdesk.casework import pre_call
from cmdesk.casework.pre_call import PreCall
from cmdesk.rules.codes import CaseRole, Relationship
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from cmdesk.ui.dialogs.person import open_person
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts import call_words
from cmdesk.ui.parts.call_timer import CallTimer
from cmdesk.ui.parts.call_words import Line
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, line, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note

WIDE: Final = 600
SILENT: Final = frozenset({CaseRole.COLLATERAL_ONLY, CaseRole.DO_NOT_INFORM_OF})


class PreCallDialog(Sheet):
    """Shows, and leads on: copies the number, starts the timer, opens the log."""

    hides_names = True

    def __init__(
        self, desk: Desk, client_id: int, person_id: int, log: Callable[[int, int], object]
    ) -> None:
        """`log` opens the log for a client and a person."""
        super().__init__(desk, "", width=WIDE)
        self._client_id, self._log = client_id, log
        self.card: PreCall = desk.ask(pre_call.card, client_id, person_id)
        self._whole = self.lay(QWidget())
        self._inside = QWidget()
        self._whole.addWidget(self._inside)
        self._make_foot()
        self.edit = Button(self.tr_("Edit"), size="small", icon=Icon.PENCIL)
        self.edit.clicked.connect(self.edit_it)
        self.head.insertWidget(self.head.count() - 1, self.edit)
        self._show()
        desk.privacy.changed.connect(self._show)

    def _make_foot(self) -> None:
        tr = self.tr_
        self.copy = Button(tr("Copy number"))
        self.start = Button(tr("Start timer"), icon=Icon.TIMER)
        self.log = Button(tr("Log this call"), "primary", keys="Ctrl+Return")
        self.copy.setEnabled(self.card.number is not None)
        self._timer = self.desk.findChild(CallTimer) or CallTimer(self.desk)
        self.start.setEnabled(self._timer.running is None)
        self.copy.clicked.connect(self.copy_number)
        self.start.clicked.connect(self.start_timer)
        self.log.clicked.connect(self.log_it)
        self.on_finish(self.log_it)
        self.foot.addWidget(self.copy)
        self.foot.addStretch(1)
        self.foot.addWidget(self.start)
        self.foot.addWidget(self.log)

    @property
    def first(self) -> QWidget:
        """Where the focus goes: to the number; where none may be called, to the log."""
        return self.copy if self.card.number else self.log

    def _show(self) -> None:
        """Lay the card out anew, as names are shown or hidden."""
        self._show_title()
        fresh = QWidget()
        whole = column(fresh, gap=10)
        self._add_warnings(whole.addWidget)
        whole.addLayout(self._lay_number())
        for heading, lines in self._sections():
            whole.addWidget(line())
            whole.addWidget(Label(heading, "strong"))
            for each in lines:
                whole.addWidget(_shown(each))
        self._whole.replaceWidget(self._inside, fresh)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = fresh
        fresh.show()

    def _show_title(self) -> None:
        card, tr, privacy = self.card, self.tr_, self.desk.privacy
        name = privacy.name(card.name.full)
        self.title.setText(tr("Before you call {name}").format(name=name))
        self.setAccessibleName(self.title.text())

    def _add_warnings(self, add: Callable[[QWidget], object]) -> None:
        card, tr = self.card, self.tr_
        if card.warned:
            add(Note(card.warned, "crit"))
        for words in card.not_to_hear:
            add(Note(words, "warn", lead=tr("Don’t mention:")))
        for held in card.may_hear.held:
            told = call_words.held(self.desk.words, held, self.desk.today())
            add(Note(told, "warn", icon=Icon.SHIELD_ALERT))

    def _lay_number(self) -> QVBoxLayout:
        """Lay out the number large, and under it who this is and the rules of the number."""
        card, words = self.card, self.desk.words
        whole = column(gap=2)
        number = card.number
        shown = self.desk.privacy.file(number.value) if number else self.tr_("No number to call")
        top = row(gap=10)
        top.addWidget(Glyph(Icon.PHONE, "accent" if number else "text3", 20))
        self.number = Label(shown, "title", "text" if number else "text2")
        top.addWidget(self.number)
        top.addStretch(1)
        whole.addLayout(top)
        whole.addWidget(Label(self._who(), "body", "text2", wrap=True))
        for each in call_words.rules(words, card):
            whole.addWidget(_shown(each))
        return whole

    def _who(self) -> str:
        card, tr = self.card, self.tr_
        ties = [tr(Relationship(tie).label) for tie in card.relationships]
        roles = [
            tr(CaseRole(role).label)
            for role in card.roles
            if role not in SILENT and role != str(CaseRole.DO_NOT_CONTACT)
        ]
        parts = (*ties, card.credentials, card.organisation, *roles)
        return " · ".join(part for part in parts if part)

    def _sections(self) -> list[tuple[str, list[Line]]]:
        card, words, today, tr = self.card, self.desk.words, self.desk.today(), self.tr_
        called = self.desk.privacy.name(card.name.called)
        found = [
            (
                tr("{name} may hear today").format(name=called),
                call_words.may_hear(words, card.may_hear, today),
            ),
            (tr("Last contact"), call_words.contact(words, card, today)),
            (tr("You promised"), call_words.mine(words, card.mine, today)),
            (tr("You are waiting for"), call_words.theirs(words, card.theirs, today)),
            (tr("What they were told last"), call_words.told(words, card.told, today)),
        ]
        return [(heading, lines) for heading, lines in found if lines]

    def copy_number(self) -> None:
        """Copy the number, marked as secret for clipboard histories."""
        if self.card.number:
            self.desk.clipboard.copy(self.card.number.value)
            self.desk.say.toast(self.tr_("Number copied"))

    def start_timer(self) -> None:
        """Begin to time the call; the card stays, to be read from."""
        self.start.setEnabled(False)
        self._timer.start(self._client_id, self.card.person_id)
        self.log.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit_it(self) -> None:
        """Go on to what is on record of this person."""
        window, desk, client = self.window(), self.desk, self._client_id
        self.close_dialog()
        open_person(desk, window, client, self.card.person_id)

    def log_it(self) -> None:
        """Go on to the log of this client."""
        self.close_dialog()
        self._log(self._client_id, self.card.person_id)


def _shown(each: Line) -> QWidget:
    """Make one line: icon, words, and at the end when."""
    made = QWidget()
    inside = row(made, gap=8)
    beside = column()  # the icon stands in the middle of the first line
    beside.addSpacing(look.px(2))
    beside.addWidget(Glyph(each.icon, each.ink, 16))
    beside.addStretch(1)
    inside.addLayout(beside)
    ink = "text" if each.ink in ("text2", "ok") else each.ink
    inside.addWidget(Label(each.words, "body", ink, wrap=True), 1)
    if each.end:
        inside.addWidget(Label(each.end, "small", each.end_ink), 0, Qt.AlignmentFlag.AlignTop)
    return made


def open_pre_call(
    desk: Desk,
    parent: QWidget,
    client_id: int,
    person_id: int,
    log: Callable[[int, int], object] | None = None,
) -> PreCallDialog:
    """Open the card over the window `parent` is in; `log` opens the log if not simply over it."""
    standing = standing_open(parent, PreCallDialog)
    if standing is not None:
        return standing
    window = parent.window()

    def simply(client: int, _person: int) -> object:
        return _begin_log(desk, window, client, dialog.card.name.full)

    dialog = PreCallDialog(desk, client_id, person_id, log or simply)
    open_over(parent, dialog, dialog.first)
    return dialog


def _begin_log(desk: Desk, window: QWidget, client_id: int, name: str) -> Sheet:
    """Open the log with the first words of this call; what was begun before goes first."""
    timer = desk.findChild(CallTimer)
    log = open_log(desk, window, client_id, None, timer)
    if isinstance(log, LogDialog) and log.keeper.kept() is None:
        log.line.put(desk.words.tr("call {name}").format(name=name) + " ")
    return log
