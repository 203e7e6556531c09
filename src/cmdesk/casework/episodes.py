"""The stays of a client, ours and before us: read, kept with their levels of care, taken away."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clients, clock, drafts, merged, parties
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.care import CareEvent, Episode, LevelStay
from cmdesk.models.consent import Consent
from cmdesk.models.coverage import Authorization
from cmdesk.models.entry import Entry
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.models.transition import Transition
from cmdesk.rules import episode_draft as rules
from cmdesk.rules import known_day
from cmdesk.rules.care_event_draft import settled
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.episode_draft import ENDED, EpisodeForm, LevelForm, Stretch
from cmdesk.rules.known_day import Known
from cmdesk.rules.people import Name

APART: Final = frozenset(
    {"where", "over", "cost", "levels", "presentation", "factors", "version"}
)  # fmt: skip
COPIED: Final = tuple(each.name for each in fields(EpisodeForm) if each.name not in APART)


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay to choose from a list; `called` is its program, else its level."""

    id: int
    called: str
    form: EpisodeForm


def stays(session: Session, client_id: int) -> list[Stay]:
    """Return the stays of a client, the newest first; those without any day last."""
    own = merged.own_ids(session, client_id)
    rows = session.scalars(select(Episode).where(Episode.client_id.in_(own))).all()
    houses = _houses(session, rows)
    found = [Stay(row.id, _called(row, houses), _form(session, row)) for row in rows]
    return sorted(found, key=_newest)


def _newest(stay: Stay) -> tuple[bool, int, int]:
    day = stay.form.admitted or stay.form.discharged
    return day is None, -(day.toordinal() if day else 0), -stay.id


def _houses(session: Session, rows: Sequence[Episode]) -> dict[int, str]:
    ids = {row.organisation_id for row in rows if row.organisation_id is not None}
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    return dict(session.execute(query).all()) if ids else {}


def _called(row: Episode, houses: dict[int, str]) -> str:
    return houses.get(row.organisation_id or 0, "")


def read(session: Session, episode_id: int) -> EpisodeForm:
    """Return a stay as the dialog holds it. Raises Problem if it is gone."""
    return _form(session, _row(session, episode_id))


def _row(session: Session, episode_id: int) -> Episode:
    return stored(session, Episode, episode_id, "stay")


def _form(session: Session, row: Episode) -> EpisodeForm:
    kept = {name: getattr(row, name) for name in COPIED}
    for name in ("admitted", "discharged"):  # of a month or a year the first day stands
        kept[name] = _first(kept[name], kept[f"{name}_known"])
    return EpisodeForm(
        **kept,
        where=parties.organisation_key(row.organisation_id) if row.organisation_id else "",
        over=row.status == ENDED and row.discharged is None,
        cost=rules.amount(row.cost_cents),
        presentation=tuple(row.presentation),
        factors=tuple(row.factors),
        levels=tuple(_level(each) for each in _levels(session, row.id)),
        version=row.version,
    )


def _first(day: date | None, known: str) -> date | None:
    return known_day.first(day, known) if day else None


def _levels(session: Session, episode_id: int) -> Sequence[LevelStay]:
    """Return the levels inside a stay in their order; without a first day, last."""
    query = select(LevelStay).where(LevelStay.episode_id == episode_id)
    return session.scalars(query.order_by(LevelStay.since.nulls_last(), LevelStay.id)).all()


def _level(row: LevelStay) -> LevelForm:
    since = row.since.isoformat() if row.since else ""
    until = row.until.isoformat() if row.until else ""
    return LevelForm(row.level_of_care, since, until, row.reason, str(row.id))


def begun(session: Session, client_id: int) -> EpisodeForm:
    """Return what a new stay begins with: what the client came with to the one before."""
    before = next((stay.form for stay in stays(session, client_id) if stay.form.presentation), None)
    return EpisodeForm(presentation=before.presentation if before else ())


def clashes(
    session: Session, client_id: int, form: EpisodeForm, episode_id: int | None = None
) -> list[Stay]:
    """Return the stays by day and night that lie over this one, the newest first."""
    others = {str(each.id): each for each in stays(session, client_id) if each.id != episode_id}
    days: list[Stretch] = [rules.stretch(each.form, number) for number, each in others.items()]
    return [others[each.name] for each in rules.overlaps(rules.stretch(form), days)]


def under_part2(session: Session, where: str) -> Part2 | None:
    """Propose the mark of a stay by its program (42 CFR 2.11); nothing for one that is unknown."""
    number = rules.house(where)
    program = session.get(Organisation, number) if number else None
    return Part2.YES if program is not None and program.sud_program else None


