"""Where many readers stand on one day, asked for all of them at once."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from cmdesk.casework import plan_facts, verdicts, wishes
from cmdesk.casework.parties import Party
from cmdesk.casework.plan_facts import Pair
from cmdesk.rules import consent as rules
from cmdesk.rules.standing import Restriction, Standing


def standings(
    session: Session, readers: Collection[tuple[int, Party]], day: date
) -> dict[Pair, Standing]:
    """Return by client and person what `verdicts.standing` does; readers are people.

    Those who were merged are asked about one by one: their places stand under several numbers.
    """
    known = plan_facts.several(session)
    plain = {(client_id, party.person_id or 0): party for client_id, party in readers}
    apart = {pair: party for pair, party in plain.items() if known.named(*pair)}
    plain = {pair: party for pair, party in plain.items() if pair not in apart}
    clients = {client_id for client_id, _ in plain}
    forms, ties = plan_facts.forms(session, plain), plan_facts.ties(session, plain)
    who = plan_facts.subjects(session, clients) if plain else {}
    held_back: dict[int, list[Restriction]] = {}
    for client_id, wish in wishes.of_clients(session, clients) if plain else ():
        held_back.setdefault(client_id, []).append(wish)
    found: dict[Pair, Standing] = {}
    for pair, party in plain.items():
        relation, tpo = ties.get(pair, ("", False))
        told = rules.Recipient(party.key, party.called, party.full_name, relation, tpo)
        own, held = forms.get(pair, ()), held_back.get(pair[0], ())
        found[pair] = rules.standing(who[pair[0]], told, own, held, day)
    return found | {
        pair: verdicts.standing(session, pair[0], party, day) for pair, party in apart.items()
    }
