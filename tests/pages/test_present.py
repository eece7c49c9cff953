"""How values are written: amounts exactly, changes, badges with words, and hostile text as text."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import render_template_string
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.present import LONGEST, MOST_DIGITS, WHOLE, Change, change, coded, cut, grouped, visible

AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**18), max_value=10**18)
HOSTILE = st.text() | st.sampled_from(
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror='alert(1)'>",
        "javascript:alert(1)",
        "\u202egnp.exe\u202c\u2066\u2069",
        "\x00\x07\x1b[2J\x7f\x85\u2028",
        "{{ config }}{% raw %}",
        "&lt;b&gt;",
        "预" * 1_000_000,
    ]
)
KEPT = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Read(HTMLParser):
    """The text of a piece of a page, and the tags in it with their attributes."""

    def __init__(self, piece: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(piece)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag, and where it leads."""
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src") or name.startswith("on")]

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.text += data


def rendered(client: FlaskClient, macro: str, language: str = "zh", **told: Any) -> Read:
    """Return what a macro writes on a page in a language."""
    source = (
        '{% from "_money.html" import money, between, delta, badge, drawn, status, severity with context %}'
        '{% from "_text.html" import name, passage, to, evidence, pager with context %}'
    )
    with client.application.test_request_context(f"/?lang={language}"):
        return Read(render_template_string(f"{source}{{{{ {macro} }}}}", **told))


@pytest.mark.parametrize(
    ("amounts", "stated"),
    [(["1", "1"], '"1"'), (["1", "2"], '""'), (["1", ""], '""'), ([""], '""'), ([], '""'), (["2"], '"2"')],
)
def test_a_cell_is_drawn_where_it_states_one_amount(client: FlaskClient, amounts: list[str], stated: str) -> None:
    cell = [{"yuan": each} for each in amounts]
    assert rendered(client, "drawn(cell)", cell=cell).text == f" data-value={stated}"


@given(amount=AMOUNTS)
def test_grouping_keeps_every_digit(amount: Decimal) -> None:
    written = grouped(f"{amount:f}")
    assert written.replace(",", "") == f"{amount:f}"
    whole = written.lstrip("-").partition(".")[0]
    assert all(len(each) == 3 for each in whole.split(",")[1:])
    assert 1 <= len(whole.split(",")[0]) <= 3


@pytest.mark.parametrize("text", ["", "无", "NaN", "Infinity", "1e999999", "9" * 100, "1,000", "１２", "--"])
def test_what_is_no_amount_is_written_as_it_is(text: str) -> None:
    assert grouped(text) in (text, "12")  # full-width digits are digits
    assert len(grouped(text)) <= max(len(text), 2 * MOST_DIGITS)


@given(earlier=AMOUNTS, later=AMOUNTS)
def test_a_change_is_exact(earlier: Decimal, later: Decimal) -> None:
    found = change(f"{earlier:f}", f"{later:f}")
    assert found is not None
    signed = {"+": 1, "-": -1, "=": 0}[found.sign] * Decimal(found.amount)
    assert earlier + signed == later
    assert (found.percent == "") == (earlier == 0)


@pytest.mark.parametrize(
    ("earlier", "later", "found"),
    [
        ("100", "100.00", Change("=", "0.00", "0.0")),
        ("0", "5", Change("+", "5", "")),
        ("3", "2", Change("-", "1", "33.3")),
        ("-10", "10", Change("+", "20", "200.0")),
        ("200", "200.1", Change("+", "0.1", "0.1")),
        ("", "5", None),
        ("1", "无", None),
    ],
)
def test_changes(earlier: str, later: str, found: Change | None) -> None:
    assert change(earlier, later) == found


@given(text=HOSTILE)
def test_nothing_acts_unseen(text: str) -> None:
    shown = visible(cut(text, 200))
    assert not [each for each in shown if unicodedata.category(each) in ("Cc", "Cf", "Cs") and each not in "\t\n"]


