"""The fields that one ground or another asks for when something was told without a letter."""

from collections.abc import Sequence

from cmdesk.rules.disclosure_bases import Auditor, Notice, OfTheDead, Report
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import options
from cmdesk.ui.form import Bound


def of_grounds(desk: Desk, consents: Sequence[tuple[object, str]]) -> list[Bound]:
    """Give them all, one to a row; the dialog shows those its ground asks for."""
    tr, show = desk.words.tr, desk.words.short_day
    unsaid = tr("Not said")
    return [
        form.choice("consent_id", tr("Which consent"), consents),
        form.choice("notice", tr("Notice that went with it"), options(tr, Notice, empty=unsaid)),
        form.line("scope_given", tr("How the consent’s scope was given")),
        form.line("nature", tr("What the emergency was")),
        form.line("why_no_consent", tr("Why no consent could be had")),
        form.choice("report", tr("What was reported"), options(tr, Report, empty=unsaid)),
        form.line("report_number", tr("Number of the report")),
        form.line("informed", tr("Was the client told? If not, why")),
        form.line("order_number", tr("Number of the order")),
        form.paragraph("threat", tr("What made the danger serious and near"), lines=2),
        form.line("good_faith", tr("Why you believed it")),
        form.line("law", tr("Which law or rule")),
        form.line("reviewed_by", tr("Who looked at it before")),
        form.choice("auditor", tr("Who asked"), options(tr, Auditor, empty=unsaid)),
        form.line("agreement", tr("Under which agreement")),
        form.day("asked_on", tr("They asked on"), desk.today, show),
        form.line("identified", tr("How you knew it was them")),
        form.line("way", tr("How the names were taken out")),
        form.line("agreed_how", tr("How the client agreed")),
        form.line("present", tr("Who was there, and when")),
        form.line("limits", tr("Limits the client set")),
        form.line("capacity", tr("What kept the client from deciding")),
        form.line("rationale", tr("Why it was best for the client")),
        form.line("tell_plan", tr("How the client will hear of it")),
        form.choice("relation", tr("Who they are"), options(tr, OfTheDead, empty=unsaid)),
        form.line("authority", tr("By what right")),
        form.day(
            "suspended_until",
            tr("Kept off the accounting until"),
            desk.today,
            show,
            hint=tr("Only where the agency asked for it in writing."),
        ),
    ]
