"""Brings the database to the newest version: python -m service.migrate."""

import logging

from alembic import command
from alembic.config import Config

from service.config import load_or_exit
from service.logs import configure_logs


def main() -> None:
    configure_logs(load_or_exit().log_level)
    config = Config()
    config.set_main_option("script_location", "service:migrations")
    command.upgrade(config, "head")
    logging.getLogger(__name__).info("the database is up to date")


if __name__ == "__main__":
    main()
