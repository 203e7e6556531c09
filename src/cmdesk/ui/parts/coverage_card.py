"""Coverage on the rail: who pays, how many approved days are left, and where they end too early."""

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework.coverage import Standing
from cmdesk.rules.appeal_steps import Act, Open
from cmdesk.rules.appeals import IN_HOURS
from cmdesk.rules.coverage import SOON, Spent
from cmdesk.rules.family_codes import PlanType
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets.button import IconButton
from cmdesk.ui.widgets.card import column, headed, row
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.meter import Meter
from cmdesk.words import Words

ONE_DAY: Final = timedelta(days=1)
SAID_WITH_THE_PAYER = (PlanType.HMO, PlanType.PPO, PlanType.EPO, PlanType.POS)


def payer(words: Words, name: str, plan_type: str) -> str:
    """Name a plan with its kind, once: Meridian PPO."""
    kind = words.tr(PlanType(plan_type).label) if plan_type in SAID_WITH_THE_PAYER else ""
    return name if not kind or kind.casefold() in name.casefold().split() else f"{name} {kind}"


def who_pays(words: Words, coverage: Standing) -> str:
    """Name the plan and the care it pays for: Meridian PPO, residential."""
    if not coverage.payer:
        return words.tr("No policy in force")
    named = payer(words, coverage.payer, coverage.plan_type)
    level = " ".join(part for part in coverage.level.split() if not part.replace(".", "").isdigit())
    said = level if level[:2].isupper() else level.lower()
    return f"{named}, {said}" if said else named


def days_left(words: Words, spent: Spent) -> str:
    if not spent.left:
        return words.tr("No days left")
    return words.ntr("{n} day left", "{n} days left", spent.left).format(n=spent.left)


def days_used(words: Words, spent: Spent) -> str:
    """Say 35 of 37 approved days used."""
    said = words.ntr(
        "{used} of {n} approved day used.", "{used} of {n} approved days used.", spent.approved
    )
    return said.format(used=spent.used, n=spent.approved)


def cliff(words: Words, last: date, leaves: date, today: date) -> str:
    """Say Approved through Wednesday, leaves March 20."""
    weekday, _, far = words.full_day(last).partition(", ")
    through = weekday if 0 <= (last - today).days < 7 else far
    end = words.full_day(leaves).partition(", ")[2]
    return words.tr("Approved through {last}, leaves {day}.").format(last=through, day=end)


def pause(words: Words, first: date, last: date) -> str:
    """Say Approved through Mar 11, then nothing until Mar 15."""
    said = words.tr("Approved through {last}, then nothing until {day}.")
    before, after = first - ONE_DAY, last + ONE_DAY
    return said.format(last=words.month_day(before), day=words.month_day(after))


def denied(words: Words, step: Open, today: date) -> str:
    """Say which step against a denial is open, and its last day."""
    level = words.tr(step.level.label)
    if step.act is Act.ANSWER and step.due and step.level in IN_HOURS:
        said = words.tr("{step}: answer due by the end of {day}.")
    elif step.act is Act.ANSWER:
        said = words.tr("{step}: answer due {day}.") if step.due else words.tr("{step} is filed.")
    elif step.act is Act.BEGIN and step.part:
        rest = words.tr("Approved in part. Appeal the rest by {day}.")
        said = rest if step.due else words.tr("Approved in part.")
    elif step.act is Act.BEGIN:
        said = words.tr("Denied. Appeal by {day}.") if step.due else words.tr("Denied.")
    else:
        said = words.tr("{step} by {day}.") if step.due else words.tr("{step} is not filed.")
    due, show = step.due, words.short_day
    if due and due.year == today.year:
        show = words.month_day
    return said.format(step=level, day=show(due) if due else "")


class CoverageCard(QWidget):
    """Signal `asked`: open policies and approvals."""

    asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.words.tr
        whole = column(self)
        self.open = IconButton(Icon.PENCIL, tr("Policies and approved days"), size="small")
        self.open.clicked.connect(self.asked)
        whole.addLayout(headed(tr("Coverage"), self.open))
        whole.addSpacing(4)
        first = row()
        self._who = Label("", "medium", elide=True)
        self._left = Label("", "strong", "text2")
        first.addWidget(self._who, 1)
        first.addWidget(self._left)
        whole.addLayout(first)
        whole.addSpacing(6)
        self._meter = Meter(0, "")
        whole.addWidget(self._meter)
        whole.addSpacing(6)
        self._more = Label("", "small", "text2", wrap=True)
        self._cliff = Label("", "small", "warn", wrap=True)
        whole.addWidget(self._more)
        whole.addWidget(self._cliff)

    def show_coverage(self, coverage: Standing | None) -> None:
        """Say how the present stay is paid for; nothing known is said too."""
        words = self._desk.words
        for part in (self._who, self._left, self._meter, self._cliff):
            part.setVisible(coverage is not None)
        if coverage is None:
            self._more.setText(words.tr("No policy on record."))
            return
        self._who.setText(who_pays(words, coverage))
        spent = coverage.spent
        self._left.setVisible(spent is not None)
        self._meter.setVisible(spent is not None)
        said = self._show_spent(spent) if spent else ""
        asked = words.tr("An approval is asked for.") if coverage.pending else ""
        by = words.tr("Approved by {payer}.").format(payer=coverage.given_by)
        parts = (said, by if coverage.given_by else "", asked, coverage.pays)
        self._more.setText(" ".join(part for part in parts if part))
        self._tell_cliff(coverage)

    def _show_spent(self, spent: Spent) -> str:
        """Show the days as a figure and a bar; answer them as a sentence."""
        words = self._desk.words
        ink: Ink = "text2" if spent.left > SOON else "warn" if spent.left else "crit"
        self._left.set_ink(ink)
        self._left.setText(days_left(words, spent))
        said = days_used(words, spent)
        self._meter.tell(spent.share, said)
        return said

    def _tell_cliff(self, coverage: Standing) -> None:
        words, today = self._desk.words, self._desk.today()
        spent, leaves = coverage.spent, coverage.leaves
        said: list[str] = []
        if spent and spent.pause and not (leaves and leaves <= spent.pause[0]):
            said.append(pause(words, *spent.pause))
        elif coverage.ends_early and spent and leaves:
            said.append(cliff(words, spent.last, leaves, today))
        if coverage.denied:
            said.append(denied(words, coverage.denied, today))
        self._cliff.setVisible(bool(said))
        self._cliff.setText(" ".join(said))
