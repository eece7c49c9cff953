"""What harvesters come for: the catalogue (DCAT), the counts (VoID), the release as a data set, its rights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from server.dereference import answer_thing
from server.errors import ThingUnknownError
from server.evaluate import Evaluation
from server.formats import HTML, NTRIPLES, negotiate
from server.inventory import DCAT, DCT, TYPE, VOID, Inventory, read_inventory
from server.parameters import whole_number
from server.prefixes import shortened
from server.release import Release
from server.represent import FORMATS, SUFFIXES, format_links, split_suffix, suffix_of, write
from server.schema import catalogue_markup, dataset_markup
from server.sparql import evaluator
from server.validators import page_of, tag_of, tagged, unchanged
from server.withhold import DRAFT, refusal, successor, withheld
from server.wording import LANGUAGE_TAGS, chosen_language

harvest = Blueprint("harvest", __name__)

_OWN = "CONSTRUCT { ?thing ?p ?o } WHERE { ?thing ?p ?o }"
_MOST_SHOWN = 100


@harvest.get("/.well-known/void")
def find_void() -> Response:
    """Return the redirection to the description of the data set, as the VoID note has it."""
    return make_response(redirect(url_for("harvest.show_void"), 302))


@harvest.get("/void")
@harvest.get("/void<suffix>")
def show_void(suffix: str = "") -> Response:
    """Return the counts of the data set with what else is known of it (VoID)."""
    found = _inventory()
    iri = f"{_release().base}void"

    def triples() -> list[Triple]:
        return found.described(iri, found.dataset)

    return _answer("/void", suffix, iri, triples, lambda: _dataset_page(found, found.dataset, triples()))


@harvest.get("/catalogue")
@harvest.get("/catalogue<suffix>")
def show_catalogue(suffix: str = "") -> Response:
    """Return one page of the catalogue (DCAT)."""
    found, page = _inventory(), whole_number("page", request.args)
    response = _answer(
        "/catalogue", suffix, found.catalogue, lambda: found.listing(page), lambda: _catalogue_page(found, page)
    )
    for relation, number in (("first", 1), ("prev", page - 1), ("next", page + 1), ("last", found.pages)):
        if found.pages > 1 and 1 <= number <= found.pages:
            response.headers.add("Link", f'<{_address(f"/catalogue{suffix}")}?page={number}>; rel="{relation}"')
    return response


@harvest.get("/catalogue/<path:entry>")
def show_entry(entry: str) -> Response:
    """Return one data set or series of the catalogue, or where it is but for a slash at the end.

    Raises `ThingUnknownError`.
    """
    if entry.endswith("/"):
        return answer_thing(f"catalogue/{entry}")
    found, (path, chosen) = _inventory(), split_suffix(f"/catalogue/{entry}")
    return _entry(found, path, suffix_of(chosen) if chosen else "")


@harvest.get("/release")
@harvest.get("/release<suffix>")
def show_release(suffix: str = "") -> Response:
    """Return the data set that the release is: what the catalogue says of it, and what its own graph says."""
    found = _inventory()

    def triples() -> list[Triple]:
        evaluation = Evaluation(_OWN, NTRIPLES.name, {"thing": NamedNode(found.dataset)})
        own = parse(evaluator().evaluate(evaluation), format=RdfFormat.N_TRIPLES)
        return [*found.described(found.dataset), *(each.triple for each in own)]

    return _answer("/release", suffix, found.dataset, triples, lambda: _dataset_page(found, found.dataset, triples()))


@harvest.get("/release/<version>")
def show_version(version: str) -> Response:
    """Return what became of a version: the one before this, or the way to this one; else `ThingUnknownError`."""
    path, chosen = split_suffix(f"/release/{version}")
    suffix = suffix_of(chosen) if chosen else ""
    if path == f"/release/{_release().version}":
        return make_response(redirect(f"{_address('/release')}{suffix}", 303))
    return _entry(_inventory(), path, suffix)


@harvest.get("/about")
def show_about() -> Response:
    """Return the page that says who publishes, and what may be done with facts, vocabulary and source texts."""
    return page_of(_release().version, lambda: _about_page(_inventory()))


def _entry(found: Inventory, path: str, suffix: str) -> Response:
    hidden = withheld(path.replace("/catalogue/dataset/", "/document/", 1), _release())
    if hidden and hidden.status != DRAFT:  # of a draft nothing tells that there is one
        raise refusal(hidden, successor(hidden, evaluator()))
    iri = f"{_release().base}{path.removeprefix('/')}"
    triples = found.described(iri)
    return _answer(path, suffix, iri, lambda: triples, lambda: _dataset_page(found, iri, triples))


# --- pages ---


def _catalogue_page(found: Inventory, page: int) -> str:
    listed = found.listing(page)
    shown = {_subject(each) for each in listed}
    members = [each for each in found.members if each in shown]
    return _page(
        found,
        "holdings.html",
        rows=[_row(found, iri) for iri in members],
        page=page,
        page_at=lambda number: f"?page={number}&lang={chosen_language(request)}",
        counts=_counts(found),
        services=[_row(found, iri) for iri in found.iris(found.catalogue, f"{DCAT}service")],
        parts=_parts(listed),
        markup=catalogue_markup(found, members, chosen_language(request)),
    )


def _dataset_page(found: Inventory, iri: str, triples: Sequence[Triple]) -> str:
    own = [each for each in triples if _subject(each) == iri]
    shown = sorted(own, key=str)[:_MOST_SHOWN]
    return _page(
        found,
        "holding.html",
        iri=iri,
        row=_row(found, iri),
        files=[_file(found, each) for each in found.iris(iri, f"{DCAT}distribution")],
        counts=_counts(found) if iri == found.dataset else {},
        said=[(shortened(each.predicate.value), each.object) for each in _read_here(shown)],
        more=len(own) - len(shown),
        parts=_parts(triples),
        markup=dataset_markup(found, iri, chosen_language(request)),
    )


def _about_page(found: Inventory) -> str:
    vocabulary = f"{found.catalogue}/vocabulary"
    return _page(
        found,
        "about.html",
        facts=found.iris(found.dataset, f"{DCT}license"),
        vocabulary=found.iris(vocabulary, f"{DCT}license"),
        source_licences=_source_licences(found),
        source_statements=_source_statements(found),
        attribution=_said(found, f"{found.catalogue}#attribution", "http://www.w3.org/2000/01/rdf-schema#label"),
    )


def _source_licences(found: Inventory) -> list[str]:
    """Return the licences of source texts, in order."""
    return sorted({licence for iri in _texts(found) for licence in found.iris(iri, f"{DCT}license")})


def _source_statements(found: Inventory) -> list[str]:
    """Return what is said in words of the rights in source texts, in order."""
    statements = {statement for iri in _texts(found) for statement in found.iris(iri, f"{DCT}rights")}
    return sorted({_said(found, each, "http://www.w3.org/2000/01/rdf-schema#label") for each in statements})


def _texts(found: Inventory) -> list[str]:
    """Return the distributions that are the text of a document."""
    entries = f"{found.catalogue}/dataset/"
    return [each for each in found.statements if each.startswith(entries) and each.endswith("#text")]


def _page(found: Inventory, template: str, **values: Any) -> str:
    publisher = f"{found.catalogue}#publisher"
    contact = f"{found.catalogue}#contact"
    return render_template(
        template,
        **values,
        release=_release(),
        is_iri=lambda term: isinstance(term, NamedNode),
        title=_said(found, found.catalogue, f"{DCT}title"),
        description=_said(found, found.catalogue, f"{DCT}description"),
        publisher=_said(found, publisher, "http://xmlns.com/foaf/0.1/name"),
        homepage=found.iris(publisher, "http://xmlns.com/foaf/0.1/homepage"),
        contact=found.iris(contact, *(f"http://www.w3.org/2006/vcard/ns#{each}" for each in ("hasEmail", "hasURL"))),
        pages=found.pages,
        format_links=format_links(_address(split_suffix(request.path)[0])),
    )


def _row(found: Inventory, iri: str) -> dict[str, Any]:
    """Return what a list says of an entry of the catalogue."""
    years = [each.rpartition("-")[2] for each in found.iris(iri, f"{DCT}temporal")]
    return {
        "iri": iri,
        "title": _said(found, iri, f"{DCT}title"),
        "description": _said(found, iri, f"{DCT}description"),
        "series": f"{DCAT}DatasetSeries" in found.iris(iri, TYPE),
        "years": years,
        "units": [_name(found, each) for each in found.iris(iri, f"{DCT}creator")],
        "places": [_name(found, each) for each in found.iris(iri, f"{DCT}spatial")],
        "url": next(iter(found.iris(iri, f"{DCAT}endpointURL")), iri),
        "members": [_row(found, each) for each in found.iris(iri, f"{DCAT}seriesMember")],
    }


def _parts(triples: Sequence[Triple]) -> dict[str, list[tuple[str, Any]]]:
    """Return what is said of each part of what has the address of the page, by the fragment that is the end of its IRI.

    Parts of others, which may bear the same names, stand on the pages of these.
    """
    page = f"{_release().base}{split_suffix(request.path)[0].removeprefix('/')}"
    found: dict[str, list[tuple[str, Any]]] = {}
    for each in _read_here(sorted(triples, key=str)):
        thing, _, fragment = _subject(each).partition("#")
        if fragment and thing == page:
            found.setdefault(fragment, []).append((shortened(each.predicate.value), each.object))
    return found


def _read_here(triples: Sequence[Triple]) -> list[Triple]:
    """Return what a page tells: what is said in several languages only in its own; the data have all."""
    here = LANGUAGE_TAGS[chosen_language(request)].lower()
    told = {(each.subject, each.predicate) for each in triples if _language(each) == here}
    return [each for each in triples if _language(each) in ("", here) or (each.subject, each.predicate) not in told]


def _language(stated: Triple) -> str:
    return (stated.object.language or "") if isinstance(stated.object, Literal) else ""


def _file(found: Inventory, iri: str) -> dict[str, Any]:
    checksum = next(iter(found.iris(iri, "http://spdx.org/rdf/terms#checksum")), "")
    return {
        "title": _said(found, iri, f"{DCT}title"),
        "description": _said(found, iri, f"{DCT}description"),
        "url": next(iter(found.iris(iri, f"{DCAT}downloadURL", f"{DCAT}accessURL")), ""),
        "size": _said(found, iri, f"{DCAT}byteSize"),
        "checksum": _said(found, checksum, "http://spdx.org/rdf/terms#checksumValue"),
        "licences": found.iris(iri, f"{DCT}license"),
    }


def _counts(found: Inventory) -> dict[str, str]:
    names = ("triples", "entities", "classes", "properties", "distinctSubjects", "distinctObjects")
    return {name: said for name in names if (said := _said(found, found.dataset, f"{VOID}{name}"))}


def _name(found: Inventory, iri: str) -> str:
    names = ("http://xmlns.com/foaf/0.1/name", "http://www.w3.org/2000/01/rdf-schema#label", f"{DCT}title")
    return next((said for name in names if (said := _said(found, iri, name))), iri)


def _said(found: Inventory, iri: str, name: str) -> str:
    """Return a text in the language of the page, else in any other; empty where there is none."""
    words = found.words(iri, name)
    language = {"zh": "zh-hans"}.get(chosen_language(request), chosen_language(request))
    return words.get(language) or next(iter(words.values()), "")


# --- answers ---


def _answer(
    path: str,
    suffix: str,
    iri: str,
    triples: Callable[[], Sequence[Triple]],
    page: Callable[[], str],
) -> Response:
    """Return what is at a path in the format that its suffix states or the client likes best."""
    if suffix and suffix not in SUFFIXES:
        raise ThingUnknownError(f"there is nothing at {path}{suffix}: an address ends in {', '.join(SUFFIXES)} or none")
    chosen = SUFFIXES[suffix] if suffix else negotiate(request.headers.get("Accept"), FORMATS)
    release = _release()
    tag = tag_of(release.version, chosen, release.previous, chosen_language(request) if chosen is HTML else "")
    response = unchanged(tag, chosen)
    if response is None:
        body = page() if chosen is HTML else write(triples(), chosen, iri)
        response = tagged(Response(body, content_type=chosen.content_type), tag)
    address = _address(path)
    response.headers["Content-Location"] = f"{address}{suffix_of(chosen)}{_asked_page()}"
    for each in FORMATS:
        if each is not chosen:
            alternate = f"{address}{suffix_of(each)}{_asked_page()}"
            response.headers.add("Link", f'<{alternate}>; rel="alternate"; type="{each.media_type}"')
    response.headers.add("Link", f'<{iri}>; rel="canonical"')
    return response


def _address(path: str) -> str:
    return f"{request.script_root}{path}"


def _asked_page() -> str:
    return f"?page={whole_number('page', request.args)}" if "page" in request.args else ""


def _subject(triple: Triple) -> str:
    return triple.subject.value if isinstance(triple.subject, NamedNode) else ""


def _release() -> Release:
    release: Release = current_app.extensions["yusuan.release"]
    return release


def _inventory() -> Inventory:
    """Return the catalogue of the release, read once: it does not change while it is served."""
    kept = current_app.extensions
    if "yusuan.inventory" not in kept:
        release = _release()
        kept["yusuan.inventory"] = read_inventory(release.catalogue(), release.base, release.previous)
    inventory: Inventory = kept["yusuan.inventory"]
    return inventory
