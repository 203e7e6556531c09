"""The house keeps its own rules: who imports whom, how long things are, what no file may hold."""

import ast
import json
import os
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from email import message_from_string
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from tests.no_network.sitecustomize import reached

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
TEXT = {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".cfg", ".ini", ".json", ".qss", ".po", ""}
REQUIREMENTS = ["requirements.txt", "requirements-dev.txt"]

Function = ast.FunctionDef | ast.AsyncFunctionDef


def tracked_files() -> list[Path]:
    """List what is in the house, by git; by walking where the source came without its history."""
    try:
        listing = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        skipped = {".venv", "build", "dist"}
        found = (path for path in ROOT.rglob("*") if path.is_file())
        return [path for path in found if not skipped & set(path.relative_to(ROOT).parts)]
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def tracked_text() -> Iterator[tuple[str, str]]:
    for path in tracked_files():
        if path.suffix in TEXT:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def test_rooms_open_downwards_only() -> None:
    asked = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    answer = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_new_room_without_a_place_is_refused(tmp_path: Path) -> None:
    """The contract above can fail: the same rule over a house with a stray module says so."""
    (tmp_path / "cmdesk").mkdir()
    for name in ("__init__", "errors", "stray"):
        (tmp_path / "cmdesk" / f"{name}.py").write_text("")
    (tmp_path / ".importlinter").write_text(
        "[importlinter]\nroot_package = cmdesk\n[importlinter:contract:rooms]\nname = Rooms\n"
        "type = layers\ncontainers = cmdesk\nlayers = errors\nexhaustive = true\n"
    )
    asked = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    answer = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "stray" in answer.stdout


def test_files_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {str(path): n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def functions_over(limit: int, source: str) -> list[tuple[str, int]]:
    """Name the functions longer than the limit, with their lines from `def` to the last."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, Function)]
    lengths = [
        (node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in functions
    ]
    return [(name, length) for name, length in lengths if length > limit]


def test_functions_are_short() -> None:
    found = {
        str(path.relative_to(ROOT)): long
        for path in SOURCES
        if (long := functions_over(LONGEST_FUNCTION, path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_a_long_function_is_seen() -> None:
    source = "def short():\n    pass\n\ndef long():\n" + "    pass\n" * 3
    assert functions_over(3, source) == [("long", 4)]


def test_nothing_is_put_off() -> None:
    words = re.compile(
        r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b"
    )
    found = [name for name, text in tracked_text() if words.search(text)]
    assert found == []


def test_no_file_names_a_package_index() -> None:
    """Whose index to ask is for the user's own pip to say, never for us."""
    hosts = ["pypi" + ".org", "python" + "hosted", "pypi" + ".python", "npmjs" + ".org"]
    options = ["index" + "-url", "index" + "_url", "find" + "-links", "trusted" + "-host"]
    spelled = "|".join(re.escape(word) for word in hosts)
    # An option may be named to be switched off; what may not stand is one with an address after it.
    named = "|".join(re.escape(word) for word in options)
    needle = re.compile(rf"""{spelled}|(?:{named})["']?[\s=:]*["']?\w+://""", re.IGNORECASE)
    assert [name for name, text in tracked_text() if needle.search(text)] == []


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_locked_requirements_are_exact_and_hashed(name: str) -> None:
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    assert "://" not in text
    packages = text.replace("\\\n", " ").strip().splitlines()
    assert len(packages) > 20
    unpinned = [line for line in packages if "==" not in line or "--hash=sha256:" not in line]
    assert unpinned == []


def test_run_and_test_agree_on_every_locked_package() -> None:
    run, test = (
        set(
            re.findall(r"^(\S+==\S+)", (ROOT / "packaging" / name).read_text("utf-8"), re.MULTILINE)
        )
        for name in REQUIREMENTS
    )
    assert run - test == set()


def test_modules_open_with_one_sentence() -> None:
    modules = [path for path in SOURCES if path.name != "__init__.py"]
    silent = [
        path.name for path in modules if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_links_of_the_readme_lead_somewhere() -> None:
    pages = [path for path in tracked_files() if path.suffix == ".md"]
    broken: list[str] = []
    for page in pages:
        links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        inside = [link for link in links if "://" not in link and not link.startswith("mailto:")]
        broken += [f"{page.name}: {link}" for link in inside if not (page.parent / link).exists()]
    assert broken == []


def test_commands_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    pages = "".join((ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    named = set(re.findall(r"`make ([a-z]+)`", pages))
    assert {"run", "test"} <= named
    assert {name for name in named if f"\n{name}:" not in makefile} == set()


def test_a_connection_is_refused() -> None:
    with socket.socket() as outside, pytest.raises(PermissionError, match="no business"):
        outside.connect(("127.0.0.1", 9))
    with pytest.raises(PermissionError, match="no business"):
        socket.getaddrinfo("localhost", 80)
    assert len(reached) == 2
    reached.clear()


def test_a_connection_is_refused_in_a_program_the_tests_start() -> None:
    asked = "import socket; socket.create_connection(('127.0.0.1', 9))"
    answer = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert "no business on a network" in answer.stderr


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"src/cmdesk/rules/a.py": {"lines": [], "branches": []}, "b.py": {"lines": [1]}}, []),
        (
            {"src/cmdesk/rules/a.py": {"lines": [3], "branches": [[7, -1]]}},
            ["src/cmdesk/rules/a.py: line 3", "src/cmdesk/rules/a.py: branch 7 to -1"],
        ),
        ({"b.py": {"lines": []}}, ["nothing under src/cmdesk/rules/ was measured"]),
    ],
)
def test_a_gap_in_the_rules_is_named(
    files: dict[str, dict[str, list[object]]], said: list[str], tmp_path: Path
) -> None:
    found = {
        name: {"missing_lines": gaps["lines"], "missing_branches": gaps.get("branches", [])}
        for name, gaps in files.items()
    }
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"files": found}))
    answer = subprocess.run(
        [sys.executable, ROOT / "packaging" / "coverage_report.py", report],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.stderr.splitlines() == [f"not covered: {gap}" for gap in said]
    assert answer.returncode == (1 if said else 0)


def licence_of(package: str) -> str:
    """Give the words in which an installed package states its licence."""
    stated = message_from_string(distribution(package).read_text("METADATA") or "")
    classified = [line for line in stated.get_all("Classifier", []) if line.startswith("License")]
    fields = [
        *stated.get_all("License-Expression", []),
        *stated.get_all("License", []),
        *classified,
    ]
    return " ".join(field.splitlines()[0] for field in fields if field)


def test_nothing_in_the_product_is_under_the_gpl() -> None:
    """A package may offer the GPL beside a licence we can keep; it may not offer the GPL alone."""
    locked = (ROOT / "packaging" / "requirements.txt").read_text(encoding="utf-8")
    names = re.findall(r"^([A-Za-z0-9._-]+)==", locked, re.MULTILINE)
    here = {name for name in names if is_installed(name)}
    copyleft = {name for name in here if "GPL" in re.sub(r"\bLGPL\b", "", licence_of(name))}
    assert len(here) > 20
    assert {name for name in copyleft if "LGPL" not in licence_of(name)} == set()


def is_installed(package: str) -> bool:
    try:
        distribution(package)
    except PackageNotFoundError:
        return False
    return True


def test_each_dependency_says_why_it_is_here() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| ([\w-]+) \|", page, re.MULTILINE)) - {"Package", "---"}
    asked = {re.split(r"[<>=]", line)[0].strip() for line in project["dependencies"]}
    assert named == asked
