"""Every write is undone and done again to the letter; what is final also ends what came before."""

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy.orm import Session

from cmdesk import casework
from cmdesk.casework import (
    accounting_release,
    client_form,
    clients,
    consents,
    contacts,
    correspondence,
    disclosures,
    documents,
    drafts,
    entries,
    holds,
    incidents,
    inquiries,
    leak_check,
    letter_events,
    letter_record,
    letter_templates,
    letters_sent,
    mailboxes,
    merging,
    merging_charts,
    people,
    practice,
    promises,
    quick_log,
    rights,
    snippets,
    state_rules,
    tasks,
    told_by_hand,
    updates,
    worklist,
)
from cmdesk.casework.accounting_release import Wish
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.consents import ConsentDraft
from cmdesk.casework.contacts import Addition
from cmdesk.casework.disclosures import Evidence
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.casework.holds import HoldDraft
from cmdesk.casework.letter_events import Became
from cmdesk.casework.practice import PracticeDraft
from cmdesk.casework.state_rules import StateRow, StateTable
from cmdesk.casework.tasks import NextStep
from cmdesk.errors import Problem
from cmdesk.models.client import CircleMember
from cmdesk.models.consent import ConsentRecipient, Disclosure
from cmdesk.models.document import Document
from cmdesk.models.person import Person
from cmdesk.rules.code import Code
from cmdesk.rules.disclosure_bases import DisclosureForm
from cmdesk.rules.incidents import IncidentForm
from cmdesk.rules.inquiry_draft import InquiryForm
from cmdesk.rules.leaks import Hit, Kind
from cmdesk.rules.letter import Part, PartKind, Step
from cmdesk.rules.letter_state import LetterState
from cmdesk.rules.letter_template import Template
from cmdesk.rules.people_draft import (
    AuthorityDraft,
    PersonDraft,
    PlainEmailDraft,
    PointDraft,
    RelationDraft,
    TieDraft,
)
from cmdesk.rules.rights import RequestForm
from cmdesk.store.journal import Label
from cmdesk.store.store import Store
from tests.casework.undo_coverage import COVERAGE
from tests.casework.undo_desk import DESK
from tests.casework.undo_directory import DIRECTORY
from tests.casework.undo_map import MAP
from tests.casework.undo_moves import MOVES
from tests.casework.undo_placements import SEARCHES, sent_again
from tests.casework.undo_providers import PROVIDERS_TWICE
from tests.casework.undo_services import SERVICES
from tests.records import WEEK, Clock, Maya, audited, contact, state

STATE_ROW: Final = StateRow("mental_health", 16, "Its law", date(2026, 3, 9))
Act = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
Making = Callable[[Store, Maya], Act]


def act(work: Callable[..., Any], *args: Any, **named: Any) -> Act:
    return work, args, named


def perform(store: Store, made: Act, label: Label | str = "Act") -> Any:
    work, args, named = made
    return store.do(label, work, *args, **named)


def ready(store: Store, maya: Maya, **changes: Any) -> int:
    """Return an entry that is kept but not signed yet."""
    return store.do("Log", entries.log, contact(maya, follow_up="Call", **changes), sign=False)


def another_entry(store: Store, maya: Maya) -> Act:
    marked = contact(maya, marks=((maya.diane.key, "short"),), follow_up="Call Tess")
    return act(entries.log, marked, sign=False)


def entry_gone_on_with(store: Store, maya: Maya) -> Act:
    number = ready(store, maya)
    changed = contact(maya, narrative="More of it.", participants=(), family_line="Anew.")
    return act(entries.log, changed, number, sign=False)


def kept_contact(store: Store, maya: Maya) -> Act:
    number = ready(store, maya)
    store.do("Type", drafts.keep, "log", {"a": 1})
    changed = contact(maya, follow_up="Another", minutes=5)
    return act(contacts.keep, changed, number, "log", sign=False)


