"""The HTTP server and how it ends."""

import logging
import socket
import time

import uvicorn
from starlette.types import ASGIApp

from service.config import Settings
from service.health import Readiness

logger = logging.getLogger(__name__)

# Longer than load balancers keep an idle connection, so that they close it first.
KEEP_ALIVE_SECONDS = 75


class Server(uvicorn.Server):
    """Ends without losing a request.

    After SIGTERM it says that it is not ready and serves on for a moment, while load
    balancers look away; then it finishes what is in flight.
    """

    def __init__(self, app: ASGIApp, settings: Settings, readiness: Readiness) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                host=settings.host,
                port=settings.port,
                http="httptools",
                lifespan="off",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=settings.shutdown_timeout_seconds,
            )
        )
        self.cut_off = 0
        """How many requests took longer than the shutdown waits."""
        self._delay_seconds = settings.shutdown_delay_seconds
        self._readiness = readiness
        self._exit_at: float | None = None

    def handle_exit(self, *_: object) -> None:
        """The first signal drains, a second one ends the process at once.

        uvicorn's own handler stops listening first and dies by the signal last.
        """
        if self._readiness.draining:
            self.should_exit = self.force_exit = True
        self._readiness.draining = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        logger.info("serving", extra={"port": self.bound_port})

    @property
    def bound_port(self) -> int:
        port: int = self.servers[0].sockets[0].getsockname()[1]
        return port

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second; true ends the service."""
        if self._readiness.draining and self._exit_at is None:
            self._exit_at = time.monotonic() + self._delay_seconds
            logger.info("draining", extra={"delay_seconds": self._delay_seconds})
        if self._exit_at is not None and time.monotonic() >= self._exit_at:
            self.should_exit = True
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        self.cut_off = len(self.server_state.tasks)
