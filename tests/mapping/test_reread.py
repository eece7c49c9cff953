"""Verification names the fact that was tampered with, even where every checksum was made to agree again."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from mapping.built import BuiltDocument
from mapping.pipeline import build_document
from mapping.release import ReleasedDocument
from mapping.reread import Failure, reread
from mapping.sources import Source
from tests.mapping.assembled import built, made
from tests.mapping.release_samples import (
    BASE,
    CODE,
    DEF,
    TEXT,
    changed,
    find,
    named,
    republished,
    sample,
    verified,
)

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*/source*.txt"))
DOCUMENT = sample().built()
LINES = DOCUMENT.quads.splitlines()
GRAPH = f"<{DOCUMENT.iri}/graph> ."


def objects(subject: str, predicate: str) -> list[str]:
    """What the sample's dump says of a subject, as N-Quads terms."""
    start = f"<{subject}> <{predicate}> "
    return [line.removeprefix(start).removesuffix(f" {GRAPH}") for line in LINES if line.startswith(start)]


def readings() -> dict[str, list[tuple[int, int]]]:
    """The readings of the sample with their spans in reading order."""
    found: dict[str, list[tuple[int, int]]] = {}
    for line in LINES:
        if match := re.match(rf'<([^>]+)> <{DEF}starts> "([\d;]+)"', line):
            (ends,) = objects(match[1], f"{DEF}ends")
            pairs = zip(match[2].split(";"), ends.strip('"').split(";"), strict=True)
            found[match[1]] = [(int(start), int(end)) for start, end in pairs]
    return found


READINGS = readings()
AMOUNTS = [iri for iri in READINGS if objects(iri, f"{DEF}decimals")]
TOTALS = [iri for iri in READINGS if "/project/" in iri]
DIGITS = [(iri, at) for iri in AMOUNTS for s, e in READINGS[iri] for at in range(s, e) if TEXT[at].isdigit()]
RELEASED = CASES[::12]
TAMPERING = settings(max_examples=25, deadline=None)


def test_the_sample_has_enough_places_to_tamper_with() -> None:
    assert len(CASES) >= 146
    assert len(READINGS) >= 13
    assert len(AMOUNTS) >= 9
    assert len(DIGITS) >= 40
    assert len(TOTALS) == 2
    assert any(len(spans) > 1 for spans in READINGS.values())


def other_digit(digit: str, step: int) -> str:
    return str((int(digit) + step) % 10)


def test_a_release_as_built_holds() -> None:
    draft = sample(TEXT + "内部\n", status="reviewDraft").built()
    assert verified(DOCUMENT, sample(TEXT + "另\n").built(), draft) == []


@TAMPERING
@given(place=st.sampled_from(DIGITS), step=st.integers(1, 9), quote_too=st.booleans())
def test_one_digit_of_the_text_changed_names_the_fact(place: tuple[str, int], step: int, quote_too: bool) -> None:
    iri, at = place
    text = TEXT[:at] + other_digit(TEXT[at], step) + TEXT[at + 1 :]
    quads = DOCUMENT.quads
    if quote_too:
        for start, end in READINGS[iri]:
            quads = requoted(quads, (start, end), text)
    failures = verified(republished(DOCUMENT, quads, text))
    assert named(failures, iri)
    assert not any("cannot be read" in failure.problem for failure in failures)


def requoted(quads: str, span: tuple[int, int], text: str) -> str:
    """The dump with a span's quote read from another text."""
    name = f"<{DOCUMENT.iri}/text#char={span[0]},{span[1]}> <{DEF}quote> "
    return changed(f'{name}"{TEXT[slice(*span)]}"', f'{name}"{text[slice(*span)]}"', quads)


@TAMPERING
@given(
    iri=st.sampled_from(sorted(READINGS)),
    shift=st.sampled_from([(0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, -1)]),
    data=st.data(),
)
def test_a_span_moved_by_one_names_the_fact(iri: str, shift: tuple[int, int], data: st.DataObject) -> None:
    spans = READINGS[iri]
    at = data.draw(st.integers(0, len(spans) - 1))
    old = spans[at]
    new = (old[0] + shift[0], old[1] + shift[1])
    if new[0] < 0 or new[0] >= new[1]:
        new = (old[0], old[1] + 1)
    quads = moved(iri, old, new)
    if iri in AMOUNTS and data.draw(st.booleans(), label="quote too"):
        name = f"<{DOCUMENT.iri}/text#char={new[0]},{new[1]}> <{DEF}quote> "
        quote = TEXT[slice(*new)].replace("\n", "\\n").replace("\t", "\\t")
        quads = changed(f'{name}"{TEXT[slice(*old)]}"', f'{name}"{quote}"', quads)
    assert named(verified(republished(DOCUMENT, quads)), iri)


