"""The API of returns."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from service import problem
from service.returns.model import NewReturn, OrderId, Return, ReturnPage
from service.returns.store import ReturnStore

ReturnId = Annotated[UUID, Path(alias="returnId")]
OrderFilter = Annotated[OrderId | None, Query(alias="orderId")]
After = Annotated[UUID | None, Query(description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=200)]

CONFLICT = problem.response("The order has an open return already.")
NOT_FOUND = problem.response("There is no such return.")


def return_routes(store: ReturnStore) -> APIRouter:
    router = APIRouter(
        prefix="/v1/returns",
        tags=["returns"],
        responses={"default": problem.response("The request cannot be answered.")},
    )

    @router.post(
        "",
        operation_id="createReturn",
        status_code=HTTPStatus.CREATED,
        responses={HTTPStatus.CONFLICT: CONFLICT},
    )
    async def create_return(new: NewReturn, response: Response) -> Return:
        """Announce goods that come back. An order has one open return at a time."""
        kept = Return.of(new)
        await store.add(kept)
        response.headers["location"] = f"/v1/returns/{kept.id}"
        return kept

    @router.get("", operation_id="listReturns")
    async def list_returns(
        order_id: OrderFilter = None, after: After = None, limit: Limit = 50
    ) -> ReturnPage:
        """List returns, the oldest first."""
        # One more tells whether there is a next page.
        found = await store.list(order_id, after, limit + 1)
        items = found[:limit]
        return ReturnPage(items=items, next=items[-1].id if len(found) > limit else None)

    @router.get(
        "/{returnId}", operation_id="getReturn", responses={HTTPStatus.NOT_FOUND: NOT_FOUND}
    )
    async def get_return(return_id: ReturnId) -> Return:
        """Show one return."""
        return await store.get(return_id)

    @router.put(
        "/{returnId}/receipt",
        operation_id="receiveReturn",
        responses={HTTPStatus.NOT_FOUND: NOT_FOUND},
    )
    async def receive_return(return_id: ReturnId) -> Return:
        """Say that the goods have arrived. Saying it again changes nothing."""
        return await store.receive(return_id, datetime.now(UTC))

    return router
