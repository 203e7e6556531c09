import pytest

from cmdesk.exchange.level_names import UNKNOWN, levels_in
from cmdesk.exchange.result import Skipped
from cmdesk.models.provider import Organisation
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.store.store import Store
from tests.exchange.conftest import Rows
from tests.exchange.test_providers_csv import bring_in


@pytest.mark.parametrize(
    ("cell", "codes", "unknown"),
    [
        ("Sober living", ("setting:sober_living",), ()),
        ("IOP, PHP", ("mh:iop", "mh:php"), ()),
        ("IOP/PHP and RTC", ("mh:iop", "mh:php", "mh:residential"), ()),
        ("detox; Detox", ("setting:detox",), ()),
        ("mh:iop mh:php", ("mh:iop", "mh:php"), ()),
        ("Residential 3.5", ("asam4:3.5",), ()),
        ("Residential, adult", ("mh:residential_adult",), ()),
        ("Outpatient, horses  and dogs", ("mh:outpatient_therapy",), ("horses", "dogs")),
        ("", (), ()),
    ],
)
def test_a_level_is_read_by_its_code_its_name_or_what_people_write(
    cell: str, codes: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    assert levels_in(cell) == (codes, unknown)


@pytest.mark.parametrize("level", LevelOfCare)
def test_every_level_is_known_by_its_own_words(level: LevelOfCare) -> None:
    assert levels_in(level.value).codes == (level.value,)
    (code,) = levels_in(level.label).codes
    assert LevelOfCare(code).label == level.label


def test_levels_in_words_are_found_in_the_directory_and_the_rest_is_told(
    store: Store, rows: Rows
) -> None:
    text = (
        "name,city,state,postal,levels of care,notes\n"
        'Harbor House,Groton,Connecticut,6340-12,"IOP, horses",Call Ana\n'
    )
    result = bring_in(store, text)
    assert result.skipped == (Skipped(2, UNKNOWN),)
    (program,) = rows(Organisation)
    assert program["levels_of_care"] == ["mh:iop"]
    assert program["notes"] == "Call Ana\nhorses"
