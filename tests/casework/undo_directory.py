"""The writes of the directory, each ready to be done, undone and done again."""

from typing import Final

from cmdesk.casework import provider_edit, provider_facts, provider_visits, saved_views
from cmdesk.rules.provider_check import CheckForm
from cmdesk.rules.provider_draft import ProfessionalForm, ProgramForm, TieForm, VisitForm
from cmdesk.store.store import Store
from tests.casework.undo_desk import Act, Making, act
from tests.records import MONDAY, Maya

PROGRAM: Final = ProgramForm(
    "Bridge Street",
    phone="718 555 0188",
    street="31 Bridge Street",
    cost="$780/day",
    wait="2 weeks",
)
VISIT: Final = VisitForm(
    *(MONDAY, "Ana Ruiz", "Two groups", (("safety", 4),)), follow_up="Ask for the school plan"
)
TIE: Final = TieForm("gift", "Lunch", "$18", MONDAY)
CHECK: Final = CheckForm("No wait", "$900/day", "Meridian PPO", "A TB test", "Ana", told_on=MONDAY)


def professional(store: Store, maya: Maya) -> Act:
    form = ProfessionalForm("Tess", "Holloway", person_id=maya.tess.person_id, house="A practice")
    return provider_edit.save_professional, (form,), {"new": True}


def visited(store: Store, maya: Maya) -> int:
    return store.do("Visit", provider_visits.save_visit, maya.still, VISIT)


def tied(store: Store, maya: Maya) -> int:
    return store.do("Tie", provider_visits.save_tie, maya.still, TIE)


def view(store: Store) -> int:
    return store.do("View", saved_views.save, "providers", "Near", {"text": "day"})


DIRECTORY: Final[dict[str, Making]] = {
    "provider_edit.save": lambda _s, _m: act(provider_edit.save, PROGRAM),
    "provider_edit.save_professional": professional,
    "provider_facts.check": lambda _s, m: act(provider_facts.check, m.still, CHECK),
    "provider_facts.note": lambda _s, m: act(provider_facts.note, m.still, "Quiet nights."),
    "provider_facts.star": lambda _s, m: (provider_facts.star, (m.still,), {"starred": True}),
    "provider_visits.save_visit": lambda _s, m: act(provider_visits.save_visit, m.still, VISIT),
    "provider_visits.remove_visit": lambda s, m: act(provider_visits.remove_visit, visited(s, m)),
    "provider_visits.save_tie": lambda _s, m: act(provider_visits.save_tie, m.still, TIE),
    "provider_visits.remove_tie": lambda s, m: act(provider_visits.remove_tie, tied(s, m)),
    "saved_views.save": lambda _s, _m: act(saved_views.save, "providers", "Mine", {"text": ""}),
    "saved_views.remove": lambda s, _m: act(saved_views.remove, view(s)),
}