def moved(iri: str, old: tuple[int, int], new: tuple[int, int]) -> str:
    """The dump with a span of one reading moved and all that states its place made to agree."""
    spans = [new if span == old else span for span in READINGS[iri]]
    quads = DOCUMENT.quads.replace(f"#char={old[0]},{old[1]}>", f"#char={new[0]},{new[1]}>")
    name = f"<{DOCUMENT.iri}/text#char={new[0]},{new[1]}> <{DEF}"
    integer = '"^^<http://www.w3.org/2001/XMLSchema#integer>'
    for part, index in (("start", 0), ("end", 1)):
        line = f'{name}{part}> "'
        quads = changed(f"{line}{old[index]}{integer}", f"{line}{new[index]}{integer}", quads)
        listed = f'<{iri}> <{DEF}{part}s> "'
        before = ";".join(str(span[index]) for span in READINGS[iri])
        after = ";".join(str(span[index]) for span in spans)
        quads = changed(f'{listed}{before}"', f'{listed}{after}"', quads)
    return quads


@TAMPERING
@given(iri=st.sampled_from(AMOUNTS + TOTALS), step=st.integers(1, 9), data=st.data())
def test_an_amount_of_the_dump_changed_names_the_fact(iri: str, step: int, data: st.DataObject) -> None:
    stated = [(name, term) for name in ("amount", "annualTotal") for term in objects(iri, f"{DEF}{name}")]
    if not stated:
        stated = [("printedValue", term) for term in objects(iri, f"{DEF}printedValue")]
    name, term = data.draw(st.sampled_from(stated))
    literal = term.split('"')[1]
    at = data.draw(st.sampled_from([at for at, character in enumerate(literal) if character.isdigit()]))
    other = literal[:at] + other_digit(literal[at], step) + literal[at + 1 :]
    line = f"<{iri}> <{DEF}{name}> "
    quads = changed(f"{line}{term}", f"{line}{term.replace(literal, other)}", DOCUMENT.quads)
    assert named(verified(republished(DOCUMENT, quads)), iri)


TOTAL = f"{DOCUMENT.iri}/observation/{'-'.join(map(str, find(TEXT, '1,650.240')))}"
SAYS = f"<{TOTAL}> <{DEF}"
SPAN = f"<{DOCUMENT.iri}/text#char={','.join(map(str, find(TEXT, '1,650.240')))}> <{DEF}"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
OFFICE = f"{DOCUMENT.iri}/organisation/0-6"
TABLE = next(iri for iri in READINGS if "/table/" in iri)
TARGET = next(iri for iri in READINGS if iri.endswith("-".join(map(str, find(TEXT, "帮扶困难职工\n及时足额")))))
REPAIR = f"{DOCUMENT.iri}/project/{'-'.join(map(str, find(TEXT, '维修')))}"
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


