"""Every IRI of a release answers at its path: what is said of the thing, negotiated, or where it has gone.

Texts and spans of texts have addresses of their own below their document, legal documents one for their numbers.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import quote as encoded
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request
from pyoxigraph import NamedNode, Triple
from werkzeug.routing import BaseConverter

from server.addresses import SAFE_IN_PATH, href, iri_of
from server.annotate import Quotation, annotate, quote
from server.depict import Depicter
from server.errors import NotAcceptableError, ThingUnknownError
from server.formats import HTML, PLAIN_JSON, Format, negotiate
from server.jsonld import context_document
from server.lists import legal_documents
from server.lookup import Listed, find_by_number, list_page
from server.markup import markup
from server.parameters import whole_number
from server.release import Release
from server.represent import FORMATS, RDF_FORMATS, TITLES, split_suffix, suffix_of, write
from server.resource import Description, describe, end_of_moves, size_of_graph, spans_of, whole_graph
from server.showing import view_of
from server.sparql import evaluator
from server.terms import TYPE
from server.validators import tag_of, tagged, unchanged
from server.withhold import refusal, successor, withheld
from server.wording import chosen_language, page_words, word

things = Blueprint("things", __name__)

PLAIN = Format("text", "text/plain")

_UNKNOWN = "this release says nothing of it"
_REPLACED = "http://purl.org/dc/terms/isReplacedBy"
_TEXT = re.compile(r"document/[0-9a-f]{64}/text")
_SPAN = re.compile(r"(0|[1-9][0-9]{0,8})-([1-9][0-9]{0,8})")
# All that an IRI may have in a path as it is, if ASCII; the rest of it may come encoded or not.
_SAFE_IN_IRI = "/:@!$&'()*+,;=-._~"
# What a page asks for with `?view=`: all that is said of a thing, though its kind has a page of its own.
_DATA = "data"


class YearConverter(BaseConverter):
    """The part of a path that begins with a year: a yearly classification, which is data and no code list."""

    regex = r"[0-9]{4}(?:[/.].*)?"
    part_isolating = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for: a path without prefix and suffix, in which format, and which page of what points there."""

    path: str
    chosen: Format
    page: int

    @property
    def href(self) -> str:
        """Return the path that a client asks for, without suffix."""
        return f"{request.script_root}/{encoded(self.path, safe=SAFE_IN_PATH)}"

    def address(self, chosen: Format, page: int, language: str = "") -> str:
        """Return the path of a page in a format, and in a language if one is given."""
        stated = {"page": str(page) if page > 1 else "", "lang": language}
        if chosen is HTML and _wants_data():
            stated["view"] = _DATA
        query = urlencode({name: value for name, value in stated.items() if value})
        return f"{self.href}{suffix_of(chosen)}{'?' if query else ''}{query}"


@things.get("/context.jsonld")
def send_context() -> Response:
    """Return the context that JSON-LD of ours uses."""
    body = context_document()
    response = Response(body, content_type="application/ld+json")
    return tagged(response, hashlib.sha256(body).hexdigest())


@things.get("/<path:path>")
@things.get("/code/functional/<yearly:path>")
@things.get("/code/economic/<yearly:path>")
@things.get("/code/government-economic/<yearly:path>")
def answer_thing(path: str) -> Response:
    """Return what is said of the thing of a path, or where it is but for a slash at the end.

    Raises `ThingUnknownError`, `GoneError` and `NotAcceptableError`.
    """
    whole = request.path.removeprefix("/")
    if (found := _refused(whole)) is not None:
        return found
    if whole.endswith("/") and not _is_known(whole):
        return _without_slash(whole)
    plain, stated = split_suffix(whole)
    answered = _answer(plain, stated or _negotiated(plain))
    if answered is None and stated:
        answered = _answer(whole, _negotiated(whole))
    if answered is None:
        raise ThingUnknownError(_UNKNOWN)
    return answered


