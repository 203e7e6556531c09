"""What this computer remembers: looks, window, recent vaults. Never anything about people."""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Literal, cast

RECENT = 5


def setting(default: object, label: str, effect: str) -> Any:
    """Declare a setting with its title and its one-line effect, for the settings page."""
    return field(default=default, metadata={"label": label, "effect": effect})


@dataclass(frozen=True, slots=True)
class Settings:
    """This device's settings. `extra` keeps what a newer version wrote."""

    scheme: Literal["system", "light", "dark"] = setting(
        "system", "Appearance", "Light, dark, or as the computer is set"
    )
    contrast: Literal["system", "more"] = setting(
        "system", "Contrast", "As the computer is set, or more of it here alone"
    )
    text_size: int = setting(100, "Text size", "80 to 200 per cent; Ctrl + and Ctrl -")
    lock_after: int = setting(
        10, "Lock after no activity", "Also when the lid closes or the computer sleeps"
    )
    clear_copied: int = setting(30, "Clear copied text", "Phone numbers and notes you copy")
    hide_from_sharing: bool = setting(
        default=True,
        label="Keep cmdesk out of screen sharing",
        effect="Works on Windows. On a Mac, use F8 instead",
    )
    language: str = setting("en", "Language", "Of the screen; letters have their own")
    recent_vaults: tuple[str, ...] = setting(
        (), "Recent files", "Their places only; Forget removes them"
    )
    backup_folder: str = setting("", "Backup drive", "Where copies of your records go")
    second_folder: str = setting("", "A second place", "Another drive, once a week")
    daily_backup: bool = setting(
        default=True, label="Back up every day", effect="Or the next time you open cmdesk"
    )
    backup_at: str = setting("23:40", "Time of the daily backup", "Hours and minutes")
    keep: Literal["usual", "longer", "longest"] = setting(
        "usual", "Keep", "Older ones are removed after a newer one is checked"
    )
    window: str = setting("", "Window", "Size and place")
    time_zone: str = setting("", "Time zone", "Of the practice opened last, for the door")
    sizes: Mapping[str, str] = field(default_factory=dict[str, str])
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any])


class SettingsFile:
    """The settings in force, and the TOML file they live in."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.now = load(path)
        self.listeners: list[Callable[[Settings], object]] = []

    def change(self, **values: Any) -> Settings:
        """Take new values, write the file, and tell who listens. What is so already is not written.

        For one waits for the disk, and every unlock names the vault that was named last.
        """
        wanted = replace(self.now, **values)
        if wanted == self.now:
            return wanted
        save(self._path, wanted)
        self.now = wanted
        for listener in self.listeners:
            listener(self.now)
        return self.now

    def remember_vault(self, folder: Path) -> None:
        """Put a vault at the head of the recent ones."""
        others = (place for place in self.now.recent_vaults if place != str(folder))
        self.change(recent_vaults=(str(folder), *others)[:RECENT])

    def forget_vault(self, folder: Path) -> None:
        self.change(recent_vaults=tuple(p for p in self.now.recent_vaults if p != str(folder)))

    def forget_vaults(self) -> None:
        self.change(recent_vaults=())


def load(path: Path) -> Settings:
    """Read the file; what is missing, unreadable or of the wrong kind takes its default."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Settings()
    defaults, known = Settings(), dict[str, Any]()
    for each in fields(Settings):
        if each.name in found and each.name != "extra":
            value: Any = found.pop(each.name)
            if each.name == "recent_vaults" and isinstance(value, list):
                value = tuple(str(place) for place in cast("list[object]", value))
            if type(value) is type(getattr(defaults, each.name)):
                known[each.name] = value
    return _sane(replace(defaults, extra=found, **known))


def _sane(settings: Settings) -> Settings:
    """Bring what a hand may have written back into range."""
    scheme = settings.scheme if settings.scheme in ("system", "light", "dark") else "system"
    contrast = settings.contrast if settings.contrast in ("system", "more") else "system"
    keep = settings.keep if settings.keep in ("usual", "longer", "longest") else "usual"
    return replace(
        settings,
        scheme=scheme,
        contrast=contrast,
        keep=keep,
        backup_at=_hour(settings.backup_at),
        text_size=max(80, min(200, settings.text_size)),
        lock_after=max(1, min(30, settings.lock_after)),
        clear_copied=max(5, min(600, settings.clear_copied)),
    )


def _hour(text: str) -> str:
    """Give back a time of day, the usual one if it is none."""
    try:
        return time.fromisoformat(text).strftime("%H:%M")
    except ValueError:
        return Settings().backup_at


def save(path: Path, settings: Settings) -> None:
    """Write the file whole or not at all, for its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    values = {each.name: getattr(settings, each.name) for each in fields(Settings)}
    values |= values.pop("extra")
    part = path.with_name(path.name + ".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(_toml(values))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _toml(values: Mapping[str, Any], under: str = "") -> str:
    """Write a table: plain values first, then the tables inside it."""
    text, tables = "", ""
    for key, value in values.items():
        if isinstance(value, Mapping):
            name = f"{under}.{_key(key)}" if under else _key(key)
            tables += f"\n[{name}]\n{_toml(cast('Mapping[str, Any]', value), name)}"
        else:
            text += f"{_key(key)} = {_value(value)}\n"
    return text + tables


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else _value(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(each) for each in cast("list[object]", value)) + "]"
    if isinstance(value, Mapping):
        table = cast("Mapping[str, object]", value)
        return "{" + ", ".join(f"{_key(key)} = {_value(table[key])}" for key in table) + "}"
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, str):
        import json  # noqa: PLC0415 - to write, not to read: the unlock window waits for no JSON

        # JSON's string is TOML's, but for the delete character.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)
