"""Keychains that are not there, refuse, lie or never answer (reliability, S11)."""

import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

import pytest
from keyring.errors import KeyringLocked, NoKeyringError, PasswordDeleteError

from cmdesk.errors import Problem
from cmdesk.store import keychain
from cmdesk.store.keychain import SystemKeychain

SECRET = bytes(range(32))
LIMIT = 0.2  # seconds, instead of 5
PATIENCE = 10.0  # for another thread; a bound, not a wait


@dataclass
class Fake:
    """A keychain that keeps what it is given."""

    kept: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


def named(base: type, module: str, name: str = "Keyring") -> Any:
    """Return a fake under the name of a backend of `keyring`."""
    made = type(name, (base,), {"__module__": module})
    made.__qualname__ = name
    return made()


def real(base: type = Fake) -> Any:
    return named(base, "keyring.backends.SecretService")


def raising(error: Exception) -> type:
    def refuse(_self: object, *_given: str) -> None:
        raise error

    return type(
        "Raising", (), dict.fromkeys(("get_password", "set_password", "delete_password"), refuse)
    )


@pytest.fixture
def hanging() -> Generator[tuple[SystemKeychain, threading.Event]]:
    """Return a keychain that answers only when it is let go."""
    go = threading.Event()

    class Hanging(Fake):
        def get_password(self, service: str, username: str) -> str | None:
            go.wait(PATIENCE)
            return super().get_password(service, username)

        def set_password(self, service: str, username: str, password: str) -> None:
            go.wait(PATIENCE)
            super().set_password(service, username, password)

    yield SystemKeychain(real(Hanging), LIMIT), go
    go.set()


def settled(true: Callable[[], bool]) -> bool:
    """Wait, within bounds, for what another thread does."""
    until = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < until:
        threading.Event().wait(0.005)
    return true()


def no_thread_is_left() -> bool:
    return not any(thread.name == "keychain" for thread in threading.enumerate())


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("keyring.backends.macOS", "Keyring"),
        ("keyring.backends.Windows", "WinVaultKeyring"),
        ("keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
        ("keyring.backends.kwallet", "DBusKeyringKWallet4"),
        ("keyring.backends.libsecret", "Keyring"),
    ],
)
def test_the_systems_own_keychains_are_used(module: str, name: str) -> None:
    found = keychain.system(find=lambda: named(Fake, module, name))
    assert found is not None
    assert found.name == module.rpartition(".")[2]
    assert found.limit == 5.0


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("keyring.backends.fail", "Keyring"),
        ("keyring.backends.null", "Keyring"),
        ("keyrings.alt.file", "PlaintextKeyring"),
        ("keyrings.alt.file", "EncryptedKeyring"),
        ("keyrings.cryptfile.cryptfile", "CryptFileKeyring"),
        ("keyring.backends.SecretService", "Keyring2"),
        ("evil.keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.chainer", "Chain"),
    ],
)
def test_all_others_are_refused(module: str, name: str) -> None:
    assert keychain.system(find=lambda: named(Fake, module, name)) is None


def test_of_a_chain_the_link_itself_is_asked() -> None:
    plain = named(Fake, "keyrings.alt.file", "PlaintextKeyring")
    good = real()
    chain = named(Fake, "keyring.backends.chainer", "ChainerBackend")
    chain.backends = [plain, good]
    found = keychain.system(find=lambda: chain)
    assert found is not None
    assert found.backend is good
    found.write("v-1", SECRET)
    assert plain.kept == {}
    chain.backends = [plain]
    assert keychain.system(find=lambda: chain) is None
    chain.backends = []
    assert keychain.system(find=lambda: chain) is None


def test_no_keychain_at_all_is_no_keychain() -> None:
    def broken() -> object:
        raise NoKeyringError

    assert keychain.system(find=broken) is None
    assert keychain.system(limit=30) is None or isinstance(keychain.system(), SystemKeychain)


def test_a_search_that_hangs_is_given_up() -> None:
    go = threading.Event()

    def slow() -> object:
        go.wait(PATIENCE)
        return real()

    started = time.monotonic()
    assert keychain.system(LIMIT, slow) is None
    assert time.monotonic() - started < PATIENCE / 2
    go.set()


