"""Two records that turned out to be one human being. Neither history is changed by it."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class PersonMerge(Record):
    """`person_id` is shown as `kept_id` from now on; what was signed keeps its own number."""

    __tablename__ = "person_merge"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class ClientMerge(Record):
    """`client_id` is read as part of `kept_id`'s chart from now on."""

    __tablename__ = "client_merge"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), unique=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
