"""How an act is named by which records go: the accounting keeps it, so that it is final."""

from cmdesk.rules.placement_way import recalled
from cmdesk.rules.provider_codes import ReferralState
from cmdesk.store.journal import Label


def moving(words: str, state: str, before: str = "") -> Label:
    """Name a move into a state; by one of them records go, by a step back they did not."""
    if state == ReferralState.PACKET_SENT.value or recalled(before, state):
        return accounted(words)
    return Label(words)


def accounted(words: str) -> Label:
    """Name an act of which the accounting tells, for good."""
    return Label(words, undoable=False, kind="disclosure")
