"""The codes of clients, people, consents, updates and tasks."""

from collections.abc import Iterable
from typing import Final

from cmdesk.rules.code import Code


class ConsentKind(Code):
    HIPAA = "hipaa", "HIPAA authorization", "45 CFR 164.508"
    PART2_SPECIFIC = "part2_specific", "Part 2 consent, named recipients", "42 CFR 2.31"
    PART2_TPO = (
        "part2_tpo",
        "Part 2 consent for treatment, payment and operations",
        "42 CFR 2.31(a)(4). Never reaches family",
    )
    PSYCHOTHERAPY_NOTES = "psychotherapy_notes", "Psychotherapy notes", "45 CFR 164.508(a)(2)"
    SUD_COUNSELING_NOTES = "sud_counseling_notes", "SUD counseling notes", "42 CFR 2.31(b)"
    LEGAL_PROCEEDING = "legal_proceeding", "Legal proceeding", "42 CFR 2.31(d)"
    ORAL = "oral", "Agreed by word", "45 CFR 164.510(b). Never for Part 2"


class Signer(Code):
    CLIENT = "client"
    PARENT = "parent"
    GUARDIAN = "guardian"
    HEALTH_CARE_AGENT = "health_care_agent"
    OTHER_REPRESENTATIVE = "other_representative"


class Capacity(Code):
    """How the client was when signing."""

    HAS = "has", "Has capacity"
    LACKS_TEMPORARY = "lacks_temporary", "Lacks capacity for now"
    LACKS_ADJUDICATED = "lacks_adjudicated", "Lacks capacity, decided by a court"
    UNKNOWN = "unknown", "Not recorded"


class Statement(Code):
    """What the form must say: 45 CFR 164.508(c)(2) and 42 CFR 2.31(a)."""

    REVOCATION = "revocation", "Consent can be ended at any time"
    CONDITIONING = "conditioning", "What happens if it is not signed"
    REDISCLOSURE = "redisclosure", "What was shared may be passed on"
    COPY = "copy", "A copy for the client"


class Channel(Code):
    ENCRYPTED_PDF = "encrypted_pdf", "Locked PDF"
    PAPER = "paper"
    PHONE = "phone"
    IN_PERSON = "in_person"
    PLAIN_EMAIL = "plain_email", "Plain e-mail"


class RevokedHow(Code):
    WRITTEN = "written", "In writing"
    ORAL = "oral", "By word"


class Mark(Code):
    """What the practitioner chose for one person. It may narrow, never widen."""

    SHARE = "share"
    SHORT = "short", "Short version"
    KEEP_BACK = "keep_back", "Keep back"


class DisclosureBasis(Code):
    CONSENT = "consent"
    MEDICAL_EMERGENCY = "medical_emergency"
    REQUIRED_REPORT = "required_report", "Required report", "Abuse or neglect"
    COURT_ORDER = "court_order"
    DUTY_TO_PROTECT = "duty_to_protect"
    REQUIRED_BY_LAW = "required_by_law"
    AUDIT = "audit", "Audit or service agreement"
    TO_THE_CLIENT = "to_the_client"
    DE_IDENTIFIED = "de_identified", "De-identified"
    TREATMENT = "treatment", "Treatment, payment or operations", "45 CFR 164.506. Never Part 2"
    AGREED = "agreed", "Agreed by word", "45 CFR 164.510(b)(2). Never Part 2"
    INCAPACITY = "incapacity", "Incapacity or not present", "45 CFR 164.510(b)(3). Never Part 2"
    DEATH = "death", "After a death"


class ClientStatus(Code):
    PROSPECTIVE = "prospective"
    ACTIVE = "active"
    ON_HOLD = "on_hold"
    MONITORING = "monitoring", "Monitoring", "Step-down"
    CLOSED = "closed"
    DECEASED = "deceased"
    DECLINED = "declined"


class EndReason(Code):
    GOALS_MET = "goals_met", "Goals met, graduated"
    STABLE = "stable", "Stable, stepped down"
    CLIENT_DECLINED = "client_declined"
    FAMILY_DECLINED = "family_declined"
    NON_PAYMENT = "non_payment", "Non-payment"
    OUT_OF_SCOPE = "out_of_scope", "Out of scope, referred on"
    SAFETY = "safety"
    RELOCATION = "relocation"
    POOR_FIT = "poor_fit", "Poor fit, referred"
    PRACTITIONER_UNAVAILABLE = "practitioner_unavailable"
    LOST_CONTACT = "lost_contact"
    DEATH = "death"
    OTHER = "other"


class LivingSituation(Code):
    WITH_PARENTS = "with_parents"
    OWN_HOME = "own_home"
    WITH_PARTNER = "with_partner"
    STUDENT_HOUSING = "student_housing"
    RECOVERY_RESIDENCE = "recovery_residence"
    RESIDENTIAL_PROGRAM = "residential_program"
    HOSPITAL = "hospital"
    SUPPORTED_LIVING = "supported_living"
    SHELTER = "shelter"
    UNHOUSED = "unhoused"
    INCARCERATED = "incarcerated"
    OTHER = "other"


