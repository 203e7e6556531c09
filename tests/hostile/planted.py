"""Practices by chance, full of things one reader may not hear of, and letters that say them all."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final

from sqlalchemy.orm import Session

from cmdesk.casework import letter_templates
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.models import goal as models
from cmdesk.models.base import Record
from cmdesk.models.care import Episode
from cmdesk.models.client import CircleMember, Client, Engagement
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.entry import Entry, EntryParticipant, EntryWording
from cmdesk.models.measure import MeasureResult
from cmdesk.models.person import ContactPoint, Person
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.models.provider import Organisation
from cmdesk.models.safety import Medication
from cmdesk.models.task import Task
from cmdesk.rules.codes import ConsentKind, Statement, UpdateTemplate
from cmdesk.rules.letter import Closed, Glance, Goal, Moment, Part, PartKind, Stay, Step
from cmdesk.rules.topics import Topic

NOW: Final = datetime(2026, 3, 9, 16, tzinfo=UTC)
WEEK: Final = (date(2026, 3, 2), date(2026, 3, 8))
COVERED: Final = (Topic.PROGRESS, Topic.ATTENDANCE)
KEPT: Final = (Topic.MEDICATION, Topic.LEGAL, Topic.OTHER_PERSON, Topic.PRIVATE, Topic.TRAUMA)
MEDICINES: Final = (
    "sertraline", "Lamictal", "methadone", "Zoloft", "quetiapine", "Zyprexa", "hidroxicina",
)  # fmt: skip
PLAIN: Final = (
    "The week went well.", "She slept at home on Sunday.", "A long walk helped her.",
    "They cooked supper together.", "She laughed a good deal.", "Please call me by Thursday.",
)  # fmt: skip
SYLLABLES: Final = (
    "ka", "vo", "ri", "zen", "mul", "dra", "tis", "pol", "\u00f1e", "\u0142u", "br\u00e9",
)  # fmt: skip
HIDDEN: Final = ("\u00ad", "\u200b", "\u2060")


@dataclass
class Planted:
    """One practice: whose letter it is, of which kind, and all that must not stand in it."""

    client_id: int = 0
    reader_id: int = 0
    kind: str = "weekly"
    language: str = "en"
    names: list[str] = field(default_factory=list[str])
    numbers: list[str] = field(default_factory=list[str])
    medicines: list[str] = field(default_factory=list[str])
    programs: list[str] = field(default_factory=list[str])
    lines: list[str] = field(default_factory=list[str])
    own: list[str] = field(default_factory=list[str])  # kept-back lines of goals, tasks and scores

    @property
    def phrases(self) -> list[str]:
        """What is no whole sentence."""
        return [*self.names, *self.numbers, *self.medicines, *self.programs, *self.own]

    @property
    def secrets(self) -> list[str]:
        return [*self.phrases, *self.lines]


class Maker:
    """Fills an empty practice by a seed."""

    def __init__(self, session: Session, seed: int) -> None:
        self._session, self._chance = session, Random(seed)  # noqa: S311 - nothing hangs on it
        self._used: list[str] = []
        self.made = Planted()

    def _add(self, row: Record) -> int:
        self._session.add(row)
        self._session.flush()
        return row.id

    def _word(self, least: int = 3) -> str:
        """Make a word that is no part of another, so that none is found by chance."""
        while True:
            made = "".join(self._chance.choices(SYLLABLES, k=self._chance.randint(least, 5)))
            bare = squeezed(made)
            if not any(bare in used or used in bare for used in self._used):
                self._used.append(bare)
                return made

    def _person(self, *, secret: bool, family: str = "") -> int:
        given, family = self._word().title(), family or self._word().title()
        person = self._add(Person(given_name=given, family_name=family, born=date(1990, 1, 1)))
        digits = "".join(self._chance.choices("23456789", k=10))
        self._add(ContactPoint(person_id=person, kind="mobile", value=f"+1 {digits}"))
        if secret:
            self.made.names += [given, f"{given} {family}"]
            self.made.numbers.append(digits)
        return person

    def practice(self) -> Planted:
        self.made.kind = self._chance.choice(list(UpdateTemplate)).value
        self.made.language = self._chance.choice(("en", "es"))
        self._session.add(Practice(name="Harbor Care", phone="+1 718 555 0142"))
        self._session.add(Practitioner(name="Nora Whitlock"))
        family = self._word().title()
        self.made.client_id = self._client(self._person(secret=False, family=family))
        self.made.reader_id = self._person(secret=False, family=family)
        self._tie(self.made.client_id, self.made.reader_id, "mother")
        for tie in self._chance.choices(("father", "sibling", "friend", "aunt"), k=2):
            self._tie(self.made.client_id, self._person(secret=True, family=family), tie)
        for _ in range(self._chance.randint(1, 3)):
            other = self._client(self._person(secret=True))
            self._tie(other, self._person(secret=True), "mother")
        medicine = self._word(4)
        self._add(Medication(client_id=self.made.client_id, name=f"{medicine} 20 mg"))
        self.made.medicines += [medicine, self._chance.choice(MEDICINES)]
        self._stay()
        self._own_lines()
        self._scores()
        self._consent()
        for _ in range(self._chance.randint(3, 7)):
            self._entry(released=self._chance.random() < 0.5)
        self._entry(released=True, spoiled=False)
        return self.made

    def _client(self, person: int) -> int:
        client = self._add(Client(person_id=person))
        self._add(Engagement(client_id=client, began_on=date(2026, 1, 5)))
        return client

    def _tie(self, client: int, person: int, tie: str) -> None:
        note = self._secret_line() if self._chance.random() < 0.3 else ""
        own = client == self.made.client_id
        if note and own:
            self.made.lines.append(note)
        self._add(
            CircleMember(client_id=client, person_id=person, relationship=tie, note=note * own)
        )

    def _stay(self) -> None:
        """Let the client stay at a program the reader may not hear of."""
        name = f"{self._word(4)} {self._word(4)}".title()
        house = self._add(Organisation(name=name, kind="program"))
        self._add(
            Episode(
                client_id=self.made.client_id, organisation_id=house, admitted=date(2026, 2, 2),
                level_of_care="asam4:rr", part2="no",
            )
        )  # fmt: skip
        self.made.programs.append(name)

    def _own_lines(self) -> None:
        """Keep lines the program would put into a letter itself, long and short, of kept topics."""
        client, made = self.made.client_id, [self._few_words() for _ in range(4)]
        kept = [self._chance.choice(KEPT)]
        self._add(
            models.Goal(
                client_id=client, name=made[0], family_line=made[1], topics=kept, part2="no"
            )
        )
        self._add(Task(client_id=client, text="Call", family_line=made[2], topics=kept, part2="no"))
        self._add(
            MeasureResult(
                client_id=client, instrument="", name="Calm", score=1.0, topics=kept,
                taken_on=date(2026, 3, 4), family_line=made[3], part2="no",
            )
        )  # fmt: skip
        self.made.own += made

    def _few_words(self) -> str:
        return " ".join(self._word() for _ in range(self._chance.randint(2, 6))).capitalize()

    def _scores(self) -> None:
        """Keep scores the reader may see: of one that tells nothing, and of one that tells all."""
        named = self._chance.choice(self.made.phrases)
        for name in ("Sleep", f"Days without {named}"):
            for day in (3, 5):
                self._add(
                    MeasureResult(
                        client_id=self.made.client_id, instrument="", name=name, score=float(day),
                        taken_on=date(2026, 3, day), family_line="It went up.", part2="no",
                    )
                )  # fmt: skip

    def _consent(self) -> None:
        consent = Consent(
            client_id=self.made.client_id,
            kind=self._chance.choice((ConsentKind.HIPAA, ConsentKind.PART2_SPECIFIC)),
            topics=list(COVERED),
            purpose="Support",
            signed_on=date(2026, 1, 28),
            expires_on=date(2026, 12, 31),
            signer="client",
            form_on_file=True,
            statements=list(Statement),
            channels=["encrypted_pdf"],
        )
        number = self._add(consent)
        self._add(ConsentRecipient(consent_id=number, person_id=self.made.reader_id))

    def _secret_line(self) -> str:
        return " ".join(self._word() for _ in range(self._chance.randint(5, 9))).capitalize() + "."

    def _entry(self, *, released: bool, spoiled: bool = True) -> None:
        at = NOW - timedelta(days=self._chance.randint(2, 5))
        narrative = self._secret_line()
        entry = self._add(
            Entry(
                client_id=self.made.client_id, occurred_at=at, occurred_zone="UTC", part2="no",
                narrative=narrative, status="signed",
            )
        )  # fmt: skip
        self._add(EntryParticipant(entry_id=entry, person_id=self.made.reader_id))
        line = self._chance.choice(PLAIN)
        if not released:
            line = self._secret_line()
            self.made.lines += [line, narrative]
        elif spoiled and self._chance.random() < 0.4:
            # A line let out was judged by its topics; it makes a program known, and nobody else.
            planted = (*self.made.names, *self.made.numbers, *self.made.medicines)
            line = f"{line} It was about {self.disguised(self._chance.choice(planted))} then."
        topics = self._chance.sample(COVERED if released else KEPT, k=1)
        self._add(EntryWording(entry_id=entry, at=at, topics=topics, family_line=line))

    # The letter

    def draft(self) -> LetterDraft:
        """Write a letter that says everything it must not, in every place, well disguised."""
        kind = letter_templates.of(self._session, self.made.kind, self.made.language)
        say, said = self._parts(), self._cells()
        lines = [part.key for part in kind.parts if part.kind is PartKind.LINES]
        texts = [part.key for part in kind.parts if part.kind is PartKind.TEXT]
        passages = [Passage(next(say), part=key) for key in lines for _ in range(2)]
        return LetterDraft(
            headline=next(say),
            greeting=next(say),
            opening=next(say),
            texts={key: f"{next(say)}\n{next(say)}" for key in texts},
            close="\n".join(next(say) for _ in range(len(self.made.secrets) // 2)),
            farewell=next(say),
            glance=tuple(Glance(next(said), next(say)) for _ in range(3)),
            goals=(Goal(next(said), 1, 3, next(say)), Goal("Rest", 1, 1, next(said))),
            steps=tuple(Step(next(said), next(said), next(said), next(said)) for _ in range(2)),
            dates=tuple(Step(next(said), next(said), next(said), next(said)) for _ in range(2)),
            closed=(Closed(next(said), next(said), next(said), next(said)),),
            clock=(Moment(next(said), next(said), next(said)),),
            stays=(Stay(next(said), next(said), next(said), next(said)),),
            passages=(*passages, *(Passage("She is well.", part=key) for key in lines[:1])),
            parts=tuple(self._headed(part, next(said)) for part in kind.parts),
            title=next(said),
            template=self.made.kind,
            language=self.made.language,
        )

    def _headed(self, part: Part, words: str) -> Part:
        """Give a section a heading of the user's own; half of them keep the program's."""
        if self._chance.random() < 0.5:
            return part
        return Part(part.kind, part.key, f"{{name}}, and {words}", topics=part.topics)

    def _secrets(self) -> Iterator[str]:
        """Give each secret once at least, and go on."""
        while True:
            secrets = [*self.made.secrets]
            self._chance.shuffle(secrets)
            yield from secrets

    def _parts(self) -> Iterator[str]:
        """Give secrets in turn with words that say nothing."""
        for secret in self._secrets():
            before, after = self._chance.choices(PLAIN, k=2)
            said = self.disguised(secret)
            if secret not in self.made.lines:
                said = f"She told me about {said}{self._chance.choice(('.', '!', ', and more.'))}"
            yield f"{before} {said} {after}"

    def _cells(self) -> Iterator[str]:
        """Give secrets for what is short: some alone, some with a sentence that stays."""
        for secret in self._secrets():
            said = self.disguised(secret)
            said = said if secret in self.made.lines else f"{said}."
            yield f"{said} Good." if self._chance.random() < 0.5 else said

    def disguised(self, secret: str) -> str:
        """Write it in another case, with other accents, spaces and signs without width."""
        chance = self._chance
        if secret.isdecimal():
            area, office, line = secret[:3], secret[3:6], secret[6:]
            return chance.choice(("({}) {}-{}", "{}.{}.{}", "{} {} {}", "+1{}{}{}")).format(
                area, office, line
            )
        made = chance.choice((str, str.upper, str.lower, str.title))(secret)
        made = unicodedata.normalize(chance.choice(("NFC", "NFD")), made)
        if secret not in self.made.lines:
            made = made.replace(" ", chance.choice((" ", "\u00a0", "  ")))
        if chance.random() < 0.3:
            at = chance.randrange(1, len(made))
            made = made[:at] + chance.choice(HIDDEN) + made[at:]
        return made


def squeezed(text: str) -> str:
    """Leave letters and figures alone, without case and accents: how one looks for a secret."""
    return "".join(sign for sign in _plain(text) if sign.isalnum())


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("\u0142", "l").replace("\u0141", "L"))
    return "".join(
        sign for sign in plain.casefold() if unicodedata.category(sign) not in {"Mn", "Cf"}
    )


def said_in(secret: str, text: str) -> bool:
    """Tell whether a text says it from a word's beginning on: "Rimul" is not in "Kari Mulvo"."""
    letters = squeezed(secret)
    if letters not in squeezed(text):
        return False
    begins = "" if letters.isdecimal() else r"(?<![^\W_])"
    return re.search(begins + r"[\W_]*".join(letters), _plain(text)) is not None
