"""A half-typed form as the draft table keeps it, and back."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, replace
from datetime import date, time
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

D = TypeVar("D", bound="DataclassInstance")


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _time(value: str | None) -> time | None:
    return time.fromisoformat(value) if value else None


def _number(value: int | None) -> int | None:
    return None if value is None else int(value)


def _flag(value: bool | None) -> bool | None:  # noqa: FBT001 - as it was kept
    return None if value is None else bool(value)


def _miles(value: float | None) -> float | None:
    return None if value is None else float(value)


def _list(value: list[Any]) -> tuple[Any, ...]:
    return tuple(value)


def _pairs(value: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((key, mark) for key, mark in value)


def _rows(value: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(part) for part in each) for each in value)


def _ratings(value: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple((str(aspect), int(mark)) for aspect, mark in value)


READERS: Final[dict[str, Callable[[Any], Any]]] = (
    dict.fromkeys(("day", "follow_up_on", "signed_on", "begins_on", "expires_on"), _day)
    | dict.fromkeys(("client_id", "minutes", "document_id", "expires_episode_id"), _number)
    | dict.fromkeys(("participants", "purposes", "topics", "short_topics"), _list)
    | dict.fromkeys(("recipients", "statements", "channels"), _list)
    | dict.fromkeys(("expires_with_engagement", "form_on_file"), bool)
    | dict.fromkeys(("records_from", "records_until", "received_on", "copy_given_on"), _day)
    | {"until": _day}
    | dict.fromkeys(("authority_document_id",), _number)
    | dict.fromkeys(("replaces", "keys", "entries"), _list)
    | {"not_reached": _list, "miles": _miles, "expense_cents": _number}
    | dict.fromkeys(("born", "recovery_on", "began_on", "agreed_on", "review_on"), _day)
    | dict.fromkeys(("ended_on", "next_on"), _day)
    | dict.fromkeys(("agreement_id", "caller_id"), _number)
    | dict.fromkeys(("interpreter", "safety_screen_done"), bool)
    | dict.fromkeys(("due", "start", "waiting_since", "dated"), _day)
    | dict.fromkeys(("waiting_on", "links", "versions"), _list)
    | dict.fromkeys(("target_on", "moved_on", "taken_on"), _day)
    | {"lower_is_better": bool}
    | dict.fromkeys(("quarters", "entry_id", "prescriber_id"), _number)
    | dict.fromkeys(("started_on", "supply_ends_on", "stopped_on"), _day)
    | {"priority": int, "recipient_id": _number, "paused_until": _day, "parts": _rows}
    | dict.fromkeys(("extended_on", "decided_on", "closed_on", "asked_on"), _day)
    | dict.fromkeys(("happened_on", "discovered_on", "suspended_until", "first", "last"), _day)
    | dict.fromkeys(("individuals_told_on", "hhs_told_on", "media_told_on", "state_told_on"), _day)
    | dict.fromkeys(("fee_cents", "consent_id", "disclosure_id", "affected_count"), _number)
    | dict.fromkeys(("under_part2", "only_needed", "short"), bool)
    | dict.fromkeys(("admitted", "discharged", "planned_discharge"), _day)
    | dict.fromkeys(("provider_id", "planned_days", "episode_id"), _number)
    | dict.fromkeys(("over", "historical", "against_advice"), bool)
    | {"presentation": _list, "factors": _list, "levels": _rows}
    | dict.fromkeys(("by_on", "said_on", "told_on"), _day)
    | {"sought": _list}
    | dict.fromkeys(("leaves_on", "since", "call_on", "fixed_on", "visit_on"), _day)
    | dict.fromkeys(("sender_confirmed_on", "receiver_confirmed_on"), _day)
    | dict.fromkeys(("records_sent_on", "records_received_on"), _day)
    | dict.fromkeys(("from_episode_id", "to_episode_id", "to_organisation_id"), _number)
    | dict.fromkeys(("organisation_id", "from_id", "to_id"), _number)
    | {"settled": bool, "attended": _flag}
    | dict.fromkeys(("person_id", "chosen_id", "most_miles"), _number)
    | dict.fromkeys(("budget_cents", "quoted_cents"), _number)
    | dict.fromkeys(("denied_on", "due_on", "filed_on", "answer_due_on", "held_on"), _day)
    | {"parity_argued": bool}
    | dict.fromkeys(("levels_of_care", "treats", "modalities", "age_groups", "takes"), _list)
    | dict.fromkeys(("gender_groups", "accreditation"), _list)
    | dict.fromkeys(("licence_verified_on", "visited_on", "disclosed_on"), _day)
    | dict.fromkeys(("sud_program", "same"), bool)
    | {"rating": int, "ratings": _ratings, "told_by_id": _number}
    | dict.fromkeys(("state_since", "chased_on", "done_on", "refused_on"), _day)
    | dict.fromkeys(("chase_days", "cost_cents"), _number)
    | {"chases": int}
    | {"at": _time, "marks": _pairs, "version": int}
)


def body_of(draft: "DataclassInstance") -> dict[str, Any]:
    """Give plain values that JSON can hold."""
    return {
        name: value.isoformat() if isinstance(value, date | time) else value
        for name, value in asdict(draft).items()
    }


def draft_of(body: Mapping[str, Any], otherwise: D) -> D:
    """Read a draft back; a field that can't be read is taken from `otherwise`."""
    known = {field.name for field in fields(otherwise)}
    read: dict[str, Any] = {}
    for name in known & body.keys():
        try:
            # One name can be words in one form and a switch in another.
            words = isinstance(getattr(otherwise, name), str)
            read[name] = (str if words else READERS.get(name, str))(body[name])
        except (TypeError, ValueError):
            continue
    return replace(otherwise, **read)
