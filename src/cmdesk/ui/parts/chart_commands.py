"""What can be done in a chart, by key, from its menu and from the search."""

from functools import partial
from typing import TYPE_CHECKING

from cmdesk.ui.commands import Command
from cmdesk.ui.icons import Icon

if TYPE_CHECKING:
    from cmdesk.ui.pages.chart import ChartPage


def of(page: "ChartPage") -> tuple[Command, ...]:
    """List the commands of a chart in the order in which they are shown."""
    tr, within, goals = page.desk.words.tr, page.log.list, page.goals
    client = page.client_of
    crisis, cover = partial(client, page.safety), partial(client, page.cover)
    consent, icon = partial(page.ask_consent, None), Icon.LIFE_BUOY
    plan_move = partial(page.transition.begin_for, client_of=lambda: page.client_id)
    return (
        Command("chart.log", tr("Log"), page.ask_log, "L", Icon.PLUS, within=within),
        Command("chart.update_here", tr("Write update"), page.ask_update, "U", within=within),
        Command("chart.find", tr("Find in log"), page.log.focus_text, "Ctrl+F", Icon.SEARCH),
        Command("chart.find_here", tr("Find"), page.log.focus_text, "/", within=within),
        Command("chart.stand", tr("Edit where things stand"), page.card.edit, "E", within=within),
        Command("chart.crisis", tr("Crisis plan"), crisis, "Ctrl+Shift+C", icon, menu="client"),
        Command(
            *("chart.coverage", tr("Coverage"), cover),
            menu="client",
            also=tr("insurance policy authorization approval days review denial appeal"),
        ),
        Command("chart.goal", tr("Add a goal"), goals.add, menu="client"),
        Command("chart.moved", tr("A goal moved"), goals.move_chosen, "M", within=goals.list),
        Command(
            *("chart.plan_move", tr("Plan a move"), plan_move),
            menu="client",
            also=tr("transition discharge leaving next level handoff"),
        ),
        Command(
            *("chart.person", tr("Add person to circle"), page.add_person),
            menu="client",
            also=tr("mother father parent partner sibling family relative someone"),
        ),
        Command("chart.consent", tr("New consent"), consent, menu="client"),
        Command("chart.previous", tr("Previous tab"), page.previous_tab, "[", within=within),
        Command("chart.next", tr("Next tab"), page.next_tab, "]", within=within),
    )
