"""Register a model that passed its evaluation, and point `production` at one."""

import datetime

from pydantic import BaseModel

from pipeline.card import Card, limits
from pipeline.errors import ModelRefusedError
from pipeline.logs import say
from pipeline.registry import Version
from pipeline.steps import Run
from pipeline.steps.evaluate import Evaluation
from pipeline.steps.train import Training
from pipeline.storage import Folder, to_json


class Registration(BaseModel):
    version: str


def register(run: Run) -> None:
    """Raises ModelRefusedError where the evaluation was not passed by this very model."""
    training = run.find("training.json", Training)
    evaluation = run.find("evaluation.json", Evaluation)
    if evaluation.refusals or evaluation.model_sha256 != training.origin.model_sha256:
        raise ModelRefusedError("the model has not passed its evaluation")
    version = Version(
        name=run.config.name,
        version=training.origin.version,
        origin=training.origin,
        parameters=training.parameters,
        libraries=training.libraries,
        quality=evaluation.candidate,
        profile=training.profile,
        run_id=run.settings.run_id,
        registered_at=datetime.datetime.now(datetime.UTC),
    )
    card = to_json(_card(run, training, evaluation))
    new = run.registry.add(version, run.read("model.pkl"), card)
    Folder.at(str(run.settings.reports_dir)).write("model-card.json", card)
    run.leave("registration.json", Registration(version=version.version))
    say("registered" if new else "is registered already", version=version.version)


def promote(run: Run, version: str | None) -> None:
    """Point `production` at a version; left out, at the one just registered."""
    chosen = version or run.find("registration.json", Registration).version
    alias = run.registry.promote(chosen, run.settings.run_id)
    say("production points at it", version=alias.version, previous=alias.previous)


def _card(run: Run, training: Training, evaluation: Evaluation) -> Card:
    data = run.config.data
    thresholds = run.config.quality.model_dump()
    return Card(
        model=run.config.name,
        version=training.origin.version,
        description="Gradient-boosted trees that minimise the mean absolute error.",
        predicts=data.target.name,
        inputs=[*data.inputs, f"{data.time} (hour, weekday)"],
        data_origin=data.origin,
        data_from=training.data_from,
        data_until=training.data_until,
        rows_trained=training.rows_trained,
        rows_evaluated=training.rows_evaluated,
        origin=training.origin,
        libraries=training.libraries,
        quality=evaluation.candidate,
        baseline=evaluation.baseline,
        thresholds=thresholds,
        limits=limits(run.config),
    )
