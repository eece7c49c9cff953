"""The language of a reader: switched by the address, kept in the one cookie, else as the browser asks."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

BROWSER = {"Accept": "text/html"}


def language(client: FlaskClient, path: str, accepted: str = "") -> str:
    """Return the language of a page."""
    page = client.get(path, headers=BROWSER | ({"Accept-Language": accepted} if accepted else {}))
    (tag,) = re.findall(r'<html lang="([^"]+)">', page.text)
    return str(tag)


def test_a_switch_is_kept_in_the_one_cookie(client: FlaskClient) -> None:
    assert language(client, "/about") == "zh-Hans"
    assert client.get_cookie("lang") is None
    assert language(client, "/about?lang=en") == "en"
    cookie = client.get_cookie("lang")
    assert cookie is not None
    assert (cookie.value, cookie.path, cookie.same_site) == ("en", "/", "Lax")
    assert language(client, "/sparql") == "en"
    assert language(client, "/sparql", "zh-CN") == "en"
    assert language(client, "/sparql?lang=zh") == "zh-Hans"
    assert language(client, "/sparql") == "zh-Hans"


def test_an_address_that_states_what_one_has_sets_no_cookie(client: FlaskClient) -> None:
    for path, accepted in (
        ("/about?lang=zh", ""),
        ("/about?lang=en", "en-GB"),
        ("/about?lang=xx", ""),
        ("/about", "en"),
    ):
        response = client.get(path, headers=BROWSER | {"Accept-Language": accepted})
        assert "Set-Cookie" not in response.headers, path


@pytest.mark.parametrize("kept", ["fr", "", "<script>", "en; zh"])
def test_a_cookie_of_others_is_no_language(client: FlaskClient, kept: str) -> None:
    client.set_cookie("lang", kept)
    assert language(client, "/about") == "zh-Hans"


def test_only_pages_set_it_and_depend_on_it(client: FlaskClient) -> None:
    page = client.get("/about?lang=en", headers=BROWSER)
    assert {"Cookie", "Accept-Language"} <= set(page.headers["Vary"].split(", "))
    data = client.get("/query/documents?lang=en&format=csv")
    assert "Set-Cookie" not in data.headers
    assert "Cookie" not in data.headers["Vary"]


def test_below_a_prefix_the_cookie_is_of_the_prefix(client: FlaskClient) -> None:
    page = client.get("/about?lang=en", headers=BROWSER, environ_overrides={"SCRIPT_NAME": "/budget"})
    assert "Path=/budget/" in page.headers["Set-Cookie"]


@pytest.mark.parametrize(
    "stated",
    ["/query/figures?source=a%26b", "/compare?text=%22%3E", "/region/140525?page=1&view=data", "/units?region=140000"],
)
def test_the_switch_keeps_what_else_the_address_states(client: FlaskClient, stated: str) -> None:
    page = client.get(f"{stated}&lang=zh", headers=BROWSER)
    assert page.status_code == 200
    (switch,) = re.findall(r'<a class="language"[^>]* href="([^"]+)"', page.text)
    assert unescape(switch) == f"?{stated.partition('?')[2]}&lang=en"
