"""Answers kept in memory, the least recently asked for given up first; a release is immutable, so none grows old."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

from server.answer import Answer, Asked

_OVERHEAD = 500
"""Bytes that an entry takes beside its body, about."""


def entity_tag(version: str, asked: Asked) -> str:
    """Return the ETag of the answer to a request: a strong one, since all that the answer depends on is in it."""
    told = repr((version, *asked))
    return f'"{hashlib.blake2b(told.encode(), digest_size=12).hexdigest()}"'


class Cache:
    """Answers by their tag, up to some bytes; `hits` and `misses` count what was looked up."""

    def __init__(self, most_bytes: int) -> None:
        """Keep at most so many bytes; with 0 nothing is kept."""
        self.hits = 0
        self.misses = 0
        self._left = most_bytes
        self._largest = most_bytes // 8
        self._kept: OrderedDict[str, Answer] = OrderedDict()

    def find(self, tag: str) -> Answer | None:
        """Return the answer with this tag, if it is kept."""
        found = self._kept.get(tag)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(tag)
        return found

    def keep(self, tag: str, answer: Answer) -> None:
        """Keep an answer that lasts, unless it alone would displace much."""
        size = _size(answer)
        if not answer.lasting or size > self._largest or tag in self._kept:
            return
        self._kept[tag] = answer
        self._left -= size
        while self._left < 0:
            self._left += _size(self._kept.popitem(last=False)[1])


def _size(answer: Answer) -> int:
    return len(answer.body) + _OVERHEAD
