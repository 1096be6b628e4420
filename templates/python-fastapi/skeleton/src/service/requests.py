"""What happens around every request."""

import asyncio
import logging
import re
import time
from http import HTTPStatus
from uuid import uuid4

from opentelemetry import trace
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.logs import request_id
from service.metrics import Metrics
from service.problem import answer

logger = logging.getLogger(__name__)

# They say nothing about how users are served.
PROBES = frozenset({"/healthz", "/readyz"})
HARMLESS = re.compile(r"[\w-]{8,64}", re.ASCII)


class BodyLimitMiddleware:
    """Refuses larger bodies. Unlike Starlette's own limit, with a problem as the answer."""

    def __init__(self, app: ASGIApp, limit_bytes: int) -> None:
        self._app = app
        self._limit_bytes = limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        received = 0

        async def limited_receive() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limit_bytes:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await self._app(scope, limited_receive, send)


class RequestMiddleware:
    """Gives a request its id and its time limit, measures it and logs it.

    What goes wrong inside stays in the log, under the id that the caller gets.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, timeout_seconds: float) -> None:
        self._app = app
        self._metrics = metrics
        self._timeout_seconds = timeout_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        identity = given if HARMLESS.fullmatch(given) else str(uuid4())
        request_id.set(identity)
        begun = time.perf_counter()
        status: int | None = None

        async def observed_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = identity
                headers["x-content-type-options"] = "nosniff"
            await send(message)

        try:
            async with asyncio.timeout(self._timeout_seconds) as deadline:
                await self._app(scope, receive, observed_send)
        except Exception as error:
            if status is not None:
                raise  # The answer has begun: only the connection can be broken off.
            trace.get_current_span().record_exception(error)
            if deadline.expired():
                logger.warning("request took too long")
                response = answer(HTTPStatus.SERVICE_UNAVAILABLE, "The request took too long")
            else:
                logger.exception("request failed")
                response = answer(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal error")
            await response(scope, receive, observed_send)
        finally:
            # Without a status it was cut off by the shutdown.
            self._record(scope, status or 500, time.perf_counter() - begun)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        if scope["path"] in PROBES:
            return
        route = getattr(scope.get("route"), "path", "unmatched")
        self._metrics.observe(scope["method"], route, status, seconds)
        logger.log(
            logging.ERROR if status >= HTTPStatus.INTERNAL_SERVER_ERROR else logging.INFO,
            "request",
            extra={
                "method": scope["method"],
                "path": scope["path"],
                "route": route,
                "status": status,
                "duration_ms": round(seconds * 1000, 1),
            },
        )
