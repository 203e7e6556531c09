"""How costly a guess at the passphrase is made: as costly as this computer bears in one second."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from cmdesk.store.header import FLOOR, Kdf

LONGEST: Final = 1.0  # seconds a person waits after typing the passphrase
PREFERRED: Final = Kdf()  # 256 MiB, 3 passes, 4 lanes
_RUNGS: Final = (PREFERRED, *(Kdf(memory=mib << 10) for mib in (192, 128, 96)), FLOOR)


def calibrated(trial: Callable[[Kdf], float]) -> Kdf:
    """Return the costliest parameters that stay within a second, and never less than the floor.

    `trial` derives once and returns the seconds that took, infinity if the memory was not there.
    What is preferred gets a second chance: another program may have been busy just then.
    """
    rung, seconds = PREFERRED, trial(PREFERRED)
    if seconds > LONGEST:
        seconds = min(seconds, trial(PREFERRED))
    while seconds > LONGEST and rung != FLOOR:
        rung = _below(rung, seconds)
        seconds = trial(rung)
    return rung


def raised(kdf: Kdf, seconds: float) -> Kdf | None:
    """Return costlier parameters for a passphrase that was just derived in so many seconds.

    None if there are none, or if they would take more than a second. Nothing is ever lowered.
    """
    for rung in _RUNGS:
        wanted = replace(rung, passes=max(rung.passes, kdf.passes))
        grown = wanted.memory > kdf.memory or (
            wanted.memory == kdf.memory and wanted.passes > kdf.passes
        )
        if grown and seconds * _work(wanted) / _work(kdf) <= LONGEST:
            return wanted
    return None


def _below(rung: Kdf, seconds: float) -> Kdf:
    """Return the next weaker rung that should fit, judging by the one that did not."""
    weaker = _RUNGS[_RUNGS.index(rung) + 1 :]
    fitting = (each for each in weaker if seconds * _work(each) / _work(rung) <= LONGEST)
    return next(fitting, FLOOR)


def _work(kdf: Kdf) -> int:
    """Return what the time grows with. Lanes share the work, they do not change it."""
    return kdf.memory * kdf.passes
