"""The search for the right place: what is needed, who was asked, and what was decided."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class PlacementSearch(Record):
    """One search for one client. Closed when a place is taken, or when nobody looks any longer."""

    __tablename__ = "placement_search"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    looking_for: Mapped[str] = mapped_column(default="")
    levels: Mapped[list[str]] = mapped_column(default=list)
    by_on: Mapped[date | None]
    around: Mapped[str] = mapped_column(default="home")  # home, here, both, anywhere
    around_zip: Mapped[str] = mapped_column(default="")  # a third place, where neither serves
    most_miles: Mapped[int | None]
    budget_cents: Mapped[int | None]
    budget_per: Mapped[str] = mapped_column(default="")
    payer: Mapped[str] = mapped_column(default="")
    legal: Mapped[str] = mapped_column(default="")
    timing: Mapped[str] = mapped_column(default="")
    conflict_statement: Mapped[str] = mapped_column(default="")
    conflict_stated_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(default="")
    decision: Mapped[str] = mapped_column(default="")  # in the family’s words
    rationale: Mapped[str] = mapped_column(default="")
    chosen_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    closed_on: Mapped[date | None]
    part2: Mapped[str] = mapped_column(default="unknown")


class PlacementNeed(Record):
    """What the place must have. `test` names the field, the sign and the value it is matched by."""

    __tablename__ = "placement_need"

    search_id: Mapped[int] = mapped_column(
        ForeignKey("placement_search.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str]
    must: Mapped[bool] = mapped_column(default=True)
    weight: Mapped[int] = mapped_column(default=2)  # 1 to 3
    test: Mapped[dict[str, Any]] = mapped_column(default=dict)
    question: Mapped[str] = mapped_column(default="")  # to ask where the answer is not known


class PlacementCandidate(Record):
    __tablename__ = "placement_candidate"

    search_id: Mapped[int] = mapped_column(
        ForeignKey("placement_search.id", ondelete="CASCADE"), index=True
    )
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default="considered")
    state_since: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")  # for a no
    leading: Mapped[bool] = mapped_column(default=False)
    availability: Mapped[str] = mapped_column(default="")
    quoted_cents: Mapped[int | None]
    quoted_per: Mapped[str] = mapped_column(default="")
    watch_for: Mapped[str] = mapped_column(default="")
    records_sent_on: Mapped[date | None]
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"), index=True)
    next_step: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None] = mapped_column(index=True)


class CandidateAnswer(Record):
    """How a candidate meets one need, where somebody said so."""

    __tablename__ = "candidate_answer"

    candidate_id: Mapped[int] = mapped_column(
        ForeignKey("placement_candidate.id", ondelete="CASCADE"), index=True
    )
    need_id: Mapped[int] = mapped_column(
        ForeignKey("placement_need.id", ondelete="CASCADE"), index=True
    )
    met: Mapped[str] = mapped_column(default="unknown")  # yes, no, unknown
    words: Mapped[str] = mapped_column(default="")
    told_by: Mapped[str] = mapped_column(default="")
    told_on: Mapped[date | None]


class CandidateMove(Record):
    """A day on which a candidate came into a state; with an entry, one of a contact while in it."""

    __tablename__ = "candidate_move"

    candidate_id: Mapped[int] = mapped_column(
        ForeignKey("placement_candidate.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[str]
    moved_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), index=True)


class FamilyWord(Record):
    """What the client or a relative said of a candidate, or of the search; theirs, not ours."""

    __tablename__ = "family_word"

    search_id: Mapped[int] = mapped_column(
        ForeignKey("placement_search.id", ondelete="CASCADE"), index=True
    )
    candidate_id: Mapped[int | None] = mapped_column(
        ForeignKey("placement_candidate.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    said_on: Mapped[date | None]
    words: Mapped[str]
    leaning: Mapped[str] = mapped_column(default="")  # yes, no, unsure
