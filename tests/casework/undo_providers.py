"""The writes on two entries of one provider, each ready to be done, undone and done again."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy.orm import Session

from cmdesk.casework import provider_merging, provider_twins
from cmdesk.models.provider import Organisation
from cmdesk.store.store import Store
from tests.records import Maya

Act = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
Making = Callable[[Store, Maya], Act]


def second(store: Store) -> int:
    def add(session: Session) -> int:
        made = Organisation(name="Stillwater Ridge LLC", website="http://still.example")
        session.add(made)
        session.flush()
        return made.id

    return store.do("Add", add)


def merged(store: Store, maya: Maya) -> Act:
    return provider_merging.merge_providers, (maya.still, second(store)), {}


def told_apart(store: Store, maya: Maya) -> Act:
    return provider_twins.tell_apart, (maya.still, second(store)), {}


PROVIDERS_TWICE: Final[dict[str, Making]] = {
    "provider_merging.merge_providers": merged,
    "provider_twins.tell_apart": told_apart,
}
