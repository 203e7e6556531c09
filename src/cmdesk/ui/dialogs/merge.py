"""Two records that are one human being, side by side, before they become one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import merge_view, merging, merging_charts
from cmdesk.casework.contacts import Someone
from cmdesk.casework.merge_view import Side, Tie
from cmdesk.rules.codes import ClientStatus, Relationship
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.pick_field import PickField
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.page import Route
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import Card, column, row
from cmdesk.ui.widgets.checks import CheckBox
from cmdesk.ui.widgets.field import Field
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.segmented import Segment, Segmented

WIDE = 760
FIRST, SECOND = "first", "second"


@dataclass(frozen=True, slots=True)
class Kind:
    """What tells merging people from merging charts."""

    charts: bool
    find: Callable[[str], Sequence[Someone]]
    side: Callable[[int], Side]


class MergeDialog(Sheet):
    """Signal `merged(int)`: the record that was kept."""

    merged = Signal(int)

    def __init__(self, desk: Desk, number: int, kind: Kind) -> None:
        tr = desk.words.tr
        title = tr("Merge two charts") if kind.charts else tr("Merge two people")
        super().__init__(desk, title, width=WIDE)
        self._number, self._kind = number, kind
        self._one, self._other = kind.side(number), None
        whole = self.lay(QWidget())
        self.pick = PickField(self._find, self.tr_("Type a name"), many=False)
        whole.addWidget(Field(self.tr_("Who else is this?"), self.pick))
        self._sides = row(gap=12)
        whole.addLayout(self._sides)
        self._cards: list[QWidget] = []
        self.keep = Segmented([Segment(FIRST, ""), Segment(SECOND, "")], tr("Keep"))
        self._keep = Field(self.tr_("Keep"), self.keep, hint=self._keeping())
        whole.addWidget(self._keep)
        self.effect = Note("", "warn")
        whole.addWidget(self.effect)
        self.sure = CheckBox(tr("These are the same person"))
        self.pin(self.sure)
        self.merge = Button(tr("Merge"), "primary", keys="Ctrl+Return")
        cancel = Button(tr("Cancel"), "plain", keys="Esc")
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.merge)
        cancel.clicked.connect(self.close_dialog)
        self.merge.clicked.connect(self.run)
        self.on_finish(self.run)
        self.pick.picked.connect(self._on_picked)
        self.keep.chosen.connect(self._show)
        self.sure.clicked.connect(self._allow)
        self._show()

    def _keeping(self) -> str:
        return self.tr_("Both histories stay. The other name leaves the lists.")

    def _find(self, text: str) -> Sequence[Someone]:
        return [who for who in self._kind.find(text) if int(who.key[1:]) != self._number]

    def choose(self, number: int) -> None:
        """Lay another record beside the first, as if it had been picked."""
        other = self._kind.side(number)
        letter = "c" if self._kind.charts else "p"
        self.pick.choose([Someone(f"{letter}{number}", self.desk.privacy.name(other.name.full))])
        self._on_picked()

    def _on_picked(self) -> None:
        keys = self.pick.keys
        self._other = self._kind.side(int(keys[0][1:])) if keys else None
        self.sure.setChecked(False)
        if self._other is not None:
            self.keep.choose(SECOND if _weight(self._other) > _weight(self._one) else FIRST)
        self._show()

    @property
    def gone_and_kept(self) -> tuple[Side, Side] | None:
        if self._other is None:
            return None
        if self.keep.current == FIRST:
            return self._other, self._one
        return self._one, self._other

    def _show(self) -> None:
        """Show both, which one stays, and what the merge takes along."""
        for card in self._cards:
            self._sides.removeWidget(card)
            card.hide()
            card.deleteLater()
        pair = self.gone_and_kept
        sides = [self._one] if self._other is None else [self._one, self._other]
        self._cards = [self._card(side) for side in sides]
        for card in self._cards:
            self._sides.addWidget(card, 1)
        self._keep.setVisible(pair is not None)
        self.effect.setVisible(pair is not None)
        self.sure.setVisible(pair is not None)
        if pair is not None:
            current = self.keep.current
            self.keep.offer(
                [
                    Segment(key, self._short(side))
                    for key, side in zip((FIRST, SECOND), sides, strict=True)
                ]
            )
            self.keep.choose(current)
            self.effect.say(self._effect(*pair))
        self._allow()

    def _short(self, side: Side) -> str:
        name = self.desk.privacy.name(side.name.full)
        return f"{name}, {side.born.year}" if side.born else name

    def _card(self, side: Side) -> QWidget:
        card = Card()
        lines = column(gap=4)
        lines.addWidget(Label(self.desk.privacy.name(side.name.full), "strong", wrap=True))
        for text in self._facts(side):
            lines.addWidget(Label(text, "small", "text2", wrap=True))
        lines.addStretch(1)
        card.body.addLayout(lines)
        return card

    def _facts(self, side: Side) -> list[str]:
        tr, words = self.tr_, self.desk.words
        born = tr("Born {day}").format(day=words.short_day(side.born)) if side.born else ""
        status = tr(ClientStatus(side.status).label) if side.status else tr("Not a client")
        counted = words.ntr("{n} contact logged", "{n} contacts logged", side.entries)
        held = words.ntr("{n} consent in force", "{n} consents in force", side.consents)
        return [
            born or tr("Birth date not recorded"),
            status,
            *side.reach[:3],
            *(self._tie(tie) for tie in side.ties[:5]),
            counted.format(n=side.entries),
            held.format(n=side.consents),
        ]

    def _tie(self, tie: Tie) -> str:
        name = self.desk.privacy.name(tie.client.full)
        word = Relationship(tie.relationship).label if tie.relationship else ""
        if not word:
            return name
        if self._kind.charts:
            return f"{name}, {self.tr_(word).lower()}"
        return self.tr_("{tie} of {name}").format(tie=self.tr_(word), name=name)

    def _effect(self, gone: Side, kept: Side) -> str:
        """Say what follows for consents: the one thing a merge must not do behind one's back."""
        if self._kind.charts:
            return self._of_charts(gone)
        tr, words = self.tr_, self.desk.words
        rows = [each for side in (kept, gone) for each in self.desk.ask(merge_view.naming, side.id)]
        if not rows:
            return tr("No consent in force names either of them.")
        said = [
            tr("{client} for {name}").format(
                client=self.desk.privacy.name(each.client.full),
                name=self.desk.privacy.name(each.called.full),
            )
            for each in rows
        ]
        text = tr("These consents will name the one person: {consents}.")
        return text.format(consents=words.listed(list(dict.fromkeys(said))))

    def _of_charts(self, gone: Side) -> str:
        tr, words = self.tr_, self.desk.words
        lapsing = self.desk.ask(merge_view.lapsing, gone.id)
        holds = tr("What is held back there stays held back.")
        if not lapsing:
            return f"{tr('The other chart has no consent in force.')} {holds}"
        names = [self.desk.privacy.name(name) for each in lapsing for name in each.recipients]
        stop = tr("These consents of the other chart stop: {names}. Have them signed anew.")
        return f"{stop.format(names=words.listed(list(dict.fromkeys(names))))} {holds}"

    def _allow(self) -> None:
        self.merge.setEnabled(self.gone_and_kept is not None and self.sure.isChecked())

    def run(self) -> None:
        """Merge, once the user has said that it is one person."""
        pair = self.gone_and_kept
        if pair is None:
            self.go_to(self.pick)
            return
        if not self.sure.isChecked():
            self.say_trouble(self.tr_("Tick that these are the same person."))
            self.go_to(self.sure)
            return
        gone, kept = pair
        self.merge.setEnabled(False)
        work = merging_charts.merge_clients if self._kind.charts else merging.merge_people
        name = self.desk.privacy.name(kept.name.full)
        act = Act(self.tr_("Merge with {name}").format(name=name))
        self.desk.do(self, act, work, gone.id, kept.id).then(
            lambda _: self._on_merged(kept.id, name)
        ).otherwise(self._on_failed)

    def _on_merged(self, kept: int, name: str) -> None:
        self.desk.done(self.tr_("Merged. {name} stays").format(name=name))
        self.close_dialog()
        self.merged.emit(kept)
        if self._kind.charts:
            self.desk.go(Route("chart", kept))

    def _on_failed(self, error: BaseException) -> None:
        self._allow()
        self.say_failed(error)


