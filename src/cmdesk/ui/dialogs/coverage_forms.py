"""The forms of a policy and of an approval, and how a half-typed one is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from cmdesk.casework import coverage
from cmdesk.casework.coverage import PolicyDraft
from cmdesk.rules.authorization_draft import AuthorizationDraft, RatePer
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.code import Code
from cmdesk.rules.family_codes import (
    AuthorizationDecision,
    AuthorizationKind,
    AuthorizationUnit,
    PlanType,
)
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.form import Bound, Form
from cmdesk.ui.widgets.field import line_edit

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

D = TypeVar("D", bound="DataclassInstance")
DIGITS = 4  # of the longest count
Option = tuple[object, str]
Rows = Bound | Sequence[Bound]


def body_of(draft: "DataclassInstance") -> dict[str, Any]:
    """Give plain values that JSON can hold."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(draft).items()
    }


def draft_of(body: Mapping[str, Any], otherwise: D) -> D:
    """Read a kept draft back; a field it has not is taken from `otherwise`."""
    read = {
        field.name: date.fromisoformat(value)
        if field.name.endswith("_on") and isinstance(value := body[field.name], str)
        else body[field.name]
        for field in fields(otherwise)
        if field.name in body
    }
    return replace(otherwise, **read)


def count(desk: Desk, name: str, label: str) -> Bound:
    """Bind a whole number; empty is none known, and what is no number stays to be put right."""
    edit = line_edit()

    def get() -> int | None:
        typed = edit.text().strip()
        return int(typed) if typed.isdecimal() and len(typed) <= DIGITS else None

    def own_fault() -> str:
        unread = edit.text().strip() and get() is None
        return desk.words.tr("Type a whole number, like 14.") if unread else ""

    def set_count(value: int | None) -> None:
        edit.setText("" if value is None else str(value))

    return Bound(name, label, edit, get, set_count, edit.textEdited, own_fault=own_fault)


def _options(desk: Desk, kind: type[Code], *, none: str = "") -> list[Option]:
    tr = desk.words.tr
    first: list[Option] = [("", tr(none))] if none else []
    return [*first, *((each.value, tr(each.label)) for each in kind)]


def _in_words(desk: Desk, faults: Mapping[str, str]) -> Mapping[str, str]:
    return {name: desk.words.tr(fault) for name, fault in faults.items()}


def policy_form(desk: Desk) -> Form[PolicyDraft]:
    """Make the fields of a policy."""
    tr, show = desk.words.tr, desk.words.short_day

    def faults(draft: PolicyDraft) -> Mapping[str, str]:
        return _in_words(desk, coverage.policy_faults(draft))

    return Form(
        [
            [
                form.line("payer", tr("Plan")),
                form.choice("plan_type", tr("Kind"), _options(desk, PlanType, none="Not known")),
            ],
            [form.line("member_number", tr("Member")), form.line("group_number", tr("Group"))],
            [
                form.line("subscriber", tr("In whose name")),
                form.line("carve_out", tr("Behavioral health run by")),
            ],
            [
                form.line("member_phone", tr("Phone for members")),
                form.line("provider_phone", tr("Phone for providers")),
            ],
            form.line("pays", tr("What it pays"), placeholder=tr("Plan pays 70% after deductible")),
            [
                form.day("effective_on", tr("From"), desk.today, show),
                form.day("ends_on", tr("Last day"), desk.today, show),
            ],
            form.paragraph("notes", tr("Notes"), lines=2),
        ],
        faults,
    )


def approval_form(
    desk: Desk,
    policies: list[Option],
    others: list[Option],
    stays: list[Option],
    faults: Callable[[AuthorizationDraft], Mapping[str, str]],
) -> Form[AuthorizationDraft]:
    """Make the fields of an approval, for one of `stays`; it may go on from one of `others`."""

    def in_words(draft: AuthorizationDraft) -> Mapping[str, str]:
        return _in_words(desk, faults(draft))

    return Form([*_asked(desk, policies, others, stays), *_given(desk)], in_words)


def _asked(
    desk: Desk, policies: list[Option], others: list[Option], stays: list[Option]
) -> Sequence[Rows]:
    tr = desk.words.tr
    return [
        [
            form.choice("policy_id", tr("Plan"), [*policies, (None, tr("Not known"))]),
            form.choice("kind", tr("What for"), _options(desk, AuthorizationKind)),
            form.choice(
                "level_requested",
                tr("Level of care"),
                _options(desk, LevelOfCare, none="Not known"),
            ),
        ],
        [
            form.choice("episode_id", tr("For the stay"), [*stays, (None, tr("Not known"))]),
            form.choice("extends_id", tr("Goes on from"), [(None, tr("None")), *others]),
        ],
        [
            count(desk, "units_requested", tr("Asked for")),
            count(desk, "units_authorized", tr("Approved")),
            form.choice("unit", tr("Counted in"), _options(desk, AuthorizationUnit)),
        ],
    ]


def _given(desk: Desk) -> Sequence[Rows]:
    tr, show, today = desk.words.tr, desk.words.short_day, desk.today
    return [
        [
            form.choice("decision", tr("Decision"), _options(desk, AuthorizationDecision)),
            form.day("decided_on", tr("Decided on"), today, show),
            form.line("number", tr("Number")),
        ],
        [
            form.day("from_on", tr("First day"), today, show),
            form.day("last_covered_on", tr("Last covered day"), today, show),
            form.day("next_review_on", tr("Next review"), today, show),
        ],
        [
            form.line("rate", tr("Agreed rate"), placeholder="$780"),
            form.choice("rate_per", tr("Per"), _options(desk, RatePer, none="Not said")),
        ],
        form.paragraph("terms", tr("Terms of the agreement"), lines=2),
        [form.line("criteria", tr("Criteria cited")), form.line("reason", tr("Reason given"))],
        form.line("reviewer_contact", tr("Reviewer, and how to reach them")),
    ]


def show_what_applies(made: Form[AuthorizationDraft], *, others: bool) -> None:
    """Show rate and terms for a single-case agreement alone, and what there is to go on from."""
    draft = made.draft
    agreed = draft.kind == AuthorizationKind.SINGLE_CASE_AGREEMENT.value
    for name in ("rate", "rate_per", "terms"):
        made.field(name).setVisible(agreed or bool(draft.rate or draft.terms))
    made.field("extends_id").setVisible(others or draft.extends_id is not None)
