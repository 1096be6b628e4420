"""Metrics of steps that end before anybody could scrape them.

They go to a Pushgateway (PUSHGATEWAY_URL), to files for the node exporter's
textfile collector (METRICS_DIR), or nowhere.
"""

import logging
import time
from dataclasses import dataclass, field
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, pushadd_to_gateway, write_to_textfile

from pipeline.logs import say

PUSH_TIMEOUT_SECONDS = 5


@dataclass
class Metrics:
    """What one step measured."""

    pipeline: str
    step: str
    # Kept apart, so that a failure leaves what the last success said.
    always: CollectorRegistry = field(default_factory=CollectorRegistry)
    on_success: CollectorRegistry = field(default_factory=CollectorRegistry)

    def gauge(self, name: str, about: str, value: float) -> None:
        """Set a gauge that counts only when the step succeeds."""
        self._gauge(self.on_success, name, about).labels(self.pipeline, self.step).set(value)

    def gauges(self, name: str, about: str, label: str, values: dict[str, float]) -> None:
        """Set one such gauge for each value of a label."""
        gauge = self._gauge(self.on_success, name, about, label)
        for key, value in values.items():
            gauge.labels(self.pipeline, self.step, key).set(value)

    def finish(self, *, succeeded: bool, seconds: float) -> None:
        outcome = {
            ("pipeline_step_succeeded", "1 when it did, 0 when not."): float(succeeded),
            ("pipeline_step_duration_seconds", "How long the step took."): seconds,
        }
        for (name, about), value in outcome.items():
            self._gauge(self.always, name, about).labels(self.pipeline, self.step).set(value)
        about = "When the step last succeeded."
        self.gauge("pipeline_step_last_success_timestamp_seconds", about, time.time())

    def publish(self, gateway: str | None, folder: Path | None, *, succeeded: bool) -> None:
        """Hand over what was measured; to fail at that fails no step."""
        parts = {"outcome": self.always} | ({"success": self.on_success} if succeeded else {})
        try:
            for name, registry in parts.items():
                if folder:
                    folder.mkdir(parents=True, exist_ok=True)
                    file = folder / f"{self.pipeline}-{self.step}-{name}.prom"
                    write_to_textfile(str(file), registry)
                if gateway:
                    pushadd_to_gateway(
                        gateway,
                        job=self.pipeline,
                        grouping_key={"step": self.step},
                        registry=registry,
                        timeout=PUSH_TIMEOUT_SECONDS,
                    )
        except OSError as error:
            say("metrics were not handed over", logging.WARNING, error=str(error))

    @staticmethod
    def _gauge(registry: CollectorRegistry, name: str, about: str, *labels: str) -> Gauge:
        # The same labels as a Pushgateway gives, so both ways fit the same rules.
        return Gauge(name, about, ["job", "step", *labels], registry=registry)
