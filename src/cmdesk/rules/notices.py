"""The notices that go with every disclosure of Part 2 records: text as data, with id and date.

42 CFR 2.32 as amended by 89 FR 12472 (published 2024-02-16, in force 2024-04-16, compliance date
2026-02-16). 2.32(b) asks besides for the consent or a clear explanation of its scope: `scope.py`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Notice:
    """A legal text printed as it stands. A line end in `text` starts a new paragraph."""

    id: str
    authority: str
    version: str
    dated: date  # the day the wording came into force
    text: str


VERSION: Final = "2024"
IN_FORCE: Final = date(2024, 4, 16)

SHORT: Final = Notice(
    id="42cfr2.32-a2-2024",
    authority="42 CFR 2.32(a)(2)",
    version=VERSION,
    dated=IN_FORCE,
    text="42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
)
LONG: Final = Notice(
    id="42cfr2.32-a1-2024",
    authority="42 CFR 2.32(a)(1)",
    version=VERSION,
    dated=IN_FORCE,
    text=(
        "This record which has been disclosed to you is protected by Federal confidentiality rules "
        "(42 CFR part 2). These rules prohibit you from using or disclosing this record, or "
        "testimony that describes the information contained in this record, in any civil, "
        "criminal, administrative, or legislative proceedings by any Federal, State, or local "
        "authority, against the patient, unless authorized by the consent of the patient, except "
        "as provided at 42 CFR 2.12(c)(5) or as authorized by a court in accordance with 42 CFR "
        "2.64 or 2.65. In addition, the Federal rules prohibit you from making any other use or "
        "disclosure of this record unless at least one of the following applies:\n"
        "(i) Further use or disclosure is expressly permitted by the written consent of the "
        "individual whose information is being disclosed in this record or as otherwise permitted "
        "by 42 CFR part 2.\n"
        "(ii) You are a covered entity or business associate and have received the record for "
        "treatment, payment, or health care operations, or\n"
        "(iii) You have received the record from a covered entity or business associate as "
        "permitted by 45 CFR part 164, subparts A and E.\n"
        "A general authorization for the release of medical or other information is NOT sufficient "
        "to meet the required elements of written consent to further use or redisclose the record "
        "(see 42 CFR 2.31)."
    ),
)
NOTICES: Final = {notice.id: notice for notice in (SHORT, LONG)}


def notice_for(*, provider_or_payer: bool) -> Notice:
    """Choose the long form for papers to providers and payers, the short one for persons.

    Of the long form's permissions only the written consent can ever apply to a relative, so a
    letter to a person prints the short form beside the scope of the consent.
    """
    return LONG if provider_or_payer else SHORT
