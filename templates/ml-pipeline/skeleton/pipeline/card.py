"""The model card for programs; `docs/model-card.md` is the one for people."""

import datetime

from pydantic import BaseModel

from pipeline.config import Config
from pipeline.model import Quality
from pipeline.registry import Origin


class Card(BaseModel):
    """What somebody who did not train the model must know of it."""

    model: str
    version: str
    description: str
    predicts: str
    inputs: list[str]
    data_origin: str
    data_from: datetime.datetime
    data_until: datetime.datetime
    rows_trained: int
    rows_evaluated: int
    origin: Origin
    libraries: dict[str, str]
    quality: Quality
    baseline: Quality
    thresholds: dict[str, float | str]
    limits: list[str]
    more: str = "docs/model-card.md"


def limits(config: Config) -> list[str]:
    """Where the model must not be believed, as far as the configuration tells."""
    known = [
        f"{column.name} from {column.minimum:g} to {column.maximum:g}"
        for column in config.data.numbers
    ]
    known += [f"{column.name} in {', '.join(column.values)}" for column in config.data.categories]
    said = [f"Knows only {text}." for text in known]
    if config.data.origin == "sample":
        said.insert(0, "Trained on generated sample data: it knows nothing of the real world.")
    return said
