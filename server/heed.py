"""What an address heeds of its query string: all else is taken out before anything reads the request.

So a parameter that a page knows nothing of is in no link, no ETag and no key of a kept answer, and a page cannot be
made anew for each value of it. An address that is not named here reads its query string itself, and may refuse it.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote_plus

from flask import request

from server.parameters import stated_once
from server.wording import LANGUAGES

_NOTHING = frozenset[str]()
_PAGED = frozenset({"page"})
_OF_THINGS = frozenset({"page", "view", "show", "part", "at"})
_OF_LISTS = frozenset({"page", "region", "year"})
_HEEDED: Mapping[str, frozenset[str]] = {
    "pages.first_page": frozenset({"scope"}),
    "pages.list_dumps": _NOTHING,
    "help.show_help": _NOTHING,
    "lists.list_units": _OF_LISTS,
    "lists.list_projects": _OF_LISTS,
    "things.answer_legal": _OF_LISTS | {"status", "number"},
    "things.answer_thing": _OF_THINGS,
    "things.send_text": _OF_THINGS,
    "things.answer_span": _OF_THINGS,
    "things.send_context": _NOTHING,
    "compare.compare_values": frozenset({"text", "measure", "region", "year", "pick"}),
    "reconciliation.preview": frozenset({"id"}),
    "harvest.show_catalogue": _PAGED,
    "harvest.show_entry": _PAGED,
    "harvest.show_release": _PAGED,
    "harvest.show_version": _PAGED,
    "harvest.show_void": _PAGED,
    "harvest.show_about": _NOTHING,
    "sitemap.list_parts": _NOTHING,
    "sitemap.list_pages": _NOTHING,
    "sitemap.list_things": _NOTHING,
    "sitemap.list_rules": _NOTHING,
    "static": frozenset({"v"}),
    "api.list_api": _NOTHING,
    "api.send_description": _NOTHING,
    "vocabulary.show_ontology": _NOTHING,
    "vocabulary.list_code_lists": _NOTHING,
    "vocabulary.show_code_list": _NOTHING,
    "vocabulary.show_concept": _NOTHING,
    "vocabulary.list_rules": _NOTHING,
    "vocabulary.show_rule": _NOTHING,
    "vocabulary.show_part": _NOTHING,
}
"""Parameters by endpoint; every page heeds `lang` too."""


_REPEATED = frozenset({"pick"})
"""Parameters of these addresses that may be stated several times."""


def heed() -> None:
    """Take out of the request's query string what its address does not heed, and a language that there is not.

    Raises `ParameterError` for what is left and stated twice, where the address does not read it itself.
    """
    known = _HEEDED.get(request.endpoint or "")
    fields = request.query_string.split(b"&")
    request.query_string = b"&".join(field for field in fields if _is_heeded(field, known))
    if known is not None:
        stated_once({name: request.args.getlist(name) for name in request.args if name not in _REPEATED})


def _is_heeded(field: bytes, known: frozenset[str] | None) -> bool:
    name, _, value = (unquote_plus(part) for part in field.decode("latin-1").partition("="))
    if name == "lang":
        return value in LANGUAGES
    return known is None or name in known