def _without_slash(path: str) -> Response:
    """Return the way to an address that somebody ended with a slash; it never leads to another host."""
    query = request.environ["QUERY_STRING"]  # all of it: the other address heeds more than this one
    target = f"{request.script_root}/{encoded(path.strip('/'), safe=SAFE_IN_PATH)}"
    return make_response(redirect(f"{target}?{query}" if query else target, 301))


@things.get("/document/<digest>/text")
@things.get("/document/<digest>/text.txt")
def send_text(digest: str) -> Response:
    """Return the text of a document, in which its spans count, or what is said of it, as the client accepts."""
    path = f"document/{digest}/text"
    if (found := _refused(path)) is not None:
        return found
    if digest not in {each.sha256 for each in _release().shown_documents}:
        return answer_thing(path)
    plain = request.path.endswith(".txt")
    chosen = PLAIN if plain else negotiate(request.headers.get("Accept"), (PLAIN, HTML, *RDF_FORMATS))
    if chosen is not PLAIN:
        answered = _answer(path, chosen)
        assert answered is not None
        return answered
    body = _release().rendition(digest).encode()
    response = Response(body, content_type=PLAIN.content_type)
    response.headers["Content-Location"] = f"{request.script_root}/{path}.txt"
    response.headers["Link"] = _links(_Asked(path, PLAIN, 1), 1, None)
    response.set_etag(hashlib.sha256(body).hexdigest())
    response.cache_control.no_cache = True
    response.make_conditional(request, accept_ranges=True, complete_length=len(body))
    return response


@things.get("/document/<digest>/span/<span>")
def answer_span(digest: str, span: str) -> Response:
    """Return where a span of a text is and what it says; raises `ThingUnknownError` where the text has no such span."""
    path, stated = split_suffix(request.path.removeprefix("/"))
    if (found := _refused(path)) is not None:
        return found
    place = _SPAN.fullmatch(split_suffix(span)[0])
    if digest not in {each.sha256 for each in _release().shown_documents} or not place:
        raise ThingUnknownError("a span is written as its first character and the one after its last: 1352-1363")
    document = iri_of(f"/document/{digest}", _release().base)
    quotation = quote(document, _release().rendition(digest), int(place[1]), int(place[2]))
    asked = _Asked(
        path, stated or negotiate(request.headers.get("Accept"), FORMATS), whole_number("page", request.args)
    )
    tag = _tag(asked)
    if (same := unchanged(tag, asked.chosen)) is not None:
        return same
    people = asked.chosen is HTML
    description = describe(evaluator(), quotation.span, asked.page, for_people=people)
    described = description or Description(quotation.span, (), (), 0, ())
    if people:
        body = _page_of(asked, described, quotation).encode()
    else:
        body = write([*annotate(quotation), *described.triples], asked.chosen, quotation.iri)
    return tagged(_with_links(Response(body, content_type=asked.chosen.content_type), asked, described.pages), tag)


@things.get("/legal")
def answer_legal() -> Response:
    """Return where the legal document of `?number=` is, those it may be, or without a number a page of all."""
    number = request.args.get("number")
    found = find_by_number(evaluator(), number.strip()) if number is not None else []
    if len(found) == 1:
        return make_response(redirect(_href(found[0].iri), 303))  # whatever is accepted, the thing is negotiated
    chosen = negotiate(request.headers.get("Accept"), (HTML, PLAIN_JSON))
    tag = tag_of(_release().version, chosen, chosen_language(request))
    if (same := unchanged(tag, chosen)) is not None:
        return same
    if number is None:
        body = (
            legal_documents()
            if chosen is HTML
            else _as_json(list_page(evaluator(), whole_number("page", request.args)))
        )
        return tagged(Response(body, content_type=chosen.content_type), tag)
    if chosen is HTML:
        body = render_template("legal.html", documents=[(each, link(each.iri)) for each in found], number=number)
    else:
        body = _as_json(Listed(found, len(found), 1))
    return tagged(Response(body, status=300, content_type=chosen.content_type), tag)


