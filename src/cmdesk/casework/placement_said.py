"""What the family says and decides in a search, and the statement that is looked at before."""

from sqlalchemy.orm import Session

from cmdesk.casework import clock
from cmdesk.casework import placement_rows as rows
from cmdesk.casework.stored import refuse_changed
from cmdesk.errors import Problem
from cmdesk.models.placement import FamilyWord
from cmdesk.rules import placement_draft as rules
from cmdesk.rules.placement_draft import DecisionForm, WordForm


def say(
    session: Session, search_id: int, candidate_id: int | None, form: WordForm, draft_key: str = ""
) -> int:
    """Keep what the client or a relative said, as theirs; return its number."""
    rows.refuse(rules.word_faults(form, clock.today(session)))
    rows.search(session, search_id)
    row = FamilyWord(search_id=search_id, candidate_id=candidate_id, words="")
    rows.write(row, form)
    session.add(row)
    session.flush()
    rows.throw(session, draft_key)
    return row.id


def unsay(session: Session, word_id: int) -> None:
    """Take away what was noted by mistake."""
    row = session.get(FamilyWord, word_id)
    if row is not None:
        session.delete(row)
        session.flush()


def decide(session: Session, search_id: int, form: DecisionForm, draft_key: str = "") -> None:
    """Keep the family’s decision, with who made it and when."""
    rows.refuse(rules.decision_faults(form, clock.today(session)))
    row = rows.search(session, search_id)
    refuse_changed(row.version, form.version, "search")
    rows.write(row, form)
    session.flush()
    rows.throw(session, draft_key)


def state_conflicts(session: Session, search_id: int, statement: str, draft_key: str = "") -> None:
    """Keep the statement as it was looked at today."""
    if not statement.strip():
        raise Problem("The statement is empty.", "Say at least that there is nothing to tell.")
    row = rows.search(session, search_id)
    row.conflict_statement, row.conflict_stated_on = statement.strip(), clock.today(session)
    session.flush()
    rows.throw(session, draft_key)
