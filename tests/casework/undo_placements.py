"""The writes of a search for a place, each ready to be done, undone and done again."""

from collections.abc import Callable
from typing import Any, Final

from cmdesk.casework import candidate_steps, placement_records, placement_said, placements
from cmdesk.casework import placement_writes as writes
from cmdesk.rules.placement import Need
from cmdesk.rules.placement_draft import AnswerForm, CandidateForm, DecisionForm, WordForm
from cmdesk.rules.placement_way import MoveForm
from cmdesk.store.store import Store
from tests.casework.searches import SCHOOL, begun, looked_at, program
from tests.records import MONDAY, Maya, tell_all

Act = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
Making = Callable[[Store, Maya], Act]


def act(work: Callable[..., Any], *args: Any) -> Act:
    return work, args, {}


def asked(store: Store, maya: Maya) -> tuple[int, int]:
    """Return a search and a candidate with an answer and a word about it."""
    search = begun(store, maya)
    candidate = store.do("Add", writes.add, search, program(store))
    need = looked_at(store, search).needs[0].id
    store.do("Answer", writes.answer, candidate, {need: AnswerForm("yes", "One bed")})
    store.do("Say", placement_said.say, search, candidate, WordForm(1, MONDAY, "Fine"))
    return search, candidate


def saved(store: Store, maya: Maya) -> Act:
    search, _ = asked(store, maya)
    board = looked_at(store, search)
    return act(writes.save, search, board.form, (Need(0, "A band"), board.needs[1]))


def answered(store: Store, maya: Maya) -> Act:
    search, candidate = asked(store, maya)
    one, other = store.ask(placements.needs_of, search)
    answers = {one.id: AnswerForm(), other.id: AnswerForm("no", "Too dear", "Renee", MONDAY)}
    return act(writes.answer, candidate, answers)


def unsaid(store: Store, maya: Maya) -> Act:
    search = begun(store, maya)
    return act(
        placement_said.unsay,
        store.do("Say", placement_said.say, search, None, WordForm(1, MONDAY, "Fine")),
    )


def sent_again(store: Store, maya: Maya) -> Act:
    house = program(store)
    candidate = store.do("Add", writes.add, begun(store, maya), house)
    tell_all(store, maya, f"o{house}")
    sent = MoveForm("packet_sent", MONDAY)
    store.do("Send", writes.move, candidate, sent)
    return act(placement_records.send_again, candidate, sent)


def called(store: Store, maya: Maya) -> Act:
    _, candidate = asked(store, maya)
    form = CandidateForm(next_step="Call", next_on=MONDAY, version=1)
    store.do("Next", writes.save_candidate, candidate, form)
    return act(candidate_steps.finish, candidate, maya.entry)


SEARCHES: Final[dict[str, Making]] = {
    "placement_writes.begin": lambda _s, maya: act(writes.begin, maya.client, SCHOOL),
    "placement_writes.save": saved,
    "placement_writes.add": lambda s, m: act(writes.add, begun(s, m), program(s)),
    "placement_writes.move": lambda s, m: act(
        writes.move, asked(s, m)[1], MoveForm("no_show", MONDAY, "Never came")
    ),
    "placement_writes.star": lambda s, m: act(writes.star, asked(s, m)[1]),
    "placement_writes.save_candidate": lambda s, m: act(
        writes.save_candidate, asked(s, m)[1], CandidateForm("One bed", version=1)
    ),
    "placement_writes.answer": answered,
    "placement_writes.keep": lambda s, m: act(
        writes.keep, asked(s, m)[1], CandidateForm("One bed", version=1), {}
    ),
    "candidate_steps.finish": called,
    "placement_writes.take_out": lambda s, m: act(writes.take_out, asked(s, m)[1]),
    "placement_writes.close": lambda s, m: act(writes.close, begun(s, m)),
    "placement_writes.take_away": lambda s, m: act(writes.take_away, asked(s, m)[0]),
    "placement_said.say": lambda s, m: act(
        placement_said.say, begun(s, m), None, WordForm(1, MONDAY, "Fine")
    ),
    "placement_said.unsay": unsaid,
    "placement_said.decide": lambda s, m: act(
        placement_said.decide, begun(s, m), DecisionForm(MONDAY, "Diane", "There", version=1)
    ),
    "placement_said.state_conflicts": lambda s, m: act(
        placement_said.state_conflicts, begun(s, m), "Nothing to tell."
    ),
}
