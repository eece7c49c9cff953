"""Answers that people keep: what the file of each is called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from flask import Response

_LONGEST = 60
# What names of files cannot have on some system, and what stands between words.
_NO_NAME = re.compile(r"[^\w()（）〔〕.-]+")
_NO_ASCII = re.compile(r"(?:-|[^\x00-\x7f])+")


def as_file(response: Response, told: Iterable[str], suffix: str, *, opened: bool = False) -> Response:
    """Return a response with the name of its file, made of what the answer is and is of (RFC 6266).

    Browsers keep it as a file, or where it is `opened` show it, and name it so when it is kept. Headers are ASCII: a
    name that is not is stated encoded (RFC 8187), beside what of it is ASCII.
    """
    name = named(told, suffix)
    names = {"filename": named([_NO_ASCII.sub("-", name.removesuffix(f".{suffix}"))], suffix)}
    if not name.isascii():
        names["filename*"] = f"UTF-8''{quote(name, safe='')}"
    response.headers.set("Content-Disposition", "inline" if opened else "attachment", **names)
    return response


def named(told: Iterable[str], suffix: str) -> str:
    """Return the name of a file.

    >>> named(["figures", "某县/总工会2026.txt"], "csv"), named(["figures", "=1+1"], "csv")
    ('figures-总工会2026.csv', 'figures-1-1.csv')
    """
    words = (_NO_NAME.sub("-", re.sub(r"\.(?:txt|md)$", "", each.rpartition("/")[2])) for each in told)
    joined = "-".join(each.strip("-.") for each in words if each.strip("-."))
    return f"{joined[:_LONGEST]}.{suffix}"
