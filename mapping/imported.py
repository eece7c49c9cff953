"""RDF files to the sorted, distinct N-Quads lines of one data set, which says what the files say and nothing else.

Files are parsed in another process: what ends the parser must not end the import. Lines are written from what was
parsed, never from a store, so that a literal stays as it was written; only language tags are lower-case, as the parser
gives them.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gzip
import hashlib
import heapq
import re
import zlib
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, NoReturn, TypeVar, cast
from xml.parsers import expat

from pyoxigraph import BlankNode, Literal, Quad, RdfFormat, Triple, parse, serialize

from mapping.child import end_with_parent
from mapping.errors import RdfError
from mapping.gather import named_files
from mapping.release import DUMP, ImportedSource, file_sha256, is_release, lines_of

FORMATS: Mapping[str, RdfFormat] = {
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
_LABELLED = (RdfFormat.N_QUADS, RdfFormat.N_TRIPLES)
_COMPRESSED = ".gz"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UTF_8 = ("utf-8", "utf8", "us-ascii", "ascii")
_PLACE = re.compile(
    r"Parser error (?:at line \d+ (?:column \d+|between .*? and .*?\d+)|between line .*? and line .*?): "
)
# How a file begins, what that is, and the formats that begin so: said of a file that is not what its ending says.
_BEGINNINGS: Sequence[tuple[re.Pattern[bytes], str, Collection[RdfFormat]]] = (
    (re.compile(rb"\s*<(?:!doctype\s+)?html\b", re.IGNORECASE), "a web page: fetch the data itself", ()),
    (re.compile(rb"\s*<(?:\?xml|!doctype|rdf:)", re.IGNORECASE), "RDF/XML (.rdf)", (RdfFormat.RDF_XML,)),
    (re.compile(rb"\s*(?:\[\s*)?\{"), "JSON-LD (.jsonld)", (RdfFormat.JSON_LD, RdfFormat.TRIG)),
    (re.compile(rb"\s*@?(?:prefix|base)\s", re.IGNORECASE), "Turtle (.ttl)", (RdfFormat.TURTLE, RdfFormat.TRIG)),
)
_BEGINNING_LENGTH = 256
_REASON_LENGTH = 300
_RUN_BYTES = 1 << 27
_Term = TypeVar("_Term")


@dataclass(frozen=True, slots=True)
class RdfFile:
    """A file to import and what it is called in the release."""

    path: Path
    name: str

    @property
    def format(self) -> RdfFormat | None:
        """The format that the ending of the file names; None for an ending that names none."""
        return FORMATS.get(Path(self.path.name.lower().removesuffix(_COMPRESSED)).suffix)

    @contextlib.contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The bytes of the file, decompressed, without a byte order mark."""
        compressed = self.path.name.lower().endswith(_COMPRESSED)
        with gzip.open(self.path) if compressed else self.path.open("rb") as stream:
            if stream.peek(len(_BYTE_ORDER_MARK)).startswith(_BYTE_ORDER_MARK):
                stream.read(len(_BYTE_ORDER_MARK))
            yield cast(IO[bytes], stream)


def rdf_files(paths: Sequence[Path]) -> list[RdfFile]:
    """The files below `paths` by name; those of a folder that are hidden, or beside the data as a README, are left out.

    Raises SourceError for a path that does not exist, RdfError where there is no file.
    """
    files = [RdfFile(path, name) for path, name in named_files(paths, FORMATS.keys() | {_COMPRESSED})]
    if not files:
        for path in paths:
            if is_release(path) or is_release(path / "current"):
                raise RdfError(f"{path} holds a release, which is no RDF file: name its {DUMP}")
        raise RdfError(f"no file in {', '.join(map(str, paths))}: name RDF files ({_known()}) or a folder of them")
    return files


