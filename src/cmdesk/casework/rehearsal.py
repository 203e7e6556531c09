"""What the first pages ask, of a client who is nobody: so that it is compiled before it counts."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy.orm import Session

from cmdesk.casework import (
    backup_standing,
    call_timer,
    clients,
    clock,
    consents,
    coverage,
    drafts,
    merged,
    milestones,
    namesakes,
    parties,
    placements,
    practice,
    recent,
    safety_plan,
    tasks,
    timeline,
    today,
    worklist,
)
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.today import DAYS
from cmdesk.models.base import Record
from cmdesk.models.care import Episode
from cmdesk.models.consent import Consent, ConsentRecipient, Restriction
from cmdesk.models.coverage import Authorization, Policy
from cmdesk.models.entry import Entry, EntryParticipant, FollowUp
from cmdesk.models.goal import Goal, GoalMove
from cmdesk.models.provider import Organisation
from cmdesk.models.rhythm import CadenceRule
from cmdesk.models.rights import PrivacyIncident, RightsRequest
from cmdesk.models.safety import SafetyPlan, SafetyStep
from cmdesk.models.task import Task
from cmdesk.models.transition import (
    FirstVisit,
    Handoff,
    Transition,
    TransitionLane,
    TransitionStep,
)
from cmdesk.models.update import UpdatePlan
from cmdesk.rules.codes import ConsentKind, Relationship, TaskState
from cmdesk.rules.contact_codes import Method
from cmdesk.rules.days import later
from cmdesk.rules.family_codes import AuthorizationDecision
from cmdesk.rules.rights import Right
from cmdesk.rules.transition_codes import Lane, MoveKind, StepPart, VisitKind

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
    lambda session, _client: placements.counts(session),
    lambda session, _client: namesakes.telling(session),
    lambda session, _client: parties.client_by_name(session, "nobody"),
    clients.head,
    clients.circle,
    lambda session, client: drafts.of_client(session, client, "nothing"),
    timeline.standings,
    merged.person_ids,
    timeline.in_wrong_chart,
    milestones.find,
    lambda session, client: milestones.rows(session, [client]),
    lambda session, client: timeline.rows(session, [client]),
    safety_plan.glance,
    tasks.next_steps,
    consents.rows,
    coverage.standing,
)

DENIED: Final = AuthorizationDecision.DENIED.value


def nobody(session: Session) -> int:
    """Put a client there who is nobody, with one of each that makes a page ask on; return them."""
    client = clients.add(session, ClientDraft(given_name="Nobody"))
    person = clients.add_to_circle(session, client, "Nobody", "Else", Relationship.MOTHER)
    _care(session, client, person)
    _log(session, client, person)
    _promises(session, client, person)
    _move(session, client, person)
    return client


def _care(session: Session, client: int, person: int) -> None:
    """Put a stay there that has a leave, and what allows, pays for and guards it."""
    today = clock.today(session)
    house = _kept(session, Organisation(name="Nowhere"))
    stay = Episode(client_id=client, organisation_id=house, admitted=today, planned_discharge=today)
    consent = Consent(
        client_id=client,
        kind=ConsentKind.PART2_SPECIFIC,
        signed_on=today,
        expires_on=today,
        expires_episode_id=_kept(session, stay),
        expires_with_engagement=True,
    )
    plan = _kept(session, SafetyPlan(client_id=client))
    session.add_all(
        [
            ConsentRecipient(consent_id=_kept(session, consent), person_id=person),
            SafetyStep(safety_plan_id=plan, step=safety_plan.HELPERS, person_id=person),
            Policy(client_id=client, payer="Nobody"),
            Authorization(client_id=client, decision=DENIED, decided_on=today),
            Restriction(client_id=client, topics=[]),
        ]
    )


def _move(session: Session, client: int, person: int) -> None:
    """Put a move there that happened, with one of each that belongs to it."""
    today = clock.today(session)
    move = Transition(client_id=client, leaves_on=today, left_on=today, kind=MoveKind.BOTH)
    of = {"transition_id": _kept(session, move)}
    session.add_all(
        [
            TransitionLane(lane=Lane.HOME, person_id=person, since=today, **of),
            Handoff(from_id=person, to_words="Nobody", **of),
            TransitionStep(part=StepPart.DAY, text="Nothing", offset_days=0, **of),
            FirstVisit(kind=VisitKind.THERAPIST, person_id=person, visit_on=today, **of),
        ]
    )


def _log(session: Session, client: int, person: int) -> None:
    """Put a contact there, with what was promised in it, and a goal that moved."""
    now, today = clock.now(session), clock.today(session)
    entry = Entry(client_id=client, occurred_at=now, occurred_zone="UTC", method=Method.PHONE)
    goal = _kept(session, Goal(client_id=client, name="Nothing"))
    number = _kept(session, entry)
    session.add_all(
        [
            EntryParticipant(entry_id=number, person_id=person),
            FollowUp(entry_id=number, text="Nothing", due=later(today, -1)),  # comes first
            GoalMove(goal_id=goal, moved_on=today),
        ]
    )


def _promises(session: Session, client: int, person: int) -> None:
    """Put there what is due: a task that waits, a call, and a letter."""
    today = clock.today(session)
    waits: dict[str, Any] = {"waiting_on_id": person, "waiting_since": today, "chase_days": 1}
    session.add_all(
        [
            Task(client_id=client, text="Nothing", due=today, state=TaskState.WAITING, **waits),
            CadenceRule(client_id=client, every_days=1),  # due: only the mother was called
            CadenceRule(client_id=client, person_id=person, times_a_week=DAYS),
            UpdatePlan(client_id=client, recipient_id=person),
            RightsRequest(client_id=client, kind=Right.ACCESS, received_on=today),
            PrivacyIncident(client_id=client, discovered_on=today),
        ]
    )


def _kept(session: Session, row: Record) -> int:
    """Add a row; return its number."""
    session.add(row)
    session.flush()
    return row.id
