"""What is known of the programs a search looks at: the directory, what was told, and how far."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged, zip_places
from cmdesk.models.care import Episode
from cmdesk.models.person import Address
from cmdesk.models.provider import Organisation, ProviderFact
from cmdesk.rules.care_codes import DischargeReason
from cmdesk.rules.distance import Point, miles
from cmdesk.rules.placement import Asked, Place
from cmdesk.rules.placement_words import Said

# The fields of a provider whose newest fact says what a need asks for.
FACTS: Final[Mapping[Asked, tuple[str, ...]]] = {
    Asked.TREATS: ("treats", "treats_well"),
    Asked.LEVEL: ("levels_of_care",),
    Asked.MODALITY: ("modalities", "family_program"),
    Asked.TAKES: ("takes",),
    Asked.PAYER: ("payers_in_network", "insurance"),
    Asked.AGE: ("ages", "age_groups"),
    Asked.GENDER: ("genders", "gender_groups"),
    Asked.ACCREDITATION: ("accreditation",),
    Asked.MEDICATION: ("medications",),
    Asked.DETOX: ("detox_on_site",),
    Asked.PRICE: ("private_pay_cents", "private_pay", "cost"),
    Asked.OPENING: ("wait", "opening_on", "openings", "opening"),
}


class Stays(NamedTuple):
    """How many of this practice’s own clients were placed there, and how many finished it."""

    placed: int
    finished: int


NOTHING_KNOWN: Final = Place()
NOBODY_YET: Final = Stays(0, 0)


@dataclass(frozen=True, slots=True)
class Known:
    """One program. `facts` are the newest words for each thing a need can ask for.

    `around` is the ZIP from which was counted in place of home, if one was.
    """

    id: int
    name: str
    city: str = ""
    state: str = ""
    mine: bool = True
    place: Place = NOTHING_KNOWN
    facts: Mapping[Asked, Said] = field(default_factory=dict[Asked, Said])
    stays: Stays = NOBODY_YET
    around: str = ""

    @property
    def where(self) -> str:
        return ", ".join(part for part in (self.city, self.state) if part)


def known(
    session: Session, client_id: int, ids: Iterable[int], *, far: bool = True, around: str = ""
) -> dict[int, Known]:
    """Return what is known of these programs, for one client; how far, only where that is asked.

    `around` is a ZIP from which is counted in place of home.
    """
    wanted = sorted(set(ids))
    ends = origins(session, client_id, around) if far else Origins(None, None)
    houses = session.scalars(select(Organisation).where(Organisation.id.in_(wanted))).all()
    towns, facts = _towns(session, wanted), _facts(session, wanted)
    stays = own_stays(session, wanted)
    return {
        house.id: Known(
            house.id,
            house.name,
            *towns.get(house.id, ("", "")),
            mine=house.mine,
            place=_place(session, house, towns.get(house.id, ("", ""))[1], facts, ends),
            facts=facts.get(house.id, {}),
            stays=stays.get(house.id, NOBODY_YET),
            around=around,
        )
        for house in houses
    }


class Origins(NamedTuple):
    """The two places of a client: home, and where they are cared for now."""

    home: Point | None
    here: Point | None


def origins(session: Session, client_id: int, around: str = "") -> Origins:
    """Return where a client is from and is, as far as that is known; a ZIP takes home’s place."""
    home = zip_places.point(around) if around else zip_places.home_of(session, client_id)
    return Origins(home, zip_places.now_of(session, client_id))


def apart(one: Point | None, other: Point | None) -> float | None:
    """Return the miles between two places; None where one is not known."""
    return miles(one, other) if one is not None and other is not None else None


def _place(
    session: Session,
    house: Organisation,
    state: str,
    facts: Mapping[int, Mapping[Asked, Said]],
    ends: Origins,
) -> Place:
    to = zip_places.place_of_house(session, house.id) if any(ends) else None
    said = facts.get(house.id, {}).get(Asked.OPENING)
    return Place(
        treats=tuple(house.treats),
        levels=tuple(house.levels_of_care),
        modalities=tuple(house.modalities),
        takes=tuple(house.takes),
        payers=tuple(house.payers_in_network),
        ages=tuple(house.age_groups),
        genders=tuple(house.gender_groups),
        accreditation=tuple(house.accreditation),
        medications=tuple(house.medications),
        states=(state,) if state else (),
        detox=house.detox_on_site,
        cents=house.private_pay_cents,
        per=house.private_pay_per,
        opening_on=house.opening_on,
        openings=house.openings,
        wait_days=house.wait_days,
        told_on=(said.on if said else None) or house.verified_on,
        home=apart(ends.home, to),
        here=apart(ends.here, to),
    )


def _towns(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return city and state of each, the newest address that holds."""
    query = select(Address.organisation_id, Address.city, Address.state).where(
        Address.organisation_id.in_(ids), Address.until.is_(None)
    )
    found = session.execute(query.order_by(Address.id.desc()))
    return {house: (city, state) for house, city, state in found if house is not None}


def _facts(session: Session, ids: Sequence[int]) -> dict[int, dict[Asked, Said]]:
    """Return the newest words that were told of each thing a need can ask for."""
    by_field = {name: asked for asked, names in FACTS.items() for name in names}
    query = select(ProviderFact).where(
        ProviderFact.organisation_id.in_(ids), ProviderFact.field.in_(by_field)
    )
    found: dict[int, dict[Asked, Said]] = {}
    for fact in session.scalars(query.order_by(ProviderFact.told_on, ProviderFact.id)):
        said = Said(fact.words, fact.told_by, fact.told_on)
        found.setdefault(fact.organisation_id or 0, {})[by_field[fact.field]] = said
    return found


def own_stays(session: Session, ids: Sequence[int]) -> dict[int, Stays]:
    """Count this practice’s own clients placed at each, none twice; not what came before us.

    Who left early did not finish: the last stay counts, by how it ended.
    """
    owners = merged.owners(session)
    query = select(Episode.organisation_id, Episode.client_id, Episode.discharge_reason).where(
        Episode.organisation_id.in_(ids),
        Episode.admitted.is_not(None),
        Episode.historical.is_(False),
    )
    people: dict[int, dict[int, bool]] = {}
    for house, client, ended in session.execute(query.order_by(Episode.admitted, Episode.id)):
        there = people.setdefault(house or 0, {})
        there[owners.get(client, client)] = ended == DischargeReason.TREATMENT_COMPLETED.value
    return {house: Stays(len(there), sum(there.values())) for house, there in people.items()}