def link(iri: str) -> str | None:
    """Return what a link of a page to a thing says, None where nothing is to be linked."""
    return href(iri, _release().base, request.script_root)


def _release() -> Release:
    release: Release = current_app.extensions["yusuan.release"]
    return release


def _href(iri: str) -> str:
    return link(iri) or iri


def _wants_data() -> bool:
    return request.args.get("view") == _DATA


def _tag(asked: _Asked) -> str:
    language = chosen_language(request) if asked.chosen is HTML else ""
    return tag_of(_release().version, asked.chosen, language)


def _refused(path: str) -> Response | None:
    """Return the way to what replaces a withheld document, None for what is shown; raises what refuses the rest."""
    document = withheld(path, _release())
    if document is None:
        return None
    newer = successor(document, evaluator())
    plain, stated = split_suffix(path)
    if newer and plain == f"document/{document.sha256}":
        return _moved(newer, stated)
    raise refusal(document, newer)


def _moved(iri: str, stated: Format | None) -> Response:
    target = _href(iri)
    suffix = suffix_of(stated) if stated and target.startswith(f"{request.script_root}/") else ""
    return make_response(redirect(target + suffix, 301))


def _answer(path: str, chosen: Format) -> Response | None:
    """Return the answer for a path without suffix, None where the release knows nothing of it."""
    asked = _Asked(path, chosen, whole_number("page", request.args))
    tag = _tag(asked)
    if (same := unchanged(tag, chosen)) is not None:
        return _with_links(same, asked, 0)
    for iri in _candidates(path):
        description = describe(evaluator(), iri, asked.page, for_people=chosen is HTML)
        if description is not None:
            return _described(asked, description, tag)
    for iri in _candidates(path):
        if size := size_of_graph(evaluator(), iri):
            return tagged(_with_links(_graph(asked, iri, size), asked, 1), tag)
    return None


def _negotiated(path: str) -> Format:
    """Return the format that a client likes best of the thing of a path.

    Raises `NotAcceptableError`, or `ThingUnknownError` where there is nothing to be had in any format.
    """
    try:
        return negotiate(request.headers.get("Accept"), FORMATS)
    except NotAcceptableError:
        if not _is_known(path):
            raise ThingUnknownError(_UNKNOWN) from None
        raise


def _is_known(path: str) -> bool:
    """Return whether the release says something of what a path may ask for."""
    return any(
        describe(evaluator(), iri, 1, for_people=False) or size_of_graph(evaluator(), iri) for iri in _candidates(path)
    )


def _candidates(path: str) -> Iterator[str]:
    """Yield the IRIs that a path may ask for: it comes decoded, and an IRI may have what was encoded or not."""
    iri = iri_of(f"/{path}", _release().base)
    somewhat = "".join(each if ord(each) > 127 else encoded(each, safe=_SAFE_IN_IRI) for each in iri)
    for each in dict.fromkeys((iri, somewhat, encoded(iri, safe=_SAFE_IN_IRI))):
        try:
            NamedNode(each)
        except ValueError:
            continue
        yield each


def _described(asked: _Asked, description: Description, tag: str) -> Response:
    if description.values(_REPLACED) and (newer := end_of_moves(evaluator(), description.thing)):
        return _moved(newer, asked.chosen if request.path.endswith(suffix_of(asked.chosen)) else None)
    if asked.chosen is HTML:
        body = _page_of(asked, description, None).encode()
    else:
        body = write(_triples(asked, description), asked.chosen, description.thing)
    response = Response(body, content_type=asked.chosen.content_type)
    return tagged(_with_links(response, asked, description.pages, description.thing), tag)


