"""What a call to a provider brought, as it is typed, and what keeps it from being recorded."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cmdesk.rules.provider_said import amounts, cost_fault

FIELDS: Final = ("wait", "cost", "insurance", "needs")  # the facts a placement call asks again


@dataclass(frozen=True, slots=True)
class CheckForm:
    """Words as they were said; an empty field was not spoken of. `same`: nothing has changed."""

    wait: str = ""
    cost: str = ""
    insurance: str = ""
    needs: str = ""
    told_by: str = ""
    told_by_id: int | None = None
    told_on: date | None = None
    entry_id: int | None = None
    same: bool = False


def faults(form: CheckForm, today: date) -> dict[str, str]:
    """Map fields to what keeps a call from being recorded."""
    found: dict[str, str] = {}
    if form.told_on is None:
        found["told_on"] = "On which day?"
    elif form.told_on > today:
        found["told_on"] = "This day is still to come."
    if amounts(form.cost) and (wrong := cost_fault(form.cost)):
        found["cost"] = wrong
    return found