@pytest.mark.parametrize(
    ("text", "shown"), [("\x00\x1f\x7f", "␀␟␡"), ("a\u202eb\ufeff", "a[U+202E]b[U+FEFF]"), ("甲\t乙\n", "甲\t乙\n")]
)
def test_controls_are_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@KEPT
@given(text=HOSTILE)
def test_hostile_words_are_words(client: FlaskClient, text: str) -> None:
    named = rendered(client, "name(text)", text=text)
    assert (named.tags, named.links) == (["bdi"], [])
    assert named.text == visible(cut(text)).replace("\r\n", "\n")
    passage = rendered(client, "passage(text)", text=text)
    assert set(passage.tags) <= {"bdi", "details", "summary", "span"}
    assert (len(text) > LONGEST) == ("details" in passage.tags)
    assert len(passage.text) <= 12 * (WHOLE + LONGEST)


@KEPT
@given(text=HOSTILE)
def test_only_addresses_of_the_web_are_linked(client: FlaskClient, text: str) -> None:
    read = rendered(client, "to(iri, iri)", iri=text)
    assert all(each.startswith(("http://", "https://", "/")) for each in read.links)
    badge = rendered(client, "badge(text, 'bad', '!', text)", text=text)
    assert (set(badge.tags), badge.links) == ({"span"}, [])


@pytest.mark.parametrize(
    ("printed", "unit", "yuan", "shown"),
    [
        ("36.70", "万元", "367000", "36.70万元 367,000 元"),
        ("17,800", "元", "17800", "17,800元"),
        ("17800", "元", "17800", "17800元"),
        ("", "", "17800.50", "17,800.50 元"),
        ("——", "", "", "——"),
    ],
)
def test_an_amount_is_as_printed_and_in_yuan(
    client: FlaskClient, printed: str, unit: str, yuan: str, shown: str
) -> None:
    found = rendered(client, "money(printed, unit, yuan)", printed=printed, unit=unit, yuan=yuan)
    assert found.text.strip() == shown


def test_changes_have_a_sign_and_a_word(client: FlaskClient) -> None:
    assert rendered(client, "delta('1000', '2500')").text == "▲ 增加 1,500 (150.0%)"
    assert rendered(client, "delta('2500', '1000')", "en").text == "▼ down 1,500 (60.0%)"
    assert rendered(client, "delta('5', '5.0')").text == "持平"
    assert rendered(client, "delta('', '5')").text == ""
    assert rendered(client, "between('1000', '2000')").text == "1,000 至 2,000 元"
    assert rendered(client, "between('1000', '1000')", "en").text == "1,000 yuan"


@pytest.mark.parametrize(
    ("notation", "zh", "en"),
    [("violation", "✕ 矛盾", "✕ contradiction"), ("warning", "! 疑点", "! doubt"), ("info", "i 提示", "i hint")],
)
def test_a_severity_has_a_sign_and_a_word(client: FlaskClient, notation: str, zh: str, en: str) -> None:
    assert rendered(client, f"severity('{notation}')").text == zh
    assert rendered(client, f"severity('{notation}')", "en").text == en


def test_states_are_called_as_the_code_lists_call_them(client: FlaskClient) -> None:
    assert rendered(client, "status('fact-status', 'conflicting')").text == "✕ 矛盾"
    assert rendered(client, "status('publication-status', 'reviewDraft')", "en").text == "✎ review draft"
    assert rendered(client, "status('fact-status', '<b>')").text == "<b>"
    assert coded("fact-status", "agreed") is not None
    assert coded("fact-status", "nothing") is None


def test_pages_are_turned_where_there_are_several(client: FlaskClient) -> None:
    read = rendered(client, "pager(2, 3, at)", at=lambda page: f"?part={page}")
    assert read.links == ["?part=1", "?part=1", "?part=3", "?part=3"]
    assert rendered(client, "pager(1, 1, at)", at=str).text == ""


def test_evidence_leads_to_the_text(client: FlaskClient) -> None:
    read = rendered(
        client, "evidence(iri, '甲.txt', '7')", iri="https://data.example.org/budget/document/x/text#char=1,2"
    )
    assert (read.text, read.links) == ("甲.txt 第 7 行", ["/document/x/span/1-2"])
    assert rendered(client, "evidence('')", "en").text == "source text"
