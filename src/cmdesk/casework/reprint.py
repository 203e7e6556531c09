"""A letter that left, taken up once more: whether it may go to its reader now, word for word."""

from dataclasses import dataclass, replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import drafting, letter_events, merged, parties, update_list, updates, verdicts
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.casework.parties import Party
from cmdesk.casework.released import Released
from cmdesk.errors import Problem
from cmdesk.letter_words import language_of
from cmdesk.models.consent import Disclosure
from cmdesk.models.document import Document
from cmdesk.models.entry import Entry
from cmdesk.models.update import Update, UpdateCopy
from cmdesk.rules.codes import Channel
from cmdesk.rules.speech import joined

UNKNOWN = 0  # no entry has this number: a line of one that is gone is refused like any other


@dataclass(frozen=True, slots=True)
class Letter:
    """One copy as it was kept, with whom and what it is about in the numbers of now."""

    copy: UpdateCopy
    update: Update
    client_id: int
    party: Party

    @property
    def plain(self) -> bool:
        """Whether it left unlocked."""
        return self.copy.method == Channel.PLAIN_EMAIL.value


def find(session: Session, copy_id: int) -> Letter:
    """Return a letter that was handed over. Raises Problem if it is gone."""
    copy = session.get(UpdateCopy, copy_id)
    if copy is None:
        raise Problem("This letter is no longer there.", "Close the page and open it again.")
    update = session.get_one(Update, copy.update_id)
    party = parties.of_key(session, parties.key_of(copy.person_id, copy.organisation_id))
    return Letter(copy, update, merged.kept_client(session, update.client_id), party)


def document(session: Session, found: Letter) -> Document:
    """Return the kept file. Raises Problem for a letter that came without one."""
    stored = session.get(Document, found.copy.document_id or UNKNOWN)
    if stored is None:
        raise Problem("This letter’s PDF is not in the vault.", "Only its words were brought in.")
    return stored


def words_of(session: Session, found: Letter) -> LetterDraft:
    """Return the letter's words, each line with the entry it rests on."""
    copy = found.copy
    if copy.sections:
        return drafting.read(copy.sections)
    names = [line["entry"] for line in copy.shared]
    own = merged.own_ids(session, found.client_id)
    query = select(Entry.id, Entry.ref, Entry.uid).where(
        Entry.client_id.in_(own), or_(Entry.ref.in_(names), Entry.uid.in_(names))
    )
    numbers = {row.ref or row.uid: row.id for row in session.execute(query)}
    lines = tuple(
        Passage(line["text"], numbers.get(line["entry"], UNKNOWN), line["verdict"])
        for line in copy.shared
    )
    return LetterDraft(
        passages=lines,
        farewell="",
        language=language_of(copy.language),
        template=found.update.template,
    )


def release(session: Session, found: Letter) -> Released:
    """Judge every line of the letter by the consents of now. Raises Problem if it may not go."""
    stand = letter_events.state_of(session, found.copy.id)
    if stand.closed:
        raise Problem(
            f"This letter was {stand.state.label.lower()}.", "You can still look at it here."
        )
    period = (found.update.period_from, found.update.period_until)
    letter = replace(words_of(session, found), replaces=UNKNOWN)
    released = updates.release(session, found.client_id, found.party, *period, letter)
    _refuse_topics(session, found, released)
    return released


def _refuse_topics(session: Session, found: Letter, released: Released) -> None:
    """Refuse a topic the letter told of and no consent covers any more.

    Lines of the program's own change with the records: they may not be known again by their words.
    """
    told = session.get(Disclosure, found.copy.disclosure_id or UNKNOWN)
    standing = verdicts.standing(session, found.client_id, found.party, released.on)
    covered = {topic for consent in standing.ordinary for topic in consent.topics}
    lost = sorted(set(told.categories if told else ()) - covered - standing.own_form.keys())
    if lost:
        topics = joined([topic.replace("_", " ") for topic in lost])
        raise Problem(
            f"No consent for {found.party.full_name} covers {topics} any more.",
            "You can still look at the letter here.",
        )


def why_not(session: Session, copy_id: int) -> str:
    """Say why a letter may not go to its reader now; empty while it may."""
    try:
        release(session, find(session, copy_id))
    except Problem as problem:
        return problem.message
    return ""


def tab(found: Letter) -> str:
    """Name the letter's period and reader as the composer does."""
    update = found.update
    key = update_list.draft_key(
        found.client_id,
        found.party.key,
        update.period_from,
        update.period_until,
        update.template,
    )
    return key.removeprefix(f"update:{found.client_id}:")