def worded_anew(store: Store, maya: Maya) -> Act:
    changed = contact(maya, family_line="Other words.", marks=((maya.diane.key, "keep_back"),))
    return act(contacts.word_anew, maya.entry, changed, "log", Addition("addendum"))


def consent_changed(store: Store, maya: Maya) -> Act:
    read = store.ask(consents.draft, maya.consent)
    changed = ConsentDraft(
        maya.client, recipients=(maya.tess.key,), topics=("legal",), version=read.version
    )
    return act(consents.save, changed, maya.consent)


def held(store: Store, maya: Maya) -> int:
    return store.do("Hold", consents.hold_back, maya.client, [], [maya.diane.key], None, "Later")


def hold_changed(store: Store, maya: Maya) -> Act:
    number = held(store, maya)
    read: HoldDraft = store.ask(holds.draft, number)
    others = HoldDraft(maya.client, (maya.tess.key,), (), (maya.entry,), version=read.version)
    return act(holds.save, others, number)


def form(maya: Maya) -> ConsentDraft:
    return ConsentDraft(maya.client, recipients=(maya.tess.key, f"o{maya.still}"))


def finished(store: Store, maya: Maya) -> Act:
    return act(tasks.finish, store.ask(tasks.next_steps, maya.client)[0])


def promise_kept(store: Store, maya: Maya) -> Act:
    steps: list[NextStep] = store.ask(tasks.next_steps, maya.client)
    return act(tasks.finish, next(step for step in steps if step.follow_up_id))


def keep_file(store: Store, content: bytes) -> int:
    return store.do(
        "Keep", documents.add, content, title="T", file_name="t", media_type="text/plain"
    )


def sent(store: Store, maya: Maya) -> tuple[Any, Evidence]:
    """Return a letter released to Diane, and what is said of its bytes."""
    released = store.ask(updates.release, maya.client, maya.diane, *WEEK)
    number = keep_file(store, b"letter")
    return released, Evidence(number, "ab", "cd", 1, "encrypted_pdf", "diane@brenner.example")


def copy_taken_back(store: Store, maya: Maya) -> Act:
    released, evidence = sent(store, maya)

    def keep(session: Session) -> str:
        row = disclosures.record(session, released, evidence)
        letter_record.keep(session, released, row, PROMISING)
        return row.uid

    uid = store.do(Label("Hand over", undoable=False), keep)
    return act(letters_sent.take_back, uid)


def promise_settled(store: Store, maya: Maya) -> Act:
    perform(store, letter_kept(store, maya), Label("Hand over", undoable=False))
    (promise,) = store.ask(promises.open_of, maya.client, maya.diane)
    return act(promises.settle, promise.id, "moved", date(2026, 3, 25), "The clinic is closed.")


PROMISING: Final = LetterDraft(
    passages=(Passage("She did well."),), steps=(Step("Wed, March 11", "Diane visits", "Diane"),)
)


def letter_left(store: Store, maya: Maya) -> int:
    """Hand a letter to Diane over; return her copy."""
    released, evidence = sent(store, maya)

    def keep(session: Session) -> int:
        row = disclosures.record(session, released, evidence)
        return letters_sent.keep(session, released, row, LetterDraft())

    return store.do(Label("Hand over", undoable=False), keep)


def became(store: Store, maya: Maya, state: LetterState) -> Act:
    typed = Became(date(2026, 3, 9), "She said so", letter_events.STAYED)
    return act(letter_events.become, letter_left(store, maya), state, typed)


def letter_mailed(store: Store, maya: Maya) -> Act:
    point = store.ask(mailboxes.of, maya.client, maya.diane)
    return act(letters_sent.mailed_to, letter_left(store, maya), point and point.point_id)


CALL: Final = InquiryForm(
    day=date(2026, 3, 9), caller_name="Rosa Duarte", caller_phone="1", given_name="Camila"
)


def client_changed(store: Store, maya: Maya) -> Act:
    read = store.ask(client_form.read, maya.client)
    return act(client_form.save, maya.client, replace(read, my_role="I keep the threads."))


