"""Writes api/openapi.yaml from the routes: make openapi."""

from pathlib import Path
from typing import Any

import yaml

from service.app import create_app
from service.config import Settings
from service.health import Readiness
from service.metrics import Metrics
from service.returns.memory import MemoryReturns
from service.traces import Traces

FILE = Path(__file__).parent.parent / "api/openapi.yaml"


def describe() -> dict[str, Any]:
    """The OpenAPI description of the routes as they are."""
    app = create_app(
        Settings.model_construct(), MemoryReturns(), Readiness(), Metrics(), Traces(None)
    )
    return app.openapi()


if __name__ == "__main__":
    FILE.write_text(yaml.safe_dump(describe(), sort_keys=False, allow_unicode=True))
