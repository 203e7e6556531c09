"""The codes of care outside programs: kinds of service, what came of it, what stood in the way."""

from typing import Final

from cmdesk.rules.code import Code
from cmdesk.rules.provider_codes import NOT_GOING_AHEAD, ReferralState


class ServiceKind(Code):
    """What somebody is referred to; the first six as Medicaid lists them (42 CFR 440.169(d))."""

    MEDICAL = "medical"
    SOCIAL = "social"
    EDUCATIONAL = "educational"
    VOCATIONAL = "vocational", "Work and training"
    HOUSING = "housing"
    FINANCIAL = "financial", "Benefits, help with money"
    LEGAL = "legal"
    TRANSPORT = "transport"
    SOBER_COMPANION = "sober_companion"
    CONSULTANT = "consultant"
    OTHER = "other"


class Outcome(Code):
    RECEIVED = "received"
    PARTLY = "partly", "Partly received"
    NOT = "not", "Not received"


class Barrier(Code):
    """What stood between somebody and a service."""

    COST = "cost"
    INSURANCE = "insurance", "Insurance said no"
    NOT_ELIGIBLE = "not_eligible"
    WAITING_LIST = "waiting_list"
    NO_OPENING = "no_opening", "No place free"
    DISTANCE = "distance", "Too far, no way there"
    HOURS = "hours", "Hours did not fit"
    LANGUAGE = "language", "Language or access"
    PAPERS = "papers", "Papers were missing"
    NO_ANSWER = "no_answer", "Nobody answered"
    CLIENT = "client", "The client did not want it"
    FAMILY = "family", "The family did not want it"
    NOT_KNOWN = "not_known"
    OTHER = "other", "Something else"


class ServicePer(Code):
    """What an amount is for."""

    ONCE = "once"
    HOUR = "hour", "an hour"
    VISIT = "visit", "a visit"
    DAY = "day", "a day"
    WEEK = "week", "a week"
    MONTH = "month", "a month"
    YEAR = "year", "a year"


class Direction(Code):
    """Which way the papers go."""

    FROM = "from", "We ask for them"
    TO = "to", "They are asked of us"


class AskedHow(Code):
    PHONE = "phone"
    E_MAIL = "e_mail", "E-mail"
    FAX = "fax"
    PORTAL = "portal"
    LETTER = "letter"
    IN_PERSON = "in_person"
    FORM = "form", "Their own form"


# The way of a search for a place, in words that fit a service.
STATES: Final = {
    ReferralState.CONSIDERED: "Thought of",
    ReferralState.CONTACTED: "Asked",
    ReferralState.PACKET_SENT: "Records sent",
    ReferralState.UNDER_REVIEW: "They are looking at it",
    ReferralState.ACCEPTED: "They can",
    ReferralState.WAITLISTED: "On the waiting list",
    ReferralState.FAMILY_DECIDES: "The family decides",
    ReferralState.SCHEDULED: "First visit set",
    ReferralState.ADMITTED: "Under way",
    ReferralState.DECLINED_BY_PROGRAM: "They said no",
    ReferralState.DECLINED_BY_FAMILY: "The family said no",
    ReferralState.PAYER_DENIED: "The payer said no",
    ReferralState.NO_SHOW: "Did not come",
    ReferralState.CLOSED: "Ended",
}
# It is their move.
THEIRS: Final = frozenset(
    {
        ReferralState.CONTACTED,
        ReferralState.PACKET_SENT,
        ReferralState.UNDER_REVIEW,
        ReferralState.WAITLISTED,
    }
)
OPEN: Final = frozenset(ReferralState) - NOT_GOING_AHEAD