@pytest.mark.parametrize(
    ("old", "new", "iri", "problem"),
    [
        (
            f'{SAYS}printedValue> "1650.240"',
            f'{SAYS}printedValue> "1650.24"',
            TOTAL,
            "printedValue is 1650.240",
        ),
        (f'{SAYS}decimals> "3"', f'{SAYS}decimals> "2"', TOTAL, "3 decimals"),
        (f'{SAYS}unit> "万元"', f'{SAYS}unit> "元"', TOTAL, "its unit"),
        (f'{SAYS}unitMultiplier> "10000"', f'{SAYS}unitMultiplier> "1000"', TOTAL, "its unit"),
        (f'{SAYS}amount> "16502400"', f'{SAYS}amount> "1650240"', TOTAL, "amount is 16502400"),
        (f'{SAYS}amount> "16502400"', f'{SAYS}amount> "viel"', TOTAL, "amount is 16502400"),
        (f'{SAYS}line> "5"', f'{SAYS}line> "6"', TOTAL, "it is on line 5"),
        (f'{SAYS}amount> "16502400"', f'{SAYS}amount> "sNaN"', TOTAL, "amount is 16502400"),
        (
            f'<{REPAIR}> <{DEF}amount> "347900"',
            f'<{REPAIR}> <{DEF}amount> "sNaN"',
            REPAIR,
            "none of its readings",
        ),
        (f'<{REPAIR}> <{DEF}amount> "347900"', f'<{REPAIR}> <{DEF}amount> "3737400"', REPAIR, "sum of a row"),
        (f'{SPAN}line> "5"', f'{SPAN}line> "6"', TOTAL, "45-54 is on line 5"),
        (f"{SPAN}spanOf> <{DOCUMENT.iri}", f"{SPAN}spanOf> <{BASE}", TOTAL, "is of another text"),
        (f"{SAYS}amount>", f"{SAYS}sum>", TOTAL, "amount is 16502400"),
        ("#wasDerivedFrom>", "#wasInvented>", TOTAL, "nothing says where it was read"),
        (f"<{TOTAL}>", f"<{TOTAL}9>", f"{TOTAL}9", "its IRI does not name its first span"),
        (f'<{OFFICE}> {LABEL} "青山', f'<{OFFICE}> {LABEL} "绿山', OFFICE, "its label"),
        (f'<{TABLE}> <{DEF}title> "表一', f'<{TABLE}> <{DEF}title> "表二', TABLE, "its title"),
        (f'<{TABLE}> <{DEF}lastLine> "8"', f'<{TABLE}> <{DEF}lastLine> "7"', TABLE, "its grid"),
        (f'<{TABLE}> <{DEF}lastLine> "8"', f'<{TABLE}> <{DEF}lastLine> "99"', TABLE, "its grid"),
        (f'<{TABLE}> <{DEF}firstLine> "4"', f'<{TABLE}> <{DEF}firstLine> "9"', TABLE, "its grid"),
        (
            f'<{TARGET}> <{DEF}printedValue> "帮扶',
            f'<{TARGET}> <{DEF}printedValue> "扶',
            TARGET,
            "printedValue",
        ),
        (f'{SAYS}starts> "', f'{SAYS}starts> "x', TOTAL, "starts and ends"),
        (
            f'<{DOCUMENT.iri}> <{DEF}sourcePath> "青山',
            f'<{DOCUMENT.iri}> <{DEF}sourcePath> "a',
            "",
            "its sources",
        ),
        (f"{CODE}publication-status/published", f"{CODE}publication-status/unknown", "", "its status"),
    ],
)
def test_each_statement_about_a_reading_is_checked(old: str, new: str, iri: str, problem: str) -> None:
    quads = "".join(f"{line}\n" for line in sorted(changed(old, new, DOCUMENT.quads).splitlines()))
    failures = verified(republished(DOCUMENT, quads))
    assert [f for f in failures if f.iri == (iri or DOCUMENT.iri) and problem in f.problem], failures


@pytest.mark.parametrize(
    ("line", "iri", "problem"),
    [
        (f'{SAYS}amount> "1"^^<http://www.w3.org/2001/XMLSchema#decimal>', TOTAL, "more than once"),
        (f'_:b0 <{DEF}line> "1"^^<{INTEGER}>', DOCUMENT.iri, "a blank node"),
        (f'<{DOCUMENT.iri}/text#char=0,2> <{DEF}quote> "青"', f"{DOCUMENT.iri}/text#char=0,2", "no start"),
    ],
)
def test_each_statement_too_many_is_named(line: str, iri: str, problem: str) -> None:
    quads = "".join(f"{one}\n" for one in sorted([*LINES, f"{line} {GRAPH}"]))
    failures = verified(republished(DOCUMENT, quads))
    assert [f for f in failures if f.iri == iri and problem in f.problem], failures


def test_words_where_a_number_should_be_name_the_fact() -> None:
    text = TEXT.replace("1,650.240", "1,650 240")
    failures = verified(republished(DOCUMENT, requoted(DOCUMENT.quads, find(TEXT, "1,650.240"), text), text))
    assert failures == [Failure(TOTAL, "'1,650 240' is not a number")]


def test_a_number_may_go_on_in_the_next_line_but_not_end_with_it() -> None:
    made = sample(TEXT + "合计 12,34\n5.60\n")
    start, end = find(made.text, "12,34\n5.60")
    made.money("observation", "Observation", "元", (start, end))
    assert verified(made.built()) == []
    quads = made.built().quads.replace(f"{start}-{end}>", f"{start}-{end + 1}>")
    for old, new in (
        (f"#char={start},{end}>", f"#char={start},{end + 1}>"),
        (f'"{end}"', f'"{end + 1}"'),
        ('"12,34\\n5.60"', '"12,34\\n5.60\\n"'),
    ):
        quads = changed(old, new, quads)
    ordered = "".join(f"{line}\n" for line in sorted(quads.splitlines()))
    problems = {failure.problem for failure in verified(republished(made.built(), ordered))}
    assert problems == {"'12,345.60\\n' is not a number"}