def save(
    session: Session,
    client_id: int,
    form: EpisodeForm,
    episode_id: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep a stay as typed with its levels, and throw the draft away; return its number.

    A program that is named and not on record is added to the directory. Raises Problem for days
    that can't be, and where a consent, an approval or a move would lose a day it counts from.
    """
    for words in rules.faults(form, clock.today(session)).values():
        raise Problem(words, "Put it right and save again.")
    row = _row(session, episode_id) if episode_id else Episode(client_id=client_id)
    if episode_id:
        refuse_changed(row.version, form.version, "stay")
    if episode_id and form.over and not form.discharged:
        _refuse_an_open_end(session, episode_id)
    if episode_id and not known_day.whole(form.admitted_known, form.discharged_known):
        _refuse_a_rough_day(session, episode_id)
    copy_typed(form, COPIED, row)
    row.admitted_known = form.admitted_known if form.admitted else Known.DAY
    row.discharged_known = form.discharged_known if form.discharged else Known.DAY
    row.organisation_id = _house(session, form.where.strip())
    row.status = ENDED if form.over and form.discharged is None else _status(row)
    row.cost_cents = rules.cents(form.cost)
    row.presentation, row.factors = list(form.presentation), list(settled(form.factors))
    session.add(row)
    session.flush()
    _keep_levels(session, row.id, rules.levels(form))
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def _status(row: Episode) -> str:
    """Leave what a practice file said of it, but not that it ended."""
    return "" if (row.status or "") == ENDED else row.status or ""


def _refuse_an_open_end(session: Session, episode_id: int) -> None:
    query = select(Consent.id).where(Consent.expires_episode_id == episode_id)
    if session.scalars(query.limit(1)).first() is not None:
        raise Problem("A consent ends with this stay.", "Give the last day, at least about.")


def _refuse_a_rough_day(session: Session, episode_id: int) -> None:
    for column, what in (
        (Consent.expires_episode_id, "A consent ends with this stay."),
        (Authorization.episode_id, "Days of this stay are approved and counted."),
        (Transition.from_episode_id, "A move leaves this stay."),
        (Transition.to_episode_id, "A move leads to this stay."),
    ):
        if session.scalars(select(column).where(column == episode_id).limit(1)).first():
            raise Problem(what, "Give its whole days, not a month or a year.")


def _house(session: Session, where: str) -> int | None:
    """Return the provider; one of just this name, or a new one, where a name was typed."""
    if not where:
        return None
    number = rules.house(where)
    if number is None:
        named = select(Organisation.id).where(
            func.lower(Organisation.name) == where.lower(), Organisation.mine.is_(True)
        )
        number = session.scalars(named.order_by(Organisation.id).limit(1)).first()
    house = stored(session, Organisation, number, "program") if number else None
    if house is None:
        house = Organisation(name=where)
        session.add(house)
    elif not house.mine:  # of a national directory until somebody stayed there
        house.mine = True
    session.flush()
    return house.id


def _keep_levels(session: Session, episode_id: int, levels: Sequence[LevelForm]) -> None:
    """Write the levels of a stay over those there are, by their numbers."""
    there = {str(row.id): row for row in _levels(session, episode_id)}
    for each in levels:
        row = there.pop(each.number, None) or LevelStay(episode_id=episode_id)
        row.level_of_care, row.reason = each.level, each.reason.strip()
        row.since, row.until = rules.day(each.since), rules.day(each.until)
        session.add(row)
    for gone in there.values():
        session.delete(gone)
    session.flush()


def take_away(session: Session, episode_id: int) -> None:
    """Take a stay away, as one noted by mistake. Undo brings it back.

    Raises Problem while a consent ends with it or an entry of the log belongs to it.
    """
    row = _row(session, episode_id)
    for model, column, what in (
        (Consent, Consent.expires_episode_id, "A consent ends with this stay."),
        (Entry, Entry.episode_id, "An entry of the log belongs to this stay."),
    ):
        if session.scalars(select(model.id).where(column == episode_id).limit(1)).first():
            raise Problem(what, "Change it instead of taking it away.")
    for part in _levels(session, row.id):
        session.delete(part)
    for turn in session.scalars(select(CareEvent).where(CareEvent.episode_id == row.id)):
        turn.episode_id = None
    session.flush()
    session.delete(row)
    session.flush()


def people(session: Session, client_id: int, keep: int | None = None) -> list[tuple[int, Name]]:
    """Return who may have cared for a client: the circle, and whoever is named already."""
    found = {each.person_id: each.name for each in clients.circle(session, client_id)}
    if keep is not None and keep not in found:
        found[keep] = parties.name_of(session.get_one(Person, keep))
    return list(found.items())


__all__ = [
    "Stay", "begun", "clashes", "people", "read", "save", "stays", "take_away",
    "under_part2",
]  # fmt: skip
