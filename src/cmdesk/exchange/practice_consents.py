"""The practice file's consents, restrictions, the accounting of disclosures, and rights."""

from typing import Any, cast

from cmdesk.exchange.practice_fields import Field, Row, Slot, Stamp, Stored, columns
from cmdesk.exchange.practice_kinds import Kind
from cmdesk.exchange.practice_lists import Listed, Reference, Switches
from cmdesk.exchange.practice_parts import Pointers
from cmdesk.exchange.practice_values import Coded, Misfit, Names, Notes, Value, shown
from cmdesk.models.consent import (
    Consent,
    ConsentRecipient,
    Disclosure,
    Restriction,
    RestrictionEntry,
    RestrictionRecipient,
)
from cmdesk.models.rights import PrivacyIncident, RightsRequest
from cmdesk.rules.codes import (
    Capacity,
    Channel,
    ConsentKind,
    DisclosureBasis,
    RevokedHow,
    Signer,
    Statement,
)
from cmdesk.rules.topics import Topic

OF_CLIENT = {"client_id"}
TOPICS = Listed(Coded(Topic), once=True)


class Event(Value):
    """What ends a consent: an episode, the engagement, or whichever of the two comes first."""

    def check(self, value: Any, notes: Notes) -> Row:
        event = cast("Row", value) if isinstance(value, dict) else {"": value}
        if not event.keys() <= {"episode", "engagement"}:
            raise Misfit(f'{shown(event)} is neither {{"episode": ref}} nor {{"engagement": true}}')
        episode, engagement = event.get("episode"), event.get("engagement")
        if engagement is not None and not isinstance(engagement, bool):
            raise Misfit(f"{shown(engagement)} is neither true nor false")
        made: Row = {"engagement": True} if engagement else {}
        if episode is not None:
            made["episode"] = Reference("episode").check(episode, notes)
        return made

    def schema(self) -> dict[str, Any]:
        episode = {"type": ["string", "null"], "minLength": 1}
        keys = {"episode": episode, "engagement": {"type": ["boolean", "null"]}}
        return {"type": "object", "properties": keys, "additionalProperties": False}


class EventField(Field):
    def __init__(self) -> None:
        super().__init__("expires_event", "", Slot(Event(), {}))

    def spread(self, row: Row, names: Names) -> Row:
        event = row.get(self.key, {})
        episode = names.number("episode", event["episode"]) if "episode" in event else None
        return {
            "expires_episode_id": episode,
            "expires_with_engagement": event.get("engagement", False),
        }

    def gather(self, stored: Stored, names: Names) -> Row:
        event: Row = {}
        if (episode := stored["expires_episode_id"]) is not None:
            event["episode"] = names.ref("episode", episode)
        if stored["expires_with_engagement"]:
            event["engagement"] = True
        return {self.key: event} if event else {}


CONSENT = Kind(
    Consent,
    (
        *columns(
            Consent,
            leave={"client_id", "expires_episode_id", "expires_with_engagement"},
            need={"kind"},
            absent={"signer": "", "discloser": ""},
            values={
                "kind": Coded(ConsentKind),
                "topics": TOPICS,
                "signer": Coded(Signer),
                "capacity": Coded(Capacity),
                "statements": Switches(Statement),
                "channels": Listed(Coded(Channel), once=True),
                "revoked_how": Coded(RevokedHow),
            },
        ),
        EventField(),
    ),
    noun="consent",
    link="client_id",
    parts=(Pointers("recipients", ConsentRecipient, "consent_id", "party"),),
    needs_ref=True,
    final="a consent that is on file is not changed; record the new form as a consent of its own",
)
RESTRICTION = Kind(
    Restriction,
    columns(Restriction, leave=OF_CLIENT, values={"topics": TOPICS}),
    noun="restriction",
    link="client_id",
    parts=(
        Pointers("from", RestrictionRecipient, "restriction_id", "party"),
        Pointers("entries", RestrictionEntry, "restriction_id", "entry"),
    ),
)
DISCLOSURE = Kind(
    Disclosure,
    (
        *columns(
            Disclosure,
            leave={"client_id", "at", "zone"},
            called={"recipient_person_id": "person", "recipient_organisation_id": "organisation"},
            need={"basis", "recipient_name", "discloser", "what", "channel"},
            values={"basis": Coded(DisclosureBasis)},
        ),
        Stamp("at", "zone"),
    ),
    noun="disclosure",
    link="client_id",
    final="the accounting of disclosures is never changed; record a correction instead",
)
RIGHTS_REQUEST = Kind(
    RightsRequest,
    columns(RightsRequest, leave=OF_CLIENT, need={"kind", "received_on"}),
    noun="rights request",
    link="client_id",
    same=("kind", "received_on"),
)
INCIDENT = Kind(
    PrivacyIncident,
    columns(PrivacyIncident, need={"discovered_on"}),
    noun="privacy incident",
    same=("discovered_on", "what"),
)
