"""The cache of answers: what lasts is kept up to some bytes, what was asked for longest ago goes first; tags."""

from __future__ import annotations

import pytest

from server.answer import Answer, Asked
from server.cache import Cache, entity_tag

ASKED = Asked(b"query=ASK%7B%7D", "text/csv", zipped=True)


def answer(size: int, *, lasting: bool = True) -> Answer:
    """Return an answer that takes about so many bytes."""
    return Answer(b"x" * size, "text/csv", "", lasting)


def kept(cache: Cache, *tags: str) -> list[bool]:
    """Return of each tag whether its answer is kept."""
    return [cache.find(tag) is not None for tag in tags]


def test_an_answer_is_found_again() -> None:
    cache = Cache(100_000)
    assert cache.find("a") is None
    cache.keep("a", answer(10))
    assert cache.find("a") == answer(10)
    assert (cache.hits, cache.misses) == (1, 1)


def test_what_does_not_last_is_not_kept() -> None:
    cache = Cache(100_000)
    cache.keep("a", answer(10, lasting=False))
    assert kept(cache, "a") == [False]


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    cache = Cache(90_000)
    for each in "abcdefgh":
        cache.keep(each, answer(10_000))
    assert cache.find("a")
    cache.keep("i", answer(10_000))
    assert kept(cache, "a", "b", "c", "i") == [True, False, True, True]


def test_one_large_answer_does_not_displace_many() -> None:
    cache = Cache(80_000)
    cache.keep("a", answer(10))
    cache.keep("b", answer(10_000))
    assert kept(cache, "a", "b") == [True, False]


def test_an_answer_kept_twice_takes_its_place_once() -> None:
    cache = Cache(90_000)
    for _ in range(100):
        cache.keep("a", answer(10_000))
    for each in "bcdefgh":
        cache.keep(each, answer(10_000))
    assert kept(cache, *"abcdefgh") == [True] * 8


@pytest.mark.parametrize("most", [0, 500])
def test_a_small_cache_keeps_nothing(most: int) -> None:
    cache = Cache(most)
    cache.keep("a", answer(0))
    assert kept(cache, "a") == [False]


@pytest.mark.parametrize(
    ("version", "asked"),
    [
        ("2", ASKED),
        ("1", ASKED._replace(query_string=b"query=ASK%7B+%7D")),
        ("1", ASKED._replace(accept=None)),
        ("1", ASKED._replace(zipped=False)),
        ("1", ASKED._replace(content_type="application/sparql-query")),
        ("1", ASKED._replace(body=b"")),
    ],
)
def test_the_tag_depends_on_all_that_the_answer_does(version: str, asked: Asked) -> None:
    tag = entity_tag("1", ASKED)
    assert tag == entity_tag("1", Asked(*ASKED))
    assert tag.startswith('"')
    assert tag.endswith('"')
    assert entity_tag(version, asked) != tag
