"""Traces as a collector receives them."""

import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from httpx import ASGITransport, AsyncClient
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from pydantic import HttpUrl

from service.logs import JsonFormatter
from service.returns.memory import MemoryReturns
from service.traces import Traces
from support import make_service

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


class Collector(HTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.spans: dict[str, Span] = {}
        self.resource: dict[str, str] = {}


class _Handler(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        assert self.path == "/v1/traces"
        for group in ExportTraceServiceRequest.FromString(body).resource_spans:
            for attribute in group.resource.attributes:
                self.server.resource[attribute.key] = attribute.value.string_value
            for scope in group.scope_spans:
                self.server.spans |= {span.name: span for span in scope.spans}
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    with Collector() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        # What the exporter reads by itself.
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
        monkeypatch.setenv("OTEL_SERVICE_NAME", "named-by-the-chart")
        yield server
        server.shutdown()
        thread.join()


async def test_joins_the_trace_of_the_caller(
    collector: Collector, caplog: pytest.LogCaptureFixture
) -> None:
    traces = Traces.start(HttpUrl(f"http://127.0.0.1:{collector.server_port}"))
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