def write_parts(
    files: Sequence[RdfFile], base: str, folder: Path, finished: Callable[[str], None]
) -> tuple[ImportedSource, ...]:
    """What was read of each file; its N-Quads lines, unsorted, now stand in `folder`. `finished` hears each name.

    Raises RdfError with one line for every file that cannot be imported.
    """
    sources: list[ImportedSource] = []
    problems: list[str] = []
    pool = ProcessPoolExecutor(1, initializer=_parse_apart)
    try:
        for number, file in enumerate(files):
            try:
                sources.append(pool.submit(write_part, file, base, folder / f"{number}.nq").result())
            except RdfError as error:
                problems.append(str(error))
            except BrokenProcessPool:
                problems.append(
                    f"{file.name}: the parser died of it: it is nested too deeply or too large for the memory; "
                    "flatten it, or convert it to N-Quads"
                )
                pool.shutdown()
                pool = ProcessPoolExecutor(1, initializer=_parse_apart)
            finished(file.name)
    finally:
        pool.shutdown()
    if problems:
        raise RdfError(*problems)
    return tuple(sources)


def _parse_apart() -> None:
    """Readies a process to parse: what ends the parser is reported by the parent, and what ends the parent ends it."""
    faulthandler.disable()
    end_with_parent()


def write_part(file: RdfFile, base: str, part: Path) -> ImportedSource:
    """What was read of one file; its N-Quads lines, unsorted, now stand in `part`.

    Raises RdfError naming the file, the place where the parser knows one, and the remedy.
    """
    form = file.format
    if file.path.is_dir():
        if file.path.is_symlink():
            raise RdfError(
                f"{file.name}: a link to a folder, which is not followed: name that folder, or remove the link"
            )
        raise RdfError(f"{file.name}: the folder cannot be read: make it readable, or move it away")
    if form is None:
        raise RdfError(f"{file.name}: not known as RDF by its ending: {_known()}, each also with {_COMPRESSED}")
    try:
        if form is RdfFormat.RDF_XML:
            _check_xml(file)
        with file.open() as stream, part.open("wb") as target:
            statements = _Statements(file.name, parse(stream, format=form, base_iri=base), form in _LABELLED)
            serialize(statements, target, RdfFormat.N_QUADS)
        return ImportedSource(file.name, file_sha256(file.path), statements.count)
    except SyntaxError as error:
        raise RdfError(_mistake(file, base, error)) from None
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise RdfError(f"{file.name}: cannot be read: {reason or error}") from None


def merge_parts(folder: Path, dump: Path) -> None:
    """Writes the distinct lines of all parts of `folder`, in byte order, to `dump`.

    Sorted runs of bounded size go to `folder` and are merged, so memory does not grow with the data set.
    """
    lines = chain.from_iterable(map(lines_of, folder.glob("*.nq")))
    runs = [_write_run(batch, folder / f"{number}.run") for number, batch in enumerate(_batches(lines))]
    before = b""
    with dump.open("wb") as stream:
        for line in heapq.merge(*map(lines_of, runs)):
            if line != before:
                stream.write(line)
            before = line


def _batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line)
        if size >= _RUN_BYTES:
            yield batch
            batch, size = [], 0
    yield batch


def _write_run(lines: Iterable[bytes], run: Path) -> Path:
    with run.open("wb") as stream:
        stream.writelines(sorted(lines))
    return run


class _Statements:
    """The quads of one file, counted, with blank nodes that no other file has and every import names alike.

    A label follows the key of the file's name; where the parser makes up labels, nodes are numbered as they appear.
    """

    def __init__(self, name: str, quads: Iterable[Quad], labelled: bool) -> None:
        self._name = name
        self._key = f"n{hashlib.sha256(name.encode()).hexdigest()[:12]}x"
        self._quads = quads
        self._labelled = labelled
        self._nodes: dict[BlankNode, BlankNode] = {}
        self.count = 0

    def __iter__(self) -> Iterator[Quad]:
        for quad in self._quads:
            self.count += 1
            subject, predicate, value, graph = quad
            if isinstance(value, Triple) or (isinstance(value, Literal) and value.direction):
                node = "a blank node" if isinstance(subject, BlankNode) else subject
                raise RdfError(
                    f"{self._name}: {node} {predicate} …: RDF 1.2 triple terms and base directions are not served: "
                    "state them in RDF 1.1"
                )
            if any(isinstance(term, BlankNode) for term in (subject, value, graph)):
                yield Quad(self._apart(subject), predicate, self._apart(value), self._apart(graph))
            else:
                yield quad

    def _apart(self, term: _Term) -> _Term | BlankNode:
        """The node of this file alone that a blank node stands for; any other term as it is."""
        if not isinstance(term, BlankNode):
            return term
        if self._labelled:
            return BlankNode(self._key + term.value)
        return self._nodes.setdefault(term, BlankNode(f"{self._key}{len(self._nodes)}"))


