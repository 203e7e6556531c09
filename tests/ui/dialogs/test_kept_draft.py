"""A draft comes back from the vault as it was, and a broken one does no harm."""

import json
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from cmdesk.casework.consents import ConsentDraft
from cmdesk.rules.log import LogDraft
from cmdesk.rules.topics import Topic
from cmdesk.ui.dialogs.follow_up import days_offered
from cmdesk.ui.dialogs.kept_draft import body_of, draft_of

TOPICS = st.lists(st.sampled_from([topic.value for topic in Topic]), max_size=4).map(tuple)
LOGS = st.builds(
    LogDraft,
    client_id=st.none() | st.integers(1, 9),
    day=st.none() | st.dates(),
    at=st.none() | st.times(),
    minutes=st.none() | st.integers(0, 1440),
    participants=st.lists(st.integers(1, 9), max_size=3).map(tuple),
    narrative=st.text(),
    topics=TOPICS,
    marks=st.lists(st.tuples(st.text(), st.text()), max_size=2).map(tuple),
    follow_up_on=st.none() | st.dates(),
    not_reached=st.lists(st.integers(1, 9), max_size=3).map(tuple),
    miles=st.none() | st.floats(0, 2000),
    expense_cents=st.none() | st.integers(0, 99_999),
    late_reason=st.text(),
)


@given(LOGS)
def test_a_contact_comes_back_as_it_was(draft: LogDraft) -> None:
    assert draft_of(json.loads(json.dumps(body_of(draft))), LogDraft()) == draft


def test_a_consent_comes_back_as_it_was() -> None:
    draft = ConsentDraft(
        client_id=3, recipients=("p1",), signed_on=date(2026, 3, 9), form_on_file=True, version=4
    )
    assert draft_of(json.loads(json.dumps(body_of(draft))), ConsentDraft(1)) == draft


def test_what_cannot_be_read_is_left_as_it_was() -> None:
    body = {"day": "no day", "at": 7, "minutes": "many", "marks": [1], "unknown": 1}
    otherwise = LogDraft(day=date(2026, 3, 9), at=time(9), minutes=5)
    assert draft_of(body, otherwise) == otherwise


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)))
def test_the_days_offered_differ_and_none_has_passed(today: date) -> None:
    offered = list(days_offered(today).values())
    assert len(set(offered)) == 4
    assert min(offered) == today
