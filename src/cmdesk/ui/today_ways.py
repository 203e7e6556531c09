"""What the wishes of Today lead to: the dialogs behind its verbs."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.cadence import open_cadence
from cmdesk.ui.dialogs.client import open_client
from cmdesk.ui.dialogs.coverage import open_coverage
from cmdesk.ui.dialogs.episode import open_episode
from cmdesk.ui.dialogs.inquiry import open_inquiry
from cmdesk.ui.dialogs.records_request import open_records_request
from cmdesk.ui.dialogs.referral import open_referral
from cmdesk.ui.dialogs.safety_plan import open_safety_plan
from cmdesk.ui.dialogs.week_review import open_week_review
from cmdesk.ui.pages.today import TodayPage


def attach(page: TodayPage, desk: Desk, window: QWidget) -> None:
    """Answer the page's signals with dialogs over the window."""
    for signal, opening in (
        (page.review_coverage, open_coverage),
        (page.review_safety, open_safety_plan),
        (page.review_agreement, open_client),
        (page.edit_cadence, open_cadence),
        (page.answer, open_inquiry),
        (page.open_referral, open_referral),
        (page.open_papers, open_records_request),
        (page.open_stay, open_episode),
    ):
        signal.connect(partial(opening, desk, window))
    page.see_week.connect(partial(open_week_review, desk, window))
