"""Traces by OpenTelemetry, sent by OTLP over HTTP."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from threading import Thread
from typing import Any

from fastapi.telemetry import TelemetryConfig
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from pydantic import HttpUrl

from service.about import NAME, REVISION

UNTRACED = frozenset({"/healthz", "/readyz"})
LAST_SPANS_SECONDS = 3


def _is_untraced(scope: MutableMapping[str, Any]) -> bool:
    return scope["path"] in UNTRACED


@dataclass(frozen=True)
class Traces:
    """Makes spans when there is somewhere to send them."""

    provider: TracerProvider | None

    @classmethod
    def start(cls, endpoint: HttpUrl | None) -> Traces:
        """Trace when an endpoint is set; the exporter reads the OTEL_* variables itself."""
        if endpoint is None:
            return cls(None)
        resource = Resource.create({"service.name": NAME, "service.version": REVISION})
        provider = TracerProvider(
            # OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES count more.
            resource=resource.merge(OTELResourceDetector().detect()),
            shutdown_on_exit=False,
        )
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        return cls(provider)

    def config(self) -> TelemetryConfig:
        """How FastAPI makes a span of every request but the probes."""
        return {
            "tracer_provider": self.provider,
            "tracing": self.provider is not None,
            "operation_spans": False,
            "metrics": False,
            "logs": False,
            "auto_configure": False,
            "exclude": _is_untraced,
        }

    def close(self) -> None:
        """Send what is left, for a moment: a collector that is down must not hold the exit up."""
        if self.provider is None:
            return
        last = Thread(target=self.provider.shutdown, daemon=True)
        last.start()
        last.join(LAST_SPANS_SECONDS)
