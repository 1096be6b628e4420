"""The steps. Each reads what the one before left in the work folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.config import Config, Settings
from pipeline.errors import PipelineError
from pipeline.metrics import Metrics
from pipeline.registry import Registry
from pipeline.storage import Folder, to_json

Record = TypeVar("Record", bound=BaseModel)


@dataclass(frozen=True)
class Run:
    """What a step works with."""

    settings: Settings
    config: Config
    metrics: Metrics

    @property
    def registry(self) -> Registry:
        return Registry.at(self.settings.registry_url, self.config.name)

    @property
    def work(self) -> Folder:
        return Folder.at(str(self.settings.work_dir))

    def leave(self, name: str, record: BaseModel) -> None:
        """Leave a record for the next step."""
        self.work.write(name, to_json(record))

    def find(self, name: str, kind: type[Record]) -> Record:
        """Raises PipelineError where the step that makes the record has not run."""
        try:
            return kind.model_validate_json(self.read(name))
        except ValidationError as error:
            raise PipelineError(f"{self.settings.work_dir / name}: {error}") from error

    def read(self, name: str) -> bytes:
        if not self.work.exists(name):
            file: Path = self.settings.work_dir / name
            raise PipelineError(f"there is no {file}: run the steps before this one")
        return self.work.read(name)
