"""Same inputs, same bytes: the model, the version and the predictions."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from scripts import make_sample
from tests.conftest import DAY, ROOT, environment


def run_afresh(sample: Path, folder: Path, hash_seed: str, threads: str) -> dict[str, str]:
    """Everything in a process of its own, with what must not matter changed."""
    changed = {"PYTHONHASHSEED": hash_seed, "OMP_NUM_THREADS": threads, "RUN_ID": folder.name}
    subprocess.run(
        [sys.executable, "-m", "pipeline", "run", "--promote", "--date", DAY],
        cwd=ROOT,
        env=os.environ | environment(sample, folder) | changed,
        check=True,
    )
    training = json.loads((folder / "work/training.json").read_text())
    (version,) = (folder / "registry").glob("*/versions/*")
    predictions = folder / f"predictions/date={DAY}"
    return {
        "said": training["origin"]["model_sha256"],
        "version": version.name,
        **{
            file.name: hashlib.sha256(file.read_bytes()).hexdigest()
            for file in (
                version / "model.pkl",
                version / "model-card.json",
                predictions / "predictions.csv",
                predictions / "manifest.json",
            )
        },
    }


def test_two_runs_make_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    one = run_afresh(sample, tmp_path / "one", "1", "1")
    other = run_afresh(sample, tmp_path / "other", "2", "2")

    assert one == other
    assert one["said"] == one["model.pkl"]


def test_the_sample_is_always_the_same(sample: Path, tmp_path: Path) -> None:
    make_sample.main(tmp_path)

    for file in sample.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()
