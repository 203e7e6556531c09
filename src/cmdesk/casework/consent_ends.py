"""What consents end with besides a date: a stay, the engagement; asked for many at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from cmdesk.models.care import Episode
from cmdesk.models.client import Engagement
from cmdesk.models.consent import Consent
from cmdesk.rules.consent import Event

_STAYS = select(Episode.id, Episode.client_id, Episode.discharged).where(
    Episode.id.in_(bindparam("ids", expanding=True))
)
_ENGAGEMENTS = select(Engagement.client_id, Engagement.ended_on).where(
    Engagement.client_id.in_(bindparam("clients", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Ends:
    """The stays by number: their client and discharge; last days of engagements by client."""

    stays: Mapping[int, tuple[int, date | None]] = field(
        default_factory=dict[int, tuple[int, date | None]]
    )
    engagements: Mapping[int, Sequence[date | None]] = field(
        default_factory=dict[int, Sequence[date | None]]
    )


def of(session: Session, rows: Collection[Consent]) -> Ends:
    """Find what these consents end with."""
    ids = {row.expires_episode_id for row in rows if row.expires_episode_id}
    clients = {row.client_id for row in rows if row.expires_with_engagement}
    found = session.execute(_STAYS, {"ids": list(ids)}) if ids else ()
    stays = {number: (client, discharged) for number, client, discharged in found}
    engagements: dict[int, list[date | None]] = {}
    over = session.execute(_ENGAGEMENTS, {"clients": list(clients)}) if clients else ()
    for client, ended in over:
        engagements.setdefault(client, []).append(ended)
    return Ends(stays, engagements)


def event(row: Consent, ends: Ends) -> Event | None:
    """Of an episode and the engagement, whichever ends first; none on record makes it invalid."""
    if not (row.expires_episode_id or row.expires_with_engagement):
        return None
    events: list[Event] = []
    if row.expires_episode_id:
        client, discharged = ends.stays.get(row.expires_episode_id, (None, None))
        known = client is not None and client == row.client_id
        events.append(Event(discharged) if known else Event(None, on_record=False))
    if row.expires_with_engagement:
        events.append(_engagement(row, ends.engagements.get(row.client_id, ())))
    missing = [each for each in events if not each.on_record]
    happened = [each for each in events if each.happened_on]
    first = min(happened, key=lambda each: each.happened_on or date.max, default=None)
    return next(iter(missing), None) or first or next(iter(events), None)


def _engagement(row: Consent, ends: Sequence[date | None]) -> Event:
    """Find the first end since the consent was given: a new engagement does not revive it."""
    if not ends:
        return Event(None, on_record=False, engagement=True)
    given = row.signed_on or row.begins_on or date.min
    over = min((day for day in ends if day and day >= given), default=None)
    if over is None and all(ends):
        over = max(day for day in ends if day)
    return Event(over, engagement=True)
