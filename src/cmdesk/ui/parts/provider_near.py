"""How far a provider may be: of a client's home, of where the client is now, or of a ZIP."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import client_list, zip_places
from cmdesk.casework.provider_index import Index
from cmdesk.rules.distance import REACHES, Point, five
from cmdesk.rules.provider_said import zip_fault
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.provider_facets import FacetBox
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.field import Remark, line_edit
from cmdesk.ui.widgets.label import Label

HOME: Final = "home"
NOW: Final = "now"
ZIP: Final = "zip"


@dataclass(frozen=True, slots=True)
class Near:
    """What distance is measured from: `client` and whether from home, or a `zip_code`."""

    origin: str = ""
    client: int | None = None
    zip_code: str = ""
    reach: int = 0

    @property
    def on(self) -> bool:
        return bool(self.origin and self.reach)


ANYWHERE: Final = Near()


class NearBlock(QWidget):
    """Signal `changed()`: another place or distance was chosen."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.words.tr
        self._called: dict[int, str] = {}
        self._points: dict[tuple[str, int | None, str], Point | None] = {}
        self.setAccessibleName(tr("Distance"))
        whole = column(self, gap=4)
        whole.addWidget(Label(tr("Distance"), "strong"))
        self.origin = Choice([("", tr("Anywhere"))], tr("Distance from"), kind="")
        self.origin.setMinimumContentsLength(8)
        self.origin.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.origin.chosen.connect(self._on_origin)
        whole.addWidget(self.origin)
        self.zip = line_edit(tr("ZIP"), size="small", name=tr("ZIP code"))
        self.zip.textEdited.connect(self._on_zip)
        whole.addWidget(self.zip)
        self.remark = Remark()
        whole.addWidget(self.remark)
        self.reaches: dict[int, FacetBox] = {}
        for reach in REACHES:
            self.reaches[reach] = self._box(reach)
            whole.addWidget(self.reaches[reach])
        self._follow()

    def _box(self, reach: int) -> FacetBox:
        words = self._desk.words.tr("Within {n} miles").format(n=reach)
        box = FacetBox(words, str(reach))

        def choose() -> None:
            self._on_reach(reach)

        box.clicked.connect(choose)
        return box

    def offer(self) -> None:
        """Offer the active clients, each from home and from where they are now, and a ZIP."""
        tr, privacy = self._desk.words.tr, self._desk.privacy
        options: list[tuple[object, str]] = [("", tr("Anywhere")), (ZIP, tr("A ZIP code"))]
        for client, known in self._desk.ask(client_list.names):
            name = self._called[client] = privacy.name(known.called)
            options.append(((HOME, client), tr("{name}: home").format(name=name)))
            options.append(((NOW, client), tr("{name}: where they are").format(name=name)))
        self.origin.offer(options)
        self._points.clear()

    @property
    def near(self) -> Near:
        """What is chosen; without a distance where the place is not known: it narrows nothing."""
        found = self._chosen
        return found if self.place is not None else replace(found, reach=0)

    @property
    def _chosen(self) -> Near:
        value, reach = self.origin.value, self.reach
        if value == ZIP:
            typed = self.zip.text().strip()
            begun = typed.startswith("0") and len(typed) < 5  # its zero is there; the rest follows
            return Near(ZIP, None, "" if begun else five(typed), reach)
        if isinstance(value, tuple):
            origin, client = cast("tuple[str, int]", value)
            return Near(origin, client, "", reach)
        return Near()

    @property
    def reach(self) -> int:
        return next((reach for reach, box in self.reaches.items() if box.isChecked()), 0)

    @property
    def place(self) -> Point | None:
        """Where distance is measured from; nothing where that is not known."""
        near = self._chosen
        key = (near.origin, near.client, near.zip_code)
        if key not in self._points:
            self._points[key] = self._look_up(near)
        return self._points[key]

    def _look_up(self, near: Near) -> Point | None:
        if near.origin == ZIP:
            return zip_places.point(near.zip_code) if near.zip_code else None
        if near.client is None:
            return None
        ask = zip_places.home_of if near.origin == HOME else zip_places.now_of
        return self._desk.ask(ask, near.client)

    def put(self, near: Near) -> None:
        """Measure from there. Silent: this is not the user's doing."""
        self.origin.choose((near.origin, near.client) if near.client else near.origin)
        self.zip.setText(near.zip_code)
        for reach, box in self.reaches.items():
            box.setChecked(reach == near.reach)
        self._follow()

    @property
    def whom(self) -> str:
        """Name the client distance is measured from."""
        return self._called.get(self.near.client or 0, "")

    @property
    def title(self) -> str:
        """Say the distance as a chip does."""
        tr, near = self._desk.words.tr, self.near
        if near.origin == ZIP:
            return tr("{n} miles from {zip}").format(n=near.reach, zip=near.zip_code)
        name = self.whom
        home = tr("{n} miles from {name}’s home")
        now = tr("{n} miles from where {name} is")
        return (home if near.origin == HOME else now).format(n=near.reach, name=name)

    def show_counts(self, index: Index, within: int | None) -> None:
        """Count who is how near, of those that are left by everything else."""
        place = self.place
        away: Sequence[float] = index.distances(place) if place is not None else ()
        for reach, box in self.reaches.items():
            box.show_count(index.count_near(away, reach, within))

    def _follow(self) -> None:
        value = self.origin.value
        self.zip.setVisible(value == ZIP)
        known = bool(value) and self.place is not None
        for box in self.reaches.values():
            box.setVisible(known)
        self.remark.say(self._lack())

    def _lack(self) -> str:
        """Say why there is no distance from there."""
        tr, near = self._desk.words.tr, self.near
        if not near.origin or self.place is not None:
            return ""
        if near.origin == ZIP:
            typed = self.zip.text()
            if len(typed) < 5:
                return ""
            return tr(zip_fault(typed, near.zip_code) or "This ZIP is not known.")
        return tr("No ZIP on record for this place.")

    def _on_origin(self) -> None:
        if self.origin.value and not self.reach and self.place is not None:
            self.reaches[50].setChecked(True)
        self._follow()
        self.changed.emit()

    def _on_zip(self) -> None:
        if self.place is not None and not self.reach:
            self.reaches[50].setChecked(True)
        self._follow()
        self.changed.emit()

    def _on_reach(self, reach: int) -> None:
        for each, box in self.reaches.items():
            if each != reach:
                box.setChecked(False)
        self.changed.emit()
