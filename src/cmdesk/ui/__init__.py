"""The window; before any of it, what keeps it standing on Python 3.11."""

from cmdesk.ui.steady import hold_singletons

hold_singletons()