class Relationship(Code):
    MOTHER = "mother"
    FATHER = "father"
    STEP_PARENT = "step_parent", "Step-parent"
    PARENTS_PARTNER = "parents_partner", "Parent\u2019s partner"
    SIBLING = "sibling"
    SPOUSE = "spouse", "Spouse or partner"
    FORMER_PARTNER = "former_partner"
    CHILD = "child"
    GRANDPARENT = "grandparent"
    AUNT = "aunt", "Aunt or uncle"
    COUSIN = "cousin"
    GUARDIAN = "guardian"
    FRIEND = "friend"
    SPONSOR = "sponsor"
    EMPLOYER = "employer"
    ATTORNEY = "attorney"
    TRUSTEE = "trustee"
    SCHOOL_CONTACT = "school_contact"
    PROBATION = "probation", "Probation or court"
    CLERGY = "clergy"
    THERAPIST = "therapist"
    PSYCHIATRIST = "psychiatrist"
    PHYSICIAN = "physician"
    PROGRAM_CONTACT = "program_contact"
    CASE_MANAGER = "case_manager"
    OTHER = "other"


class CaseRole(Code):
    PAYER = "payer"
    DECISION_MAKER = "decision_maker"
    PRIMARY_UPDATE_RECIPIENT = "primary_update_recipient"
    SECONDARY_RECIPIENT = "secondary_recipient"
    EMERGENCY_CONTACT = "emergency_contact"
    COLLATERAL_ONLY = "collateral_only"
    DO_NOT_CONTACT = "do_not_contact"
    DO_NOT_INFORM_OF = "do_not_inform_of", "Do not inform of \u2026"
    EXECUTOR = "executor", "Executor or trustee"


class LegalAuthorityKind(Code):
    PARENT_OF_MINOR = "parent_of_minor"
    LEGAL_GUARDIAN = "legal_guardian"
    CUSTODY = "custody", "Custody, sole or joint legal"
    HEALTH_CARE_PROXY = "health_care_proxy", "Health-care proxy or agent"
    DURABLE_POA = "durable_poa", "Durable power of attorney"
    CONSERVATOR = "conservator", "Conservator of person or estate"
    GUARDIAN_AD_LITEM = "guardian_ad_litem", "Guardian ad litem"
    COURT_ORDER = "court_order"
    PSYCHIATRIC_ADVANCE_DIRECTIVE_AGENT = "psychiatric_advance_directive_agent"
    NONE = "none", "None, the adult decides"


class ContactPointKind(Code):
    MOBILE = "mobile"
    HOME = "home"
    WORK = "work"
    FAX = "fax"
    E_MAIL = "e_mail", "E-mail"
    SECURE_MAIL = "secure_mail"
    PORTAL = "portal"
    POSTAL = "postal"


class ContactPermission(Code):
    CALL = "call"
    VOICEMAIL_NONE = "voicemail_none", "No voicemail"
    VOICEMAIL_NO_IDENTIFY = "voicemail_no_identify", "Voicemail without saying who calls"
    VOICEMAIL_IDENTIFY = "voicemail_identify", "Voicemail saying who calls"
    TEXT = "text"
    EMAIL_PLAIN = "email_plain", "Plain e-mail, risk explained"
    EMAIL_ENCRYPTED_ONLY = "email_encrypted_only", "Encrypted e-mail only"


class TaskState(Code):
    """Labels say whose move it is."""

    INBOX = "inbox", "Not decided yet"
    NEXT = "next", "Mine"
    SCHEDULED = "scheduled", "Mine, on its day"
    WAITING = "waiting", "Somebody else’s"
    DONE = "done"
    DROPPED = "dropped"


class Cadence(Code):
    DAY = "day", "Every day"
    WEEK = "week", "Every week"
    TWO_WEEKS = "two_weeks", "Every two weeks"
    MONTH = "month", "Every month"
    QUARTER = "quarter", "Every three months"


class Weekday(Code):
    """In calendar order: `list(Weekday)[date.weekday()]` is the day of a date."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class UpdateTemplate(Code):
    WEEKLY = "weekly"
    BRIEF_NO_CHANGE = "brief_no_change", "Brief, no change"
    DECISION = "decision"
    CRISIS_NOTICE = "crisis_notice"
    TRANSITION = "transition"
    MONTHLY_REVIEW = "monthly_review"
    CLOSING_LETTER = "closing_letter"
    PROVIDER_SUMMARY = "provider_summary"
    ADMISSIONS_HISTORY = "admissions_history"
    LETTER_TO_SCHOOL = "letter_to_school", "Letter to school or employer", "Attendance only"


class UpdateStatus(Code):
    ACCUMULATING = "accumulating"
    DRAFTED = "drafted"
    CHECKED = "checked"
    FINAL = "final"
    SENT = "sent"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


KINSHIP: Final = frozenset(
    {
        Relationship.MOTHER,
        Relationship.FATHER,
        Relationship.STEP_PARENT,
        Relationship.PARENTS_PARTNER,
        Relationship.SIBLING,
        Relationship.SPOUSE,
        Relationship.FORMER_PARTNER,
        Relationship.CHILD,
        Relationship.GRANDPARENT,
        Relationship.AUNT,
        Relationship.COUSIN,
        Relationship.GUARDIAN,
    }
)
TREATING: Final = frozenset(
    {
        Relationship.THERAPIST,
        Relationship.PSYCHIATRIST,
        Relationship.PHYSICIAN,
        Relationship.PROGRAM_CONTACT,
    }
)


def tpo_party(relationships: Iterable[Relationship], roles: Iterable[CaseRole]) -> bool:
    """Say whether someone is a treating provider, payer or program of this client.

    42 CFR 2.31(a)(4)(i) names "my treating providers, health plans, third-party payers, and people
    helping to operate this program": a relative who pays is none of them, nor is a friend, sponsor
    or trustee. One such tie outweighs every other, and no recorded tie at all counts as such.
    """
    ties = frozenset(relationships)
    if not ties or ties - TREATING - {Relationship.OTHER}:
        return False
    return bool(ties & TREATING) or CaseRole.PAYER in frozenset(roles)
