"""The plan for a hard hour: its six steps in our own words, in the order they are tried."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the six steps: as the practitioner is asked for it, and as the client reads it."""

    number: int
    asked: str
    read: str
    hint: str


# What safety planning teaches everywhere, in six steps; the words are this program's own.
STAGES: Final = (
    Stage(1, "Warning signs", "How I notice that it gets hard", "What comes first, in their words"),
    Stage(2, "On one’s own", "What I can do by myself", "What has helped before"),
    Stage(3, "People and places", "Where and with whom I get out of my head", "Company, no talk"),
    Stage(4, "People to ask for help", "Whom I tell and ask for help", "Who knows and picks up"),
    Stage(5, "Professional help", "Who helps at any hour", "Therapist, clinic, 988, 911"),
    Stage(6, "Making the place safer", "How we make it safer around me", "What goes, who keeps it"),
)
HELPERS, PROFESSIONALS, LAST_STEP = 4, 5, 6
LIFELINE: Final = "988"
LIFELINE_WORDS: Final = "988 Lifeline, call or text at any time"
