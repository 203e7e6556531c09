"""The follow-up clocks of a move, from the visits kept and the talks in the log."""

from datetime import date, datetime, time
from typing import Final

from sqlalchemy.orm import Session

from cmdesk.casework import clock, merged, reached
from cmdesk.casework.transition_days import MoveDays
from cmdesk.models.client import Client
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.follow_up_clocks import Clock, Visit, clocks
from cmdesk.rules.transition_codes import OF_CARE, WATCHED

SAME_DAY: Final = (LevelOfCare.SETTING_ED,)  # after these a visit on the same day counts


def clocks_of(
    session: Session, days: MoveDays, level: str, today: date | None = None
) -> tuple[Clock, ...]:
    """Work out the clocks of one move by a day, from the planned day until they have left."""
    if days.leaves_on is None or days.kind not in WATCHED:
        return ()
    today = today or clock.today(session)
    visits = [
        Visit(visit.visit_on, visit.attended)
        for visit in days.visits
        if visit.visit_on and visit.kind in OF_CARE
    ]
    talks = talks_of(session, days.client_id, days.leaves_on) if days.leaves_on <= today else []
    return clocks(
        days.kind, days.leaves_on, today, visits=visits, talks=talks, same_day=level in SAME_DAY
    )


def talks_of(session: Session, client_id: int, since_day: date) -> list[date]:
    """Return the days from one on, that of leaving, on which the client was reached."""
    client = merged.kept_client(session, client_id)
    charts = merged.own_ids(session, client)
    people = merged.person_ids(session, session.get_one(Client, client).person_id)
    since = datetime.combine(since_day, time(), clock.zone(session))
    found = reached.which_days(session, charts, since)
    return sorted({day for (_, person), on in found.items() if person in people for day in on})
