import pytest
from pytestqt.qtbot import QtBot

from cmdesk.ui import look
from cmdesk.ui.theme import Theme
from cmdesk.ui.tokens import Role
from cmdesk.ui.widgets.label import Label

ROLES: list[Role] = ["medium", "body", "small", "strong"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "words", ["Undone: Note a site visit", "Done again: Note a site visit", "Visit noted"]
)
def test_a_line_that_has_its_room_is_not_wrapped(
    dress: Theme, qtbot: QtBot, words: str, role: Role
) -> None:
    label = Label(words, role, wrap=True)
    qtbot.addWidget(label)
    assert label.heightForWidth(label.sizeHint().width()) == look.line_height(role)