def test_a_blank_cell_on_a_line_of_its_own_is_where_it_says(samples: Path) -> None:
    """The sample prints one cell a line: its blank totals stand below the lines of their labels."""
    path = samples / "pingxiang-2023-budget.txt"
    built = build_document(Source(path, (path.name,), None), BASE)
    assert isinstance(built, BuiltDocument)
    assert verified(built) == []
    (blank, line), *_ = re.findall(rf'<([^>]+/blank/[^>]+)> <{DEF}line> "(\d+)"', built.quads)
    text = built.rendition.split("\n")
    filled = next(at for at in range(int(line) + 1, len(text) + 1) if text[at - 1].strip())
    moved = changed(f'<{blank}> <{DEF}line> "{line}"', f'<{blank}> <{DEF}line> "{filled}"', built.quads)
    assert [failure.iri for failure in verified(republished(built, moved))] == [blank]


def test_a_blank_cell_that_a_bar_alone_closes_is_where_it_says(tmp_path: Path) -> None:
    cells = "项目 2024年预算数 上年预算数 增幅(%) 合计 _ _ _ 因公出国(境)费 _ _ _ 公务接待费 8.50 8.50 0 "
    cells += "公务用车购置及运行费 _ _ _ 其中:公务用车运行维护费 9 0 -100 公务用车购置费 _ _ _"
    path = tmp_path / "a.txt"
    lines = [
        "青河县水利局2024年“三公”经费预算表",
        "|",
        "单位:万元 |",
        *(f"{cell} |".strip("_ ") for cell in cells.split()),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    built = build_document(Source(path, (path.name,), None), BASE)
    assert isinstance(built, BuiltDocument)
    assert ("/blank/" in built.quads, verified(built)) == (True, [])


@pytest.mark.parametrize(
    "amounts",
    [
        ("- 825", "－\u3000\u30007.50", "-30.00", "8 000 000.00", "- 1 234.50"),
        ("▲ 825", "△\u3000\u30007.50", "▲30.00", "8 000 000.00", "△\xa01 234.50"),
    ],
)
def test_a_number_may_be_parted_from_its_sign_and_between_its_thousands(
    tmp_path: Path, amounts: tuple[str, ...]
) -> None:
    path = tmp_path / "a.txt"
    rows = "".join(f"| 第{at}项 | {amount} |\n" for at, amount in enumerate(amounts))
    head = "青河县水利局2024年部门预算\n\n支出预算调整表\n单位：元\n\n| 项目 | 调整数 |\n|---|---|\n"
    path.write_text(head + rows, encoding="utf-8")
    built = build_document(Source(path, (path.name,), None), BASE)
    assert isinstance(built, BuiltDocument)
    assert (built.quads.count(f"<{DEF}printedValue>"), verified(built)) == (len(amounts), [])


def test_a_carriage_return_in_the_text_is_named() -> None:
    failures = verified(republished(DOCUMENT, rendition=TEXT + "\r\n"))
    assert [f for f in failures if "carriage return" in f.problem and f.iri == DOCUMENT.iri]


def test_the_text_is_hashed_anew() -> None:
    failures = verified(replace(DOCUMENT, rendition=TEXT + "。"))
    assert {failure.iri for failure in failures} == {DOCUMENT.iri}
    assert sum("of the rendition" in failure.problem for failure in failures) == 2


def test_a_store_may_write_a_number_otherwise() -> None:
    quads = changed(f'{SAYS}amount> "16502400"', f'{SAYS}amount> "16502400.000"', DOCUMENT.quads)
    assert verified(republished(DOCUMENT, quads)) == []


@pytest.mark.parametrize("source", CASES, ids=lambda source: source.parent.name)
def test_what_is_read_of_a_case_is_read_again(source: Path) -> None:
    one = built(source) if source in RELEASED else made(source).built
    document = ReleasedDocument(one.iri, one.sha256, one.sources, one.status, "", "", "")
    quads = parse(one.quads.encode(), format=RdfFormat.N_QUADS)
    assert list(reread(document, quads, one.rendition)) == []


@pytest.mark.last
def test_a_release_of_cases_of_all_kinds_holds() -> None:
    assert verified(*map(built, RELEASED)) == []