def _weight(side: Side) -> tuple[bool, bool, int, int, int]:
    """Weigh which record to keep: the chart, what is worked with, the longer history."""
    open_ = side.status in (ClientStatus.ACTIVE, ClientStatus.MONITORING, ClientStatus.ON_HOLD)
    return bool(side.status), open_, side.consents, side.entries, -side.id


def open_merge_people(
    desk: Desk, window: QWidget, person_id: int, other: int | None = None
) -> MergeDialog:
    """Open over the window; `other` is laid beside it at once."""
    kind = Kind(
        charts=False,
        find=lambda text: desk.ask(merge_view.other_people, text),
        side=lambda number: desk.ask(merge_view.person_side, number),
    )
    return _open(desk, window, person_id, kind, other)


def open_merge_clients(
    desk: Desk, window: QWidget, client_id: int, other: int | None = None
) -> MergeDialog:
    """Open over the window; `other` is laid beside it at once."""
    kind = Kind(
        charts=True,
        find=lambda text: desk.ask(merge_view.other_clients, text),
        side=lambda number: desk.ask(merge_view.client_side, number),
    )
    return _open(desk, window, client_id, kind, other)


def _open(desk: Desk, window: QWidget, number: int, kind: Kind, other: int | None) -> MergeDialog:
    standing = standing_open(window, MergeDialog)
    if standing is not None:
        return standing
    dialog = MergeDialog(desk, number, kind)
    open_over(window, dialog, dialog.pick)
    if other is not None:
        dialog.choose(other)
    return dialog
