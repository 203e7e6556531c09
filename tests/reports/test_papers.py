"""A few papers by chance; `make check-pdf` walks hundreds, with other readers beside this one."""

import pytest
from tests.reports.papers import by_chance
from tests.reports.structure import Structure


@pytest.mark.unmeasured
def test_papers_by_chance_are_tagged_throughout() -> None:
    for number, data in enumerate(by_chance(6, 5)):
        assert Structure(data).problems == [], number
