"""What the client list shows when nobody is in it: why, and the way on."""

from collections.abc import Callable
from typing import NamedTuple

from cmdesk.casework import client_list
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.empty import Empty


class Ways(NamedTuple):
    """What the buttons do."""

    add: Callable[[], object]
    drop_attention: Callable[[], object]
    clear: Callable[[], object]


def emptiness(desk: Desk, ways: Ways, group: str, text: str, *, late: bool) -> Empty:
    """Say why the list is empty; no `group` = there is no client at all."""
    tr = desk.words.tr
    if not group:
        add = Button(tr("Add a client"), "primary")
        add.clicked.connect(ways.add)
        return Empty(
            Icon.USERS, tr("No clients yet"), tr("Add the first family you work with."), [add]
        )
    if text or late:
        return _no_match(desk, ways, group, text, late=late)
    heading = {
        "active": tr("No active clients"),
        "inquiries": tr("No inquiries"),
        "paused": tr("Nobody is paused"),
        "closed": tr("Nobody has been closed"),
    }
    return Empty(Icon.USERS, heading[group], tr("Clients of the other groups are one click away."))


def _no_match(desk: Desk, ways: Ways, group: str, text: str, *, late: bool) -> Empty:
    """Say which filter to drop, and how many would match."""
    tr, attention = desk.words.tr, desk.words.tr("Needs attention")
    clear = Button(tr("Clear filters"), "plain")
    clear.clicked.connect(ways.clear)
    if not (text and late):
        only = text or attention
        found = len(desk.ask(client_list.find, group))
        hint = tr("{n} if you drop “{filter}”.").format(n=found, filter=only)
        return Empty(Icon.SEARCH, tr("No client matches"), hint, [clear])
    found = len(desk.ask(client_list.find, group, text))
    hint = tr("{n} match if you drop “{filter}”.").format(n=found, filter=attention)
    drop = Button(tr("Drop “{filter}”").format(filter=attention))
    drop.clicked.connect(ways.drop_attention)
    return Empty(Icon.SEARCH, tr("No client matches both filters"), hint, [drop, clear])
