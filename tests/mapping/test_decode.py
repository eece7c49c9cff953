"""Bytes to text: encodings, line ends, and what is no text."""

from __future__ import annotations

import pytest

from mapping.decode import LONGEST_LINE, MAXIMUM_BYTES, decode
from mapping.errors import SourceError

WORDS = "部门预算收支总表\n单位：万元\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    assert decode(WORDS.encode(encoding)).content == WORDS


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_line_end_becomes_lf(end: str) -> None:
    assert decode(WORDS.replace("\n", end).encode()).content == WORDS


def test_nothing_else_is_changed() -> None:
    words = "\u3000\ufeff Ａ１ \u2028\x0b\x0c 末尾 "
    assert decode(words.encode()).content == words


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"%PDF-1.7 ...", "a PDF file"),
        (b"PK\x03\x04rest", "Word"),
        (b"\x00\x01\x02binary", "not a text file"),
        (b"\xff\x00\xff\xfe\x80", "neither UTF-8 nor GB18030"),
        (b"\xef\xbb\xbf\xff\xff", "broken at byte 0"),
        (b"a" * (MAXIMUM_BYTES + 1), "split the file"),
        (b"a\n" + b"|" * (LONGEST_LINE + 1), "line 2 has 20,001 characters"),
    ],
)
def test_what_is_no_text_is_refused_with_the_remedy(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        decode(data)


@pytest.mark.parametrize("start", ["<!DOCTYPE html>\n<p>", " <html lang='zh'>", '<?xml version="1.0"?>\n<HTML>'])
def test_a_page_of_the_web_is_named_as_one(start: str) -> None:
    with pytest.raises(SourceError, match=r"an HTML page, not text: .* save it as plain text"):
        decode((start + WORDS).encode())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_named_with_the_remedy(encoding: str) -> None:
    with pytest.raises(SourceError, match="UTF-16 without a byte order mark: save the file as UTF-8"):
        decode((WORDS * 5).encode(encoding))


def test_bytes_that_are_no_text_are_not_called_utf_16() -> None:
    with pytest.raises(SourceError, match=r"not a text file|neither UTF-8 nor"):
        decode(bytes(range(256)) * 4)
