"""The codes of inquiries, coverage, safety plans, relations and minors' own consent."""

from cmdesk.rules.code import Code


class Urgency(Code):
    EMERGENCY = "emergency", "Emergency", "Advised 911 or 988"
    WITHIN_24_H = "within_24_h", "Within 24 hours"
    THIS_WEEK = "this_week"
    PLANNING = "planning"


class InquiryStatus(Code):
    NEW = "new"
    CONSULTATION_BOOKED = "consultation_booked"
    CONSULTATION_HELD = "consultation_held"
    AGREEMENT_SENT = "agreement_sent"
    ENGAGED = "engaged"
    DECLINED_BY_US = "declined_by_us", "Declined by you"
    DECLINED_BY_FAMILY = "declined_by_family"
    REFERRED_ON = "referred_on"
    NO_RESPONSE = "no_response"


class ReferralSource(Code):
    FORMER_CLIENT = "former_client", "Former client or family"
    THERAPIST = "therapist"
    PSYCHIATRIST = "psychiatrist"
    PHYSICIAN = "physician"
    TREATMENT_PROGRAM = "treatment_program"
    ATTORNEY = "attorney"
    SCHOOL = "school", "School or college"
    EMPLOYER = "employer", "Employer or EAP"
    CONSULTANT = "consultant"
    INTERVENTIONIST = "interventionist"
    WEB_SEARCH = "web_search"
    PROFESSIONAL_DIRECTORY = "professional_directory"
    OTHER = "other"


class RelationKind(Code):
    """How two people around a client stand to each other."""

    MARRIED = "married"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    ESTRANGED = "estranged"
    ALLIED = "allied"
    CAREGIVER = "caregiver", "Cares for"


class PlanType(Code):
    HMO = "hmo", "HMO"
    PPO = "ppo", "PPO"
    EPO = "epo", "EPO"
    POS = "pos", "POS"
    SELF_FUNDED_ERISA = "self_funded_erisa", "Self-funded", "ERISA"
    MARKETPLACE = "marketplace"
    MEDICAID = "medicaid"
    MEDICARE = "medicare"
    TRICARE = "tricare", "TRICARE"
    NONE = "none", "No coverage"


class AuthorizationKind(Code):
    PRE_CERT = "pre_cert", "First approval"
    CONCURRENT = "concurrent", "Continued stay"
    EXTENSION = "extension"
    RETRO = "retro", "Retrospective"
    SINGLE_CASE_AGREEMENT = "single_case_agreement", "Single-case agreement"


class AuthorizationUnit(Code):
    DAYS = "days"
    SESSIONS = "sessions"


class AuthorizationDecision(Code):
    PENDING = "pending"
    APPROVED = "approved"
    PARTIAL = "partial", "Approved in part"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class SafetyConcern(Code):
    """As the practitioner judges it; no score stands behind it."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class MinorCare(Code):
    """What a minor may in some states consent to alone (42 CFR 2.14; state law)."""

    MENTAL_HEALTH = "mental_health"
    SUBSTANCE_USE = "substance_use", "Substance use treatment"
