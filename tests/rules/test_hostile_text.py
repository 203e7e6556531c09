"""Text nobody foresaw, in every field one types into: it stays, or one sentence says why not."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final, cast

import pytest

from cmdesk.casework import coverage
from cmdesk.rules import (
    appeals,
    authorization_draft,
    care_event_draft,
    episode_draft,
    placement_draft,
    placement_reading,
    placement_way,
    provider_draft,
    provider_said,
    referral_draft,
    review_draft,
    transition_draft,
)
from cmdesk.rules.placement import Need

TODAY: Final = date(2026, 3, 9)
LARGEST: Final = 2**63  # what a column of whole numbers can’t hold any more
HOSTILE: Final = {
    "no such day": "2/30",
    "long": "W" * 300,
    "many digits": "9" * 400,
    "very many digits": f"{'9' * 5000} miles",
    "an amount": f"${'9' * 400}k/day",
    "a span": f"{'9' * 5000} weeks",
    "emoji": "\U0001f469\u200d\U0001f467 \U0001f3f3\ufe0f\u200d\U0001f308",
    "right to left": "\u202eמרב\u202c ١٢ أيام",
    "lines": "one\ntwo\r\nthree\u2028four\x0b",
    "other digits": "²٣໔",
    "half a pair": "\ud800",
    "not a sign": "\x00",
    "another’s key": f"p{'9' * 30}",
    "a place": f"Within {'9' * 5000} miles",
    "a sum": "Under $,,,",
    "a day": "Place by Feb 99",
}  # fmt: skip
# What is chosen from a list and never typed, where the check takes it for one of that list.
CHOSEN: Final = frozenset({"direction", "state"})


@dataclass(frozen=True)
class Typed:
    """A form as it is begun, its own check, and what is read from words of it."""

    form: Any
    faults: Callable[[Any], Mapping[str, str]]
    read: Mapping[str, Callable[[str], object]]


def day_of(check: Callable[[Any, date], Mapping[str, str]]) -> Callable[[Any], Mapping[str, str]]:
    return lambda form: check(form, TODAY)


def told(words: str) -> object:
    match = placement_reading.match_of(words, TODAY)
    placement_reading.told(match)
    return match and match.most


FORMS: Final = [
    Typed(
        authorization_draft.AuthorizationDraft(),
        day_of(authorization_draft.faults),
        {"rate": episode_draft.cents},
    ),
    Typed(coverage.PolicyDraft("Meridian"), coverage.policy_faults, {}),
    Typed(appeals.AppealForm(), day_of(appeals.faults), {}),
    Typed(review_draft.ReviewForm(TODAY), day_of(review_draft.faults), {}),
    Typed(
        referral_draft.ReferralForm(),
        day_of(referral_draft.referral_faults),
        {"recipient": referral_draft.known},
    ),
    Typed(
        referral_draft.RequestForm(),
        day_of(referral_draft.request_faults),
        {"recipient": referral_draft.known},
    ),
    Typed(
        transition_draft.MoveForm(),
        transition_draft.move_faults,
        {"medicine_days": transition_draft.days},
    ),
    Typed(transition_draft.LaneForm(), transition_draft.lane_faults, {}),
    Typed(transition_draft.HandoffForm(), day_of(transition_draft.handoff_faults), {}),
    Typed(
        transition_draft.StepForm(), transition_draft.step_faults, {"days": transition_draft.offset}
    ),
    Typed(transition_draft.VisitForm(), day_of(transition_draft.visit_faults), {}),
    Typed(
        episode_draft.EpisodeForm(),
        day_of(episode_draft.faults),
        {"cost": episode_draft.cents, "where": episode_draft.house},
    ),
    Typed(care_event_draft.CareEventForm(), day_of(care_event_draft.faults), {}),
    Typed(
        provider_draft.ProgramForm("Ridge"),
        day_of(provider_draft.faults),
        {
            "cost": provider_said.cost,
            "wait": lambda words: provider_said.waiting(words, TODAY),
            "ages": provider_said.age_groups,
            "capacity": provider_draft.count,
            "plans": provider_draft.listed,
        },
    ),
    Typed(
        provider_draft.ProfessionalForm("Tess"),
        provider_draft.professional_faults,
        {"fees": provider_said.cost, "availability": provider_said.waiting},
    ),
    Typed(provider_draft.VisitForm(TODAY), day_of(provider_draft.visit_faults), {}),
    Typed(provider_draft.TieForm(), day_of(provider_draft.tie_faults),
          {"amount": provider_said.amounts}),
    Typed(placement_draft.SearchForm(), placement_draft.search_faults, {}),
    Typed(placement_draft.CandidateForm(), placement_draft.candidate_faults, {}),
    Typed(placement_draft.AnswerForm(), day_of(placement_draft.answer_faults), {}),
    Typed(placement_draft.WordForm(), day_of(placement_draft.word_faults), {}),
    Typed(placement_draft.DecisionForm(), day_of(placement_draft.decision_faults), {}),
    Typed(placement_way.MoveForm(), day_of(placement_way.move_faults), {}),
    Typed(Need(0, ""), lambda need: placement_draft.need_faults([need]), {"text": told}),
]  # fmt: skip


@pytest.mark.parametrize("typed", FORMS, ids=lambda each: type(each.form).__qualname__)
def test_it_is_kept_or_said_in_one_sentence(typed: Typed) -> None:
    names = [
        each.name
        for each in fields(typed.form)
        if each.type in (str, "str") and each.name not in CHOSEN
    ]
    assert set(typed.read) <= set(names)
    assert names
    for name in names:
        for about, words in HOSTILE.items():
            found = typed.faults(replace(typed.form, **{name: words}))
            for why in found.values():
                assert why.strip(), (name, about)
                assert len(why.splitlines()) == 1, (name, about)
                assert len(why) < 100, (name, about)  # what was typed is not thrown back
            if name in typed.read:
                read = typed.read[name](words)
                fits = all(abs(number) < LARGEST for number in numbers(read))
                assert fits or name in found, (name, about)


def numbers(read: object) -> list[int]:
    """Return the whole numbers in what was read."""
    if isinstance(read, tuple | list):
        parts = cast("Iterable[object]", read)
        return [number for each in parts for number in numbers(each)]
    return [read] if isinstance(read, int) else []
