"""What no one may write into the store, checked on its source."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

STORE = Path(__file__).parents[2] / "src" / "cmdesk" / "store"
SOURCES = sorted(STORE.glob("*.py"))
OPENERS = {"open", "read_bytes", "read_text", "write_bytes", "write_text"}
MAY_OPEN = {
    "files.py": set[str](),  # uses os.open
    "header.py": {"_bytes"},
    "lockfile.py": {"take_for_reading", "has_journal"},
    "device.py": {"_read"},
    "mending.py": {"_first_page"},  # of records that are closed
    "opening_proof.py": {"prove_file"},  # the records, before any engine is open
    "store.py": {"records"},  # never closed while an engine is open
    "check.py": {"_bytes"},
    "container.py": {"_opened", "extract", "write"},  # backups, and copies of the records
    "backup.py": {"_source"},  # the records, while no engine is open
    "passphrases.py": {"_resource"},
}


def texts(tree: ast.AST) -> list[str]:
    """Return the strings of a module that are not docstrings."""
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
    ]


def openers(tree: ast.AST) -> set[str]:
    """Return the functions that open files by Python's own means."""
    found: set[str] = set()
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                called = node.func if isinstance(node, ast.Call) else None
                name = getattr(called, "attr", getattr(called, "id", ""))
                owner = getattr(getattr(called, "value", None), "id", "")
                if name in OPENERS and owner != "os":
                    found.add(function.name)
    return found


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_the_key_never_becomes_text_in_a_pragma(source: Path) -> None:
    tree = ast.parse(source.read_text())
    for text in texts(tree):
        words = text.casefold().replace("=", " ").split()
        assert not ("pragma" in words and {"key", "rekey", "hexkey", "textkey"} & set(words))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_files_are_opened_where_it_was_thought_about(source: Path) -> None:
    assert openers(ast.parse(source.read_text())) <= MAY_OPEN.get(source.name, set())


def test_the_lint_sees_what_it_should() -> None:
    bad = ast.parse("def f(path):\n    path.open('rb')\n    run('PRAGMA key = x')")
    assert openers(bad) == {"f"}
    assert "PRAGMA key = x" in texts(bad)


def test_the_unlock_window_needs_neither_sqlalchemy_nor_sqlcipher() -> None:
    script = (
        "import sys, cmdesk.store.keys, cmdesk.store.passphrases\n"
        "print([m for m in sys.modules if m.split('.')[0] in "
        "('sqlalchemy', 'sqlcipher3', 'alembic', 'keyring', 'PySide6')])"
    )
    asked = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert asked.stdout.strip() == "[]"
