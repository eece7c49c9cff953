"""Sources to finished documents, in parallel: each in a process of its own, handed on in order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from mapping.built import BuiltDocument, Quarantined
from mapping.child import end_with_parent
from mapping.pipeline import build_document
from mapping.reviews import Review
from mapping.sources import Source


class Building:
    """The documents of a build as they are finished, and what was left out so far."""

    def __init__(self, sources: Sequence[Source], base: str, jobs: int, reviews: Sequence[Review] = ()) -> None:
        self._sources = sources
        self._base = base
        self._reviews = reviews
        self._jobs = max(1, min(jobs, len(sources)))
        self.quarantined: list[Quarantined] = []
        self.notices: list[tuple[str, str]] = []
        self.built = 0
        self._texts: dict[str, str] = {}

    def documents(self, finished: Callable[[str], None]) -> Iterator[BuiltDocument]:
        """Every document that could be built, in the order of its source; `finished` hears each source's name."""
        for source, result in zip(self._sources, self._results(), strict=True):
            finished(source.names[0])
            if isinstance(result, Quarantined):
                self.quarantined.append(result)
            else:
                self.built += 1
                self.notices += [(source.names[0], words) for words in (*result.notices, *self._twin(result))]
                yield result

    def _twin(self, document: BuiltDocument) -> Iterator[str]:
        """That an earlier document has the same text in other bytes, if one has."""
        text = hashlib.sha256(document.rendition.encode()).hexdigest()
        first = self._texts.setdefault(text, document.sources[0])
        if first != document.sources[0]:
            yield f"the same text as {first} in other bytes: a document of its own; remove one of them"

    def _results(self) -> Iterator[BuiltDocument | Quarantined]:
        work = partial(build_document, base=self._base, reviews=self._reviews)
        if self._jobs == 1:
            yield from map(work, self._sources)
            return
        with ProcessPoolExecutor(self._jobs, initializer=end_with_parent) as pool:
            yield from pool.map(work, self._sources)
