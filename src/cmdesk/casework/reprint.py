"""A letter that left, taken up once more: whether it may go to its reader now, word for word."""

from dataclasses import dataclass, replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    disclosures,
    kept_copy,
    letter_events,
    letter_templates,
    merged,
    parties,
    update_list,
    updates,
    verdicts,
)
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.casework.parties import Party
from cmdesk.casework.released import Released
from cmdesk.errors import Problem
from cmdesk.letter_words import language_of
from cmdesk.models.consent import Disclosure
from cmdesk.models.document import Document
from cmdesk.models.entry import Entry
from cmdesk.models.update import Update, UpdateCopy
from cmdesk.rules import letter_template, validity
from cmdesk.rules.codes import Channel
from cmdesk.rules.speech import joined
from cmdesk.rules.standing import Standing
from cmdesk.rules.topics import Topic

UNKNOWN = 0  # no entry has this number: a line of one that is gone is refused like any other
STILL_HERE = "You can still look at the letter here."


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
    kept = kept_copy.letter(copy)
    if kept is not None:
        return kept
    shared = list(kept_copy.lines(copy.shared, *kept_copy.SHARED))
    names = [line["entry"] for line in shared]
    own = merged.own_ids(session, found.client_id)
    query = select(Entry.id, Entry.ref, Entry.uid).where(
        Entry.client_id.in_(own), or_(Entry.ref.in_(names), Entry.uid.in_(names))
    )
    numbers = {row.ref or row.uid: row.id for row in session.execute(query)}
    lines = tuple(
        Passage(line["text"], numbers.get(line["entry"], UNKNOWN), line["verdict"])
        for line in shared
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
    if kept_copy.unreadable(found.copy):
        raise Problem("What can’t be read can’t be judged: it may not go again.", STILL_HERE)
    period = (found.update.period_from, found.update.period_until)
    letter = replace(words_of(session, found), replaces=UNKNOWN)
    released = updates.release(session, found.client_id, found.party, *period, letter)
    first = session.get(Disclosure, found.copy.disclosure_id or UNKNOWN)
    if first is None:
        return released
    return _by_what_it_holds(session, found, released, disclosures.rows_beside(session, first))


def _by_what_it_holds(
    session: Session, found: Letter, released: Released, rows: list[Disclosure]
) -> Released:
    """Judge the letter by what its rows say is in it, and add the consents that let it go now.

    What the program knows changes with the records, the bytes do not: lines of its own, scores and
    typed words may not be known again. So the rows count, not what would be told today.
    """
    kind = letter_templates.of(session, found.update.template, released.letter.language)
    on, party = released.on, found.party
    stand = verdicts.standing(session, found.client_id, party, on)
    stand = letter_template.narrowed(stand, kind)
    topics = verdicts.topics(topic for row in rows for topic in row.categories)
    entries = {str(line.get("entry", "")) for row in rows for line in row.entries}
    _refuse_held(stand, topics, entries)
    part2 = any(row.part2 for row in rows)
    relied = _covering(stand, topics, part2=part2)
    channels = (each.channels for each in relied)
    return replace(
        released,
        consents=tuple(dict.fromkeys((*released.consents, *(each.ref for each in relied)))),
        channels=released.channels.intersection(*channels),
        part2=part2 or released.part2,
    )


def _refuse_held(stand: Standing, topics: frozenset[Topic], entries: set[str]) -> None:
    """Refuse what the client wants held back from the reader by now."""
    for wish in stand.restrictions:
        everything = not (wish.topics or wish.entries)
        if everything or wish.topics & topics or wish.entries & entries:
            asked = f"{stand.subject.called} asked to keep this from {stand.recipient.called}"
            raise Problem(
                f"This letter may not go any more: {wish.reason.strip() or asked}.", STILL_HERE
            )


def _covering(stand: Standing, topics: frozenset[Topic], *, part2: bool) -> list[validity.Consent]:
    """Return consents in force for all the letter tells; refuse it where one is missing.

    What of it was under Part 2 nobody can tell any more: then all of it counts so.
    """
    who = stand.recipient.full_name
    counting = stand.part2 if part2 else stand.ordinary
    if part2 and not counting:
        raise Problem(f"No Part 2 consent for {who} is in force any more.", STILL_HERE)
    found: list[validity.Consent] = []
    lost: set[Topic] = set()
    for topic in sorted(topics):
        form = stand.own_form.get(topic)
        one = form or next((each for each in counting if topic in each.topics), None)
        if one is None:
            lost.add(topic)
        else:
            found.append(one)
    if lost:
        named = joined([topic.in_words for topic in sorted(lost)])
        kind = "Part 2 consent" if part2 else "consent"
        raise Problem(f"No {kind} for {who} covers {named} any more.", STILL_HERE)
    return found if any(each in counting for each in found) else [*found, *counting[:1]]


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
