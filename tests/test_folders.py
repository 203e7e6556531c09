from pathlib import Path

import pytest

from cmdesk import folders


@pytest.mark.parametrize(
    ("place", "service"),
    [
        ("Dropbox/cases", "Dropbox"),
        ("Dropbox (Clinic)/cases", "Dropbox"),
        ("OneDrive - Clinic/Documents", "OneDrive"),
        ("Library/Mobile Documents/x", "iCloud Drive"),
        ("Library/CloudStorage/GoogleDrive-a/x", "a cloud drive"),
        ("Nextcloud", "Nextcloud"),
        ("Documents", None),
        ("dropbox-notes", None),
    ],
)
def test_synced_places_are_known_by_name(tmp_path: Path, place: str, service: str | None) -> None:
    assert folders.synced_by(tmp_path / place) == service
    assert folders.is_synced(tmp_path / place) == (service is not None)


def test_syncthing_is_known_by_its_mark_and_onedrive_by_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shared" / ".stfolder").mkdir(parents=True)
    assert folders.synced_by(tmp_path / "shared" / "deep" / "x.cmdesk") == "Syncthing"
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Work"))
    assert folders.synced_by(tmp_path / "Work" / "x") == "OneDrive"


def test_network_drives_are_read_from_the_mounts(tmp_path: Path) -> None:
    (tmp_path / "far away").mkdir()
    mounts = tmp_path / "mounts"
    root = tmp_path.resolve()
    mounts.write_text(
        f"/dev/a / ext4 rw 0 0\nserver {root}/far\\040away nfs4 rw 0 0\nodd {root}/mounts smb3 rw\n"
    )
    assert folders._mounted_as(tmp_path / "far away" / "new.cmdesk", mounts) == "nfs4"
    assert folders._mounted_as(tmp_path / "near", mounts) == "ext4"
    assert folders._mounted_as(tmp_path, tmp_path / "none") == ""
    assert not folders.is_network(tmp_path)


def test_vaults_live_with_this_computers_data() -> None:
    assert folders.default_vault().parent == folders.data()
    assert folders.default_vault("Clinic").name == "Clinic.cmdesk"
    assert not folders.is_synced(folders.default_vault())


def test_what_speaks_against_a_place(tmp_path: Path) -> None:
    assert folders.against(tmp_path / "Practice.cmdesk") == ""
    (tmp_path / "full").mkdir()
    assert folders.against(tmp_path / "full") == ""
    (tmp_path / "full" / "a").touch()
    assert "new name" in folders.against(tmp_path / "full")
    assert "new name" in folders.against(tmp_path / "full" / "a")
    assert folders.against(tmp_path / "Dropbox" / "Practice.cmdesk").startswith("Dropbox copies")
