"""Setting up: quick the second time, plain about what is missing, and readable by an old Python."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BOOTSTRAP = ROOT / "packaging" / "bootstrap.py"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stands on Linux's loader")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Give a checkout with an empty `.venv` that nothing has been installed into yet."""
    (tmp_path / "packaging").mkdir()
    for name in ("bootstrap.py", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / "packaging" / name, tmp_path / "packaging")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (tmp_path / ".venv" / "lib" / "python3.11" / "site-packages" / "PySide6").mkdir(parents=True)
    (tmp_path / "tools").mkdir()
    return tmp_path


def put_tool(house: Path, name: str, says: str) -> None:
    tool = house / "tools" / name
    tool.write_text(f"#!/bin/sh\nprintf '%s\\n' '{says}'\n", encoding="utf-8")
    tool.chmod(0o755)


def stamp(house: Path, level: str) -> None:
    asked = (
        "import sys; sys.path.insert(0, 'packaging'); import bootstrap; "
        f"(bootstrap.VENV / '.ready-{level}').write_text(bootstrap.fingerprint('{level}'))"
    )
    subprocess.run([sys.executable, "-c", asked], cwd=house, check=True)


def set_up(house: Path, level: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, house / "packaging" / "bootstrap.py", level],
        env={"PATH": str(house / "tools")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_old_python_can_read_it() -> None:
    ast.parse(BOOTSTRAP.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_what_is_installed_is_left_alone(house: Path) -> None:
    stamp(house, "run")
    answer = set_up(house, "run")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


@pytest.mark.parametrize("changed", ["packaging/requirements.txt", "pyproject.toml"])
def test_a_changed_list_is_installed_again(house: Path, changed: str) -> None:
    stamp(house, "run")
    with (house / changed).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    (house / "packaging" / "requirements.txt").write_text("--no-index\nnothing-of-this-name==1\n")
    answer = set_up(house, "run")
    assert answer.returncode == 1
    assert "Installing the locked packages" in answer.stderr
    assert answer.stderr.endswith("its own words above say which and why.\n")


def test_a_missing_library_is_named_by_its_package(house: Path) -> None:
    stamp(house, "run")
    put_tool(house, "ldd", "\tlibxcb-cursor.so.0 => not found")
    answer = set_up(house, "run")
    assert answer.returncode == 0
    said = "Windows and tests need system packages that are not here: libxcb-cursor0\n"
    assert answer.stderr == said


def test_a_library_without_a_known_package_is_named_as_it_is(house: Path) -> None:
    stamp(house, "run")
    put_tool(house, "ldd", "\tlibnovel.so.9 => not found")
    assert set_up(house, "run").stderr.endswith("not here: libnovel.so.9\n")


def test_the_tests_want_a_display_of_their_own_and_a_compiler(house: Path) -> None:
    stamp(house, "test")
    answer = set_up(house, "test")
    assert answer.stderr.endswith("that are not here: xvfb xdotool gcc libc6-dev\n")


@pytest.mark.parametrize("word", ["", "sprint"])
def test_an_unknown_word_is_refused(house: Path, word: str) -> None:
    answer = set_up(house, word)
    assert answer.returncode == 1
    assert answer.stderr == "usage: bootstrap.py run|test\n"
