"""The codes of a move from one level of care to the next."""

from cmdesk.rules.code import Code


class Lane(Code):
    """One side of life that somebody or something carries. In the order in which they are drawn."""

    HOME = "home", "Home"
    PROGRAM = "program", "Program"
    THERAPIST = "therapist", "Therapist"
    PSYCHIATRIST = "psychiatrist", "Psychiatrist"
    MEDICINE = "medicine", "Medicine on hand"


class MoveKind(Code):
    """What was treated where they leave: it says which days of follow-up are watched."""

    PSYCHIATRIC = "psychiatric", "Mental health"
    SUBSTANCE_USE = "substance_use", "Substance use"
    BOTH = "both", "Mental health and substance use"
    OTHER = "other", "Neither"


class StepPart(Code):
    BEFORE = "before", "Before they leave"
    DAY = "day", "The day"
    AFTER = "after", "First 7 days"


class VisitKind(Code):
    THERAPIST = "therapist"
    PSYCHIATRIST = "psychiatrist", "Psychiatrist or prescriber"
    PROGRAM = "program", "Program, first day"
    MEDICAL = "medical", "Doctor"
    OTHER = "other"


WATCHED = (MoveKind.PSYCHIATRIC, MoveKind.SUBSTANCE_USE, MoveKind.BOTH)
OF_CARE = (VisitKind.THERAPIST, VisitKind.PSYCHIATRIST, VisitKind.PROGRAM)  # these follow up
