"""Traces as a collector receives them."""

import logging

import pytest
from httpx import ASGITransport, AsyncClient

from collector import Collector
from service.logs import JsonFormatter
from service.returns.memory import MemoryReturns
from service.traces import Traces
from support import make_service

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


async def test_joins_the_trace_of_the_caller(
    collector: Collector, caplog: pytest.LogCaptureFixture
) -> None:
    traces = Traces.start(collector.endpoint)
    service = make_service(MemoryReturns(), traces)
    written: list[str] = []
    caplog.handler.setFormatter(JsonFormatter())
    caplog.handler.emit = lambda record: written.append(caplog.handler.format(record))  # type: ignore[method-assign]
    caplog.set_level(logging.INFO)
    transport = ASGITransport(service.app)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        headers = {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}
        await client.get("/v1/returns/x", headers=headers)
        await client.get("/healthz")
    traces.close()

    assert list(collector.spans) == ["GET /v1/returns/{returnId}"]
    (span,) = collector.spans.values()
    assert (span.trace_id.hex(), span.parent_span_id.hex()) == (TRACE, "00f067aa0ba902b7")
    assert collector.resource["service.name"] == "named-by-the-chart"
    assert any(f'"trace_id": "{TRACE}", "span_id": "{span.span_id.hex()}"' in it for it in written)


def test_none_are_made_without_a_collector() -> None:
    traces = Traces.start(None)
    assert traces.config()["tracing"] is False
    traces.close()
