"""L1: other languages, other decimal marks, odd paths: the same results as at home."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cmdesk import clock
from cmdesk.models.base import Base
from cmdesk.store import vault
from cmdesk.store.header import FLOOR
from tests.records import PASSPHRASE

ROOT = Path(__file__).parents[2]
LONG = "/".join(["a folder with a rather long name of its own " + "x" * 20] * 5)
PATHS = {
    "plain": b"plain",
    "spaces and emoji": "my vaults \U0001f5c4\ufe0f \u00fc #1 % ?".encode(),
    "not UTF-8": b"caf\xe9 \xff",
    "long": LONG.encode(),
    "long and not UTF-8": LONG.encode() + b"/caf\xe9 \xff",
    "quotes": b'it\'s a "vault" & <more>; $HOME `id`',
    "newline": b"two\nlines",
}
LOCALES = ("en_US", "tr_TR", "de_DE", "ar_EG", "hi_IN")
FEW = (("tr_TR.UTF-8", "long and not UTF-8"), ("C", "not UTF-8"))
BRIEFLY = FEW[1:]  # the first commands alone, for each change
MANY = [(f"{each}.UTF-8", path) for each in LOCALES for path in PATHS] + [
    ("C", path) for path in PATHS
]
ASKED = {f"{where} {path}": (where, path) for where, path in (*FEW, *MANY)}

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="locales are set by variables elsewhere"),
    pytest.mark.xdist_group("abroad"),  # what they are compared with is made once
]


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory, torture: bool) -> Path:
    """Build the locales, which few systems have all of; where that can't be done, names remain."""
    place = tmp_path_factory.mktemp("locales")
    if shutil.which("localedef") and Path("/usr/share/i18n/locales").is_dir():
        for name in LOCALES if torture else LOCALES[:2]:
            made = ["localedef", "-c", "-i", name, "-f", "UTF-8", str(place / f"{name}.UTF-8")]
            subprocess.run(made, capture_output=True, check=False)
    return place


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("abroad") / "empty.cmdesk"
    store, code = vault.create(folder, PASSPHRASE, Base.metadata, clock.system, kdf=FLOOR)
    store.close()
    folder.with_suffix(".code").write_text(code)
    return folder


def use(
    where: str, path: str, empty: Path, locales: Path, base: Path, *more: str
) -> dict[str, Any]:
    """Run abroad.py under a locale, in a home of that name."""
    named = base / os.fsdecode(PATHS[path])
    named.mkdir(parents=True)
    shutil.copytree(empty, named / "a.cmdesk")
    shutil.copy(empty.with_suffix(".code"), named / "a.code")
    home, there = os.fsencode(named), os.fsencode(named / "a.cmdesk")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))}
    environment = {os.fsencode(key): os.fsencode(value) for key, value in kept.items()} | {
        b"LC_ALL": where.encode(),
        b"LOCPATH": os.fsencode(locales),
        b"HOME": home,
        b"XDG_DATA_HOME": home + b"/data",
        b"XDG_CONFIG_HOME": home + b"/config",
        b"XDG_STATE_HOME": home + b"/state",
    }
    if where in {"C", "C.UTF-8"}:
        del environment[b"LOCPATH"]
    words = [sys.executable.encode(), b"-m", b"tests.hostile.abroad", there, home]
    words += map(os.fsencode, more)
    done = subprocess.run(
        words, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=120
    )
    errors = done.stderr.decode(errors="replace")
    assert done.returncode == 0, errors[-3000:]
    assert "bug of ours" not in errors, errors[-3000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def at_home(empty: Path, locales: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    found = use("en_US.UTF-8", "plain", empty, locales, tmp_path_factory.mktemp("home"))["told"]
    assert not any(found["codes"].values()), found["codes"]
    assert found["search \u015fahin"]
    return found


@pytest.mark.parametrize("asked", ASKED)
def test_same_as_at_home(
    asked: str, torture: bool, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    where, path = ASKED[asked]
    if not torture and (where, path) not in FEW:
        pytest.skip("part of the long run")
    home, empty, locales = map(request.getfixturevalue, ("at_home", "empty", "locales"))
    brief = ["briefly"] if (where, path) in BRIEFLY and not torture else []
    found = use(where, path, empty, locales, tmp_path, *brief)["told"]
    codes = found.pop("codes")
    assert codes == {name: home["codes"][name] for name in (codes if brief else home["codes"])}
    for name in found if brief else home.keys() - {"codes"}:
        assert found[name] == home[name], name
    assert {"taken", "search \u015fahin", "verdicts"} <= found.keys()


def test_control_the_locales_are_really_other_ones(locales: Path) -> None:
    """In Turkish a comma parts the decimals: a program that asks the locale would differ."""
    if not (locales / "tr_TR.UTF-8").is_dir():
        pytest.skip("locales can't be built here")
    asked = "import locale; locale.setlocale(locale.LC_ALL, ''); print(locale.str(1.5))"
    said = subprocess.run(
        [sys.executable, "-c", asked],
        env={**os.environ, "LC_ALL": "tr_TR.UTF-8", "LOCPATH": str(locales)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "1,5"
