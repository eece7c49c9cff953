"""Bytes of a file to its frozen text: decoded, BOM dropped, line ends made LF, nothing else changed."""

from __future__ import annotations

from dataclasses import dataclass

from mapping.errors import SourceError

MAXIMUM_BYTES = 16 * 1024 * 1024
LONGEST_LINE = 20_000
_CONTROL = {chr(code) for code in range(32)} - set("\t\n\r\f\v")
_FORMATS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip, Word (.docx) or Excel (.xlsx) file"),
    (b"\xd0\xcf\x11\xe0", "a Word (.doc) or Excel (.xls) file"),
    (b"{\\rtf", "a rich text file"),
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text and the name of the encoding it was found in."""

    content: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """The text of a document.

    Tried in order: what a byte order mark says, UTF-8, GB18030 (which covers GBK and GB2312).

    Raises SourceError for an empty, oversized or binary file, for bytes in neither encoding, and for a line so long
    that it is no line of a document.
    """
    check_size(len(data))
    for mark, name in _FORMATS:
        if data.startswith(mark):
            raise SourceError(f"{name}, not text: export the disclosure as plain text or Markdown")
    content, encoding = _decode(data)
    if any(character in _CONTROL for character in content):
        raise SourceError("not a text file (it holds control characters): export the disclosure as plain text")
    if not content.strip():
        raise SourceError("the file is empty: export the disclosure again")
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(content.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise SourceError(
                f"line {number} has {len(line):,} characters, which no disclosure prints: export it with line breaks"
            )
    return Decoded(content, encoding)


def check_size(size: int) -> None:
    """Raises SourceError for a file of more bytes than a single disclosure has."""
    if size > MAXIMUM_BYTES:
        raise SourceError(
            f"{size:,} bytes is more than the {MAXIMUM_BYTES:,} a single disclosure may have: "
            "split the file into one disclosure each"
        )


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding), encoding
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise SourceError("neither UTF-8 nor GB18030 text (a binary file?): export the disclosure as plain text")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(f"marked as {encoding} but broken at byte {error.start}: save the file as UTF-8") from error
