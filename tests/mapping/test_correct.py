"""Corrections change what is read and nothing else: places stay in the original, and every fact can be read again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from mapping.correct import Corrected, correct
from mapping.document import Correction, Span
from mapping.errors import SourceError
from mapping.facts import assemble
from mapping.read import read
from mapping.release import ReleasedDocument
from mapping.reread import Failure, reread
from mapping.triples import write_graph
from tests.mapping.test_mutation import derived

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
BASE = "https://example.org/"
DEF = "https://w3id.org/yusuan/def#"
DAMAGED = """青山县总工会

2024年部门预算公开

2024年支出预算总表

单位：万元

| 科目编码 | 项目 | 合计 | 基本支出 | 项目支出 |
|--|--|--|--|--|
| | 合计 | 2,8OO.19 | 2,500.19 | 300.00 |
| 2012901 | 行政运行 | 2,500.19 | 2,500.19 | |
| 2012999 | 其他群众团体事务支出 | 300.00 | | 300.00 |

2024年支出预算2800.19万元，比上年增加12.5万元。
"""


def said(text: str, as_read: str, corrected: str, row: int = 2) -> Correction:
    """The correction of the first place of some words in a text."""
    start = text.index(as_read)
    place = Span(start, start + len(as_read))
    return Correction(place, as_read, corrected, "与扫描件核对", "县审计局", f"corrections.csv, row {row}")


def graph(data: bytes, corrections: Sequence[Correction] = ()) -> tuple[str, str, list[Failure]]:
    """The rendition of a document, its graph, and what verification says of it."""
    facts = assemble(read(data, corrections), None)
    sha256 = hashlib.sha256(data).hexdigest()
    quads = write_graph(facts, sha256, ["a.txt"], BASE)
    iri, status = f"{BASE}document/{sha256}", facts.description.status
    document = ReleasedDocument(iri, sha256, ("a.txt",), status, "", "", "")
    rendition = facts.document.rendition.content
    return rendition, quads, list(reread(document, parse(quads.encode(), format=RdfFormat.N_QUADS), rendition))


def of(quads: str, thing: str) -> dict[str, list[str]]:
    """What a graph says of the resource whose IRI ends in `thing`, by the last step of the property."""
    found: dict[str, list[str]] = {}
    for line in quads.splitlines():
        match = re.fullmatch(r"<([^>]+)> <[^>]*[#/]([^>#/]+)> (.+) <[^>]+> \.", line)
        if match and match[1].endswith(thing):
            found.setdefault(match[2], []).append(match[3])
    return found


# --- the graph of a corrected document ---


def test_a_corrected_amount_is_read_as_corrected_at_the_place_of_the_original() -> None:
    one = said(DAMAGED, "2,8OO.19", "2,800.19")
    rendition, quads, failures = graph(DAMAGED.encode(), [one])
    assert rendition == DAMAGED
    assert failures == []
    place = f"{one.span.start}-{one.span.end}"
    figure = of(quads, f"/observation/{place}")
    assert figure["printedValue"] == ['"2800.19"']
    assert figure["grounding"] == ["<https://w3id.org/yusuan/code/grounding/derived>"]
    assert figure["reason"] == ['"read as corrected: 2,8OO.19 → 2,800.19"']
    assert figure["wasGeneratedBy"][0].endswith(f"/correction/{place}>")
    span = of(quads, f"#char={place.replace('-', ',')}")
    assert span["quote"] == ['"2,8OO.19"']
    step = of(quads, f"/correction/{place}")
    assert step["used"][0].endswith(f"#char={place.replace('-', ',')}>")
    assert step["asRead"] == ['"2,8OO.19"']
    assert step["correctedTo"] == ['"2,800.19"']
    assert step["reason"] == ['"与扫描件核对"']
    assert step["reviewer"] == ['"县审计局"']


@pytest.mark.parametrize(
    ("as_read", "corrected"),
    [
        ("2,8OO.19", "2,800.19"),
        ("合计 | 2,8OO.19 |", "合计 | 12,800.19 |"),
        ("2,8OO.19 | 2,500.19 | 300.00", "2,800.19 | 2,500.29 | 310.00"),
        ("12.5万", "112.5万"),
        ("增加12.5万元", "增加12.5亿元"),
        ("增加", "减少"),
        ("行政运行", "一般行政管理事务"),
        ("| 300.00 | | 300", "| 300.00 || 300"),
    ],
)
def test_corrections_of_any_length_are_verified(as_read: str, corrected: str) -> None:
    rendition, quads, failures = graph(DAMAGED.encode(), [said(DAMAGED, as_read, corrected)])
    assert rendition == DAMAGED
    assert failures == []
    assert quads != graph(DAMAGED.encode())[1]


def test_a_lost_border_between_two_cells_is_put_in() -> None:
    text = DAMAGED.replace("| 2,500.19 | 2,500.19 | |", "| 2,500.192,500.19 | |")
    one = said(text, "2,500.192,500.19", "2,500.19|2,500.19")
    _, quads, failures = graph(text.encode(), [one])
    assert failures == []
    start = one.span.start
    assert of(quads, f"/observation/{start}-{start + 8}")["printedValue"] == ['"2500.19"']
    assert of(quads, f"/observation/{start + 8}-{start + 16}")["printedValue"] == ['"2500.19"']


def test_a_correction_of_several_readings_at_once_is_refused() -> None:
    with pytest.raises(SourceError, match="row 2, column corrected: changes more than one reading at once; correct"):
        graph(DAMAGED.encode(), [said(DAMAGED, "2,8OO.19 | 2,500.19", "12,800.19 | 250.10")])


def test_the_order_of_corrections_makes_no_difference() -> None:
    both = [said(DAMAGED, "2,8OO.19", "2,800.19"), said(DAMAGED, "12.5", "112.5", 3)]
    assert graph(DAMAGED.encode(), both) == graph(DAMAGED.encode(), both[::-1])


# --- verification ---


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('correctedTo> "2,800.19"', 'correctedTo> "2,900.19"', "its printedValue is 2900.19"),
        ('asRead> "2,8OO.19"', 'asRead> "2,800.19"', "does not stand at"),
        ("grounding/derived>", "grounding/verbatim>", "it is called verbatim"),
        (r"wasGeneratedBy> <[^>]+>", "seeAlso> <https://example.org/x>", "the corrections at its places are"),
        (r"prov#used> <[^>]+>", "prov#had> <https://example.org/x>", "does not say one place"),
    ],
)
def test_a_correction_that_was_tampered_with_is_named(old: str, new: str, problem: str) -> None:
    data = DAMAGED.encode()
    rendition, quads, _ = graph(data, [said(DAMAGED, "2,8OO.19", "2,800.19")])
    changed = re.sub(old.replace(".", r"\.") if "[" not in old else old, new, quads)
    assert changed != quads
    sha256 = hashlib.sha256(data).hexdigest()
    document = ReleasedDocument(f"{BASE}document/{sha256}", sha256, ("a.txt",), "unknown", "", "", "")
    failures = reread(document, parse(changed.encode(), format=RdfFormat.N_QUADS), rendition)
    assert any(problem in failure.problem for failure in failures)


# --- what cannot be corrected ---

TEXT = "收入合计12O0万元，负责入：张三丰\n支出合计1200万元\n负责人：██\n"


@pytest.mark.parametrize(
    ("start", "end", "as_read", "corrected", "message"),
    [
        (4, 99, "x", "y", "column span: 4-99 is not inside the text"),
        (4, 8, "1200", "1300", "column as_read: '1200' does not stand at 4-8, but '12O0'"),
        (4, 8, "12O0", "12O0", "column corrected: '12O0' corrects nothing"),
        (4, 8, "12O0", "1200\n", "column as_read: goes over the end of a line"),
        (4, 8, "12O0", "12█0", "column corrected: █ stands for persons only"),
        (33, 35, "██", "李四", "column as_read: █ hides what identifies a person"),
        (33, 35, "李四", "王五", "column as_read: █ hides what identifies a person"),
        (11, 18, "负责入：张三丰", "负责人：张三丰", "column corrected: it would spell out what identifies"),
    ],
)
def test_a_correction_that_cannot_be_made_is_named(
    start: int, end: int, as_read: str, corrected: str, message: str
) -> None:
    one = Correction(Span(start, end), as_read, corrected, "x", "y", "corrections.csv, row 7")
    with pytest.raises(SourceError, match=re.escape(f"corrections.csv, row 7, {message}")):
        correct(TEXT, [one])


def test_overlapping_corrections_are_named() -> None:
    two = [said(TEXT, "12O0", "1200", 2), said(TEXT, "O0万", "00万", 3)]
    with pytest.raises(SourceError, match=r"row 3, column span: 6-9 overlaps corrections\.csv, row 2; keep one"):
        correct(TEXT, two)


def test_a_corrected_label_masks_the_name_that_follows_it() -> None:
    rendition, content = correct(TEXT, [said(TEXT, "入：", "人：")])
    assert "张三丰" not in rendition + content
    assert rendition == TEXT.replace("张三丰", "███")
    assert content == rendition.replace("负责入", "负责人")


# --- places ---

WORDS = st.text("ab0|", min_size=1, max_size=5)


@given(
    pieces=st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=6),
    ends=st.tuples(st.integers(0), st.integers(0)),
)
def test_places_come_back_from_the_corrected_text(pieces: list[tuple[str, str, str]], ends: tuple[int, int]) -> None:
    text, corrections = "", []
    for between, as_read, corrected in pieces:
        text += between
        if as_read != corrected:
            place = Span(len(text), len(text) + len(as_read))
            corrections.append(Correction(place, as_read, corrected, "x", "y", "z"))
        text += as_read
    made = Corrected(text, corrections)
    start, end = sorted(at % (len(made.content) + 1) for at in ends)
    assume(start < end)
    origin = made.origin(Span(start, end))
    assert 0 <= origin.start <= origin.end <= len(text)
    words = made.words(origin)
    if made.cut(Span(start, end)) is None:
        assert words.strip("|") == made.content[start:end].strip("|")
    assert made.content[start:end].strip("|") in words
    if not made.touching(origin):
        assert words == text[origin.start : origin.end]


@settings(max_examples=60)
@given(
    at=st.integers(0, len(DAMAGED) - 9),
    length=st.integers(1, 8),
    corrected=st.text("0123,.元|合计 ", min_size=1, max_size=9),
)
def test_any_correction_is_made_whole_or_refused(at: int, length: int, corrected: str) -> None:
    as_read = DAMAGED[at : at + length]
    assume("\n" not in as_read and as_read != corrected)
    one = Correction(Span(at, at + length), as_read, corrected, "与扫描件核对", "县审计局", "corrections.csv, row 2")
    try:
        rendition, quads, failures = graph(DAMAGED.encode(), [one])
    except SourceError as error:
        assert "corrections.csv, row 2, column corrected" in str(error)
        return
    assert rendition == DAMAGED
    assert all(0 <= int(a) < int(b) <= len(DAMAGED) for a, b in re.findall(r"text#char=(\d+),(\d+)>", quads))
    assert not failures or graph(Corrected(DAMAGED, [one]).content.encode())[2]


@cache
def sample(path: Path) -> tuple[bytes, str, dict[str, set[str]], list[Failure]]:
    """The bytes and the rendition of a sample; without corrections, what is said of each resource, and what fails."""
    data = path.read_bytes()
    rendition, quads, failures = graph(data)
    return data, rendition, by_subject(quads), failures


def by_subject(quads: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in quads.splitlines():
        subject, rest = line.split(" ", 1)
        found.setdefault(subject, set()).add(rest)
    return found


FACT = re.compile("/(?:observation|quantity|statement|reading|indicator|project|organisation|staffing|citation)/")
# What a reading says of its own characters; how it adds up with others, and its role among them, may turn on theirs.
OWN = re.compile("<[^>]+#(?:printedValue|number|amount|low|high|decimals|unit|line|clause|rowLabel|columnPath)>")


@settings(max_examples=10)
@given(chance=st.randoms(use_true_random=False), path=st.sampled_from(SAMPLES), count=st.integers(1, 5))
def test_random_corrections_of_numbers_change_only_what_is_read_there(chance: Random, path: Path, count: int) -> None:
    data, text, before, known = sample(path)
    numbers = [found.span() for found in re.finditer(r"(?<![\d.,])\d{1,3}(?:,\d{3})*\.\d\d(?![\d.])", text)]
    places = chance.sample(numbers, count)
    corrections = [
        Correction(Span(*place), text[slice(*place)], f"{digit}{text[slice(*place)]}", "x", "县审计局", "row")
        for place, digit in zip(places, "12345", strict=False)
    ]
    rendition, quads, failures = graph(data, corrections)
    assert set(failures) <= set(known)
    assert rendition == text
    assert all(0 <= int(a) < int(b) <= len(text) for a, b in re.findall(r"text#char=(\d+),(\d+)>", quads))
    after = by_subject(quads)
    changed = {iri for iri in before.keys() | after.keys() if own(before.get(iri, set())) != own(after.get(iri, set()))}
    document = f"<{BASE}document/{hashlib.sha256(data).hexdigest()}"
    seeds = {iri for iri in before.keys() | after.keys() if _touches(iri, places)}
    steps = {f"{document}/correction/{start}-{end}>" for start, end in places}
    allowed = derived(before, seeds) | derived(after, seeds)
    facts = {iri for iri in changed if FACT.match(iri.removeprefix(document))}
    assert facts <= allowed, sorted(facts - allowed)[:3]
    assert steps <= after.keys()


def own(said: set[str]) -> set[str]:
    return {each for each in said if OWN.match(each)}


def _touches(iri: str, places: Sequence[tuple[int, int]]) -> bool:
    found = re.search(r"/text#char=(\d+),(\d+)>$", iri)
    return found is not None and any(int(found[1]) < end and start < int(found[2]) for start, end in places)


# --- characters that print nothing ---

UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202d\u202e\u2060\u2066\ufe0f\ufeff"
# Where a graph says that something stands, and what takes in the digest of the file.
PLACED = re.compile(r"document/[0-9a-f]{64}(?:/[a-z]+(?:/\d+-\d+)?)?(?:#char=[\d,]+)?|(?<=-)[0-9a-f]{8}(?=/)")
PLACES = re.compile("#(?:start|end|starts|ends|valueStart|valueEnd|length|sha256)>")


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 60))
def test_characters_that_print_nothing_change_no_fact(chance: Random, count: int) -> None:
    clean = DAMAGED.replace("2,8OO.19", "2,800.19").replace("12.5万元", "12.5万元。单位负责人：李青山，电话13812345678")
    noisy = list(clean)
    for _ in range(count):
        noisy.insert(chance.randrange(1, len(noisy) + 1), chance.choice(UNSEEN))
    rendition, quads, failures = graph("".join(noisy).encode())
    _, plain, known = graph(clean.encode())
    assert {each.problem for each in failures} == {each.problem for each in known}
    assert len(rendition) == len(noisy)
    assert "李青山" not in re.sub(f"[{UNSEEN}]", "", rendition)
    assert _placeless(quads) == _placeless(plain)


def _placeless(quads: str) -> list[str]:
    lines = re.sub(f"[{UNSEEN}]", "", quads).splitlines()
    return sorted(PLACED.sub("", line) for line in lines if not PLACES.search(line))


def test_a_place_covers_what_nobody_sees_within_and_nothing_of_it_around() -> None:
    text = "\u200b泽州县\u200b总工会\u202e 650\u200b.24\u200b万元"
    seen = Corrected(text, ())
    assert seen.content == "泽州县总工会 650.24万元"
    for words in ("泽州县总工会", "650.24", "万元"):
        start = seen.content.index(words)
        place = seen.origin(Span(start, start + len(words)))
        found = text[place.start : place.end]
        assert re.sub(f"[{UNSEEN}]", "", found) == words == seen.words(place)
        assert found[0] not in UNSEEN
        assert found[-1] not in UNSEEN


def test_a_correction_stands_beside_what_nobody_sees() -> None:
    text = DAMAGED.replace("2,8OO.19", "2,\u200b8OO.\u200b19")
    _, quads, failures = graph(text.encode(), [said(text, "8OO", "800")])
    assert '<https://w3id.org/yusuan/def#amount> "28001900"' in quads
    assert failures == []


# --- what Markdown writes for what it prints ---


def test_backslashes_and_references_to_blanks_are_read_as_they_print() -> None:
    text = "泽州县&nbsp;&emsp;总工会 1,650\\.24万元 \\- a\\|b"
    seen = Corrected(text, ())
    assert seen.content == "泽州县 总工会 1,650.24万元 - a\\|b"
    place = seen.origin(Span(seen.content.index("1,650"), seen.content.index("万元")))
    assert text[place.start : place.end] == "1,650\\.24"


def test_a_table_of_markdown_with_escapes_states_what_it_prints() -> None:
    rows = ["| 项目 | 预算数 |", "|---|---|", "| 合&emsp;计 | 1,650\\.24 |", "| 公务接待费 | 1,650\\.24 |"]
    head = "泽州县总工会2031年部门预算\n\n“三公”经费支出表\n\n部门：泽州县总工会&nbsp;&nbsp;单位：万元\n\n"
    rendition, quads, failures = graph((head + "\n".join(rows) + "\n").encode())
    assert not failures
    assert "1,650\\.24" in rendition
    assert quads.count('#amount> "16502400') >= 2
    assert "nbsp" not in re.sub("<[^>]*> <[^>]*#quote> .*", "", quads)


def test_references_to_blanks_hide_no_name() -> None:
    rendition, *_ = graph("泽州县总工会2031年部门预算。联系人：张&nbsp;建国，电话0351\\-2345678。".encode())
    assert not re.search("张|建国|2345678", rendition)
