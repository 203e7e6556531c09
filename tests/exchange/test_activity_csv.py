"""The activity record as a table: guarded cells, both clocks, the verdict, and a line to print."""

import csv
import io

from cmdesk.casework import activity, clients
from cmdesk.casework.activity import Filter, Group
from cmdesk.exchange import activity_csv
from cmdesk.store import audit
from cmdesk.store.store import Store
from cmdesk.words import Words
from tests.records import MONDAY_NOON, audited, settle

WORDS = Words()


def made(store: Store, wanted: Filter | None = None, *findings: str) -> list[list[str]]:
    data = store.ask(activity_csv.make, WORDS, wanted or Filter(), findings)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_every_act_and_then_the_verdict(store: Store) -> None:
    maya = settle(store)
    store.do("=HYPERLINK(1)", clients.say_where_things_stand, maya.client, "Steady")
    rows, count = made(store), audited(store)
    assert rows[0] == list(activity_csv.HEADER)
    assert [row[0] for row in rows[1 : count + 1]] == [str(n) for n in range(1, count + 1)]
    number, here, utc, act, kind, touched, seal = rows[count]
    assert (number, act, kind, touched) == (str(count), "'=HYPERLINK(1)", "write", "1 client")
    assert (here, utc) == ("2026-03-09T12:00:00-04:00", "2026-03-09T16:00:00.000Z")
    head = store.ask(activity.page, Filter(), None, 1)[0]
    assert seal == head.mac
    said = f"Whole: {count} rows, nothing missing"
    month = ["Mar 2026", str(count), f"{seal[:4]} {seal[4:8]}"]
    assert rows[count + 1 :] == [[], ["Checked", said], [], ["To be printed and kept"], month]


def test_what_was_found_stands_instead(store: Store) -> None:
    rows = made(store, None, "Row 3 of the audit trail was changed.", "Rows 7 to 9 are missing.")
    checked = [row[1] for row in rows if row[:1] == ["Checked"]]
    assert checked == ["Row 3 of the audit trail was changed.", "Rows 7 to 9 are missing."]


def test_a_part_of_it_in_its_order(store: Store) -> None:
    with store._writing() as connection:  # in one transaction: a note each would take seconds
        for number in range(1_200):
            act = f"Chart {number} opened"
            audit.append(connection, store._audit_key, MONDAY_NOON, act, "view")
    rows = made(store, Filter(Group.VIEWED))
    acts = [row[3] for row in rows[1:] if len(row) == len(activity_csv.HEADER)]
    assert acts == [f"Chart {number} opened" for number in range(1_200)]
    assert len(set(acts)) == 1_200
