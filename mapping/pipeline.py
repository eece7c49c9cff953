"""The way of a document, in order and nothing else: read, assemble, triples, validate, audit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from mapping.audit import open_graph
from mapping.built import BuiltDocument, Quarantined
from mapping.corrections import CORRECTIONS_NAME
from mapping.decode import check_size
from mapping.describe import describe
from mapping.docnumber import UNSEEN
from mapping.errors import SourceError
from mapping.facts import Facts, assemble
from mapping.findings import write_findings
from mapping.forms import FORMS
from mapping.identity import document_iri
from mapping.indicators import runs_together
from mapping.passages import PUNCTUATED, is_row
from mapping.read import of_the_trade, read
from mapping.recognise import Recognised
from mapping.reviews import Review
from mapping.sources import MANIFEST_NAME, Source, SourceRecord
from mapping.tally import read_tally
from mapping.triples import write_graph
from mapping.validate import validate

# What a notice says of tables that could not be read.
NOT_READ = "not read"
# A number alone on its line; of whole ones only with the bar that closes its cell.
_CELL = re.compile(r"\d[\d,，]*(?:\.\d+[| ]*$|[ \u3000]*\|)", re.MULTILINE)
# An amount with separators, as blanks and the numbering of the cell behind it set it apart.
_AMOUNT = re.compile(r"(?<!\S)-?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?=\s|$|[一二三四五六七八九十]{1,3}、)")
_COMMA_CELL = re.compile(r'(?<![^,])(?:"-?\d[\d,]*\.\d+"|-?\d+\.\d+)(?![^,])')
_MOST_RUNS = 8


def build_document(source: Source, base: str, reviews: Sequence[Review] = ()) -> BuiltDocument | Quarantined:
    """The finished document, or why it is left out; never an exception for what a file holds."""
    try:
        check_size(source.path.stat().st_size)
        return _build(source, source.path.read_bytes(), base, reviews)
    except SourceError as error:
        return Quarantined(source.names[0], str(error))
    except OSError as error:
        return Quarantined(source.names[0], _unreadable(source.path, error))
    except Exception as error:  # one document that we fail on must not take the others with it
        reason = f"{type(error).__name__}: {error}"[:200]
        return Quarantined(source.names[0], f"a mistake of ours ({reason}): please report this document")


def _unreadable(path: Path, error: OSError) -> str:
    if path.is_symlink() and isinstance(error, FileNotFoundError):
        return f"cannot be read: it is a link to {path.readlink()}, where nothing is; mend or remove the link"
    if path.is_symlink() and isinstance(error, IsADirectoryError):
        return f"it is a link to the folder {path.readlink()}, which is not followed; name that folder to build it too"
    return f"cannot be read: {error.strerror}; make it readable, or move it away"


def _build(source: Source, data: bytes, base: str, reviews: Sequence[Review]) -> BuiltDocument:
    sha256 = hashlib.sha256(data).hexdigest()
    facts = assemble(read(data, source.corrections), source.record)
    quads = write_graph(facts, sha256, source.names, base)
    tally = read_tally(quads)
    store = open_graph(quads, tally)
    failures = validate(quads, store, tally)
    if failures:
        first = failures[0]
        raise SourceError(
            f"its graph breaks {len(failures)} structural rules, first {first.shape} at {first.focus}: "
            f"{first.message} (please report this document)"
        )
    return BuiltDocument(
        iri=document_iri(base, sha256),
        sha256=sha256,
        sources=source.names,
        status=facts.description.status,
        quads=quads,
        findings=write_findings(store, document_iri(base, sha256), reviews),
        rendition=facts.document.rendition.content,
        notices=(*_notices_of_file(source), *_contradicted(facts, source.record), *_notices(facts)),
    )


def _notices_of_file(source: Source) -> Iterator[str]:
    try:
        str(source.path).encode()
    except UnicodeEncodeError:
        yield "its path is not UTF-8 and is shown as it could be read: rename it"
    if len(source.names) > 1:
        yield f"the same bytes lie at {', '.join(source.names[1:])}: one document"


def _contradicted(facts: Facts, record: SourceRecord | None) -> Iterator[str]:
    """What sources.csv says of a document that reads otherwise by its own words; sources.csv is followed."""
    if record is None or not (record.region or record.year or record.kind):
        return
    found = describe(facts.document, facts.tables, None)
    for column in ("region", "year", "kind"):
        said, read = getattr(record, column), getattr(found, column)
        if said and read and read not in ("unknown", said):
            yield f"{MANIFEST_NAME}, column {column}: {said}, but the document itself says {read}; correct one of them"


def _rows_without_cells(facts: Facts) -> Iterator[str]:
    """Which lines look like rows of tables whose cells cannot be told, and what to do about them."""
    unread = [one for one in facts.document.paragraphs if not PUNCTUATED.search(one.text)]
    content = facts.document.text.content
    shapes = (is_row, _AMOUNT.search)
    plain = [
        one.line for one in unread if _CELL.match(content, one.span.start) or any(shape(one.text) for shape in shapes)
    ]
    if unplaced := list(_unplaced(facts)):
        yield (
            f"{NOT_READ}, amounts of rows whose cells are parted by blanks or lines alone, but for the totals, as "
            f"nobody can tell their columns: line {_runs(unplaced)}"
        )
    if plain:
        yield (
            f"{NOT_READ}, rows of tables whose cells are parted by blanks or lines alone, which do not tell the "
            f"columns: save the tables with tabs or | between the cells: line {_runs(plain)}"
        )
    commas = [one.line for one in unread if len(_COMMA_CELL.findall(one.text)) > 1]
    if commas:
        yield (
            f"{NOT_READ}, rows of tables whose cells are parted by commas, as in CSV: "
            f"save the file with tabs between the cells: line {_runs(commas)}"
        )


def _unplaced(facts: Facts) -> Iterator[int]:
    """The lines of tables without rules that print an amount which stands in no cell of them."""
    lines = list(facts.document.text.lines())
    for table in (one.table for one in facts.tables if one.table.form == "unruled"):
        placed = {span.start for row in table.rows for cell in row for span in cell.spans}
        for number, (start, words) in enumerate(lines[table.first_line - 1 : table.last_line], table.first_line):
            if any(start + one.start() not in placed for one in _AMOUNT.finditer(words)):
                yield number


def _runs(numbers: Sequence[int]) -> str:
    """Numbers in ascending order as runs, the first of them.

    >>> _runs([3, 4, 5, 9])
    '3-5, 9'
    """
    begins = [at for at in range(len(numbers)) if not at or numbers[at] != numbers[at - 1] + 1]
    ends = [*(at - 1 for at in begins[1:]), len(numbers) - 1]
    runs = [f"{numbers[a]}-{numbers[b]}" if b > a else str(numbers[a]) for a, b in zip(begins, ends, strict=True)]
    return ", ".join(runs[:_MOST_RUNS]) + (" and more" if len(runs) > _MOST_RUNS else "")


def _is_untold(table: Recognised) -> bool:
    """Whether nobody can tell the columns of a table: of a form, those of its indicators."""
    return runs_together(table.table.rows) if table.kind in FORMS else not table.table.told


def _notices(facts: Facts) -> list[str]:
    """What whoever runs the build should know about a document that was built."""
    said = []
    if facts.document.encoding != "utf-8":
        said.append(f"read as {facts.document.encoding}")
    if corrections := facts.document.corrections:
        said.append(f"read as corrected, rows of {CORRECTIONS_NAME}: {len(corrections)}")
    if unseen := len(facts.document.rendition.content) - len(UNSEEN.sub("", facts.document.rendition.content)):
        said.append(f"read without {unseen} characters that print nothing (zero-width space, text direction)")
    if facts.description.status == "reviewDraft":
        said.append("marked as a draft: left out on public addresses")
    untitled = [table for table in facts.tables if table.title is None and table.kind != "toc"]
    if untitled:
        lines = ", ".join(str(table.table.first_line) for table in untitled)
        said.append(f"tables without a title, read by their columns: line {lines}")
    untold = [str(table.table.first_line) for table in facts.tables if _is_untold(table)]
    if untold:
        said.append(f"tables whose headings stand over columns nobody can tell, {NOT_READ}: line {', '.join(untold)}")
    if not facts.tables:
        said.append("no table found")
    said += _rows_without_cells(facts)
    if not of_the_trade(facts.document.text.content):
        said.append("no word of a budget or of accounts in it: is it a disclosure?")
    unknown = [figure for figure in facts.figures if figure.unit is None]
    if unknown:
        said.append(f"{len(unknown)} figures without a unit (元, 万元): their amount is left open")
    return said
