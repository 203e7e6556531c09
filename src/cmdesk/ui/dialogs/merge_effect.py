"""What a merge does, said before it happens: to consents, and to all that comes along."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cmdesk.casework import merge_along, merge_view
from cmdesk.casework.merge_along import Along
from cmdesk.casework.merge_view import Side
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note


class MergeEffect(QWidget):
    """A note about consents, and a line for each kind of thing that comes along, counted."""

    def __init__(self, desk: Desk, *, charts: bool) -> None:
        super().__init__()
        self._desk, self._charts = desk, charts
        self._veil = Veil(desk)
        self._veil.setParent(self)
        self._along = Along()
        whole = column(self, gap=8)
        self.note = Note("", "warn")
        whole.addWidget(self.note)
        self._lines = column(gap=2)
        whole.addLayout(self._lines)

    def show_for(self, gone: Side, kept: Side) -> None:
        """Say what follows when `gone` goes by `kept`."""
        work = merge_along.of_charts if self._charts else merge_along.of_people
        self._along = self._desk.ask(work, gone.id, kept.id)
        self.note.say(self._of_charts(gone) if self._charts else self._of_people(gone, kept))
        while item := self._lines.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for text in self.lines():
            self._lines.addWidget(Label(text, "body", wrap=True))

    def lines(self) -> list[str]:
        """Say what comes along, kind by kind."""
        ntr, along = self._desk.words.ntr, self._along
        kinds = (
            (
                ntr("{n} hold comes along: {names}.", "{n} holds come along: {names}.",
                    len(along.holds)),
                along.holds,
            ),
            (
                ntr("{n} “do not contact” comes along: {names}.",
                    "{n} “do not contact” come along: {names}.", len(along.warned)),
                along.warned,
            ),
            (
                ntr("{n} rhythm comes along: {names}.", "{n} rhythms come along: {names}.",
                    len(along.rhythms)),
                along.rhythms,
            ),
        )  # fmt: skip
        said = [words.format(n=len(of), names=self._named(of)) for words, of in kinds if of]
        return [*said, *self._narrower()]

    def _narrower(self) -> list[str]:
        """Say what is held back from now on, in the words the wish will have."""
        reasons = self._along.narrowed
        if not reasons:
            return []
        words = self._desk.words.ntr("{n} new hold: {why}.", "{n} new holds: {why}.", len(reasons))
        why = self._veil.text("; ".join(dict.fromkeys(reasons)))
        return [words.format(n=len(reasons), why=why)]

    def came_along(self) -> str:
        """Say afterwards what was moved; empty when nothing was."""
        ntr, along = self._desk.words.ntr, self._along
        kinds = (
            (ntr("{n} hold", "{n} holds", len(along.holds)), along.holds),
            (ntr("{n} “do not contact”", "{n} “do not contact”", len(along.warned)), along.warned),
            (ntr("{n} rhythm", "{n} rhythms", len(along.rhythms)), along.rhythms),
            (ntr("{n} new hold", "{n} new holds", len(along.narrowed)), along.narrowed),
        )
        return ", ".join(words.format(n=len(of)) for words, of in kinds if of)

    def _named(self, names: Sequence[str]) -> str:
        shown = [self._desk.privacy.name(name) for name in dict.fromkeys(names)]
        return self._desk.words.listed(shown)

    def _of_people(self, gone: Side, kept: Side) -> str:
        """Say what follows for consents: the one thing a merge must not do behind one's back."""
        tr, words, name = self._desk.words.tr, self._desk.words, self._desk.privacy.name
        sides = (kept, gone)
        rows = [each for side in sides for each in self._desk.ask(merge_view.naming, side.id)]
        if not rows:
            return tr("No consent in force names either of them.")
        said = [
            tr("{client} for {name}").format(
                client=name(each.client.full), name=name(each.called.full)
            )
            for each in rows
        ]
        text = tr("These consents will name the one person: {consents}.")
        return text.format(consents=words.listed(list(dict.fromkeys(said))))

    def _of_charts(self, gone: Side) -> str:
        tr = self._desk.words.tr
        lapsing = self._desk.ask(merge_view.lapsing, gone.id)
        if not lapsing:
            return tr("The other chart has no consent in force.")
        stop = tr("These consents of the other chart stop: {names}. Have them signed anew.")
        return stop.format(
            names=self._named([name for each in lapsing for name in each.recipients])
        )
