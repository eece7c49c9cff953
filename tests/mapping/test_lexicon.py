"""The data that readers look words up in: no key of a file stands twice, for of two a reader has only the last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

import pytest
import yaml

DATA = sorted(each.name for each in files("mapping").joinpath("data").iterdir() if each.name.endswith(".yaml"))


def repeated(node: yaml.Node | None) -> Iterator[str]:
    """The keys that stand twice in one mapping, with their lines."""
    if isinstance(node, yaml.MappingNode):
        for key, times in Counter(key.value for key, _ in node.value).items():
            if times > 1:
                yield f"{key}: line {node.start_mark.line + 1}"
        for _, value in node.value:
            yield from repeated(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from repeated(value)


def test_there_is_data() -> None:
    assert len(DATA) >= 20


@pytest.mark.parametrize("name", DATA)
def test_no_key_stands_twice(name: str) -> None:
    text = files("mapping").joinpath("data", name).read_text(encoding="utf-8")
    assert list(repeated(yaml.compose(text))) == []


def test_a_key_that_stands_twice_is_found() -> None:
    assert list(repeated(yaml.compose("a:\n  - b: 1\n    c: 2\n    b: 3\n"))) == ["b: line 2"]
