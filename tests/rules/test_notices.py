from datetime import date

import pytest

from cmdesk.rules.notices import LONG, NOTICES, SHORT, Notice, notice_for

# Typed again from 42 CFR 2.32 as amended in 2024.
LONG_FORM = """
This record which has been disclosed to you is protected by Federal confidentiality rules (42
CFR part 2). These rules prohibit you from using or disclosing this record, or testimony that
describes the information contained in this record, in any civil, criminal, administrative, or
legislative proceedings by any Federal, State, or local authority, against the patient, unless
authorized by the consent of the patient, except as provided at 42 CFR 2.12(c)(5) or as
authorized by a court in accordance with 42 CFR 2.64 or 2.65. In addition, the Federal rules
prohibit you from making any other use or disclosure of this record unless at least one of the
following applies:

(i) Further use or disclosure is expressly permitted by the written consent of the individual
whose information is being disclosed in this record or as otherwise permitted by 42 CFR part 2.

(ii) You are a covered entity or business associate and have received the record for treatment,
payment, or health care operations, or

(iii) You have received the record from a covered entity or business associate as permitted by
45 CFR part 164, subparts A and E.

A general authorization for the release of medical or other information is NOT sufficient to
meet the required elements of written consent to further use or redisclose the record (see 42
CFR 2.31).
"""
OLD_WORDING = (
    "prohibits unauthorized disclosure",
    "making any further disclosure",
    "The federal rules restrict any use of the information to criminally investigate",
    "This information has been disclosed to you from records",
)


def test_the_wording_of_2024() -> None:
    assert SHORT.text == (
        "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
    )
    paragraphs = LONG_FORM.split("\n\n")
    assert LONG.text.split("\n") == [" ".join(text.split()) for text in paragraphs]


@pytest.mark.parametrize("notice", NOTICES.values(), ids=lambda notice: notice.id)
def test_data_with_id_and_date_and_nothing_old(notice: Notice) -> None:
    assert NOTICES[notice.id] is notice
    assert (notice.version, notice.dated) == ("2024", date(2024, 4, 16))
    assert notice.authority.startswith("42 CFR 2.32(a)")
    assert not [old for old in OLD_WORDING if old.casefold() in notice.text.casefold()]


def test_persons_get_the_short_form() -> None:
    assert notice_for(provider_or_payer=False) is SHORT
    assert notice_for(provider_or_payer=True) is LONG


def test_the_law_gives_its_words_in_english_and_they_are_explained_beside_them() -> None:
    for notice in (SHORT, LONG):
        assert notice.meaning("en") == ""
        meaning = notice.meaning("es")
        assert meaning.startswith("Explicación en español (lo que vale es el texto en inglés): ")
        assert meaning.count("\n") == notice.text.count("\n")
        assert "42 CFR" in meaning
    assert "2.12(c)(5)" in LONG.meaning("es")
