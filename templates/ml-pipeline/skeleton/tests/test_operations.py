"""Configuration, logs and metrics: what whoever runs it relies on."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Settings, load_config, load_settings
from pipeline.errors import ConfigurationError
from tests.conftest import DAY, ROOT, Command


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("LOG_LEVEL", "loud"),
        ("RUN_DATE", "tomorrow"),
        ("ORDERS_URL", "s3://secret-bucket/orders.csv"),
        ("PUSHGATEWAY_URL", "secret-gateway"),
        ("CONFIG_FILE", "/no/such/file"),
    ],
)
def test_a_wrong_variable_is_named(
    pipeline: Command, capsys: pytest.CaptureFixture[str], variable: str, value: str
) -> None:
    assert pipeline("check", **{variable: value}) == 78
    (line,) = lines(capsys.readouterr().out)
    assert variable in line["error"]
    assert "secret" not in line["error"]


def test_an_empty_variable_is_not_set() -> None:
    assert load_settings({"PUSHGATEWAY_URL": "", "LOG_LEVEL": ""}) == Settings()


def test_a_misspelt_key_is_named(tmp_path: Path) -> None:
    file = tmp_path / "pipeline.toml"
    text = (ROOT / "pipeline.toml").read_text()
    file.write_text(text.replace("max_bias", "max_biass"))
    with pytest.raises(ConfigurationError, match=r"quality\.max_bias: .*quality\.max_biass: "):
        load_config(file)


def test_each_line_of_the_log_is_json(
    pipeline: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pipeline("check", RUN_ID="night-7") == 0
    for line in lines(capsys.readouterr().out):
        assert line["level"] in ("info", "warn", "error")
        assert line["run_id"] == "night-7"
        assert line["time"].endswith("+00:00")


def test_a_fault_of_ours_is_logged_whole_and_ends_with_1(
    pipeline: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "work").write_text("a file where a folder should be")
    assert pipeline("check") == 1
    assert "Traceback" in lines(capsys.readouterr().out)[-1]["stack"]


def test_metrics_as_files(pipeline: Command, tmp_path: Path) -> None:
    folder = tmp_path / "metrics"
    assert pipeline("run", "--date", DAY, "--promote", METRICS_DIR=folder) == 0
    assert pipeline("run", "--date", DAY, METRICS_DIR=folder) == 0
    before = {file.name: file.read_text() for file in folder.glob("*-success.prom")}
    text = "".join(before.values())

    for name in (
        'pipeline_model_error{job="NAME",model="candidate",step="evaluate"}',
        'pipeline_model_error{job="NAME",model="production_when_registered",step="evaluate"}',
        'pipeline_data_drift_index{column="zone",job="NAME",step="check"} 0.0',
        'pipeline_predictions_rows{job="NAME",step="predict"} 200.0',
        'pipeline_predictions_date_timestamp_seconds{job="NAME",step="predict"} 1.772',
        'pipeline_step_last_success_timestamp_seconds{job="NAME",step="predict"}',
    ):
        assert name.replace("NAME", load_config(ROOT / "pipeline.toml").name) in text

    empty = tmp_path / "empty.csv"
    empty.touch()
    assert pipeline("check", METRICS_DIR=folder, DATA_URL=empty) == 3
    (outcome,) = folder.glob("*-check-outcome.prom")
    assert outcome.read_text().count("\npipeline_step_succeeded{") == 1
    assert 'step="check"} 0.0' in outcome.read_text()
    assert {file.name: file.read_text() for file in folder.glob("*-success.prom")} == before


@pytest.fixture
def gateway() -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """What a Pushgateway would have been asked."""
    asked: list[tuple[str, str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked.append((self.command, self.path, body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_metrics_to_a_pushgateway(
    pipeline: Command, gateway: tuple[str, list[tuple[str, str, str]]]
) -> None:
    url, asked = gateway
    name = load_config(ROOT / "pipeline.toml").name
    assert pipeline("check", PUSHGATEWAY_URL=url) == 0
    # Added to what is there: a failure must not take the last success away.
    assert {(method, path) for method, path, _ in asked} == {
        ("POST", f"/metrics/job/{name}/step/check")
    }
    assert "pipeline_step_succeeded" in asked[0][2]


def test_a_gateway_that_is_gone_fails_no_step(
    pipeline: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pipeline("check", PUSHGATEWAY_URL="http://127.0.0.1:9") == 0
    assert "metrics were not handed over" in capsys.readouterr().out
