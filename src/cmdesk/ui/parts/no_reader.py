"""What the composer shows of a client about whom nobody may be written to yet."""

from collections.abc import Callable

from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.empty import Empty
from cmdesk.words import Words


def no_reader(words: Words, open_consents: Callable[[], object]) -> Empty:
    """Say how somebody comes to be one; `open_consents` leads there."""
    consents = Button(words.tr("Open consents"), "primary")
    consents.clicked.connect(open_consents)
    return Empty(
        Icon.MAIL,
        words.tr("Nobody to write to yet"),
        words.tr("Add a consent that names someone, or agree an update plan."),
        [consents],
    )
