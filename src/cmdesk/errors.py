"""What a user may meet. Anything else is a bug."""

from typing import ClassVar


class Problem(Exception):
    """Something the user can understand and put right: one plain sentence, and what to do."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message


class Locked(Problem):
    """The records were locked while something was still to be done. The door in sight says it."""

    def __init__(self) -> None:
        super().__init__("The vault is locked.", "Unlock it to go on.")


class WrongSecret(Problem):
    """The passphrase or the recovery code does not open this vault."""

    exit_code = 4


class Damaged(Problem):
    """Header, database or backup can't be read as it stands."""

    exit_code = 5


class DiskFull(Problem):
    """No room is left; what was there before is whole, and what was typed is still on screen."""


class NothingToShare(Problem):
    """No entry of the period may be released to this person."""

    exit_code = 3


class Cancelled(Exception):
    """The user changed their mind. Nothing is shown."""