def _triples(asked: _Asked, description: Description) -> Sequence[Triple]:
    """Return what is said of a thing; of a text, what is said of its spans too, as their IRIs lead there."""
    if not _TEXT.fullmatch(asked.path):
        return description.triples
    return (*description.triples, *spans_of(evaluator(), description.thing))


def _graph(asked: _Asked, iri: str, size: int) -> Response:
    """Return a named graph that nothing is said of: all of it, or a page that tells its size."""
    if asked.chosen is HTML:
        return Response(_page_of(asked, Description(iri, (), (), 0, ()), None, size))
    return Response(whole_graph(evaluator(), iri, asked.chosen), content_type=asked.chosen.content_type)


def _page_of(asked: _Asked, description: Description, quotation: Quotation | None, size: int = 0) -> str:
    release, language = _release(), chosen_language(request)
    depicter = Depicter(description.triples, language, release.base, request.script_root)
    plain = [("text", f"{asked.href}.txt")] if _TEXT.fullmatch(asked.path) else []
    template, told = "resource.html", dict[str, Any]()
    view = view_of(description.values(TYPE), current_app.extensions["yusuan.views"])
    if view and asked.page == 1 and not _wants_data() and (made := view(description.thing, language)):
        template, told = made[0], dict(made[1])
    depicted = depicter.depict(description)
    return render_template(
        template,
        **told,
        description=description,
        depicted=replace(depicted, title=_graph_title(description.thing, language)) if size else depicted,
        formats=[(TITLES[each.name], asked.address(each, asked.page), each.media_type) for each in RDF_FORMATS],
        plain=plain,
        page_at=lambda page: asked.address(HTML, page, language),
        quotation=quotation,
        graph_size=size,
        markup=markup(description, depicter, release),
        version=release.version,
    )


def _graph_title(iri: str, language: str) -> str:
    """Return what a named graph is called: what stands in it, and of a document which it is of."""
    document, _, end = iri.removeprefix(_release().base).rpartition("/")
    sources = {f"document/{each.sha256}": each.sources[0] for each in _release().shown_documents if each.sources}
    key = f"common.graph-{end}" if f"common.graph-{end}" in page_words() else "common.graph"
    return " · ".join(filter(None, (word(key, language), sources.get(document, ""))))


def _with_links(response: Response, asked: _Asked, pages: int, thing: str | None = None) -> Response:
    """Return the response with where it is by itself, in the other formats, and which pages are beside it."""
    language = chosen_language(request) if asked.chosen is HTML else ""
    response.headers["Content-Location"] = asked.address(asked.chosen, asked.page, language)
    if pages:
        response.headers["Link"] = _links(asked, pages, thing)
    return response


def _links(asked: _Asked, pages: int, thing: str | None) -> str:
    canonical = thing or iri_of(f"/{asked.path}", _release().base)
    found = [f'<{encoded(canonical, safe=f"{SAFE_IN_PATH}#?")}>; rel="canonical"']
    for each in FORMATS:
        if each is not asked.chosen:
            found.append(f'<{asked.address(each, asked.page)}>; rel="alternate"; type="{each.media_type}"')
    if asked.chosen is PLAIN:
        found.append(f'<{asked.href}.ttl>; rel="describedby"; type="text/turtle"')
    near = {"first": 1, "prev": asked.page - 1, "next": asked.page + 1, "last": pages} if pages > 1 else {}
    for relation, page in near.items():
        if 1 <= page <= pages and asked.chosen is not PLAIN:
            found.append(f'<{asked.address(asked.chosen, page)}>; rel="{relation}"')
    return ", ".join(found)


def _as_json(listed: Listed) -> str:
    """Return a page of legal documents as JSON, in which nothing is empty."""
    shape = {"total": listed.total, "page": listed.page, "pages": listed.pages}
    documents = [{name: value for name, value in asdict(each).items() if value} for each in listed.documents]
    return json.dumps({**shape, "documents": documents}, ensure_ascii=False) + "\n"
