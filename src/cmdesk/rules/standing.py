"""Where a recipient stands on one day: the consents that count and the open restrictions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from cmdesk.rules.codes import ConsentKind
from cmdesk.rules.topics import OWN_FORM, Topic
from cmdesk.rules.validity import Consent, Subject, fault, signing_order

ORDINARY: Final = frozenset({ConsentKind.HIPAA, ConsentKind.PART2_SPECIFIC, ConsentKind.ORAL})
OWN_FORM_KIND: Final = MappingProxyType(
    {
        Topic.THERAPY_CONTENT: ConsentKind.PSYCHOTHERAPY_NOTES,
        Topic.SUD_COUNSELING_NOTES: ConsentKind.SUD_COUNSELING_NOTES,
    }
)
NARROW: Final = MappingProxyType(
    {
        ConsentKind.PART2_TPO: "treatment, payment and operations",
        ConsentKind.LEGAL_PROCEEDING: "a legal proceeding",
        ConsentKind.PSYCHOTHERAPY_NOTES: "psychotherapy notes",
        ConsentKind.SUD_COUNSELING_NOTES: "substance use counseling notes",
    }
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who would read it. `tpo` is the answer of `codes.tpo_party`."""

    ref: str
    called: str
    full_name: str
    relation: str = ""
    tpo: bool = False


@dataclass(frozen=True, slots=True)
class Restriction:
    """What the client wants held back from someone; neither topics nor entries = everything."""

    recipients: frozenset[str]
    topics: frozenset[Topic] = frozenset()
    entries: frozenset[str] = frozenset()
    until: date | None = None  # its last day
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that does not depend on the entry. Consents are valid ones, the one signed last first."""

    subject: Subject
    recipient: Recipient
    ordinary: tuple[Consent, ...]
    part2: tuple[Consent, ...]  # those that reach Part 2 material
    own_form: Mapping[Topic, Consent]
    unreachable: frozenset[Topic]  # rule 2: `private` and own-form topics without their form
    no_consent: str  # the one true reason of rule 3, empty when there is a consent
    restrictions: tuple[Restriction, ...]


def standing(
    subject: Subject,
    recipient: Recipient,
    consents: Iterable[Consent],
    restrictions: Iterable[Restriction],
    on: date,
) -> Standing:
    """Work out once per recipient and day what every verdict needs."""
    naming = _naming(recipient, consents)
    valid = [consent for consent in naming if fault(consent, subject, on) is None]
    # domain.md 0.4 rules 3 and 5: a TPO consent reaches treating providers, payers and programs.
    tpo = frozenset({ConsentKind.PART2_TPO} if recipient.tpo else ())
    ordinary = tuple(consent for consent in valid if consent.kind in ORDINARY | tpo)
    reaching = frozenset({ConsentKind.PART2_SPECIFIC}) | tpo
    own_form = _own_form(valid)
    return Standing(
        subject=subject,
        recipient=recipient,
        ordinary=ordinary,
        part2=tuple(consent for consent in ordinary if consent.kind in reaching),
        own_form=own_form,
        unreachable=frozenset({Topic.PRIVATE}) | (OWN_FORM - own_form.keys()),
        no_consent="" if ordinary else _no_consent(naming, ORDINARY | tpo, subject, recipient, on),
        restrictions=tuple(
            restriction
            for restriction in restrictions
            if recipient.ref in restriction.recipients
            and (restriction.until is None or on <= restriction.until)
        ),
    )


def no_consent(
    subject: Subject, recipient: Recipient, consents: Iterable[Consent], on: date
) -> str:
    """Say what `standing` says of rule 3, where nothing else is asked."""
    naming = _naming(recipient, consents)
    counting = ORDINARY | {ConsentKind.PART2_TPO} if recipient.tpo else ORDINARY
    for consent in naming:
        if consent.kind in counting and fault(consent, subject, on) is None:
            return ""
    return _no_consent(naming, counting, subject, recipient, on)


def _naming(recipient: Recipient, consents: Iterable[Consent]) -> list[Consent]:
    """Find the consents that name someone, the one signed last first."""
    naming = [consent for consent in consents if recipient.ref in consent.recipients]
    naming.sort(key=signing_order, reverse=True)
    return naming


def _own_form(valid: list[Consent]) -> dict[Topic, Consent]:
    """Find for each own-form topic the consent of its kind that was signed last."""
    found: dict[Topic, Consent] = {}
    for consent in valid:
        for topic, kind in OWN_FORM_KIND.items():
            if consent.kind == kind and topic in consent.topics:
                found.setdefault(topic, consent)
    return found


def _no_consent(
    naming: list[Consent],
    ordinary: frozenset[ConsentKind],
    subject: Subject,
    recipient: Recipient,
    on: date,
) -> str:
    """Tell the fault of the consent signed last, one that was not replaced if there is such."""
    usual = [consent for consent in naming if consent.kind in ordinary]
    if usual:
        best = next((consent for consent in usual if not consent.superseded_by), usual[0])
        return f"{recipient.called}'s consent {fault(best, subject, on)}"
    if naming:
        return f"{recipient.called} is named only in a consent for {NARROW[naming[0].kind]}"
    return f"No consent names {recipient.called}"


__all__ = ["OWN_FORM_KIND", "Recipient", "Restriction", "Standing", "no_consent", "standing"]
