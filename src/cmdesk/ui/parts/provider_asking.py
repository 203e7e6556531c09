"""What the list of providers is asked: kept here, said by its head, rail and top."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from cmdesk.casework import saved_views
from cmdesk.casework.provider_index import Found, Index
from cmdesk.casework.saved_views import PROVIDERS
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.provider_facets import FacetRail
from cmdesk.ui.parts.provider_fits import FitsBlock
from cmdesk.ui.parts.provider_head import Narrowing, ProvidersHead
from cmdesk.ui.parts.provider_names import narrowings
from cmdesk.ui.parts.provider_near import NearBlock
from cmdesk.ui.parts.provider_search import Asked, Fits, read_back
from cmdesk.ui.parts.provider_top import ListHead


class Asking(QObject):
    """Signals `changed()`: others are asked for; `keep_view(Asked)`: to be saved under a name.

    `about(object)`: the list is for another client, by number, or for none.
    """

    changed = Signal()
    keep_view = Signal(object)
    about = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.asked = Asked()
        self.folded = False  # the check boxes are out of sight
        self.whom: tuple[int, str] | None = None  # the client the list is for
        self.head, self.rail, self.top = ProvidersHead(desk), FacetRail(desk), ListHead(desk)
        self._burst = QTimer(self, interval=0, singleShot=True)  # letters that come together
        self._burst.timeout.connect(self.changed)
        self.near = NearBlock(desk)
        self.rail.put(self.near, "ages")
        self.fits = FitsBlock(desk)
        self.rail.put_first(self.fits)
        head = self.head
        head.typed.connect(self._on_typed)
        head.dropped.connect(self.drop)
        head.view_chosen.connect(self.take_view)
        head.keep_asked.connect(self._ask_keep)
        head.away_asked.connect(self.remove_view)
        head.clear_asked.connect(self.clear)
        self.rail.changed.connect(self._on_ticked)
        self.near.changed.connect(self._on_near)
        self.fits.found.connect(self.show_fits)
        self.top.order.chosen.connect(self._on_order)

    @property
    def called(self) -> str:
        """Name the client the list is for, as one may read it now."""
        return self._desk.privacy.name(self.whom[1]) if self.whom else ""

    def offer(self) -> None:
        """Ask again what may be chosen."""
        self.near.offer()
        self.near.put(self.asked.near)
        self.fits.offer(self.asked.fits)
        self._show_views()

    def found(self, index: Index) -> Found:
        return index.find(self.asked.query(self.near.place))

    def answer(self, index: Index) -> Found:
        """Answer, and say what each mark would leave."""
        query = self.asked.query(self.near.place)
        found = index.find(query)
        self.rail.show_facets(index.facets, self.asked.chosen, found.counts)
        if self.near.near.origin:
            within = index.within(replace(query, near=None))
            self.near.show_counts(index, index.facets.matching(query.chosen, within))
        self.head.show_total(found.total)
        asked = self.asked
        self.head.show_narrowed(narrowed=asked.narrowed, kept=asked.view is not None)
        self.show_chips()
        self.top.say(len(found.ids), found.total, self.asked)
        return found

    def _narrowings(self, *, ticked: bool = True) -> list[Narrowing]:
        words, title = self._desk.words, self.near.title
        return narrowings(words, self.asked, title, self.called, ticked=ticked)

    def show_chips(self) -> None:
        """Say what narrows; what is ticked stands there only while its boxes are folded."""
        self.head.show_chips(self._narrowings(ticked=self.folded))

    def drops(self, index: Index) -> list[tuple[Narrowing, int]]:
        """Say for each thing that narrows how many there would be without it, most first."""
        every = [*self._narrowings()]
        if self.asked.text:
            every.append(Narrowing("text", "", self.asked.text))
        found: list[tuple[Narrowing, int]] = []
        for each in every:
            left = self.asked.without(each.key, each.option)
            found.append((each, len(index.find(left.query(self.near.place)).ids)))
        return sorted(found, key=lambda pair: -pair[1])

    def narrow(self, asked: Asked) -> None:
        """Ask for others."""
        self.asked = asked
        if self.head.text != asked.text:
            self.head.search.setText(asked.text)
        self.near.put(asked.near)
        self.top.order.choose(asked.order)
        self._show_views()
        self.changed.emit()

    def show_fits(self, found: object) -> None:
        """Show only who fits a client, or everybody again."""
        fits = found if isinstance(found, Fits) else None
        self._turn_to((fits.client, fits.name) if fits else None)
        self.narrow(replace(self.asked, fits=fits))

    def _turn_to(self, whom: tuple[int, str] | None) -> None:
        if whom != self.whom:
            self.whom = whom
            self.about.emit(whom[0] if whom else None)

    def drop(self, narrowing: Narrowing) -> None:
        if narrowing.key == "fits":
            self._turn_to(None)
            self.fits.choose(None)
        self.narrow(self.asked.without(narrowing.key, narrowing.option))

    def clear(self) -> None:
        self._turn_to(None)
        self.fits.choose(None)
        self.narrow(Asked(order=self.asked.order))

    def _on_typed(self) -> None:
        self.asked = replace(self.asked, text=self.head.text)
        self._burst.start()

    def _on_ticked(self) -> None:
        self.narrow(replace(self.asked, chosen=self.rail.chosen, view=None))

    def _on_near(self) -> None:
        near = self.near.near
        self.asked = replace(self.asked, near=near, view=None)
        if near.client is not None:
            self._turn_to((near.client, self.near.whom))
        self.changed.emit()

    def _on_order(self) -> None:
        self.narrow(replace(self.asked, order=str(self.top.order.value)))

    def _show_views(self) -> None:
        views = self._desk.ask(saved_views.views, PROVIDERS)
        if all(each.id != self.asked.view for each in views):  # saving it was undone
            self.asked = replace(self.asked, view=None)
        self.head.show_views(views, self.asked.view)

    def take_view(self, view: object) -> None:
        """Narrow as a saved view says; none, as nothing does."""
        views = self._desk.ask(saved_views.views, PROVIDERS)
        kept = next((each for each in views if each.id == view), None)
        self.narrow(read_back(kept.chosen, kept.id) if kept is not None else Asked())

    def _ask_keep(self) -> None:
        self.keep_view.emit(self.asked)

    def remove_view(self) -> None:
        """Take the saved view in front away."""
        if self.asked.view is None:
            return
        tr = self._desk.words.tr
        done = tr("View removed")
        self._desk.do(self, Act(tr("Remove a view")), saved_views.remove, self.asked.view).then(
            lambda _: self._desk.done(done)
        )
        self.narrow(replace(self.asked, view=None))
