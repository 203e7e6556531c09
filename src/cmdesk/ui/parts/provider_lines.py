"""What the page of a provider says line by line: care, getting in, and what else is known."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from cmdesk.casework.provider_page import ProviderPage
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.provider_codes import (
    Accreditation,
    AgeGroup,
    GenderGroup,
    Modality,
    Takes,
    Treats,
)
from cmdesk.rules.provider_marks import label_of
from cmdesk.rules.provider_opening import stale
from cmdesk.rules.provider_said import amounts, cost
from cmdesk.ui.parts import provider_words as said
from cmdesk.ui.parts.phrases import BETWEEN
from cmdesk.words import N_, Words

FIGURE_AND_UNIT: Final = 2  # words
PHONE_KINDS: Final = ("work", "mobile", "home")
MORE_CARE: Final = (
    (N_("With both"), "co_occurring"),
    (N_("Nursing"), "nursing"),
    (N_("Staff"), "staff_ratio"),
    (N_("Led by"), "clinical_director"),
    (N_("School"), "academics"),
    (N_("Stay"), "typical_stay"),
    (N_("Restraint"), "restraint_policy"),
    (N_("Results"), "outcomes_published"),
)
MORE_IN: Final = (
    (N_("Covers"), "private_pay_covers"),
    (N_("Deposit"), "deposit"),
    (N_("One-off deals"), "single_case_history"),
    (N_("Admits"), "admission_criteria"),
    (N_("Transport"), "transport"),
    (N_("Visits"), "visit_policy"),
    (N_("States"), "telehealth"),
    (N_("Style"), "communication_style"),
    (N_("Address"), "address"),
    (N_("Website"), "website"),
    (N_("Part of"), "parent_name"),
)


class Line(NamedTuple):
    """One line; `told` says under it who said so and when, `old` that it is time to ask again."""

    title: str
    text: str
    told: str = ""
    old: bool = False
    known: bool = True


def care(words: Words, page: ProviderPage) -> list[Line]:
    """Say how somebody is cared for there."""
    tr, texts, each = words.tr, page.texts, page.listed
    approach, medicines = said.joined(words, Modality, each.modalities), ", ".join(page.medications)
    drawn = (
        (tr("Approach"), _with(approach, texts.get("family_program", ""))),
        (tr("Levels"), _levels(words, each.levels)),
        (tr("Treats"), texts.get("treats_well") or said.joined(words, Treats, each.treats)),
        (tr("Medicine"), _capital(_with(texts.get("psychiatry_hours", ""), medicines))),
        (tr("Not a fit"), _with(texts.get("does_not_take", ""), texts.get("exclusions", ""))),
    )
    if each.id < 0:
        drawn = (*drawn[:1], drawn[2], (tr("Languages"), ", ".join(page.languages)))
    ages = texts.get("ages") or said.joined(words, AgeGroup, each.ages)
    genders = texts.get("genders") or said.joined(words, GenderGroup, each.genders)
    more = (
        (tr("Ages"), ages),
        (tr("For"), _with(genders, ", ".join(page.populations))),
        (tr("Detox"), _on_site(words, on_site=page.detox_on_site)),
        (tr("Places"), words.number(page.capacity) if page.capacity else ""),
        (tr("Accredited"), said.joined(words, Accreditation, page.accreditation)),
        (tr("License"), _licence(words, page)),
        (tr("Part 2"), tr("A substance use program") if page.sud_program else ""),
    )
    rest = [(tr(title), texts.get(name, "")) for title, name in MORE_CARE]
    return [*_lines(drawn, tr("Not known yet")), *_lines([*more, *rest], "")]


def getting_in(words: Words, page: ProviderPage, today: date) -> list[Line]:
    """Say what it takes to get in, and who told of it."""
    tr, texts, each = words.tr, page.texts, page.listed
    takes = said.joined(words, Takes, each.takes)
    needs = texts.get("needs") or ("" if each.id < 0 else texts.get("admission_criteria", ""))
    asks = texts.get("fees") or said.cost(words, each.cost_cents, each.cost_per)
    drawn = (
        ("cost", tr("Cost"), _in_full(words, _said(page, "cost")) or asks),
        ("insurance", tr("Insurance"), _with(", ".join(each.plans), takes)),
        ("wait", tr("Wait"), texts.get("wait", "")),
        ("needs", tr("Needs"), needs),
        ("", tr("Contact"), _contact(page)),
    )
    others = (tr("Others"), _others(page))
    if each.id < 0:
        drawn = (*drawn[:3], drawn[4])
    found = [
        Line(
            title,
            text or tr("Not known yet"),
            *_told(words, page, field, today, text),
            known=bool(text),
        )
        for field, title, text in drawn
    ]
    rest = [(tr(title), texts.get(name, "")) for title, name in MORE_IN]
    rest = [(title, text) for title, text in rest if text != needs]
    return [*found, *_lines([others, *rest], "")]


def source(words: Words, page: ProviderPage) -> str:
    """Say which directory it came from."""
    origin = page.texts.get("source", "")
    if not origin or page.source_as_of is None:
        return origin
    return words.tr("{source}, of {day}").format(
        source=origin, day=words.short_day(page.source_as_of)
    )


def _lines(rows: Iterable[tuple[str, str]], nothing: str) -> list[Line]:
    return [
        Line(title, text or nothing, known=bool(text)) for title, text in rows if text or nothing
    ]


def _said(page: ProviderPage, field: str) -> str:
    return page.facts[field].words if field in page.facts else ""


def _in_full(words: Words, typed: str) -> str:
    """Write 3.9k wk as $3,900 a week; what says more than one figure stays as it was said."""
    read = cost(typed)
    if read is None or len(typed.split()) > FIGURE_AND_UNIT or len(amounts(typed)) > 1:
        return typed
    return said.cost(words, *read)


def _told(words: Words, page: ProviderPage, field: str, today: date, text: str) -> tuple[str, bool]:
    """Say who told of a field, and whether that has aged."""
    fact = page.facts.get(field)
    if fact is None:
        day = page.verified_on
        if not text or day is None or not field or not stale(day, today):
            return "", False
        return said.told_by(words, "", day, today), True
    if not fact.words:
        asked = words.tr("Asked {day}, no answer yet")
        return asked.format(day=words.near_day(fact.told_on, today)), True
    return said.told_by(words, fact.told_by, fact.told_on, today), stale(fact.told_on, today)


def _with(first: str, second: str) -> str:
    """Join two statements in one line, the second without its capital."""
    if not first or not second:
        return first or second
    small = second if second[:2].isupper() else second[:1].lower() + second[1:]
    return f"{first}, {small}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _levels(words: Words, levels: Sequence[str]) -> str:
    return said.joined(words, LevelOfCare, levels)


def _on_site(words: Words, *, on_site: bool | None) -> str:
    if on_site is None:
        return ""
    return words.tr("On site") if on_site else words.tr("Not on site")


def _licence(words: Words, page: ProviderPage) -> str:
    texts = page.texts
    parts = [texts.get(name, "") for name in ("licence_state", "licence_number", "licence_scope")]
    named = " ".join(filter(None, parts[:2]))
    seen = page.licence_verified_on
    checked = words.tr("checked {day}").format(day=words.short_day(seen)) if seen else ""
    return ", ".join(filter(None, (named, parts[2], checked))) if named else ""


def _contact(page: ProviderPage) -> str:
    """Name the first one to call, with the number."""
    ways = [way for way in page.ways if way.kind in PHONE_KINDS]
    first = ways[0] if ways else next(iter(page.ways), None)
    who = page.people[0][1] if page.people else ""
    if first is None:
        return who
    return BETWEEN.join(filter(None, (first.label or who, first.value)))


def _others(page: ProviderPage) -> str:
    """Name who else can be called or written to, and who else works there, each in a line."""
    ways = [way for way in page.ways if way.kind in PHONE_KINDS]
    first = ways[0] if ways else next(iter(page.ways), None)
    said_first = _contact(page)
    lines = [
        BETWEEN.join(filter(None, (way.label, way.value))) for way in page.ways if way is not first
    ]
    lines += [
        ", ".join(filter(None, (name, title)))
        for _, name, title in page.people
        if name not in said_first
    ]
    return "\n".join(lines)


def takes(words: Words, page: ProviderPage) -> str:
    """Say the first plan or payer it takes, for a chip."""
    each = page.listed
    if each.plans:
        return words.tr("Takes {plan}").format(plan=each.plans[0])
    return words.tr(label_of(Takes, each.takes[0])) if each.takes else ""
