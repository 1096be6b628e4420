"""PostgreSQL by SQLAlchemy."""

from opentelemetry.instrumentation.sqlalchemy import SQLAlchemyInstrumentor
from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

from service.about import NAME
from service.config import Settings
from service.traces import Traces

CONNECT_SECONDS = 5


class Table(DeclarativeBase):
    """What every table derives from; migrations are compared with these."""


def address(settings: Settings) -> URL:
    """DATABASE_URL for the driver psycopg, which takes all that libpq does."""
    return make_url(settings.database_url.get_secret_value()).set(drivername="postgresql+psycopg")


class Database:
    """A pool of connections. None is opened before it is needed."""

    def __init__(self, settings: Settings, traces: Traces) -> None:
        self._engine = create_async_engine(
            address(settings),
            pool_size=settings.database_pool_size,
            max_overflow=0,
            pool_timeout=CONNECT_SECONDS,
            # A connection that the server or a proxy has closed is replaced in silence.
            pool_pre_ping=True,
            connect_args={"application_name": NAME, "connect_timeout": CONNECT_SECONDS},
        )
        if traces.provider is not None:
            SQLAlchemyInstrumentor().instrument(
                engine=self._engine.sync_engine,
                tracer_provider=traces.provider,
                raise_exception_on_conflict=True,
            )
        self.sessions: async_sessionmaker[AsyncSession] = async_sessionmaker(
            self._engine, expire_on_commit=False
        )

    async def ping(self) -> None:
        async with self._engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        await self._engine.dispose()
