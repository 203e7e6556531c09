"""The people around a client, each with the consent that counts for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from cmdesk.casework.clients import CirclePerson
from cmdesk.casework.consents import ConsentRow
from cmdesk.rules.codes import Relationship
from cmdesk.rules.topics import CONSENT_TOPICS, Topic
from cmdesk.ui import icons, look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets import paint
from cmdesk.words import Words

SOON = 30  # days before a consent's end from which it is amber
SHORT = 26  # letters that fit after "Grandparent"
HEIGHT, GLYPH = 40, 14


@dataclass(frozen=True, slots=True)
class Member:
    """One line: who, as what, and what may be shared until when."""

    name: str
    as_what: str
    consent_id: int | None
    until: str
    icon: Icon
    ink: Ink
    fault: str = ""


def members(
    desk: Desk, circle: Sequence[CirclePerson], consents: Sequence[ConsentRow]
) -> list[Member]:
    """Join the circle, in its order, with what consents say; then organisations they name."""
    made = [
        _member(
            desk,
            _titled(desk, person),
            _relation(desk.words, person),
            _counting(consents, f"p{person.person_id}"),
        )
        for person in circle
    ]
    for key, name in dict(_organisations(consents)).items():
        made.append(_member(desk, name, desk.words.tr("Organization"), _counting(consents, key)))
    return made


def _titled(desk: Desk, person: CirclePerson) -> str:
    name = desk.privacy.name(person.name.full)
    return f"{name}, {person.credentials}" if person.credentials else name


def _relation(words: Words, person: CirclePerson) -> str:
    relation = words.tr(Relationship(person.relationship).label)
    known = person.relationship != Relationship.OTHER
    return relation if known or not person.organisation else person.organisation


def _organisations(consents: Sequence[ConsentRow]) -> Iterator[tuple[str, str]]:
    for consent in consents:
        for key, name in zip(consent.keys, consent.recipients, strict=True):
            if key.startswith("o"):
                yield key, name


def _counting(consents: Sequence[ConsentRow], key: str) -> ConsentRow | None:
    """Choose the valid consent that lasts longest, else the one signed last."""
    naming = [consent for consent in consents if key in consent.keys]
    valid = [consent for consent in naming if consent.fault is None]
    if valid:
        return max(valid, key=lambda consent: consent.last_day or date.max)
    return naming[0] if naming else None


def covers(words: Words, topics: Sequence[str]) -> str:
    """Say what a consent covers in two words or three."""
    if set(CONSENT_TOPICS) <= set(topics):
        return words.tr("all topics")
    named = ", ".join(words.tr(Topic(code).in_words) for code in topics)
    if topics and len(named) <= SHORT:
        return named
    return words.tr("{n} topics").format(n=len(topics))


def _member(desk: Desk, name: str, as_what: str, consent: ConsentRow | None) -> Member:
    words, today = desk.words, desk.today()
    if consent is None:
        return Member(name, as_what, None, words.tr("No consent"), Icon.SHIELD_ALERT, "text3")
    if consent.fault is not None:
        end = words.tr("Not valid")
        return Member(
            name, as_what, consent.id, end, Icon.SHIELD_ALERT, "crit", words.tr(consent.fault)
        )
    said = phrases.BETWEEN.join((as_what, covers(words, consent.topics)))
    last = consent.last_day
    if last is None:
        return Member(name, said, consent.id, words.tr("Valid"), Icon.SHIELD_CHECK, "text2")
    soon = (last - today).days <= SOON
    until = words.month_day(last) if last.year == today.year else words.short_day(last)
    icon = Icon.SHIELD_ALERT if soon else Icon.SHIELD_CHECK
    return Member(name, said, consent.id, until, icon, "warn" if soon else "text2")


class MemberRow(QAbstractButton):
    """One of the care team; pressed, it opens the consent."""

    def __init__(self, member: Member, words: Words) -> None:
        super().__init__()
        self._member = member
        parts = (member.name, member.as_what, member.fault, member.until)
        self.setAccessibleName(", ".join(part for part in parts if part))
        opens = words.tr("Opens the consent") if member.consent_id else words.tr("New consent")
        self.setAccessibleDescription(opens)
        self.setToolTip(member.fault)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.px(200), look.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, member, tokens = paint.begin(self), self._member, look.tokens()
        if self.underMouse():
            paint.draw_box(painter, self.rect().adjusted(-6, 0, 6, 0), tokens.hover, "", 6)
        side, width = look.px(GLYPH), paint.text_width(member.until, "small")
        left = self.width() - width - side - look.px(5)
        glyph = QRect(left, (self.height() - side) // 2, side, side)
        icons.draw(painter, member.icon, glyph, look.colour(member.ink))
        place = QRect(self.width() - width, 0, width + 1, self.height())
        paint.draw_text(painter, place, member.until, "small", member.ink)
        room, top = left - look.px(12), look.px(2)
        first = QRect(0, top, room, look.line_height("body"))
        paint.draw_text(painter, first, member.name, "medium")
        below = QRect(0, first.bottom() + 1, room, look.line_height("small"))
        second = member.fault or member.as_what
        paint.draw_text(painter, below, second, "small", "crit" if member.fault else "text2")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in paint.RESTYLED:
            self.updateGeometry()
