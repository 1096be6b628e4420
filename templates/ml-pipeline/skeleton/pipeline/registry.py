"""The model registry: immutable versions, and a `production` alias moved on purpose.

    <registry>/<name>/versions/<version>/{model.pkl, model-card.json, version.json}
    <registry>/<name>/aliases/production.json

`version.json` is written last: a version without it does not exist.
"""

import datetime
import json
from dataclasses import dataclass

from pydantic import BaseModel

from pipeline.config import ModelConfig
from pipeline.data import Profiles
from pipeline.errors import ModelRefusedError
from pipeline.model import Model, Quality, from_bytes
from pipeline.storage import Folder, sha256, to_json

ALIAS = "production"


class Origin(BaseModel):
    """All that decides what a model is; its hash is the name of the version."""

    model_sha256: str
    data_sha256: str
    config_sha256: str
    lock_sha256: str
    code_commit: str

    @property
    def version(self) -> str:
        return sha256(json.dumps(self.model_dump(), sort_keys=True).encode())[:12]


class Version(BaseModel):
    """A registered model, without the model."""

    name: str
    version: str
    origin: Origin
    parameters: ModelConfig
    libraries: dict[str, str]
    quality: Quality
    profile: Profiles
    run_id: str
    registered_at: datetime.datetime


class Alias(BaseModel):
    version: str
    previous: str | None
    run_id: str
    moved_at: datetime.datetime


@dataclass(frozen=True)
class Registry:
    """The versions of one model."""

    folder: Folder

    @classmethod
    def at(cls, url: str, name: str) -> "Registry":
        return cls(Folder.at(url).below(name))

    def versions(self) -> list[str]:
        """Versions by name; those half written are left out."""
        names = self.folder.below("versions").folders()
        return [name for name in names if self._of(name).exists("version.json")]

    def add(self, version: Version, model: bytes, card: bytes) -> bool:
        """Register a model; False where this very version is there already.

        Raises ModelRefusedError where it would change one that is.
        """
        if sha256(model) != version.origin.model_sha256:
            raise ModelRefusedError("the model's file is not the one that was evaluated")
        folder = self._of(version.version)
        if folder.exists("version.json"):
            if self.read(version.version).origin != version.origin:
                raise ModelRefusedError(f"version {version.version} is another model already")
            return False
        folder.write("model.pkl", model)
        folder.write("model-card.json", card)
        folder.write("version.json", to_json(version))
        return True

    def read(self, version: str) -> Version:
        """Raises ModelRefusedError where there is none of that name."""
        folder = self._of(version)
        if not folder.exists("version.json"):
            raise ModelRefusedError(f"there is no version {version}")
        return Version.model_validate_json(folder.read("version.json"))

    def load(self, version: Version) -> Model:
        """Raises ModelRefusedError where the file was changed after registration."""
        data = self._of(version.version).read("model.pkl")
        return from_bytes(data, version.origin.model_sha256)

    def alias(self) -> Alias | None:
        """Where `production` points, if it does."""
        aliases = self.folder.below("aliases")
        if not aliases.exists(f"{ALIAS}.json"):
            return None
        return Alias.model_validate_json(aliases.read(f"{ALIAS}.json"))

    def production(self) -> Version | None:
        alias = self.alias()
        return self.read(alias.version) if alias else None

    def promote(self, version: str, run_id: str) -> Alias:
        """Point `production` at a version; at the one it points at, nothing moves."""
        self.read(version)
        before = self.alias()
        if before and before.version == version:
            return before
        alias = Alias(
            version=version,
            previous=before.version if before else None,
            run_id=run_id,
            moved_at=datetime.datetime.now(datetime.UTC),
        )
        self.folder.below("aliases").write(f"{ALIAS}.json", to_json(alias))
        return alias

    def _of(self, version: str) -> Folder:
        return self.folder.below("versions", version)
