"""Migrations and what happens when the database is away."""

import os
import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from collector import Collector
from schema import Schema
from service.config import Settings
from service.database import Database, Table
from service.health import Readiness
from service.traces import Traces

SOURCE = Path(__file__).parent.parent / "src"


def test_migrations_make_the_tables_that_the_code_expects(schema: Schema) -> None:
    schema.migrate()
    with schema.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []


def test_migrations_go_down_and_up_again(schema: Schema) -> None:
    schema.migrate()
    schema.migrate("base")
    assert inspect(schema.engine).get_table_names() == ["alembic_version"]
    schema.migrate()


def test_several_migrations_at_once(schema: Schema) -> None:
    schema.migrate("base")
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "DATABASE_URL": schema.url}
    running = [
        subprocess.Popen([sys.executable, "-m", "service.migrate"], env=environment)
        for _ in range(2)
    ]
    assert [process.wait(timeout=60) for process in running] == [0, 0]


async def test_ready_only_with_its_database(schema: Schema) -> None:
    for settings, state in ((schema.settings(), "ready"), (Settings(), "no database")):
        database = Database(settings, Traces(None))
        assert await Readiness(database.ping).state() == state
        await database.close()


async def test_statements_are_traced(schema: Schema, collector: Collector) -> None:
    traces = Traces.start(collector.endpoint)
    database = Database(schema.settings(), traces)
    await database.ping()
    await database.close()
    traces.close()
    assert any(name.startswith("SELECT") for name in collector.spans)
