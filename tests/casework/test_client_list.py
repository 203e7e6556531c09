"""The list of clients: what each needs next, and in which order."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from cmdesk.casework import client_list, clients, entries, tasks
from cmdesk.casework.client_list import ClientRow, Contact, NextUpdate, Stay, Step
from cmdesk.casework.clients import ClientDraft
from cmdesk.models.care import Episode
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.people import Name
from cmdesk.store.store import Store
from tests.bench.floor import overheard
from tests.records import MONDAY, Clock, Maya, log

TESS = Name("Tess", "Holloway", "")


def row(store: Store, number: int) -> ClientRow:
    (found,) = store.ask(client_list.rows, [number])
    return found


def test_one_line(store: Store, maya: Maya) -> None:
    assert row(store, maya.client) == ClientRow(
        id=maya.client,
        name=Name("Maya", "Brenner", "Maya"),
        pronouns="she/her",
        age=22,
        since=date(2026, 1, 5),
        stay=Stay("Residential 3.5", "Stillwater Ridge", 36),
        step=Step("Call back Kevin Park", date(2026, 3, 6)),
        contact=Contact(
            at=datetime(2026, 3, 6, 11, tzinfo=ZoneInfo("America/New_York")),
            kind="contact",
            method="phone",
            outcome="reached",
            direction="outbound",
            who=TESS,
        ),
        update=NextUpdate(Name("Diane", "Brenner", ""), date(2026, 1, 5)),
    )


def test_bare_client(store: Store, maya: Maya) -> None:
    number = store.do("Add", clients.add, ClientDraft("Ana", status="prospective"))
    found = row(store, number)
    assert (found.age, found.since, found.stay, found.step) == (None, None, None, None)
    assert (found.contact, found.update) == (None, None)
    ids = [99, number, maya.client]
    assert [each.id for each in store.ask(client_list.rows, ids)] == [number, maya.client]


def test_orders(store: Store, maya: Maya) -> None:
    ana = store.do("Add", clients.add, ClientDraft("Ana", "Zimmer"))
    bo = store.do("Add", clients.add, ClientDraft("Bo", "Abbot"))
    store.do("Add", tasks.add, ana, "Call", date(2026, 3, 1))
    store.do("Add", tasks.add, bo, "Someday")
    find = client_list.find
    assert store.ask(find) == [ana, maya.client, bo]
    assert store.ask(find, order="name") == [bo, maya.client, ana]
    assert store.ask(find, order="contact") == [bo, ana, maya.client]
    assert store.ask(find, late=True) == [ana, maya.client]
    assert store.ask(find, order="name", late=True) == [maya.client, ana]
    assert store.ask(find, "inquiries") == []
    assert store.ask(find, text="zim") == [ana]


def test_due_today_is_not_late(store: Store, maya: Maya) -> None:
    ana = store.do("Add", clients.add, ClientDraft("Ana", "Zimmer"))
    store.do("Add", tasks.add, ana, "Call", MONDAY)
    assert store.ask(client_list.find, late=True) == [maya.client]


def test_last_contact_leaves_out_the_wrong_chart(store: Store, maya: Maya, clock: Clock) -> None:
    number = log(store, maya, day=MONDAY, at=time(9), participants=())
    found = row(store, maya.client).contact
    assert found is not None
    assert (found.at.day, found.who) == (9, None)
    store.do("Wrong", entries.mark_wrong_chart, number, "Ana’s")
    found = row(store, maya.client).contact
    assert found is not None
    assert found.at.day == 6
    clock.forward(minutes=1)
    store.do("Right", entries.mark_wrong_chart, number, "Maya’s", wrong=False)
    found = row(store, maya.client).contact
    assert found is not None
    assert found.at.day == 9


def test_promise_before_task_when_due_first(store: Store, maya: Maya) -> None:
    log(store, maya, follow_up="Write", follow_up_on=date(2026, 3, 5))
    assert row(store, maya.client).step == Step("Write", date(2026, 3, 5))


def test_stay_begun_last_counts(store: Store, maya: Maya) -> None:
    store.do("Add", lambda session: session.add(Episode(client_id=maya.client)))
    assert row(store, maya.client).stay == Stay("Residential 3.5", "Stillwater Ridge", 36)
    later = Episode(client_id=maya.client, admitted=MONDAY)
    store.do("Add", lambda session: session.add(later))
    assert row(store, maya.client).stay == Stay("", "", 1)


def test_update_due_first_after_the_last_sent(store: Store, maya: Maya) -> None:
    def add(session: Session) -> None:
        update = Update(client_id=maya.client, number=1, period_from=MONDAY, period_until=MONDAY)
        update.status = "final"
        session.add(update)
        session.flush()
        session.add(UpdateCopy(update_id=update.id, person_id=maya.diane.person_id))
        session.add(UpdateCopy(update_id=update.id, organisation_id=maya.still))
        session.add(
            UpdatePlan(client_id=maya.client, recipient_id=maya.tess.person_id, every="day")
        )

    store.do("Add", add)
    assert row(store, maya.client).update == NextUpdate(TESS, MONDAY)  # agreed today
    store.do("As of a file", lambda s: s.query(UpdatePlan).update({"imported_digest": "x"}))
    assert row(store, maya.client).update == NextUpdate(TESS, date(2026, 1, 5))


def test_the_names_of_active_clients_are_one_question(store: Store, maya: Maya) -> None:
    for given in ("Ada", "Zoe"):
        store.do("Add", clients.add, ClientDraft(given, "Adler"))
    questions = overheard(store._reader, lambda: store.ask(client_list.names))
    found = store.ask(client_list.names)
    assert [name.full for _, name in found] == ["Ada Adler", "Zoe Adler", "Maya Brenner"]
    assert found[-1][0] == maya.client
    assert len(questions) == 1