def one_of_two(session: Session, gone: int, kept: int) -> None:
    merging.become_one(session, session.get_one(Person, gone), session.get_one(Person, kept))


def places_united(session: Session, client_id: int) -> None:
    first, second = session.query(CircleMember).filter_by(client_id=client_id).all()[:2]
    merging.unite(session, first, second)


def charts_merged(store: Store, maya: Maya) -> Act:
    gone = store.do("Add", clients.add, ClientDraft("Maja", "Brenner"))
    return act(merging_charts.merge_clients, gone, maya.client)


def person_changed(store: Store, maya: Maya) -> Act:
    read = store.ask(people.draft, maya.client, maya.diane.person_id)
    bond = RelationDraft(kind="married", other_id=maya.tess.person_id)
    paper = AuthorityDraft(scope="Health care")
    changed = replace(
        read, notes="New.", after_id=maya.tess.person_id, authorities=(paper,), relations=(bond,),
        points=(PointDraft(value="718 555 0199"),), ties=(*read.ties, TieDraft()),
    )  # fmt: skip
    return act(people.save, changed)


def someone_new(maya: Maya) -> PersonDraft:
    wish = PlainEmailDraft(address="june@lund.example", warned_on=date(2026, 3, 9))
    return PersonDraft(maya.client, given_name="June", ties=(TieDraft(),), plain_emails=(wish,))


def snippet(store: Store, name: str) -> int:
    return store.do("Add", snippets.add, name, "Left a voicemail.")


def noted(store: Store) -> Template:
    store.do("Keep", letter_templates.save, NOTE)
    return NOTE


ASKED: Final = RequestForm("access", date(2026, 3, 9))
HIT = Hit(0, 5, (0, 12), Kind.NAME, "name:queen", "Queen", "Names Queen")
NOTE: Final = Template("note", "Note", parts=(Part(PartKind.TEXT, "said", "What I say"),))


def mark_taken_back(store: Store, maya: Maya) -> Act:
    store.do("Mark", leak_check.mark, maya.client, maya.diane, *WEEK, HIT, "Band")
    return act(leak_check.take_back, maya.client, maya.diane, *WEEK, HIT.key)


