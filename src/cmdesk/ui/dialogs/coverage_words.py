"""How approvals, reviews and steps against a denial are said, one line each."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from cmdesk.casework.authorizations import AuthorizationRow
from cmdesk.casework.coverage import Counts, PolicyRow
from cmdesk.casework.episodes import Stay
from cmdesk.rules import known_day
from cmdesk.rules.appeals import IN_HOURS, AppealForm, AppealLevel, AppealOutcome
from cmdesk.rules.authorization_draft import REFUSABLE, AuthorizationDraft, RatePer
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.family_codes import (
    AuthorizationDecision,
    AuthorizationKind,
    AuthorizationUnit,
    PlanType,
)
from cmdesk.rules.known_day import Known
from cmdesk.rules.review_draft import ReviewForm
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.coverage_card import SAID_WITH_THE_PAYER, days_left, days_used
from cmdesk.words import N_, Words

COUNTED_AS: Final[Mapping[Counts, str]] = MappingProxyType(
    {
        Counts.FIRST: N_("This one counts: the newest in force"),
        Counts.BESIDE: N_("In force too, not counted"),
    }
)


def policy_parts(words: Words, each: PolicyRow) -> Sequence[str | None]:
    """Say its kind, what it pays, its days, and which counts where more than one is in force."""
    tr, draft, show = words.tr, each.draft, words.short_day
    first = draft.effective_on if each.counts is Counts.TO_COME else None
    return (
        tr(COUNTED_AS[each.counts]) if each.counts in COUNTED_AS else "",
        tr(PlanType(draft.plan_type).label) if _kind_is_new(draft.plan_type) else "",
        draft.pays,
        tr("from {day}").format(day=show(first)) if first else "",
        tr("until {day}").format(day=show(draft.ends_on)) if draft.ends_on else "",
    )


def _kind_is_new(plan_type: str) -> bool:
    """Say whether the name of the plan does not tell its kind already."""
    return bool(plan_type) and plan_type not in SAID_WITH_THE_PAYER


def approval_title(words: Words, each: AuthorizationRow) -> str:
    """Say Continued stay · Approved · Meridian."""
    kind = words.tr(AuthorizationKind(each.draft.kind).label)
    decision = words.tr(AuthorizationDecision(each.draft.decision).label)
    return phrases.BETWEEN.join(filter(None, (kind, decision, each.payer)))


def goes_on_from(words: Words, each: AuthorizationRow) -> str:
    """Name an approval to go on from: Continued stay through Mar 2."""
    kind, last = words.tr(AuthorizationKind(each.draft.kind).label), each.draft.last
    if last is None and each.spent:
        last = each.spent.last
    if last is None:
        return f"{kind} {each.draft.number}".strip()
    through = words.tr("{kind} through {day}")
    return through.format(kind=kind, day=words.month_day(last))


def stay_of(words: Words, each: Stay) -> str:
    """Name a stay to be paid for: Stillwater Ridge, Feb 2, 2026 to Mar 20, 2026."""
    form, tr = each.form, words.tr
    level = tr(LevelOfCare(form.level_of_care).label) if form.level_of_care else tr("A stay")
    where = each.called or level
    first = _as_known(words, form.admitted, form.admitted_known)
    last = _as_known(words, form.discharged, form.discharged_known)
    last = last or _as_known(words, form.planned_discharge, Known.DAY)
    if first and last:
        return tr("{where}, {first} to {last}").format(where=where, first=first, last=last)
    return tr("{where}, since {day}").format(where=where, day=first) if first else where


def _as_known(words: Words, day: date | None, known: str) -> str:
    return known_day.said(day, known, words.short_day, known_day.in_month) if day else ""


def approval_parts(words: Words, each: AuthorizationRow) -> Sequence[str | None]:
    """Say the days used and left, what was asked for besides, and what comes next."""
    tr, draft = words.tr, each.draft
    review, closed = draft.next_review_on, each.closed_on
    given = days_used(words, each.spent).rstrip(".") if each.spent else _units(words, draft)
    answered = draft.decided_on if draft.decision in REFUSABLE else None
    return (
        given,
        days_left(words, each.spent) if each.spent and each.spent.left else "",
        _asked_besides(words, draft) if draft.units_authorized is not None else "",
        tr("answered {day}").format(day=words.month_day(answered)) if answered else "",
        _rate(words, draft),
        tr("next review {day}").format(day=words.month_day(review)) if review else "",
        tr("goes on in another") if each.extended else "",
        tr("closed {day}").format(day=words.short_day(closed)) if closed else "",
    )


def _counted(words: Words, unit: str, number: int) -> str:
    if unit == AuthorizationUnit.SESSIONS:
        return words.ntr("{n} session", "{n} sessions", number).format(n=number)
    return words.ntr("{n} day", "{n} days", number).format(n=number)


def _units(words: Words, draft: AuthorizationDraft) -> str:
    given, asked = draft.units_authorized, draft.units_requested
    if given is not None:
        said = words.tr("{units} approved")
        return said.format(units=_counted(words, draft.unit, given))
    if asked is None:
        return ""
    return words.tr("{units} asked for").format(units=_counted(words, draft.unit, asked))


def _asked_besides(words: Words, draft: AuthorizationDraft) -> str:
    asked = draft.units_requested
    if asked is None or asked == draft.units_authorized:
        return ""
    return words.tr("{units} asked for").format(units=_counted(words, draft.unit, asked))


def _rate(words: Words, draft: AuthorizationDraft) -> str:
    if not draft.rate:
        return ""
    per = words.tr(RatePer(draft.rate_per).label) if draft.rate_per else ""
    return f"{draft.rate} {per}".strip()


def review_said(words: Words, form: ReviewForm) -> str:
    """Say Review held Mar 2 with Kevin Park · 9 more days."""
    tr, day = words.tr, form.held_on or form.due_on
    if form.reviewer:
        said = tr("Review held {day} with {who}") if form.held_on else tr("Review {day} with {who}")
    else:
        said = tr("Review held {day}") if form.held_on else tr("Review {day}")
    when = words.month_day(day) if day else tr("on a day not set")
    first = said.format(day=when, who=form.reviewer)
    return phrases.BETWEEN.join(filter(None, (first, form.outcome or form.asked)))


def appeal_said(words: Words, form: AppealForm) -> str:
    """Say Expedited appeal · filed Mar 3 · answer due Mar 6."""
    tr = words.tr
    parts = [tr(AppealLevel(form.level).label)]
    if form.outcome:
        parts.append(_on(words, tr(AppealOutcome(form.outcome).label), form.decided_on))
    elif form.filed_on:
        parts.append(_on(words, tr("filed"), form.filed_on))
        if form.answer_due_on:
            due = tr("answer due by the end of") if form.level in IN_HOURS else tr("answer due")
            parts.append(_on(words, due, form.answer_due_on))
    elif form.due_on:
        parts.append(tr("by {day}").format(day=words.month_day(form.due_on)))
    if form.parity_argued:
        parts.append(tr("parity argued"))
    return phrases.BETWEEN.join(parts)


def _on(words: Words, said: str, day: date | None) -> str:
    return f"{said} {words.month_day(day)}" if day else said
