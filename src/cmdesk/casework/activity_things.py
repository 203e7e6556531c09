"""What the activity record calls the rows of each table."""

from collections.abc import Mapping
from typing import Final

from cmdesk.words import N_

# What a row of each table is called; parts that stand for their whole are not counted.
THINGS: Final[Mapping[str, tuple[str, str]]] = {
    "addendum": (N_("{n} addition"), N_("{n} additions")),
    "address": (N_("{n} address"), N_("{n} addresses")),
    "authorization": (N_("{n} authorization"), N_("{n} authorizations")),
    "cadence_rule": (N_("{n} rhythm of contact"), N_("{n} rhythms of contact")),
    "circle_member": (N_("{n} place in a circle"), N_("{n} places in a circle")),
    "client": (N_("{n} client"), N_("{n} clients")),
    "client_merge": (N_("{n} joined chart"), N_("{n} joined charts")),
    "code_list": (N_("{n} word of a list"), N_("{n} words of a list")),
    "consent": (N_("{n} consent"), N_("{n} consents")),
    "contact_point": (N_("{n} number or address"), N_("{n} numbers and addresses")),
    "disclosure": (N_("{n} disclosure"), N_("{n} disclosures")),
    "document": (N_("{n} document"), N_("{n} documents")),
    "engagement": (N_("{n} engagement"), N_("{n} engagements")),
    "entry": (N_("{n} entry"), N_("{n} entries")),
    "entry_mark": (N_("{n} choice for a reader"), N_("{n} choices for readers")),
    "entry_wording": (N_("{n} wording"), N_("{n} wordings")),
    "entry_wrong_chart": (N_("{n} mark of a wrong chart"), N_("{n} marks of a wrong chart")),
    "episode": (N_("{n} stay"), N_("{n} stays")),
    "family_update": (N_("{n} update"), N_("{n} updates")),
    "follow_up": (N_("{n} follow-up"), N_("{n} follow-ups")),
    "goal": (N_("{n} goal"), N_("{n} goals")),
    "goal_move": (N_("{n} move of a goal"), N_("{n} moves of goals")),
    "inquiry": (N_("{n} inquiry"), N_("{n} inquiries")),
    "legal_authority": (N_("{n} legal authority"), N_("{n} legal authorities")),
    "letter_event": (N_("{n} event of a letter"), N_("{n} events of letters")),
    "letter_promise": (N_("{n} promise of a letter"), N_("{n} promises of letters")),
    "letter_template": (N_("{n} kind of letter"), N_("{n} kinds of letters")),
    "level_stay": (N_("{n} level of care"), N_("{n} levels of care")),
    "measure_result": (N_("{n} measure"), N_("{n} measures")),
    "medication": (N_("{n} medication"), N_("{n} medications")),
    "organisation": (N_("{n} organization"), N_("{n} organizations")),
    "person": (N_("{n} person"), N_("{n} people")),
    "person_merge": (N_("{n} joined person"), N_("{n} joined people")),
    "person_relation": (N_("{n} relation"), N_("{n} relations")),
    "plain_email": (N_("{n} leave for plain e-mail"), N_("{n} leaves for plain e-mail")),
    "policy": (N_("{n} policy"), N_("{n} policies")),
    "practice": (N_("the practice"), N_("the practice")),
    "practitioner": (N_("your own details"), N_("your own details")),
    "privacy_incident": (N_("{n} privacy incident"), N_("{n} privacy incidents")),
    "professional": (N_("{n} professional"), N_("{n} professionals")),
    "restriction": (N_("{n} restriction"), N_("{n} restrictions")),
    "rights_request": (N_("{n} rights request"), N_("{n} rights requests")),
    "safety_plan": (N_("{n} safety plan"), N_("{n} safety plans")),
    "setting": (N_("{n} setting"), N_("{n} settings")),
    "snippet": (N_("{n} snippet"), N_("{n} snippets")),
    "snooze": (N_("{n} row put off"), N_("{n} rows put off")),
    "state_rule": (N_("{n} rule of a state"), N_("{n} rules of a state")),
    "task": (N_("{n} next step"), N_("{n} next steps")),
    "task_set": (N_("{n} set of steps"), N_("{n} sets of steps")),
    "update_copy": (N_("{n} letter"), N_("{n} letters")),
    "update_plan": (N_("{n} plan for updates"), N_("{n} plans for updates")),
}
PARTS: Final = frozenset(
    {"consent_recipient", "entry_client", "entry_participant", "restriction_entry",
     "restriction_recipient", "safety_step", "task_link", "task_set_step", "told_statement"}
)  # fmt: skip
