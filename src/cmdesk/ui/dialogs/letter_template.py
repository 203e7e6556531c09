"""A kind of letter: its sections in order, and the words that stand in it, in each language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import letter_templates
from cmdesk.rules import letter_template as rules
from cmdesk.rules.letter import Part, PartKind
from cmdesk.rules.letter_template import Readers, Span, Template
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.dialogs.topic_chips import TopicChips
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts.template_parts import TOPICS, PartRow, PartsEditor
from cmdesk.ui.widgets.button import Button
from cmdesk.words import N_

WIDE: Final = 720
SPANS: Final = (
    (Span.WEEK, N_("The week")),
    (Span.MONTH, N_("The month")),
    (Span.DAY, N_("The day")),
    (Span.STAY, N_("The stay")),
    (Span.ANY, N_("Any days")),
)
READERS: Final = (
    (Readers.FAMILY, N_("Family")),
    (Readers.PROVIDER, N_("Providers")),
    (Readers.SCHOOL, N_("School or employer")),
)
NO_HOURS: Final = -1  # what is no number of hours: refused as one, in words
# What a fault of the whole is shown under.
SHOWN_UNDER: Final = {"words": "opening", "code": "name"}


@dataclass(frozen=True, slots=True)
class TemplateForm:
    """A kind of letter as the dialog holds it; `parts` are rows of `PartRow`."""

    name: str = ""
    title: str = ""
    span: str = Span.WEEK.value
    readers: str = Readers.FAMILY.value
    due_hours: str = ""
    topics: tuple[str, ...] = ()
    headline: str = ""
    greeting: str = ""
    opening: str = ""
    close: str = ""
    farewell: str = ""
    parts: tuple[tuple[str, ...], ...] = ()


def form_of(template: Template) -> TemplateForm:
    return TemplateForm(
        name=template.name,
        title=template.title,
        span=template.span.value,
        readers=template.readers.value,
        due_hours=str(template.due_hours or ""),
        topics=template.topics,
        headline=template.headline,
        greeting=template.greeting,
        opening=template.opening,
        close=template.close,
        farewell=template.farewell,
        parts=tuple(
            tuple(PartRow(p.kind.value, p.key, p.title, p.prompt, p.words, " ".join(p.topics)))
            for p in template.parts
        ),
    )


def template_of(code: str, typed: TemplateForm) -> Template:
    hours = typed.due_hours.strip()
    rows = [PartRow(*part) for part in typed.parts]
    return Template(
        code=code,
        name=typed.name.strip(),
        title=typed.title.strip(),
        span=Span(typed.span),
        readers=Readers(typed.readers),
        topics=typed.topics,
        due_hours=(int(hours) if hours.isdecimal() else NO_HOURS) if hours else None,
        headline=typed.headline.strip(),
        greeting=typed.greeting.strip(),
        opening=typed.opening.strip(),
        close=typed.close.strip(),
        farewell=typed.farewell.strip(),
        parts=tuple(
            Part(PartKind(r.kind), r.key, r.title, r.prompt, r.words, tuple(r.topics.split()))
            for r in rows
        ),
    )


class LetterTemplateDialog(RecordSheet[TemplateForm]):
    """One kind of letter in one language; `copy` begins a new one with its words."""

    def __init__(self, desk: Desk, code: str, language: str, *, copy: bool) -> None:
        made = desk.ask(letter_templates.of, code, language)
        kinds = desk.ask(letter_templates.listed, hidden=True)
        self._new = copy
        if copy:
            made = letter_templates.copied(made, dict.fromkeys(kind.code for kind in kinds))
        self._code, self._language = made.code, language
        tr = desk.words.tr
        title = tr("New kind of letter") if copy else tr("Kind of letter")
        super().__init__(desk, title, f"template:{made.code}:{language}", width=WIDE)
        self.add(Section("", self._what()))
        self.add(Section(tr("Words of the letter"), self._words()))
        self.parts = PartsEditor(desk)
        self.add(Section(tr("Sections, in order"), [self._bound_parts()]))
        kind = next((each for each in kinds if each.code == self._code), None)
        self.reset_button = Button(
            tr("As it came") if kind and kind.own else tr("Remove"), "danger"
        )
        self.reset_button.clicked.connect(self._reset)
        may_reset = kind is not None and not copy and (kind.changed or not kind.own)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        left = (self.reset_button,) if may_reset else ()
        self.foot_buttons(left, self.save_button, self.save)
        self.begin(form_of(made))

    def _what(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            [form.line("name", tr("Name")), form.line("title", tr("Title on the page"))],
            [
                form.choice("span", tr("Tells of"), [(s.value, tr(name)) for s, name in SPANS]),
                form.choice("readers", tr("For"), [(r.value, tr(name)) for r, name in READERS]),
                form.line("due_hours", tr("Due within hours"), placeholder=tr("No clock")),
            ],
            self._topics(),
        ]

    def _topics(self) -> Bound:
        label = self.tr_("Only these topics may go in; none picked: all")
        chips = TopicChips(label, self.tr_, TOPICS)

        def get() -> tuple[str, ...]:
            return chips.codes

        return Bound("topics", "", chips, get, chips.pick, chips.edited)

    def _words(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        hint = tr("{name} is the client, {reader} the reader; they are filled in.")
        return [
            [form.line("headline", tr("Headline")), form.line("greeting", tr("Greeting"))],
            form.paragraph("opening", tr("Opening"), lines=2, hint=hint),
            [form.line("close", tr("Last sentence")), form.line("farewell", tr("Farewell"))],
        ]

    def _bound_parts(self) -> Bound:
        parts = self.parts

        def get() -> tuple[tuple[str, ...], ...]:
            return parts.parts

        return Bound("parts", "", parts, get, parts.show_parts, parts.edited)

    @property
    def template(self) -> Template:
        return template_of(self._code, self.draft)

    def faults(self) -> Mapping[str, str]:
        found = rules.faults(self.template)
        return {SHOWN_UNDER.get(name, name): self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.save_button.isEnabled() or not self.check():
            return
        self.save_button.setEnabled(False)
        keep = letter_templates.add if self._new else letter_templates.save
        args = (self.template, self._language, self.keeper.key)
        done = self.desk.do(self, Act(self.tr_("Change a kind of letter")), keep, *args)
        done.then(self._on_saved).otherwise(self._on_failed)

    def _on_saved(self, _code: str) -> None:
        self.keeper.forget()
        self.desk.done(self.tr_("Kind of letter saved"))
        self.close_dialog()

    def _on_failed(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        self.reset_button.setEnabled(True)
        self.say_failed(error)

    def _reset(self) -> None:
        self.reset_button.setEnabled(False)
        act = Act(self.tr_("Take back the words of a kind of letter"))
        done = self.desk.do(self, act, letter_templates.reset, self._code)
        done.then(self._on_reset).otherwise(self._on_failed)

    def _on_reset(self, _nothing: None) -> None:
        self.keeper.throw_away()
        self.desk.done(self.tr_("It is as it came"))
        self.close_dialog()


def open_letter_template(
    desk: Desk, window: QWidget, code: str, language: str = "en", *, copy: bool = False
) -> LetterTemplateDialog:
    """Open a kind of letter over the window; where one is open already, give that."""
    standing = standing_open(window, LetterTemplateDialog)
    if standing is not None:
        return standing
    dialog = LetterTemplateDialog(desk, code, language, copy=copy)
    dialog.again = lambda desk, window: open_letter_template(
        desk, window, code, language, copy=copy
    )
    open_over(window, dialog, dialog.keeper.place(dialog.field("name").editor))
    return dialog