def _check_xml(file: RdfFile) -> None:
    """Raises RdfError for XML that is not well-formed, not UTF-8 or declares an entity.

    The RDF parser knows no place in XML, and expands entities without a limit.
    """

    def refuse_entity(name: str, *_: object) -> NoReturn:
        raise RdfError(
            f"{file.name}, line {parser.CurrentLineNumber}, column {parser.CurrentColumnNumber + 1}: declares the "
            f"entity {name!r}, which is refused: write what it stands for, or convert the file to Turtle"
        )

    def check_encoding(_: str, encoding: str | None, __: int) -> None:
        if encoding and encoding.lower() not in _UTF_8:
            raise RdfError(f"{file.name}: is written in {encoding}: save it as UTF-8")

    parser = expat.ParserCreate("utf-8")
    parser.EntityDeclHandler = refuse_entity
    parser.XmlDeclHandler = check_encoding
    try:
        with file.open() as stream:
            parser.ParseFile(stream)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        place = f"{file.name}, line {error.lineno}, column {error.offset + 1}"
        raise RdfError(f"{place}: not XML: {reason}{_likeness(file)}") from None


def _mistake(file: RdfFile, base: str, error: SyntaxError) -> str:
    """What the parser says of a file in one line, with the place."""
    reason = " ".join(str(error.msg).split())[:_REASON_LENGTH]
    if "LoadDocumentCallback" in reason:
        return (
            f"{file.name}: names a @context elsewhere, and nothing is fetched: write that context into the file, "
            "or convert it to N-Quads where it can be fetched"
        )
    line, column = error.lineno, error.offset
    if line is None and file.format is RdfFormat.RDF_XML:
        line, column = _xml_place(file, base)
    place = "" if line is None else f", line {line}, column {column}"
    remedy = "; save it as UTF-8" if "UTF-8" in reason else _likeness(file)
    return f"{file.name}{place}: {_PLACE.sub('', reason)}{remedy}"


def _likeness(file: RdfFile) -> str:
    """What a file that is not of the format of its ending begins like; nothing where that is not known."""
    with file.open() as stream:
        beginning = stream.read(_BEGINNING_LENGTH)
    for pattern, likeness, formats in _BEGINNINGS:
        if pattern.match(beginning):
            return "" if file.format in formats else f"; it begins like {likeness}"
    return ""


def _xml_place(file: RdfFile, base: str) -> tuple[int, int]:
    """Line and column that the RDF/XML parser has read when it stops."""
    line, _ = _read_until_error(file, base, None)
    return _read_until_error(file, base, line)


def _read_until_error(file: RdfFile, base: str, slow: int | None) -> tuple[int, int]:
    with file.open() as stream:
        paced = _Paced(stream, slow)
        with contextlib.suppress(SyntaxError):
            deque(parse(cast(IO[bytes], paced), format=file.format, base_iri=base), maxlen=0)
    return paced.line, paced.column


class _Paced:
    """A stream that gives a line at a time, from the line `slow` on a byte, and knows how far it was read."""

    def __init__(self, stream: IO[bytes], slow: int | None) -> None:
        self._stream = stream
        self._slow = slow
        self._ended = False
        self.line = 1
        self.column = 0

    def read(self, size: int = -1) -> bytes:
        if self._ended:
            self.line, self.column = self.line + 1, 0
        given = self._stream.readline(size if self._slow is None or self.line < self._slow else 1)
        self.column += len(given.decode(errors="ignore"))
        self._ended = given.endswith(b"\n")
        return given


def _known() -> str:
    return ", ".join(FORMATS)
