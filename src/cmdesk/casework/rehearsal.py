"""What the first pages ask, of a client who is nobody: so that it is compiled before it counts."""

from collections.abc import Callable
from typing import Final

from sqlalchemy.orm import Session

from cmdesk.casework import (
    backup_standing,
    call_timer,
    clients,
    clock,
    consents,
    coverage,
    drafts,
    milestones,
    namesakes,
    parties,
    practice,
    recent,
    safety_plan,
    tasks,
    timeline,
    today,
    worklist,
)
from cmdesk.casework.clients import ClientDraft
from cmdesk.rules.codes import Relationship

ASKED: Final[tuple[Callable[[Session, int], object], ...]] = (
    lambda session, _client: practice.settled(session),
    lambda session, _client: clock.zone(session),
    lambda session, _client: call_timer.running(session),
    lambda session, _client: worklist.count(session),
    lambda session, _client: today.urgent(session),
    lambda session, _client: today.letters(session),
    lambda session, _client: today.page(session),
    lambda session, _client: backup_standing.look(session),
    lambda session, _client: recent.clients(session),
    lambda session, _client: namesakes.telling(session),
    lambda session, _client: parties.client_by_name(session, "nobody"),
    clients.head,
    clients.circle,
    lambda session, client: drafts.of_client(session, client, "nothing"),
    timeline.standings,
    timeline.in_wrong_chart,
    milestones.find,
    lambda session, client: milestones.rows(session, [client]),
    lambda session, client: timeline.rows(session, [client]),
    safety_plan.glance,
    tasks.next_steps,
    consents.rows,
    coverage.standing,
)


def nobody(session: Session) -> int:
    """Put a client there who is nobody, with somebody around them; return the client."""
    client = clients.add(session, ClientDraft(given_name="Nobody"))
    clients.add_to_circle(session, client, "Nobody", "Else", Relationship.MOTHER)
    return client
