"""The service as a process: configuration, ports, signals."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from service.returns.memory import MemoryReturns
from service.server import Server
from support import Service, make_service

SOURCE = Path(__file__).parent.parent / "src"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(**env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "service"],
        env={**os.environ, "PYTHONPATH": str(SOURCE), "HOST": "127.0.0.1", "PORT": "0", **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_wrong_variable_ends_it_with_78() -> None:
    process = start(METRICS_PORT="hunter2")
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 78
    assert "METRICS_PORT: " in errors
    assert "hunter2" not in errors


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    with start(METRICS_PORT=str(free_port()), SHUTDOWN_DELAY_SECONDS="1") as process:
        yield process
        process.kill()


def test_serves_drains_and_ends_with_0(process: subprocess.Popen[str]) -> None:
    assert process.stdout
    serving = json.loads(process.stdout.readline())
    assert serving["message"] == "serving"
    with httpx.Client(base_url=f"http://127.0.0.1:{serving['port']}") as client:
        assert client.get("/healthz").status_code == 200
        process.send_signal(signal.SIGTERM)
        assert client.get("/readyz").json() == {"status": "draining"}
        assert client.get("/healthz").status_code == 200
    output, errors = process.communicate(timeout=30)
    assert [json.loads(line)["message"] for line in output.splitlines()] == ["draining", "stopped"]
    assert (process.returncode, errors) == (0, "")


async def serving(service: Service) -> tuple[Server, asyncio.Task[None]]:
    server = Server(service.app, service.settings, service.readiness)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - there is no event for it
        await asyncio.sleep(0.01)
    return server, task


@pytest.fixture
def slow() -> Service:
    """A service that answers /slow when `release` is set."""
    service = make_service(
        MemoryReturns(),
        host="127.0.0.1",
        port=0,
        shutdown_delay_seconds=0,
        shutdown_timeout_seconds=1,
    )
    service.app.state.arrived = asyncio.Event()
    service.app.state.release = asyncio.Event()

    @service.app.get("/slow")
    async def wait() -> str:
        service.app.state.arrived.set()
        await service.app.state.release.wait()
        return "done"

    return service


async def test_finishes_what_is_in_flight(slow: Service) -> None:
    server, ended = await serving(slow)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.bound_port}") as client:
        request = asyncio.create_task(client.get("/slow"))
        await slow.app.state.arrived.wait()
        server.handle_exit(signal.SIGTERM, None)
        await asyncio.sleep(0.3)
        slow.app.state.release.set()
        assert (await request).json() == "done"
        await ended
        with pytest.raises(httpx.ConnectError):
            await client.get("/healthz")
    assert server.cut_off == 0


async def test_cuts_off_what_takes_too_long(slow: Service) -> None:
    server, ended = await serving(slow)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.bound_port}") as client:
        request = asyncio.create_task(client.get("/slow"))
        await slow.app.state.arrived.wait()
        server.handle_exit(signal.SIGTERM, None)
        await ended
        assert server.cut_off == 1
        assert (await request).status_code == 500
