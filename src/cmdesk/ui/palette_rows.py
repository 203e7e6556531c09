"""What the search offers, in groups: answers, commands, and what one may do for someone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

from rapidfuzz import fuzz

from cmdesk.casework.jump import Found
from cmdesk.casework.jump_acts import JumpAct
from cmdesk.casework.jump_hits import Hit
from cmdesk.casework.name_search import WORD, folded
from cmdesk.rules.contact_codes import Method
from cmdesk.ui.commands import Command
from cmdesk.ui.icons import Icon
from cmdesk.words import N_, Words

PEOPLE, DO, PLANS, LOG, FILES, TASKS, ELSE = (
    N_("Clients and people"),
    N_("Do"),
    N_("Plans and coverage"),
    N_("In the log"),
    N_("Files and letters"),
    N_("Tasks"),
    N_("Nothing found"),
)
COMMANDS_SHOWN: Final = 5
ADD_PERSON: Final = "chart.person"  # there while a chart is in front
ASKED_SHOWN: Final = 3  # people for whom the act that was typed is offered
FILLING: Final = frozenset(("a", "an", "the", "for", "of", "to", "start", "begin", "new"))
ALIKE: Final = 84  # of 100; one slip in a word of six letters
ICONS: Final = {
    "client": Icon.USER,
    "person": Icon.USERS,
    "organisation": Icon.BUILDING_COMPLEX,
    "inquiry": Icon.USER_PLUS,
    "goal": Icon.FLAG,
    "policy": Icon.SHIELD_CHECK,
    "authorization": Icon.SHIELD_CHECK,
    "safety": Icon.LIFE_BUOY,
    "medicine": Icon.PILL,
    "document": Icon.FILE_TEXT,
    "letter": Icon.MAIL,
    "task": Icon.SQUARE_CHECK_BIG,
}
METHODS: Final = {
    Method.PHONE: Icon.PHONE,
    Method.VOICEMAIL: Icon.PHONE_MISSED,
    Method.TEXT: Icon.MESSAGE_SQUARE,
    Method.SECURE_MESSAGE: Icon.MESSAGE_SQUARE,
    Method.E_MAIL: Icon.MAIL,
    Method.VIDEO: Icon.VIDEO,
    Method.IN_PERSON: Icon.MAP_PIN,
}


OF_A_CHART: Final = frozenset((JumpAct.COVERAGE, JumpAct.MOVE, JumpAct.PLACEMENT))
MOVES, PLACEMENTS = "transition", "placements"  # tabs of the chart


@dataclass(frozen=True, slots=True)
class Offer:
    """One row. `about` is the person or client behind it, for Tab; `run` is what Enter does.

    `id` is its place in the list; `names` says that title and detail hide with all names.
    """

    group: str
    icon: Icon
    title: str
    run: Callable[[], object]
    detail: str = ""
    keys: str = ""
    about: Hit | None = None
    names: bool = True
    id: int = 0


class Deeds(Protocol):
    """What the window does for the search."""

    def open_hit(self, hit: Hit) -> None: ...
    def log_for(self, hit: Hit) -> None: ...
    def log_line(self, line: str) -> None: ...
    def write_for(self, hit: Hit) -> None: ...
    def crisis_plan(self, client_id: int) -> None: ...
    def crisis_notice(self, hit: Hit) -> None: ...
    def edit_person(self, hit: Hit) -> None: ...
    def consent_of(self, hit: Hit) -> None: ...
    def task_for(self, client_id: int) -> None: ...
    def open_tab(self, client_id: int, tab: str) -> None: ...
    def coverage_of(self, client_id: int) -> None: ...
    def before_call(self, hit: Hit) -> None: ...
    def copy_number(self, hit: Hit) -> None: ...
    def new_client(self) -> None: ...


def of_found(found: Found, deeds: Deeds, words: Words) -> list[Offer]:
    """Make rows of the answers: people, what can be done for the first, and all that was found."""

    def leads(hit: Hit, group: str, icon: Icon) -> Offer:
        about = hit if group == PEOPLE else None
        return Offer(group, icon, hit.title, partial(deeds.open_hit, hit), hit.detail, about=about)

    made = [leads(hit, PEOPLE, ICONS[hit.kind]) for hit in found.people]
    named = found.people[: found.named]
    asked = [each for hit in named for each in of_act(found.act, hit, deeds, words)]
    told = {each.title for each in asked[:ASKED_SHOWN]}
    made = asked[:ASKED_SHOWN] + made
    if found.people:
        offered = for_person(found.people[0], deeds, words)
        made += [each for each in offered if each.title not in told][:3]
    made += [leads(hit, PLANS, ICONS[hit.kind]) for hit in found.plans]
    for hit in found.log:
        icon = METHODS.get(Method(hit.method), Icon.FILE_TEXT) if hit.method else Icon.FILE_TEXT
        made.append(leads(hit, LOG, icon))
    made += [leads(hit, FILES, ICONS[hit.kind]) for hit in found.files]
    return made + [leads(hit, TASKS, ICONS[hit.kind]) for hit in found.tasks]


def of_act(act: JumpAct | None, hit: Hit, deeds: Deeds, words: Words) -> list[Offer]:
    """Offer to do for somebody what was typed beside the name, where it can be done."""
    tr, client, name = words.tr, hit.client_id, hit.title
    person, chart = hit.kind == "person", hit.kind == "client"

    def offer(icon: Icon, title: str, run: Callable[[], object]) -> list[Offer]:
        return [Offer(DO, icon, title.format(name=name), run, hit.detail, about=hit)]

    if act is JumpAct.CALL:
        if client is not None and (person or chart):
            before = partial(deeds.before_call, hit)
            return offer(Icon.PHONE, tr("Before you call {name}"), before)
        copy = partial(deeds.copy_number, hit)
        number = tr("Copy the number of {name}")
        return offer(Icon.CLIPBOARD_LIST, number, copy) if hit.phone else []
    if act is None or client is None or not (person or chart):
        return []
    if act in OF_A_CHART:
        return offer(*_of_chart(act, client, deeds, words)) if chart else []
    log = tr("Log a contact for {name}") if chart else tr("Log a contact with {name}")
    task = tr("New task about {name}")
    notice = tr("Crisis notice about {name}") if chart else tr("Crisis notice to {name}")
    offers: dict[JumpAct, tuple[Icon, str, Callable[[], object]]] = {
        JumpAct.EDIT: (Icon.PENCIL, tr("Edit {name}"), partial(deeds.edit_person, hit)),
        JumpAct.LOG: (Icon.PLUS, log, partial(deeds.log_for, hit)),
        JumpAct.TASK: (Icon.SQUARE_CHECK_BIG, task, partial(deeds.task_for, client)),
        JumpAct.CONSENT: (
            Icon.SHIELD_CHECK,
            tr("Consents of {name}") if chart else tr("Consent for {name}"),
            partial(deeds.consent_of, hit),
        ),
        JumpAct.CRISIS: (Icon.MAIL, notice, partial(deeds.crisis_notice, hit)),
        JumpAct.WRITE: (
            Icon.MAIL,
            tr("Write an update about {name}") if chart else tr("Write an update for {name}"),
            partial(deeds.write_for, hit),
        ),
    }
    return offer(*offers[act])


def _of_chart(
    act: JumpAct, client: int, deeds: Deeds, words: Words
) -> tuple[Icon, str, Callable[[], object]]:
    """Name what stands in a client's chart, and open it there."""
    tr = words.tr
    if act is JumpAct.MOVE:
        return Icon.CHEVRON_RIGHT, tr("Moves of {name}"), partial(deeds.open_tab, client, MOVES)
    if act is JumpAct.PLACEMENT:
        search = partial(deeds.open_tab, client, PLACEMENTS)
        return Icon.SEARCH, tr("Placement search for {name}"), search
    return Icon.SHIELD_CHECK, tr("Coverage of {name}"), partial(deeds.coverage_of, client)


