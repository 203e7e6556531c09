"""How one reader may be handed a letter: under which password, and by which address."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cmdesk.casework import clock, correspondence, mailboxes
from cmdesk.casework.parties import Party


@dataclass(frozen=True, slots=True)
class Way:
    """How this reader may be handed a letter. `plain_on`: when the client accepted plain e-mail."""

    has_password: bool
    told: str
    address: str
    plain: str
    plain_on: date | None
    do_not_contact: bool
    # Who has the address too and may not read this reader's letters: no e-mail may go there.
    shared_with: tuple[str, ...] = ()
    locked_letters: int = 0  # handed over, that open with the password kept now or before


def way(session: Session, client_id: int, party: Party) -> Way:
    today = clock.today(session)
    accepted = correspondence.acceptance(session, client_id, party, today)
    box = mailboxes.of(session, client_id, party)
    return Way(
        has_password=bool(correspondence.password(session, party)),
        told=correspondence.told(session, party),
        address=box.address if box else "",
        plain=accepted.address if accepted else "",
        plain_on=accepted.accepted_on if accepted else None,
        do_not_contact=correspondence.must_not_be_contacted(session, client_id, party),
        shared_with=box.shared_with if box else (),
        locked_letters=correspondence.locked_letters(session, party),
    )
