"""Letters for tests: the one of the design, and odd ones."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from cmdesk.rules.letter import Call, Glance, Goal, Letter, Letterhead, Paper, Step

HAPPENED_1 = (
    "Maya finished the plan she will use when cravings or low days come. She read it aloud to "
    "her group on Friday, which took courage. Her therapist, Tess Holloway, says it is one of "
    "the most honest plans she has seen this year."
)
HAPPENED_2 = (
    "Tuesday and Wednesday nights were hard. Maya asked staff for help both times and went to "
    "group the next morning. Staff checked on her safety on Thursday. She had no thoughts of "
    "ending her life."
)
HAPPENED_3 = (
    "The team met on Wednesday and moved her leaving date up to March 20. Insurance is the main"
    " reason. The team also agrees she is ready for a day program."
)
OPENING = (
    "Here is how Maya\u2019s week went, what comes next, and the one thing I need from you. Please "
    "call me if anything here worries you."
)
HELP = (
    "On your Wednesday call, you might ask Maya what she is looking forward to at home. She has"
    " thoughts about the ride and would like to tell you herself, so let her bring it up."
)
SCOPE = (
    "Maya signed a consent on January 28, 2026. It covers her progress, plans, safety, "
    "insurance, and treatment for substance use. It leaves out medication, what she says in "
    "therapy, and what other relatives tell me. It ends June 30, 2026. Maya can change or end "
    "it at any time."
)
CLOSE = "You have been patient in a hard month. It shows in how Maya talks about coming home."

LETTERHEAD = Letterhead(
    practice="Whitlock Care Coordination",
    practitioner="Nora Whitlock",
    credentials="LCSW, CASAC",
    phone="(718) 555-0142",
    email="nora@whitlock.example",
    address="214 Court Street, Brooklyn, NY 11201",
)

# 42 CFR 2.32(a)(1), the long form of 2024.
LONG_NOTICE = """\
This record which has been disclosed to you is protected by Federal confidentiality rules (42 CFR \
part 2). These rules prohibit you from using or disclosing this record, or testimony that \
describes the information contained in this record, in any civil, criminal, administrative, or \
legislative proceedings by any Federal, State, or local authority, against the patient, unless \
authorized by the consent of the patient, except as provided at 42 CFR 2.12(c)(5) or as \
authorized by a court in accordance with 42 CFR 2.64 or 2.65. In addition, the Federal rules \
prohibit you from making any other use or disclosure of this record unless at least one of the \
following applies:
(i) Further use or disclosure is expressly permitted by the written consent of the individual \
whose information is being disclosed in this record or as otherwise permitted by 42 CFR part 2.
(ii) You are a covered entity or business associate and have received the record for treatment, \
payment, or health care operations, or
(iii) You have received the record from a covered entity or business associate as permitted by \
45 CFR part 164, subparts A and E.
A general authorization for the release of medical or other information is NOT sufficient to \
meet the required elements of written consent to further use or redisclose the record (see 42 \
CFR 2.31)."""


def said(letter: Letter, **changes: Any) -> Letter:
    """Change a letter; `happened` and `help` are the paragraphs of the parts of that name."""
    prose = {key: changes.pop(key) for key in ("happened", "help") if key in changes}
    return replace(letter, prose={**letter.prose, **prose}, **changes)


def pictured(**changes: Any) -> Letter:
    """The letter of the design, word for word."""
    letter = Letter(
        letterhead=LETTERHEAD,
        recipient="Diane Brenner",
        about="Maya",
        about_initial="Maya B.",
        period_label="Week",
        period="March 2 to 8, 2026",
        sent=date(2026, 3, 9),
        made_at=datetime(2026, 3, 9, 15, tzinfo=UTC),
        headline="A steady week, and a date to come home",
        greeting="Dear Diane,",
        opening=(OPENING,),
        glance=(
            Glance(
                "Where Maya is", "Stillwater Ridge, week 5. She is safe and taking part every day."
            ),
            Glance("How it went", "Mostly good. Two hard nights midweek; she used her plan."),
            Glance("The news", "She leaves on Friday, March 20, one week earlier than we thought."),
            Glance(
                "What I need",
                "Talk with Maya about the ride home, then call me by Thursday.",
                strong=True,
            ),
        ),
        prose={"happened": (HAPPENED_1, HAPPENED_2, HAPPENED_3), "help": (HELP,)},
        goals=(
            Goal("Sleep through the night", 3, 4, "About 7 hours a night. It was 5 in February."),
            Goal("Lift her mood", 2, 4, "Her score is 9, down from 14. Lower is better."),
            Goal("Plan for hard moments", 4, 4, "Done. She has used it twice."),
            Goal(
                "Be ready to live at home",
                1,
                4,
                "Started. Housing after March 20 is not settled yet.",
            ),
        ),
        steps=_steps(),
        calls=(
            Call("Nora Whitlock, weekdays 8 to 6", "(718) 555-0142"),
            Call("Stillwater Ridge nurses, any time", "(860) 555-0177"),
            Call("Tess Holloway, therapist", "(860) 555-0119"),
            Call("Thoughts of suicide, any time", "988", "Call or text 988"),
        ),
        danger="If Maya or anyone is in danger right now, call 911 first. Then call me.",
        close=(CLOSE,),
        scope=SCOPE,
        private="Do not forward, copy, or post it without Maya\u2019s written permission.",
        notice="42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
    )
    return said(letter, **changes)


def _steps() -> tuple[Step, ...]:
    return (
        Step("Wed, March 11", "Answer from insurance about her last nine days", "Nora"),
        Step(
            "Thu, March 12",
            ", after you talk with Maya on Wednesday",
            "Diane",
            lead="Call Nora about the ride home",
            asked=True,
        ),
        Step("Fri, March 13", "Records sent, so Bridge Street is ready for her", "Tess Holloway"),
        Step("Mon, March 16", "Family call at 5:00 PM. I will send the link.", "Diane, Maya, Tess"),
        Step("Fri, March 20", "Maya leaves Stillwater Ridge at 10:00 AM", "Maya"),
        Step(
            "March 21 to 23",
            "Three days between programs. I am arranging support for each day and will write to "
            "you by Friday.",
            "Nora",
        ),
        Step("Tue, March 24", "First day at Bridge Street, 9:00 AM to 3:00 PM", "Maya"),
    )


def brief(**changes: Any) -> Letter:
    """What the command line prints: released lines, numbers, scope and notice, nothing else."""
    letter = Letter(
        letterhead=LETTERHEAD,
        recipient="Diane Brenner",
        about="Maya",
        about_initial="Maya B.",
        period_label="Period",
        period="March 2 to 8, 2026",
        sent=date(2026, 3, 9),
        headline="News of Maya",
        prose={"happened": ("Maya finished her prevention plan and read it to her group.",)},
        calls=(
            Call("Nora Whitlock", "(718) 555-0142"),
            Call("Thoughts of suicide, any time", "988", "Call or text 988"),
            Call("Danger right now", "911"),
        ),
        scope="Maya signed a consent on January 28, 2026. It covers her progress.",
        notice="42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
        farewell="",
    )
    return said(letter, **changes)


def spanish(**changes: Any) -> Letter:
    """A week's letter to a reader of Spanish."""
    letter = Letter(
        letterhead=LETTERHEAD,
        recipient="Señora Núñez",
        about="Lucía",
        about_initial="Lucía N.",
        period_label="Week",
        period="2 al 8 de marzo de 2026",
        sent=date(2026, 3, 9),
        greeting="Estimada señora Núñez:",
        opening=("Le cuento cómo fue la semana de Lucía y qué sigue.",),
        prose={
            "happened": ("Lucía terminó su plan y lo leyó en voz alta a su grupo el viernes.",),
            "help": ("¿Podría llamarla el miércoles?",),
        },
        goals=(
            Goal("Dormir toda la noche", 3, 4, "Unas 7 horas por noche."),
            Goal("Plan para momentos difíciles", 1, 1, "Hecho. Ya lo usó dos veces."),
        ),
        steps=(Step("Mié., 11 de marzo", "Respuesta del seguro", "Nora"),),
        calls=(Call("Nora Whitlock", "(718) 555-0142"), Call("Crisis", "988", "Llame al 988")),
        danger="Si hay peligro ahora mismo, llame primero al 911.",
        farewell="Con aprecio,",
        scope="Lucía firmó un consentimiento el 28 de enero de 2026.",
        private="No la reenvíe ni la copie sin su permiso por escrito.",
        language="es-US",
    )
    return said(letter, **changes)


def long(paper: Paper = Paper.LETTER) -> Letter:
    """Many pages, and every table over a page."""
    whole = pictured(paper=paper)
    return replace(
        whole,
        prose={**whole.prose, "happened": whole.prose["happened"] * 12},
        goals=whole.goals * 9,
        steps=whole.steps * 7,
        calls=whole.calls * 5 + whole.calls[:1],
        notice=LONG_NOTICE,
    )
