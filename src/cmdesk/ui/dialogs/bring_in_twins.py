"""Two entries that may be one provider, side by side: merged, told apart, or left for later."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from cmdesk.casework import merging, provider_merging, provider_twins
from cmdesk.casework.provider_twins import Proposals
from cmdesk.casework.twin_entries import Entry, Twins
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import Card, column, row
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.segmented import Segment, Segmented

WIDE = 760
FIRST, SECOND = "first", "second"


class EntryCard(Card):
    """One of the two: where it is, its numbers, and who says so."""

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__()
        tr, words = desk.words.tr, desk.words
        lines = column(gap=4)
        lines.addWidget(Label(entry.name, "strong", wrap=True))
        source = entry.source or tr("Typed here")
        if entry.as_of:
            source = tr("{source}, as of {day}").format(
                source=source, day=words.short_day(entry.as_of)
            )
        facts = (entry.name2, entry.place, *entry.phones, source)
        for text in filter(None, facts):
            lines.addWidget(Label(text, "small", "text2", wrap=True))
        if entry.mine:
            lines.addWidget(Label(tr("One of yours"), "small", "accent"))
        lines.addStretch(1)
        self.body.addLayout(lines)


class TwinsDialog(Sheet):
    """Shows one pair after the other; nothing is decided for the user."""

    def __init__(self, desk: Desk, among: Sequence[int] | None) -> None:
        super().__init__(desk, desk.words.tr("The same provider twice?"), width=WIDE)
        self._among = None if among is None else list(among)
        self._pairs: list[Twins] = []
        self._total = 0
        tr = self.tr_
        whole = self.lay(QWidget())
        self.place = Label(tr("Looking \u2026"), "small", "text2")
        whole.addWidget(self.place)
        self._sides = row(gap=12)
        whole.addLayout(self._sides)
        self.why = Label("", "body", wrap=True)
        whole.addWidget(self.why)
        self._keep_head = Label(tr("Which one stays?"), "medium")
        whole.addWidget(self._keep_head)
        self.keep = Segmented([Segment(FIRST, ""), Segment(SECOND, "")], tr("Which one stays?"))
        whole.addWidget(self.keep)
        said = tr("A consent that names either of them names the one that stays.")
        self.consents = Label(said, "small", "text2")
        self.effect = Label(
            tr("Stays, consents, tasks and facts of both come together."), "small", "text2"
        )
        whole.addWidget(self.consents)
        whole.addWidget(self.effect)
        self._lay_foot()
        self._show()
        found = desk.fetch(self, provider_twins.proposed, self._among)
        found.then(self._on_found).otherwise(self.say_failed)

    def _lay_foot(self) -> None:
        tr = self.tr_
        self.close_ = Button(tr("Close"), "plain", keys="Esc")
        self.skip = Button(tr("Later"))
        self.apart = Button(tr("Not the same"))
        self.merge = Button(tr("Merge"), "primary", keys="Ctrl+Return")
        self.foot.addWidget(self.close_)
        self.foot.addStretch(1)
        for button, run in (
            (self.skip, self.go_on),
            (self.apart, self.tell_apart),
            (self.merge, self.run),
        ):
            self.foot.addWidget(button)
            button.clicked.connect(run)
        self.close_.clicked.connect(self.close_dialog)
        self.on_finish(self.run)

    def _on_found(self, found: Proposals) -> None:
        self._pairs, self._total = list(found.shown), found.total
        self._show()
        if not self._pairs:
            self.place.setText(self.tr_("Nothing seems to stand twice"))
            self.close_.setFocus()

    @property
    def pair(self) -> Twins | None:
        return self._pairs[0] if self._pairs else None

    def _show(self) -> None:
        """Lay the next pair side by side."""
        pair = self.pair
        while item := self._sides.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for part in (self.why, self._keep_head, self.keep, self.consents, self.effect):
            part.setVisible(pair is not None)
        for button in (self.skip, self.apart, self.merge):
            button.setVisible(pair is not None)
            button.setEnabled(pair is not None)
        if pair is None:
            return
        left = self.desk.words.ntr("{n} pair to look at", "{n} pairs to look at", self._total)
        self.place.setText(left.format(n=self.desk.words.number(self._total)))
        sides = (pair.one, pair.other)
        for entry in sides:
            self._sides.addWidget(EntryCard(self.desk, entry), 1)
        self.keep.offer(self._segments(pair))
        self.keep.choose(SECOND if pair.other.mine and not pair.one.mine else FIRST)
        self.why.setText(self._reasons(pair))
        self.consents.setVisible(pair.one.id < 0)  # of people it is what is confirmed by merging

    def _segments(self, pair: Twins) -> list[Segment]:
        """Name both, or where one name is the other's, where each stands."""
        named = [self._short(pair.one), self._short(pair.other)]
        if len(set(named)) < len(named):
            named = [self.tr_("The left one"), self.tr_("The right one")]
        return [Segment(key, text) for key, text in zip((FIRST, SECOND), named, strict=True)]

    def _short(self, entry: Entry) -> str:
        most = 34  # letters
        return entry.name if len(entry.name) <= most else f"{entry.name[: most - 1]}\u2026"

    def _reasons(self, pair: Twins) -> str:
        tr = self.tr_
        said = {
            "npi": tr("NPI"),
            "name": tr("name"),
            "phone": tr("phone"),
            "address": tr("address"),
            "workplace": tr("workplace"),
        }
        shared = self.desk.words.listed([said[each] for each in pair.why])
        return tr("Alike in {what}.").format(what=shared)

    def go_on(self) -> None:
        """Go to the next pair; after the last, away."""
        self.say_trouble("")
        del self._pairs[:1]
        self._total -= 1
        if not self._pairs:
            self.close_dialog()
            return
        self._show()

    def tell_apart(self) -> None:
        """Keep that they are two, so that they are not proposed again."""
        if (pair := self.pair) is None:
            return
        self._wait()
        work, act = provider_twins.tell_apart, Act(self.tr_("Tell two providers apart"))
        done = self.desk.do(self, act, work, pair.one.id, pair.other.id)
        done.then(lambda _: self.go_on()).otherwise(self._on_failed)

    def run(self) -> None:
        """Merge, the one that was chosen stays."""
        pair = self.pair
        if pair is None or not self.merge.isEnabled():
            return
        kept, gone = (
            (pair.one, pair.other) if self.keep.current == FIRST else (pair.other, pair.one)
        )
        self._wait()
        act = Act(self.tr_("Merge two providers"))
        work = provider_merging.merge_providers if kept.id > 0 else merging.merge_people
        done = self.desk.do(self, act, work, abs(gone.id), abs(kept.id))
        done.then(lambda _: self._on_merged(gone, kept)).otherwise(self._on_failed)

    def _wait(self) -> None:
        for button in (self.skip, self.apart, self.merge):
            button.setEnabled(False)

    def _on_merged(self, gone: Entry, kept: Entry) -> None:
        self.desk.done(self.tr_("Merged. {name} stays").format(name=kept.name))
        self._pairs[1:] = [
            each for each in self._pairs[1:] if gone.id not in (each.one.id, each.other.id)
        ]
        self.go_on()

    def _on_failed(self, error: BaseException) -> None:
        for button in (self.skip, self.apart, self.merge):
            button.setEnabled(True)
        self.say_failed(error)


def open_twins(desk: Desk, window: QWidget, among: Sequence[int] | None = None) -> TwinsDialog:
    """Show what may stand twice, over the window; `among` are those of whom one must be."""
    standing = standing_open(window, TwinsDialog)
    if standing is not None:
        return standing
    dialog = TwinsDialog(desk, among)
    dialog.again = partial(_reopen, among=among)
    open_over(window, dialog, dialog.merge)
    return dialog


def _reopen(desk: Desk, window: QWidget, among: Sequence[int] | None) -> TwinsDialog:
    return open_twins(desk, window, among)
