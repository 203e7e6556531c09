"""How an act is named by which records go: the accounting keeps it, so that it is final."""

from cmdesk.rules.provider_codes import ReferralState
from cmdesk.store.journal import Label


def moving(words: str, state: str) -> Label:
    """Name a move into a state; by one of them records go, which can't be taken back."""
    if state == ReferralState.PACKET_SENT.value:
        return Label(words, undoable=False, kind="disclosure")
    return Label(words)
