"""What keeps a medicine from being saved."""

from datetime import date

import pytest

from cmdesk.rules.medicine_draft import MedicineForm, faults

TODAY = date(2026, 3, 9)
AHEAD = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (MedicineForm("Sertraline"), []),
        (MedicineForm(" "), ["name"]),
        (MedicineForm("Sertraline", started_on=AHEAD), ["started_on"]),
        (MedicineForm("Sertraline", stopped_on=AHEAD), ["stopped_on"]),
        (MedicineForm("Sertraline", started_on=TODAY, stopped_on=date(2026, 3, 8)), ["stopped_on"]),
        (MedicineForm("Sertraline", started_on=TODAY, stopped_on=TODAY), []),
        (MedicineForm("Sertraline", supply_ends_on=AHEAD), []),
    ],
)
def test_faults(draft: MedicineForm, fields: list[str]) -> None:
    assert list(faults(draft, TODAY)) == fields
