"""Who may see this: one row for each reader a consent names, with the verdict in words."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QWidget

from cmdesk.casework.audience import Preview
from cmdesk.rules.codes import Mark, Relationship
from cmdesk.rules.consent import Outcome
from cmdesk.ui import icons, look
from cmdesk.ui.icons import Icon
from cmdesk.ui.privacy import Privacy
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.segmented import Segment, Segmented
from cmdesk.ui.widgets.wrap_row import wrap_row

Translate = Callable[[str], str]
NAME, CHOICE, TALL = 216, 238, 32
MANY: Final = 5  # readers that stand each in a row of their own
_TEAM: Final = frozenset(
    {Relationship.THERAPIST, Relationship.PSYCHIATRIST, Relationship.PHYSICIAN,
     Relationship.PROGRAM_CONTACT, Relationship.CASE_MANAGER, Relationship.SCHOOL_CONTACT,
     Relationship.OTHER}
)  # fmt: skip
FAMILY: Final = frozenset(kind.label.lower() for kind in Relationship if kind not in _TEAM)


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
        whole = wrap_row(self, gap=16, lead=4)
        whole.setContentsMargins(16, 2, 16, 2)
        who = QWidget()
        look.hold_width(who, NAME)
        names = row(who, gap=4)
        team = seen.key.startswith("team:")
        name = seen.full_name if team else privacy.name(seen.full_name)
        names.addWidget(Label(name, "strong", elide=True))
        self._relation = Label(seen.relation, "body", "text2", elide=True)
        names.addWidget(self._relation, 1)
        whole.addWidget(who)
        self.choice = Segmented(
            _segments(seen, tr), tr("For {name}").format(name=seen.called), small=True
        )
        self.choice.chosen.connect(self._on_chosen)
        self._upper = False
        self.locked = Locked(tr("Keep back"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.choice)
        self._stack.addWidget(self.locked)
        self._widen()
        self._stack.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        whole.addWidget(self._stack)
        self._why = Label("", "small", "text2", wrap=not team, elide=team)
        whole.addWidget(self._why, 1, Qt.AlignmentFlag.AlignVCenter)
        self._segments: list[Segment] = _segments(seen, tr)
        self.show_seen(seen)

    def _widen(self) -> None:
        self._stack.setFixedWidth(max(look.px(CHOICE), self.choice.sizeHint().width()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._widen()

    @property
    def words(self) -> str:
        return self._why.text()

    @property
    def is_locked(self) -> bool:
        return self._stack.currentWidget() is self.locked

    def show_seen(self, seen: Preview) -> None:
        """Show the verdict as it is now; the choice keeps the focus if it had it."""
        self.seen = seen
        self._relation.setText(seen.relation)
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

    def draw_line(self, *, above: bool) -> None:
        """Part the row from one above it."""
        self._upper = above
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._upper:
            painter = paint.begin(self)
            painter.fillRect(QRect(0, 0, self.width(), 1), look.colour("border"))

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
    """Signal `marked(str, str)`: a reader's key and the mark picked.

    A long care team is one row as long as its verdicts are alike; the family never is.
    """

    marked = Signal(str, str)

    def __init__(self, tr: Translate, privacy: Privacy) -> None:
        super().__init__()
        self._tr, self._privacy = tr, privacy
        whole = column(self, gap=4)
        head = wrap_row(gap=12, lead=2)
        head.addWidget(Label(tr("Who may see this"), "label", "text2"))
        head.addStretch(1)
        told = tr("Set from each person\u2019s consent. You can always keep more back.")
        head.addWidget(Label(told, "small", "text2"))
        self.unfold = Button(tr("Show each"), "link", size="small")
        self.unfold.clicked.connect(self._on_unfold)
        head.addWidget(self.unfold)
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
        self._teams: dict[str, ReaderRow] = {}
        self._members: dict[str, tuple[str, ...]] = {}
        self._seen: tuple[Preview, ...] = ()
        self._each = False
        self.setAccessibleName(tr("Who may see this"))
        self.show_seen((), client=False)

    def row(self, key: str) -> ReaderRow:
        """Give a reader's own row; while a team stands as one, it is out of sight."""
        return self._rows[key]

    def team(self, key: str) -> ReaderRow | None:
        """Give the row of the team in which a reader stands, if one does."""
        return next(
            (self._teams[name] for name, keys in self._members.items() if key in keys), None
        )

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._rows)

    def show_seen(self, seen: Sequence[Preview], *, client: bool) -> None:
        """Show each reader's verdict; rows are made anew only when the readers change."""
        self._seen = tuple(seen)
        if tuple(each.key for each in seen) != self.keys:
            self._make(seen)
        for each in seen:
            self._rows[each.key].show_seen(each)
        self._fold()
        nobody = self._tr("No consent names anyone yet. Nothing can be shared.")
        waiting = self._tr("Choose a client, and their consents are shown here.")
        self._nobody.setText(nobody if client else waiting)
        self._nobody.setVisible(not seen)

    def _fold(self) -> None:
        """Let those of a long team whose verdicts are alike stand in one row."""
        teams = {} if self._each else teams_of(self._seen)
        self._members = {name: tuple(one.key for one in team) for name, team in teams.items()}
        folded = {key for keys in self._members.values() for key in keys}
        for name, team in teams.items():
            seen = self._as_one(name, team)
            if name not in self._teams:
                self._teams[name] = self._add(seen, self._on_team)
            self._teams[name].show_seen(seen)
        for name, made in self._teams.items():
            made.setVisible(name in teams)
        for key, made in self._rows.items():
            made.setVisible(key not in folded)
        shown = [
            made for made in (*self._rows.values(), *self._teams.values()) if not made.isHidden()
        ]
        for place, made in enumerate(shown):
            made.draw_line(above=place > 0)
        self.unfold.setVisible(bool(folded) or self._each)
        self.unfold.setText(self._tr("Show as a team") if self._each else self._tr("Show each"))

    def _as_one(self, name: str, team: Sequence[Preview]) -> Preview:
        """Describe a team as if it were one reader."""
        reasons = {each.why for each in team}
        called = ", ".join(self._privacy.name(each.full_name) for each in team)
        why = reasons.pop() if len(reasons) == 1 else called
        count = str(len(team))
        houses = any(each.key.startswith("o") for each in team)
        title = self._tr("Care team and others") if houses else self._tr("Care team")
        return replace(team[0], key=name, called=title, full_name=title, relation=count, why=why)

    def _make(self, seen: Sequence[Preview]) -> None:
        for old in (*self._rows.values(), *self._teams.values()):
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows, self._teams, self._each = {}, {}, False
        for each in seen:
            self._rows[each.key] = self._add(each, self.marked.emit)

    def _add(self, seen: Preview, chosen: Callable[[str, str], None]) -> ReaderRow:
        made = ReaderRow(seen, self._tr, self._privacy)
        made.chosen.connect(chosen)
        self._lines.addWidget(made)
        return made

    def _on_team(self, name: str, mark: str) -> None:
        for key in self._members.get(name, ()):
            self.marked.emit(key, mark)

    def _on_unfold(self) -> None:
        self._each = not self._each
        self._fold()


def teams_of(seen: Sequence[Preview]) -> dict[str, list[Preview]]:
    """Gather readers of equal verdict who are no family, once there are many."""
    if len(seen) <= MANY:
        return {}
    found: dict[str, list[Preview]] = {}
    for each in seen:
        if each.relation not in FAMILY:
            alike = f"team:{each.allowed}:{each.has_short}:{each.outcome}"
            found.setdefault(alike, []).append(each)
    return {name: team for name, team in found.items() if len(team) > 1}
