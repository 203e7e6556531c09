"""Privacy incidents stay in a list, with a client and without, also when they are closed."""

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
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


def test_tab_reads_on_from_the_list_to_the_section_and_its_facts(opened: Open) -> None:
    page = opened("incidents")
    met: list[QWidget] = []
    after = page.nextInFocusChain()
    while after is not None and after not in met:
        met.append(after)
        after = after.nextInFocusChain()
    places = [met.index(each) for each in (page.finder, page.record, *page.sections, page.aside)]
    start = places[0]
    turned = [(place - start) % len(met) for place in places]
    assert turned == sorted(turned)
