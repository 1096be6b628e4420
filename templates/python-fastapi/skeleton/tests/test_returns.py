"""The API of returns, on every store."""

from typing import Any

import pytest
from httpx import AsyncClient

from support import RETURN


async def announce(client: AsyncClient, order_id: str) -> dict[str, Any]:
    answer = await client.post("/v1/returns", json={**RETURN, "orderId": order_id})
    assert answer.status_code == 201
    created: dict[str, Any] = answer.json()
    return created


async def test_a_return_from_start_to_end(client: AsyncClient) -> None:
    created = await client.post("/v1/returns", json=RETURN)
    assert created.status_code == 201
    kept = created.json()
    assert kept.items() >= {**RETURN, "receivedAt": None}.items()
    assert created.headers["location"] == f"/v1/returns/{kept['id']}"
    assert (await client.get(created.headers["location"])).json() == kept

    again = await client.post("/v1/returns", json=RETURN)
    assert again.status_code == 409
    assert again.json()["detail"] == "The order has an open return already."

    received = (await client.put(f"/v1/returns/{kept['id']}/receipt")).json()
    assert received == {**kept, "receivedAt": received["receivedAt"]}
    assert received["receivedAt"] >= kept["createdAt"]
    assert (await client.put(f"/v1/returns/{kept['id']}/receipt")).json() == received

    assert (await client.post("/v1/returns", json=RETURN)).status_code == 201


async def test_pages(client: AsyncClient) -> None:
    ids = [(await announce(client, f"A-{number}"))["id"] for number in range(5)]
    found, pages, after = [], 0, None
    while pages == 0 or after is not None:
        params = {"limit": 2} | ({"after": after} if after else {})
        page = (await client.get("/v1/returns", params=params)).json()
        found += [item["id"] for item in page["items"]]
        after, pages = page["next"], pages + 1
    assert (found, pages) == (ids, 3)

    of_one_order = (await client.get("/v1/returns", params={"orderId": "A-3"})).json()
    assert [item["id"] for item in of_one_order["items"]] == [ids[3]]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/returns/00000000-0000-4000-8000-000000000000"),
        ("PUT", "/v1/returns/00000000-0000-4000-8000-000000000000/receipt"),
        ("GET", "/v1/returns?after=00000000-0000-4000-8000-000000000000"),
    ],
)
async def test_unknown_returns(client: AsyncClient, method: str, path: str) -> None:
    answer = await client.request(method, path)
    assert (answer.status_code, answer.json()["title"]) == (404, "Not Found")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"orderId": ""}, "/orderId"),
        ({"orderId": "A 1"}, "/orderId"),
        ({"orderId": "A-1\n"}, "/orderId"),
        ({"reason": "bored"}, "/reason"),
        ({"lines": []}, "/lines"),
        ({"lines": [{"sku": "crate", "quantity": 1}]}, "/lines/0/sku"),
        ({"lines": [{"sku": "CRATE", "quantity": 0}]}, "/lines/0/quantity"),
        ({"lines": [{"sku": "CRATE", "quantity": "2"}]}, "/lines/0/quantity"),
        ({"lines": [{"sku": "CRATE", "quantity": 1}] * 2}, ""),
        ({"id": "mine"}, "/id"),
    ],
)
async def test_invalid_returns(client: AsyncClient, change: dict[str, Any], pointer: str) -> None:
    answer = await client.post("/v1/returns", json={**RETURN, **change})
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "after=x", "orderId=%00"])
async def test_invalid_queries(client: AsyncClient, query: str) -> None:
    answer = await client.get(f"/v1/returns?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == query.partition("=")[0]
