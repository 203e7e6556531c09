"""What a consent covers, in words for the letter: the clear explanation of 42 CFR 2.32(b).

The words name no program and no diagnosis: whoever may read one line of an update reads these too.
"""

from types import MappingProxyType
from typing import Final

from cmdesk.rules.codes import ConsentKind, Signer
from cmdesk.rules.days import in_full
from cmdesk.rules.people import Pronouns
from cmdesk.rules.standing import OWN_FORM_KIND
from cmdesk.rules.topics import OWN_FORM, Topic
from cmdesk.rules.validity import Consent, last_day

# In the order of reading, the plainest first; `{subject}` and `{says}` are filled in.
COVERED: Final = MappingProxyType(
    {
        Topic.PROGRESS: "progress",
        Topic.ATTENDANCE: "plans",
        Topic.TREATMENT: "treatment",
        Topic.SAFETY: "safety",
        Topic.DIAGNOSIS: "diagnosis",
        Topic.MEDICATION: "medication",
        Topic.HEALTH: "physical health",
        Topic.TESTING: "psychological testing",
        Topic.HOUSING: "housing",
        Topic.EDUCATION_WORK: "school and work",
        Topic.LEGAL: "legal matters",
        Topic.FINANCIAL: "insurance",
        Topic.TRAUMA: "experience of trauma",
        Topic.HIV_STI: "HIV and STI care",
        Topic.REPRODUCTIVE: "reproductive health",
        Topic.GENETIC: "genetic tests",
        Topic.SUBSTANCE_USE: "treatment for substance use",
        Topic.THERAPY_CONTENT: "what {subject} {says} in therapy",
        Topic.SUD_COUNSELING_NOTES: "notes of substance use counseling",
        Topic.FAMILY: "what other relatives tell me",
    }
)
# Said to be left out where they are: what relatives ask about most, and nothing that gives away.
TOLD_LEFT_OUT: Final = (Topic.MEDICATION, Topic.THERAPY_CONTENT, Topic.FAMILY)
WITHOUT_POSSESSIVE: Final = frozenset(
    {Topic.THERAPY_CONTENT, Topic.FAMILY, Topic.SUD_COUNSELING_NOTES}
)
SIGNERS: Final = MappingProxyType(
    {
        Signer.PARENT: "A parent",
        Signer.GUARDIAN: "A guardian",
        Signer.HEALTH_CARE_AGENT: "A health-care agent",
        Signer.OTHER_REPRESENTATIVE: "A representative",
    }
)


def lead(called: str) -> str:
    """Head the paragraph: `What Maya lets me share with you.`."""
    return f"What {called} lets me share with you."


def scope(consent: Consent, called: str, spoken_of: Pronouns) -> str:
    """Explain one consent: who gave it and when, what it covers and leaves out, when it ends."""
    reaches = _reached(consent)
    # Never empty: no single consent reaches both therapy and anything else.
    left_out = frozenset(TOLD_LEFT_OUT) - reaches
    sentences = [_given(consent, called)]
    if reaches:
        sentences.append(f"It covers {_items(reaches, spoken_of, owned=True)}.")
    sentences += [
        f"It leaves out {_items(left_out, spoken_of, owned=False)}.",
        _ends(consent, called, spoken_of),
        _revocable(consent, called),
    ]
    return " ".join(sentences)


def joined(items: list[str]) -> str:
    """Write `progress, plans, and safety`."""
    if len(items) < 3:
        return " and ".join(items)
    return f"{', '.join(items[:-1])}, and {items[-1]}"


def _reached(consent: Consent) -> frozenset[Topic]:
    """Give the topics a consent of this kind can cover at all (domain.md 0.4 rule 2)."""
    own = frozenset(topic for topic, kind in OWN_FORM_KIND.items() if kind == consent.kind)
    return consent.topics & (own or COVERED.keys() - OWN_FORM)


def _given(consent: Consent, called: str) -> str:
    day = consent.signed_on or consent.begins_on
    when = f" on {in_full(day)}" if day else ""
    who = SIGNERS.get(consent.signer) if consent.signer else None
    if consent.kind == ConsentKind.ORAL:
        return (
            f"{who} agreed to this by word for {called}{when}."
            if who
            else (f"{called} agreed to this by word{when}.")
        )
    return (
        f"{who} signed a consent for {called}{when}."
        if who
        else (f"{called} signed a consent{when}.")
    )


def _items(topics: frozenset[Topic], spoken_of: Pronouns, *, owned: bool) -> str:
    says = spoken_of.verb("says", "say")
    named = [topic for topic in COVERED if topic in topics]
    words = [COVERED[topic].format(subject=spoken_of.subject, says=says) for topic in named]
    if owned and named[0] not in WITHOUT_POSSESSIVE:
        words[0] = f"{spoken_of.possessive} {words[0]}"
    return joined(words)


def _ends(consent: Consent, called: str, spoken_of: Pronouns) -> str:
    event, last = consent.expires_event, last_day(consent)
    if event is None or event.happened_on is not None:
        return f"It ends {in_full(last)}." if last else "It has no end date."
    ending = f"my work with {called} ends"
    if not event.engagement:
        ending = f"this part of {spoken_of.possessive} care ends"
    return (
        f"It ends {in_full(last)}, or when {ending} if that is sooner."
        if last
        else (f"It ends when {ending}.")
    )


def _revocable(consent: Consent, called: str) -> str:
    if consent.signer in SIGNERS:
        return "It can be changed or ended at any time."
    return f"{called} can change or end it at any time."


__all__ = ["joined", "lead", "scope"]
