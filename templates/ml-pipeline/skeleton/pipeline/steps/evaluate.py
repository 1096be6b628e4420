"""Evaluate: good enough, better than no model, and not worse than production?"""

import logging

from pydantic import BaseModel

from pipeline import data, model
from pipeline.config import QualityConfig
from pipeline.errors import ModelRefusedError
from pipeline.logs import say
from pipeline.model import Quality
from pipeline.steps import Run
from pipeline.steps.train import Training, read_checked


class Evaluation(BaseModel):
    model_sha256: str
    candidate: Quality
    baseline: Quality
    production: Quality | None
    production_version: str | None
    refusals: list[str]


def evaluate(run: Run) -> None:
    """Raises ModelRefusedError naming each threshold that was missed."""
    training = run.find("training.json", Training)
    dataset = read_checked(run)
    older, newest = data.split(dataset.rows, run.config)

    def quality_of(fitted: model.Model) -> Quality:
        return model.measure(model.predict(fitted, newest, run.config), newest, run.config)

    trained = model.from_bytes(run.read("model.pkl"), training.origin.model_sha256)
    candidate = quality_of(trained)
    baseline = model.measure(model.baseline(older, newest, run.config), newest, run.config)
    registered = run.registry.production()
    production = quality_of(run.registry.load(registered)) if registered else None
    evaluation = Evaluation(
        model_sha256=training.origin.model_sha256,
        candidate=candidate,
        baseline=baseline,
        production=production,
        production_version=registered.version if registered else None,
        refusals=judge(candidate, baseline, production, run.config.quality),
    )
    run.leave("evaluation.json", evaluation)
    errors = {"candidate": candidate.error, "baseline": baseline.error}
    if registered and production:
        errors["production"] = production.error
        errors["production_when_registered"] = registered.quality.error
    about = "Mean absolute error on the newest rows, in the unit of the target."
    run.metrics.gauges("pipeline_model_error", about, "model", errors)
    for refusal in evaluation.refusals:
        say("the model is not good enough", logging.ERROR, why=refusal)
    if evaluation.refusals:
        raise ModelRefusedError("; ".join(evaluation.refusals))
    say(
        "the model is good enough",
        error=candidate.error,
        baseline=baseline.error,
        production=production.error if production else None,
    )


def judge(
    candidate: Quality, baseline: Quality, production: Quality | None, limits: QualityConfig
) -> list[str]:
    """Each reason to refuse the candidate, with the figure and the limit."""
    gain = 1 - candidate.error / baseline.error if baseline.error else 0.0
    least = limits.min_gain_over_baseline
    refusals = []
    if not candidate.error <= limits.max_error:
        refusals.append(f"error {candidate.error:g} is above {limits.max_error:g}")
    if not abs(candidate.bias) <= limits.max_bias:
        refusals.append(f"bias {candidate.bias:g} is beyond {limits.max_bias:g}")
    refusals += [
        f"error {error:g} in {segment} is above {limits.max_segment_error:g}"
        for segment, error in candidate.segments.items()
        if not error <= limits.max_segment_error
    ]
    if not gain >= least:
        refusals.append(f"{gain:.1%} better than the baseline, {least:.1%} asked for")
    if production:
        most = production.error * (1 + limits.max_loss_to_production)
        if not candidate.error <= most:
            refusals.append(f"error {candidate.error:g}, production has {production.error:g}")
    return refusals
