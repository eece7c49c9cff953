"""Settings: from file, environment and command line, each mistake named with its place; the table in the docs."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from server.errors import SettingError
from server.settings import Settings, read_settings, table
from tests.conftest import ROOT

_NAMED = {"trusted_proxies": "10.0.0.4, 10.1.0.0/16,::1", "root_path": "/budget"}
OPERATIONS = ROOT / "docs" / "operations.md"


def written(tmp_path: Path, toml: str) -> Path:
    """Return a file of settings."""
    path = tmp_path / "yusuan.toml"
    path.write_text(toml, encoding="utf-8")
    return path


def test_nothing_stated_is_the_defaults() -> None:
    assert read_settings(None, {}) == Settings()
    assert read_settings(None, {"PATH": "/bin", "YUSUAN_DOCUMENTS": "x"}, port=None) == Settings()


def test_what_is_stated_nearer_goes_first(tmp_path: Path) -> None:
    path = written(tmp_path, "port = 1\nlight_workers = 1\nquery_seconds = 1")
    found = read_settings(path, {"YUSUAN_PORT": "2", "YUSUAN_LIGHT_WORKERS": "2"}, port=3)
    assert (found.port, found.light_workers, found.query_seconds, found.host) == (3, 2, 1.0, "127.0.0.1")
    assert isinstance(found.query_seconds, float)


def test_every_setting_is_read_from_each_place(tmp_path: Path) -> None:
    stated: dict[str, Any] = {}
    for each in fields(Settings):
        kinds: dict[type, Any] = {bool: False, int: 70, float: 70.5, str: "here"}
        stated[each.name] = _NAMED.get(each.name, kinds[type(each.default)])
    toml = "\n".join(
        f"{name} = {str(value).lower() if value is False else repr(value)}" for name, value in stated.items()
    )
    environment = {f"YUSUAN_{name.upper()}": str(value) for name, value in stated.items()}
    expected = Settings(**stated)
    assert read_settings(written(tmp_path, toml), {}) == expected
    assert read_settings(None, environment) == expected
    assert read_settings(None, {}, **stated) == expected


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("colour = 1", r"yusuan\.toml: colour: there is no such setting; there are host, port"),
        ("port = '80'\nport = 81", r"cannot read the settings in .*yusuan\.toml"),
        ("port", r"cannot read the settings in .*yusuan\.toml"),
        ("port = 1.5", r"yusuan\.toml: port: 1\.5 is no whole number"),
        ("port = true", r"yusuan\.toml: port: True is no whole number"),
        ("port = -1", r"yusuan\.toml: port: -1 is less than 0"),
        ("port = 65536", r"yusuan\.toml: port: 65536 is more than 65535"),
        ("light_workers = 0", r"yusuan\.toml: light_workers: 0 is less than 1"),
        ("query_seconds = nan", r"yusuan\.toml: query_seconds: nan is no number"),
        ("query_seconds = inf", r"yusuan\.toml: query_seconds: inf is no number"),
        ("query_seconds = []", r"yusuan\.toml: query_seconds: \[\] is no number"),
        ("host = 1", r"yusuan\.toml: host: 1 is no text"),
        ("metrics = 'perhaps'", r"yusuan\.toml: metrics: 'perhaps' is no true or false"),
        ("light_workers = 1001", r"yusuan\.toml: light_workers: 1001 is more than 1000"),
        ("query_memory_mb = 99999999999999", r"yusuan\.toml: query_memory_mb: 99999999999999 is more than 1e\+09"),
        ("query_seconds = 1e300", r"yusuan\.toml: query_seconds: 1e\+300 is more than 1e\+09"),
        ("host = ''", r"yusuan\.toml: host: '' is no address; 0\.0\.0\.0 is all of this machine"),
        ("root_path = 'budget'", r"yusuan\.toml: root_path: 'budget' is no path such as /budget"),
        ("trusted_proxies = '10.0.0.4, nginx'", r"yusuan\.toml: trusted_proxies: 'nginx' is no address"),
        ("trusted_proxies = '10.0.0.4/24'", r"trusted_proxies: '10\.0\.0\.4/24' is no address such as"),
        ("trusted_proxies = '*, 10.0.0.4'", r"trusted_proxies: '\*' is no address .* \(\* alone: any\)"),
        ("metrics = 2", r"yusuan\.toml: metrics: 2 is no true or false"),
        ("[service]\nport = 1", r"yusuan\.toml: service: there is no such setting"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, toml: str, reason: str) -> None:
    with pytest.raises(SettingError, match=reason):
        read_settings(written(tmp_path, toml), {})


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingError) as caught:
        read_settings(written(tmp_path, "port = -1\ncolour = 1\nmetrics = 2"), {"YUSUAN_BODY_KB": "0"})
    said = str(caught.value).splitlines()
    assert [line.rpartition("yusuan.toml: ")[2].partition(":")[0] for line in said] == [
        *("port", "colour", "metrics", "YUSUAN_BODY_KB")
    ]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("PORT", "eighty", "YUSUAN_PORT: 'eighty' is no whole number"),
        ("PORT", "", "YUSUAN_PORT: '' is no whole number"),
        ("QUERY_SECONDS", "nan", "YUSUAN_QUERY_SECONDS: 'nan' is no number"),
        ("QUERY_MEMORY_MB", "1", "YUSUAN_QUERY_MEMORY_MB: '1' is less than 64"),
        ("METRICS", "on", "YUSUAN_METRICS: 'on' is no true or false"),
    ],
)
def test_a_mistake_in_the_environment_is_named(name: str, text: str, reason: str) -> None:
    with pytest.raises(SettingError) as raised:
        read_settings(None, {f"YUSUAN_{name}": text})
    assert raised.value.message.startswith(reason.removesuffix("64"))


def test_a_mistake_on_the_command_line_is_named() -> None:
    with pytest.raises(SettingError, match="--colour: there is no such setting"):
        read_settings(None, {}, colour="red")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"cannot read the settings in .*none\.toml"):
        read_settings(tmp_path / "none.toml", {})
    (tmp_path / "latin.toml").write_bytes(b"host = '\xff'")
    with pytest.raises(SettingError, match=r"cannot read the settings in .*latin\.toml"):
        read_settings(tmp_path / "latin.toml", {})


def test_a_file_may_begin_with_a_mark_of_utf_8(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, "\ufeffport = 8123"), {}).port == 8123


def test_every_setting_says_what_it_means_and_its_default_is_allowed() -> None:
    for each in fields(Settings):
        assert len(each.metadata["means"]) > 10
        least, most = each.metadata["least"], each.metadata["most"]
        assert least is None or each.default >= least
        assert isinstance(each.default, str) or each.default <= most


def test_the_table_of_the_documentation_is_the_code() -> None:
    text = OPERATIONS.read_text(encoding="utf-8")
    begin, end = "| setting |", "\n\n"
    assert text.count(begin) == 1
    found = text[text.index(begin) :]
    assert found[: found.index(end) + 1] == table()
