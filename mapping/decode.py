"""Bytes of a file to its frozen text: decoded, BOM dropped, line ends made LF, nothing else changed.

Also the name of a file to text.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import PurePath

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
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_PROSE = re.compile(r"[\t\n\r\f\v -~\u2010-\u22ff\u2500-\u27bf\u3000-\u30ff\u4e00-\u9fff\uff00-\uffee]")
_LEAST_PROSE = 0.9
_LOOKED_AT = 1 << 16
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text and the name of the encoding it was found in."""

    content: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """The text of a document.

    Tried in order: what a byte order mark says, UTF-8, GB18030 (which covers GBK and GB2312).

    Raises SourceError for an empty, oversized or binary file, for an HTML page, for bytes in neither encoding, and for
    a line so long that it is no line of a document.
    """
    check_size(len(data))
    for mark, name in _FORMATS:
        if data.startswith(mark):
            raise SourceError(f"{name}, not text: export the disclosure as plain text or Markdown")
    content, encoding = _decode(data)
    if _HTML.match(content):
        raise SourceError("an HTML page, not text: open it in a browser and save it as plain text")
    if any(character in _CONTROL for character in content):
        _check_mark(data)
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


def readable_name(path: PurePath) -> str:
    """The path as text: a name that is not UTF-8 is read as GB18030, as old archives have it; else its bytes as %FF.

    >>> readable_name(PurePath(os.fsdecode("预算.txt".encode("gb18030"))))
    '预算.txt'
    """
    return "/".join(_readable_part(part) for part in path.parts)


def _readable_part(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError:
        try:
            return os.fsencode(name).decode("gb18030")
        except UnicodeDecodeError:
            return "".join(f"%{byte:02X}" if byte > 127 else chr(byte) for byte in os.fsencode(name))
    return name


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
    _check_mark(data)
    raise SourceError("neither UTF-8 nor GB18030 text (a binary file?): export the disclosure as plain text")


def _check_mark(data: bytes) -> None:
    """Raises SourceError for bytes that are UTF-16 without its byte order mark: so read, they are nearly all prose."""
    for encoding in ("utf-16-le", "utf-16-be"):
        read = data[:_LOOKED_AT].decode(encoding, "replace")
        if read and len(_PROSE.findall(read)) >= _LEAST_PROSE * len(read):
            raise SourceError("UTF-16 without a byte order mark: save the file as UTF-8")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(f"marked as {encoding} but broken at byte {error.start}: save the file as UTF-8") from error
