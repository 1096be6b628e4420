"""The model: how it is made, how good it is, and how it becomes bytes."""

import pickle
from typing import Any, Protocol

import numpy as np
import pandas as pd
from pydantic import BaseModel
from sklearn.ensemble import HistGradientBoostingRegressor
from threadpoolctl import threadpool_limits

from pipeline.config import Config
from pipeline.data import features
from pipeline.errors import ModelRefusedError
from pipeline.storage import sha256

Numbers = np.ndarray[Any, np.dtype[np.float64]]


class Model(Protocol):
    def predict(self, inputs: pd.DataFrame) -> Numbers: ...


class Quality(BaseModel):
    """How far predictions are from what happened, in the unit of the target."""

    rows: int
    error: float
    """Mean absolute error."""
    error_p90: float
    """Nine of ten predictions are at most this far off."""
    bias: float
    """Mean of predicted minus actual: above 0 it promises too much time."""
    segments: dict[str, float]
    """Mean absolute error by segment."""


def fit(rows: pd.DataFrame, config: Config) -> Model:
    """Train on rows that were checked; the same rows give the same model."""
    parameters = config.model
    model = HistGradientBoostingRegressor(
        loss="absolute_error",
        learning_rate=parameters.learning_rate,
        max_iter=parameters.iterations,
        max_leaf_nodes=parameters.leaves,
        min_samples_leaf=parameters.min_leaf_rows,
        categorical_features="from_dtype",
        early_stopping=False,
        random_state=parameters.seed,
    )
    target = pd.to_numeric(rows[config.data.target.name]).astype("float64")
    # Sums of floats depend on how many threads share them.
    with threadpool_limits(limits=1):
        model.fit(features(rows, config), target)
    fitted: Model = model
    return fitted


def predict(model: Model, rows: pd.DataFrame, config: Config) -> Numbers:
    """Predictions kept within what the target can be."""
    target = config.data.target
    return np.clip(model.predict(features(rows, config)), target.minimum, target.maximum)


def baseline(training: pd.DataFrame, rows: pd.DataFrame, config: Config) -> Numbers:
    """What one would say without a model: always the median."""
    median = float(pd.to_numeric(training[config.data.target.name]).median())
    return np.full(len(rows), median)


def measure(predicted: Numbers, rows: pd.DataFrame, config: Config) -> Quality:
    actual = pd.to_numeric(rows[config.data.target.name]).to_numpy(dtype="float64")
    off = predicted - actual
    by_segment = pd.Series(np.abs(off), index=rows.index).groupby(rows[config.quality.segment])
    return Quality(
        rows=len(rows),
        error=round(float(np.abs(off).mean()), 4),
        error_p90=round(float(np.quantile(np.abs(off), 0.9)), 4),
        bias=round(float(off.mean()), 4),
        segments={str(name): round(float(error), 4) for name, error in by_segment.mean().items()},
    )


def to_bytes(model: Model) -> bytes:
    """The same model gives the same bytes: no time, path or process id in them."""
    return pickle.dumps(model, protocol=5)


def from_bytes(data: bytes, expected_sha256: str) -> Model:
    """Read a model. Its hash is checked first, since reading a pickle runs code.

    Raises ModelRefusedError where the bytes are not those that were registered.
    """
    if sha256(data) != expected_sha256:
        raise ModelRefusedError("the model's file is not the one that was registered")
    model: Model = pickle.loads(data)  # noqa: S301
    return model
