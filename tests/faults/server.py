"""Runs under the shim with everything loaded, and forks a child for each run that is asked for.

One line of JSON asks, one answers. The child's fate is told by its exit: 0 came through, 9 killed.
"""

import json
import os
import signal
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command

from cmdesk.errors import Problem
from cmdesk.store.room import BALLAST
from cmdesk.store.store import Store
from tests.faults import controls, scenes, shim
from tests.faults.operations import OPERATIONS, Operation
from tests.faults.scenes import Progress, Scene
from tests.faults.soak import Soak

assert command  # loaded once, for all the children
PATIENCE = 60  # seconds for one run
ALL: dict[str, Operation] = {**OPERATIONS, **controls.OPERATIONS, "soak": Soak()}


@dataclass
class Run:
    """One operation under one fault, and how the program took it."""

    job: dict[str, Any]
    scene: Scene

    def __post_init__(self) -> None:
        self.told: dict[str, Any] = {"problems": [], "bugs": [], "read_on": True, "finished": False}
        self.progress = Progress()
        self.store: Store | None = None

    def go(self) -> dict[str, Any]:
        operation = ALL[self.job["operation"]]
        self.scene.live_here()
        shim.watch(self.scene.root, self.scene.log)
        whole = operation.opening
        if whole:
            shim.hurt(self.job["fault"], self.job["at"])
        for attempt in range(3):
            if self._tried(operation, hurt=not whole and not attempt):
                self.told["finished"] = True
                break
            if self.told["bugs"]:
                break
            self._read_on()
            shim.lift()  # somebody made room, or put the cable back
        self._close()
        self.told["calls"], self.told["reads"] = shim.calls()
        return self.told

    def _tried(self, operation: Operation, *, hurt: bool) -> bool:
        try:
            if self.store is None:
                self.store = operation.begin(self.scene)
            if not self.progress.count:
                self.progress.ready(self.store)
            if not self.job.get("reserve", True):
                (self.scene.vault / BALLAST).unlink(missing_ok=True)
            if hurt:
                shim.hurt(self.job["fault"], self.job["at"])
            operation.act(self.scene, self.store, self.progress)
        except Problem as problem:
            self.told["problems"].append([type(problem).__name__, str(problem)])
            return False
        except BaseException:  # noqa: BLE001 - whatever it is, it is a finding
            self.told["bugs"].append(traceback.format_exc())
            return False
        return True

    def _read_on(self) -> None:
        """Read after a write failed."""
        try:
            if self.store is not None:
                self.store.ask(scenes.counted)
        except Problem:  # where the disk itself does not answer
            self.told["read_on"] = False
        except BaseException:  # noqa: BLE001 - as above
            self.told["read_on"] = False
            self.told["bugs"].append(traceback.format_exc())

    def _close(self) -> None:
        try:
            if self.store is not None:
                self.store.close()
        except Problem as problem:
            self.told["problems"].append([type(problem).__name__, str(problem)])
        except BaseException:  # noqa: BLE001 - as above
            self.told["bugs"].append(traceback.format_exc())


def child(job: dict[str, Any]) -> None:
    signal.alarm(job.get("patience", PATIENCE))
    scene = Scene(Path(job["root"]), soak=tuple(job.get("soak", (0, 0))))
    told = Run(job, scene).go()
    half = scene.log.with_name("told.half")  # the kill may come while this is written
    half.write_text(json.dumps(told))
    half.replace(scene.log.with_name("told"))
    os._exit(0)


def answer(job: dict[str, Any]) -> dict[str, Any]:
    told = Path(job["root"]).with_name("told")
    told.unlink(missing_ok=True)
    born = os.fork()
    if not born:
        try:
            child(job)
        finally:
            traceback.print_exc()
            os._exit(1)
    if "kill_after" in job:
        time.sleep(job["kill_after"])
        os.kill(born, signal.SIGKILL)
    _, status = os.waitpid(born, 0)
    known: dict[str, Any] = json.loads(told.read_text()) if told.exists() else {}
    return {"exit": os.waitstatus_to_exitcode(status), **known}


def main() -> None:
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
