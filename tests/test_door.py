"""What the door does beside the records, while somebody else may have them."""

from pathlib import Path

import pytest

from cmdesk import door
from cmdesk.errors import Problem
from cmdesk.store import keys, lockfile
from tests.store import small
from tests.store.conftest import Opener, code, folder, migrations, opened, template

__all__ = ["code", "folder", "migrations", "opened", "template"]
NEW = "another quiet harbor lantern"


def test_a_passphrase_is_not_replaced_behind_an_open_vault(
    folder: Path, code: str, opened: Opener
) -> None:
    """Closing it, the other window would write the old way in over the new one."""
    store = opened()
    with pytest.raises(Problem, match="open in another window"):
        door.set_passphrase(folder, keys.unlock(folder, code=code), NEW)
    store.close()
    keys.unlock(folder, small.PASSPHRASE).forget()


def test_a_passphrase_replaced_at_the_door_opens_the_vault(
    folder: Path, code: str, opened: Opener
) -> None:
    stale = keys.unlock(folder, code=code)
    opened().close()  # the header was written since
    door.set_passphrase(folder, stale, NEW)
    keys.unlock(folder, NEW).forget()
    assert not lockfile.left(folder)
    opened().close()
