"""The practice file as a whole: its sections, and the check of everything that stands in it."""

# ruff: noqa: ARG002 - each kind of value uses what it needs of what all are handed

from collections.abc import Iterable, Iterator
from typing import Any, Final

from cmdesk.errors import Problem
from cmdesk.exchange.practice_clients import CLIENT, TASK
from cmdesk.exchange.practice_desk import SECTIONS as DESK
from cmdesk.exchange.practice_desk import settle_merges
from cmdesk.exchange.practice_fields import Row, Slot, check_row, object_schema
from cmdesk.exchange.practice_kinds import Kind, Nest
from cmdesk.exchange.practice_letters import check_templates
from cmdesk.exchange.practice_people import (
    CODE_LIST,
    DOCUMENT,
    ORGANISATION,
    PERSON,
    PRACTICE,
    RELATION,
    SETTING,
)
from cmdesk.exchange.practice_providers import SECTIONS as PROVIDERS
from cmdesk.exchange.practice_values import Misfit, Notes, Number, Text, shown

FORMAT: Final = "cmdesk-practice"
VERSION: Final = 1
SECTIONS: Final = (
    Nest("practice", PRACTICE, single=True),
    Nest("organisations", ORGANISATION),
    Nest("people", PERSON),
    Nest("relations", RELATION),
    Nest("documents", DOCUMENT),
    Nest("clients", CLIENT),
    Nest("tasks", TASK),
    *DESK,
    *PROVIDERS,
    Nest("settings", SETTING),
    Nest("code_lists", CODE_LIST),
)


def _kinds(nests: Iterable[Nest]) -> Iterator[Kind]:
    for nest in nests:
        yield nest.kind
        yield from _kinds(nest.kind.nests)


KINDS: Final = tuple({kind.name: kind for kind in _kinds(SECTIONS)}.values())
NOTHING_DONE: Final = "Nothing was imported; correct the file and import it again."


class _Format(Text):
    def check(self, value: Any, notes: Notes) -> str:
        if value != FORMAT:
            raise Misfit(f"{shown(value)} is not {shown(FORMAT)}, so this is not a practice file")
        return FORMAT

    def schema(self) -> dict[str, Any]:
        return {"const": FORMAT}


class _Version(Number):
    def check(self, value: Any, notes: Notes) -> int:
        number = super().check(value, notes)
        if number != VERSION:
            raise Misfit(f"this program reads version {VERSION} of the format, not {number}")
        return number

    def schema(self) -> dict[str, Any]:
        return {"const": VERSION}


SLOTS: Final[dict[str, Slot]] = {
    "format": Slot(_Format(), required=True),
    "version": Slot(_Version(), required=True),
} | {key: slot for nest in SECTIONS for key, slot in nest.slots().items()}


class Plain(dict[str, Any]):
    """A practice in its plain form."""


def checked(practice: Any) -> Plain:
    """Bring a practice into its plain form.

    Raises Problem for the first thing in it that can't be taken: the file goes in whole or not.
    """
    if isinstance(practice, Plain):
        return practice
    try:
        notes = Notes()
        made = check_row(SLOTS, practice, notes)
        settle_merges(made.get("person_merges", ()), "person")
        settle_merges(made.get("client_merges", ()), "client")
        check_templates(made)
        if dangling := notes.without_end():
            check_row(SLOTS, practice, Notes(dangling=dangling))
    except Misfit as misfit:
        raise Problem(_sentence(misfit), NOTHING_DONE) from None
    return Plain(made)


def _sentence(misfit: Misfit) -> str:
    place = ""
    for step in reversed(misfit.trail):
        aside = step.startswith(("no. ", "\u201c"))
        place += f" {step}" if aside or not place else f", {step}"
    if not place:
        return f"This practice file can\u2019t be read: {misfit.why}."
    return f"In {place.strip()} of this practice file: {misfit.why}."


def schema() -> Row:
    """Describe the format as a JSON Schema (draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "cmdesk practice file, version 1",
        **object_schema(SLOTS),
        "$defs": {kind.name: kind.definition() for kind in KINDS},
    }
