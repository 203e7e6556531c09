"""What keeps an inquiry from being saved, and from becoming a chart."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cmdesk.rules.family_codes import InquiryStatus, Urgency
from cmdesk.rules.inquiry_draft import InquiryForm, faults, unready

TODAY = date(2026, 3, 9)
SOUND = InquiryForm(day=TODAY, caller_name="Rosa Duarte", given_name="Camila")


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        (SOUND, set[str]()),
        (replace(SOUND, caller_name=" "), {"caller_name"}),
        (replace(SOUND, day=None), {"day"}),
        (replace(SOUND, day=TODAY + timedelta(days=1)), {"day"}),
        (replace(SOUND, status=InquiryStatus.DECLINED_BY_US), {"declined_reason"}),
        (
            replace(SOUND, status=InquiryStatus.DECLINED_BY_FAMILY, declined_reason="Cost"),
            set[str](),
        ),
        (replace(SOUND, status=InquiryStatus.REFERRED_ON), {"referred_on_to"}),
        (replace(SOUND, status=InquiryStatus.REFERRED_ON, referred_on_to="Dr. Lu"), set[str]()),
        (replace(SOUND, next_on=TODAY), {"next_step"}),
        (replace(SOUND, next_on=TODAY, next_step="Call back"), set[str]()),
    ],
)
def test_faults_stand_by_their_field(draft: InquiryForm, wrong: set[str]) -> None:
    assert set(faults(draft, TODAY)) == wrong


def test_chart_needs_a_name_and_an_open_inquiry() -> None:
    assert unready(SOUND, TODAY) == {}
    assert set(unready(replace(SOUND, given_name=""), TODAY)) == {"given_name"}
    over = replace(SOUND, status=InquiryStatus.NO_RESPONSE)
    assert set(unready(over, TODAY)) == {"status"}


def test_emergency_is_known_by_its_urgency() -> None:
    assert replace(SOUND, urgency=Urgency.EMERGENCY).emergency
    assert not SOUND.emergency
    assert replace(SOUND, family_name="Duarte").about == "Camila Duarte"
