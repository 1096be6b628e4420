from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.config import Config, load_config
from scripts import make_sample

Command = Callable[..., int]
ROOT = Path(__file__).parent.parent
DAY = make_sample.PREDICTED.isoformat()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample data."""
    folder = tmp_path_factory.mktemp("sample")
    make_sample.main(folder)
    return folder


@pytest.fixture
def config() -> Config:
    return load_config(ROOT / "pipeline.toml")


@pytest.fixture
def pipeline(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs commands with all that they write below `tmp_path`."""
    for name, value in environment(sample, tmp_path).items():
        monkeypatch.setenv(name, value)

    def command(*arguments: str, **variables: object) -> int:
        with monkeypatch.context() as patch:
            for name, value in variables.items():
                patch.setenv(name, str(value))
            return main(arguments)

    return command


def environment(sample: Path, folder: Path) -> dict[str, str]:
    return {
        "CONFIG_FILE": str(ROOT / "pipeline.toml"),
        "DATA_URL": str(sample / "deliveries.csv"),
        "ORDERS_URL": str(sample / "orders-{date}.csv"),
        "REGISTRY_URL": str(folder / "registry"),
        "PREDICTIONS_URL": str(folder / "predictions"),
        "WORK_DIR": str(folder / "work"),
        "REPORTS_DIR": str(folder / "reports"),
        "CODE_COMMIT": "0123abc",
        "PUSHGATEWAY_URL": "",
        "METRICS_DIR": "",
        "RUN_DATE": "",
    }
