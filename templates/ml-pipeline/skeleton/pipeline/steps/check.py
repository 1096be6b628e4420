"""Check: is the data what was agreed on, and still what production was trained on?"""

import logging

from pydantic import BaseModel

from pipeline import data
from pipeline.errors import DataRefusedError
from pipeline.logs import say
from pipeline.steps import Run


class CheckReport(BaseModel):
    url: str
    sha256: str
    rows: int
    problems: list[data.Problem]
    compared_with: str | None
    """The version whose training data drift is measured against."""
    drift: dict[str, float]


def check(run: Run) -> None:
    """Raises DataRefusedError naming what is wrong."""
    dataset = data.read(run.settings.data_url, run.config)
    problems = data.check(dataset.rows, run.config, for_training=True)
    reference = None if problems else run.registry.production()
    drift = data.drift(dataset.rows, reference.profile, run.config) if reference else {}
    for column, index in drift.items():
        if index > run.config.drift.refuse:
            problems.append(data.Problem(column=column, rule="drift", detail=f"index {index:g}"))
        elif index > run.config.drift.warn:
            say("the data has drifted", logging.WARNING, column=column, index=index)
    report = CheckReport(
        url=dataset.url,
        sha256=dataset.sha256,
        rows=len(dataset.rows),
        problems=problems,
        compared_with=reference.version if reference else None,
        drift=drift,
    )
    run.leave("check.json", report)
    about = "Population stability index against the data of the production model."
    run.metrics.gauges("pipeline_data_drift_index", about, "column", drift)
    run.metrics.gauge("pipeline_data_rows", "Rows to train and evaluate on.", report.rows)
    refuse(problems, dataset.url)
    say("the data is as agreed", rows=report.rows, compared_with=report.compared_with)


def refuse(problems: list[data.Problem], url: str) -> None:
    """Log each problem, and raise DataRefusedError where there is one."""
    for problem in problems:
        say("the data is not as agreed", logging.ERROR, url=url, **problem.model_dump())
    if problems:
        first = problems[0]
        what = f"{first.column}: {first.rule}: {first.detail}"
        raise DataRefusedError(f"{url}: {len(problems)} problems, the first: {what}")
