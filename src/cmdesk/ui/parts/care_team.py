"""The people around a client, each with the consent that counts for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy

from cmdesk.casework.clients import CirclePerson
from cmdesk.casework.consents import ConsentRow
from cmdesk.rules.codes import CaseRole, Relationship
from cmdesk.rules.topics import CONSENT_TOPICS, Topic
from cmdesk.ui import icons, look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.veil import veil_of
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import pressed_by
from cmdesk.words import Words

SOON = 30  # days before a consent's end from which it is amber
SHORT = 26  # letters that fit after "Grandparent"
HEIGHT, GLYPH = 40, 14
DOTS = 24  # pixels at the right of a row's name for its menu, while the pointer is over it
TREATS = (
    Relationship.THERAPIST,
    Relationship.PSYCHIATRIST,
    Relationship.PHYSICIAN,
    Relationship.PROGRAM_CONTACT,
)
STANDS_BY = (
    Relationship.CASE_MANAGER,
    Relationship.SPONSOR,
    Relationship.EMPLOYER,
    Relationship.ATTORNEY,
    Relationship.TRUSTEE,
    Relationship.SCHOOL_CONTACT,
    Relationship.PROBATION,
    Relationship.CLERGY,
    Relationship.OTHER,
)
CARE, HOUSES, FAMILY, REST = range(4)  # who treats, places, those close, and all others
TURNS = (CARE, FAMILY, CARE, FAMILY, HOUSES, REST)  # who of a long team is shown first


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
    person_id: int | None = None
    group: int = REST

    @property
    def pressing(self) -> bool:
        """Whether a consent of theirs ends soon, or does not hold."""
        return self.consent_id is not None and self.ink in ("warn", "crit")


def members(
    desk: Desk, circle: Sequence[CirclePerson], consents: Sequence[ConsentRow]
) -> list[Member]:
    """Join the circle with what consents say, then places they name: who treats comes first."""
    made = [_of_circle(desk, person, consents) for person in circle]
    for key, name in dict(_organisations(consents)).items():
        member = _member(desk, name, desk.words.tr("Organization"), _counting(consents, key))
        made.append(replace(member, group=HOUSES))
    return sorted(made, key=lambda member: member.group)


def _of_circle(desk: Desk, person: CirclePerson, consents: Sequence[ConsentRow]) -> Member:
    consent = _counting(consents, f"p{person.person_id}")
    member = _member(desk, _titled(desk, person), _relation(desk.words, person), consent)
    relation = person.relationship
    group = CARE if relation in TREATS else REST if relation in STANDS_BY else FAMILY
    unwanted = CaseRole.DO_NOT_CONTACT in person.roles
    fault = desk.words.tr("Do not contact") if unwanted else member.fault
    return replace(member, person_id=person.person_id, group=group, fault=fault)


def chosen(team: Sequence[Member], most: int) -> list[Member]:
    """Choose who is shown first: what presses, then two who treat and two of the family."""
    if len(team) <= most:
        return list(team)
    of = {group: [at for at, each in enumerate(team) if each.group == group] for group in TURNS}
    taken = [of[group].pop(0) for group in TURNS if of[group]]
    pressing = [place for place, each in enumerate(team) if each.pressing]
    first = list(dict.fromkeys([*pressing, *taken, *range(len(team))]))[:most]
    return [team[place] for place in sorted(first)]


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
        end, fault = words.tr("Not valid"), veil_of(desk).text(words.tr(consent.fault))
        return Member(name, as_what, consent.id, end, Icon.SHIELD_ALERT, "crit", fault)
    said = phrases.BETWEEN.join((as_what, covers(words, consent.topics)))
    last = consent.last_day
    if last is None:
        return Member(name, said, consent.id, words.tr("Valid"), Icon.SHIELD_CHECK, "text2")
    soon = (last - today).days <= SOON
    until = words.month_day(last) if last.year == today.year else words.short_day(last)
    icon = Icon.SHIELD_ALERT if soon else Icon.SHIELD_CHECK
    return Member(name, said, consent.id, until, icon, "warn" if soon else "text2")


class MemberRow(QAbstractButton):
    """One of the care team. Signals `called`, `edited`, `consent`: what is wanted of them.

    Pressed, it opens what to know before a call, and for a place the consent; so does the end of
    the row, where the consent's last day stands. E edits, C opens the consent.
    """

    called = Signal()
    edited = Signal()
    consent = Signal()

    def __init__(self, member: Member, words: Words) -> None:
        super().__init__()
        self._member, self._words = member, words
        parts = (member.name, member.as_what, member.fault, member.until)
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.setAccessibleDescription(self._says())
        self.setToolTip(member.fault)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._on_clicked)

    def _says(self) -> str:
        tr, consent = self._words.tr, self._member.consent_id
        if self._member.person_id is None:
            return tr("Opens the consent") if consent else tr("New consent")
        return tr("Before a call. E edits, C opens the consent")

    def _on_clicked(self) -> None:
        (self.consent if self._member.person_id is None else self.called).emit()

    def menu(self) -> QMenu:
        """Offer all that can be done from here."""
        tr, made = self._words.tr, QMenu(self)
        if self._member.person_id is not None:
            made.addAction(tr("Before a call"), self.called.emit)
            made.addAction(tr("Edit"), self.edited.emit).setShortcut("E")
        opens = tr("Open the consent") if self._member.consent_id else tr("New consent")
        made.addAction(opens, self.consent.emit).setShortcut("C")
        return made

    def _open_menu(self, at: QPoint) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._open_menu(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() == Qt.Key.Key_E and self._member.person_id is not None:
            self.edited.emit()
        elif plain and event.key() == Qt.Key.Key_C:
            self.consent.emit()
        elif not pressed_by(self, event):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(at):
            if self._dots().contains(at) and self._shows_dots():
                self.setDown(False)
                self._open_menu(self.mapToGlobal(self._dots().bottomLeft()))
                return
            if at.x() >= self._end():
                self.setDown(False)
                self.consent.emit()
                return
        super().mouseReleaseEvent(event)

    def _end(self, width: int = 0) -> int:
        """Where the consent's mark begins, in a row of this width; without one, as it is now."""
        mark = paint.text_width(self._member.until, "small") + look.px(GLYPH + 5)
        return (width or self.width()) - mark

    def _dots(self) -> QRect:
        side = look.px(DOTS)
        return QRect(self._end() - side - look.px(4), (self.height() - side) // 2, side, side)

    def _shows_dots(self) -> bool:
        return self._member.person_id is not None and (self.underMouse() or self.hasFocus())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def _room(self, width: int) -> int:
        """Give the name's width in a row so wide; one that goes on leaves the menu its room."""
        room = self._end(width) - look.px(12)
        fits = paint.text_width(self._member.name, "medium") <= room
        return room if fits else self._end(width) - look.px(DOTS + 4)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        tall = paint.lay_out(self._member.name, "medium", self._room(width))[1]
        return look.px(HEIGHT) + tall - look.line_height("medium")

    def sizeHint(self) -> QSize:
        return QSize(look.px(200), self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, member, tokens = paint.begin(self), self._member, look.tokens()
        if self.underMouse():
            paint.draw_box(painter, self.rect().adjusted(-6, 0, 6, 0), tokens.hover, "", 6)
        side, left = look.px(GLYPH), self._end()
        glyph = QRect(left, (self.height() - side) // 2, side, side)
        icons.draw(painter, member.icon, glyph, look.colour(member.ink))
        place = QRect(left + side + look.px(5), 0, self.width() - left - side, self.height())
        paint.draw_text(painter, place, member.until, "small", member.ink)
        room, top = left - look.px(12), look.px(2)
        if self._shows_dots():
            dots = self._dots()
            room = dots.x()
            glyph = paint.centred(dots, look.px(16), look.px(16))
            icons.draw(painter, Icon.ELLIPSIS, glyph, look.colour("text2"))
        first = QRect(0, top, room, self.height() - look.px(HEIGHT) + look.line_height("medium"))
        if first.height() > look.line_height("medium"):
            first.setWidth(self._room(self.width()))
            paint.draw_lines(painter, first, member.name, "medium")
        else:
            paint.draw_text(painter, first, member.name, "medium")
        below = QRect(0, first.bottom() + 1, room, look.line_height("small"))
        second = member.fault or member.as_what
        paint.draw_text(painter, below, second, "small", "crit" if member.fault else "text2")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in paint.RESTYLED:
            self.updateGeometry()
