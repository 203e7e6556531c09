"""What two records of one human being could be told together, and neither of them alone.

The verdict asks one ordinary consent for everything, so two of those add nothing to each other.
A form of its own does (45 CFR 164.508(b)(3)(ii), 42 CFR 2.31(b)): it stands beside an ordinary
consent, and one of the two may have named the other record. So does a consent for treatment,
payment and operations that meets a record that treats.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from cmdesk.rules.codes import ConsentKind
from cmdesk.rules.standing import ORDINARY, OWN_FORM_KIND, Recipient
from cmdesk.rules.topics import OWN_FORM, Topic
from cmdesk.rules.validity import Consent, Subject, covers_until, fault, last_day

COUNTING: Final = ORDINARY | {ConsentKind.PART2_TPO}
OWN_KINDS: Final = frozenset(OWN_FORM_KIND.values())
NEVER: Final = date.max


@dataclass(frozen=True, slots=True)
class _Side:
    """One record: the consents that may count for it alone, and those that do for it today."""

    tpo: bool
    own: tuple[Consent, ...]
    valid: tuple[Consent, ...]

    def adds(self, kinds: frozenset[ConsentKind], other: "_Side", subject: Subject) -> set[Topic]:
        """Return the topics of its consents of these kinds that say more than the other's do."""
        return {
            topic
            for consent in self.own
            if consent.kind in kinds
            and not any(_holds_out(known, consent, subject) for known in other.valid)
            for topic in consent.topics
        }


def together(
    one: Recipient, other: Recipient, consents: Iterable[Consent], subject: Subject, on: date
) -> frozenset[Topic]:
    """Return the topics to hold back from the one person, from this day on."""
    going = [consent for consent in consents if _may_count(consent, on)]
    sides = _side(one, other, going, subject, on), _side(other, one, going, subject, on)
    found: set[Topic] = set()
    for side, twin in (sides, sides[::-1]):
        forms = side.adds(OWN_KINDS, twin, subject) & OWN_FORM
        if twin.adds(COUNTING, side, subject) or twin.adds(OWN_KINDS, side, subject):
            found |= forms
        if twin.tpo and not side.tpo:
            reached = side.adds(frozenset({ConsentKind.PART2_TPO}), twin, subject)
            found |= reached | OWN_FORM if reached else reached
    return frozenset(found)


def _may_count(consent: Consent, on: date) -> bool:
    """Tell whether it counts on this day or may on a later one."""
    over = consent.superseded_by or (consent.revoked_on is not None and consent.revoked_on <= on)
    return not over and (last_day(consent) or NEVER) >= on


def _side(
    one: Recipient, other: Recipient, going: list[Consent], subject: Subject, on: date
) -> _Side:
    naming = [consent for consent in going if one.ref in consent.recipients]
    counting = [consent for consent in naming if _counts_for(one, consent)]
    shared = [consent for consent in going if other.ref in consent.recipients]
    shared = [consent for consent in shared if not one.tpo or _counts_for(other, consent)]
    return _Side(
        one.tpo,
        tuple(consent for consent in naming if consent not in shared),
        tuple(consent for consent in counting if fault(consent, subject, on) is None),
    )


def _counts_for(one: Recipient, consent: Consent) -> bool:
    """One for treatment, payment and operations says nothing to whom that is not about."""
    return one.tpo or consent.kind != ConsentKind.PART2_TPO


def _holds_out(known: Consent, consent: Consent, subject: Subject) -> bool:
    """Tell whether a valid consent allows all that another does, for as long as that may."""
    lasts = (covers_until(known, subject) or NEVER) >= (covers_until(consent, subject) or NEVER)
    return (
        known.expires_event is None  # it may come any day
        and lasts
        and consent.topics <= known.topics
        and _as_far(known.kind, consent.kind)
    )


def _as_far(known: ConsentKind, kind: ConsentKind) -> bool:
    if kind in OWN_KINDS:
        return known == kind
    plain = kind not in (ConsentKind.PART2_SPECIFIC, ConsentKind.PART2_TPO)
    return known == ConsentKind.PART2_SPECIFIC or (known in ORDINARY and plain)


__all__ = ["together"]
