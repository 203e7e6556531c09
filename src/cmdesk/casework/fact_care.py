"""What a letter may say of care: the stays so far, and the dates to keep.

Domain.md 0.6: that and when someone was somewhere is `attendance`; where, at which level and how it
ended is `treatment` as well, with the mark of the stay; what an insurer approved is `financial`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import merged
from cmdesk.casework.fact import NAMED, UNNAMED, Fact, judged
from cmdesk.casework.occasion import Case
from cmdesk.models.care import Episode, LevelStay
from cmdesk.models.coverage import Authorization
from cmdesk.models.provider import Organisation
from cmdesk.rules import asam, known_day
from cmdesk.rules.care_codes import DischargeReason, LevelOfCare
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.episode_draft import ENDED as OVER
from cmdesk.rules.family_codes import AuthorizationDecision
from cmdesk.rules.letter import PartKind, Stay, Step
from cmdesk.rules.letter_template import Readers
from cmdesk.rules.topics import Topic
from cmdesk.words import N_

GRANTED: Final = (AuthorizationDecision.APPROVED, AuthorizationDecision.PARTIAL)
FINANCIAL: Final = frozenset({Topic.FINANCIAL})
# How a stay ended, as one says it to a family. Of any other end a letter says nothing by itself.
ENDED: Final = {
    DischargeReason.TREATMENT_COMPLETED: N_("Completed"),
    DischargeReason.TRANSFERRED_TO_ANOTHER_LEVEL: N_("Went on to other care"),
    DischargeReason.LEFT_AGAINST_ADVICE: N_("Left early"),
    DischargeReason.ELOPED: N_("Left early"),
    DischargeReason.TERMINATED_BY_FACILITY: N_("Ended by the program"),
    DischargeReason.PAYER: N_("Ended over payment"),
    DischargeReason.MEDICAL_TRANSFER: N_("Moved to medical care"),
}


def care(session: Session, about: Case) -> list[Fact]:
    """Return the stays, oldest first, and the dates of care and of its approval."""
    own = merged.own_ids(session, about.client_id)
    found = session.scalars(select(Episode).where(Episode.client_id.in_(own))).all()
    stays = sorted(found, key=lambda stay: (stay.admitted or stay.discharged or date.min, stay.id))
    houses = _houses(session, stays)
    told: list[Fact] = []
    for stay in stays:
        house = houses.get(stay.organisation_id or 0, "")
        told += _stay(about, stay, house)
        told += _arriving(about, stay, house)
    return [*told, *_levels(session, about, stays), *_approved(session, about, own, stays)]


def _houses(session: Session, stays: Sequence[Episode]) -> dict[int, str]:
    ids = {stay.organisation_id for stay in stays if stay.organisation_id is not None}
    if not ids:
        return {}
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    return dict(session.execute(query).all())


def _stay(about: Case, stay: Episode, house: str) -> Iterator[Fact]:
    """Give a stay with its program, its level and its end; and by its days alone."""
    days = _days(about, stay)
    if not days:
        return
    what, tr = f"stay {stay.id}", about.words.tr
    level = asam.told(stay.level_of_care, about.words)
    reason = DischargeReason(stay.discharge_reason) if stay.discharge_reason else None
    ended = tr(ENDED.get(reason, "")) if reason and (stay.discharged or stay.status == OVER) else ""
    where = house or tr("A single practitioner" if stay.provider_id else "Not known")
    rows = [(Stay(days, where, level, ended), NAMED)] if house or level else []
    dated = stay.admitted or stay.discharged  # that there was a stay some time tells of care alone
    for row, topics in (*rows, *([(Stay(days, "", ""), UNNAMED)] if dated else [])):
        named = house if row.where and house else days
        verdict = judged(about, topics, stay.part2, named)
        offered = _concerns(about, stay)
        yield Fact(what, named, verdict, PartKind.HISTORY, row=row, offered=offered)


def _concerns(about: Case, stay: Episode) -> bool:
    """Whether a stay belongs into the letter: a school reads of the days it asks about alone."""
    if about.template.readers is not Readers.SCHOOL:
        return True
    unknown = stay.admitted if stay.status == OVER else date.max
    began, left = stay.admitted or date.min, stay.discharged
    over = known_day.last(left, stay.discharged_known) if left else unknown or date.min
    return began <= about.last and over >= about.first


def _days(about: Case, stay: Episode) -> str:
    words, began, over = about.words, stay.admitted, stay.discharged
    if began is not None and began > about.on:
        return ""
    if over is not None and over > about.on:
        over = None
    if not known_day.whole(stay.admitted_known, stay.discharged_known):
        return _roughly(about, stay, over)
    if began is not None and over is not None:
        return words.span(began, over)
    if over is None and stay.status == OVER:
        began_on = words.tr("From {day}, last day not known")
        return began_on.format(day=words.day(began)) if began else words.tr("Days not known")
    if began is not None:
        return words.tr("Since {day}").format(day=words.day(began))
    return words.tr("Until {day}").format(day=words.day(over)) if over else ""


def _roughly(about: Case, stay: Episode, over: date | None) -> str:
    """Tell the days of a stay no more exactly than they are known."""
    words, tr = about.words, about.words.tr
    began = words.as_known(stay.admitted, stay.admitted_known) if stay.admitted else ""
    ended = words.as_known(over, stay.discharged_known) if over else ""
    if began and ended:
        both = tr("{begun} to {ended}").format(begun=began, ended=ended)
        return began if began == ended else both[:1].upper() + both[1:]
    if ended:
        return tr("Until {ended}").format(ended=ended)
    if stay.status == OVER:
        unknown = tr("From {begun}, last day not known")
        return unknown.format(begun=began) if began else tr("Days not known")
    return tr("Since {begun}").format(begun=began) if began else ""


def dated(
    about: Case, what: str, day: date, part2: str, *ways: tuple[str, frozenset[Topic]]
) -> Iterator[Fact]:
    """Give one date to keep, in each way of saying it, the fuller first."""
    for text, topics in ways:
        row = Step(about.words.weekday_date(day), text, "")
        verdict = judged(about, topics, part2, text)
        yield Fact(what, text, verdict, PartKind.DATES, day, row)


def _arriving(about: Case, stay: Episode, house: str) -> Iterator[Fact]:
    """Give the day a stay that is planned begins."""
    if stay.first_day is None or stay.first_day <= about.on:
        return
    tr, name = about.words.tr, about.name.called
    named = [(tr("{name} goes to {house}").format(name=name, house=house), NAMED)] if house else []
    unnamed = tr("{name} begins a new stay").format(name=name)
    yield from dated(
        about, f"arriving {stay.id}", stay.first_day, stay.part2, *named, (unnamed, UNNAMED)
    )


def _levels(session: Session, about: Case, stays: Sequence[Episode]) -> Iterator[Fact]:
    """Give since when the present level of care holds, and from when on the next."""
    known = {stay.id: stay for stay in stays}
    if not known:
        return
    query = select(LevelStay).where(
        LevelStay.episode_id.in_(known),
        LevelStay.since.is_not(None),
        or_(LevelStay.until.is_(None), LevelStay.until >= about.on),
    )
    for row in session.scalars(query.order_by(LevelStay.since, LevelStay.id)):
        stay = known[row.episode_id]
        gone = stay.status == OVER or (stay.discharged is not None and stay.discharged < about.on)
        if row.since is None or gone:
            continue
        tr, level = about.words.tr, LevelOfCare(row.level_of_care).label
        text = tr("Level of care from this day: {level}").format(level=tr(level))
        yield from dated(about, f"level {row.id}", row.since, stay.part2, (text, NAMED))


def _approved(
    session: Session, about: Case, own: Sequence[int], stays: Sequence[Episode]
) -> Iterator[Fact]:
    """Give how long what is approved lasts, and when it is looked at next: the latest of each."""
    query = select(Authorization).where(
        Authorization.client_id.in_(own), Authorization.closed_on.is_(None)
    )
    open_ones = session.scalars(query.order_by(Authorization.id)).all()
    marks = {stay.id: stay.part2 for stay in stays}
    tr = about.words.tr
    lasting = [
        (day, row)
        for row in open_ones
        if row.decision in GRANTED and (day := row.last_covered_on or row.through_on) is not None
    ]
    looked_at = [
        (row.next_review_on, row)
        for row in open_ones
        if row.next_review_on is not None
        and row.decision in (*GRANTED, AuthorizationDecision.PENDING)
    ]
    for what, text, found in (
        ("approved", tr("Insurance is approved through this day"), lasting),
        ("review", tr("Insurance review"), looked_at),
    ):
        ahead = [(day, row) for day, row in found if day >= about.on]
        if ahead:
            day, row = max(ahead, key=lambda pair: (pair[0], pair[1].id))
            part2 = marks.get(row.episode_id or 0, Part2.UNKNOWN.value)
            yield from dated(about, what, day, part2, (text, FINANCIAL))
