"""A letter as it leaves, for good: the copy, what it promised, and each thing that was told."""

from sqlalchemy.orm import Session

from cmdesk.casework import drafting, letters_sent, promises, told
from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.occasion import case
from cmdesk.casework.released import Released
from cmdesk.models.consent import Disclosure
from cmdesk.models.update import UpdateCopy


def refuse(session: Session, released: Released, draft: LetterDraft | None) -> None:
    """Raise Problem while the letter does not say what became of a promise before it."""
    if draft is not None:
        draft = drafting.printed(draft)
        about = case(
            session,
            released.client_id,
            released.recipient,
            released.first,
            released.last,
            draft.language,
            draft.template,
        )
        promises.refuse_unsettled(session, about, draft)


def keep(
    session: Session, released: Released, disclosure: Disclosure, draft: LetterDraft | None
) -> int:
    """Keep a letter that is handed over, as it was printed; return the number of the copy."""
    draft = drafting.printed(draft) if draft else None
    number = letters_sent.keep(session, released, disclosure, draft)
    copy = session.get_one(UpdateCopy, number)
    if draft is not None:
        promises.kept(session, copy, draft)
    told.keep(session, copy, released, draft)
    if draft is not None:  # so that the one search finds whatever a letter says
        said = (text for _, _, text, _ in told.statements(draft))
        copy.text = "\n".join((copy.text, *(text for text in said if text not in copy.text)))
        session.flush()
    return number
