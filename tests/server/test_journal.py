"""The access log, a line of JSON a request, and the metrics as Prometheus reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from logging import ERROR, LogRecord
from pathlib import Path

import pytest
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from server.errors import SettingError
from server.journal import AccessLog, LineFormatter, Metrics, counter, gauge


def test_a_request_is_a_line_of_json(tmp_path: Path) -> None:
    log = AccessLog(str(tmp_path / "access.log"))
    log.write(path="/sparql", query="a\nb\u2028预算", status=0, agent="", error=None)
    log.close()
    (line,) = (tmp_path / "access.log").read_text(encoding="utf-8").split("\n")[:-1]
    said = json.loads(line)
    assert datetime.now(UTC) - datetime.fromisoformat(said.pop("time")) < timedelta(minutes=1)
    assert said == {"path": "/sparql", "query": "a\nb\u2028预算", "status": 0}


def test_what_a_request_says_stays_on_its_line(tmp_path: Path) -> None:
    said = "/rule/\r\n\x00\x1b[2J\x7f\x85\u2028\ud800预算"
    log = AccessLog(str(tmp_path / "access.log"))
    log.write(path=said)
    log.close()
    written = (tmp_path / "access.log").read_text(encoding="utf-8")
    record = LogRecord("server", ERROR, "", 0, "Exception on %s [GET]\n", (said,), None)
    line = LineFormatter("%(levelname)s %(message)s").format(record)
    assert json.loads(written)["path"] == said
    assert line == r"ERROR Exception on /rule/\r\n\u0000\u001b[2J\u007f\u0085\u2028\ud800预算 [GET]"
    assert (written.splitlines(), line.splitlines()) == ([written[:-1]], [line])


def test_a_file_that_is_moved_away_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    path.write_text("before\n", encoding="utf-8")
    log = AccessLog(str(path))
    log.write(status=1)
    path.rename(tmp_path / "access.log.1")
    log.write(status=2)
    log.close()
    assert (tmp_path / "access.log.1").read_text(encoding="utf-8").count("\n") == 2
    assert json.loads(path.read_text(encoding="utf-8"))["status"] == 2


def test_standard_error_or_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    for target in ("-", ""):
        log = AccessLog(target)
        log.write(status=200)
        log.close()
    printed = capsys.readouterr()
    assert printed.out == ""
    assert json.loads(printed.err)["status"] == 200


def test_a_log_that_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"access_log: cannot write .*none/access\.log: No such file"):
        AccessLog(str(tmp_path / "none" / "access.log"))


def test_a_log_that_cannot_be_written_any_more_is_said_once_and_begun_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    log = AccessLog(str(folder / "access.log"))
    log.write(status=1)
    folder.rename(tmp_path / "gone")
    log.write(status=2)
    log.write(status=3)
    folder.mkdir()
    log.write(status=4)
    log.close()
    (said,) = caplog.messages
    assert said.startswith("access_log: requests are not logged, until they can be again: [Errno 2]")
    assert json.loads((folder / "access.log").read_text(encoding="utf-8"))["status"] == 4
    assert "Traceback" not in capsys.readouterr().err


def test_a_disk_that_is_full_harms_no_request(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    log = AccessLog("/dev/full")
    log.write(status=1)
    log.write(status=2)
    log.close()
    (said,) = caplog.messages
    assert said.endswith("No space left on device")
    assert capsys.readouterr().err == ""


class Counted(Collector):
    """What a service counts elsewhere."""

    def collect(self) -> Iterator[Metric]:
        """Yield a counter and a gauge."""
        yield counter("yusuan_ended", "Ended", {"time": 2, "memory": 1}, "reason")
        yield gauge("yusuan_waiting", "Waiting", 3)


def test_metrics_are_what_prometheus_reads() -> None:
    metrics = Metrics()
    metrics.watch(Counted())
    for status in (200, 200, 404):
        metrics.count(status)
    metrics.time(0.01)
    metrics.time(1000.0)
    read = {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(metrics.text().decode())
        for sample in family.samples
    }
    assert read["yusuan_requests_total", (("status", "200"),)] == 2
    assert read["yusuan_requests_total", (("status", "404"),)] == 1
    assert read["yusuan_query_seconds_bucket", (("le", "0.02"),)] == 1
    assert read["yusuan_query_seconds_count", ()] == 2
    assert read["yusuan_ended_total", (("reason", "memory"),)] == 1
    assert read["yusuan_waiting", ()] == 3
