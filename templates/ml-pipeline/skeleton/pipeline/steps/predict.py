"""Predict the orders of a day with a registered model."""

import datetime
import logging

import pandas as pd
from pydantic import BaseModel

from pipeline import data, model, provenance
from pipeline.errors import ModelRefusedError
from pipeline.logs import say
from pipeline.steps import Run
from pipeline.steps.check import refuse
from pipeline.storage import Folder, sha256


class Manifest(BaseModel):
    """Says that a day's predictions are whole; without a time, so a repeat changes nothing."""

    date: datetime.date
    model: str
    version: str
    model_sha256: str
    orders_sha256: str
    predictions_sha256: str
    rows: int


def predict(run: Run, date: datetime.date, version: str | None) -> None:
    """Write the predictions of a day; doing it again replaces them by the same.

    Raises DataRefusedError, or ModelRefusedError where there is no such model.
    """
    registered = run.registry.read(version) if version else run.registry.production()
    if not registered:
        raise ModelRefusedError("there is no production model yet: promote a version")
    _warn_of_other_libraries(registered.libraries)
    orders = data.read(run.settings.orders_url.replace("{date}", date.isoformat()), run.config)
    refuse(data.check(orders.rows, run.config, for_training=False), orders.url)
    predicted = model.predict(run.registry.load(registered), orders.rows, run.config)
    key, target = run.config.data.key, run.config.data.target.name
    table = pd.DataFrame({key: orders.rows[key], f"predicted_{target}": predicted.round(2)})
    content = table.sort_values(key).to_csv(index=False, lineterminator="\n").encode()
    manifest = Manifest(
        date=date,
        model=registered.name,
        version=registered.version,
        model_sha256=registered.origin.model_sha256,
        orders_sha256=orders.sha256,
        predictions_sha256=sha256(content),
        rows=len(table),
    )
    folder = Folder.at(run.settings.predictions_url).below(f"date={date.isoformat()}")
    folder.write("predictions.csv", content)
    folder.write("manifest.json", (manifest.model_dump_json(indent=2) + "\n").encode())
    run.metrics.gauge("pipeline_predictions_rows", "Predictions of the day.", len(table))
    day = datetime.datetime.combine(date, datetime.time(), datetime.UTC)
    about = "The day predicted, as its first second."
    run.metrics.gauge("pipeline_predictions_date_timestamp_seconds", about, day.timestamp())
    say("the day is predicted", date=date, rows=len(table), version=registered.version)


def _warn_of_other_libraries(made_with: dict[str, str]) -> None:
    """A model is only sure to predict the same with the libraries that made it."""
    here = provenance.libraries()
    other = {name: made_with[name] for name in here if made_with.get(name, "") != here[name]}
    if other:
        say("the model was made with other libraries", logging.WARNING, made_with=other, here=here)
