"""A move from one level of care to the next: lanes, handoffs, steps and first visits."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class Transition(Record):
    """One move. `leaves_on` is the anchor by which the steps are dated."""

    __tablename__ = "transition"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    from_episode_id: Mapped[int | None] = mapped_column(
        ForeignKey("episode.id", ondelete="SET NULL"), index=True
    )
    to_episode_id: Mapped[int | None] = mapped_column(
        ForeignKey("episode.id", ondelete="SET NULL"), index=True
    )
    to_organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id"), index=True
    )
    to_words: Mapped[str] = mapped_column(default="")  # where to, if it is no organisation
    leaves_on: Mapped[date | None] = mapped_column(index=True)
    left_on: Mapped[date | None]  # the day it happened
    kind: Mapped[str] = mapped_column(default="")  # psychiatric, substance_use, both, other
    medicine_days: Mapped[int | None]  # handed out for the way; not known counts as none
    medicine_words: Mapped[str] = mapped_column(default="")
    risk_plan: Mapped[str] = mapped_column(default="")
    travel: Mapped[str] = mapped_column(default="")
    belongings: Mapped[str] = mapped_column(default="")
    school_work: Mapped[str] = mapped_column(default="")
    phone_rules: Mapped[str] = mapped_column(default="")
    family_plan: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None]
    part2: Mapped[str] = mapped_column(default="unknown")


class TransitionLane(Record):
    """Who or what carries one side of life, from a day to a day. Not settled is drawn dashed."""

    __tablename__ = "transition_lane"

    transition_id: Mapped[int] = mapped_column(
        ForeignKey("transition.id", ondelete="CASCADE"), index=True
    )
    lane: Mapped[str]  # home, program, therapist, psychiatrist, medicine
    label: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[date | None]
    until: Mapped[date | None]
    settled: Mapped[bool] = mapped_column(default=True)


class Handoff(Record):
    """Two people who talk before the client moves. Each end confirms for itself."""

    __tablename__ = "handoff"

    transition_id: Mapped[int] = mapped_column(
        ForeignKey("transition.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    from_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    from_words: Mapped[str] = mapped_column(default="")
    to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    to_words: Mapped[str] = mapped_column(default="")
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"), index=True)
    call_on: Mapped[date | None]
    sender_confirmed_on: Mapped[date | None]
    receiver_confirmed_on: Mapped[date | None]
    records_sent_on: Mapped[date | None]
    records_received_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")


class TransitionStep(Record):
    """A line of a checklist: so many days from the anchor, or on a day that does not move."""

    __tablename__ = "transition_step"

    transition_id: Mapped[int] = mapped_column(
        ForeignKey("transition.id", ondelete="CASCADE"), index=True
    )
    part: Mapped[str]  # before, day, after
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str]
    owner: Mapped[str] = mapped_column(default="")
    offset_days: Mapped[int | None]
    fixed_on: Mapped[date | None]
    time: Mapped[str] = mapped_column(default="")
    done_on: Mapped[date | None]
    done_at: Mapped[datetime | None]
    evidence: Mapped[str] = mapped_column(default="")
    dropped: Mapped[bool] = mapped_column(default=False)


class FirstVisit(Record):
    """A first appointment after the move, and whether it was kept."""

    __tablename__ = "first_visit"

    transition_id: Mapped[int] = mapped_column(
        ForeignKey("transition.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]  # therapist, psychiatrist, program, medical, other
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    label: Mapped[str] = mapped_column(default="")
    visit_on: Mapped[date | None] = mapped_column(index=True)
    time: Mapped[str] = mapped_column(default="")
    attended: Mapped[bool | None]
    note: Mapped[str] = mapped_column(default="")
