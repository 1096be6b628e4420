"""Keeps returns in PostgreSQL."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, Text, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import Mapped, mapped_column

from service.database import Table
from service.returns.model import Reason, Return
from service.returns.store import AlreadyOpen, NoSuchReturn


class ReturnRow(Table):
    __tablename__ = "returns"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    received_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    __table_args__ = (
        CheckConstraint("jsonb_array_length(lines) > 0", name="returns_have_lines"),
        Index("returns_created_at_id", "created_at", "id"),
        Index("returns_order_id_created_at_id", "order_id", "created_at", "id"),
        Index(
            "returns_one_open_per_order",
            "order_id",
            unique=True,
            postgresql_where=received_at.is_(None),
        ),
    )


def _to_return(row: ReturnRow) -> Return:
    return Return.model_validate(
        {
            "id": row.id,
            "order_id": row.order_id,
            "reason": Reason(row.reason),
            "lines": row.lines,
            "created_at": row.created_at,
            "received_at": row.received_at,
        }
    )


class PostgresReturns:
    """Implements ReturnStore."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._sessions = sessions

    async def add(self, new: Return) -> None:
        # The unique index decides, so that two requests at once cannot both win.
        statement = (
            insert(ReturnRow)
            .values(**new.model_dump(exclude={"lines"}), lines=new.model_dump()["lines"])
            .on_conflict_do_nothing(
                index_elements=[ReturnRow.order_id], index_where=ReturnRow.received_at.is_(None)
            )
            .returning(ReturnRow.id)
        )
        async with self._sessions.begin() as session:
            if await session.scalar(statement) is None:
                raise AlreadyOpen

    async def get(self, return_id: UUID) -> Return:
        async with self._sessions() as session:
            row = await session.get(ReturnRow, return_id)
        if row is None:
            raise NoSuchReturn
        return _to_return(row)

    async def list(self, order_id: str | None, after: UUID | None, limit: int) -> list[Return]:
        statement = select(ReturnRow).order_by(ReturnRow.created_at, ReturnRow.id).limit(limit)
        if order_id is not None:
            statement = statement.where(ReturnRow.order_id == order_id)
        if after is not None:
            begin = await self.get(after)
            place = tuple_(ReturnRow.created_at, ReturnRow.id)
            statement = statement.where(place > (begin.created_at, begin.id))
        async with self._sessions() as session:
            return [_to_return(row) for row in await session.scalars(statement)]

    async def receive(self, return_id: UUID, at: datetime) -> Return:
        statement = (
            update(ReturnRow)
            .where(ReturnRow.id == return_id)
            .values(received_at=func.coalesce(ReturnRow.received_at, at))
            .returning(ReturnRow)
        )
        async with self._sessions.begin() as session:
            row = await session.scalar(statement)
        if row is None:
            raise NoSuchReturn
        return _to_return(row)
