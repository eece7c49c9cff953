"""The access log, one line of JSON a request, and what is counted for the operator."""

from __future__ import annotations

import contextlib
import json
import logging
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from logging import Formatter, LogRecord, StreamHandler
from logging.handlers import WatchedFileHandler
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from server.errors import SettingError

_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\U0010ffff]")
_SECONDS = (0.005, 0.02, 0.1, 0.3, 1, 3, 10, 30, 100)
_log = logging.getLogger(__name__)


class LineFormatter(Formatter):
    """A record on one line, whatever a request put into it; a traceback has lines of its own below."""

    def formatMessage(self, record: LogRecord) -> str:  # noqa: N802
        """Return the line."""
        return escaped(super().formatMessage(record).rstrip())


def escaped(text: str) -> str:
    r"""Return a text with what would end a line or steer a terminal as JSON escapes it.

    >>> escaped("/rule/\r\n预算")
    '/rule/\\r\\n预算'
    """
    return _UNPRINTABLE.sub(lambda found: json.dumps(found[0])[1:-1], text)


class _LinesOfFile(WatchedFileHandler):
    """Lines in a file; where they cannot be written that is said once, until they can be again: no request fails."""

    _failed: BaseException | None = None

    def emit(self, record: LogRecord) -> None:
        """Write a line, or leave it out."""
        failed, self._failed = self._failed, None
        try:
            super().emit(record)
        except (OSError, ValueError):  # the file cannot be opened anew; a stream that was closed is no file (io)
            self.handleError(record)
        if self._failed and not failed:
            _log.error("access_log: requests are not logged, until they can be again: %s", self._failed)

    def handleError(self, record: LogRecord) -> None:  # noqa: N802
        """Take note of what keeps a line from being written."""
        self._failed = sys.exception()


class AccessLog:
    """Where the lines go: a file, which may be moved away meanwhile, standard error, or nowhere: none is `wanted`."""

    def __init__(self, target: str) -> None:
        """Take the file to append to; `-` is standard error, empty is nowhere. Raises `SettingError`."""
        self.wanted = bool(target)
        self._logger = logging.Logger("access", logging.INFO)
        try:
            to_file = target not in ("", "-")
            self._handler = _LinesOfFile(target, encoding="utf-8") if to_file else StreamHandler()
        except OSError as error:
            raise SettingError(f"access_log: cannot write {target}: {error.strerror}") from error
        self._logger.addHandler(self._handler)

    def close(self) -> None:
        """Close the file."""
        with contextlib.suppress(OSError):  # lines that could not be written
            self._handler.close()

    def write(self, **said: Any) -> None:
        """Write what is said of one request, with the time (UTC); fields without a value are left out."""
        if self.wanted:
            time = datetime.now(UTC).isoformat(timespec="milliseconds")
            line = {"time": time} | {name: value for name, value in said.items() if value not in (None, "")}
            self._logger.info("%s", escaped(json.dumps(line, ensure_ascii=False)))


class Metrics:
    """What is counted, as Prometheus reads it."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self._registry = CollectorRegistry()
        self._requests = Counter("yusuan_requests", "Requests by status", ["status"], registry=self._registry)
        self._seconds = Histogram(
            "yusuan_query_seconds", "Seconds to the answer of a query", buckets=_SECONDS, registry=self._registry
        )

    def watch(self, collector: Collector) -> None:
        """Ask a collector too whenever the metrics are read."""
        self._registry.register(collector)

    def count(self, status: int) -> None:
        """Count a request."""
        self._requests.labels(status).inc()

    def time(self, seconds: float) -> None:
        """Count the time that a query took."""
        self._seconds.observe(seconds)

    def text(self) -> bytes:
        """Return all in the text format of Prometheus 0.0.4."""
        return generate_latest(self._registry)


def counter(name: str, means: str, values: Mapping[str, float], label: str) -> CounterMetricFamily:
    """Return a counter with a value for each label."""
    family = CounterMetricFamily(name, means, labels=[label])
    for each, value in sorted(values.items()):
        family.add_metric([each], value)
    return family


def gauge(name: str, means: str, value: float) -> GaugeMetricFamily:
    """Return a gauge."""
    return GaugeMetricFamily(name, means, value=value)
