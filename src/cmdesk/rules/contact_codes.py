"""The codes of the contact log and of documents."""

from cmdesk.rules.code import Code


class EntryKind(Code):
    CONTACT = "contact"
    ATTEMPTED_CONTACT = "attempted_contact"
    MEETING = "meeting", "Meeting or case conference"
    RECORDS_REVIEW = "records_review"
    RESEARCH = "research", "Research, placement search"
    DOCUMENTATION = "documentation"
    TRAVEL = "travel"
    CRISIS_RESPONSE = "crisis_response"
    COURT = "court", "Court or legal"
    INTERNAL_NOTE = "internal_note"
    CONSULTATION = "consultation", "Consultation or supervision"


class Method(Code):
    IN_PERSON = "in_person"
    PHONE = "phone"
    VIDEO = "video"
    TEXT = "text"
    E_MAIL = "e_mail", "E-mail"
    SECURE_MESSAGE = "secure_message"
    LETTER = "letter", "Letter or fax"
    PORTAL = "portal"
    VOICEMAIL = "voicemail"
    COLLATERAL_BY_THIRD_PARTY = "collateral_by_third_party"


class Direction(Code):
    OUTBOUND = "outbound", "Outgoing"
    INBOUND = "inbound", "Incoming"


class Location(Code):
    OFFICE = "office"
    CLIENT_HOME = "client_home", "Client\u2019s home"
    FAMILY_HOME = "family_home"
    PROGRAM = "program"
    HOSPITAL = "hospital", "Hospital or emergency room"
    COURT = "court"
    SCHOOL = "school"
    COMMUNITY = "community"
    PHONE = "phone", "Phone or remote"
    OTHER = "other"


class Outcome(Code):
    REACHED = "reached"
    LEFT_VOICEMAIL = "left_voicemail"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG = "wrong", "Wrong or disconnected number"
    CALLBACK_SCHEDULED = "callback_scheduled"
    MESSAGE_WITH_THIRD_PARTY = "message_with_third_party"
    REPLIED = "replied"
    NO_REPLY = "no_reply"
    UNDELIVERABLE = "undeliverable"
    COMPLETED = "completed"
    PARTIAL = "partial"
    DECLINED = "declined"
    NO_SHOW = "no_show", "No-show"
    RESCHEDULED = "rescheduled"
    CRISIS_ESCALATED = "crisis_escalated"
    ADMITTED = "admitted"
    TRANSPORTED = "transported"


class Purpose(Code):
    ENGAGEMENT = "engagement"
    ASSESSMENT = "assessment"
    CARE_PLANNING = "care_planning"
    COORDINATION = "coordination"
    PLACEMENT_SEARCH = "placement_search"
    ADMISSION_LOGISTICS = "admission_logistics"
    MONITORING = "monitoring", "Monitoring, check-in"
    PROGRESS_REPORT_FROM_PROVIDER = "progress_report_from_provider"
    FAMILY_SUPPORT = "family_support", "Family support, coaching"
    FAMILY_MEDIATION = "family_mediation"
    INSURANCE = "insurance", "Insurance, authorization"
    TRANSITION = "transition", "Transition, discharge planning"
    AFTERCARE = "aftercare"
    MEDICATION_COORDINATION = "medication_coordination"
    RECORDS = "records"
    CRISIS = "crisis"
    LEGAL = "legal"
    EDUCATION = "education", "Education, work"
    HOUSING = "housing"
    FINANCIAL = "financial", "Financial, billing"
    CLOSURE = "closure"
    ADMINISTRATIVE = "administrative"


class ServiceComponent(Code):
    ASSESSMENT = "assessment"
    PLANNING = "planning"
    REFERRAL_AND_LINKAGE = "referral_and_linkage"
    MONITORING_AND_COORDINATION = "monitoring_and_coordination"
    ADVOCACY = "advocacy"
    CRISIS = "crisis"


class RiskObserved(Code):
    NONE = "none"
    CONCERN = "concern"
    CRISIS = "crisis"


class EntryStatus(Code):
    """What is stored. `amended` is derived from addenda and never stored (domain.md 0.7)."""

    DRAFT = "draft"
    READY_TO_SIGN = "ready_to_sign"
    SIGNED = "signed"


class Part2(Code):
    """Whether 42 CFR Part 2 protects the record; unknown counts as yes (domain.md 0.3)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class AddendumKind(Code):
    LATE_ENTRY = "late_entry"
    ADDENDUM = "addendum"
    CORRECTION = "correction"
    CLIENT_AMENDMENT = "client_amendment", "Client\u2019s amendment", "45 CFR 164.526"


class DocumentType(Code):
    RELEASE = "release"
    AGREEMENT = "agreement"
    ASSESSMENT = "assessment"
    PSYCH = "psych", "Psychological testing"
    DISCHARGE_SUMMARY = "discharge_summary"
    TREATMENT_PLAN = "treatment_plan"
    MEDICAL = "medical"
    LABS = "labs"
    INSURANCE_CARD = "insurance_card"
    AUTHORIZATION_LETTER = "authorization_letter"
    DENIAL = "denial", "Denial or appeal"
    LEGAL = "legal", "Legal or court order"
    CUSTODY = "custody", "Custody or guardianship"
    EDUCATION = "education", "Education, IEP, 504"
    INVOICE = "invoice"
    RECEIPT = "receipt"
    CORRESPONDENCE = "correspondence"
    UPDATE_PDF = "update_pdf", "Update PDF"
    PHOTO_ID = "photo_id", "Photo ID"
    ADVANCE_DIRECTIVE = "advance_directive"
    SAFETY_PLAN = "safety_plan"
    OTHER = "other"
