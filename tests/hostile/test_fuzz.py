"""S12: whatever the bytes, readers answer or refuse in words; the long run is fuzz.py's."""

import subprocess
import sys
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cmdesk.casework import search
from cmdesk.store.store import Store
from tests.hostile import seeds
from tests.hostile.conftest import Amount
from tests.hostile.kept import Kept, tell
from tests.hostile.targets import TARGETS, refused

ROOT = Path(__file__).parents[2]
FOUND = 77  # libFuzzer's exit code for a finding
LONG = ("header", "container", "device", "practice", "values", "search", "csv", "vcard", "code")

byte_strings = some.binary(max_size=400)
edits = some.lists(
    some.tuples(
        some.integers(0, 1 << 20), some.sampled_from(["cut", "put", "flip", "twice"]), byte_strings
    ),
    max_size=6,
)


def edited(seed: bytes, changes: list[tuple[int, str, bytes]]) -> bytes:
    """Cut, overwrite, flip or repeat parts of a sound example."""
    for place, way, data in changes:
        at = place % (len(seed) + 1)
        if way == "cut":
            seed = seed[:at] + seed[at + len(data) :]
        elif way == "put":
            seed = seed[:at] + data + seed[at:]
        elif way == "flip" and at < len(seed):
            seed = seed[:at] + bytes([seed[at] ^ 1 << len(data) % 8]) + seed[at + 1 :]
        else:
            seed = seed[:at] + seed[max(at - 50, 0) :]
    return seed


SEEDS = {name: seeds.of(name) for name in TARGETS}


@pytest.mark.parametrize("name", TARGETS)
def test_sound_examples(name: str) -> None:
    """What fuzzing starts from reaches the inside: something of it is not refused."""
    assert False in {refused(TARGETS[name], seed) for seed in SEEDS[name]}


@pytest.mark.parametrize("name", TARGETS)
def test_anything_is_read_or_refused(name: str, amount: Amount) -> None:
    @settings(max_examples=amount(40, 150))
    @given(some.sampled_from([b"", *SEEDS[name]]), edits)
    def read(seed: bytes, changes: list[tuple[int, str, bytes]]) -> None:
        refused(TARGETS[name], edited(seed, changes))

    read()


def test_any_search_text(kept_store: Store, amount: Amount) -> None:
    @settings(max_examples=amount(40, 150))
    @given(some.text(some.characters(exclude_categories=()), max_size=60))
    def typing(typed: str) -> None:
        assert isinstance(kept_store.ask(search.search, typed), list)

    typing()


@pytest.mark.parametrize("typed", [seed.decode() for seed in SEEDS["search"]], ids=repr)
def test_query_syntax_means_nothing(kept_store: Store, typed: str) -> None:
    assert isinstance(kept_store.ask(search.search, typed), list)


@pytest.fixture(scope="module")
def kept_store(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Generator[Store]:
    store = kept.open(kept.copied(tmp_path_factory.mktemp("search") / "a.cmdesk"))
    yield store
    store.close()


def test_control_a_reader_that_forgets_one_error_is_caught() -> None:
    """The same examples, given to a reader of JSON as it comes."""
    import json  # noqa: PLC0415

    def careless(data: bytes) -> None:
        json.loads(data.decode())

    with pytest.raises(ValueError, match="codec"):
        refused(careless, b"\xff")


def fuzzed(name: str, seconds: int, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.hostile.fuzz", name, str(seconds), str(folder)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=seconds + 120
    )


needs_atheris = pytest.mark.skipif(
    find_spec("atheris") is None, reason="atheris is installed by `make torture` on Linux alone"
)


@needs_atheris
@pytest.mark.parametrize("name", LONG)
def test_long(name: str, tmp_path: Path, torture: bool, fuzz_seconds: int) -> None:
    if not torture:
        pytest.skip("part of the long run")
    done = fuzzed(name, fuzz_seconds, tmp_path)
    tell(str(done.stdout.strip().splitlines()[-1:]))
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]


@needs_atheris
def test_control_the_fuzzer_finds_a_planted_bug(tmp_path: Path, torture: bool) -> None:
    if not torture:
        pytest.skip("part of the long run")
    assert fuzzed("planted", 30, tmp_path).returncode == FOUND
