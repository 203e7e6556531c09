import stat
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk import settings
from cmdesk.settings import Settings, SettingsFile

values = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=20) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def test_no_file_means_defaults(path: Path) -> None:
    assert settings.load(path) == Settings()


def test_what_is_changed_is_there_the_next_time(path: Path) -> None:
    file = SettingsFile(path)
    file.change(scheme="dark", lock_after=5, sizes={"clients": "272,728"})
    again = SettingsFile(path).now
    assert (again.scheme, again.lock_after, again.sizes) == ("dark", 5, {"clients": "272,728"})


def test_what_is_so_already_is_not_written_again(path: Path) -> None:
    file = SettingsFile(path)
    file.remember_vault(Path("a"))
    path.unlink()
    file.remember_vault(Path("a"))
    assert not path.exists()


def test_what_a_newer_version_wrote_is_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('text_size = 125\nhologram = "on"\n[arm]\nreach = 3\n')
    SettingsFile(path).change(lock_after=20)
    kept = tomllib.loads(path.read_text())
    assert kept["hologram"] == "on"
    assert kept["arm"] == {"reach": 3}
    assert (kept["text_size"], kept["lock_after"]) == (125, 20)


@pytest.mark.parametrize(
    "broken",
    ["= = =", "\x00", 'scheme = "pink"\ncontrast = "less"', 'lock_after = "soon"'],
)
def test_nonsense_is_passed_over(path: Path, broken: str) -> None:
    path.parent.mkdir()
    path.write_text(broken)
    assert settings.load(path).scheme == "system"
    assert settings.load(path).contrast == "system"
    assert settings.load(path).lock_after == 10


def test_what_is_out_of_range_is_brought_back(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("text_size = 9000\nlock_after = 0\nclear_copied = 1")
    found = settings.load(path)
    assert (found.text_size, found.lock_after, found.clear_copied) == (200, 1, 5)


def test_recent_vaults_newest_first_five_and_forgotten(path: Path) -> None:
    file = SettingsFile(path)
    for name in "abcdefa":
        file.remember_vault(Path(name))
    assert file.now.recent_vaults == ("a", "f", "e", "d", "c")
    file.forget_vault(Path("f"))
    assert SettingsFile(path).now.recent_vaults == ("a", "e", "d", "c")
    file.forget_vaults()
    assert SettingsFile(path).now.recent_vaults == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_file_is_its_owners_alone(path: Path) -> None:
    SettingsFile(path).change(lock_after=5)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["settings.toml"]


@given(st.dictionaries(st.text(max_size=8), values, max_size=5))
def test_any_table_is_read_back_as_written(table: dict[str, object]) -> None:
    assert tomllib.loads(settings._toml(table)) == table
