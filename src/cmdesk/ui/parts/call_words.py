"""What the card before a call says, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cmdesk.casework.may_hear import Covered, Held, MayHear
from cmdesk.casework.pre_call import PreCall, Promise, Talk, Told
from cmdesk.rules.codes import Channel, ContactPermission, ContactPointKind
from cmdesk.rules.topics import CONSENT_TOPICS, Topic
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.tokens import Ink
from cmdesk.words import Words

SOON = 30  # days before a consent's end from which it is amber


@dataclass(frozen=True, slots=True)
class Line:
    words: str
    icon: Icon
    ink: Ink = "text2"
    end: str = ""
    end_ink: Ink = "text2"


def rules(words: Words, card: PreCall) -> list[Line]:
    """Say what the number allows and how to speak: voicemail, texts, best times, language."""
    tr, lines = words.tr, list[Line]()
    number = card.number
    if number is not None:
        kind = tr(ContactPointKind(number.kind).label)
        lines.append(Line(phrases.BETWEEN.join(filter(None, (kind, number.best_times))), Icon.INFO))
        none = number.voicemail == str(ContactPermission.VOICEMAIL_NONE)
        rule = tr(ContactPermission(number.voicemail).label)
        icon = Icon.PHONE_MISSED if none else Icon.MESSAGE_SQUARE
        lines.append(Line(rule, icon, "warn" if none else "text2"))
        if number.may_text:
            lines.append(Line(tr("Texts are allowed"), Icon.MESSAGE_SQUARE))
    elif card.numbers:
        lines.append(Line(tr("Calls to the numbers on record are not allowed."), Icon.INFO, "warn"))
    if card.language:
        speaks = tr("Speaks {language}").format(language=tr(card.language))
        needs = tr("needs an interpreter") if card.interpreter else ""
        lines.append(Line(", ".join(filter(None, (speaks, needs))), Icon.USERS))
    elif card.interpreter:
        lines.append(Line(tr("Needs an interpreter"), Icon.USERS))
    return lines


def may_hear(words: Words, found: MayHear, today: date) -> list[Line]:
    """Say what may be told today with the day it ends, or the one reason why nothing may."""
    tr = words.tr
    if found.own:
        return [Line(tr("Everything: it is their own record."), Icon.SHIELD_CHECK, "ok")]
    if not found.covered:
        return [Line(tr("Nothing. {why}.").format(why=found.reason), Icon.SHIELD_ALERT, "crit")]
    lines: list[Line] = []
    for each in found.covered:
        soon = each.until is not None and (each.until - today).days <= SOON
        until = ""
        if each.until is not None:
            day = words.month_day(each.until)
            if each.until.year != today.year:
                day = words.short_day(each.until)
            until = tr("until {day}").format(day=day)
            if each.until == today:
                until = tr("ends today")
        lines.append(
            Line(
                _topics(words, each.topics),
                Icon.SHIELD_CHECK,
                "ok",
                until,
                "warn" if soon else "text2",
            )
        )
        lines += _limits(words, each)
    return lines


def _limits(words: Words, each: Covered) -> list[Line]:
    tr, lines = words.tr, list[Line]()
    if not each.part2:
        only = tr("Nothing that comes from a program under 42 CFR Part 2.")
        lines.append(Line(only, Icon.SHIELD_ALERT, "warn"))
    if not each.by_phone:
        lines.append(Line(tr("The consent does not allow the phone."), Icon.SHIELD_ALERT, "warn"))
    return lines


def _topics(words: Words, codes: Sequence[str]) -> str:
    if set(CONSENT_TOPICS) <= set(codes):
        return words.tr("All topics")
    said = words.listed([words.tr(Topic(code).in_words) for code in codes])
    return said[:1].upper() + said[1:]


def held(words: Words, wish: Held, today: date | None = None) -> str:
    """Say a wish of the client: its words, what it is about, its last day."""
    tr = words.tr
    about = [words.tr(Topic(code).in_words) for code in wish.topics]
    if wish.some_entries:
        about.append(tr("what some entries say"))
    what = words.listed(about) if about else tr("everything")
    until = tr(", until {day}").format(day=words.month_day(wish.until)) if wish.until else ""
    if wish.until and wish.until == today:
        until = tr(", through today")
    said = wish.words.rstrip(".")
    return tr("{wish}: {what}{until}.").format(wish=said, what=what, until=until)


def contact(words: Words, card: PreCall, today: date) -> list[Line]:
    """Say when they were reached last, and how often it was tried since."""
    tr = words.tr
    lines = [Line(tr("Not reached yet"), Icon.PHONE_MISSED)]
    if card.reached is not None:
        lines = [_talk(words, card.reached, today)]
    if card.last_try is not None:
        many = words.ntr("Tried once since", "Tried {n} times since", card.tried)
        if card.reached is None:
            many = words.ntr("Tried once", "Tried {n} times", card.tried)
        last = card.last_try
        how = phrases.how_it_went(words, last.kind, last.method, last.outcome).lower()
        said = tr("{many}: {how}").format(many=many.format(n=card.tried), how=how)
        day = phrases.day_of(words, last.on, today)
        lines.append(Line(said, Icon.PHONE_MISSED, "warn", day))
    return lines


def _talk(words: Words, talk: Talk, today: date) -> Line:
    took = words.minutes(talk.minutes) if talk.minutes else ""
    how = phrases.how(words, talk.kind, talk.method)
    said = phrases.BETWEEN.join(filter(None, (how, took)))
    icon = phrases.icon_of(talk.kind, talk.method, talk.outcome)
    return Line(said, icon, end=phrases.day_of(words, talk.on, today))


def mine(words: Words, promises: Sequence[Promise], today: date) -> list[Line]:
    """List what one owes them, with the day it is due."""
    return [
        Line(
            each.text,
            Icon.SQUARE_CHECK_BIG,
            end=phrases.due(words, each.due, today),
            end_ink="crit" if each.due is not None and each.due < today else "text2",
        )
        for each in promises
    ]


def theirs(words: Words, promises: Sequence[Promise], today: date) -> list[Line]:
    """List what one waits for from them, with the day it began."""
    lines: list[Line] = []
    for each in promises:
        day = phrases.day_of(words, each.since, today) if each.since else ""
        since = words.tr("since {day}").format(day=day) if day else ""
        lines.append(Line(each.text, Icon.HISTORY, end=since))
    return lines


def told(words: Words, rows: Sequence[Told], today: date) -> list[Line]:
    """List what was told them last."""
    return [
        Line(
            phrases.BETWEEN.join((each.what, words.tr(Channel(each.channel).label)))
            if each.channel in list(Channel)
            else each.what,
            Icon.MAIL,
            end=phrases.day_of(words, each.on, today),
        )
        for each in rows
    ]
