"""What `doctor` found, as lines to read."""

from collections.abc import Mapping
from typing import Any, cast


def facts_told(facts: Mapping[str, Any]) -> list[str]:
    """Return a line for each fact, and below `libraries` and `fonts` one for each of them."""
    lines: list[str] = []
    for name, value in facts.items():
        title = name.replace("_", " ")
        if isinstance(value, dict):
            pairs = cast("dict[str, Any]", value).items()
            lines += [f"{title}:", *(f"  {each} {_plain(version)}" for each, version in pairs)]
        elif isinstance(value, list):
            lines += [f"{title}:", *(f"  {each}" for each in cast("list[str]", value))]
        else:
            lines.append(f"{title}: {_plain(value)}")
    return lines


def _plain(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
