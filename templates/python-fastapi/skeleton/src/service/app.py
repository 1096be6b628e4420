"""The whole service without a port: what the tests and the server share."""

from typing import Any

from fastapi import FastAPI

from service.about import NAME
from service.config import Settings
from service.health import Readiness, health_routes
from service.metrics import Metrics
from service.problem import SCHEMAS, report_problems
from service.requests import BodyLimitMiddleware, RequestMiddleware
from service.returns.routes import return_routes
from service.returns.store import ReturnStore
from service.traces import Traces


class Api(FastAPI):
    """FastAPI, with the schema of problems in its description."""

    def openapi(self) -> dict[str, Any]:
        description = super().openapi()
        description["components"]["schemas"] |= SCHEMAS
        return description


def create_app(
    settings: Settings,
    store: ReturnStore,
    readiness: Readiness,
    metrics: Metrics,
    traces: Traces,
) -> FastAPI:
    app = Api(
        title=NAME,
        version="1.0.0",
        # Their pages load scripts from elsewhere; the portal shows the API.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=traces.config(),
    )
    app.add_middleware(BodyLimitMiddleware, limit_bytes=settings.body_limit_bytes)
    # The last one added is the outermost.
    app.add_middleware(
        RequestMiddleware,
        metrics=metrics,
        timeout_seconds=settings.request_timeout_seconds,
    )
    report_problems(app)
    app.include_router(health_routes(readiness))
    app.include_router(return_routes(store))
    return app
