"""Files at a URL: a path, `file://`, `s3://` and whatever else fsspec reads."""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import fsspec
from fsspec.implementations.local import LocalFileSystem
from pydantic import BaseModel

from pipeline.errors import PipelineError


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def to_json(value: BaseModel) -> bytes:
    """The same value gives the same bytes."""
    return (json.dumps(value.model_dump(mode="json"), indent=2, sort_keys=True) + "\n").encode()


def read_url(url: str) -> bytes:
    """Raises PipelineError where there is no such file."""
    fs, path = fsspec.core.url_to_fs(url)
    try:
        return bytes(fs.cat_file(path))
    except FileNotFoundError:
        raise PipelineError(f"there is no file {url}") from None


@dataclass(frozen=True)
class Folder:
    """A folder of small files, each written whole or not at all."""

    fs: Any
    root: str

    @classmethod
    def at(cls, url: str) -> Self:
        fs, root = fsspec.core.url_to_fs(url)
        return cls(fs, root.rstrip("/"))

    def below(self, *names: str) -> "Folder":
        return Folder(self.fs, "/".join((self.root, *names)))

    def exists(self, name: str) -> bool:
        # Another process may have written it since this one last looked.
        self.fs.invalidate_cache()
        return bool(self.fs.exists(f"{self.root}/{name}"))

    def read(self, name: str) -> bytes:
        return bytes(self.fs.cat_file(f"{self.root}/{name}"))

    def write(self, name: str, data: bytes) -> None:
        """Object stores replace a file at once; a disk needs a rename for that."""
        path = f"{self.root}/{name}"
        self.fs.makedirs(self.root, exist_ok=True)
        if isinstance(self.fs, LocalFileSystem):
            temporary = f"{path}.{os.getpid()}.tmp"
            self.fs.pipe_file(temporary, data)
            Path(temporary).replace(path)
        else:
            self.fs.pipe_file(path, data)

    def folders(self) -> list[str]:
        """Names of the folders in this one."""
        self.fs.invalidate_cache()
        if not self.fs.exists(self.root):
            return []
        return sorted(
            str(entry["name"]).rstrip("/").rsplit("/", 1)[-1]
            for entry in self.fs.ls(self.root, detail=True)
            if entry["type"] == "directory"
        )
