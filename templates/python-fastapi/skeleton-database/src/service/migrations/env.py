"""How alembic reaches the database."""

from alembic import context
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from service.config import load
from service.database import Table, address
from service.returns import postgres

# Named so that every table is known when migrations are compared with them.
TABLES = [postgres.ReturnRow]
# Any number, as long as nothing else in this database takes it.
LOCK = 7_264_110

engine = create_engine(address(load()), poolclass=NullPool, connect_args={"connect_timeout": 10})
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Table.metadata)
    with context.begin_transaction():
        # Several at once are fine: one works while the others wait.
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        # Rather fail than make the running service wait behind a waiting migration.
        connection.execute(text("SET LOCAL lock_timeout = '5s'"))
        context.run_migrations()
