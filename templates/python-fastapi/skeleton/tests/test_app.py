"""What holds for every request."""

import json
import logging
from collections.abc import Iterator

import pytest
from fastapi import Request
from httpx import ASGITransport, AsyncClient

from service.logs import JsonFormatter
from service.returns.memory import MemoryReturns
from support import RETURN, Service, make_service


class Lines(logging.Handler):
    """The log as it is written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.all: list[dict[str, object]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.all.append(json.loads(self.format(record)))


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler = Lines()
    logger = logging.getLogger("service")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler
    logger.removeHandler(handler)


async def test_probes(service: Service, client: AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "ok"}
    ready = await client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})
    service.readiness.draining = True
    draining = await client.get("/readyz")
    assert (draining.status_code, draining.json()) == (503, {"status": "draining"})
    assert (await client.get("/healthz")).status_code == 200


async def test_metrics_by_opentelemetrys_names(service: Service, client: AsyncClient) -> None:
    for path in ("/v1/returns", "/v1/returns/x", "/nowhere", "/elsewhere", "/healthz"):
        await client.get(path)
    await client.request("BREW", "/v1/returns")

    def count(method: str, route: str, status: str) -> float | None:
        return service.metrics.registry.get_sample_value(
            "http_server_request_duration_seconds_count",
            {
                "http_request_method": method,
                "http_route": route,
                "http_response_status_code": status,
            },
        )

    assert count("GET", "/v1/returns", "200") == 1
    assert count("GET", "/v1/returns/{returnId}", "400") == 1
    assert count("GET", "unmatched", "404") == 2
    assert count("_OTHER", "/v1/returns", "405") == 1
    assert count("GET", "/healthz", "200") is None
    below = {
        sample.labels["le"]
        for metric in service.metrics.registry.collect()
        for sample in metric.samples
        if sample.name == "http_server_request_duration_seconds_bucket"
    }
    assert "0.3" in below
    assert service.metrics.registry.get_sample_value("process_start_time_seconds")


async def test_a_harmless_request_id_is_kept(client: AsyncClient, lines: Lines) -> None:
    kept = await client.get("/nowhere", headers={"x-request-id": "caller-4711"})
    assert kept.headers["x-request-id"] == kept.json()["instance"] == "caller-4711"
    assert kept.headers["content-type"] == "application/problem+json"
    assert kept.headers["x-content-type-options"] == "nosniff"
    (line,) = lines.all
    assert line.items() >= {"request_id": "caller-4711", "level": "info", "status": 404}.items()

    for bad in ("short", "x" * 65, "a b c d e f", "<script>!"):
        other = await client.get("/nowhere", headers={"x-request-id": bad})
        assert other.json()["instance"] not in {bad, ""}


async def test_nothing_internal_leaves(service: Service, lines: Lines) -> None:
    @service.app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("password hunter2 refused")

    transport = ASGITransport(service.app)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.get("/broken")
    assert answer.status_code == 500
    assert answer.json() == {
        "type": "about:blank",
        "title": "Internal error",
        "status": 500,
        "instance": answer.headers["x-request-id"],
    }
    failure, request = lines.all
    assert "hunter2" in str(failure["error"])
    assert request.items() >= {"level": "error", "route": "/broken", "status": 500}.items()
    assert {line["request_id"] for line in lines.all} == {answer.json()["instance"]}


async def test_errors_of_the_framework_are_problems(client: AsyncClient) -> None:
    for method, path, content, status in (
        ("DELETE", "/v1/returns", "", 405),
        ("GET", "/v1/returns/", "", 404),
        ("POST", "/v1/returns", "{", 400),
        ("POST", "/v1/returns", "", 400),
    ):
        answer = await client.request(
            method, path, content=content, headers={"content-type": "application/json"}
        )
        assert answer.status_code == answer.json()["status"] == status
        assert answer.headers["content-type"] == "application/problem+json"


async def test_large_bodies_are_refused() -> None:
    service = make_service(MemoryReturns(), body_limit_bytes=100)
    transport = ASGITransport(service.app)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.post("/v1/returns", json={**RETURN, "orderId": "A" * 100})
    assert (answer.status_code, answer.json()["status"]) == (413, 413)


async def test_a_request_has_a_time_limit(lines: Lines) -> None:
    service = make_service(MemoryReturns(), request_timeout_seconds=1)

    @service.app.get("/slow")
    async def slow(request: Request) -> None:
        while not await request.is_disconnected():
            pass

    transport = ASGITransport(service.app)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.get("/slow")
    assert (answer.status_code, answer.json()["title"]) == (503, "The request took too long")
    assert lines.all[0]["message"] == "request took too long"
