"""What keeps a client from being saved."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cmdesk.rules.client_draft import ClientForm, faults, reopened
from cmdesk.rules.codes import ClientStatus, EndReason

TODAY = date(2026, 3, 9)
SOUND = ClientForm(given_name="Maya", born=date(2003, 6, 2), began_on=date(2025, 9, 8))
CLOSED = replace(SOUND, status=ClientStatus.CLOSED, ended_on=TODAY, end_reason=EndReason.GOALS_MET)
LATER = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        (SOUND, set[str]()),
        (CLOSED, set[str]()),
        (replace(SOUND, given_name=" ", preferred_name="May"), set[str]()),
        (replace(SOUND, given_name=" "), {"given_name"}),
        (replace(SOUND, born=LATER), {"born"}),
        (replace(SOUND, agreed_on=LATER, recovery_on=LATER), {"agreed_on", "recovery_on"}),
        (replace(SOUND, recovery_on=date(2003, 6, 1)), {"recovery_on"}),
        (replace(SOUND, recovery_on=date(2003, 6, 2)), set[str]()),
        (replace(SOUND, review_on=date(2025, 9, 7)), {"review_on"}),
        (replace(SOUND, review_on=date(2026, 9, 7)), set[str]()),
        (replace(CLOSED, ended_on=None, end_reason=""), {"ended_on", "end_reason"}),
        (replace(CLOSED, end_reason="bored"), {"end_reason"}),
        (replace(CLOSED, ended_on=LATER), {"ended_on"}),
        (replace(CLOSED, ended_on=date(2025, 9, 7)), {"ended_on"}),
        (replace(CLOSED, began_on=None), set[str]()),
    ],
)
def test_faults_stand_by_their_field(draft: ClientForm, wrong: set[str]) -> None:
    assert set(faults(draft, TODAY)) == wrong


def test_reopened_chart_begins_anew() -> None:
    old = replace(CLOSED, scope="Weekly", agreement_id=3, versions=(4, 5, 6))
    new = reopened(replace(old, status=ClientStatus.ACTIVE), TODAY)
    assert (new.began_on, new.ended_on, new.end_reason, new.agreement_id) == (TODAY, None, "", None)
    assert (new.scope, new.given_name, new.versions) == ("Weekly", "Maya", (4, 5, 6))
    assert faults(new, TODAY) == {}
