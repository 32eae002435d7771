"""Logging of the service: events on stderr, readable at a terminal and as JSON elsewhere."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog
from structlog.typing import Processor

LONGEST_VALUE = 2_000
LONGEST_EXCEPTION = 8_000


class Stderr(logging.Handler):
    """Writer of a line for each record to the current stderr."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            print(self.format(record), file=sys.stderr, flush=True)
        except Exception:
            self.handleError(record)


def set_up_logs(level: str = "warning") -> None:
    """Log everything from a level upwards, including libraries, to stderr in one format. It may be called again."""
    stamps: list[Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*stamps, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = Stderr()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=stamps,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_final_processors()],
        )
    )
    root = logging.getLogger()
    root.setLevel(level.upper())
    root.handlers = [other for other in root.handlers if not isinstance(other, Stderr)] + [handler]


def _final_processors() -> list[Processor]:
    # format the exception before its length is limited
    render = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else _as_json
    return [structlog.processors.format_exc_info, _limit_values, render]


def _limit_values(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Limit each value to a number of characters; for the text of an exception, whose end says what happened,
    to more.
    """
    for name, value in event.items():
        if value is not None and not isinstance(value, bool | int | float):
            text = value if isinstance(value, str) else str(value)
            limit = LONGEST_EXCEPTION if name == "exception" else LONGEST_VALUE
            event[name] = text if len(text) <= limit else _shorten(text, limit // 2)
    return event


def _shorten(text: str, half: int) -> str:
    return f"{text[:half]} ... {len(text) - 2 * half} characters more ... {text[-half:]}"


def _as_json(logger: Any, method: str, event: MutableMapping[str, Any]) -> str:
    return orjson.dumps(event, default=str).decode()
