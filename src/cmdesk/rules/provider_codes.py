"""The codes by which providers are told apart: whom they treat, how, and who pays."""

from typing import Final

from cmdesk.rules.code import Code


class Treats(Code):
    """What somebody comes with; an episode names its presentation by the same codes."""

    MOOD_AND_SUBSTANCE = "mood_and_substance", "Mood + substance use"
    MOOD = "mood", "Mood"
    ANXIETY = "anxiety"
    TRAUMA = "trauma"
    EATING = "eating", "Eating disorders"
    PSYCHOSIS = "psychosis"
    OCD = "ocd", "OCD"
    PERSONALITY = "personality", "Personality disorders"
    ADHD = "adhd", "ADHD"
    AUTISM = "autism"
    SELF_HARM = "self_harm", "Self-harm and suicide risk"
    SCHOOL_REFUSAL = "school_refusal"
    ALCOHOL = "alcohol"
    OPIOIDS = "opioids"
    CANNABIS = "cannabis"
    STIMULANTS = "stimulants"
    SEDATIVES = "sedatives"
    SUBSTANCE_USE = "substance_use", "Substance use"
    GAMBLING = "gambling"
    SERIOUS_MENTAL_ILLNESS = "serious_mental_illness"
    GRIEF = "grief"
    FAMILY = "family", "Family and relationships"


class Modality(Code):
    INDIVIDUAL = "individual"
    GROUP = "group"
    FAMILY = "family", "Family therapy"
    CBT = "cbt", "CBT"
    DBT = "dbt", "DBT"
    ACT = "act", "ACT"
    EMDR = "emdr", "EMDR"
    MOTIVATIONAL_INTERVIEWING = "motivational_interviewing"
    TWELVE_STEP = "twelve_step", "12-step facilitation"
    SMART = "smart", "SMART Recovery"
    CONTINGENCY_MANAGEMENT = "contingency_management"
    CRAFT = "craft", "CRAFT"
    EXPOSURE = "exposure", "Exposure, ERP"
    IFS = "ifs", "IFS"
    PSYCHODYNAMIC = "psychodynamic"
    TRAUMA_FOCUSED = "trauma_focused", "Trauma-focused"
    MEDICATION_MANAGEMENT = "medication_management"
    MOUD = "moud", "Medicines for opioid or alcohol use"
    NEUROFEEDBACK = "neurofeedback"
    TMS_ECT_KETAMINE = "tms_ect_ketamine", "TMS, ECT, ketamine"
    OUTDOOR = "outdoor", "Experiential, outdoor"
    EQUINE = "equine"
    NUTRITION = "nutrition"
    OCCUPATIONAL = "occupational", "Occupational therapy"
    TESTING = "testing", "Neuropsychological testing"
    PEER_SUPPORT = "peer_support"
    COACHING = "coaching"
    VOCATIONAL = "vocational"


class Takes(Code):
    """Kinds of payers. A plan by name stands among the payers in network."""

    PRIVATE_INSURANCE = "private_insurance"
    MEDICAID = "medicaid"
    MEDICARE = "medicare"
    TRICARE = "tricare", "TRICARE, military"
    STATE_FUNDED = "state_funded", "State or county money"
    SELF_PAY = "self_pay", "Paid by oneself"
    SLIDING_FEE = "sliding_fee"
    OUT_OF_NETWORK = "out_of_network"
    SINGLE_CASE = "single_case", "Single-case agreements"
    SCHOLARSHIP = "scholarship", "Scholarships, help with payment"


class AgeGroup(Code):
    CHILD = "child", "Child, under 13"
    TEEN = "teen", "Teen"
    YOUNG_ADULT = "young_adult", "Young adult, 18 to 26"
    ADULT = "adult"
    OLDER_ADULT = "older_adult", "Older adult, 65 and over"


class GenderGroup(Code):
    FEMALE = "female", "Women and girls"
    MALE = "male", "Men and boys"
    NONBINARY = "nonbinary", "Nonbinary and trans people"


class Accreditation(Code):
    JOINT_COMMISSION = "joint_commission", "Joint Commission"
    CARF = "carf", "CARF"
    COA = "coa", "COA"
    STATE_ONLY = "state_only"
    NATSAP = "natsap", "NATSAP member"
    OBH = "obh", "OBH Council"
    NAATP = "naatp", "NAATP member"
    NARR = "narr", "NARR-certified"
    NONE = "none"
    UNKNOWN = "unknown"


class ProviderRole(Code):
    """What a professional is called in for."""

    THERAPIST = "therapist"
    PSYCHIATRIST = "psychiatrist"
    PNP = "pnp", "Psychiatric nurse practitioner"
    PCP = "pcp", "Primary care"
    PSYCHOLOGIST = "psychologist", "Psychologist, testing"
    DIETITIAN = "dietitian"
    RECOVERY_COACH = "recovery_coach"
    SOBER_COMPANION = "sober_companion"
    INTERVENTIONIST = "interventionist"
    CONSULTANT = "consultant", "Educational or therapeutic consultant"
    ATTORNEY = "attorney"
    PARENT_COACH = "parent_coach"
    CASE_MANAGER = "case_manager", "Case manager elsewhere"
    TRANSPORT = "transport"
    TUTOR = "tutor"


class VisitAspect(Code):
    """What a visit looks at (after the site-visit aspects of IECA)."""

    SAFETY = "safety", "Safety, cleanliness"
    CLINICAL_DEPTH = "clinical_depth"
    STAFF_RAPPORT = "staff_rapport"
    ENGAGEMENT = "engagement", "Students or clients take part"
    FAMILY_WORK = "family_work"
    ACADEMICS = "academics"
    TRANSITION_PLANNING = "transition_planning"
    CANDOR = "candor"


class TieKind(Code):
    """What must be disclosed to a family before it decides."""

    RELATIONSHIP = "relationship", "Personal or business relationship"
    PAYMENT = "payment", "Payment received"
    TRAVEL = "travel", "Travel or lodging paid for"
    GIFT = "gift", "Gift or meal"
    REFERRAL_FEE = "referral_fee", "Referral fee offered"
    FORMER_EMPLOYER = "former_employer"


class ReferralState(Code):
    """The way from thinking of a place to being there; referrals to services take the same."""

    CONSIDERED = "considered"
    CONTACTED = "contacted", "Asked"
    PACKET_SENT = "packet_sent", "Records sent"
    UNDER_REVIEW = "under_review", "They are reviewing"
    ACCEPTED = "accepted", "Offered a place"
    WAITLISTED = "waitlisted", "On the waiting list"
    FAMILY_DECIDES = "family_decides"
    SCHEDULED = "scheduled", "Admission set"
    ADMITTED = "admitted"
    DECLINED_BY_PROGRAM = "declined_by_program", "They said no"
    DECLINED_BY_FAMILY = "declined_by_family", "The family said no"
    PAYER_DENIED = "payer_denied"
    NO_SHOW = "no_show", "Did not come"
    CLOSED = "closed"


NOT_GOING_AHEAD: Final = frozenset(
    {
        ReferralState.DECLINED_BY_PROGRAM,
        ReferralState.DECLINED_BY_FAMILY,
        ReferralState.PAYER_DENIED,
        ReferralState.NO_SHOW,
        ReferralState.CLOSED,
    }
)
STALE_DAYS: Final = 60  # older facts about a provider turn amber (DESIGN 07)
