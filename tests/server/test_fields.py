"""Fields of query strings and forms are decoded as the standard library decodes them, but ten times as fast."""

from __future__ import annotations

from urllib.parse import parse_qs, quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.errors import CallerError
from server.protocol import MOST_FIELDS, asks_nothing, read_fields

PIECES = (
    *(b"%", b"=", b"&", b"+", b"a", b"_", b".", b" ", b"\t", b"\r", b"\n", b"=\n", b"\x00", b"\xe9"),
    *(b"%E9%A2%84", b"%4", b"%0A", b"%0D", b"%3D", b"%3d%0D", b"%25", b"%FF", b"%ED%A0%80"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join) | st.binary(max_size=60))
def test_fields_are_what_the_standard_library_reads(encoded: bytes) -> None:
    try:
        expected = parse_qs(encoded.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(CallerError, match="UTF-8"):
            read_fields(encoded)
        return
    assert read_fields(encoded) == expected


@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    encodable = text.encode("utf-8", "ignore").decode("utf-8")
    assert read_fields(f"query={quote(encodable)}".encode()) == {"query": [encodable]}


@given(st.lists(st.sampled_from(("query", "q%75ery", "update", "x", "=", "&", "1", "query=", "&query=")), max_size=6))
@example(["x", "query="])
@example(["q%75ery", "=", "1"])
def test_asking_nothing_is_to_state_neither_query_nor_update(pieces: list[str]) -> None:
    encoded = "".join(pieces)
    stated = parse_qs(encoded, keep_blank_values=True)
    assert asks_nothing(encoded.encode()) == stated.keys().isdisjoint({"query", "update"})


def test_there_is_an_end_to_the_fields() -> None:
    assert len(read_fields(b"&".join([b"a=b"] * MOST_FIELDS))["a"]) == MOST_FIELDS
    with pytest.raises(CallerError, match="fields"):
        read_fields(b"&".join([b"a=b"] * (MOST_FIELDS + 1)))
