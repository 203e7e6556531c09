"""What a card of the composer asks for, done in the records. One may narrow, never widen."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cmdesk.casework import begun, entries, letter_entries, letter_prompts, tasks
from cmdesk.casework.begun import Begun
from cmdesk.casework.composing import Material, Workplace
from cmdesk.casework.drafting import LetterDraft
from cmdesk.rules.codes import Mark
from cmdesk.rules.leaks import Hit
from cmdesk.rules.letter import PartKind
from cmdesk.rules.letter_template import part_for
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.not_about_that import Letter, NotAboutThat, open_not_about_that
from cmdesk.ui.parts.letter_parts import name_of
from cmdesk.ui.parts.verdict_card import Act, Group, group_of
from cmdesk.ui.tasks import Outcome as Doing


def takes_entries(letter: LetterDraft) -> bool:
    """Whether this kind of letter has a section for what was logged."""
    return any(part.kind is PartKind.LINES for part in letter.parts)


def told_in(desk: Desk, letter: LetterDraft, client: str) -> dict[int, str]:
    """Return the entries of a letter, each with what its section is called."""
    say = letter_prompts.words_of(letter.language)
    lines = [part for part in letter.parts if part.kind is PartKind.LINES]
    titles = {part.key: name_of(desk.words, say, part, client) for part in lines}
    first = next(iter(titles.values()), "")  # it takes what belongs to none
    entries = ((part.entry_id, part.part) for part in letter.passages)
    return {number: titles.get(key, first) for number, key in entries if number is not None}


def undecided(place: Workplace, written: Begun) -> frozenset[int]:
    """Return the entries that wait for a choice and are not in the letter: they are kept back."""
    used = begun.used(written.letter)
    if not takes_entries(written.letter):
        return frozenset()
    return frozenset(
        row.entry_id
        for row in place.materials
        if group_of(row) == Group.CHOICE and not row.mark and row.entry_id not in used
    )


def spare(place: Workplace, written: Begun) -> frozenset[int]:
    """Return the entries that can be shared in full and are not in the letter, nor put off.

    Only of a kind that goes on from letter to letter: after others there is no next one.
    """
    letter, kind = written.letter, place.template
    if not letter_entries.looks_back(kind.code, kind):
        return frozenset()
    gone = begun.used(letter) | set(letter.later)
    return frozenset(
        row.entry_id
        for row in place.materials
        if group_of(row) == Group.SHARED and row.entry_id not in gone
        if part_for(letter.parts, row.verdict.topics)
    )


def is_empty(place: Workplace, letter: LetterDraft) -> bool:
    """Whether the letter says nothing yet; some kinds are made of typed words alone."""
    by_hand = any(text.strip() for text in letter.texts.values()) or any(
        row.what.strip() for row in letter.clock
    )
    told = any(part.text.strip() for part in letter.passages)
    return not (told or (place.template.by_hand and by_hand))


def choose(desk: Desk, owner: QObject, place: Workplace, act: Act, entry_id: int) -> Doing[None]:
    """Mark an entry for this reader; using it in full takes the mark back."""
    tr = desk.words.tr
    marks: dict[Act, str] = {Act.SHORT: Mark.SHORT, Act.FULL: "", Act.KEEP_BACK: Mark.KEEP_BACK}
    labels = {
        Act.SHORT: tr("Use a short version"),
        Act.FULL: tr("Use an entry in full"),
        Act.KEEP_BACK: tr("Keep an entry back"),
    }
    return desk.do(owner, labels[act], entries.choose, entry_id, place.party.key, marks[act])


def told(desk: Desk, place: Workplace, act: Act) -> str:
    """Say what was chosen."""
    tr, name = desk.words.tr, desk.privacy.name(place.party.called)
    words = {
        Act.SHORT: tr("{name} gets the short version"),
        Act.FULL: tr("{name} gets all of it"),
        Act.KEEP_BACK: tr("Kept back from {name}"),
    }
    return words[act].format(name=name)


def write(desk: Desk, owner: QObject, material: Material, text: str) -> Doing[None]:
    """Word an entry anew; its topics and short version stay."""
    return desk.do(
        owner,
        desk.words.tr("Write a line for the family"),
        entries.word,
        material.entry_id,
        list(material.topics),
        text,
        material.short_line,
        list(material.short_topics),
    )


def ask_client(desk: Desk, owner: QObject, client_id: int, place: Workplace, topics: str) -> None:
    """Put down to ask the client about what the consent leaves out: `topics`, in words."""
    tr = desk.words.tr
    text = tr("Ask {client} about telling {name}: {topics}").format(
        client=place.client.called,
        name=place.party.called,
        topics=topics,
    )
    done = tr("Added to Today")
    desk.do(owner, tr("Add a task"), tasks.add, client_id, text, desk.today()).then(
        lambda _: desk.done(done)
    )


def excuse(desk: Desk, owner: QWidget, letter: Letter, hit: Hit) -> NotAboutThat:
    """Ask why a phrase is not about that: `letter` is whose, to whom, for which days, its kind."""
    return open_not_about_that(desk, owner.window(), letter, hit)
