"""Logs: one line of JSON each, on standard output."""

import datetime
import json
import logging
import sys

LEVELS = {"debug": "DEBUG", "info": "INFO", "warn": "WARNING", "error": "ERROR"}
NAMES = {number: name for name, text in LEVELS.items() if (number := getattr(logging, text))}

log = logging.getLogger("pipeline")


class JsonFormatter(logging.Formatter):
    """Writes what is known of the run beside what the line says."""

    def __init__(self, known: dict[str, str]) -> None:
        super().__init__()
        self.known = known

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        line: dict[str, object] = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": NAMES.get(record.levelno, "error"),
            "message": record.getMessage(),
            **self.known,
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["stack"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def start_logging(level: str, **known: str) -> None:
    """Send every log line of the process to standard output as JSON."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter(known))
    logging.basicConfig(level="WARNING", handlers=[handler], force=True)
    log.setLevel(LEVELS[level])


def say(message: str, level: int = logging.INFO, **fields: object) -> None:
    """Log a message with fields to search by."""
    log.log(level, message, extra={"fields": fields})
