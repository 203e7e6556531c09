"""All tables, so that one import makes the metadata complete."""

from cmdesk.models import (
    care,
    client,
    consent,
    document,
    entry,
    person,
    practice,
    preference,
    provider,
    task,
    update,
)

__all__ = [
    "care",
    "client",
    "consent",
    "document",
    "entry",
    "person",
    "practice",
    "preference",
    "provider",
    "task",
    "update",
]
