"""The activity record: every act once, in words, by kind, text and day, and its seals."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from cmdesk.casework import activity, clients, documents
from cmdesk.casework.activity import KINDS, PARTS, THINGS, Act, Filter, Group
from cmdesk.models.base import Base
from cmdesk.models.person import Person
from cmdesk.models.practice import Practice
from cmdesk.store import audit
from cmdesk.store.store import Store
from cmdesk.words import Words
from tests.records import MONDAY_NOON, Clock, Maya, audited, log

WORDS = Words()
ALL = Filter()


def page(
    store: Store, wanted: Filter = ALL, before: int | None = None, limit: int = 100
) -> list[Act]:
    return store.ask(activity.page, wanted, before, limit)


def said(store: Store, wanted: Filter = ALL) -> list[str]:
    return [act.act for act in page(store, wanted)]


def test_every_act_is_told_once_newest_first(store: Store, maya: Maya) -> None:
    log(store, maya)
    store.note("Chart c-maya opened", "view")
    acts = page(store)
    assert [act.id for act in acts] == list(range(audited(store), 0, -1))
    assert [act.act for act in acts[:3]] == ["Chart c-maya opened", "Log", "Unlocked"]
    assert acts[0].at == MONDAY_NOON
    assert acts[0].group is Group.VIEWED
    assert activity.told(WORDS, acts[0]) == ""
    assert activity.told(WORDS, acts[1]) == "1 entry and 1 wording"


def test_pages_follow_each_other(store: Store) -> None:
    for number in range(25):
        store.note(f"Act {number}", "view")
    whole = page(store)
    assert page(store, limit=10) == whole[:10]
    assert page(store, before=whole[9].id, limit=10) == whole[10:20]
    assert page(store, before=1) == []
    assert store.ask(activity.numbers, ALL) == [act.id for act in whole]
    assert sorted(store.ask(activity.acts, [2, 5]), key=lambda act: act.id) == [
        act for act in whole[::-1] if act.id in {2, 5}
    ]


def test_by_kind(store: Store, maya: Maya) -> None:
    store.do("Say", clients.say_where_things_stand, maya.client, "Steady")
    store.undo()
    store.redo()
    store.note("Chart opened", "view")
    store.note("Something of tomorrow", "unheard")
    assert said(store, Filter(Group.UNDO)) == ["Say", "Say"]
    assert said(store, Filter(Group.VIEWED)) == ["Chart opened"]
    assert said(store, Filter(Group.SECURITY)) == []
    found = store.ask(activity.counts, Filter(Group.UNDO))
    assert found[Group.UNDO] == 2
    assert found[None] == audited(store) == store.ask(activity.count)
    assert sum(many for group, many in found.items() if group) == audited(store) - 1
    assert page(store)[0].group is None


def test_by_words(store: Store) -> None:
    for act in ("Chart c-maya opened", "Backed up to 100%_safe", "Chart c-owen opened"):
        store.note(act, "view")
    assert said(store, Filter(text="OWEN chart")) == ["Chart c-owen opened"]
    assert said(store, Filter(text="100%")) == ["Backed up to 100%_safe"]
    assert said(store, Filter(text="%")) == ["Backed up to 100%_safe"]
    assert said(store, Filter(text="c_owen")) == []
    assert store.ask(activity.count, Filter(text="chart")) == 2


def test_days_are_the_practices_own(store: Store, maya: Maya, clock: Clock) -> None:
    """Half past eleven in the evening in New York is the next day in UTC."""
    zone = store.ask(lambda s: s.query(Practice).one().time_zone)
    assert zone == "America/New_York"
    clock.now = datetime(2026, 4, 2, 3, 30, tzinfo=UTC)
    store.note("Late on the first", "view")
    clock.now = datetime(2026, 4, 2, 4, 0, tzinfo=UTC)
    store.note("Early on the second", "view")
    first, second = date(2026, 4, 1), date(2026, 4, 2)
    assert said(store, Filter(first=first, last=first)) == ["Late on the first"]
    assert said(store, Filter(first=second)) == ["Early on the second"]
    assert said(store, Filter(Group.VIEWED, last=first)) == ["Late on the first"]
    everything = Filter(first=date.min, last=date.max)
    assert len(said(store, everything)) == audited(store)
    assert everything.narrows
    assert not Filter().narrows


def test_the_calendars_own_ends_are_days_too(store: Store) -> None:
    """Midnight of the very first day, east of Greenwich, lies before the year 1."""

    def move(session: Session) -> None:
        session.add(Practice(name="Far east", time_zone="Asia/Tokyo"))

    store.do("Move", move)
    ends = Filter(first=date.min, last=date(9999, 12, 30))
    assert len(said(store, ends)) == audited(store)
    assert said(store, Filter(last=date.min)) == []


def test_the_newest_of_a_kind(store: Store, clock: Clock) -> None:
    assert store.ask(activity.latest, "backup") is None
    store.note("Backed up", "backup")
    clock.forward(days=2)
    store.note("Backed up", "backup")
    store.note("Chart opened", "view")
    assert store.ask(activity.latest, "backup") == clock.now

    def plan(session: Session) -> str:
        ask = "EXPLAIN QUERY PLAN SELECT at FROM audit WHERE kind = 'x' ORDER BY seq DESC LIMIT 1"
        return str(session.execute(text(ask)).all())

    assert "ix_audit_kind" in store.ask(plan)
    assert "TEMP B-TREE" not in store.ask(plan)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("{}", ""),
        ('{"client":[7]}', "1 client"),
        ('{"practice":[1]}', "the practice"),
        ('{"client":[1,[3,9]],"person":[[1,1200]]}', "8 clients and 1,200 people"),
        ('{"person":50000}', "50,000 people"),
        ('{"entry":[4],"entry_participant":[1,2],"task":[1]}', "1 entry and 1 next step"),
        ('{"unheard_of":[1]}', ""),
    ],
)
def test_what_was_touched_in_words(rows: str, expected: str) -> None:
    act = Act(1, MONDAY_NOON, "", "write", activity._counts(rows), "")
    assert activity.told(WORDS, act) == expected


def test_what_was_viewed_is_named_beside_the_trail(store: Store, maya: Maya) -> None:
    uid = store.ask(lambda s: s.get_one(Person, maya.diane.person_id).uid)
    made = store.do(
        "Keep", documents.add, b"x", title="Consent form", file_name="c.pdf", media_type="a/b"
    )
    ref = store.ask(documents.row, made).ref
    for act in ("Chart c-maya opened", f"Chart {uid} opened", f"Document {ref} opened", "Chart"):
        store.note(act, "view")
    store.do("Chart c-maya opened", clients.say_where_things_stand, maya.client, "Steady")
    numbers = store.ask(activity.numbers, ALL)[:5]
    found = sorted(store.ask(activity.acts, numbers), key=lambda act: act.id)
    assert [act.about for act in found] == ["Maya Brenner", "", "Consent form", "", ""]


def test_every_table_that_is_watched_has_words() -> None:
    watched = {t.name for t in Base.metadata.tables.values() if t.info.get("journal") is not False}
    assert watched == set(THINGS) | PARTS
    assert not set(THINGS) & PARTS


def test_a_kind_belongs_to_one_group() -> None:
    kinds = [kind for group in Group for kind in KINDS[group]]
    assert len(kinds) == len(set(kinds))


def test_every_kind_the_program_writes_belongs_to_a_group() -> None:
    package = Path(activity.__file__).parents[1]
    written = re.compile(r"""(?:\bnote\(.*, |\bkind=)"([a-z_]+)"\)""")
    lines = [line for file in package.rglob("*.py") for line in file.read_text("utf-8").split("\n")]
    acts = [line for line in lines if re.search(r"\b(note|Label|Act)\(", line)]
    found = {kind for line in acts for kind in written.findall(line)}
    assert found >= {"view", "export", "disclosure", "backup"}
    assert found <= {kind for kinds in KINDS.values() for kind in kinds}


def test_the_end_of_each_month(store: Store, maya: Maya, clock: Clock) -> None:
    march = audited(store)
    clock.now = datetime(2026, 5, 1, 3, tzinfo=UTC)  # still April in New York
    store.note("April", "view")
    clock.now = datetime(2026, 5, 2, 3, tzinfo=UTC)
    store.note("May", "view")
    store.note("May, too", "view")
    ends = store.ask(activity.month_ends)
    assert [(act.id, act.act) for act in ends[1:]] == [
        (march + 1, "April"),
        (march + 3, "May, too"),
    ]
    assert ends[0].id == march
    sealed = store.examine(lambda connection, _: audit.head(connection))
    assert activity.mark(ends[-1]) == f"{sealed.mac[:4]} {sealed.mac[4:8]}"


def test_that_it_is_whole() -> None:
    assert activity.whole(WORDS, 1234) == "Whole: 1,234 rows, nothing missing"
    assert activity.whole(WORDS, 1) == "Whole: 1 row, nothing missing"