UNDOABLE: Final[dict[str, Making]] = {
    "letter_templates.save": lambda _s, _m: act(letter_templates.save, NOTE),
    "letter_templates.save changed": lambda s, _m: act(
        letter_templates.save, replace(noted(s), name="A short note"), "es"
    ),
    "letter_templates.add": lambda _s, _m: act(letter_templates.add, replace(NOTE, code="other")),
    "letter_templates.reset": lambda s, _m: act(letter_templates.reset, noted(s).code),
    "letter_templates.hide": lambda _s, _m: act(letter_templates.hide, "decision"),
    "snippets.add": lambda _s, _m: act(snippets.add, "a", "Left a voicemail.", ["progress"]),
    "snippets.edit": lambda s, _m: act(snippets.edit, snippet(s, "b"), "c", "Left word."),
    "snippets.remove": lambda s, _m: act(snippets.remove, snippet(s, "d")),
    "quick_log.plan": lambda _s, m: act(quick_log.plan, contact(m)),
    "people.save": lambda _s, m: act(people.save, someone_new(m)),
    "people.save changed": person_changed,
    "people.remove_from_circle": lambda _s, m: act(
        people.remove_from_circle, m.client, m.diane.person_id
    ),
    "letters_sent.take_back": copy_taken_back,
    "letters_sent.mailed_to": letter_mailed,
    "letter_events.become sent": lambda s, m: became(s, m, LetterState.SENT),
    "letter_events.become read": lambda s, m: became(s, m, LetterState.ACKNOWLEDGED),
    "letter_events.reissued": lambda s, m: act(
        letter_events.reissued, letter_left(s, m), letter_left(s, m)
    ),
    "promises.settle": promise_settled,
    "leak_check.mark": lambda _s, m: act(leak_check.mark, m.client, m.diane, *WEEK, HIT, "Band"),
    "leak_check.take_back": mark_taken_back,
    "clients.add": lambda _s, _m: act(clients.add, ClientDraft("Ana", "Ortiz")),
    "clients.add_to_circle": lambda _s, m: act(
        clients.add_to_circle, m.client, "Rob", "", "sibling"
    ),
    "clients.say_where_things_stand": lambda _s, m: act(
        clients.say_where_things_stand, m.client, "Well."
    ),
    "consents.save": lambda _s, m: act(consents.save, form(m)),
    "consents.save changed": consent_changed,
    "consents.end": lambda _s, m: act(consents.end, m.consent),
    "consents.keep_form": lambda _s, m: act(consents.keep_form, m.client, b"%PDF-1", "a.pdf"),
    "consents.hold_back": lambda _s, m: act(
        consents.hold_back, m.client, ["legal"], [m.diane.key, f"o{m.still}"], None, "Later"
    ),
    "consents.name_readers": lambda _s, m: act(consents.name_readers, held(_s, m), [m.tess.key]),
    "holds.save": lambda _s, m: act(holds.save, HoldDraft(m.client, (m.diane.key,))),
    "holds.save changed": hold_changed,
    "holds.end": lambda s, m: act(holds.end, held(s, m)),
    "state_rules.save": lambda _s, _m: act(state_rules.save, StateTable("NY", (STATE_ROW,))),
    "contacts.keep": kept_contact,
    "contacts.word_anew": worded_anew,
    "correspondence.keep_password": lambda _s, m: act(
        correspondence.keep_password, m.diane, "six words that nobody guesses", "By phone"
    ),
    "documents.add": lambda _s, _m: act(
        documents.add, b"x" * 70_000, title="T", file_name="t", media_type="text/plain"
    ),
    "entries.log": another_entry,
    "entries.log again": entry_gone_on_with,
    "entries.word": lambda _s, m: act(
        entries.word, m.entry, ["legal"], "Family", "Short", ["legal"]
    ),
    "entries.choose": lambda _s, m: act(entries.choose, m.entry, f"o{m.still}", "share"),
    "entries.mark_wrong_chart": lambda _s, m: act(entries.mark_wrong_chart, m.entry, "Mixed up"),
    "client_form.save": client_changed,
    "inquiries.save": lambda _s, _m: act(inquiries.save, CALL),
    "inquiries.make_client": lambda _s, _m: act(inquiries.make_client, CALL),
    "merging.merge_people": lambda _s, m: act(
        merging.merge_people, m.tess.person_id, m.diane.person_id
    ),
    "merging.become_one": lambda _s, m: act(one_of_two, m.tess.person_id, m.diane.person_id),
    "merging.point": lambda _s, m: act(
        merging.point, ConsentRecipient, "person_id", m.diane.person_id, m.tess.person_id
    ),
    "merging.unite": lambda _s, m: act(places_united, m.client),
    "merging_charts.merge_clients": charts_merged,
    "practice.save": lambda _s, _m: act(practice.save, PracticeDraft("New name", "N. W.")),
    "rights.save": lambda _s, m: act(rights.save, m.client, ASKED),
    "incidents.save": lambda _s, m: act(
        incidents.save, IncidentForm(m.client, None, None, date(2026, 3, 9), "Lost a phone")
    ),
    "tasks.add": lambda _s, m: act(tasks.add, m.client, "Call", date(2026, 3, 10)),
    "tasks.finish": finished,
    "tasks.finish a promise": promise_kept,
    **COVERAGE,
    **DESK,
    **DIRECTORY,
    **SEARCHES,
    **MAP,
    **MOVES,
    **PROVIDERS_TWICE,
    **SERVICES,
}


