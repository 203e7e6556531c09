"""What a consent covers, in words for the letter: the clear explanation of 42 CFR 2.32(b).

The words name no program and no diagnosis: whoever may read one line of an update reads these too.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from cmdesk.rules.codes import ConsentKind, Signer
from cmdesk.rules.people import Pronouns
from cmdesk.rules.speech import IN_ENGLISH, Speech
from cmdesk.rules.standing import OWN_FORM_KIND
from cmdesk.rules.topics import OWN_FORM, Topic
from cmdesk.rules.validity import Consent, last_day

# In the order of reading, the plainest first; `{subject}` and `{says}` are filled in. Another
# language than English takes `{name}`, which needs no pronoun, and leaves them out.
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
SIGNED: Final = MappingProxyType(
    {
        None: "{name} signed a consent{when}.",
        Signer.PARENT: "A parent signed a consent for {name}{when}.",
        Signer.GUARDIAN: "A guardian signed a consent for {name}{when}.",
        Signer.HEALTH_CARE_AGENT: "A health-care agent signed a consent for {name}{when}.",
        Signer.OTHER_REPRESENTATIVE: "A representative signed a consent for {name}{when}.",
    }
)
SAID: Final = MappingProxyType(
    {
        None: "{name} agreed to this by word{when}.",
        Signer.PARENT: "A parent agreed to this by word for {name}{when}.",
        Signer.GUARDIAN: "A guardian agreed to this by word for {name}{when}.",
        Signer.HEALTH_CARE_AGENT: "A health-care agent agreed to this by word for {name}{when}.",
        Signer.OTHER_REPRESENTATIVE: "A representative agreed to this by word for {name}{when}.",
    }
)


@dataclass(frozen=True, slots=True)
class _Telling:
    """About whom, and in which words."""

    called: str
    spoken_of: Pronouns
    words: Speech

    def say(self, text: str, **filled: str) -> str:
        of = self.spoken_of
        known = {
            "name": self.called,
            "subject": of.subject,
            "possessive": of.possessive,
            "says": of.verb("says", "say"),
        }
        return self.words.tr(text).format(**known, **filled)


def scope(
    consent: Consent,
    called: str,
    spoken_of: Pronouns,
    words: Speech = IN_ENGLISH,
    *,
    leaves_out: bool = True,
) -> str:
    """Explain one consent: who gave it and when, what it covers and leaves out, when it ends.

    A letter about few topics does not name what it leaves out: that too would tell of care.
    """
    telling = _Telling(called, spoken_of, words)
    reaches = _reached(consent)
    # Never empty: no single consent reaches both therapy and anything else.
    left_out = frozenset(TOLD_LEFT_OUT) - reaches
    sentences = [_given(consent, telling)]
    if reaches:
        sentences.append(_covers(reaches, telling))
    if leaves_out:
        sentences.append(telling.say("It leaves out {items}.", items=_items(left_out, telling)))
    sentences += [_ends(consent, telling), _revocable(consent, telling)]
    return " ".join(sentences)


def _reached(consent: Consent) -> frozenset[Topic]:
    """Give the topics a consent of this kind can cover at all (domain.md 0.4 rule 2)."""
    own = frozenset(topic for topic, kind in OWN_FORM_KIND.items() if kind == consent.kind)
    return consent.topics & (own or COVERED.keys() - OWN_FORM)


def _given(consent: Consent, telling: _Telling) -> str:
    day = consent.signed_on or consent.begins_on
    when = telling.say(" on {day}", day=telling.words.day(day)) if day else ""
    said = SAID if consent.kind == ConsentKind.ORAL else SIGNED
    return telling.say(said.get(consent.signer) or said[None], when=when)


def _items(topics: frozenset[Topic], telling: _Telling) -> str:
    named = [topic for topic in COVERED if topic in topics]
    return telling.words.listed([telling.say(COVERED[topic]) for topic in named])


def _covers(topics: frozenset[Topic], telling: _Telling) -> str:
    items = _items(topics, telling)
    if next(topic for topic in COVERED if topic in topics) in WITHOUT_POSSESSIVE:
        return telling.say("It covers {items}.", items=items)
    return telling.say("It covers {possessive} {items}.", items=items)


def _ends(consent: Consent, telling: _Telling) -> str:
    event, last = consent.expires_event, last_day(consent)
    day = telling.words.day(last) if last else ""
    if event is None or event.happened_on is not None:
        return telling.say("It ends {day}.", day=day) if day else telling.say("It has no end date.")
    if event.engagement:
        ending = telling.say("my work with {name} ends")
    else:
        ending = telling.say("this part of {possessive} care ends")
    if day:
        return telling.say(
            "It ends {day}, or when {ending} if that is sooner.", day=day, ending=ending
        )
    return telling.say("It ends when {ending}.", ending=ending)


def _revocable(consent: Consent, telling: _Telling) -> str:
    if consent.signer in SIGNED.keys() - {None}:
        return telling.say("It can be changed or ended at any time.")
    return telling.say("{name} can change or end it at any time.")


__all__ = ["scope"]
