"""The records a letter rests on: when one changes, the composer reads anew."""

from typing import Final

RECORDS: Final = frozenset(
    {
        "addendum",
        "authorization",
        "circle_member",
        "client",
        "consent",
        "consent_recipient",
        "contact_point",
        "engagement",
        "entry",
        "entry_mark",
        "entry_participant",
        "entry_wording",
        "entry_wrong_chart",
        "episode",
        "family_update",
        "goal",
        "goal_move",
        "letter_event",
        "letter_promise",
        "letter_template",
        "level_stay",
        "measure_result",
        "medication",
        "organisation",
        "person",
        "plain_email",
        "practice",
        "practitioner",
        "restriction",
        "restriction_entry",
        "restriction_recipient",
        "task",
        "told_statement",
        "update_copy",
        "update_plan",
    }
)
