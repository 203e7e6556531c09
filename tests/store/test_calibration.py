import math
from collections.abc import Callable

import pytest

from cmdesk.store import calibration
from cmdesk.store.calibration import LONGEST, PREFERRED, calibrated, raised
from cmdesk.store.header import FLOOR, Kdf

MIB = 1 << 10  # in KiB, as Argon2id counts


def takes(seconds_for_the_preferred: float, tried: list[Kdf]) -> Callable[[Kdf], float]:
    """Return a computer whose time grows with memory and passes."""

    def trial(kdf: Kdf) -> float:
        tried.append(kdf)
        work = kdf.memory * kdf.passes / (PREFERRED.memory * PREFERRED.passes)
        return seconds_for_the_preferred * work

    return trial


@pytest.mark.parametrize(
    ("seconds", "mib", "trials"),
    [
        (0.01, 256, 1),
        (0.57, 256, 1),
        (1.0, 256, 1),
        (1.01, 192, 3),
        (1.33, 192, 3),
        (1.5, 128, 3),
        (2.5, 96, 3),
        (3.9, 64, 3),
        (60.0, 64, 3),
    ],
)
def test_the_costliest_that_fits_in_a_second_is_taken(
    seconds: float, mib: int, trials: int
) -> None:
    tried: list[Kdf] = []
    assert calibrated(takes(seconds, tried)) == Kdf(memory=mib * MIB, passes=3, lanes=4)
    assert len(tried) == trials
    assert tried[0] == PREFERRED


def test_what_is_slower_than_it_promised_goes_down_to_the_floor_and_no_further() -> None:
    tried: list[Kdf] = []

    def barely(kdf: Kdf) -> float:
        tried.append(kdf)
        return LONGEST + 0.01

    assert calibrated(barely) == FLOOR
    assert [kdf.memory // MIB for kdf in tried] == [256, 256, 192, 128, 96, 64]


def test_a_computer_that_was_busy_for_a_moment_gets_what_is_preferred() -> None:
    times = iter((9.0, 0.6))
    assert calibrated(lambda _: next(times)) == PREFERRED


def test_a_computer_without_the_memory_gets_the_floor() -> None:
    assert calibrated(lambda kdf: math.inf if kdf.memory > FLOOR.memory else 0.2) == FLOOR


@pytest.mark.parametrize(
    ("kdf", "seconds", "wanted"),
    [
        (FLOOR, 0.17, PREFERRED),
        (FLOOR, 0.25, PREFERRED),
        (FLOOR, 0.26, Kdf(memory=192 * MIB)),
        (FLOOR, 0.45, Kdf(memory=128 * MIB)),
        (FLOOR, 0.6, Kdf(memory=96 * MIB)),
        (FLOOR, 0.9, None),
        (FLOOR, 5.0, None),
        (PREFERRED, 0.01, None),
        (Kdf(memory=512 * MIB), 0.01, None),
        (Kdf(memory=256 * MIB, passes=2), 0.4, PREFERRED),
        (Kdf(memory=256 * MIB, passes=4), 0.01, None),
        (Kdf(memory=64 * MIB, passes=6), 0.2, Kdf(memory=256 * MIB, passes=6)),
        (Kdf(memory=64 * MIB, passes=10, lanes=1), 0.9, None),
        (Kdf(memory=64, passes=1, lanes=1), 0.0003, FLOOR),
        (Kdf(memory=64, passes=1, lanes=1), 0.001, None),
    ],
)
def test_an_unlock_raises_the_cost_where_there_is_room(
    kdf: Kdf, seconds: float, wanted: Kdf | None
) -> None:
    assert raised(kdf, seconds) == wanted


@pytest.mark.parametrize("memory", [64 * MIB, 96 * MIB, 200 * MIB, 256 * MIB, 1024 * MIB])
@pytest.mark.parametrize("passes", [1, 3, 5])
def test_nothing_is_ever_lowered_and_nothing_goes_beyond_a_second(memory: int, passes: int) -> None:
    for thousandths in range(1, 1500, 7):
        seconds = thousandths / 1000
        old = Kdf(memory=memory, passes=passes)
        new = raised(old, seconds)
        if new is not None:
            assert new.memory >= old.memory
            assert new.passes >= old.passes
            assert new.memory >= FLOOR.memory
            assert calibration._work(new) > calibration._work(old)
            assert seconds * calibration._work(new) / calibration._work(old) <= LONGEST
