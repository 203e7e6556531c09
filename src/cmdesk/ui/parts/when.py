"""Moments as they are said: last night, yesterday, 8 days ago; sizes as files have them."""

from datetime import date, datetime, timedelta
from typing import Final

from cmdesk.ui.clock_face import local
from cmdesk.words import Words

EVENING: Final = 18  # o'clock: what was done yesterday from then on was done last night
NIGHT_ENDS: Final = 4
WEEK: Final = 7  # days


def day_said(words: Words, moment: datetime, now: datetime) -> str:
    """Write Today, Last night, Yesterday, Saturday, March 1, with its year if it is another."""
    tr, then, today = words.tr, local(moment), local(now)
    away = (today.date() - then.date()).days
    evening = away == 1 and then.hour >= EVENING
    if evening or (away == 0 and then.hour < NIGHT_ENDS <= today.hour):
        return tr("Last night")
    if away in (0, 1):
        return tr("Yesterday") if away else tr("Today")
    if 1 < away < WEEK:
        return words.full_day(then.date()).partition(",")[0]
    return near_date(words, then.date(), today.date())


def near_date(words: Words, day: date, today: date) -> str:
    """Write March 1; September 3, 2025 when the year is another."""
    if day.year != today.year:
        return words.day(day)
    return words.full_day(day).partition(", ")[2] or words.day(day)


def moment_said(words: Words, moment: datetime, now: datetime) -> str:
    """Write Last night at 11:40 PM, March 1 at 9:12 AM."""
    day = day_said(words, moment, now)
    return words.tr("{day} at {time}").format(day=day, time=words.time(local(moment)))


def in_sentence(said: str) -> str:
    """Write a moment inside a sentence: last night, but Saturday and March 1."""
    near = said.startswith(("Last", "Yesterday", "Today"))
    return said[:1].lower() + said[1:] if near else said


def moment_listed(words: Words, moment: datetime, now: datetime) -> str:
    """Write Last night, 11:40 PM; Sat, Mar 7, 11:40 PM: for columns."""
    then = local(moment)
    day = day_said(words, moment, now)
    if local(now).date() - then.date() > timedelta(days=1):
        day = f"{words.weekday(then.date())}, {words.month_day(then.date())}"
        if then.year != local(now).year:
            day = words.short_day(then.date())
    return f"{day}, {words.time(then)}"


def ago(words: Words, moment: datetime, now: datetime) -> str:
    """Write today, yesterday, 8 days ago."""
    days = (local(now).date() - local(moment).date()).days
    if days <= 1:
        return words.tr("yesterday") if days == 1 else words.tr("today")
    return words.ntr("{n} day ago", "{n} days ago", days).format(n=days)


def size_said(words: Words, size: int) -> str:
    """Write 48.2 MB, as file managers count: a million bytes."""
    if size < 100_000:
        return words.tr("{n} kB").format(n=max(1, round(size / 1000)))
    if size < 1_000_000_000:
        return words.tr("{n} MB").format(n=f"{size / 1_000_000:.1f}")
    return words.tr("{n} GB").format(n=f"{size / 1_000_000_000:.1f}")
