"""Train: the model, and the record of all that decided what it is."""

import datetime

import pandas as pd
from pydantic import BaseModel

from pipeline import data, model, provenance
from pipeline.config import ModelConfig
from pipeline.errors import DataRefusedError
from pipeline.logs import say
from pipeline.registry import Origin
from pipeline.steps import Run
from pipeline.steps.check import CheckReport
from pipeline.storage import sha256


class Training(BaseModel):
    origin: Origin
    parameters: ModelConfig
    libraries: dict[str, str]
    data_from: datetime.datetime
    data_until: datetime.datetime
    rows_trained: int
    rows_evaluated: int
    profile: data.Profiles


def train(run: Run) -> None:
    """Raises DataRefusedError where the data is not the one that was checked."""
    dataset = read_checked(run)
    training, newest = data.split(dataset.rows, run.config)
    content = model.to_bytes(model.fit(training, run.config))
    times = pd.to_datetime(dataset.rows[run.config.data.time], utc=True, format="ISO8601")
    record = Training(
        origin=Origin(
            model_sha256=sha256(content),
            data_sha256=dataset.sha256,
            config_sha256=sha256(run.settings.config_file.read_bytes()),
            lock_sha256=provenance.lock_sha256(),
            code_commit=provenance.code_commit(run.settings.code_commit),
        ),
        parameters=run.config.model,
        libraries=provenance.libraries(),
        data_from=times.min().to_pydatetime(),
        data_until=times.max().to_pydatetime(),
        rows_trained=len(training),
        rows_evaluated=len(newest),
        profile=data.profile(dataset.rows, run.config),
    )
    run.work.write("model.pkl", content)
    run.leave("training.json", record)
    say("a model was trained", version=record.origin.version, **record.origin.model_dump())


def read_checked(run: Run) -> data.Dataset:
    """The data that the check passed. Raises DataRefusedError where it has changed since."""
    checked = run.find("check.json", CheckReport)
    dataset = data.read(run.settings.data_url, run.config)
    if checked.problems or checked.sha256 != dataset.sha256:
        raise DataRefusedError(f"{dataset.url} is not what passed the check: check it again")
    return dataset
