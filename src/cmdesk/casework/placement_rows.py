"""The rows of a search by their numbers, and how what was typed goes into them."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Final

from sqlalchemy.orm import Session

from cmdesk.casework import drafts
from cmdesk.casework.stored import copy_typed, stored
from cmdesk.errors import Problem
from cmdesk.models.placement import FamilyWord, PlacementCandidate, PlacementSearch

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

AGAIN: Final = "Put it right and save again."


def search(session: Session, search_id: int) -> PlacementSearch:
    return stored(session, PlacementSearch, search_id, "search")


def candidate(session: Session, candidate_id: int) -> PlacementCandidate:
    return stored(session, PlacementCandidate, candidate_id, "program of the search")


def write(
    row: PlacementSearch | PlacementCandidate | FamilyWord,
    form: "DataclassInstance",
    lists: Sequence[str] = (),
) -> None:
    """Write what was typed into its row; a version is the row’s own."""
    names = [each.name for each in fields(form) if each.name != "version"]
    copy_typed(form, [name for name in names if name not in lists], row)
    for name in lists:
        setattr(row, name, list(getattr(form, name)))


def refuse(found: Mapping[str, str]) -> None:
    if found:
        raise Problem(next(iter(found.values())), AGAIN)


def throw(session: Session, draft_key: str) -> None:
    if draft_key:
        drafts.discard(session, draft_key)
