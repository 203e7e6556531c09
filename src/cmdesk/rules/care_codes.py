"""The codes of treatment episodes and levels of care.

Level numbers and plain names only: the user records the level the program states (facts/rules.md
3.1 and 3.2 say why no criteria are shipped).
"""

from cmdesk.rules.code import Code


class LevelOfCare(Code):
    """A scheme, a colon and a level. The label fits a chip, the detail is the name in full."""

    ASAM4_RR = "asam4:rr", "Recovery residence", "Recovery Residence"
    ASAM4_1_0 = "asam4:1.0", "Monitoring 1.0", "Long-Term Remission Monitoring"
    ASAM4_1_5 = "asam4:1.5", "Outpatient 1.5", "Outpatient Therapy"
    ASAM4_1_7 = "asam4:1.7", "Medical outpatient 1.7", "Medically Managed Outpatient"
    ASAM4_2_1 = "asam4:2.1", "IOP 2.1", "Intensive Outpatient"
    ASAM4_2_5 = "asam4:2.5", "HIOP 2.5", "High-Intensity Outpatient"
    ASAM4_2_7 = "asam4:2.7", "Medical IOP 2.7", "Medically Managed Intensive Outpatient"
    ASAM4_3_1 = "asam4:3.1", "Residential 3.1", "Clinically Managed Low-Intensity Residential"
    ASAM4_3_5 = "asam4:3.5", "Residential 3.5", "Clinically Managed High-Intensity Residential"
    ASAM4_3_7 = "asam4:3.7", "Residential 3.7", "Medically Managed Residential"
    ASAM4_3_7_BIO = (
        "asam4:3.7bio",
        "Residential 3.7 BIO",
        "Medically Managed Residential, Biomedically Enhanced",
    )
    ASAM4_4 = "asam4:4", "Inpatient 4", "Medically Managed Inpatient"

    ASAM3_0_5 = "asam3:0.5", "Early intervention 0.5", "Early Intervention"
    ASAM3_1 = "asam3:1", "Outpatient 1", "Outpatient Services"
    ASAM3_OTP = "asam3:otp", "OTP", "Opioid Treatment Program"
    ASAM3_2_1 = "asam3:2.1", "IOP 2.1", "Intensive Outpatient Services"
    ASAM3_2_5 = "asam3:2.5", "PHP 2.5", "Partial Hospitalization Services"
    ASAM3_3_1 = "asam3:3.1", "Residential 3.1", "Clinically Managed Low-Intensity Residential"
    ASAM3_3_3 = (
        "asam3:3.3",
        "Residential 3.3",
        "Clinically Managed Population-Specific High-Intensity Residential",
    )
    ASAM3_3_5 = "asam3:3.5", "Residential 3.5", "Clinically Managed High-Intensity Residential"
    ASAM3_3_7 = "asam3:3.7", "Inpatient 3.7", "Medically Monitored Intensive Inpatient"
    ASAM3_4 = "asam3:4", "Inpatient 4", "Medically Managed Intensive Inpatient"
    ASAM3_1_WM = "asam3:1-wm", "Withdrawal 1-WM", "Ambulatory Withdrawal Management"
    ASAM3_2_WM = "asam3:2-wm", "Withdrawal 2-WM", "Ambulatory Withdrawal Management, monitored"
    ASAM3_3_2_WM = "asam3:3.2-wm", "Withdrawal 3.2-WM", "Residential Withdrawal Management"
    ASAM3_3_7_WM = (
        "asam3:3.7-wm",
        "Withdrawal 3.7-WM",
        "Medically Monitored Inpatient Withdrawal Management",
    )
    ASAM3_4_WM = (
        "asam3:4-wm",
        "Withdrawal 4-WM",
        "Medically Managed Intensive Inpatient Withdrawal Management",
    )

    LOCUS_0 = "locus:0", "LOCUS 0", "Basic Services"
    LOCUS_1 = "locus:1", "LOCUS 1", "Recovery Maintenance and Health Management"
    LOCUS_2 = "locus:2", "LOCUS 2", "Low-Intensity Community-Based"
    LOCUS_3 = "locus:3", "LOCUS 3", "High-Intensity Community-Based"
    LOCUS_4 = "locus:4", "LOCUS 4", "Medically Monitored Non-Residential"
    LOCUS_5 = "locus:5", "LOCUS 5", "Medically Monitored Residential"
    LOCUS_6 = "locus:6", "LOCUS 6", "Medically Managed Residential"

    MH_OUTPATIENT_THERAPY = "mh:outpatient_therapy", "Outpatient therapy"
    MH_MEDICATION_MANAGEMENT_ONLY = "mh:medication_management_only", "Medication management only"
    MH_IOP = "mh:iop", "IOP", "Intensive outpatient"
    MH_PHP = "mh:php", "Day program", "Partial hospitalization, day treatment"
    MH_CRISIS_STABILISATION = "mh:crisis_stabilisation", "Crisis stabilization"
    MH_CRISIS_RESIDENTIAL = "mh:crisis_residential", "Crisis residential"
    MH_RESIDENTIAL = "mh:residential", "Residential"
    MH_RESIDENTIAL_ADULT = "mh:residential_adult", "Residential, adult"
    MH_RESIDENTIAL_ADOLESCENT = "mh:residential_adolescent", "Residential, adolescent"
    MH_THERAPEUTIC_BOARDING_SCHOOL = "mh:therapeutic_boarding_school", "Therapeutic boarding school"
    MH_OUTDOOR = "mh:outdoor", "Outdoor or wilderness therapy"
    MH_TRANSITIONAL = "mh:transitional", "Transitional or young-adult living"
    MH_EXTENDED_CARE = "mh:extended_care", "Extended care"
    MH_INPATIENT_PSYCHIATRIC = "mh:inpatient_psychiatric", "Inpatient psychiatric"
    MH_INPATIENT_VOLUNTARY = "mh:inpatient_voluntary", "Inpatient psychiatric, voluntary"
    MH_INPATIENT_INVOLUNTARY = "mh:inpatient_involuntary", "Inpatient psychiatric, involuntary"
    MH_STATE_HOSPITAL = "mh:state_hospital", "State hospital"
    MH_EATING_DISORDER_IOP = "mh:eating_disorder_iop", "Eating-disorder IOP"
    MH_EATING_DISORDER_PHP = "mh:eating_disorder_php", "Eating-disorder day program"
    MH_EATING_DISORDER_RESIDENTIAL = "mh:eating_disorder_residential", "Eating-disorder residential"
    MH_EATING_DISORDER_INPATIENT = "mh:eating_disorder_inpatient", "Eating-disorder inpatient"

    NARR_1 = "narr:1", "Sober living I", "Peer-run recovery residence, NARR Level I"
    NARR_2 = "narr:2", "Sober living II", "Monitored recovery residence, NARR Level II"
    NARR_3 = "narr:3", "Sober living III", "Supervised recovery residence, NARR Level III"
    NARR_4 = "narr:4", "Sober living IV", "Service-provider recovery residence, NARR Level IV"

    SETTING_ED = "setting:ed", "Emergency room or observation"
    SETTING_DETOX = "setting:detox", "Detox", "Detox, withdrawal management"
    SETTING_MEDICAL_INPATIENT = "setting:medical_inpatient", "Medical inpatient"
    SETTING_SOBER_LIVING = "setting:sober_living", "Sober living"
    SETTING_SOBER_COMPANION_AT_HOME = "setting:sober_companion_at_home", "Sober companion at home"
    SETTING_HOME_WITH_SERVICES = "setting:home_with_services", "Home with services"
    SETTING_HOME_WITHOUT_SERVICES = "setting:home_without_services", "Home without services"
    SETTING_COLLEGE_RECOVERY_PROGRAM = (
        "setting:college_recovery_program",
        "College recovery program",
    )
    SETTING_JAIL = "setting:jail", "Jail or detention"
    SETTING_UNHOUSED = "setting:unhoused", "Unhoused"
    SETTING_MISSING = "setting:missing", "Missing"

    @property
    def scheme(self) -> str:
        return self.value.partition(":")[0]


class AdmissionType(Code):
    VOLUNTARY = "voluntary"
    GUARDIAN = "guardian", "Guardian or parents"
    INTERVENTION = "intervention"
    COURT_ORDERED = "court_ordered", "Court-ordered"
    INVOLUNTARY_HOLD = "involuntary_hold"
    TRANSFER = "transfer"
    READMISSION = "readmission"


class DischargeReason(Code):
    """TEDS-based."""

    TREATMENT_COMPLETED = "treatment_completed"
    TRANSFERRED_TO_ANOTHER_LEVEL = (
        "transferred_to_another_level",
        "Transferred to another level or program",
    )
    LEFT_AGAINST_ADVICE = "left_against_advice", "Left early or dropped out"
    TERMINATED_BY_FACILITY = "terminated_by_facility"
    INCARCERATED = "incarcerated"
    DEATH = "death"
    PAYER = "payer", "Payer or money"
    MEDICAL_TRANSFER = "medical_transfer"
    ELOPED = "eloped", "Eloped or missing"
    OTHER = "other"
    UNKNOWN = "unknown"