def for_person(hit: Hit, deeds: Deeds, words: Words) -> list[Offer]:
    """Offer what can be done for somebody, as Tab shows it in full."""
    tr, client = words.tr, hit.client_id
    made: list[Offer] = []

    def offer(icon: Icon, title: str, run: Callable[[], object], keys: str = "") -> None:
        made.append(Offer(DO, icon, title.format(name=hit.title), run, hit.telling, keys))

    if client is not None:
        log = tr(
            "Log a contact for {name}" if hit.kind == "client" else "Log a contact with {name}"
        )
        offer(Icon.PLUS, log, partial(deeds.log_for, hit), "Ctrl+L")
    if hit.kind == "client" and client is not None:
        offer(Icon.MAIL, tr("Write an update about {name}"), partial(deeds.write_for, hit))
        plan = partial(deeds.crisis_plan, client)
        offer(Icon.LIFE_BUOY, tr("Crisis plan of {name}"), plan, "Ctrl+Shift+C")
        offer(Icon.USER, tr("Open the chart of {name}"), partial(deeds.open_hit, hit))
    if hit.kind == "person" and client is not None:
        offer(Icon.PHONE, tr("Before you call {name}"), partial(deeds.before_call, hit))
        offer(Icon.PENCIL, tr("Edit {name}"), partial(deeds.edit_person, hit))
    if hit.phone:
        number = tr("Copy the number of {name}")
        offer(Icon.CLIPBOARD_LIST, number, partial(deeds.copy_number, hit))
    return made


def of_commands(commands: Sequence[Command], typed: str) -> list[Offer]:
    """Offer the commands whose words begin as typed, or nearly; all of them for nothing typed."""
    wanted = WORD.findall(folded(typed))
    fitting = {
        each.words: each
        for each in reversed(commands)  # of two that say the same, the first
        if each.enabled() and _fits(folded(f"{each.words} {each.also}"), wanted)
    }
    return [
        Offer(
            DO,
            each.icon or Icon.CHEVRON_RIGHT,
            each.words,
            each.run,
            keys=each.shortcut or "",
            names=False,
        )
        for each in reversed(fitting.values())
    ]


def _fits(said: str, wanted: Sequence[str]) -> bool:
    there = WORD.findall(said)
    telling = [each for each in wanted if each not in FILLING] or wanted
    return all(any(_means(each, word) for word in there) for each in telling)


def names_all(each: Offer, typed: str) -> bool:
    """Whether every word that was typed begins a word of the row."""
    there = WORD.findall(folded(f"{each.title} {each.detail}"))
    return all(any(_means(word, said) for said in there) for word in WORD.findall(folded(typed)))


def _means(typed: str, word: str) -> bool:
    return word.startswith(typed) or (len(typed) > 4 and fuzz.ratio(typed, word) >= ALIKE)


def of_nothing(
    typed: str, deeds: Deeds, words: Words, commands: Sequence[Command] = ()
) -> list[Offer]:
    """Offer the ways on when nothing is found; with a chart in front, someone for its circle."""
    log = words.tr("Log a contact with “{typed}”").format(typed=typed)
    new = words.tr("New client")
    return [
        Offer(ELSE, Icon.PLUS, log, partial(deeds.log_line, typed), keys="Ctrl+L", names=False),
        *(
            Offer(ELSE, Icon.USERS, each.words, each.run, names=False)
            for each in commands
            if each.name == ADD_PERSON and each.enabled()
        ),
        Offer(ELSE, Icon.USER_PLUS, new, deeds.new_client, names=False),
    ]
