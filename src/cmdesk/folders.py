"""Where things are kept on this computer, and which places are not safe for records."""

import os
import sys
from pathlib import Path
from typing import Final

import platformdirs

_NAME: Final = "cmdesk"
_SYNCED: Final = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "cloudstorage": "a cloud drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pclouddrive": "pCloud",
    "box sync": "Box",
    "mega": "MEGA",
    "seafile": "Seafile",
    "proton drive": "Proton Drive",
}
_NETWORK: Final = frozenset(
    {"afs", "cifs", "davfs", "fuse.sshfs", "fuse.rclone", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"}
)
_DRIVE_REMOTE: Final = 4  # Windows: GetDriveTypeW


def data() -> Path:
    """Return the folder of this computer's own data: the device file, and vaults by default."""
    return platformdirs.user_data_path(_NAME, appauthor=False, roaming=False)


def config() -> Path:
    return platformdirs.user_config_path(_NAME, appauthor=False, roaming=False)


def logs() -> Path:
    return platformdirs.user_log_path(_NAME, appauthor=False)


def default_vault(name: str = "Practice") -> Path:
    """Return where a new vault goes; Documents and Desktop are often synced by OneDrive, iCloud."""
    return data() / f"{name}.cmdesk"


def synced_by(path: Path) -> str | None:
    """Name the service that keeps this place in step with other computers, if one shows itself."""
    path = path.absolute()
    for part in path.parts:
        folder = part.casefold()
        # OneDrive adds the organisation's name, Dropbox the account's: "OneDrive - Clinic".
        for known, service in _SYNCED.items():
            if folder == known or folder.startswith((f"{known} - ", f"{known} (")):
                return service
    for variable in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        root = os.environ.get(variable)
        if root and path.is_relative_to(root):
            return "OneDrive"
    if any((place / ".stfolder").exists() for place in (path, *path.parents)):
        return "Syncthing"
    return None


def is_synced(path: Path) -> bool:
    return synced_by(path) is not None


def is_network(path: Path) -> bool:
    """Whether the place is on another machine. False also where the system does not say."""
    path = path.absolute()
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - asked for on Windows alone

        drive = ctypes.windll.kernel32.GetDriveTypeW(path.anchor)
        return path.drive.startswith("\\\\") or drive == _DRIVE_REMOTE
    if sys.platform == "linux":
        return _mounted_as(path, Path("/proc/self/mounts")) in _NETWORK
    return False


def against(folder: Path) -> str:
    """Say what speaks against keeping records in a place; empty when nothing does."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return "Something is there already. Choose a new name."
    service = synced_by(folder)
    if service:
        return f"{service} copies this place elsewhere. Choose one on this laptop only."
    if is_network(folder):
        return "This place is on a network. Choose one on this laptop."
    return ""


def _mounted_as(path: Path, mounts: Path) -> str:
    """Return the type of the file system that holds `path`, "" if the table can't be read."""
    try:
        lines = mounts.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return ""
    kinds: dict[Path, str] = {}
    for line in lines:
        _, place, kind, *_ = line.split(" ")
        kinds[Path(place.replace("\\040", " "))] = kind
    existing = next((p for p in (path, *path.parents) if p.exists()), path)
    holder = next(
        (p for p in (existing.resolve(), *existing.resolve().parents) if p in kinds), None
    )
    return kinds[holder] if holder else ""
