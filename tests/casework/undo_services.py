"""The writes of services and of requests for records, each ready to be done, undone, done again."""

from datetime import date
from typing import Final

from cmdesk.casework import records_requests, referrals
from cmdesk.rules.referral_draft import ReferralForm, RequestForm
from cmdesk.store.store import Store
from tests.casework.undo_desk import Making, act
from tests.records import Maya

RIDE: Final = ReferralForm("transport", "A ride home", "Blue Cars", next_step="Call")
PAPERS: Final = RequestForm(
    "from", "County Hospital", "Discharge summary", asked_on=date(2026, 3, 2), chase_days=7
)


def ride(store: Store, maya: Maya) -> int:
    return store.do("Keep", referrals.save, maya.client, RIDE)


def papers(store: Store, maya: Maya) -> int:
    return store.do("Keep", records_requests.save, maya.client, PAPERS)


SERVICES: Final[dict[str, Making]] = {
    "referrals.save": lambda _s, m: act(referrals.save, m.client, RIDE),
    "referrals.received": lambda s, m: act(referrals.received, ride(s, m)),
    "referrals.take_away": lambda s, m: act(referrals.take_away, ride(s, m)),
    "records_requests.save": lambda _s, m: act(records_requests.save, m.client, PAPERS),
    "records_requests.chase": lambda s, m: act(records_requests.chase, papers(s, m)),
    "records_requests.done": lambda s, m: act(records_requests.done, papers(s, m)),
    "records_requests.take_away": lambda s, m: act(records_requests.take_away, papers(s, m)),
}
