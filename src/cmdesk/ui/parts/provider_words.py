"""How providers are said on the screen: places, levels, openings, costs, distances."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from cmdesk.rules.code import Code
from cmdesk.rules.provider_codes import Accreditation, ProviderRole, Takes
from cmdesk.rules.provider_marks import PLAN, Listed, label_of, level_words
from cmdesk.rules.provider_opening import Opening, Stand, opening
from cmdesk.ui.parts.phrases import BETWEEN
from cmdesk.words import Words

FEW = 2  # levels a line of the list names
FAR = float("inf")
PROPER: Final = frozenset({Takes.MEDICAID, Takes.MEDICARE, Accreditation.JOINT_COMMISSION})


class Said(NamedTuple):
    """Words and the ink they stand in."""

    text: str
    ink: str = "text2"


def place(each: Listed) -> str:
    """Write Brooklyn, NY."""
    return ", ".join(filter(None, (each.city, each.state)))


def what(words: Words, each: Listed) -> str:
    """Write day program, IOP; of a professional the role."""
    if each.role:
        return words.tr(label_of(ProviderRole, each.role))
    levels = list(dict.fromkeys(words.tr(level_words(_plain(level))) for level in each.levels))
    named = [*levels[:FEW], *([each.special] if each.special else [])]
    return ", ".join(named)


def _plain(level: str) -> str:
    """Take the plain name of a level that stands beside a numbered one: IOP, not IOP 2.1."""
    return {"asam4:2.1": "mh:iop", "asam3:2.1": "mh:iop"}.get(level, level)


def line(words: Words, each: Listed) -> str:
    return BETWEEN.join(filter(None, (place(each), what(words, each))))


def opens(words: Words, each: Listed, today: date) -> Said:
    """Say in a few words when there is a place, or when that was asked."""
    return stands(words, opening(each.told, today))


def stands(words: Words, found: Opening) -> Said:
    tr = words.tr
    if found.stand is Stand.ON and found.day is not None:
        return Said(tr("Opening {day}").format(day=words.month_day(found.day)), "ok")
    if found.stand is Stand.NOW:
        return Said(tr("No wait"), "ok")
    if found.stand is Stand.ASKED and found.day is not None:
        said = tr("Asked {day}").format(day=words.month_day(found.day))
        return Said(said, "warn" if found.old else "text2")
    if found.stand in {Stand.WAIT, Stand.WORDS}:
        return Said(found.words, "warn" if found.old else "text2")
    return Said("")


def placed(words: Words, count: int) -> str:
    return words.tr("{n} placed").format(n=count)


def away(words: Words, far: float) -> str:
    """Write 12 miles; nothing where it is not known."""
    if far == FAR:
        return ""
    if far < 1:
        return words.tr("under a mile")
    whole = round(far)
    return words.ntr("{n} mile", "{n} miles", whole).format(n=words.number(whole))


def money(words: Words, cents: int) -> str:
    return words.money(Decimal(cents) / 100, cents=bool(cents % 100))


def cost(words: Words, cents: int | None, per: str) -> str:
    """Write $780 a day."""
    if cents is None:
        return ""
    tr = words.tr
    named = {
        "day": tr("{money} a day"),
        "night": tr("{money} a night"),
        "week": tr("{money} a week"),
        "month": tr("{money} a month"),
        "hour": tr("{money} an hour"),
        "session": tr("{money} a session"),
    }
    return named.get(per, "{money}").format(money=money(words, cents))


def joined(words: Words, codes: type[Code], values: Iterable[str]) -> str:
    """Name several codes in one line, the first and every proper name with a capital."""
    named = [(value, words.tr(label_of(codes, value))) for value in values]
    between = "; " if any(", " in name for _, name in named) else ", "
    return between.join(
        name if not place or value in PROPER or name[:2].isupper() else name[:1].lower() + name[1:]
        for place, (value, name) in enumerate(named)
    )


def payer(words: Words, option: str) -> str:
    """Name an option of the facet of payers: a plan by its name, a kind by its label."""
    if option.startswith(PLAN):
        return option.removeprefix(PLAN)
    return words.tr(label_of(Takes, option))


def days_ago(words: Words, day: date, today: date) -> str:
    """Write today, yesterday, 6 days ago."""
    days = (today - day).days
    if days <= 0:
        return words.tr("today")
    if days == 1:
        return words.tr("yesterday")
    return words.tr("{n} days ago").format(n=days)


def told_by(words: Words, who: str, day: date, today: date) -> str:
    """Write Told you by Ana Ruiz, Mar 3."""
    when = words.near_day(day, today)
    if not who:
        return words.tr("Checked {day}").format(day=when)
    return words.tr("Told you by {name}, {day}").format(name=who, day=when)
