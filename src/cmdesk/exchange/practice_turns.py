"""The practice file's returns to use, crises and other turns of somebody's care."""

from cmdesk.exchange.practice_fields import columns
from cmdesk.exchange.practice_kinds import Kind, Nest
from cmdesk.exchange.practice_values import Coded
from cmdesk.models.care import CareEvent
from cmdesk.rules.care_event_codes import EventKind
from cmdesk.rules.contact_codes import Part2

CARE_EVENT = Kind(
    CareEvent,
    columns(
        CareEvent,
        leave={"client_id"},
        need={"kind"},
        values={"kind": Coded(EventKind), "part2": Coded(Part2)},
    ),
    noun="care event",
    link="client_id",
    same=("kind", "happened_on"),
)
NESTS = (Nest("care_events", CARE_EVENT),)
