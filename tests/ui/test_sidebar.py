"""The sidebar keeps the width of the text size in force, whichever way that was reached."""

from pytestqt.qtbot import QtBot

from cmdesk.ui.privacy import Privacy
from cmdesk.ui.sidebar import Sidebar
from cmdesk.ui.theme import Theme
from cmdesk.words import Words


def test_it_is_narrow_again_when_the_text_is(dress: Theme, qtbot: QtBot) -> None:
    bar = Sidebar([], Words(), Privacy())
    qtbot.addWidget(bar)
    bar.show()
    assert bar.width() == 216
    while bar.width() < 375:
        before = bar.width()
        dress.zoom(1)
        bar.set_rail(rail=False)  # as another page comes to the front
        qtbot.waitUntil(lambda before=before: bar.width() > before)
    dress.zoom(0)
    qtbot.waitUntil(lambda: bar.width() == 216)
