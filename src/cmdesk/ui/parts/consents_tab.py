"""All consents of a client, valid or not, what is held back for now, and the files."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import consent_form, documents, holds, relied
from cmdesk.casework.consents import ConsentRow
from cmdesk.casework.holds import HoldRow
from cmdesk.rules.codes import ConsentKind
from cmdesk.rules.topics import Topic
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import care_team, phrases
from cmdesk.ui.parts.files_card import FilesCard
from cmdesk.ui.parts.sharing_log import PrivacyCard, SharingLog
from cmdesk.ui.parts.veil import veil_of
from cmdesk.ui.tokens import Tone
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import Card, column, row, scrolled
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.label import Label


class ConsentsTab(QWidget):
    """Signals `consent_asked(int or None)`, `document_asked(int)`.

    `renew_asked(int, int)`: the client, and the consent to be signed anew.
    `hold_asked(int, int or None)`: the client, and the wish to change, none for a new one.
    """

    consent_asked = Signal(object)
    renew_asked = Signal(int, int)
    hold_asked = Signal(int, object)
    document_asked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.words.tr
        sheet = QWidget()
        whole = column(sheet, gap=16)
        whole.setContentsMargins(24, 16, 24, 24)
        self._consents, self.files = Card(tr("Consents")), FilesCard(desk)
        self.files.document_asked.connect(self.document_asked)
        self._holds = Card(tr("Kept back for now"))
        new = Button(tr("New consent"), "quiet", size="small", icon=Icon.PLUS)
        new.clicked.connect(self._on_new)
        self._consents.head.addWidget(new)
        hold = Button(tr("Keep something back"), "quiet", size="small", icon=Icon.PLUS)
        hold.clicked.connect(self._on_hold)
        self._holds.head.addWidget(hold)
        self.sharing, self.privacy = SharingLog(desk), PrivacyCard(desk)
        for card in (self._consents, self._holds, self.sharing, self.privacy, self.files):
            whole.addWidget(card)
        whole.addStretch(1)
        outer = column(self)
        outer.addWidget(scrolled(sheet, tr("Consents and files")))
        self._client_id = 0

    def show_client(self, client_id: int, consents: Sequence[ConsentRow]) -> None:
        tr = self._desk.words.tr
        self._client_id = client_id
        nothing = tr("No consent yet. Without one, nobody may hear how things go.")
        shown = [self._consent(row, renew=self._renewable(row, consents)) for row in consents]
        self._consents.show_rows(shown, nothing)
        held = self._desk.ask(holds.rows, client_id)
        nothing = tr("Nothing is kept back. Add what {name} wants to tell first.")
        name = self._desk.ask(consent_form.spoken_of, client_id)[0]
        nothing = nothing.format(name=self._desk.privacy.name(name))
        self._holds.show_rows([self._hold(row) for row in held], nothing)
        self.sharing.show_client(client_id)
        self.privacy.show_client(client_id)
        files, removed = documents.rows, documents.removed
        self.files.show_files(self._desk.ask(files, client_id), self._desk.ask(removed, client_id))

    def _renewable(self, consent: ConsentRow, among: Sequence[ConsentRow]) -> bool:
        """Tell whether it ends soon, or ended, and no other counts for the same people."""
        last = consent.last_day
        soon = last is not None and (last - self._desk.today()).days <= care_team.SOON
        followed = any(
            other.fault is None and other.kind == consent.kind
            and set(consent.keys) <= set(other.keys)
            for other in among
            if other.id != consent.id
        )  # fmt: skip
        ending = consent.revoked_on is not None or (consent.signed_on is not None and soon)
        return ending and not followed and not self._desk.read_only

    def _consent(self, consent: ConsentRow, *, renew: bool) -> QWidget:
        words, privacy = self._desk.words, self._desk.privacy
        names = words.listed([privacy.name(name) for name in consent.recipients])
        kind = words.tr(ConsentKind(consent.kind).label)
        parts = (kind, care_team.covers(words, consent.topics), self._besides(consent))
        detail = phrases.BETWEEN.join(part for part in parts if part)
        state, tone = self._state(consent)

        def open_it() -> None:
            self.consent_asked.emit(consent.id)

        button = Button(words.tr("Open"), size="small")
        button.setAccessibleName(words.tr("Open the consent for {names}").format(names=names))
        button.clicked.connect(open_it)
        acts = [self._renew(consent.id, names), button] if renew else [button]
        return self._row(names, detail, Chip(state, tone), *acts)

    def _renew(self, consent_id: int, names: str) -> Button:
        def ask() -> None:
            self.renew_asked.emit(self._client_id, consent_id)

        made = Button(self._desk.words.tr("Renew"), size="small")
        made.setAccessibleName(
            self._desk.words.tr("Renew the consent for {names}").format(names=names)
        )
        made.clicked.connect(ask)
        return made

    def _besides(self, consent: ConsentRow) -> str:
        """Say what else to know: the birthday it ends on, a newer one, what relied on it."""
        words = self._desk.words
        if consent.ends_of_age and consent.of_age_on:
            day = words.short_day(consent.of_age_on)
            return words.tr("Ends on the 18th birthday, {day}").format(day=day)
        if consent.outdone:
            return words.tr("A newer one counts too")
        if consent.revoked_on is None:
            return ""
        found = self._desk.ask(relied.on, consent.id)
        told = words.ntr("{n} letter relied on it", "{n} letters relied on it", len(found.told))
        begun = words.ntr("{n} is being written", "{n} are being written", len(found.open))
        said = [told.format(n=len(found.told))] if found.told else []
        said += [begun.format(n=len(found.open))] if found.open else []
        return ", ".join(said)

    def _hold(self, held: HoldRow) -> QWidget:
        words, privacy = self._desk.words, self._desk.privacy
        tr = words.tr
        names = words.listed([privacy.name(name) for name in held.recipients])
        topics = ", ".join(tr(Topic(code).label) for code in held.topics)
        single = words.ntr("{n} entry", "{n} entries", held.entries).format(n=held.entries)
        about = [topics, single if held.entries else ""]
        what = ", ".join(part for part in about if part) or tr("Everything")
        until = tr("Until {day}").format(day=words.short_day(held.until)) if held.until else ""
        if held.until and held.until == self._desk.today():
            until = tr("Ends today")
        chip = Chip(until or tr("No end"), "warn")
        if held.over:
            chip = Chip(tr("Over"), "neutral")

        def open_it() -> None:
            self.hold_asked.emit(self._client_id, held.id)

        button = Button(tr("Open"), size="small")
        button.setAccessibleName(tr("Open what is kept from {names}").format(names=names))
        button.clicked.connect(open_it)
        detail = phrases.BETWEEN.join((tr("From {names}").format(names=names), what))
        reason = privacy.file(held.reason) or tr("Kept back")
        return self._row(reason, detail, chip, button)

    def _state(self, consent: ConsentRow) -> tuple[str, Tone]:
        words, last = self._desk.words, consent.last_day
        if consent.fault is not None:
            fault = veil_of(self._desk).text(consent.fault)
            return fault[0].upper() + fault[1:], "crit"
        if last is None:
            return words.tr("Valid"), "ok"
        soon = consent.outdone or (last - self._desk.today()).days <= care_team.SOON
        until = words.tr("Until {day}").format(day=words.short_day(last))
        if last == self._desk.today():
            until = words.tr("Ends today")
        return until, "warn" if soon else "ok"

    def _row(self, first: str, second: str, *more: QWidget) -> QWidget:
        made = QWidget()
        across = row(made, gap=12)
        text = column()
        text.addWidget(Label(first, "medium", wrap=True))
        text.addWidget(Label(second, "small", "text2", elide=True))
        across.addLayout(text, 1)
        for each in more:
            across.addWidget(each)
        return made

    def _on_new(self) -> None:
        self.consent_asked.emit(None)

    def _on_hold(self) -> None:
        self.hold_asked.emit(self._client_id, None)
