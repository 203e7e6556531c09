"""Who may see this: one row for each reader a consent names, with the verdict in words."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QWidget

from cmdesk.casework.audience import Preview
from cmdesk.rules.codes import Mark
from cmdesk.rules.consent import Outcome
from cmdesk.ui import icons, look
from cmdesk.ui.icons import Icon
from cmdesk.ui.privacy import Privacy
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.card import column, line, row
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.segmented import Segment, Segmented

Translate = Callable[[str], str]
NAME, CHOICE, TALL = 216, 238, 40


class Locked(QWidget):
    """Stands where a choice would: consent leaves none. Tab stops here, so that it is read out."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setProperty("ring", True)  # noqa: FBT003 - a Qt property
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        return QSize(look.px(CHOICE), look.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = paint.begin(self), look.tokens()
        paint.draw_box(painter, self.rect(), tokens.sunken, "", 6)
        side, gap = look.px(14), look.px(6)
        width = paint.text_width(self._words, "label") + side + gap + 2
        inside = paint.centred(self.rect(), width, self.height())
        glyph = QRect(inside.x(), (self.height() - side) // 2, side, side)
        icons.draw(painter, Icon.LOCK, glyph, look.colour("text2"))
        inside.setLeft(glyph.right() + gap)
        paint.draw_text(painter, inside, self._words, "label", "text2")


class ReaderRow(QWidget):
    """Signal `chosen(str, str)`: the reader's key and the mark picked."""

    chosen = Signal(str, str)

    def __init__(self, seen: Preview, tr: Translate, privacy: Privacy) -> None:
        super().__init__()
        self._tr, self.seen = tr, seen
        self.setMinimumHeight(look.px(TALL))
        whole = row(self, gap=16)
        whole.setContentsMargins(16, 4, 16, 4)
        who = QWidget()
        who.setFixedWidth(look.px(NAME))
        names = row(who, gap=4)
        names.addWidget(Label(privacy.name(seen.full_name), "strong", elide=True))
        names.addWidget(Label(seen.relation, "body", "text2", elide=True), 1)
        whole.addWidget(who)
        self.choice = Segmented(
            _segments(seen, tr), tr("For {name}").format(name=seen.called), small=True
        )
        self.choice.chosen.connect(self._on_chosen)
        self.locked = Locked(tr("Keep back"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.choice)
        self._stack.addWidget(self.locked)
        self._stack.setFixedWidth(max(look.px(CHOICE), self.choice.sizeHint().width()))
        self._stack.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        whole.addWidget(self._stack)
        self._why = Label("", "small", "text2", wrap=True)
        whole.addWidget(self._why, 1, Qt.AlignmentFlag.AlignVCenter)
        self._segments: list[Segment] = _segments(seen, tr)
        self.show_seen(seen)

    @property
    def words(self) -> str:
        return self._why.text()

    @property
    def is_locked(self) -> bool:
        return self._stack.currentWidget() is self.locked

    def show_seen(self, seen: Preview) -> None:
        """Show the verdict as it is now; the choice keeps the focus if it had it."""
        self.seen = seen
        if (segments := _segments(seen, self._tr)) != self._segments:
            self._segments = segments
            self.choice.offer(segments)
        self.choice.choose(seen.outcome)
        free = seen.allowed != Outcome.KEEP_BACK
        self._stack.setCurrentWidget(self.choice if free else self.locked)
        words = f"\u201c{seen.text}\u201d" if seen.outcome == Outcome.SHORT else seen.why
        self._why.setText(words)
        whole = f"{seen.full_name}, {seen.relation}: {words}"
        self.choice.setAccessibleDescription(whole)
        self.locked.setAccessibleDescription(whole)

    def _on_chosen(self, mark: str) -> None:
        self.chosen.emit(self.seen.key, mark)


def _segments(seen: Preview, tr: Translate) -> list[Segment]:
    shares = seen.allowed == Outcome.SHARE
    return [
        Segment(Mark.SHARE, tr("Share"), enabled=shares),
        Segment(Mark.SHORT, tr("Short version"), enabled=seen.has_short),
        Segment(Mark.KEEP_BACK, tr("Keep back")),
    ]


class Audience(QWidget):
    """Signal `marked(str, str)`: a reader's key and the mark picked."""

    marked = Signal(str, str)

    def __init__(self, tr: Translate, privacy: Privacy) -> None:
        super().__init__()
        self._tr, self._privacy = tr, privacy
        whole = column(self, gap=4)
        head = row(gap=12)
        head.addWidget(Label(tr("Who may see this"), "label", "text2"))
        head.addStretch(1)
        told = tr("Set from each person\u2019s consent. You can always keep more back.")
        head.addWidget(Label(told, "small", "text2"))
        whole.addLayout(head)
        self._frame = QFrame()
        self._frame.setProperty("kind", "card")
        self._lines = column(self._frame)
        self._lines.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(self._frame)
        self._nobody = Label("", "small", "text2", wrap=True)
        self._nobody.setContentsMargins(16, 10, 16, 10)
        self._lines.addWidget(self._nobody)
        self._rows: dict[str, ReaderRow] = {}
        self._hairlines: list[QFrame] = []
        self.setAccessibleName(tr("Who may see this"))

    def row(self, key: str) -> ReaderRow:
        return self._rows[key]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._rows)

    def show_seen(self, seen: Sequence[Preview], *, client: bool) -> None:
        """Show each reader's verdict; rows are made anew only when the readers change."""
        if tuple(each.key for each in seen) != self.keys:
            self._make(seen)
        for each in seen:
            self._rows[each.key].show_seen(each)
        nobody = self._tr("No consent names anyone yet. Nothing can be shared.")
        waiting = self._tr("Choose a client, and their consents are shown here.")
        self._nobody.setText(nobody if client else waiting)
        self._nobody.setVisible(not seen)

    def _make(self, seen: Sequence[Preview]) -> None:
        for old in (*self._rows.values(), *self._hairlines):
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows, self._hairlines = {}, []
        for each in seen:
            if self._rows:
                self._hairlines.append(line())
                self._lines.addWidget(self._hairlines[-1])
            made = ReaderRow(each, self._tr, self._privacy)
            made.chosen.connect(self.marked)
            self._rows[each.key] = made
            self._lines.addWidget(made)
