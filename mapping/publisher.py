"""publisher.toml to who publishes a release, under which base and with which rights.

The file is optional and stands beside the documents. Three rights are stated apart, since they are seldom the same:
of the facts, of the vocabulary and of the source text. Nothing is supposed: what the file does not say is missing.
"""

from __future__ import annotations

import ipaddress
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mapping.errors import PublisherError

PUBLISHER_NAME = "publisher.toml"
_RIGHTS = ("facts", "vocabulary", "source")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x1f]+")
_BASE = re.compile(r"https?://[!-~]+/")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
# Names that no public server has: RFC 6761, 6762, 8375, and what offices call their own networks.
_INNER_NAMES = ("localhost", "local", "localdomain", "internal", "intranet", "private", "lan", "home", "corp", "arpa")


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Chinese and English; None where the file does not say."""

    zh: str | None = None
    en: str | None = None


@dataclass(frozen=True, slots=True)
class Publisher:
    """What publisher.toml says; None where it does not. `source` is a licence's address or a statement in words.

    `issued` and `modified` are days as ISO writes them: since when there is the catalogue, and of when its content is.
    """

    base: str | None = None
    name: Words = Words()
    title: Words = Words()
    homepage: str | None = None
    contact: str | None = None
    facts: str | None = None
    vocabulary: str | None = None
    source: str | Words | None = None
    attribution: Words = Words()
    issued: str | None = None
    modified: str | None = None

    def key(self) -> Iterator[str]:
        """One line that differs wherever what is said differs, for the version of a release; none of NOBODY."""
        if self != NOBODY:
            yield f"publisher {json.dumps(asdict(self), sort_keys=True)}"


NOBODY = Publisher()


def find_publisher(paths: Sequence[Path]) -> Path | None:
    """The publisher.toml beside the documents, if there is one.

    Raises PublisherError where two of them do not have the same bytes.
    """
    beside = dict.fromkeys((path.parent if path.is_file() else path) / PUBLISHER_NAME for path in paths)
    found = [place for place in beside if place.is_file()]
    for place in found[1:]:
        if place.read_bytes() != found[0].read_bytes():
            raise PublisherError(f"{found[0]} and {place} do not say the same: keep one of them")
    return found[0] if found else None


def read_publisher(place: Path) -> Publisher:
    """What the file says. Raises PublisherError with a line for each mistake in it."""
    publisher, mistakes = _read(place)
    if mistakes:
        raise PublisherError(*mistakes.values())
    return publisher


def read_publishable(place: Path) -> Publisher:
    """What the file says, which is all that publishing needs.

    Raises PublisherError with a line for each mistake in it and for each thing that it does not say.
    """
    publisher, mistakes = _read(place)
    missing = [line for line in unpublishable(publisher) if line.partition(" ")[0] not in mistakes]
    if mistakes or missing:
        raise PublisherError(*mistakes.values(), *missing)
    return publisher


def publisher_of(said: Mapping[str, Any]) -> Publisher:
    """A publisher as a manifest holds it; raises TypeError or KeyError for what is none."""
    words = {name: Words(**said[name]) for name in ("name", "title", "attribution")}
    source = Words(**said["source"]) if isinstance(said["source"], dict) else said["source"]
    return Publisher(**{**said, **words, "source": source})


def unpublishable(publisher: Publisher) -> list[str]:
    """What keeps a release from being published, each with its remedy; empty when nothing does."""
    return [
        *_base_problems(publisher.base),
        *_missing_words("name", publisher.name, "what the publisher is called"),
        *_missing(publisher.homepage, "homepage", "write the publisher's web address"),
        *_missing(publisher.contact, "contact", "write an e-mail or web address that questions can be sent to"),
        *_missing(publisher.facts, "rights.facts", "write the address of the licence of the facts"),
        *_missing(publisher.vocabulary, "rights.vocabulary", "write the address of the licence of the vocabulary"),
        *_source_problems(publisher.source),
        *_missing_words("attribution", publisher.attribution, "how reusers shall name the source"),
    ]


def is_base(text: str) -> bool:
    """Whether IRIs can begin with the text: ASCII that ends in /; no query, no fragment, no user before the host.

    >>> [is_base(text) for text in ("https://example.org/a/", "https://example.org", "http://例子.cn/", "foo")]
    [True, False, False, False]
    """
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return bool(_BASE.fullmatch(text) and parts.hostname) and not re.search(r"[?#@<>\"{}|\\^`]", text)


def is_public_host(host: str) -> bool:
    """Whether a host can be meant for everybody: no loopback, private or otherwise inner name or address.

    >>> [is_public_host(host) for host in ("data.example.org", "localhost", "10.0.0.5", "intranet", "127.1")]
    [True, False, False, False, False]
    """
    name = host.rstrip(".").lower()
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        labels = name.split(".")
        return len(labels) > 1 and all(labels) and labels[-1] not in _INNER_NAMES and not _is_number(labels[-1])
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_global)


def _is_number(label: str) -> bool:
    """Whether a last label makes the name an IPv4 address in one of its odd spellings (127.1, 0x7f.1)."""
    return bool(re.fullmatch(r"[0-9]+|0x[0-9a-f]*", label))


def _base_problems(base: str | None) -> Iterator[str]:
    if base is None:
        yield "base is missing: write the public address that all IRIs begin with, like https://data.example.org/"
        return
    host = urlsplit(base).hostname or ""
    if not is_public_host(host):
        yield f"base {base} is on {host}, which others cannot reach: write the public address of the service"


def _missing(said: str | None, key: str, remedy: str) -> Iterator[str]:
    if said is None:
        yield f"{key} is missing: {remedy}"


def _missing_words(key: str, said: Words, means: str) -> Iterator[str]:
    for language in (each.name for each in fields(Words)):
        if getattr(said, language) is None:
            yield f"{key}.{language} is missing: write {means}"


def _source_problems(said: str | Words | None) -> Iterator[str]:
    if said is None:
        yield (
            "rights.source is missing: write the address of the licence of the source text, "
            'or a statement: source = { zh = "…", en = "…" }'
        )
    elif isinstance(said, Words):
        yield from _missing_words("rights.source", said, "what holds for the source text")


def _read(place: Path) -> tuple[Publisher, Mapping[str, str]]:
    """What the file says, and what is wrong in it by key."""
    try:
        said = tomllib.loads(place.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise PublisherError(f"{place} cannot be read: {error}") from error
    read = _Reading(place)
    return read.publisher(said), read.mistakes


class _Reading:
    """One file's tables read key by key; every mistake is kept with its place."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.mistakes: dict[str, str] = {}

    def publisher(self, said: Mapping[str, Any]) -> Publisher:
        """What the tables say; what is wrong in them is missing and named in `mistakes`."""
        self._expect("", said, [each.name for each in fields(Publisher) if each.name not in _RIGHTS] + ["rights"])
        rights = self._table("rights", said.get("rights", {}), _RIGHTS)
        source = rights.get("source")
        return Publisher(
            base=self._text("base", said.get("base"), is_base, "must be an http(s) address in ASCII that ends in /"),
            name=self._words("name", said.get("name")),
            title=self._words("title", said.get("title")),
            homepage=self._address("homepage", said.get("homepage")),
            contact=self._text("contact", said.get("contact"), _is_contact, "must be an e-mail or http(s) address"),
            facts=self._address("rights.facts", rights.get("facts")),
            vocabulary=self._address("rights.vocabulary", rights.get("vocabulary")),
            source=self._words("rights.source", source)
            if isinstance(source, dict)
            else self._address("rights.source", source),
            attribution=self._words("attribution", said.get("attribution")),
            issued=self._day("issued", said.get("issued")),
            modified=self._day("modified", said.get("modified")),
        )

    def _words(self, key: str, said: Any) -> Words:
        table = self._table(key, {} if said is None else said, ("zh", "en"))
        return Words(*(self._text(f"{key}.{name}", table.get(name)) for name in ("zh", "en")))

    def _day(self, key: str, said: Any) -> str | None:
        if said is None or (isinstance(said, date) and not isinstance(said, datetime)):
            return said.isoformat() if said else None
        self._note(key, f"{said!r} must be a day, without quotation marks: {key} = 2024-03-01")
        return None

    def _address(self, key: str, said: Any) -> str | None:
        return self._text(key, said, lambda text: bool(_ADDRESS.fullmatch(text)), "must be an http(s) address")

    def _text(
        self, key: str, said: Any, holds: Callable[[str], bool] = bool, remedy: str = "must be text"
    ) -> str | None:
        """The text of a key; an empty one says nothing, like an empty cell."""
        if said is None or said == "":
            return None
        text = " ".join(said.split()) if isinstance(said, str) else ""
        if text and holds(text):
            return text
        self._note(key, f"{said!r} {remedy}")
        return None

    def _table(self, key: str, said: Any, known: Iterable[str]) -> Mapping[str, Any]:
        if not isinstance(said, dict):
            self._note(key, f"{said!r} must be a table: [{key}]")
            return {}
        self._expect(f"{key}.", said, known)
        return said

    def _expect(self, before: str, said: Mapping[str, Any], known: Iterable[str]) -> None:
        for name in said:
            if name not in known:
                self._note(f"{before}{name}", f"is unknown; there are {', '.join(known)}")

    def _note(self, key: str, problem: str) -> None:
        self.mistakes.setdefault(key, f"{self._place}: {key}: {problem}")


def _is_contact(text: str) -> bool:
    return bool(_MAIL.fullmatch(text) or _ADDRESS.fullmatch(text))
