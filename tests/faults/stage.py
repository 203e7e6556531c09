"""Put operations on, under faults, as often as wanted: the hand of the tests."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from tests.faults import controls, judging, replay, shim
from tests.faults.judging import NOTHING, Reference, Verdict
from tests.faults.operations import OPERATIONS, Operation
from tests.faults.replay import Recording
from tests.faults.scenes import Told, counted, make
from tests.faults.soak import Soak

ROOT: Final = Path(__file__).parents[2]
ALL: Final[dict[str, Operation]] = {**OPERATIONS, **controls.OPERATIONS, "soak": Soak()}
_MEASURED: Final = ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG", "COV_CORE_SOURCE")


@dataclass(frozen=True)
class Outcome:
    """What a run told before it ended, however it ended."""

    exit: int
    told: Told  # the newest promise
    problems: list[list[str]] = field(default_factory=list[list[str]])
    bugs: list[str] = field(default_factory=list[str])
    finished: bool = False
    read_on: bool = True
    calls: int = 0
    reads: int = 0

    @property
    def killed(self) -> bool:
        return self.exit == -9


class Stage:
    """A process under the shim that forks runs, and the scenes they start from."""

    def __init__(self, place: Path, library: Path, clients: int) -> None:
        self._kept = place / "kept"
        self.scene = make(place / "scene" / "live")
        shutil.copytree(self.scene.root, self._kept / "plain")
        self._operations = {**ALL, "soak": Soak(clients)}
        self._server = _started(library)
        self.recording = cache(self._recording)
        self.reference = cache(self._reference)

    def close(self) -> None:
        assert self._server.stdin
        self._server.stdin.close()
        self._server.wait(timeout=30)
        assert self._server.stdout
        self._server.stdout.close()

    def set_up(self, name: str) -> Operation:
        """Make the scene as an operation finds it."""
        operation = self._operations[name]
        kept = self._kept / name
        if not kept.exists():
            self.scene.set_up_from(self._kept / "plain")
            with self.scene.visited():
                operation.prepare(self.scene)
            shutil.copytree(self.scene.root, kept)
        self.scene.set_up_from(kept)
        return operation

    def run(self, name: str, fault: str = "none", at: int = 0, **more: Any) -> Outcome:
        """Run an operation on a fresh scene, with a fault at its call number `at`."""
        self.reference(name)
        self.set_up(name)
        return self.go_on(name, fault, at, **more)

    def go_on(self, name: str, fault: str = "none", at: int = 0, **more: Any) -> Outcome:
        """Run an operation on the scene as it stands."""
        job = {"operation": name, "root": str(self.scene.root), "fault": fault, "at": at, **more}
        self.scene.log.unlink(missing_ok=True)
        answer = _asked(self._server, job)
        told = replay.acknowledged(shim.read_log(self.scene.log)) or [{"n": 0}]
        known = ("problems", "bugs", "finished", "read_on", "calls", "reads")
        kept = {key: answer[key] for key in known if key in answer}
        return Outcome(answer["exit"], told[-1], **kept)

    def promises(self) -> list[Told]:
        """Return what the last run acknowledged, in order."""
        return replay.acknowledged(shim.read_log(self.scene.log))

    def _recording(self, name: str) -> tuple[Recording, Outcome]:
        self.set_up(name)
        before = replay.look(self.scene.root)
        outcome = self.go_on(name)
        assert outcome.finished, outcome
        if name.endswith("migration"):
            self._upgraded = judging.schema(self.scene)
        return Recording(before, shim.read_log(self.scene.log)), outcome

    def _reference(self, name: str) -> Reference:
        recording, _ = self.recording(name)
        self.set_up(name)
        schemas: frozenset[frozenset[str]] = frozenset()
        if name.endswith("migration"):
            schemas = frozenset({judging.schema(self.scene), self._upgraded})
        with self.scene.visited(), closing(self.scene.open()) as store:
            before = store.ask(counted)
        return Reference(recording.acknowledged, before, schemas)

    def judge(self, name: str, told: Told) -> Verdict:
        """Look at the scene as it stands. Raises Bad."""
        reference = self.reference(name) if ALL[name].counted else NOTHING
        with self.scene.visited():
            return judging.judge(self.scene, ALL[name], reference, told)

    def power_cut(self, name: str, pattern: str, draw: Random) -> tuple[Told, int]:
        """Leave on the scene what a power cut before some event could have left.

        Return the newest promise before it, and the event's number.
        """
        self.reference(name)
        recording, _ = self.recording(name)
        end = recording.moment(draw)
        left = replay.state(recording, end, pattern, draw)
        left.put(self.scene.root)
        return (left.acknowledged[-1] if left.acknowledged else {"n": 0}), end


def _started(library: Path) -> subprocess.Popen[str]:
    surroundings = {k: v for k, v in os.environ.items() if k not in _MEASURED}
    surroundings["LD_PRELOAD"] = str(library)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.server"],
        cwd=ROOT,
        env=surroundings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _asked(server: subprocess.Popen[str], job: dict[str, Any]) -> dict[str, Any]:
    stdin, stdout = server.stdin, server.stdout
    assert stdin
    assert stdout
    stdin.write(json.dumps(job) + "\n")
    stdin.flush()
    return dict(json.loads(stdout.readline()))
