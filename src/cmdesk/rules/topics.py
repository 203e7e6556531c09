"""What an entry is about and what a consent covers: one closed list, used on both sides."""

from typing import Final

from cmdesk.rules.code import Code


class Topic(Code):
    """Labels and details are the lines of the consent dialog."""

    ATTENDANCE = "attendance", "Attendance and plans", "Where the client is, dates, travel"
    PROGRESS = "progress", "Progress", "Goals, mood, sleep, measures"
    DIAGNOSIS = "diagnosis", "Diagnosis", "What it is called and who made it"
    TREATMENT = "treatment", "Treatment", "Plan, approach, leaving and aftercare"
    MEDICATION = "medication", "Medication", "Names and doses"
    SAFETY = "safety", "Safety", "Crisis plan, risk"
    SUBSTANCE_USE = (
        "substance_use",
        "Substance use",
        "Protected by 42 CFR Part 2. Must be named on the form",
    )
    HEALTH = "health", "Physical health", "Illness, injuries, appointments"
    TESTING = "testing", "Psychological testing", "Tests and what they found"
    HOUSING = "housing", "Housing", "Where to live, rent, roommates"
    EDUCATION_WORK = "education_work", "School and work", "Classes, jobs, leave"
    LEGAL = "legal", "Legal", "Courts, orders, probation"
    FINANCIAL = "financial", "Insurance and money", "Coverage, invoices"
    FAMILY = "family", "Family", "What other relatives say or do"
    TRAUMA = "trauma", "Trauma", "What was lived through"
    HIV_STI = "hiv_sti", "HIV and STIs", "Tests and treatment. Must be named on the form"
    REPRODUCTIVE = "reproductive", "Reproductive health", "Pregnancy, contraception, care"
    GENETIC = "genetic", "Genetic information", "Tests and family history"
    THERAPY_CONTENT = "therapy_content", "Therapy content", "Needs its own form"
    SUD_COUNSELING_NOTES = (
        "sud_counseling_notes",
        "Substance use counseling notes",
        "Needs its own form",
    )
    OTHER_PERSON = "other_person", "About someone else", "Never shared"
    PRIVATE = "private", "My own notes", "Never shared"

    @property
    def in_words(self) -> str:
        """The label inside a sentence."""
        return self.label if self is Topic.HIV_STI else self.label[0].lower() + self.label[1:]


# domain.md 0.2: no consent reaches these two.
NEVER_SHARED: Final = frozenset({Topic.OTHER_PERSON, Topic.PRIVATE})

# 45 CFR 164.508(a)(2) and 42 CFR 2.31(b): each needs a consent of its own kind.
OWN_FORM: Final = frozenset({Topic.THERAPY_CONTENT, Topic.SUD_COUNSELING_NOTES})

# What an ordinary consent may list, in the order of the dialog.
CONSENT_TOPICS: Final = tuple(
    topic for topic in Topic if topic not in NEVER_SHARED and topic not in OWN_FORM
)

__all__ = ["CONSENT_TOPICS", "NEVER_SHARED", "OWN_FORM", "Topic"]
