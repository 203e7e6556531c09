"""The practice file's facts about providers, visits to them, ties with them, and saved views."""

from cmdesk.exchange.practice_fields import columns
from cmdesk.exchange.practice_kinds import Kind, Nest
from cmdesk.exchange.practice_values import Coded
from cmdesk.models.provider import ProviderFact, ProviderTie, SavedView, SiteVisit
from cmdesk.rules.provider_codes import TieKind

PROVIDER_FACT = Kind(
    ProviderFact,
    columns(
        ProviderFact,
        need={"field", "told_on"},
        called={"told_by_id": "told_by_person"},  # told_by are the words
    ),
    noun="fact about a provider",
    same=("organisation", "person", "field", "told_on"),
)
SITE_VISIT = Kind(
    SiteVisit,
    columns(SiteVisit, need={"organisation_id", "visited_on"}),
    noun="site visit",
    same=("organisation", "visited_on"),
)
PROVIDER_TIE = Kind(
    ProviderTie,
    columns(ProviderTie, need={"kind"}, values={"kind": Coded(TieKind)}),
    noun="tie with a provider",
    same=("organisation", "person", "kind", "happened_on"),
)
SAVED_VIEW = Kind(
    SavedView,
    columns(SavedView, need={"place", "name"}, keep={"position"}),
    noun="saved view",
    same=("place", "name"),
)
SECTIONS = (
    Nest("provider_facts", PROVIDER_FACT),
    Nest("site_visits", SITE_VISIT),
    Nest("provider_ties", PROVIDER_TIE),
    Nest("saved_views", SAVED_VIEW),
)
