"""All tables, so that one import makes the metadata complete."""

from sqlalchemy import MetaData
from sqlalchemy.orm import configure_mappers

from cmdesk.models import (
    backup_run,
    care,
    client,
    consent,
    coverage,
    document,
    entry,
    goal,
    inquiry,
    measure,
    merge,
    person,
    placement,
    practice,
    preference,
    provider,
    referral,
    rhythm,
    rights,
    safety,
    task,
    template,
    transition,
    update,
)
from cmdesk.models.base import Base


def complete() -> MetaData:
    """Return the metadata, with every table in it, and map it now rather than at the first use."""
    configure_mappers()
    return Base.metadata


__all__ = [
    "backup_run",
    "care",
    "client",
    "complete",
    "consent",
    "coverage",
    "document",
    "entry",
    "goal",
    "inquiry",
    "measure",
    "merge",
    "person",
    "placement",
    "practice",
    "preference",
    "provider",
    "referral",
    "rhythm",
    "rights",
    "safety",
    "task",
    "template",
    "transition",
    "update",
]
