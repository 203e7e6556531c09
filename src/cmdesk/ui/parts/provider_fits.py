"""For whose search providers are looked at: only those that lack none of its must-haves."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import placement_match, placements
from cmdesk.casework.placements import SearchRow
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.provider_search import Fits
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.label import Label


class FitsBlock(QWidget):
    """Signal `found(object)`: the `Fits` of a search, or None for anybody. Out of sight without."""

    found = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.words.tr
        self.setAccessibleName(tr("Fits"))
        whole = column(self, gap=4)
        whole.addWidget(Label(tr("Fits"), "strong"))
        self.choice = Choice([(None, tr("Anybody"))], tr("Fits whose search"), kind="")
        self.choice.setMinimumContentsLength(8)
        self.choice.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.chosen.connect(self._on_chosen)
        whole.addWidget(self.choice)
        self._searches: dict[int, SearchRow] = {}
        self._asked = 0

    def offer(self, fits: Fits | None) -> None:
        """Offer the searches under way; what a search found is looked for anew."""
        searches = self._desk.ask(placements.searches)
        self._searches = {each.id: each for each in searches}
        privacy = self._desk.privacy
        first: list[tuple[object, str]] = [(None, self._desk.words.tr("Anybody"))]
        names = [(each.id, privacy.name(each.name.called)) for each in searches]
        self.choice.offer([*first, *names])
        self.choose(fits.search if fits else None)
        self.setVisible(bool(searches))
        if fits is not None and fits.search in self._searches:
            self.ask(fits.search)

    def choose(self, search: int | None) -> None:
        """Stand on a search. Silent: this is not the user's doing."""
        self._asked += 1
        self.choice.choose(search)

    def ask(self, search: int) -> None:
        """Match the directory in the background; only the last answer is shown."""
        self._asked += 1
        answer = partial(self._take, search, self._asked)
        self._desk.fetch(self, placement_match.fitting, search).then(answer)

    def _take(self, search: int, asked: int, ids: frozenset[int]) -> None:
        row = self._searches.get(search)
        if asked == self._asked and row is not None:
            self.found.emit(Fits(search, row.client_id, row.name.called, ids))

    def _on_chosen(self) -> None:
        search = self.choice.value
        if isinstance(search, int):
            self.ask(search)
        else:
            self._asked += 1
            self.found.emit(None)
