"""The steps together, as a scheduler calls them."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.config import Config
from pipeline.registry import Registry
from tests.conftest import DAY, ROOT, Command


@pytest.fixture
def registry(tmp_path: Path, config: Config) -> Registry:
    return Registry.at(str(tmp_path / "registry"), config.name)


def read(file: Path) -> Any:
    return json.loads(file.read_text())


def with_config(tmp_path: Path, old: str, new: str) -> Path:
    text = (ROOT / "pipeline.toml").read_text()
    assert text.count(old) == 1
    file = tmp_path / "changed.toml"
    file.write_text(text.replace(old, new))
    return file


def test_step_by_step(pipeline: Command, registry: Registry, tmp_path: Path) -> None:
    for step in ("check", "train", "evaluate", "register"):
        assert pipeline(step) == 0
    (version,) = registry.versions()

    assert registry.alias() is None
    assert pipeline("predict", "--date", DAY) == 4
    assert pipeline("promote") == 0
    assert pipeline("predict", "--date", DAY) == 0

    predictions = tmp_path / f"predictions/date={DAY}"
    table = pd.read_csv(predictions / "predictions.csv")
    assert len(table) == 200
    assert table["predicted_duration_minutes"].between(1, 480).all()
    manifest = read(predictions / "manifest.json")
    assert (manifest["version"], manifest["rows"]) == (version, 200)


def test_the_registered_version_says_where_it_is_from(
    pipeline: Command, registry: Registry, tmp_path: Path
) -> None:
    assert pipeline("run", "--date", DAY, "--promote", RUN_ID="night-1") == 0

    version = registry.production()
    assert version is not None
    assert version.origin.code_commit == "0123abc"
    assert version.run_id == "night-1"
    assert version.libraries["scikit-learn"]
    card = read(tmp_path / "reports/model-card.json")
    assert card["version"] == version.version
    assert card["data_origin"] == "sample"
    assert "sample" in card["limits"][0]
    assert card["quality"]["error"] < card["baseline"]["error"]
    stored = tmp_path / f"registry/{version.name}/versions/{version.version}/model-card.json"
    assert read(stored) == card


def test_a_repeat_changes_nothing(pipeline: Command, registry: Registry, tmp_path: Path) -> None:
    def tree() -> dict[str, bytes]:
        folders = [tmp_path / "registry", tmp_path / "predictions"]
        files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
        return {str(file): file.read_bytes() for file in files}

    assert pipeline("run", "--date", DAY, "--promote") == 0
    before = tree()
    assert pipeline("run", "--date", DAY, "--promote", RUN_ID="again") == 0

    assert tree() == before
    assert len(registry.versions()) == 1


def test_going_back_to_an_earlier_version(
    pipeline: Command, registry: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pipeline("run", "--date", DAY, "--promote") == 0
    changed = with_config(tmp_path, "iterations = 150", "iterations = 160")
    assert pipeline("run", "--date", DAY, "--promote", CONFIG_FILE=changed) == 0
    alias = registry.alias()
    assert alias is not None
    assert alias.previous is not None

    assert pipeline("promote", alias.previous) == 0
    assert pipeline("predict", "--date", DAY) == 0
    capsys.readouterr()
    assert pipeline("versions") == 0

    manifest = read(tmp_path / f"predictions/date={DAY}/manifest.json")
    assert manifest["version"] == alias.previous
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line.endswith("production")] == [alias.previous]
    assert len(lines) == 2
    assert pipeline("promote", "no-such") == 4


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("max_error = 9.0", "max_error = 1.0"),
        ("max_segment_error = 12.0", "max_segment_error = 1.0"),
        ("min_gain_over_baseline = 0.3", "min_gain_over_baseline = 0.9"),
    ],
)
def test_a_model_that_misses_a_threshold_is_not_registered(
    pipeline: Command, registry: Registry, tmp_path: Path, old: str, new: str
) -> None:
    changed = with_config(tmp_path, old, new)

    assert pipeline("run", "--date", DAY, "--promote", CONFIG_FILE=changed) == 4
    assert pipeline("register", CONFIG_FILE=changed) == 4
    assert registry.versions() == []


def test_a_model_worse_than_production_is_not_registered(
    pipeline: Command, registry: Registry, tmp_path: Path
) -> None:
    assert pipeline("run", "--date", DAY, "--promote") == 0
    before = registry.versions()
    weak = with_config(tmp_path, "iterations = 150", "iterations = 25")

    assert pipeline("run", "--date", DAY, "--promote", CONFIG_FILE=weak) == 4

    assert registry.versions() == before
    refusals = read(tmp_path / "work/evaluation.json")["refusals"]
    assert any("production has" in refusal for refusal in refusals)
    assert pipeline("predict", "--date", DAY) == 0


def test_only_the_model_that_was_evaluated_is_registered(
    pipeline: Command, registry: Registry, tmp_path: Path
) -> None:
    for step in ("check", "train", "evaluate"):
        assert pipeline(step) == 0
    (tmp_path / "work/model.pkl").write_bytes(b"another")

    assert pipeline("register") == 4
    assert registry.versions() == []


def test_a_file_changed_in_the_registry_is_not_read(pipeline: Command, tmp_path: Path) -> None:
    assert pipeline("run", "--date", DAY, "--promote") == 0
    (model,) = (tmp_path / "registry").rglob("model.pkl")
    model.write_bytes(model.read_bytes() + b" ")

    assert pipeline("predict", "--date", DAY) == 4


def test_data_that_changes_after_the_check_is_not_trained_on(
    pipeline: Command, sample: Path, tmp_path: Path
) -> None:
    data = tmp_path / "deliveries.csv"
    text = (sample / "deliveries.csv").read_text()
    data.write_text(text)
    assert pipeline("check", DATA_URL=data) == 0
    data.write_text("\n".join(text.splitlines()[:-1]) + "\n")

    assert pipeline("train", DATA_URL=data) == 3


def test_data_that_drifted_too_far_is_refused(
    pipeline: Command, sample: Path, tmp_path: Path
) -> None:
    assert pipeline("run", "--date", DAY, "--promote") == 0
    rows = pd.read_csv(sample / "deliveries.csv")
    rows["distance_km"] = (rows["distance_km"] * 3).clip(0, 60)
    drifted = tmp_path / "drifted.csv"
    rows.to_csv(drifted, index=False)

    assert pipeline("check", DATA_URL=drifted) == 3
    report = read(tmp_path / "work/check.json")
    assert report["drift"]["distance_km"] > 0.5
    assert [problem["rule"] for problem in report["problems"]] == ["drift"]


def test_steps_out_of_order_say_what_is_missing(
    pipeline: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pipeline("train") == 1
    assert "check.json: run the steps before" in capsys.readouterr().out


def test_a_day_without_orders_may_be_tried_again(pipeline: Command) -> None:
    assert pipeline("run", "--date", DAY, "--promote") == 0
    assert pipeline("predict", "--date", "2026-03-02") == 1


def test_the_registry_may_be_an_object_store(pipeline: Command, config: Config) -> None:
    urls = {"REGISTRY_URL": "memory://models", "PREDICTIONS_URL": "memory://predictions"}

    assert pipeline("run", "--date", DAY, "--promote", **urls) == 0
    assert pipeline("predict", "--date", DAY, **urls) == 0

    registry = Registry.at("memory://models", config.name)
    production = registry.production()
    assert production is not None
    assert registry.versions() == [production.version]
