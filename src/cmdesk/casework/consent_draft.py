"""A consent form while it is filled in, before anything of it is kept."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from cmdesk.rules.codes import Capacity, ConsentKind
from cmdesk.rules.consent_codes import Way

# The columns, by how they are written.
TEXTS: Final = (
    "purpose",
    "limits",
    "discloser",
    "signer_authority",
    "witness",
    "language",
    "interpreter",
    "capacity_note",
    "form_version",
    "state_overlay",
    "letter_words",
)
LISTS: Final = ("topics", "statements", "channels")
VALUES: Final = (
    "kind",
    "direction",
    "records_from",
    "records_until",
    "signed_on",
    "begins_on",
    "expires_on",
    "expires_episode_id",
    "expires_with_engagement",
    "signer",
    "authority_document_id",
    "capacity",
    "form_on_file",
    "document_id",
    "received_on",
    "copy_given_on",
)


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """One form as the dialog holds it. `recipients` are the rules' keys: p12, o3.

    `replaces` are earlier consents that end once this one counts; the rest are the columns.
    """

    client_id: int
    kind: str = ConsentKind.PART2_SPECIFIC
    recipients: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    purpose: str = ""
    limits: str = ""
    discloser: str = "practice"
    direction: str = Way.TO
    records_from: date | None = None
    records_until: date | None = None
    signed_on: date | None = None
    begins_on: date | None = None
    expires_on: date | None = None
    expires_episode_id: int | None = None
    expires_with_engagement: bool = False
    signer: str = ""
    signer_authority: str = ""
    authority_document_id: int | None = None
    witness: str = ""
    language: str = ""
    interpreter: str = ""
    capacity: str = Capacity.UNKNOWN
    capacity_note: str = ""
    form_on_file: bool = False
    document_id: int | None = None
    form_version: str = ""
    state_overlay: str = ""
    statements: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    received_on: date | None = None
    copy_given_on: date | None = None
    letter_words: str = ""
    version: int = 0
    replaces: tuple[int, ...] = ()

    def beside_readers(self) -> "ConsentDraft":
        """Return all of it but who may be told, or tell."""
        return replace(self, recipients=(), direction=Way.TO)
