"""Everything a program wrote and everything it left, searched; and what was found, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.leaks.recording import Sandbox
from tests.leaks.tokens import Tokens, kinds, open_letters

MODEST = 4  # files named in a message


@dataclass
class Swept:
    """What was found where nothing may be, and where it was meant to be."""

    writes: int = 0
    written: int = 0  # bytes
    files: int = 0
    left: int = 0  # bytes
    tokens: int = 0
    found: list[str] = field(default_factory=list[str])
    given_away: dict[str, set[str]] = field(default_factory=dict[str, set[str]])

    def __str__(self) -> str:
        return (
            f"{self.writes} writes, {self.written / 1e6:.1f} MB; {self.files} files left, "
            f"{self.left / 1e6:.1f} MB; {self.tokens} words looked for, {len(self.found)} found"
        )


def sweep(
    sandbox: Sandbox, tokens: Tokens, given_away: Iterable[str], secrets: Iterable[bytes] = ()
) -> Swept:
    """Search; `given_away` names what the user put on the desk on purpose, below it."""
    recorded = sandbox.recorded()
    left = sandbox.left(recorded)
    swept = Swept(recorded.writes, recorded.size, len(left), sum(map(len, left.values())))
    swept.tokens = len(tokens.given)
    away, sought = set(given_away), [each for secret in secrets for each in _spelled(secret)]
    streams = [*recorded.written.items(), *recorded.held, *left.items()]
    for path, data in streams:
        found = _found(bytes(data), tokens, sought)
        if name := _given(Path(path), sandbox.desk, away):
            swept.given_away.setdefault(name, set()).update(tokens.fields(bytes(data)))
        else:
            swept.found += [f"{path}: {each}" for each in found]
    for name in recorded.names:
        if tokens.hits(name.encode("utf-8", "surrogateescape")):
            swept.found.append(f"the name of {name}")
    swept.found += [f"{path} is mapped to be written" for path in sorted(recorded.mapped)]
    return swept


def _found(data: bytes, tokens: Tokens, sought: Iterable[bytes]) -> list[str]:
    told = [f"{hit.form} at {hit.at}: {hit.around!r}" for hit in tokens.hits(data)]
    told += [f"a {kind} in the open" for kind in kinds(data)]
    told += ["an open PDF"] * open_letters(data)
    return told + [f"a secret: {secret!r}" for secret in sought if secret in data]


def _spelled(secret: bytes) -> set[bytes]:
    """Give a recovery code as it is printed, typed, and counted in two bytes a letter."""
    text = secret.decode().strip()
    forms = {text, text.replace("-", ""), text.lower(), text.lower().replace("-", "")}
    return {form.encode(coding) for form in forms for coding in ("utf-8", "utf-16-le")}


def _given(path: Path, desk: Path, away: set[str]) -> str:
    """Return the name under which something was given away; a part is written before the whole."""
    if desk not in path.parents:
        return ""
    first = path.relative_to(desk).parts[0]
    return next((name for name in away if first == name or _is_part(first, name)), "")


def _is_part(first: str, name: str) -> bool:
    return first.endswith(".part") and (first.startswith((f"{name}.", f".{name}.")))
