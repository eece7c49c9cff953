"""Words of single pages: in both languages, with the same places to fill, and never an accusation."""

from __future__ import annotations

import re
import string
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from server.wording import WORDS, page_words, word

ROOT = Path(__file__).parents[2]
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_KEY = re.compile(r"^([a-z0-9][a-zA-Z0-9-]*):", re.MULTILINE)
_SAID = re.compile(r"""say\(\s*["']([a-z0-9-]+\.[a-zA-Z0-9-]+)["']\s*[,)]""")
# The heads of a table and the columns of a list, whose words their macro says.
_HEADED = re.compile(r"(?:heads\(|set columns = )(.*?)(?:, by=|%})")
_QUOTED = re.compile(r'"([^"]+)"')


def places(text: str) -> set[str]:
    """Return the names of what is filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_are_words() -> None:
    assert len(page_words()) >= 30
    assert not set(page_words()) & set(WORDS)


@pytest.mark.parametrize("key", sorted(page_words()))
def test_words_are_in_both_languages(key: str) -> None:
    chinese, english = page_words()[key]
    assert chinese.strip() and english.strip()
    assert len(_CHINESE.findall(english)) <= len(english) / 4, english  # a term may stand beside its translation
    assert places(chinese) == places(english)
    assert "违规" not in chinese
    assert "{" not in word(key, "zh", **dict.fromkeys(places(chinese), "x"))


def test_a_comma_ends_no_words() -> None:
    # {zh: 1,000} is {zh: 1, 000: null} without quotation marks.
    for each in files("server").joinpath("wording").iterdir():
        stated = yaml.safe_load(each.read_text(encoding="utf-8"))
        assert {key: sorted(words) for key, words in stated.items()} == {key: ["en", "zh"] for key in stated}, each.name


def test_no_key_is_stated_twice() -> None:
    for each in files("server").joinpath("wording").iterdir():
        counted = Counter(_KEY.findall(each.read_text(encoding="utf-8")))
        assert [key for key, count in counted.items() if count > 1] == [], each.name


def test_every_word_that_a_template_says_is_there() -> None:
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "server" / "templates").glob("*.html")]
    said = {key for page in pages for key in _SAID.findall(page)}
    headed = {key for page in pages for heads in _HEADED.findall(page) for key in _QUOTED.findall(heads)}
    assert len(said) >= 20
    assert len(headed) >= 50
    assert said | headed <= {*page_words(), *WORDS}
