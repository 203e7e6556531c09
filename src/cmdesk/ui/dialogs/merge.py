"""Two records that are one human being, side by side, before they become one."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import merge_view, merging, merging_charts
from cmdesk.casework.contacts import Someone
from cmdesk.casework.merge_view import Side
from cmdesk.errors import Problem
from cmdesk.rules.codes import ClientStatus
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.keeping import DraftBack, Keeper
from cmdesk.ui.dialogs.merge_effect import MergeEffect
from cmdesk.ui.dialogs.merge_side import SideCard
from cmdesk.ui.dialogs.pick_field import PickField
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.page import Route
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import row
from cmdesk.ui.widgets.checks import CheckBox
from cmdesk.ui.widgets.field import Field
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
        self.effect = MergeEffect(desk, charts=kind.charts)
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
        self._make_keeper()
        self._show()

    def _make_keeper(self) -> None:
        key = f"merge:{'chart' if self._kind.charts else 'person'}:{self._number}"
        chart = self._number if self._kind.charts else None
        self.keeper = Keeper(self.desk, self, key, self._body, lambda: chart)
        self.keeper.trouble.connect(self.say_trouble)
        self.closed.connect(self.keeper.keep_now)
        self.back = DraftBack(self, self.desk.words)
        self.back.start_over.connect(self._start_over)
        self.pick.edit.textEdited.connect(self.keeper.touch)
        self.pick.picked.connect(self.keeper.touch)
        self.keep.chosen.connect(self.keeper.touch)

    @property
    def _other_name(self) -> str:
        """What the other record goes by in a draft, so that it is found after another merge."""
        return "client_id" if self._kind.charts else "other_id"

    def _body(self) -> dict[str, Any]:
        other = self._other.id if self._other else None
        typed = {"typed": self.pick.pending, "keep": self.keep.current}
        return {self._other_name: other} | typed

    def go_on(self) -> None:
        """Take up what was chosen and typed before; that it is one person is asked anew."""
        kept = self.keeper.kept()
        self.back.show(came=kept is not None)
        if kept is None:
            return
        other = kept.body.get(self._other_name)
        if isinstance(other, int) and other != self._number:
            with suppress(Problem):  # the other may have gone meanwhile
                self.choose(other)
                self.keep.choose(FIRST if kept.body.get("keep") == FIRST else SECOND)
                self._show()
        self.pick.edit.setText(str(kept.body.get("typed", "")))

    def _start_over(self) -> None:
        self.keeper.throw_away()
        self.back.show(came=False)
        self.pick.choose([])
        self._on_picked()

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
        self._cards = [SideCard(self.desk, side, charts=self._kind.charts) for side in sides]
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
            self.effect.show_for(*pair)
        self._allow()

    def _short(self, side: Side) -> str:
        name = self.desk.privacy.name(side.name.full)
        return f"{name}, {side.born.year}" if side.born else name

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
        self.keeper.throw_away()
        said = self.tr_("Merged. {name} stays").format(name=name)
        along = self.effect.came_along()
        more = self.tr_("Came along: {what}").format(what=along)
        self.desk.done(f"{said}. {more}" if along else said)
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
    dialog.again = partial(_reopen, number, charts=kind.charts)
    if other is None:
        dialog.go_on()
    open_over(window, dialog, dialog.keeper.place(dialog.pick))
    if other is not None:
        dialog.choose(other)
        dialog.keeper.touch()
    return dialog


def _reopen(number: int, desk: Desk, window: QWidget, *, charts: bool) -> MergeDialog:
    return (open_merge_clients if charts else open_merge_people)(desk, window, number)