@pytest.mark.parametrize("name", UNDOABLE)
def test_write_is_audited_once_undone_and_done_again(
    name: str, store: Store, maya: Maya, clock: Clock
) -> None:
    made = UNDOABLE[name](store, maya)
    clock.forward(hours=1)
    store._steps.clear()
    before, acts = state(store), audited(store)
    perform(store, made)
    assert audited(store) == acts + 1
    after = state(store)
    assert after != before
    for _ in range(2):
        assert store.undo() == "Act"
        assert state(store) == before
        assert store.redo() == "Act"
        assert state(store) == after


def letter_recorded(store: Store, maya: Maya) -> Act:
    released, evidence = sent(store, maya)

    def record(session: Session) -> str:
        return disclosures.record(session, released, evidence).uid

    return act(record)


def letter_kept(store: Store, maya: Maya) -> Act:
    released, evidence = sent(store, maya)

    def keep(session: Session) -> int:
        row = disclosures.record(session, released, evidence)
        return letter_record.keep(session, released, row, PROMISING)

    return act(keep)


def letter_corrected(store: Store, maya: Maya) -> Act:
    uid = perform(store, letter_recorded(store, maya), Label("Hand over", undoable=False))
    return act(disclosures.correct, uid, "It was not sent.")


def letter_told_again(store: Store, maya: Maya) -> Act:
    released, evidence = sent(store, maya)
    label = Label("Hand over", undoable=False)
    first = store.do(label, lambda session: disclosures.record(session, released, evidence).id)

    def again(session: Session) -> None:
        row = session.get_one(Disclosure, first)
        disclosures.once_more(session, row, released, "d@x.example", evidence.document_id)

    return act(again)


def told(maya: Maya) -> DisclosureForm:
    return DisclosureForm(
        "treatment", date(2026, 3, 9), None, maya.tess.key, "Tess", what="A date", purpose="Care",
        only_needed=True,
    )  # fmt: skip


def told_otherwise(store: Store, maya: Maya) -> Act:
    uid = store.do(Label("Call", undoable=False), told_by_hand.record, maya.client, told(maya))
    return act(told_by_hand.correct, uid, replace(told(maya), why_corrected="Another date"))


def accounting_handed(store: Store, maya: Maya) -> Act:
    evidence = Evidence(keep_file(store, b"list"), "ab", "cd", 1, "paper")
    reader = store.ask(accounting_release.readers, maya.client)[0].key
    day = date(2026, 3, 9)

    def hand(session: Session) -> str:
        wish = Wish(reader, None, day, day, "Known to me")
        released = accounting_release.release(session, maya.client, wish)
        return accounting_release.record(session, released, evidence)

    return act(hand)


def accounting_taken_back(store: Store, maya: Maya) -> Act:
    made = accounting_handed(store, maya)
    uid = perform(store, made, Label("Hand over", undoable=False))
    return act(accounting_release.take_back, uid, None, None)


def signature(store: Store, maya: Maya) -> Act:
    return act(entries.sign_entry, ready(store, maya))


# The database itself refuses to take these back.
FINAL: Final[dict[str, Making]] = {
    "entries.log signed": lambda _s, m: act(entries.log, contact(m), sign=True),
    "entries.sign_entry": signature,
    "worklist.sign": lambda s, m: act(worklist.sign, [ready(s, m)]),
    "entries.add_addendum": lambda _s, m: act(entries.add_addendum, m.entry, "addendum", "More"),
    "disclosures.record": letter_recorded,
    "letter_record.keep": letter_kept,
    "disclosures.correct": letter_corrected,
    "disclosures.once_more": letter_told_again,
    "letter_events.become back": lambda s, m: became(s, m, LetterState.CAME_BACK),
    "letter_events.become withdrawn": lambda s, m: became(s, m, LetterState.WITHDRAWN),
    "placement_records.send_again": sent_again,
    "told_by_hand.record": lambda _s, m: act(told_by_hand.record, m.client, told(m)),
    "told_by_hand.correct": told_otherwise,
    "accounting_release.record": accounting_handed,
    "accounting_release.take_back": accounting_taken_back,
}


