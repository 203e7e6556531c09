"""What the list of providers is narrowed by: check boxes under headings, each with its count."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.rules.code import Code
from cmdesk.rules.facets import Chosen, Facets, mark, parted
from cmdesk.rules.provider_codes import (
    AgeGroup,
    GenderGroup,
    Modality,
    ProviderRole,
    Takes,
    Treats,
)
from cmdesk.rules.provider_marks import PLAN, UNSAID, CostGroup, LevelGroup, Own, label_of
from cmdesk.rules.provider_opening import OpeningGroup
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import provider_words as said
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.checks import BOX, GAP, CheckBox, draw_check
from cmdesk.ui.widgets.label import Label
from cmdesk.words import N_, Words

MOST: Final = 80  # options shown at once, as of plans by name


class Facet(NamedTuple):
    """One heading; of codes in their own order, else of what there is, most first."""

    key: str
    title: str
    codes: type[Code] | None
    front: int = 5


FACETS: Final = (
    Facet("level", N_("Level of care"), LevelGroup),
    Facet("treats", N_("Treats"), Treats, 4),
    Facet("takes", N_("Takes"), Takes, 3),
    Facet("ages", N_("Ages"), AgeGroup, 3),
    Facet("opening", N_("Opening"), OpeningGroup, 4),
    Facet("approach", N_("Approach"), Modality, 4),
    Facet("cost", N_("Cost"), CostGroup, 4),
    Facet("gender", N_("For"), GenderGroup, 3),
    Facet("role", N_("Professionals"), ProviderRole, 3),
    Facet("own", N_("Yours"), Own, 5),
    Facet("state", N_("State"), None, 4),
)
BY_KEY: Final = {facet.key: facet for facet in FACETS}


def named(words: Words, key: str, option: str) -> str:
    """Name an option as its check box and its chip do."""
    codes = BY_KEY[key].codes
    if option == UNSAID:
        return words.tr("Not known")
    if key == "takes":
        return said.payer(words, option)
    return words.tr(label_of(codes, option)) if codes else option


def in_order(facet: Facet, facets: Facets) -> list[str]:
    """List the options anybody has: plans first, those of most; then codes in their order."""
    there = facets.options(facet.key)

    def most(option: str) -> tuple[int, str]:
        return -facets.bits(mark(facet.key, option)).bit_count(), option

    if facet.codes is None:
        return sorted(there, key=most)
    plans = sorted((each for each in there if each.startswith(PLAN)), key=most)
    codes = [code.value for code in facet.codes if code.value in there]
    others = sorted(set(there) - set(plans) - set(codes))
    return [*plans[:1], *codes, *plans[1:], *others] if facet.key == "takes" else [*codes, *others]


class FacetBox(CheckBox):
    """A check box with what it would count at the right end."""

    def __init__(self, text: str, option: str) -> None:
        super().__init__(text)
        self.option, self.words, self._count = option, text, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.px(120), look.px(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(f"{self.words}, {count}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, inside = paint.begin(self), self.rect()
        box = inside.adjusted(0, 0, look.px(BOX) - inside.width(), 0)
        draw_check(painter, box, checked=self.isChecked())
        count = f"{self._count:,}"
        wide = paint.text_width("0" * len(count), "small") + look.px(6)  # a number is never cut
        right = inside.adjusted(inside.width() - wide, 0, 0, 0)
        paint.draw_text(painter, right, count, "small", "text2", align=paint.RIGHT, figures=True)
        left = inside.adjusted(look.px(BOX + GAP), 0, -wide - look.px(4), 0)
        none = not self._count and not self.isChecked()
        paint.draw_text(painter, left, self.words, "small", "text3" if none else "text")


class FacetGroup(QWidget):
    """One heading with its boxes. Signal `ticked(str)`: what is chosen under it changed."""

    ticked = Signal(str)

    def __init__(self, facet: Facet, words: Words) -> None:
        super().__init__()
        self.facet, self._words = facet, words
        self._options: list[str] = []
        self._counts: Mapping[str, int] = {}
        self.boxes: dict[str, FacetBox] = {}
        self._whole = False
        self.setAccessibleName(words.tr(facet.title))
        self._lines = column(self)
        title = Label(words.tr(facet.title), "strong")
        self._lines.addWidget(title)
        self._lines.addSpacing(6)
        self._more = Button("", "link", size="small")
        self._more.clicked.connect(self._on_more)
        self._lines.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def offer(self, options: Sequence[str], chosen: Iterable[str]) -> None:
        """Offer these options; what is ticked stays, though nobody has it any more."""
        ticked = list(chosen)
        self._options = [*options, *(each for each in ticked if each not in options)]
        self._settle(frozenset(ticked))

    def _settle(self, ticked: frozenset[str]) -> None:
        """Show those in front and what is ticked; the rest is made once it is asked for."""
        tr, front = self._words.tr, MOST if self._whole else self.facet.front
        shown = [
            option
            for place, option in enumerate(self._options)
            if place < front or option in ticked
        ]
        if shown != list(self.boxes):
            for box in self.boxes.values():
                self._lines.removeWidget(box)
                box.hide()
                box.deleteLater()
            self.boxes = {option: self._box(option) for option in shown}
        for option, box in self.boxes.items():
            box.setChecked(option in ticked)
        behind = len(self._options) - self.facet.front
        self._more.setVisible(behind > 0)
        self._more.setText(tr("Fewer") if self._whole else tr("{n} more").format(n=behind))
        self.setVisible(bool(self._options))

    def _box(self, option: str) -> FacetBox:
        box = FacetBox(named(self._words, self.facet.key, option), option)
        box.show_count(self._counts.get(mark(self.facet.key, option), 0))
        box.clicked.connect(self._on_clicked)
        self._lines.insertWidget(self._lines.count() - 1, box)
        return box

    def _on_clicked(self) -> None:
        self.ticked.emit(self.facet.key)

    @property
    def chosen(self) -> frozenset[str]:
        return frozenset(option for option, box in self.boxes.items() if box.isChecked())

    def show_counts(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        for option, box in self.boxes.items():
            box.show_count(counts.get(mark(self.facet.key, option), 0))

    def _on_more(self) -> None:
        self._whole = not self._whole
        self._settle(self.chosen)


class FacetRail(QWidget):
    """All headings below each other. Signal `changed()`: something else is ticked."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._known: Facets | None = None
        self._lines = column(self, gap=20)
        self._lines.setContentsMargins(16, 14, 8, 20)
        self.groups = {facet.key: FacetGroup(facet, desk.words) for facet in FACETS}
        for group in self.groups.values():
            group.hide()  # until it has something to offer
            self._lines.addWidget(group)
            group.ticked.connect(self.changed)
        self._lines.addStretch(1)
        self.setAccessibleName(desk.words.tr("Narrow the list"))

    def put(self, widget: QWidget, after: str) -> None:
        """Stand something of another kind under a heading."""
        place = self._lines.indexOf(self.groups[after])
        self._lines.insertWidget(place + 1, widget)

    def put_first(self, widget: QWidget) -> None:
        """Stand something above all headings."""
        self._lines.insertWidget(0, widget)

    @property
    def chosen(self) -> Chosen:
        return {key: group.chosen for key, group in self.groups.items() if group.chosen}

    def show_facets(self, facets: Facets, chosen: Chosen, counts: Mapping[str, int]) -> None:
        """Offer what there is in a directory, with what each would count."""
        known = {parted(name)[0] for name in counts}
        for key, group in self.groups.items():
            ticked = chosen.get(key, frozenset())
            if facets is not self._known or ticked != group.chosen:
                options = in_order(group.facet, facets) if key in known else []
                group.offer(options, sorted(ticked))
            group.show_counts(counts)
        self._known = facets
