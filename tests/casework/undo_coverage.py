"""The writes of coverage, each ready to be done, undone and done again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from cmdesk.casework import appeals, authorizations, coverage, review_calls
from cmdesk.casework.coverage import PolicyDraft
from cmdesk.rules.appeals import AppealForm
from cmdesk.rules.authorization_draft import AuthorizationDraft
from cmdesk.rules.review_draft import ReviewForm
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya

Act = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
Making = Callable[[Store, Maya], Act]
WEDNESDAY: Final = date(2026, 3, 11)
GIVEN: Final = AuthorizationDraft(
    decision="partial",
    decided_on=date(2026, 3, 2),
    units_requested=18,
    units_authorized=9,
    from_on=date(2026, 3, 3),
    last_covered_on=WEDNESDAY,
    next_review_on=WEDNESDAY,
)


def act(work: Callable[..., Any], *args: Any) -> Act:
    return work, args, {}


def given(store: Store, maya: Maya, **changes: Any) -> int:
    draft = replace(GIVEN, episode_id=maya.episode, **changes)
    return store.do("Give", authorizations.save, maya.client, draft)


def kept(store: Store, maya: Maya, number: int) -> AuthorizationDraft:
    rows = store.ask(authorizations.rows, maya.client)
    return next(each.draft for each in rows if each.id == number)


def policy(store: Store, maya: Maya, plan: str = "ppo") -> int:
    return store.do("Insure", coverage.save_policy, maya.client, PolicyDraft("Meridian", plan))


def changed(store: Store, maya: Maya) -> Act:
    """Let an approval go on from another one than before, with its review on another day."""
    first, other = given(store, maya), given(store, maya)
    number = given(store, maya, extends_id=first)
    store.do("Set", review_calls.save, number, ReviewForm(WEDNESDAY))
    draft = kept(store, maya, number)
    draft = replace(draft, extends_id=other, next_review_on=date(2026, 3, 10), rate="$780")
    return act(authorizations.save, maya.client, draft, number)


def held(store: Store, maya: Maya) -> Act:
    number = given(store, maya)
    review = store.do("Set", review_calls.save, number, ReviewForm(WEDNESDAY, reviewer="Kevin"))
    form = store.ask(review_calls.read_form, review)
    form = replace(form, held_on=MONDAY, entry_id=maya.entry, next_on=date(2026, 3, 13))
    return act(review_calls.save, number, form, review)


def review_away(store: Store, maya: Maya) -> Act:
    number = given(store, maya)
    return act(
        review_calls.take_away,
        store.do("Set", review_calls.save, number, ReviewForm(WEDNESDAY)),
    )


def appealed(store: Store, maya: Maya) -> int:
    return store.do("Appeal", appeals.save, given(store, maya), AppealForm(denied_on=MONDAY))


def filed(store: Store, maya: Maya) -> Act:
    number = appealed(store, maya)
    form = replace(store.ask(appeals.read_form, number), filed_on=MONDAY, parity_argued=True)
    return act(appeals.save, 1, form, number)


COVERAGE: Final[dict[str, Making]] = {
    "coverage.save_policy": lambda _s, m: act(
        coverage.save_policy, m.client, PolicyDraft("Meridian")
    ),
    "coverage.end_policy": lambda s, m: act(coverage.end_policy, policy(s, m)),
    "authorizations.save": lambda _s, m: act(authorizations.save, m.client, GIVEN),
    "authorizations.save changed": changed,
    "authorizations.close": lambda s, m: act(authorizations.close, given(s, m)),
    "review_calls.save": lambda s, m: act(review_calls.save, given(s, m), ReviewForm(MONDAY)),
    "review_calls.save held": held,
    "review_calls.take_away": review_away,
    "appeals.save": lambda s, m: act(appeals.save, given(s, m), AppealForm(due_on=WEDNESDAY)),
    "appeals.save filed": filed,
    "appeals.take_away": lambda s, m: act(appeals.take_away, appealed(s, m)),
}