@pytest.mark.parametrize("name", FINAL)
def test_final_act_ends_what_could_be_undone(name: str, store: Store, maya: Maya) -> None:
    made = FINAL[name](store, maya)
    store.do("Before", tasks.add, maya.client, "Call")
    perform(store, made, Label("Act", undoable=False))
    after = state(store)
    assert (store.undo_label, store.undo(), store.redo()) == (None, None, None)
    assert state(store) == after


@pytest.mark.parametrize("name", FINAL)
def test_final_act_under_an_ordinary_label_still_stands(
    name: str, store: Store, maya: Maya
) -> None:
    made = FINAL[name](store, maya)
    perform(store, made)
    after = state(store)
    with pytest.raises(Problem, match=r"can.t be taken back|final|only added"):
        store.undo()
    assert state(store) == after


def test_undone_consent_end_counts_again(store: Store, maya: Maya) -> None:
    def shared() -> int:
        return len(store.ask(updates.release, maya.client, maya.diane, *WEEK).findings.shared)

    store.do("End", consents.end, maya.consent)
    with pytest.raises(Problem, match="Nothing of this period"):
        shared()
    store.undo()
    assert shared() == 1


def writing(path: Path) -> list[str]:
    """Name the public functions of a module that add or delete rows by themselves."""
    found: list[str] = []
    for node in ast.parse(path.read_text("utf-8")).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        calls = [each.func for each in ast.walk(node) if isinstance(each, ast.Call)]
        writes = any(
            (isinstance(call, ast.Attribute) and call.attr in {"add_all", "delete", "flush"})
            or (isinstance(call, ast.Attribute) and ast.unparse(call) == "session.add")
            or (isinstance(call, ast.Name) and call.id in {"delete", "insert", "update"})
            for call in calls
        )
        if writes:
            found.append(f"{path.stem}.{node.name}")
    return found


def test_no_write_was_forgotten() -> None:
    folder = Path(casework.__path__[0])
    tried = {name.split(" ")[0] for name in (*UNDOABLE, *FINAL)}
    outside_the_journal = {"backup_runs.record", "drafts.keep", "drafts.discard"}
    # A step of people.save, and one of keeping a letter or what is said of its words.
    within_another = {"person_rows.write", "letters_sent.period"}
    within_another |= {"letters_sent.keep", "promises.kept", "told.keep"}
    within_another |= {"provider_points.put_address", "provider_points.put_points"}
    within_another |= {"provider_points.unaddress", "provider_houses.house"}
    within_another |= {"provider_facts.keep"}  # what is typed over what was told
    within_another |= {"records_out.write"}  # where papers are noted as sent
    within_another |= {"merging_professionals.unite_sides"}  # of two people made one
    # Of two providers made one.
    within_another |= {"merging_candidates.unite", "placement_records.take_over"}
    within_another |= {"service_party.numbers"}  # a name that is new, of a service
    before_all = {"practice.settle_zone"}  # in a vault that has nothing yet to take back
    found = {name for path in folder.glob("*.py") for name in writing(path)}
    assert found - tried - outside_the_journal - within_another - before_all == set()


def test_blobs_stay_when_their_document_goes(store: Store, maya: Maya) -> None:
    """Content is only ever added: what undo leaves behind serves the redo."""
    number = keep_file(store, b"x" * 70_000)
    store.undo()
    assert store.ask(lambda session: session.get(Document, number)) is None
    store.redo()
    assert store.ask(documents.content, number) == b"x" * 70_000


def test_codes_are_kept_as_plain_text(store: Store, maya: Maya) -> None:
    """A code that came back as an object of its own would break the next undo."""
    store.do("Add", clients.add_to_circle, maya.client, "Rob", "", "sibling")
    rows = store.ask(lambda session: [row.relationship for row in session.query(CircleMember)])
    assert not any(isinstance(code, Code) for code in rows)
