"""The practice file's letters: plans, updates, each copy with what was told and promised."""

from difflib import get_close_matches
from typing import Any

from cmdesk.exchange.practice_fields import Row, columns
from cmdesk.exchange.practice_kinds import Kind, Nest
from cmdesk.exchange.practice_lists import Listed
from cmdesk.exchange.practice_parts import Rows
from cmdesk.exchange.practice_readable import settle_copy, settle_template
from cmdesk.exchange.practice_values import Coded, Misfit, Names, Text, shown
from cmdesk.models.template import LetterTemplate
from cmdesk.models.update import (
    LetterEvent,
    LetterPromise,
    ToldStatement,
    Update,
    UpdateCopy,
    UpdatePlan,
)
from cmdesk.rules.codes import Cadence, UpdateStatus, UpdateTemplate, Weekday
from cmdesk.rules.letter_state import LetterState
from cmdesk.rules.letter_template import Readers, Span
from cmdesk.rules.topics import Topic

OF_CLIENT = {"client_id"}
OF_COPY = {"update_copy_id"}
TOPICS = Listed(Coded(Topic), once=True)


class ContactName(Text):
    """The number or address a letter went to, by what it says."""

    empty = None

    def load(self, value: Any, names: Names) -> int | None:
        return names.number("contact_point", value) if value else None

    def dump(self, value: Any, names: Names) -> str:
        return names.ref("contact_point", value)


class TemplateCode(Text):
    """A kind of letter; whether there is one of that code, the whole file says."""


def check_templates(practice: Row) -> None:
    """See that every letter is of a kind the program or this file has. Raises Misfit."""
    known = {code.value for code in UpdateTemplate}
    own: list[Row] = practice.get("letter_templates", [])
    clients: list[Row] = practice.get("clients", [])
    known |= {row["code"] for row in own}
    for client in clients:
        rows: list[Row] = [*client.get("update_plans", ()), *client.get("updates", ())]
        for row in rows:
            code = str(row.get("template", ""))
            if code and code not in known:
                near = get_close_matches(code, known, 1)
                instead = f"write {shown(near[0])}" if near else "give it in letter_templates"
                raise Misfit(f"the template {shown(code)} is not one it knows; {instead}")


PLAN = Kind(
    UpdatePlan,
    columns(
        UpdatePlan,
        leave=OF_CLIENT,
        need={"recipient_id"},
        values={
            "every": Coded(Cadence),
            "weekday": Coded(Weekday),
            "template": TemplateCode(),
        },
    ),
    noun="update plan",
    link="client_id",
    same=("recipient", "template"),
)
EVENTS = Rows(
    "events",
    LetterEvent,
    "update_copy_id",
    columns(
        LetterEvent,
        leave=OF_COPY,
        need={"kind", "happened_on"},
        values={"kind": Coded(LetterState)},
    ),
)
PROMISES = Rows(
    "promises",
    LetterPromise,
    "update_copy_id",
    columns(LetterPromise, leave=OF_COPY, need={"client_id", "what"}),
)
TOLD = Rows(
    "told",
    ToldStatement,
    "update_copy_id",
    columns(
        ToldStatement,
        leave=OF_COPY,
        need={"client_id", "told_on", "text"},
        values={"topics": TOPICS},
    ),
)
COPY = Kind(
    UpdateCopy,
    columns(UpdateCopy, leave={"update_id"}, values={"contact_point_id": ContactName()}),
    noun="letter",
    link="update_id",
    parts=(EVENTS, PROMISES, TOLD),
    same=("person", "organisation", "headline"),
    settle=settle_copy,
)
UPDATE = Kind(
    Update,
    columns(
        Update,
        leave=OF_CLIENT,
        need={"number", "period_from", "period_until"},
        values={"template": TemplateCode(), "status": Coded(UpdateStatus)},
    ),
    noun="update",
    link="client_id",
    nests=(Nest("copies", COPY),),
)
LETTER_TEMPLATE = Kind(
    LetterTemplate,
    columns(
        LetterTemplate,
        need={"code", "name"},
        values={"topics": TOPICS, "span": Coded(Span), "readers": Coded(Readers)},
    ),
    noun="kind of letter",
    same=("code",),
    unique=("code",),
    settle=settle_template,
)
NESTS = (Nest("update_plans", PLAN), Nest("updates", UPDATE))
