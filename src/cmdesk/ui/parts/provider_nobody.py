"""What the list of providers shows when nobody is in it: why, and the way on."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.provider_head import Narrowing
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.empty import Empty


class Ways(NamedTuple):
    """What the buttons do."""

    add: Callable[[], object]
    clear: Callable[[], object]
    drop: Callable[[Narrowing], object]
    bring_in: Callable[[], object]


def emptiness(desk: Desk, ways: Ways, drops: Sequence[tuple[Narrowing, int]], total: int) -> Empty:
    """Say why; `drops` are what narrows, with how many there would be without it, most first."""
    tr = desk.words.tr
    if not total:
        add = Button(tr("Add a provider"), "primary")
        add.clicked.connect(ways.add)
        bring = Button(tr("Bring in a file"), "plain")
        bring.clicked.connect(ways.bring_in)
        heading = tr("No providers yet")
        text = tr("Programs and professionals you call live here.")
        return Empty(Icon.BUILDING_COMPLEX, heading, text, [add, bring])
    clear = Button(tr("Clear filters"), "plain")
    clear.clicked.connect(ways.clear)
    if not drops or not drops[0][1]:
        return Empty(
            Icon.SEARCH, tr("No provider matches"), tr("Nor with one filter less."), [clear]
        )
    most, left = drops[0]
    drop = Button(tr("Drop “{filter}”").format(filter=most.text))

    def drop_it() -> None:
        ways.drop(most)

    drop.clicked.connect(drop_it)
    hint = tr("{n} match if you drop “{filter}”.").format(
        n=desk.words.number(left), filter=most.text
    )
    buttons = [drop, clear] if len(drops) > 1 else [drop]
    return Empty(Icon.SEARCH, tr("No provider matches"), hint, buttons)
