"""The writes of stays and turns, each ready to be done, undone and done again."""

from datetime import date
from typing import Final

from cmdesk.casework import care_events, episodes
from cmdesk.rules.care_event_draft import CareEventForm
from cmdesk.rules.episode_draft import EpisodeForm, LevelForm
from cmdesk.store.store import Store
from tests.casework.undo_desk import Act, Making, act
from tests.records import Maya

INSIDE: Final = (tuple(LevelForm("mh:php", "2024-03-01")), tuple(LevelForm("mh:iop")))
STAY: Final = EpisodeForm("Oak House", admitted=date(2024, 3, 1), levels=INSIDE)
TURN: Final = CareEventForm("crisis", date(2024, 3, 2), factors=("Poor sleep",))


def stay_gone(store: Store, maya: Maya) -> Act:
    number = store.do("Keep", episodes.save, maya.client, STAY)
    form = CareEventForm("crisis", episode_id=number)
    store.do("Keep", care_events.save, maya.client, form)
    return act(episodes.take_away, number)


MAP: Final[dict[str, Making]] = {
    "episodes.save": lambda _s, m: act(episodes.save, m.client, STAY),
    "episodes.take_away": stay_gone,
    "care_events.save": lambda _s, m: act(care_events.save, m.client, TURN),
    "care_events.take_away": lambda s, m: act(
        care_events.take_away, s.do("Keep", care_events.save, m.client, TURN)
    ),
}
