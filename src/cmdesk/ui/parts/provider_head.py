"""The head of the providers page: search, what is narrowing as chips, saved views, a new one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from cmdesk.casework.saved_views import View
from cmdesk.ui import icons, look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import Button, pressed_by
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.chip import GAP, GLYPH, HEIGHT, PADDING, chip_width, draw_chip
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.field import line_edit
from cmdesk.ui.widgets.flow import Flow
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.wrap_row import wrap_row

WIDE, TIGHT = 280, 200  # px at 100 % of the search


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One thing that narrows the list: a facet's option, the distance, or a client."""

    key: str
    option: str
    text: str
    icon: Icon | None = None


class DropChip(QAbstractButton):
    """A chip that goes when it is pressed, and what it narrowed with it."""

    def __init__(self, narrowing: Narrowing, name: str) -> None:
        super().__init__()
        self.narrowing = narrowing
        self.setText(narrowing.text)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        wide = chip_width(self.text(), self.narrowing.icon) + look.px(GLYPH + GAP)
        return QSize(wide, look.px(HEIGHT) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        tokens, rect = look.tokens(), self.rect().adjusted(0, 2, 0, -2)
        paint.draw_box(painter, rect, tokens.accent_soft, "", 4)
        cross = rect.adjusted(0, 0, -look.px(GLYPH + GAP), 0)
        draw_chip(painter, cross, self.text(), "accent", self.narrowing.icon)
        side = look.px(GLYPH)
        place = paint.centred(rect, side, side)
        place.moveRight(rect.right() - look.px(PADDING) + 2)
        icons.draw(painter, Icon.X, place, look.colour("accent"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
        elif not pressed_by(self, event):
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()


class ProvidersHead(QFrame):
    """Signals: `typed()` in the search; `dropped(Narrowing)`; `new_asked`; `filters_asked`.

    `view_chosen(object)`: a saved view by its number, None for none; `keep_asked`: save this one;
    `clear_asked`: all again.
    """

    typed = Signal()
    dropped = Signal(object)
    new_asked = Signal()
    filters_asked = Signal()
    view_chosen = Signal(object)
    keep_asked = Signal()
    away_asked = Signal()
    clear_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._tr = desk.words.tr
        tr = self._tr
        self.setProperty("kind", "head")
        lines = column(self)
        lines.setContentsMargins(24, 18, 24, 14)
        self._line = line = wrap_row(gap=12)
        lines.addLayout(line)
        self._second = QWidget()
        self._flow = Flow(self._second, gap=8, lead=4)
        self._flow.setContentsMargins(0, 8, 0, 0)
        lines.addWidget(self._second)
        self._second.hide()
        line.addWidget(Label(tr("Providers"), "title"))
        self.search = line_edit(tr("Search providers"))
        self.search.setProperty("kind", "soft")
        look.hold_width(self.search, WIDE)
        self.search.addAction(
            icons.icon(Icon.SEARCH, "text3"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.search.textEdited.connect(self.typed)
        line.addWidget(self.search)
        self.filters = Button(tr("Filters"), icon=Icon.SLIDERS_HORIZONTAL)
        self.filters.clicked.connect(self.filters_asked)
        line.addWidget(self.filters)
        self._chips: list[DropChip] = []
        self._chip_place = line.count()
        line.addStretch(1)
        self._lay_out_views(line)

    def _lay_out_views(self, line: QHBoxLayout) -> None:
        tr = self._tr
        self.views = Choice([(None, tr("Saved views"))], tr("Saved views"), kind="")
        look.hold_width(self.views, 150)
        self.views.chosen.connect(self.view_chosen)
        line.addWidget(self.views)
        self.clear = Button(tr("Clear filters"), "plain", size="small")
        self.clear.clicked.connect(self.clear_asked)
        self.keep = Button(tr("Save view"), "plain", size="small")
        self.keep.clicked.connect(self.keep_asked)
        self.away = Button(tr("Remove view"), "plain", size="small")
        self.away.clicked.connect(self.away_asked)
        self.new = Button(tr("Provider"), icon=Icon.PLUS)
        self.new.setToolTip(tr("New provider"))
        self.new.clicked.connect(self.new_asked)
        for each in (self.clear, self.keep, self.away, self.new):
            line.addWidget(each)
        self.show_narrowed(narrowed=False, kept=False)  # until the directory is read

    @property
    def text(self) -> str:
        return self.search.text().strip()

    def fit(self, *, roomy: bool) -> None:
        """Take the room there is: the search is shorter beside the button for the filters."""
        look.hold_width(self.search, WIDE if roomy else TIGHT)
        self.filters.setVisible(not roomy)

    def show_total(self, total: int) -> None:
        self.search.setPlaceholderText(self._tr("Search {n} providers").format(n=f"{total:,}"))

    def show_chips(self, narrowings: Sequence[Narrowing]) -> None:
        """Say what narrows the list; each goes with a press. Those with an icon stand beside."""
        if [chip.narrowing for chip in self._chips] == list(narrowings):
            return
        for chip in self._chips:
            (self._line if chip.narrowing.icon else self._flow).removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(each) for each in narrowings]
        beside = [chip for chip in self._chips if chip.narrowing.icon]
        for place, chip in enumerate(beside):
            self._line.insertWidget(self._chip_place + place, chip)
        below = [chip for chip in self._chips if not chip.narrowing.icon]
        for chip in below:
            self._flow.addWidget(chip)
        self._second.setVisible(bool(below))

    def _chip(self, each: Narrowing) -> DropChip:
        chip = DropChip(each, self._tr("Drop “{filter}”").format(filter=each.text))

        def drop() -> None:
            self.dropped.emit(each)

        chip.clicked.connect(drop)
        return chip

    def show_views(self, views: Sequence[View], chosen: int | None) -> None:
        """Offer what was saved."""
        options: list[tuple[object, str]] = [(None, self._tr("Saved views"))]
        self.views.offer([*options, *((view.id, view.name) for view in views)])
        self.views.choose(chosen)
        self.views.setVisible(bool(views))

    def show_narrowed(self, *, narrowed: bool, kept: bool) -> None:
        """Offer to show all again, and to save what narrows now, or to forget it."""
        self.clear.setVisible(narrowed)
        self.keep.setVisible(narrowed and not kept)
        self.away.setVisible(kept)
