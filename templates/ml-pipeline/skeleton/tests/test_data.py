"""What the check lets through, and what it stops."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipeline import data
from pipeline.config import Config
from pipeline.errors import DataRefusedError, PipelineError

Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.fixture
def rows(sample: Path, config: Config) -> pd.DataFrame:
    return data.read(str(sample / "deliveries.csv"), config).rows


def problems(rows: pd.DataFrame, config: Config) -> set[tuple[str, str]]:
    found = data.check(rows, config, for_training=True)
    return {(problem.column, problem.rule) for problem in found}


def set_first(column: str, value: object, count: int = 1) -> Change:
    def change(rows: pd.DataFrame) -> pd.DataFrame:
        values = rows[column].astype(object)
        values.iloc[:count] = value
        return rows.assign(**{column: values})

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda rows: rows.drop(columns="zone"), ("zone", "present")),
        (lambda rows: rows.head(999), ("*", "rows")),
        (set_first("delivery_id", "S301-00009"), ("delivery_id", "unique")),
        (set_first("delivery_id", None), ("delivery_id", "given")),
        (set_first("ordered_at", "yesterday"), ("ordered_at", "time")),
        (set_first("distance_km", -1), ("distance_km", "range")),
        (set_first("distance_km", "far"), ("distance_km", "number")),
        (set_first("weight_kg", None, 100), ("weight_kg", "given")),
        (set_first("duration_minutes", None), ("duration_minutes", "given")),
        (set_first("duration_minutes", 9999), ("duration_minutes", "range")),
        (set_first("zone", "moon"), ("zone", "values")),
    ],
)
def test_each_rule(
    rows: pd.DataFrame, config: Config, change: Change, expected: tuple[str, str]
) -> None:
    assert problems(change(rows), config) == {expected}


def test_the_sample_is_as_agreed(rows: pd.DataFrame, config: Config) -> None:
    assert problems(rows, config) == set()


def test_orders_need_no_target_and_may_be_few(rows: pd.DataFrame, config: Config) -> None:
    orders = rows.drop(columns="duration_minutes").head(3)
    assert data.check(orders, config, for_training=False) == []
    assert data.check(orders.head(0), config, for_training=False) != []


def test_no_table_is_refused(tmp_path: Path, config: Config) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    with pytest.raises(DataRefusedError):
        data.read(str(empty), config)
    with pytest.raises(PipelineError, match="there is no file"):
        data.read(str(tmp_path / "none.csv"), config)


def test_the_newest_rows_are_kept_from_training(rows: pd.DataFrame, config: Config) -> None:
    training, newest = data.split(rows.sample(frac=1, random_state=1), config)

    assert len(newest) == 600
    assert training["ordered_at"].max() <= newest["ordered_at"].min()
    pd.testing.assert_frame_equal(training, data.split(rows, config)[0])


def test_drift_is_zero_for_the_same_data_and_small_for_like_data(
    rows: pd.DataFrame, config: Config
) -> None:
    reference = data.profile(rows, config)

    assert set(data.drift(rows, reference, config).values()) == {0.0}
    half = rows.sample(frac=0.5, random_state=1)
    assert max(data.drift(half, reference, config).values()) < 0.1


def test_drift_sees_a_category_that_vanishes(rows: pd.DataFrame, config: Config) -> None:
    reference = data.profile(rows, config)
    without = rows[rows["zone"] != "centre"]
    found = data.drift(without, reference, config)

    assert found["zone"] > 0.5
    assert found["vehicle"] < 0.1


def test_the_model_sees_neither_target_nor_key(rows: pd.DataFrame, config: Config) -> None:
    made = data.features(rows, config)

    assert list(made) == [*config.data.inputs, "hour", "weekday"]
    assert made["hour"].between(7, 20).all()
