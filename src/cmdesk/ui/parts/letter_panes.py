"""The composer's three panes side by side; where room is short, fewer of them and a switch."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from cmdesk.ui import look
from cmdesk.ui.panes import enter
from cmdesk.ui.widgets.card import line, row
from cmdesk.ui.widgets.fitted import Fitted
from cmdesk.ui.widgets.segmented import Segment, Segmented
from cmdesk.words import Words

KNOWN, WRITTEN, LETTER = "known", "written", "letter"
LEFT, RIGHT = (312, 272), (440, 328)  # px at 100 %, roomy and folded
MIDDLE = 360  # px at 100 % under which words are not written with ease


class LetterPanes(Fitted):
    """What is known, the words, and the letter: all three, or the words and one, or one alone."""

    def __init__(self, words: Words, known: QWidget, written: QWidget, letter: QWidget) -> None:
        super().__init__()
        self._panes = {KNOWN: known, WRITTEN: written, LETTER: letter}
        self._titles = {
            KNOWN: words.tr("What you know"),
            WRITTEN: words.tr("The words"),
            LETTER: words.tr("The letter"),
        }
        self._roomy = True
        self._offered: tuple[str, ...] = ()
        self._picked = WRITTEN  # where one writes is what is seen first
        self.switch = Segmented((), words.tr("What is shown"))
        """to be put where there is room for it"""
        self.switch.chosen.connect(self.bring)
        self.switch.hide()
        beside = row(self, gap=0)
        self._between = line(upright=True)
        for each in (known, self._between, written, letter):
            beside.addWidget(each, 1 if each is written else 0)

    def fold(self, *, roomy: bool) -> None:
        """Give the words most of the room there is."""
        self._roomy = roomy
        self.fit()

    def _sides(self) -> tuple[int, int]:
        """Give the widths of the outer panes, in pixels at 100 %."""
        folded = 0 if self._roomy else 1
        return LEFT[folded], RIGHT[folded]

    def fit(self) -> None:
        left, right = self._sides()
        room, offered = self.width(), (KNOWN, WRITTEN, LETTER)
        if room >= look.px(left + MIDDLE + right):
            offered = ()
        elif room >= look.px(max(left, right) + MIDDLE):
            offered = (KNOWN, LETTER)
        if offered != self._offered:
            self._offered = offered
            self._picked = self._typed_in() or self._picked
            self.switch.offer([Segment(key, self._titles[key]) for key in offered])
        self._show()

    def bring(self, key: str) -> None:
        """Show this pane if it is out of sight; the words stay beside it where there is room."""
        if key in self._offered or not self._offered:
            self._picked = key
        self._show()

    def _typed_in(self) -> str:
        """Give the pane the keyboard is in, empty while it is elsewhere."""
        now = self.window().focusWidget()  # also while another window is in front
        inside = (key for key, pane in self._panes.items() if now and pane.isAncestorOf(now))
        return next(inside, "")

    def _show(self) -> None:
        offered, picked = self._offered, self._picked
        if offered:
            picked = picked if picked in offered else offered[0]
            self.switch.choose(picked)
        alone = WRITTEN in offered
        for key, pane in self._panes.items():
            beside = key == WRITTEN and not alone
            pane.setVisible(not offered or key == picked or beside)
        for key, width in zip((KNOWN, LETTER), self._sides(), strict=True):
            if alone:
                look.let_go(self._panes[key])
            else:
                look.hold_width(self._panes[key], width)
        # Before it has its place, showing it would make it a window of its own.
        self.switch.setVisible(bool(offered) and self.switch.parentWidget() is not None)
        self._between.setVisible(not offered or (picked == KNOWN and not alone))

    def minimumSizeHint(self) -> QSize:
        """Be no wider than the words need: what does not fit beside them is a switch away."""
        return QSize(look.px(MIDDLE), super().minimumSizeHint().height())

    def next_pane(self) -> None:
        """Put the keyboard into the next pane, the first after the last."""
        now, keys = self._typed_in(), list(self._panes)
        place = keys.index(now) if now else -1
        for step in range(1, len(keys) + 1):
            key = keys[(place + step) % len(keys)]
            self.bring(key)
            if enter(self._panes[key]):
                return
