"""The codes of a consent that only its own dialog and form use."""

from cmdesk.rules.code import Code


class Way(Code):
    """Which way a consent lets things go. Verdicts ask about what leaves alone."""

    TO = "to", "I may tell them"
    FROM = "from", "They may tell me"
    BOTH = "two_way", "Both ways"
