"""What a consent lets be shared: every topic with a line on what it holds."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QSizePolicy, QWidget

from cmdesk.rules.codes import ConsentKind
from cmdesk.rules.standing import OWN_FORM_KIND
from cmdesk.rules.topics import CONSENT_TOPICS, OWN_FORM, Topic
from cmdesk.ui import look
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.card import column, line, scrolled
from cmdesk.ui.widgets.checks import draw_check
from cmdesk.ui.widgets.label import Label

EDGE, TALL, TEXT_LEFT = 12, 52, 36
# The order of picture 15, then the rest of the closed list.
FIRST: Final = (
    Topic.ATTENDANCE,
    Topic.PROGRESS,
    Topic.SAFETY,
    Topic.SUBSTANCE_USE,
    Topic.MEDICATION,
    Topic.FAMILY,
    Topic.FINANCIAL,
)
ORDER: Final = (
    *FIRST,
    *(topic for topic in CONSENT_TOPICS if topic not in FIRST),
    *(topic for topic in Topic if topic in OWN_FORM),
)


class TopicCheck(QCheckBox):
    """A check box over two lines: the topic, and what it holds."""

    def __init__(self, topic: Topic, tr: Callable[[str], str]) -> None:
        super().__init__(tr(topic.label))
        self.topic = topic
        self._detail = tr(topic.detail)
        self.setAccessibleName(tr(topic.label))
        self.setAccessibleDescription(self._detail)
        self.setToolTip(self._detail)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say_detail(self, detail: str) -> None:
        if detail != self._detail:
            self._detail = detail
            self.setAccessibleDescription(detail)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.px(280), look.px(TALL))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(160), look.px(TALL))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        on = self.isEnabled()
        height = look.line_height("body")
        place = QRect(look.px(EDGE), look.px(8), look.px(16), height)
        draw_check(painter, place, checked=self.isChecked(), enabled=on)
        left, width = look.px(TEXT_LEFT), self.width() - look.px(TEXT_LEFT) - 4
        title = QRect(left, place.y(), width, height)
        paint.draw_text(painter, title, self.text(), "medium", "text" if on else "text3")
        below = QRect(left, title.bottom() + 1, width, look.line_height("small"))
        ink = "text2" if on else "text3"
        paint.draw_text(painter, below, self._detail, "small", ink)
        if self.hasFocus():
            paint.draw_ring(painter, self.rect().adjusted(1, 1, -1, -1), 6)


class ConsentTopics(QWidget):
    """Signal `edited()`. Topics that need a form of their own open only with that kind."""

    edited = Signal()

    def __init__(self, tr: Callable[[str], str]) -> None:
        super().__init__()
        self._tr = tr
        whole = column(self, gap=4)
        title = Label(tr("What you may share"), "label", "text2")
        whole.addWidget(title)
        frame = QFrame()
        frame.setProperty("kind", "card")
        inside = column(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        rows = QWidget()
        self._rows = column(rows)
        inside.addWidget(scrolled(rows, tr("What you may share")))
        whole.addWidget(frame, 1)
        self.checks: dict[str, TopicCheck] = {}
        for topic in ORDER:
            if self.checks:
                self._rows.addWidget(line())
            check = TopicCheck(topic, tr)
            check.clicked.connect(self.edited)
            self.checks[topic.value] = check
            self._rows.addWidget(check)
        self._rows.addStretch(1)

    @property
    def codes(self) -> tuple[str, ...]:
        """The ticked topics that this kind of form can cover, in the order of the closed list."""
        return tuple(
            topic.value
            for topic in Topic
            if topic.value in self.checks
            and self.checks[topic.value].isChecked()
            and self.checks[topic.value].isEnabled()
        )

    def load(self, codes: tuple[str, ...], kind: str) -> None:
        """Show these as ticked. Silent: this is not the user's doing."""
        for code, check in self.checks.items():
            check.setChecked(code in codes)
        self.fit(kind)

    def fit(self, kind: str) -> None:
        """Open what a form of this kind can cover, and say of the rest what it needs."""
        own = {topic for topic, of_kind in OWN_FORM_KIND.items() if of_kind.value == kind}
        for check in self.checks.values():
            topic = check.topic
            may = topic in own if own else topic not in OWN_FORM
            check.setEnabled(may)
            detail = topic.detail
            if own and not may:
                form = ConsentKind(kind).label
                detail = self._tr("Not on this form: {form}").format(form=form.lower())
            check.say_detail(self._tr(detail))
