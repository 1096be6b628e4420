"""What keeps returns. What every store must do is tested in tests/test_store.py."""

from datetime import datetime
from http import HTTPStatus
from typing import ClassVar, Protocol
from uuid import UUID

from service.problem import Refusal
from service.returns.model import Return


class NoSuchReturn(Refusal):
    status: ClassVar[HTTPStatus] = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__("There is no such return.")


class AlreadyOpen(Refusal):
    status: ClassVar[HTTPStatus] = HTTPStatus.CONFLICT

    def __init__(self) -> None:
        super().__init__("The order has an open return already.")


class ReturnStore(Protocol):
    async def add(self, new: Return) -> None:
        """Keep a return, or raise AlreadyOpen: an order has one open return at most."""

    async def get(self, return_id: UUID) -> Return:
        """Find a return, or raise NoSuchReturn."""
        ...

    async def list(self, order_id: str | None, after: UUID | None, limit: int) -> list[Return]:
        """List the oldest first, from behind the return `after`."""
        ...

    async def receive(self, return_id: UUID, at: datetime) -> Return:
        """Close a return, or raise NoSuchReturn. A second time changes nothing."""
        ...
