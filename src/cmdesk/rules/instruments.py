"""The measures a score can be of: their ranges and which way is better, as data.

Names and ranges are facts; no item of any instrument is shipped (facts of licence: PHQ-9 and GAD-7
are free, others are entered as a score alone). Bands are given where the authors gave them.
"""

from dataclasses import dataclass
from typing import Final

from cmdesk.rules.topics import Topic

OTHER: Final = "other"  # a measure with a name and a range of one's own


@dataclass(frozen=True, slots=True)
class Instrument:
    """`bands` are the least scores that a word stands for, `marks` what a chart rules across.

    `parts` is false where only whole scores exist. `topics` are told by the name alone.
    """

    code: str
    name: str
    about: str
    lowest: float
    highest: float
    lower_is_better: bool = True
    marks: tuple[float, ...] = ()
    bands: tuple[tuple[float, str], ...] = ()
    parts: bool = False
    topics: tuple[Topic, ...] = ()

    def stands(self, score: float) -> str:
        """Return the word for a score; nothing where no band was published."""
        return next((word for least, word in reversed(self.bands) if score >= least), "")


NONE_YET, MILD, MODERATE, SEVERE = "minimal", "mild", "moderate", "severe"
SUBSTANCES: Final = (Topic.SUBSTANCE_USE,)
TRAUMA: Final = (Topic.TRAUMA,)
INSTRUMENTS: Final = (
    Instrument(
        *("phq9", "PHQ-9", "low mood", 0, 27),
        marks=(5, 10, 20),
        bands=(
            (0, NONE_YET),
            (5, MILD),
            (10, MODERATE),
            (15, "moderately severe"),
            (20, SEVERE),
        ),
    ),
    Instrument(
        *("gad7", "GAD-7", "worry", 0, 21),
        marks=(5, 10, 15),
        bands=((0, NONE_YET), (5, MILD), (10, MODERATE), (15, SEVERE)),
    ),
    Instrument(
        *("barc10", "BARC-10", "recovery strengths", 10, 60),
        lower_is_better=False,
        topics=SUBSTANCES,
        marks=(20, 40, 60),
    ),
    Instrument(
        *("pcl5", "PCL-5", "distress after trauma", 0, 80), marks=(20, 40, 60), topics=TRAUMA
    ),
    Instrument(*("pc_ptsd5", "PC-PTSD-5", "signs of trauma", 0, 5), marks=(0, 5), topics=TRAUMA),
    Instrument("phq2", "PHQ-2", "low mood, short form", 0, 6, marks=(3,)),
    Instrument("gad2", "GAD-2", "worry, short form", 0, 6, marks=(3,)),
    Instrument("k6", "K6", "distress", 0, 24, marks=(5, 13)),
    Instrument("hrqol4", "HRQOL-4", "days in poor health", 0, 30, marks=(10, 20, 30)),
    Instrument(
        *("noms", "NOMs Functioning", "managing daily life", 1, 5),
        lower_is_better=False,
        marks=(2, 3, 4),
        parts=True,
    ),
    Instrument(
        *("life", "Quality of life", "in their own view", 0, 10),
        lower_is_better=False,
        marks=(0, 5, 10),
    ),
    Instrument(
        "audit_c", "AUDIT-C", "drinking, short form", 0, 12, marks=(4, 8), topics=SUBSTANCES
    ),
    Instrument("audit", "AUDIT", "drinking", 0, 40, marks=(8, 16, 20), topics=SUBSTANCES),
    Instrument("dast10", "DAST-10", "drug use", 0, 10, marks=(3, 6), topics=SUBSTANCES),
    Instrument(
        *("who5", "WHO-5", "wellbeing", 0, 100),
        lower_is_better=False,
        marks=(28, 50),
    ),
    Instrument("whodas12", "WHODAS 2.0", "difficulty in daily life", 0, 48, marks=(16, 32)),
    Instrument("ede_q", "EDE-Q", "eating concerns", 0, 6, marks=(2, 4), parts=True),
    Instrument("oq45", "OQ-45.2", "distress", 0, 180, marks=(64, 120)),
)
BY_CODE: Final = {each.code: each for each in INSTRUMENTS}
