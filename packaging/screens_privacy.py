"""Pictures of the sharing log, and of the dialogs for what was told, asked for and went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea

from cmdesk.casework import accounting, consents, incidents, rights, told_by_hand
from cmdesk.rules.codes import DisclosureBasis
from cmdesk.rules.disclosure_bases import DisclosureForm
from cmdesk.rules.incidents import IncidentForm
from cmdesk.rules.rights import RequestForm, Right
from cmdesk.ui.dialogs.accounting import open_accounting
from cmdesk.ui.dialogs.incident import open_incident
from cmdesk.ui.dialogs.rights_request import open_request
from cmdesk.ui.dialogs.told import open_told
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.widgets.checks import CheckBox
from cmdesk.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from screens import Studio

Draw = Callable[[], "QWidget"]
REPORT = DisclosureForm(
    basis=DisclosureBasis.REQUIRED_REPORT,
    day=date(2026, 2, 17),
    at=time(16, 5),
    recipient_name="Adult Protective Services",
    recipient_address="(718) 555-0160",
    what="That a neighbor was hurt on the landing",
    purpose="Report of abuse",
    topics=("safety",),
    only_needed=True,
    report="adult",
    report_number="26-0417",
    informed="Yes, before the call.",
)


def privacy_screens(studio: Studio) -> Iterator[tuple[str, Draw]]:
    """Give the pictures; what they keep is Maya's, and stays with her."""
    yield "16-sharing-log", partial(_log, studio)
    for name, show in (
        ("16-told", _told),
        ("16-told-emergency", _emergency),
        ("16-told-corrected", _corrected),
        ("16-request", _request),
        ("16-incident", _incident),
        ("16-accounting", _accounting),
    ):
        yield name, partial(studio.over_chart, partial(show, studio))
    yield "16-incidents", partial(_incidents, studio)


def _incidents(studio: Studio) -> QWidget:
    _keep(studio)
    return studio.open(Route("settings", tab="incidents"))


def _keep(studio: Studio) -> None:
    """Put there what the log shows, once."""
    client, store = studio.client("c-maya"), studio.store
    if any(row.basis == REPORT.basis for row in store.ask(accounting.rows, client)):
        return
    diane = next(
        row for row in store.ask(consents.rows, client) if "Diane" in " ".join(row.recipients)
    )
    call = DisclosureForm(
        day=date(2026, 3, 2),
        at=time(11, 20),
        recipient=diane.keys[0],
        recipient_name="Diane Brenner",
        what="That Maya began the second week well",
        purpose="Family support",
        topics=("progress",),
        under_part2=True,
        only_needed=True,
        consent_id=diane.id,
        notice="42 CFR 2.32(a)(2)",
        scope_given="Read out to her.",
    )
    report = store.do("Record", told_by_hand.record, client, REPORT)
    store.do("Record", told_by_hand.record, client, call)
    righted = replace(REPORT, why_corrected="The number was read wrong.")
    store.do("Correct", told_by_hand.correct, report, righted)
    access = RequestForm(Right.ACCESS, date(2026, 2, 20), what="My log of January")
    store.do("Ask", rights.save, client, access)
    store.do("Ask", rights.save, client, RequestForm(Right.ACCOUNTING, date(2026, 3, 4)))
    lost = IncidentForm(
        client, None, date(2026, 3, 5), date(2026, 3, 6), "A letter went to a wrong address"
    )
    store.do("Keep", incidents.save, lost)


def _log(studio: Studio) -> QWidget:
    _keep(studio)
    window = studio.open(Route("chart", studio.client("c-maya"), "consents"))
    studio.rest()
    for page in window.findChildren(ChartPage):
        for area in page.consents.findChildren(QScrollArea):
            area.verticalScrollBar().setValue(page.consents.sharing.y() - 16)
    return window


def _told(studio: Studio, client: int) -> None:
    dialog = open_told(studio.desk, studio.window, client)
    dialog.load(REPORT)
    tick = dialog.field("under_part2").editor
    if isinstance(tick, CheckBox):
        tick.click()


def _emergency(studio: Studio, client: int) -> None:
    dialog = open_told(studio.desk, studio.window, client)
    dialog.load(DisclosureForm(basis=DisclosureBasis.MEDICAL_EMERGENCY, day=date(2026, 3, 9)))
    dialog.check()
    dialog.middle.verticalScrollBar().setValue(600)


def _corrected(studio: Studio, client: int) -> None:
    _keep(studio)
    row = next(row for row in studio.store.ask(accounting.rows, client) if row.corrections)
    open_told(studio.desk, studio.window, client, row.corrections[-1].uid)


def _request(studio: Studio, client: int) -> None:
    _keep(studio)
    asked = studio.store.ask(rights.rows, client)[0]
    dialog = open_request(studio.desk, studio.window, client, asked.id)
    box = dialog.field("decision").editor
    if isinstance(box, Choice):
        box.choose("denied")
    dialog.follow()


def _incident(studio: Studio, client: int) -> None:
    _keep(studio)
    (row,) = studio.store.ask(incidents.rows, client)
    open_incident(studio.desk, studio.window, client, incident_id=row.id)


def _accounting(studio: Studio, client: int) -> None:
    _keep(studio)
    open_accounting(studio.desk, studio.window, client)
