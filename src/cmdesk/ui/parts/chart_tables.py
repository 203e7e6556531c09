"""Which tables a chart shows something of."""

from typing import Final

SHOWN: Final = frozenset(
    {
        "client",
        "person",
        "engagement",
        "episode",
        "level_stay",
        "care_event",
        "organisation",
        "circle_member",
        "consent",
        "consent_recipient",
        "restriction",
        "restriction_recipient",
        "restriction_entry",
        "disclosure",
        "rights_request",
        "privacy_incident",
        "document",
        "entry",
        "entry_participant",
        "entry_wording",
        "entry_mark",
        "entry_wrong_chart",
        "addendum",
        "follow_up",
        "task",
        "goal",
        "goal_move",
        "measure_result",
        "safety_plan",
        "safety_step",
        "policy",
        "authorization",
        "update_plan",
        "family_update",
        "letter_event",
        "update_copy",
    }
)
