"""Typed configuration: `pipeline.toml` for the model, variables for the place."""

import datetime
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pipeline.errors import ConfigurationError

Share = Annotated[float, Field(ge=0, le=1)]


class Strict(BaseModel):
    """Refuses misspelt keys and cannot change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NumberColumn(Strict):
    name: str
    minimum: float
    maximum: float


class CategoryColumn(Strict):
    name: str
    values: tuple[str, ...] = Field(min_length=1)


class DataConfig(Strict):
    origin: Literal["sample", "production"]
    key: str
    time: str
    min_rows: int = Field(ge=1)
    test_share: float = Field(gt=0, lt=1)
    max_missing: Share
    target: NumberColumn
    numbers: tuple[NumberColumn, ...]
    categories: tuple[CategoryColumn, ...]

    @property
    def inputs(self) -> list[str]:
        """The columns that the model may see, in order."""
        numbers = [column.name for column in self.numbers]
        return numbers + [column.name for column in self.categories]


class DriftConfig(Strict):
    warn: float = Field(gt=0)
    refuse: float = Field(gt=0)


class ModelConfig(Strict):
    seed: int
    iterations: int = Field(ge=1)
    learning_rate: float = Field(gt=0)
    leaves: int = Field(ge=2)
    min_leaf_rows: int = Field(ge=1)


class QualityConfig(Strict):
    max_error: float = Field(gt=0)
    max_bias: float = Field(gt=0)
    segment: str
    max_segment_error: float = Field(gt=0)
    min_gain_over_baseline: Share
    max_loss_to_production: Share


class Config(Strict):
    """What `pipeline.toml` says."""

    name: str
    data: DataConfig
    drift: DriftConfig
    model: ModelConfig
    quality: QualityConfig

    @model_validator(mode="after")
    def _segment_is_a_category(self) -> Self:
        if self.quality.segment not in [column.name for column in self.data.categories]:
            raise ValueError("quality.segment must be one of data.categories")
        return self


class Settings(Strict):
    """What the environment says. Every URL may be a path, `file://` or `s3://`."""

    log_level: Literal["debug", "info", "warn", "error"] = "info"
    config_file: Path = Path("pipeline.toml")
    data_url: str = Field("data/sample/deliveries.csv", min_length=1)
    orders_url: str = Field("data/sample/orders-{date}.csv", min_length=1)
    registry_url: str = Field("out/registry", min_length=1)
    predictions_url: str = Field("out/predictions", min_length=1)
    work_dir: Path = Path("out/work")
    reports_dir: Path = Path("reports")
    code_commit: str | None = None
    run_id: str = "local"
    run_date: datetime.date | None = None
    pushgateway_url: str | None = Field(None, pattern=r"^https?://")
    metrics_dir: Path | None = None

    @field_validator("orders_url")
    @classmethod
    def _names_the_date(cls, url: str) -> str:
        if "{date}" not in url:
            raise ValueError("must contain {date}")
        return url


def load_settings(environment: Mapping[str, str]) -> Settings:
    """Read the variables; an empty one counts as not set.

    Raises ConfigurationError naming each variable that is wrong.
    """
    given = {
        field: environment[field.upper()]
        for field in Settings.model_fields
        if environment.get(field.upper())
    }
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        wrong = [f"{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()]
        raise ConfigurationError("; ".join(wrong)) from None


def load_config(file: Path) -> Config:
    """Read `pipeline.toml`. Raises ConfigurationError naming each key that is wrong."""
    try:
        return Config.model_validate(tomllib.loads(file.read_text("utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"CONFIG_FILE: {error}") from None
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise ConfigurationError(f"{file.name}: {'; '.join(wrong)}") from None
