"""Which way a released letter may take to its reader: what consent and the client's wish allow."""

from sqlalchemy.orm import Session

from cmdesk.casework import correspondence, mailboxes
from cmdesk.casework.mailboxes import Mailbox
from cmdesk.casework.parties import Party
from cmdesk.casework.released import Released
from cmdesk.errors import Problem
from cmdesk.rules.codes import Channel
from cmdesk.rules.speech import joined


def box(session: Session, released: Released, *, plain: bool) -> Mailbox:
    """Return where an e-mail would go; unlocked, only where the client accepted that."""
    party, client_id = released.recipient, released.client_id
    if not plain:
        return mailboxes.of(session, client_id, party) or Mailbox("")
    accepted = correspondence.plain_email(session, client_id, party, released.on)
    if accepted is None:
        raise Problem(
            f"No warned acceptance of plain e-mail for {party.full_name} is in force.",
            "Lock the PDF, or record the client’s acceptance first.",
        )
    return mailboxes.named(session, client_id, party, accepted)


def refuse_channel(session: Session, released: Released) -> None:
    """Refuse who must not be contacted, and a consent that does not let a PDF go."""
    party = released.recipient
    if correspondence.must_not_be_contacted(session, released.client_id, party):
        raise Problem(f"{party.full_name} is marked “do not contact”.", "Change it in the circle.")
    if Channel.ENCRYPTED_PDF not in released.channels:
        raise Problem(
            f"The consent for {party.full_name} does not allow a PDF.",
            "Tell them another way it allows, or renew the consent.",
        )


def refuse_address(found: Mailbox, party: Party) -> None:
    """Refuse an e-mail to nobody, and to a mailbox somebody reads whom this is kept from."""
    if not found.address:
        raise Problem(f"{party.full_name} has no e-mail address.", "Add one, or leave it out.")
    if found.shared_with:
        raise Problem(
            f"{found.address} is also the address of {joined(found.shared_with)}.",
            f"Add one that only {party.called} reads, or hand the PDF over another way.",
        )
