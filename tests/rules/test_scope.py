from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.rules.making import GOOD, consent, topics

from cmdesk.rules.codes import ConsentKind, Signer
from cmdesk.rules.people import pronouns
from cmdesk.rules.scope import COVERED, scope
from cmdesk.rules.speech import joined
from cmdesk.rules.topics import NEVER_SHARED, Topic
from cmdesk.rules.validity import Consent, Event

SHE = pronouns("she/her", "Maya")
PICTURE = (
    "Maya signed a consent on January 28, 2026. It covers her progress, plans, safety, insurance, "
    "and treatment for substance use. It leaves out medication, what she says in therapy, and what "
    "other relatives tell me. It ends June 30, 2026. Maya can change or end it at any time."
)


def said(of: Consent, recorded: str = "she/her") -> str:
    return scope(of, "Maya", pronouns(recorded, "Maya"))


def test_as_in_the_picture() -> None:
    assert said(GOOD) == PICTURE


def test_a_letter_about_few_topics_does_not_name_what_it_leaves_out() -> None:
    told = scope(GOOD, "Maya", SHE, leaves_out=False)
    assert told == PICTURE.replace(
        " It leaves out medication, what she says in therapy, and what other relatives tell me.", ""
    )


@pytest.mark.parametrize(
    ("recorded", "covers", "leaves_out"),
    [
        ("he/him", "It covers his progress", "what he says in therapy"),
        ("they/them", "It covers their progress", "what they say in therapy"),
        ("", "It covers Maya's progress", "what Maya says in therapy"),
    ],
)
def test_pronouns(recorded: str, covers: str, leaves_out: str) -> None:
    assert covers in said(GOOD, recorded)
    assert leaves_out in said(GOOD, recorded)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"signer": Signer.PARENT}, "A parent signed a consent for Maya on January 28, 2026."),
        ({"signer": Signer.GUARDIAN}, "A guardian signed a consent for Maya on January 28, 2026."),
        ({"signer": Signer.HEALTH_CARE_AGENT}, "A health-care agent signed a consent for Maya on"),
        ({"kind": ConsentKind.ORAL}, "Maya agreed to this by word on January 28, 2026."),
        (
            {"kind": ConsentKind.ORAL, "signed_on": None, "begins_on": date(2026, 2, 1)},
            "Maya agreed to this by word on February 1, 2026.",
        ),
        (
            {"kind": ConsentKind.ORAL, "signer": Signer.PARENT},
            "A parent agreed to this by word for Maya on January 28, 2026.",
        ),
        ({"signed_on": None, "begins_on": None}, "Maya signed a consent. It covers"),
        ({"signer": None}, "Maya signed a consent on January 28, 2026."),
        ({"expires_on": None}, "It has no end date."),
        (
            {"expires_on": None, "expires_event": Event(None)},
            "It ends when this part of her care ends.",
        ),
        (
            {"expires_on": None, "expires_event": Event(None, engagement=True)},
            "It ends when my work with Maya ends.",
        ),
        (
            {"expires_event": Event(None, engagement=True)},
            "It ends June 30, 2026, or when my work with Maya ends if that is sooner.",
        ),
        ({"expires_event": Event(date(2026, 3, 20))}, "It ends March 20, 2026."),
        ({"topics": topics("family")}, "It covers what other relatives tell me."),
        ({"topics": topics("housing", "legal")}, "It covers her housing and legal matters."),
        ({"topics": topics("medication", "family")}, "It leaves out what she says in therapy."),
    ],
)
def test_true_to_the_facts(changes: dict[str, Any], sentence: str) -> None:
    assert sentence in said(consent(**changes))


def test_who_can_end_it() -> None:
    assert said(GOOD).endswith("Maya can change or end it at any time.")
    by_parent = said(consent(signer=Signer.PARENT))
    assert by_parent.endswith("It can be changed or ended at any time.")


def test_it_never_claims_more_than_a_verdict_would_give() -> None:
    everything = replace(GOOD, topics=frozenset(Topic))
    assert "It leaves out what she says in therapy." in said(everything)
    therapy = replace(everything, kind=ConsentKind.PSYCHOTHERAPY_NOTES)
    assert "It covers what she says in therapy." in said(therapy)
    nothing = said(replace(therapy, topics=topics("progress")))
    assert "It covers" not in nothing
    assert set(COVERED) == set(Topic) - NEVER_SHARED


@pytest.mark.parametrize(
    ("items", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b, and c")],
)
def test_joined(items: list[str], words: str) -> None:
    assert joined(items) == words
