"""Pictures of care outside programs: both lists in a chart, and their dialogs over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from cmdesk.casework import records_requests, referrals
from cmdesk.ui.dialogs.records_request import open_records_request
from cmdesk.ui.dialogs.referral import open_referral
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from screens import Studio

Draw = Callable[[], "QWidget"]


def service_screens(studio: Studio) -> Iterator[tuple[str, Draw]]:
    """Give the pictures, of Owen's lists and Maya's, and of what is typed."""
    owen, maya = studio.client("c-owen"), studio.client("c-maya")

    def lists(client: int) -> QWidget:
        studio.open(Route("chart", client, "placements"))
        studio.rest()
        studio.window.findChildren(ChartPage)[-1].placements.show_side("services")
        studio.rest()
        return studio.window

    def service(client: int) -> None:
        over = studio.store.ask(referrals.rows, client)[-1].id
        open_referral(studio.desk, studio.window, client, over)

    def new_service(client: int) -> None:
        open_referral(studio.desk, studio.window, client)

    def asked_of_us(_client: int) -> None:
        found = studio.store.ask(records_requests.rows, owen)
        number = next(each.id for each in found if each.form.direction == "to")
        dialog = open_records_request(studio.desk, studio.window, owen, number)
        typed = next(form for form, names in dialog.forms if "recipient" in names)
        typed.bound("recipient").set("Northside Clinic")  # no consent names them
        dialog.follow()

    def request(_client: int) -> None:
        found = studio.store.ask(records_requests.rows, owen)
        number = next(each.id for each in found if each.form.chases and not each.form.over)
        open_records_request(studio.desk, studio.window, owen, number)

    yield "08-services", partial(lists, owen)
    yield "08-services-maya", partial(lists, maya)
    for name, show in (
        ("08-service", service),
        ("08-service-new", new_service),
        ("08-records-request", request),
        ("08-records-request-to", asked_of_us),
    ):
        yield name, partial(studio.over_chart, show)
