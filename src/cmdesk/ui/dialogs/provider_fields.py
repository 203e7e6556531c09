"""The fields of a program, in the order in which they come up on a call."""

from collections.abc import Callable, Sequence
from typing import Final

from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.code import Code
from cmdesk.rules.provider_codes import (
    Accreditation,
    AgeGroup,
    GenderGroup,
    Modality,
    Takes,
    Treats,
)
from cmdesk.rules.provider_draft import BEST
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.code_chips import chips
from cmdesk.ui.dialogs.record_sheet import Section
from cmdesk.ui.form import Bound

Rows = list[Bound | Sequence[Bound]]
Tr = Callable[[str], str]
OFTEN: Final = (
    "mh:residential", "mh:php", "mh:iop", "mh:outpatient_therapy", "setting:sober_living",
    "setting:detox", "mh:inpatient_psychiatric", "mh:outdoor", "mh:therapeutic_boarding_school",
)  # fmt: skip


def levels() -> list[Code]:
    """List the levels of care, those asked for most in front."""
    often = [LevelOfCare(level) for level in OFTEN]
    return [*often, *(level for level in LevelOfCare if level not in often)]


def sections(desk: Desk) -> list[Section]:
    """Make all fields."""
    tr = desk.words.tr
    return [
        Section("", _who(tr)),
        Section(tr("Care"), _care(tr)),
        Section(tr("For whom"), _whom(tr)),
        Section(tr("Getting in"), _getting_in(tr)),
        Section(tr("License and standing"), _standing(desk)),
        Section(tr("Yours alone"), _own(tr)),
    ]


def _who(tr: Tr) -> Rows:
    kinds: list[tuple[object, str]] = [
        ("program", tr("Program")),
        ("practice", tr("Practice")),
        ("hospital", tr("Hospital")),
        ("service", tr("Community service")),
    ]
    return [
        [form.line("name", tr("Name")), form.choice("kind", tr("Kind"), kinds)],
        [form.line("name2", tr("Track or second name")), form.line("parent_name", tr("Part of"))],
        [form.line("street", tr("Street")), form.line("street2", tr("Street, second line"))],
        [
            form.line("city", tr("City")),
            form.line("state", tr("State")),
            form.line("zip", tr("ZIP")),
        ],
        [
            form.line("phone", tr("Phone")),
            form.line("phone_who", tr("Ask for"), placeholder=tr("Ana Ruiz, admissions")),
        ],
        *(
            [
                form.line(name, tr("Another phone")),
                form.line(f"{name}_who", tr("Whose"), placeholder=whose),
            ]
            for name, whose in (
                ("phone2", tr("clinical team")),
                ("phone3", tr("utilization review")),
                ("phone4", tr("alumni")),
            )
        ),
        [
            form.line("fax", tr("Fax")),
            form.line("email", tr("E-mail")),
            form.line("website", tr("Website")),
        ],
    ]


def _care(tr: Tr) -> Rows:
    detox: list[tuple[object, str]] = [("", tr("Not known")), ("yes", tr("Yes")), ("no", tr("No"))]
    return [
        chips("levels_of_care", tr("Levels of care"), levels(), tr),
        chips("treats", tr("Treats"), Treats, tr),
        [
            form.line("treats_well", tr("Treats well, in words")),
            form.line("co_occurring", tr("Mental health and substance use together")),
        ],
        [form.line("does_not_take", tr("Not a fit")), form.line("exclusions", tr("Excludes"))],
        chips("modalities", tr("Approach"), Modality, tr),
        [
            form.line("family_program", tr("Family program")),
            form.line("typical_stay", tr("Typical stay")),
        ],
        [
            form.line("medications", tr("Medicines offered"), placeholder=tr("with commas")),
            form.line("psychiatry_hours", tr("Psychiatry")),
            form.choice("detox", tr("Detox on site"), detox),
        ],
        [
            form.line("nursing", tr("Nursing")),
            form.line("staff_ratio", tr("Staff to clients")),
            form.line("clinical_director", tr("Clinical director")),
        ],
        [
            form.line("academics", tr("School")),
            form.line("restraint_policy", tr("Restraint and seclusion")),
        ],
        form.line("outcomes_published", tr("Results they publish")),
    ]


def _whom(tr: Tr) -> Rows:
    return [
        chips("age_groups", tr("Ages"), AgeGroup, tr),
        [
            form.line("ages", tr("Ages, in words"), placeholder=tr("18 to 26")),
            form.line("populations", tr("Tracks and groups"), placeholder=tr("with commas")),
        ],
        chips("gender_groups", tr("Genders"), GenderGroup, tr),
    ]


def _getting_in(tr: Tr) -> Rows:
    return [
        [
            form.line("wait", tr("Opening or wait"), placeholder=tr("no wait, 2 weeks, Mar 24")),
            form.line("capacity", tr("Places in all")),
        ],
        [
            form.line("cost", tr("Cost"), placeholder=tr("$780/day or 3.9k wk")),
            form.line("private_pay_covers", tr("What it covers")),
            form.line("deposit", tr("Deposit and refund")),
        ],
        chips("takes", tr("Takes"), Takes, tr, front=10),
        [
            form.line("plans", tr("Plans in network"), placeholder=tr("with commas")),
            form.line("single_case_history", tr("Single-case agreements so far")),
        ],
        [
            form.line("needs", tr("Needs before an admission")),
            form.line("admission_criteria", tr("Admits whom")),
        ],
        [
            form.line("transport", tr("Transport")),
            form.line("visit_policy", tr("Phone and visits")),
            form.line("communication_style", tr("How they keep in touch")),
        ],
    ]


def _standing(desk: Desk) -> Rows:
    tr, show = desk.words.tr, desk.words.short_day
    return [
        [
            form.line("licence_state", tr("Licensed in")),
            form.line("licence_number", tr("License number")),
            form.day("licence_verified_on", tr("Looked up on"), desk.today, show),
        ],
        [form.line("licence_scope", tr("For what")), form.line("npi", tr("NPI"))],
        chips("accreditation", tr("Accreditation"), Accreditation, tr),
        form.tick("sud_program", tr("A substance use program under Part 2")),
    ]


def _own(tr: Tr) -> Rows:
    marks: list[tuple[object, str]] = [(0, tr("None"))]
    marks += [(mark, tr("{n} of {most}").format(n=mark, most=BEST)) for mark in range(1, BEST + 1)]
    hint = tr("Only you see this. It is in no letter.")
    return [
        form.choice("rating", tr("Your impression"), marks),
        form.paragraph("notes", tr("Your notes"), lines=4, hint=hint),
    ]
