"""A schema of PostgreSQL that only one run of the tests uses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from pydantic import SecretStr
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from service.config import Settings
from service.database import Table, address


@dataclass(frozen=True)
class Schema:
    url: str
    engine: Engine
    alembic: Config

    @classmethod
    @contextmanager
    def create(cls, base: str) -> Iterator[Schema]:
        name = f"test_{uuid4().hex}"
        url = make_url(base).update_query_dict({"options": f"-csearch_path={name}"})
        rendered = url.render_as_string(hide_password=False)
        settings = Settings(database_url=SecretStr(rendered))
        engine = create_engine(address(settings), poolclass=NullPool)
        config = Config()
        config.set_main_option("script_location", "service:migrations")
        with engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {name}"))
        yield cls(rendered, engine, config)
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))

    def settings(self) -> Settings:
        return Settings(database_url=SecretStr(self.url))

    def migrate(self, to: str = "head") -> None:
        """Go up to a version, or down to `base`."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DATABASE_URL", self.url)
            (command.downgrade if to == "base" else command.upgrade)(self.alembic, to)

    def empty(self) -> None:
        with self.engine.begin() as connection:
            for table in Table.metadata.sorted_tables:
                connection.execute(table.delete())
