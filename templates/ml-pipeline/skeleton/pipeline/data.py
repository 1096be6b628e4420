"""Data: reading it, checking that it is what was agreed on, and measuring drift."""

import io
import math
from typing import Any

import numpy as np
import pandas as pd
from pydantic import BaseModel

from pipeline.config import Config, NumberColumn
from pipeline.errors import DataRefusedError
from pipeline.storage import read_url, sha256

BINS = 10
# Stands in for an empty bin, which would make the index infinite.
LEAST_SHARE = 1e-4
WEEKDAYS = tuple(range(7))


class Dataset(BaseModel):
    """Rows, and the hash of the file that they were read from."""

    model_config = {"arbitrary_types_allowed": True, "frozen": True}

    url: str
    sha256: str
    rows: pd.DataFrame


class Problem(BaseModel):
    """Something in the data that is not as agreed."""

    column: str
    rule: str
    detail: str


class Profile(BaseModel):
    """How the values of a column are spread: shares by bin or by category."""

    edges: list[float] = []
    shares: dict[str, float]


Profiles = dict[str, Profile]


def read(url: str, config: Config) -> Dataset:
    """Read a CSV file. Raises PipelineError, or DataRefusedError where it is none."""
    content = read_url(url)
    text = {column.name: str for column in config.data.categories} | {config.data.key: str}
    try:
        rows = pd.read_csv(io.BytesIO(content), dtype=text)
    except (ValueError, pd.errors.EmptyDataError) as error:
        raise DataRefusedError(f"{url} is no table: {error}") from error
    return Dataset(url=url, sha256=sha256(content), rows=rows)


def check(rows: pd.DataFrame, config: Config, *, for_training: bool) -> list[Problem]:
    """What is not as agreed; rows to predict have no target and may be few."""
    data = config.data
    numbers = (*data.numbers, data.target) if for_training else data.numbers
    expected = [data.key, data.time, *data.inputs]
    if for_training:
        expected.append(data.target.name)
    missing = [name for name in expected if name not in rows.columns]
    if missing:
        return [Problem(column=name, rule="present", detail="is missing") for name in missing]

    problems = []
    least = data.min_rows if for_training else 1
    if len(rows) < least:
        problems.append(Problem(column="*", rule="rows", detail=f"{len(rows)}, not {least}"))
    doubles = int(rows[data.key].duplicated().sum())
    if doubles:
        problems.append(Problem(column=data.key, rule="unique", detail=f"{doubles} doubles"))
    if rows[data.key].isna().any():
        problems.append(Problem(column=data.key, rule="given", detail="is missing in some rows"))
    times = pd.to_datetime(rows[data.time], errors="coerce", utc=True, format="ISO8601")
    if times.isna().any():
        detail = f"{int(times.isna().sum())} values are no ISO 8601 time"
        problems.append(Problem(column=data.time, rule="time", detail=detail))
    for column in numbers:
        allowed = 0.0 if column.name == data.target.name else data.max_missing
        problems += _check_number(rows[column.name], column, allowed)
    for category in data.categories:
        values = rows[category.name]
        unknown = sorted(set(values.dropna()) - set(category.values))
        if unknown:
            detail = f"unknown: {', '.join(unknown[:5])}"
            problems.append(Problem(column=category.name, rule="values", detail=detail))
        problems += _check_missing(values, category.name, data.max_missing)
    return problems


def _check_number(values: "pd.Series", column: NumberColumn, allowed: float) -> list[Problem]:
    numbers = pd.to_numeric(values, errors="coerce")
    problems = _check_missing(values, column.name, allowed)
    wrong = int((numbers.isna() & values.notna()).sum())
    if wrong:
        problems.append(Problem(column=column.name, rule="number", detail=f"{wrong} are none"))
    outside = int(((numbers < column.minimum) | (numbers > column.maximum)).sum())
    if outside:
        detail = f"{outside} outside {column.minimum:g} to {column.maximum:g}"
        problems.append(Problem(column=column.name, rule="range", detail=detail))
    return problems


def _check_missing(values: "pd.Series", name: str, allowed: float) -> list[Problem]:
    share = float(values.isna().mean())
    if share <= allowed:
        return []
    detail = f"{share:.1%} missing, {allowed:.1%} allowed"
    return [Problem(column=name, rule="given", detail=detail)]


def features(rows: pd.DataFrame, config: Config) -> pd.DataFrame:
    """What the model sees: the inputs, and hour and weekday of the order (UTC)."""
    times = pd.to_datetime(rows[config.data.time], utc=True, format="ISO8601")
    made: dict[str, pd.Series[Any]] = {
        column.name: pd.to_numeric(rows[column.name]).astype("float64")
        for column in config.data.numbers
    }
    for category in config.data.categories:
        dtype = pd.CategoricalDtype(list(category.values))
        made[category.name] = rows[category.name].astype(dtype)
    made["hour"] = times.dt.hour.astype("float64")
    made["weekday"] = times.dt.day_of_week.astype(pd.CategoricalDtype(list(WEEKDAYS)))
    return pd.DataFrame(made)


def split(rows: pd.DataFrame, config: Config) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Older rows to train on, the newest to evaluate on: never the future to know the past."""
    times = pd.to_datetime(rows[config.data.time], utc=True, format="ISO8601")
    # The key breaks ties, so the order of the file does not matter.
    order = rows.assign(_time=times).sort_values(["_time", config.data.key]).drop(columns="_time")
    cut = len(order) - max(1, round(len(order) * config.data.test_share))
    return order.iloc[:cut], order.iloc[cut:]


def profile(rows: pd.DataFrame, config: Config) -> Profiles:
    """How each input is spread, to compare later data with."""
    profiles = {}
    for column in config.data.numbers:
        values = pd.to_numeric(rows[column.name]).dropna().to_numpy()
        steps = np.linspace(0, 1, BINS + 1)[1:-1]
        edges = sorted({round(float(edge), 6) for edge in np.quantile(values, steps)})
        profiles[column.name] = Profile(edges=edges, shares=_binned(values, edges))
    for category in config.data.categories:
        shares = rows[category.name].value_counts(normalize=True)
        counted = {value: round(float(shares.get(value, 0.0)), 6) for value in category.values}
        profiles[category.name] = Profile(shares=counted)
    return profiles


def _binned(values: "np.ndarray", edges: list[float]) -> dict[str, float]:
    counts = np.bincount(np.searchsorted(edges, values, side="right"), minlength=len(edges) + 1)
    total = max(1, len(values))
    return {str(index): round(float(count) / total, 6) for index, count in enumerate(counts)}


def drift(rows: pd.DataFrame, reference: Profiles, config: Config) -> dict[str, float]:
    """Population stability index of each input that the reference knows."""
    found = {}
    current = profile(rows, config)
    for name in config.data.inputs:
        if name not in reference:
            continue
        before, now = reference[name], current[name].shares
        if before.edges:
            values = pd.to_numeric(rows[name]).dropna().to_numpy()
            now = _binned(values, before.edges)
        found[name] = round(stability_index(before.shares, now), 4)
    return found


def stability_index(before: dict[str, float], now: dict[str, float]) -> float:
    """0 for the same shares; above about 0.25 the two are clearly different."""
    total = 0.0
    for key in before.keys() | now.keys():
        a, b = max(before.get(key, 0), LEAST_SHARE), max(now.get(key, 0), LEAST_SHARE)
        total += (b - a) * math.log(b / a)
    return total