def test_a_secret_is_kept_read_and_forgotten() -> None:
    backend = real()
    held = SystemKeychain(backend, LIMIT)
    assert held.read("v-1") is None
    held.write("v-1", SECRET)
    assert held.read("v-1") == SECRET
    assert held.read("v-2") is None
    assert [len(text) for text in backend.kept.values()] == [64]
    assert list(backend.kept) == [("cmdesk", "v-1")]
    held.remove("v-1")
    assert backend.kept == {}
    held.remove("v-1")  # already gone is gone


def test_a_limit_of_two_kilobytes_is_far_away() -> None:
    class Small(Fake):
        def set_password(self, service: str, username: str, password: str) -> None:
            if len(password.encode("utf-16-le")) > 2048:
                raise ValueError
            super().set_password(service, username, password)

    held = SystemKeychain(real(Small), LIMIT)
    held.write("v-1", SECRET)
    assert held.read("v-1") == SECRET


@pytest.mark.parametrize(
    "error", [KeyringLocked(), NoKeyringError(), RuntimeError("Maya Okafor"), OSError()]
)
def test_a_keychain_that_fails_is_a_keychain_without_an_answer(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    held = SystemKeychain(real(raising(error)), LIMIT)
    assert held.read("v-1") is None
    with pytest.raises(Problem, match="did not answer"):
        held.write("v-1", SECRET)
    with pytest.raises(Problem, match="did not answer"):
        held.remove("v-1")
    assert type(error).__name__ in caplog.text
    assert "Maya" not in caplog.text


@pytest.mark.parametrize("kept", ["", "00" * 31, "zz" * 32, "\N{SNOWMAN}" * 64, "0" * 3000])
def test_what_we_never_wrote_is_not_a_secret(kept: str) -> None:
    backend = real()
    backend.kept["cmdesk", "v-1"] = kept
    assert SystemKeychain(backend, LIMIT).read("v-1") is None


def test_a_keychain_that_keeps_something_else_is_refused() -> None:
    class Lying(Fake):
        def set_password(self, service: str, username: str, password: str) -> None:
            super().set_password(service, username, password[:10])

    backend = real(Lying)
    with pytest.raises(Problem, match="did not keep"):
        SystemKeychain(backend, LIMIT).write("v-1", SECRET)
    assert backend.kept == {}


def test_nobody_waits_longer_than_the_limit(
    hanging: tuple[SystemKeychain, threading.Event], caplog: pytest.LogCaptureFixture
) -> None:
    held, go = hanging
    held.backend.kept["cmdesk", "v-1"] = SECRET.hex()
    started = time.monotonic()
    assert held.read("v-1") is None
    with pytest.raises(Problem, match="did not answer"):
        held.remove("v-1")
    assert time.monotonic() - started < PATIENCE / 2
    assert "late" in caplog.text
    go.set()
    assert settled(no_thread_is_left)
    assert held.backend.kept == {}  # removing was only late
    held.write("v-1", SECRET)  # the control: let go, it answers
    assert held.read("v-1") == SECRET


def test_what_is_kept_too_late_is_taken_back(
    hanging: tuple[SystemKeychain, threading.Event],
) -> None:
    held, go = hanging
    taken_back = threading.Event()
    drop = held.backend.delete_password

    def noticed(service: str, username: str) -> None:
        drop(service, username)
        taken_back.set()

    held.backend.delete_password = noticed
    with pytest.raises(Problem, match="did not answer"):
        held.write("v-1", SECRET)
    go.set()
    assert taken_back.wait(PATIENCE)
    assert held.backend.kept == {}


def test_an_answer_after_the_limit_is_dropped() -> None:
    go, asked = threading.Event(), threading.Event()

    def work() -> str:
        go.wait(PATIENCE)
        asked.set()
        return "late"

    with pytest.raises(keychain.NoAnswer, match="late"):
        keychain._within(LIMIT, work)
    go.set()
    assert asked.wait(PATIENCE)
    assert settled(no_thread_is_left)
