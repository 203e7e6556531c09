"""Fields of services and of requests for records: whom it is with, topics, contacts and files."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from cmdesk.casework import contacts, documents, goals
from cmdesk.rules.contact_codes import DocumentType
from cmdesk.rules.referral_draft import known
from cmdesk.rules.topics import Topic
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.pick_field import PickField
from cmdesk.ui.dialogs.topic_chips import TopicChips
from cmdesk.ui.form import Bound
from cmdesk.ui.parts.veil import Veil

WORDS: Final = 48  # characters of a contact's words in the list
EACH: Final = 5  # names of each kind in the list
Options = list[tuple[object, str]]


def whom(desk: Desk, label: str, hint: str = "") -> Bound:
    """Bind a provider or a person on record, or the name of somebody new."""
    tr = desk.words.tr

    def shown(found: Sequence[contacts.Someone]) -> list[contacts.Someone]:
        return [replace(each, name=desk.privacy.name(each.name)) for each in found]

    def find(text: str) -> Sequence[contacts.Someone]:
        houses = desk.ask(contacts.organisations, text)[:EACH]
        return [*houses, *shown(desk.ask(contacts.people, text)[:EACH])]

    pick = PickField(find, tr("Name"), many=False, remove=tr("Remove {name}"))

    def get() -> str:
        return pick.keys[0] if pick.keys else pick.pending

    def show(typed: str) -> None:
        person, house = known(typed)
        chosen = desk.ask(contacts.named, [typed]) if person or house else []
        pick.choose(shown(chosen) if person else chosen)
        pick.write("" if chosen else typed)

    return Bound("recipient", label, pick, get, show, pick.edited, hint)


def topics(tr: Callable[[str], str]) -> Bound:
    """Bind what the line for the family is about."""
    chips = TopicChips(tr("Topics"), tr, [topic.value for topic in Topic])

    def get() -> tuple[str, ...]:
        return chips.codes

    return Bound("topics", "", chips, get, chips.pick, chips.edited)


def came_up(desk: Desk, client_id: int) -> Options:
    """List the newest contacts, by their day and how each begins."""
    veil, tr = Veil(desk), desk.words.tr
    found: Options = [(None, tr("No contact"))]
    for each in desk.ask(goals.contacts, client_id):
        begun = " ".join(veil.text(each.text).split())
        short = f"{begun[:WORDS].rstrip()} …" if len(begun) > WORDS else begun
        day = desk.words.near_day(each.day, desk.today())
        found.append((each.entry_id, f"{day}: {short}" if short else day))
    return found


def papers(desk: Desk, client_id: int) -> Options:
    """List the files of a chart, to be the papers that came."""
    tr = desk.words.tr
    found: Options = [(None, tr("Not in the chart yet"))]
    for each in desk.ask(documents.rows, client_id):
        kind = tr(DocumentType(each.type).label)
        found.append((each.id, f"{desk.privacy.file(each.title or each.file_name)} ({kind})"))
    return found


__all__ = ["came_up", "papers", "topics", "whom"]
