"""How contacts, dues and stays are said on the screen, in the practitioner's short words."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from cmdesk.casework.letter_events import Stand
from cmdesk.rules.contact_codes import EntryKind, Method, Outcome
from cmdesk.rules.letter_state import LetterState, said
from cmdesk.rules.log import UNREACHED
from cmdesk.rules.topics import Topic
from cmdesk.ui.icons import Icon
from cmdesk.ui.tokens import Ink
from cmdesk.words import N_, Words

_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=\w)")
METHODS: dict[str, str] = {
    Method.PHONE: N_("Call"),
    Method.VIDEO: N_("Video call"),
    Method.VOICEMAIL: N_("Voicemail"),
    Method.IN_PERSON: N_("Meeting"),
    Method.TEXT: N_("Text"),
    Method.E_MAIL: N_("E-mail"),
    Method.SECURE_MESSAGE: N_("Secure message"),
    Method.LETTER: N_("Letter or fax"),
    Method.PORTAL: N_("Portal message"),
    Method.COLLATERAL_BY_THIRD_PARTY: N_("Heard from someone"),
}
METHOD_ICONS: dict[str, Icon] = {
    Method.PHONE: Icon.PHONE,
    Method.VIDEO: Icon.VIDEO,
    Method.VOICEMAIL: Icon.PHONE_MISSED,
    Method.IN_PERSON: Icon.USERS,
    Method.TEXT: Icon.MESSAGE_SQUARE,
    Method.E_MAIL: Icon.MAIL,
    Method.SECURE_MESSAGE: Icon.MAIL,
    Method.LETTER: Icon.FILE_TEXT,
    Method.PORTAL: Icon.MESSAGE_SQUARE,
    Method.COLLATERAL_BY_THIRD_PARTY: Icon.TEXT_QUOTE,
}
KIND_ICONS: dict[str, Icon] = {
    EntryKind.INTERNAL_NOTE: Icon.PEN_LINE,
    EntryKind.TRAVEL: Icon.ROUTE,
    EntryKind.CRISIS_RESPONSE: Icon.LIFE_BUOY,
    EntryKind.MEETING: Icon.USERS,
}
OUTCOMES: dict[str, str] = {
    Outcome.LEFT_VOICEMAIL: N_("left message"),
    Outcome.NO_ANSWER: N_("no answer"),
    Outcome.BUSY: N_("busy"),
    Outcome.WRONG: N_("wrong number"),
    Outcome.NO_REPLY: N_("no reply"),
    Outcome.UNDELIVERABLE: N_("not delivered"),
    Outcome.NO_SHOW: N_("no-show"),
    Outcome.MESSAGE_WITH_THIRD_PARTY: N_("message left with someone"),
}
BETWEEN = " · "


def how(words: Words, kind: str, method: str) -> str:
    """Say the way of a contact in a word or two: Call, Text, Note."""
    if method in METHODS:
        return words.tr(METHODS[method])
    if kind == EntryKind.INTERNAL_NOTE:
        return words.tr("Note")
    return words.tr(EntryKind(kind).label) if kind in list(EntryKind) else words.tr("Contact")


def how_it_went(words: Words, kind: str, method: str, outcome: str) -> str:
    """Say the way, and what became of it when nobody was reached: Call, left message."""
    way = how(words, kind, method)
    return f"{way}, {words.tr(OUTCOMES[outcome])}" if outcome in OUTCOMES else way


def with_whom(words: Words, kind: str, method: str, direction: str, called: str) -> str:
    """Say the last contact in one line: Call with Diane, Text from Joel."""
    way = how(words, kind, method)
    if not called:
        return way
    if method in (Method.PHONE, Method.VIDEO, Method.IN_PERSON) or not method:
        return words.tr("{way} with {name}").format(way=way, name=called)
    heard = words.tr("{way} from {name}") if direction == "inbound" else words.tr("{way} to {name}")
    return heard.format(way=way, name=called)


def icon_of(kind: str, method: str, outcome: str) -> Icon:
    """Choose the icon of a contact; a call that reached nobody has its own."""
    if method in (Method.PHONE, Method.VIDEO) and outcome in UNREACHED:
        return Icon.PHONE_MISSED
    return METHOD_ICONS.get(method) or KIND_ICONS.get(kind, Icon.FILE_TEXT)


def due(words: Words, day: date | None, today: date) -> str:
    """Say when something is due: 3 days late, Today, Thu, Mar 18; empty without a date."""
    if day is None:
        return ""
    return words.late(day, today) or words.near_day(day, today)


def due_ink(day: date | None, today: date) -> str:
    return "crit" if day is not None and day < today else "text2"


def place(words: Words, where: str, day: int | None) -> str:
    """Say where someone is and since when: Stillwater Ridge, day 35, joined by a dot."""
    if not where:
        return words.tr("Day {n}").format(n=day) if day else ""
    count = words.tr("day {n}").format(n=day) if day else ""
    return BETWEEN.join(part for part in (where, count) if part)


def day_of(words: Words, day: date, today: date) -> str:
    """Say a past day: Today, Yesterday, Sat within the week, Mar 2 before."""
    if 1 < (today - day).days < 7:
        return words.weekday(day)
    return words.near_day(day, today)


def wrote(words: Words, day: date, today: date) -> str:
    """Say when one wrote something: You wrote this Friday."""
    away = (today - day).days
    if away in (0, 1):
        when = words.near_day(day, today).lower()
    elif away < 7:
        when = words.full_day(day).partition(",")[0]
    else:
        when = words.near_day(day, today)
    return words.tr("You wrote this {day}").format(day=when)


def letter_state(stand: Stand, today: date) -> tuple[str, Ink]:
    """Say what became of a letter, and in which ink; of one handed over, nothing yet."""
    if stand.state is LetterState.HANDED_OVER:
        return "", "text2"
    ink: Ink = "crit" if stand.state is LetterState.CAME_BACK else "text2"
    return said(stand.state, stand.on, stand.note, today), ink


def topics(words: Words, codes: Iterable[str]) -> str:
    """List topics as consents call them; a code that is none of theirs is said as it stands."""
    known = {topic.value: topic.in_words for topic in Topic}
    return words.listed([words.tr(known.get(code, code.replace("_", " "))) for code in codes])


def curled(said: str) -> str:
    """Print an apostrophe of the rules, which other programs read straight, as screens have it."""
    return _APOSTROPHE.sub("’", said)
