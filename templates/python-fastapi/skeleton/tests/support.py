"""The service without a port, as the tests use it."""

from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI

from service.app import create_app
from service.config import Settings
from service.health import Readiness
from service.metrics import Metrics
from service.returns.store import ReturnStore
from service.traces import Traces

RETURN: dict[str, Any] = {
    "orderId": "A-1001",
    "reason": "damaged",
    "lines": [{"sku": "CRATE-10", "quantity": 2}, {"sku": "LID", "quantity": 1}],
}


@dataclass
class Service:
    """A service and what it is made of."""

    app: FastAPI
    settings: Settings
    readiness: Readiness
    metrics: Metrics


def make_service(store: ReturnStore, traces: Traces | None = None, **settings: Any) -> Service:
    chosen = Settings(**settings)
    readiness = Readiness()
    metrics = Metrics()
    app = create_app(chosen, store, readiness, metrics, traces or Traces(None))
    return Service(app, chosen, readiness, metrics)
