"""Draws every widget on one page, to be held beside the design's pictures 00a and 00b."""

import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from cmdesk.ui import look, theme
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.avatar import Avatar
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import Card, column, grounded, row
from cmdesk.ui.widgets.checks import CheckBox, Radio, Switch
from cmdesk.ui.widgets.chip import Chip, ToggleChip
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.ui.widgets.flow import Flow
from cmdesk.ui.widgets.focus_ring import FocusRing
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.key_cap import KeyCap
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.meter import Meter, Steps
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.segmented import Segment, Segmented
from cmdesk.ui.widgets.skeleton import Skeleton
from cmdesk.ui.widgets.text_edit import TextEdit
from cmdesk.ui.widgets.toast import Toast

COLOURS = [
    "bg",
    "sidebar",
    "surface",
    "sunken",
    "hover",
    "border",
    "border_strong",
    "text",
    "text2",
    "text3",
    "accent",
    "fill",
    "accent_soft",
    "ok",
    "ok_soft",
    "warn",
    "warn_soft",
    "crit",
    "crit_soft",
]
MARCH_9 = date(2026, 3, 9)


class Swatch(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(32, 32)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt names it
        ground = getattr(look.tokens(), self._name)
        paint.draw_box(paint.begin(self), self.rect(), ground, look.tokens().border, 6)


def colours() -> QWidget:
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(6)
    for number, name in enumerate(COLOURS):
        line = row(gap=10)
        line.addWidget(Swatch(name))
        line.addWidget(Label(name, "label"), 1)
        grid.addLayout(line, number // 4, number % 4)
    return page


def types() -> QWidget:
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    samples = {
        "display": "Your records, on your laptop",
        "title": "Maya Brenner",
        "heading": "Warm handoffs",
        "reading": "Sleep and mood are better this week.",
        "body": "Call back Kevin Park",
        "strong": "Next steps",
        "small": "3 days late",
    }
    for number, (role, words) in enumerate(samples.items()):
        grid.addWidget(Label(role, "small", "text2"), number, 0)
        grid.addWidget(Label(words, role), number, 1)  # type: ignore[arg-type]  # names above are roles
    grid.setColumnStretch(1, 1)
    return page


def glyphs() -> QWidget:
    page = QWidget()
    flow = Flow(page, gap=24, lead=20)
    for icon in list(Icon)[:44]:
        flow.addWidget(Glyph(icon))
    return page


def buttons() -> QWidget:
    page = QWidget()
    whole = column(page, gap=12)
    line = row(gap=8)
    finish = Button("Finish")
    finish.setEnabled(False)
    for each in (
        Button("Save", "primary"),
        Button("Focused", "primary"),
        Button("Write update"),
        Button("Renew", "quiet"),
        Button("Cancel", "plain"),
        finish,
        Button("Delete", "danger"),
        IconButton(Icon.ELLIPSIS, "More", "bordered", ink="text"),
    ):
        line.addWidget(each)
    line.addStretch(1)
    small = row(gap=8)
    small.addWidget(Button("Log call", "primary", size="small"))
    small.addWidget(Button("Open", size="small"))
    small.addWidget(Button("Write", "quiet", size="small"))
    options = [Segment("s", "Share"), Segment("h", "Short version"), Segment("k", "Keep back")]
    small.addWidget(Segmented(options, "Who may see this", small=True))
    small.addWidget(KeyCap("Ctrl K"))
    small.addWidget(Button("Save", "primary", keys="Ctrl+Return"))
    small.addWidget(Button("Level of care", drops=True))
    small.addStretch(1)
    whole.addLayout(line)
    whole.addLayout(small)
    states = [Segment("a", "Active", "18"), Segment("i", "Inquiries", "3")]
    third = row(gap=8)
    third.addWidget(Segmented(states, "Clients"))
    third.addWidget(Button("Log a contact", "primary", icon=Icon.PLUS, keys="Ctrl+L"))
    third.addWidget(Button("Crisis plan", icon=Icon.LIFE_BUOY))
    third.addStretch(1)
    whole.addLayout(third)
    return page


def fields() -> QWidget:
    page = QWidget()
    whole = column(page, gap=12)
    line = row(gap=12)
    phone, focused = line_edit(), line_edit()
    phone.setText("(718) 555-0142")
    focused.setText("(718) 555-01")
    focused.setObjectName("focused")
    ends = DateField(lambda: MARCH_9)
    ends.setText("Feb 30")
    ends_field = Field("Ends on", ends)
    ends.faulty.connect(ends_field.say_fault)
    ends.check()
    for field in (Field("Phone", phone), Field("Phone, focused", focused), ends_field):
        line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    checks = row(gap=24)
    progress, letter = CheckBox("Progress"), Radio("Letter")
    progress.setChecked(True)
    letter.setChecked(True)
    for check in (progress, CheckBox("Medication"), letter, Radio("A4")):
        checks.addWidget(check)
    checks.addWidget(Switch("On", on=True))
    checks.addWidget(Switch("Off"))
    checks.addWidget(Choice([(10, "10 minutes"), (20, "20 minutes")], "Lock"))
    checks.addStretch(1)
    text = TextEdit("What happened", lines=2)
    text.set_text(
        "Maya wants Joel Stern to drive on the 20th; Tess agrees. Maya will tell Diane herself "
        "on Wednesday's call. Sleep is holding at seven hours."
    )
    whole.addLayout(line)
    whole.addLayout(checks)
    whole.addWidget(text)
    return page


def chips() -> QWidget:
    page = QWidget()
    line = row(page, gap=8)
    for chip in (
        Chip("Residential 3.5", "accent"),
        Chip("Family"),
        Chip("Covered", "ok", Icon.CIRCLE_CHECK),
        Chip("Ends Mar 18", "warn", Icon.SHIELD_ALERT),
        Chip("3 days late", "crit", Icon.CIRCLE_ALERT),
        Chip("Kept back", "neutral", Icon.LOCK),
    ):
        line.addWidget(chip)
    picked = ToggleChip("Move home")
    picked.setChecked(True)
    line.addWidget(picked)
    line.addWidget(Avatar("MB"))
    line.addWidget(Avatar("MB", 44))
    line.addWidget(Steps(3, "3 of 4"))
    line.addWidget(Meter(0.95, "35 of 37 days"), 1)
    return page


def notes() -> QWidget:
    page = QWidget()
    whole = column(page, gap=8)
    whole.addWidget(Note("Diane's consent covers progress, plans and safety."))
    whole.addWidget(Note("Backed up last night. Test restore worked.", "ok"))
    whole.addWidget(Note("Medicine runs out 5 days before the first visit.", "warn"))
    leak = Note(
        "Diane's consent leaves out medication, so it can't be sent.",
        "crit",
        icon=Icon.LOCK,
        lead="This sentence names a medicine.",
    )
    leak.add_button(Button("Remove sentence", size="small"))
    leak.add_button(Button("Ask Maya", size="small"))
    whole.addWidget(leak)
    return page


def components() -> QWidget:
    page = grounded("bg")
    halves = row(page, gap=64)
    halves.setContentsMargins(40, 28, 40, 28)
    for parts in (
        {"Colour": colours(), "Type": types(), "Icons": glyphs()},
        {
            "Buttons": buttons(),
            "Fields": fields(),
            "Chips": chips(),
            "Notes": notes(),
        },
    ):
        half = column(gap=8)
        for heading, part in parts.items():
            half.addWidget(Label(heading, "heading"))
            half.addWidget(part)
            half.addSpacing(12)
        half.addStretch(1)
        halves.addLayout(half, 1)
    FocusRing(page, QApplication.instance())  # type: ignore[arg-type]  # it is a QApplication here
    return page


def states() -> QWidget:
    page = grounded("bg")
    grid = QGridLayout(page)
    grid.setContentsMargins(24, 24, 24, 24)
    grid.setSpacing(20)
    add = [Button("Add a client", "primary"), Button("Import a list")]
    first = "Add the first family you work with, or bring in a spreadsheet."
    toasted = Card()
    toast = Toast(toasted)
    toast.setObjectName("toast")
    draft = Note("when the laptop shut down.", icon=Icon.HISTORY, lead="A draft from 9:41 was kept")
    draft.add_button(Button("Open draft", size="small"))
    draft.add_button(Button("Discard", "plain", size="small"))
    for number, content in enumerate(
        (
            Empty(Icon.USERS, "No clients yet", first, add),
            Empty(Icon.SUN, "Nothing else for today", "Two updates are due Wednesday.", ()),
            Skeleton("Opening 1,284 entries"),
            draft,
        )
    ):
        card = Card()
        card.body.addWidget(content)
        if isinstance(content, Note):
            card.body.addStretch(1)
        grid.addWidget(card, number // 2, number % 2)
    grid.addWidget(toasted, 2, 0)
    return page


def photograph(page: QWidget, to: Path) -> None:
    page.resize(1440, 900)
    page.show()
    QApplication.processEvents()
    focused = page.findChild(QWidget, "focused")
    if focused:
        focused.setFocus()
    toast = page.findChild(Toast, "toast")
    if toast:
        toast.say("Update marked as sent to Diane", lambda: None)
    QApplication.processEvents()
    page.grab().save(str(to))
    page.close()


def main(folder: Path) -> None:
    app = QApplication(["cmdesk"])
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        theme.apply(app, scheme)
        photograph(components(), folder / f"components-{scheme}.png")
        photograph(states(), folder / f"states-{scheme}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "gallery"))
