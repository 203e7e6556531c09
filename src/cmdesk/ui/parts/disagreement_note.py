"""What the client said of records that were not corrected, brought up where a letter leaves."""

from cmdesk.casework import rights
from cmdesk.ui.desk import Desk
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.note import Note


def disagreement_note(desk: Desk, client: int) -> Note | None:
    """Bring up what has to go with it, 45 CFR 164.526(d)(5); none where nothing is disputed."""
    tr = desk.words.tr
    found = desk.ask(rights.disagreements, client)
    if not found:
        return None
    said = "\n\n".join(part for each in found for part in each.parts)
    lead = tr("A statement of disagreement goes with this.")
    made = Note(tr("Send it along where this tells what is disputed."), "warn", lead=lead)
    copy = Button(tr("Copy the statement"), size="small")
    copy.clicked.connect(lambda: desk.clipboard.copy(said))
    made.add_button(copy)
    return made


__all__ = ["disagreement_note"]
