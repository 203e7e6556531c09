"""The wheel alone is enough: installed far from the checkout it makes a vault and checks it."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.xdist_group("wheel")  # built once, not once for each worker

PASSPHRASE = "seven quiet herons wade upstream"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(folder)], ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the `cmdesk` of a fresh venv that holds our wheel and borrows every other package."""
    venv = tmp_path_factory.mktemp("installed") / "venv"
    run([sys.executable, "-m", "venv", "--without-pip", str(venv)], venv.parent)
    places = {"base": str(venv), "platbase": str(venv)}
    python, packages = (
        Path(sysconfig.get_path(name, "venv", places)) for name in ("scripts", "purelib")
    )
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(python / "python"), "install", "--quiet"]
    run([*pip, "--no-index", "--no-deps", "--no-compile", str(wheel)], venv.parent)
    return python / "cmdesk"


def run(command: list[str], folder: Path) -> str:
    """Run to the end and give what it printed; what it complained of is shown if it failed."""
    clean = {
        key: text for key, text in os.environ.items() if not key.startswith(("PIP_", "VIRTUAL"))
    }
    answer = subprocess.run(
        command, cwd=folder, env=clean, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_everything_the_program_reads_is_in_the_wheel(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    migrations = {
        f"cmdesk/{path.relative_to(ROOT)}" for path in (ROOT / "migrations").rglob("*.py")
    }
    package = (ROOT / "src" / "cmdesk").rglob("*")
    ours = {
        str(path.relative_to(ROOT / "src"))
        for path in package
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert migrations
    assert (migrations | ours) - inside == set()


def test_the_wheel_brings_its_own_package(installed: Path) -> None:
    asked = "import cmdesk.errors; print(cmdesk.errors.__file__)"
    said = run([str(installed.parent / "python"), "-c", asked], installed.parent)
    assert Path(said.strip()).is_relative_to(installed.parents[1])


def test_the_wheel_makes_a_vault_and_opens_it(installed: Path, tmp_path: Path) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    vault = tmp_path / "Practice.cmdesk"
    run([str(installed), "new", str(vault), "--passphrase-file", str(secret)], tmp_path)
    said = run(
        [str(installed), "check", str(vault), "--passphrase-file", str(secret), "--json"], tmp_path
    )
    assert json.loads(said) == {"ok": True, "findings": []}
