"""Privacy incidents stay in a list, with a client and without, also when they are closed."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from cmdesk.casework import incidents
from cmdesk.rules.incidents import FACTORS, Finding, IncidentForm
from cmdesk.store.store import Store
from cmdesk.ui.dialogs.incident import IncidentDialog
from cmdesk.ui.parts.setting_row import SettingRow
from cmdesk.ui.settings.incidents import IncidentsSection
from tests.ui.settings.conftest import Open

pytestmark = pytest.mark.usefixtures("no_keychain")
DAY = date(2026, 3, 2)


def said(shown: IncidentsSection) -> list[str]:
    return [row.spoken() for row in shown.group.findChildren(SettingRow) if not row.isHidden()]


def test_a_closed_incident_of_nobody_is_still_listed_and_opens(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    (shown,) = opened("incidents").findChildren(IncidentsSection)
    assert len(said(shown)) == 1  # what records a new one
    lost = IncidentForm(
        discovered_on=DAY,
        what="A bag was left in a taxi.",
        determination=Finding.LOW_PROBABILITY,
        reason="It came back unopened.",
        closed_on=DAY,
        **dict.fromkeys(FACTORS, "In words"),
    )
    number = store.do("Keep", incidents.save, lost)
    qtbot.waitUntil(lambda: len(said(shown)) == 2)
    for words in ("Of no client", "Closed Mar 2", "A bag was left in a taxi."):
        assert words in said(shown)[1]
    shown._open(number)
    (dialog,) = shown.window().findChildren(IncidentDialog)
    assert dialog.draft.what == lost.what
    dialog.close_dialog()
