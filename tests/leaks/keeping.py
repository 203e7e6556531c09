"""The rest of a sitting: what is done with the records as a whole, and what goes wrong."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QTimer
from sqlalchemy import text
from sqlalchemy.orm import Session

from cmdesk import clock
from cmdesk.store import security
from cmdesk.store.store import Store
from cmdesk.ui.dialogs.change_passphrase import ChangePassphrase
from cmdesk.ui.dialogs.log_contact import LogDialog
from cmdesk.ui.pages.activity import ActivityPage
from cmdesk.ui.pages.settings import SettingsPage
from cmdesk.ui.restoring import RestorePage
from cmdesk.ui.unlock import UnlockPage
from tests.leaks.hands import Hands
from tests.leaks.sitting import chart, passphrase, unlock


def backups(hands: Hands) -> None:
    hands.go("settings", tab="backups")
    for act in (hands.desk.backing_up.back_up, hands.desk.backing_up.drill):
        act()
        hands.wait(lambda: not hands.desk.backing_up.doing, "a backup")
    hands.settle()


class Chain:
    """A keychain at the edge: keeps its secret in memory."""

    name = "fake"

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def read(self, vault_id: str) -> bytes | None:
        return self._kept.get(vault_id)

    def write(self, vault_id: str, secret: bytes) -> None:
        self._kept[vault_id] = secret

    def remove(self, vault_id: str) -> None:
        self._kept.pop(vault_id, None)


def keys(hands: Hands) -> None:
    hands.go("settings", tab="security")
    chain, done = Chain(), list[object]()
    for work in (security.use_keychain, security.stop_keychain):
        hands.desk.handle(hands.desk, partial(_with_chain, work, chain)).then(done.append)
    hands.wait(lambda: len(done) == 2, "the keychain")
    page = hands.page
    assert isinstance(page, SettingsPage)
    page.security.change.click()
    dialog = hands.shown(ChangePassphrase)
    dialog.current.setText(passphrase(hands))
    for edit in (dialog.new.first, dialog.new.second):
        edit.setText(passphrase(hands, "second"))
    dialog.run()
    hands.gone(ChangePassphrase)


def _with_chain(work: Callable[[Store, Chain], None], chain: Chain, store: Store) -> None:
    work(store, chain)


def activity(hands: Hands) -> None:
    page = hands.go("activity")
    assert isinstance(page, ActivityPage)
    page.check_record()
    hands.wait(page.check.isEnabled, "the check")
    with hands.answering(None):
        page.export_record()
    with hands.answering(hands.folder / "Activity.csv"):
        page.export_record()
    hands.wait(page.export.isEnabled, "the record's export")


def failures(hands: Hands) -> None:
    """Let work fail in every place where it can, with a record's words in what it says."""
    chart(hands)
    word = hands.tokens.of("failure")

    def twice(session: Session) -> None:
        sql = text("INSERT INTO person SELECT * FROM person WHERE notes <> :word LIMIT 1")
        session.execute(sql, {"word": word})

    def chained(_session: Session) -> None:
        try:
            int(word)
        except ValueError as error:
            raise LookupError(word, {"said": word}) from error

    def raising() -> None:
        raise KeyError(word)

    for work in (twice, chained):
        hands.desk.do(hands.desk, f"Fail with {word}", work)
        hands.desk.fetch(hands.desk, work)
        hands.settle(200)  # an error of ours in the midst of telling another would hide that one
    thread = threading.Thread(target=raising, name=word)
    thread.start()
    thread.join()
    timer = QTimer(hands.desk, interval=0, singleShot=True)
    timer.timeout.connect(raising)
    timer.start()

    class Falling:
        def __del__(self) -> None:
            raising()

    Falling()
    hands.settle(200)


def lock(hands: Hands) -> None:
    """Lock over an open editor, be refused, come back; then be locked for doing nothing."""
    chart(hands)
    hands.command("log")
    hands.write(hands.shown(LogDialog).narrative, "typed.draft")
    hands.command("lock")
    hands.wait(lambda: not hands.program.desk, "the lock")
    door = hands.shown(UnlockPage)
    door.field.setText(passphrase(hands, "wrong"))
    door.open_records()
    hands.wait(lambda: not door.field.text() or door._left, "the refusal")
    hands.wait(lambda: not door._left and door.field.isEnabled(), "another try")
    unlock(hands, "second")
    dialog = hands.shown(LogDialog)
    assert dialog.narrative.text() == hands.tokens.of("typed.draft")
    hands.close(dialog)
    idle = hands.program._idle
    idle._last -= timedelta(hours=1)
    idle._ticked = clock.system()
    idle.tick()
    hands.wait(lambda: not hands.program.desk, "the idle lock")


def restore(hands: Hands) -> None:
    """Bring the first backup back from the door, into a folder of its own."""
    made = min((hands.program._door.folder / "backups").glob("*.cmbak"))
    hands.program._door.show_restore(made)
    page = hands.shown(RestorePage)
    page.passphrase.setText(passphrase(hands))
    page.run()
    hands.wait(lambda: hands.program.desk, "the restored records")
    hands.settle()
