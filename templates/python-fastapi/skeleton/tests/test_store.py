"""What every store must do."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from service.returns.model import NewReturn, Return
from service.returns.store import AlreadyOpen, NoSuchReturn, ReturnStore

NOON = datetime(2030, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)


def a_return(order_id: str = "A-1", minutes: int = 0) -> Return:
    new = NewReturn.model_validate(
        {"orderId": order_id, "reason": "unwanted", "lines": [{"sku": "CRATE", "quantity": 3}]}
    )
    return Return.of(new).model_copy(update={"created_at": NOON + timedelta(minutes=minutes)})


async def test_gives_back_what_it_keeps(store: ReturnStore) -> None:
    kept = a_return()
    await store.add(kept)
    assert await store.get(kept.id) == kept


async def test_lists_the_oldest_first(store: ReturnStore) -> None:
    late, early, same = a_return("A-1", 2), a_return("A-2", 1), a_return("A-3", 1)
    for kept in (late, early, same):
        await store.add(kept)
    expected = [*sorted([early, same], key=lambda kept: kept.id), late]
    assert await store.list(None, None, 10) == expected
    assert await store.list(None, None, 2) == expected[:2]
    assert await store.list(None, expected[0].id, 10) == expected[1:]
    assert await store.list("A-1", None, 10) == [late]
    assert await store.list("A-9", None, 10) == []


async def test_closes_a_return_once(store: ReturnStore) -> None:
    kept = a_return()
    await store.add(kept)
    received = await store.receive(kept.id, NOON + timedelta(hours=1))
    assert received == kept.model_copy(update={"received_at": NOON + timedelta(hours=1)})
    assert await store.receive(kept.id, NOON + timedelta(hours=2)) == received
    assert await store.get(kept.id) == received


async def test_knows_no_others(store: ReturnStore) -> None:
    with pytest.raises(NoSuchReturn):
        await store.get(uuid4())
    with pytest.raises(NoSuchReturn):
        await store.receive(uuid4(), NOON)


async def test_never_opens_two_for_an_order(store: ReturnStore) -> None:
    results = await asyncio.gather(
        *(store.add(a_return()) for _ in range(20)), return_exceptions=True
    )
    refused = [result for result in results if isinstance(result, AlreadyOpen)]
    assert (results.count(None), len(refused)) == (1, 19)
