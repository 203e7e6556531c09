"""The levels of care inside a stay, from day to day, and as a chart draws them."""

from collections.abc import Callable, Iterable
from datetime import date

from cmdesk.rules.chart import Span
from cmdesk.rules.known_day import Known
from cmdesk.rules.levels import support
from cmdesk.rules.stay import Stay


def parts(stay: Stay, today: date) -> list[tuple[date, date | None, str]]:
    """Return the levels of a stay from day to day; one that goes on has the day planned, or none.

    A level lasts until the next begins; where none is known, the level of the whole stay holds.
    One that ended on a day nobody knows is a day long. No part ends before it begins or lies over
    the next, whatever days are on record.
    """
    first = stay.begun_from or stay.left_from
    if first is None:
        return []
    ahead = stay.planned if stay.planned and stay.planned > today else None
    end = stay.left_by(today) or (first if stay.over else ahead)
    dated = [(each.since, each.until, each.code) for each in stay.levels if each.since]
    dated.sort(key=lambda each: each[0])
    found = list[tuple[date, date | None, str]]()
    if not dated or dated[0][0] > first:
        found.append((first, dated[0][0] if dated else _not_before(end, first), stay.level))
    for place, (since, until, code) in enumerate(dated):
        following = dated[place + 1][0] if place + 1 < len(dated) else None
        last = min(filter(None, (until, following)), default=end)
        found.append((since, _not_before(last, since), code))
    return found


def _not_before(last: date | None, first: date) -> date | None:
    return max(last, first) if last else None


def spans(
    stays: Iterable[Stay], today: date, called: Callable[[str], str]
) -> list[tuple[int, Span]]:
    """Return what is drawn of each stay, as a chart draws levels of care; `called` names a level.

    Without a level a stay goes by its program.
    """
    return [
        (stay.id, span(stay, part, called(part[2]) if part[2] else stay.where))
        for stay in stays
        for part in parts(stay, today)
        if part[2] or stay.where
    ]


def span(stay: Stay, part: tuple[date, date | None, str], name: str) -> Span:
    """Return one part as it is drawn, with how exactly the ends of the stay are known."""
    first, last, code = part
    begun = Known.DAY.value
    if first == stay.begun_from:
        begun = stay.admitted_known
    elif stay.admitted is None and first == stay.left_from:
        begun = stay.left_known
    ended = (
        stay.left_known if stay.left and last is not None and last >= stay.left else Known.DAY.value
    )
    return Span(first, last, name, support(code), begun, ended)


__all__ = ["parts", "span", "spans"]
