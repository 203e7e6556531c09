"""One more way into a vault, if wished: a secret kept by the keychain of this computer's system.

Any package may bring a backend that writes plaintext, and any desktop may keep a program waiting
for ever; so only the systems' own keychains are asked, and none is waited for longer than 5 s.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from cmdesk.errors import Problem

T = TypeVar("T")
_LOG: Final = logging.getLogger(__name__)

SERVICE: Final = "cmdesk"
LIMIT: Final = 5.0  # seconds
_SIZE: Final = 32  # bytes; 64 characters, far below the 2 kB that Windows takes
_REAL: Final = frozenset(
    {
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.libsecret.Keyring",
    }
)
_CHAIN: Final = "keyring.backends.chainer.ChainerBackend"


class Keychain(Protocol):
    """Keeps one secret a vault."""

    @property
    def name(self) -> str: ...

    def read(self, vault_id: str) -> bytes | None:
        """Return the secret; None if there is none, or the keychain is locked or silent."""
        ...

    def write(self, vault_id: str, secret: bytes) -> None:
        """Keep the secret. Raises Problem, and nothing is kept."""
        ...

    def remove(self, vault_id: str) -> None:
        """Forget the secret. Raises Problem if the keychain does not answer."""
        ...


class NoAnswer(Exception):
    """The keychain failed, or took too long. Holds the kind of the failure, never its words."""


def system(
    limit: float = LIMIT, find: Callable[[], object] | None = None
) -> "SystemKeychain | None":
    """Return this system's own keychain, None if it has none that really locks.

    Loading `keyring` takes most of a second: never call this on the way to the unlock window.
    """
    try:
        backend = _within(limit, lambda: _chosen((find or _backend)()))
    except NoAnswer:
        return None
    return None if backend is None else SystemKeychain(backend, limit)


@dataclass(frozen=True, slots=True)
class SystemKeychain:
    """A backend of `keyring` that is the system's own; `limit` is in seconds."""

    backend: Any
    limit: float = LIMIT

    @property
    def name(self) -> str:
        return type(self.backend).__module__.rpartition(".")[2]

    def read(self, vault_id: str) -> bytes | None:
        try:
            text = _within(self.limit, lambda: self.backend.get_password(SERVICE, vault_id))
        except NoAnswer:
            return None
        return _secret(text)

    def write(self, vault_id: str, secret: bytes) -> None:
        def take_back() -> None:
            self.backend.delete_password(SERVICE, vault_id)

        def put() -> bool:
            self.backend.set_password(SERVICE, vault_id, secret.hex())
            same = _secret(self.backend.get_password(SERVICE, vault_id)) == secret
            if not same:
                take_back()
            return same

        try:
            kept = _within(self.limit, put, take_back)
        except NoAnswer as failure:
            raise _unanswered() from failure
        if not kept:
            raise Problem(
                "This computer's keychain did not keep what it was given.",
                "The passphrase and the recovery code open the vault as before.",
            )

    def remove(self, vault_id: str) -> None:
        def drop() -> None:
            if self.backend.get_password(SERVICE, vault_id) is not None:
                self.backend.delete_password(SERVICE, vault_id)

        try:
            _within(self.limit, drop)
        except NoAnswer as failure:
            raise _unanswered() from failure


class _Call(Generic[T]):
    """One call on a thread that may outlive our patience."""

    def __init__(self, work: Callable[[], T], late: Callable[[], object] | None) -> None:
        self._work, self._late = work, late
        self._turn = threading.Lock()
        self._done = threading.Event()
        self._abandoned = False
        self._answers: list[T] = []
        self._failure = "late"

    def run(self) -> None:
        try:
            answer = self._work()
        except Exception as error:  # noqa: BLE001 - a desktop's keychain may raise anything at all
            self._failure = type(error).__name__
            self._done.set()
            return
        with self._turn:
            abandoned = self._abandoned
            if not abandoned:
                self._answers.append(answer)
                self._done.set()
        if abandoned and self._late is not None:
            _Call(self._late, None).run()

    def wait(self, limit: float) -> T:
        self._done.wait(limit)
        with self._turn:
            if self._answers:
                return self._answers.pop()
            self._abandoned = True
        _LOG.warning("keychain: no answer (%s)", self._failure)
        raise NoAnswer(self._failure)


def _within(limit: float, work: Callable[[], T], late: Callable[[], object] | None = None) -> T:
    """Return what `work` returns. Raises NoAnswer if it raises or takes longer than `limit`.

    An answer that comes too late is dropped; `late` then undoes what was done.
    """
    call = _Call(work, late)
    threading.Thread(target=call.run, name="keychain", daemon=True).start()
    return call.wait(limit)


def _backend() -> object:
    import keyring  # noqa: PLC0415 - slow to load, and needed by those alone who want it

    return keyring.get_keyring()


def _chosen(backend: Any) -> Any | None:
    """Return the one to ask: of a chain a link, since the chain would try every other one, too."""
    links: list[Any] = backend.backends if _path(backend) == _CHAIN else [backend]
    return next((link for link in links if _path(link) in _REAL), None)


def _path(thing: object) -> str:
    return f"{type(thing).__module__}.{type(thing).__qualname__}"


def _secret(text: object) -> bytes | None:
    """Return what was kept, None if it is nothing that this program writes."""
    if not isinstance(text, str) or len(text) != 2 * _SIZE:
        return None
    try:
        return bytes.fromhex(text)
    except ValueError:
        return None


def _unanswered() -> Problem:
    return Problem(
        "This computer's keychain did not answer.",
        "Unlock it in the system's settings and try again, or go on with the passphrase alone.",
    )
