"""The codes of goals: where one stands, what part of life it is about, how far it has come."""

from typing import Final

from cmdesk.rules.code import Code


class GoalStatus(Code):
    PROPOSED = "proposed"
    ACTIVE = "active"
    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    REVISED = "revised"
    DISCONTINUED = "discontinued"
    DEFERRED = "deferred"


class GoalDomain(Code):
    """The part of life a goal is about."""

    PRESENTING_CONCERN = "presenting_concern"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCE_USE = "substance_use"
    RISK_AND_SAFETY = "risk_and_safety"
    MEDICAL = "medical"
    MEDICATIONS = "medications"
    TREATMENT_HISTORY_AND_RESPONSE = "treatment_history_and_response"
    FAMILY_SYSTEM = "family_system", "Family"
    SOCIAL_SUPPORT = "social_support"
    HOUSING = "housing"
    EDUCATION = "education", "School or work"
    FINANCES = "finances", "Money"
    INSURANCE = "insurance", "Insurance and benefits"
    LEGAL = "legal"
    CULTURE = "culture", "Culture and faith"
    LANGUAGE = "language", "Language and communication"
    DAILY_LIVING = "daily_living", "Daily living"
    TRANSPORT = "transport"
    MOTIVATION = "motivation", "Readiness and wishes"
    STRENGTHS_AND_INTERESTS = "strengths_and_interests"


WORKED_ON: Final = (GoalStatus.ACTIVE, GoalStatus.PARTLY_MET)  # one that may stand still
QUARTERS: Final = ("Not begun", "Started", "Halfway", "Most of the way", "Done")
