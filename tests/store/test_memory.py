"""Look into another process from outside: are its keys gone once the vault is locked?"""

import subprocess
import sys
from pathlib import Path

import pytest

from cmdesk.store import keys
from tests.store import small

ROOT = Path(__file__).parents[2]
SESSION = """
import sys
from pathlib import Path
from cmdesk.store import vault
from tests.store import small
store = vault.unlock_and_open(
    Path(sys.argv[1]), small.SMALL, small.noon,
    passphrase=input(), migrations=Path(sys.argv[2]))
store.do("Add", small.add_client, "Maya")
store.ask(small.everything)
print("open", flush=True)
input()
store.close()
print("closed", flush=True)
input()
"""


def copies(process: int, secrets: list[bytes]) -> list[int]:
    """Count how often each secret stands in the memory of a process."""
    counts = [0] * len(secrets)
    with (
        Path(f"/proc/{process}/maps").open() as maps,
        Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory,
    ):
        for line in maps:
            span, rights, *_ = line.split()
            first, last = (int(number, 16) for number in span.split("-"))
            if not rights.startswith("r") or "[v" in line:
                continue
            try:
                memory.seek(first)
                held = memory.read(last - first)
            except OSError:  # pages that no one may read
                continue
            counts = [count + held.count(s) for count, s in zip(counts, secrets, strict=True)]
    return counts


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_no_key_is_left_in_memory_after_closing(folder: Path, migrations: Path) -> None:
    held = keys.unlock(folder, small.PASSPHRASE)
    secrets = [bytes(held.vmk), bytes(held.dek), bytes(held.database_key())]
    with subprocess.Popen(
        [sys.executable, "-c", SESSION, str(folder), str(migrations)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(small.PASSPHRASE + "\n")
        child.stdin.flush()
        assert child.stdout.readline() == "open\n"
        try:
            while_open = copies(child.pid, secrets)
        except PermissionError:
            child.kill()
            pytest.skip("this system lets no process look into another")
        child.stdin.write("\n")
        child.stdin.flush()
        assert child.stdout.readline() == "closed\n"
        after = copies(child.pid, secrets)
        child.stdin.write("\n")
    assert min(while_open[:2]) >= 1  # the control: the search finds what is there
    assert while_open[2] == 0  # SQLCipher's text of the key never outlives its handing over
    assert after == [0, 0, 0]
