"""Queries that kill: each legal or nearly so, small to write and without end to answer, or too deep to read.

A killer may be ended or refused with an honest status. Where it can be answered after all, `right` says what the answer
must be; a 200 with anything else, or with less, is the one thing that may not come.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.hostile.data import KNOWS, NAMESPACE, PEOPLE, TRIPLES
from tests.protocol.client import Request, Response, by_body
from tests.protocol.terms import XSD, boolean_of, values_of

DEPTH = 20_000
HONEST = "400|408|413|414|422|429|431|503"
"""Statuses that say that there is no answer, and why."""

Right = Callable[[Response], bool]


def never(_: Response) -> bool:
    """Whatever is answered in time is not the whole answer."""
    return False


def true(answer: Response) -> bool:
    """The answer is that of an ASK, and true."""
    return boolean_of(answer)


def cell(expected: object) -> Right:
    """The answer is one cell."""
    return lambda answer: values_of(answer) == [[str(expected)]]


def whole(answer: Response) -> bool:
    """Any answer will do that came as a whole: it was cheap after all."""
    return bool(answer.text)


@dataclass(frozen=True, slots=True)
class Killer:
    """One query; `grows` is one that takes memory as fast as it can, and is measured alone."""

    name: str
    query: str
    right: Right = never
    grows: bool = False
    accept: str = "text/csv"

    @property
    def request(self) -> Request:
        """Return the query as a POST."""
        return by_body(self.query, accept=self.accept)


_PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
_PAIRS = "?a ?b ?c . ?d ?e ?f"


_TENFOLD, _A = "REPLACE({0}, 'a', 'aaaaaaaaaa')", "'a'"
_VALUES = " ".join(f"VALUES ?v{number} {{ {' '.join(map(str, range(99)))} }}" for number in range(6))


def _doubled(times: int, grow: str = "CONCAT({0}, {0})", start: str = '"0123456789abcdef"') -> str:
    """Return bindings of ?s0, ?s1, … each grown from the one before."""
    binds = [f"BIND({start} AS ?s0)", *(f"BIND({grow.format(f'?s{n}')} AS ?s{n + 1})" for n in range(times))]
    return " ".join(binds)


EVALUATIONS: Sequence[Killer] = (
    Killer("a cartesian product", f"SELECT * {{ {_PRODUCT} }}"),
    Killer("a count over a cartesian product", f"SELECT (COUNT(*) AS ?n) {{ {_PRODUCT} }}"),
    Killer("an ASK that finds nothing in a product", f"ASK {{ {_PRODUCT} FILTER(?a = ?e && ?f = ?h) }}"),
    Killer("a product that is skipped", f"SELECT * {{ {_PRODUCT} }} OFFSET 1000000000000 LIMIT 1"),
    Killer("a product of VALUES", f"SELECT (SUM(?v0 * ?v5) AS ?n) {{ {_VALUES} }}"),
    Killer("a string doubled to 1 GB", f"SELECT (STRLEN(?s26) AS ?n) {{ {_doubled(26)} }}", cell(16 << 26), grows=True),
    Killer("a string doubled to 1 GB and answered", f"SELECT ?s26 {{ {_doubled(26)} }}"),
    Killer("a string doubled to 1 TB", f"SELECT (STRLEN(?s36) AS ?n) {{ {_doubled(36)} }}"),
    Killer(
        "a string grown by REPLACE",
        f"SELECT (STRLEN(?s9) AS ?n) {{ {_doubled(9, _TENFOLD, _A)} }}",
        cell(10**9),
        grows=True,
    ),
    Killer(
        "a string grown by ENCODE_FOR_URI",
        f"SELECT (STRLEN(?s20) AS ?n) {{ {_doubled(20, 'ENCODE_FOR_URI(CONCAT({0}, {0}, {0}))', repr('%'))} }}",
        grows=True,
    ),
    Killer("a hash of 1 GB", f"SELECT (SHA512(?s26) AS ?n) {{ {_doubled(26)} }}", whole),
    Killer("a sort of a product", f"SELECT ?a ?d {{ {_PAIRS} }} ORDER BY ?c ?f", grows=True),
    Killer("a sort by RAND", f"SELECT ?a {{ {_PAIRS} }} ORDER BY RAND() LIMIT 1", grows=True),
    Killer("a DISTINCT over a product", f"SELECT DISTINCT ?a ?f ?d {{ {_PAIRS} }}"),
    Killer(
        "groups of a product", f"SELECT ?x (COUNT(*) AS ?n) {{ {_PAIRS} }} GROUP BY (CONCAT(STR(?c), STR(?f)) AS ?x)"
    ),
    Killer("a GROUP_CONCAT over a product", f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?x) {{ {_PAIRS} }}"),
    Killer(
        "a CONSTRUCT of a product", f"CONSTRUCT {{ ?a ?e ?i }} WHERE {{ {_PRODUCT} }}", accept="application/n-triples"
    ),
    Killer(
        "a DESCRIBE of everything",
        "DESCRIBE ?s ?o { ?s ?p ?o }",
        lambda answer: len(set(answer.text.splitlines())) == TRIPLES,
        accept="application/n-triples",
    ),
    Killer("a closure over everything", f"SELECT (COUNT(*) AS ?n) {{ ?a (<{KNOWS}>|^<{KNOWS}>)* ?b }}"),
    Killer(
        "a closure of closures", f"SELECT (COUNT(*) AS ?n) {{ ?a ((<{KNOWS}>+/^<{KNOWS}>*)|!<{NAMESPACE}none>)+ ?b }}"
    ),
    Killer(
        "a closure of a product",
        f"SELECT (COUNT(*) AS ?n) {{ ?a <{KNOWS}>* ?b . ?c <{KNOWS}>* ?d . ?e <{KNOWS}>* ?f }}",
    ),
    Killer(
        "NOT EXISTS of a product",
        f"SELECT (COUNT(*) AS ?n) {{ {_PAIRS} "
        "FILTER NOT EXISTS { ?g ?h ?i FILTER(?i = CONCAT(STR(?c), STR(?f))) } }",
    ),
    Killer("MINUS of products", f"SELECT (COUNT(*) AS ?n) {{ {_PAIRS} MINUS {{ ?a ?h ?i . ?d ?k ?l }} }}", grows=True),
    Killer(
        "OPTIONAL of OPTIONAL",
        f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'OPTIONAL {{ ?s{n} ?p{n} ?o{n} }}' for n in range(12))} }}",
    ),
    Killer(
        "sub-queries of unions",
        f"SELECT (COUNT(*) AS ?n) {{ {'{ SELECT * { ' * 6} ?a ?b ?c {' } } UNION { ?d ?e ?f } { ?g ?h ?i }' * 6} }}",
    ),
    Killer(
        "a regular expression of repeated repeats",
        f'ASK {{ FILTER(!REGEX("{"a" * 60_000}!", "^(a+)+$") && !REGEX("{"a" * 60_000}!", "^(a|aa)+$")) }}',
        true,
        accept="*/*",
    ),
    Killer(
        "a regular expression that is large",
        'ASK { FILTER(REGEX("a", "^((((a{0,99}){0,99}){0,99}){0,99}){0,99}$")) }',
        whole,
        accept="*/*",
    ),
    Killer(
        "regular expressions of the data",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(STR(?c), CONCAT('(', STR(?f), '|x)*$'))) }",
    ),
    Killer(
        "a join of 2,000 patterns",
        f"ASK {{ {' . '.join(f'?v{n} <{KNOWS}> ?v{n + 1}' for n in range(2000))} }}",
        true,
        accept="*/*",
    ),
    Killer(
        "a star of 400 patterns", f"SELECT (COUNT(*) AS ?n) {{ {' . '.join(f'?s ?p{n} ?o{n}' for n in range(400))} }}"
    ),
    Killer(
        "100,000 rows of VALUES",
        f"SELECT (COUNT(*) AS ?n) {{ VALUES ?v {{ {' '.join(map(str, range(100_000)))} }} }}",
        cell(100_000),
    ),
    Killer(
        "100,000 rows of VALUES, joined",
        f"SELECT (COUNT(*) AS ?n) {{ VALUES ?v {{ {' '.join(map(str, range(100_000)))} }} ?s ?p ?o FILTER(?o != ?v) }}",
    ),
    Killer(
        "IN with 50,000 terms",
        f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s <{KNOWS}> ?o "
        f"FILTER(?o NOT IN ({', '.join(map(str, range(50_000)))})) }}",
        cell(PEOPLE),
    ),
    Killer("20,000 columns", f"SELECT {' '.join(f'(1 AS ?v{n})' for n in range(20_000))} {{}}", whole),
    Killer("a number of 100,000 digits", f"SELECT ({'9' * 100_000} * {'9' * 100_000} AS ?n) {{}}", whole),
    Killer("a decimal of 100,000 places", f"SELECT (0.{'0' * 100_000}1 + 1 AS ?n) {{}}", whole),
    Killer("an exponent of nine digits", "SELECT (1e999999999 * 1e999999999 AS ?n) (1e-999999999 AS ?m) {}", whole),
    Killer("a LIMIT of 40 digits", f"SELECT * {{ ?s ?p ?o }} LIMIT {'9' * 40}", whole),
    Killer(
        "a LIMIT of 18 digits over everything",
        f"SELECT ?s {{ ?s ?p ?o }} LIMIT {'9' * 18}",
        lambda answer: len(values_of(answer)) == TRIPLES,
    ),
    Killer(
        "durations and years of 40 digits",
        f'PREFIX xsd: <{XSD}> SELECT ("P{"9" * 40}Y"^^xsd:duration + "{"9" * 40}-01-01"^^xsd:date AS ?n) '
        f'(YEAR("-{"9" * 18}-01-01T00:00:00"^^xsd:dateTime) AS ?m) {{}}',
        whole,
    ),
    Killer(
        "SUBSTR beyond all ends",
        'SELECT (SUBSTR("预算", -9223372036854775808, 9223372036854775807) AS ?n) '
        '(SUBSTR("预算", 1e300, 1e300) AS ?m) {}',
        whole,
    ),
    Killer(
        "the least integer divided by -1",
        "SELECT (-9223372036854775808 / -1 AS ?n) (ABS(-9223372036854775808) AS ?m) {}",
        whole,
    ),
)


def _nested(opening: str, closing: str, within: str = "", form: str = "ASK {{ {} }}") -> str:
    return form.format(opening * DEPTH + within + closing * DEPTH)


_FILTER = "ASK {{ FILTER({}) }}"
NESTED: Sequence[Killer] = (
    Killer("braces", _nested("{", "}"), true, accept="*/*"),
    Killer("braces that stay open", "ASK " + "{" * DEPTH),
    Killer("braces that only close", "ASK {" + "}" * DEPTH),
    Killer("parentheses in FILTER", _nested("(", ")", "true", _FILTER), true, accept="*/*"),
    Killer("parentheses that stay open", "ASK { FILTER" + "(" * DEPTH),
    Killer("unary !", _nested("!", "", "true", _FILTER), true, accept="*/*"),
    Killer("unary ! with blanks", _nested("! ", "", "true", _FILTER), true, accept="*/*"),
    Killer("unary minus", _nested("-(", ")", "1", "SELECT ({} AS ?n) {{}}"), cell(1)),
    Killer("OPTIONAL", _nested("OPTIONAL{", "}"), true, accept="*/*"),
    Killer("UNION", _nested("{}UNION{", "}"), true, accept="*/*"),
    Killer("UNION to the left", _nested("{", "}UNION{}"), true, accept="*/*"),
    Killer("a row of UNION", "ASK { {}" + " UNION {}" * DEPTH + " }", true, accept="*/*"),
    Killer("EXISTS", _nested("FILTER EXISTS{", "}"), true, accept="*/*"),
    Killer("NOT EXISTS", _nested("FILTER NOT EXISTS{", "}"), whole, accept="*/*"),
    Killer("MINUS", _nested("MINUS{", "}"), whole, accept="*/*"),
    Killer("GRAPH", _nested("GRAPH ?g{", "}"), whole, accept="*/*"),
    Killer("sub-SELECTs", _nested("{SELECT*{", "}}"), true, accept="*/*"),
    Killer("property paths in parentheses", _nested("(", ")", f"<{KNOWS}>", "ASK {{ ?s {} ?o }}"), true, accept="*/*"),
    Killer("inverse property paths", _nested("^(", ")", f"<{KNOWS}>", "ASK {{ ?s {} ?o }}"), true, accept="*/*"),
    Killer("repeated property paths", _nested("(", ")*", f"<{KNOWS}>", "ASK {{ ?s {} ?o }}"), true, accept="*/*"),
    Killer("a row of property paths", f"ASK {{ ?s <{KNOWS}>{f'/<{KNOWS}>' * 5000} ?o }}", true, accept="*/*"),
    Killer("a choice of property paths", f"ASK {{ ?s <{KNOWS}>{f'|<{KNOWS}>' * 5000} ?o }}", true, accept="*/*"),
    Killer("collections", _nested("(", ")", "1", "ASK {{ {} ?p ?o }}"), whole, accept="*/*"),
    Killer("collections as objects", _nested("(", ")", "1", "ASK {{ ?s ?p {} }}"), whole, accept="*/*"),
    Killer("a long collection", f"ASK {{ ?s ?p ({'1 ' * DEPTH}) }}", whole, accept="*/*"),
    Killer("blank nodes", _nested("[?p", "]", " 1 ", "ASK {{ {} }}"), whole, accept="*/*"),
    Killer("blank nodes as objects", _nested(f"[<{KNOWS}>", "]", " 1 ", "ASK {{ ?s ?p {} }}"), whole, accept="*/*"),
    Killer(
        "blank nodes in a template",
        _nested("[?p", "]", " 1 ", "CONSTRUCT {{ {} }} WHERE {{ ?s ?p ?o }}"),
        whole,
        accept="*/*",
    ),
    Killer("quoted triples", _nested("<<", " ?p ?o>>", "?s", "ASK {{ {} ?p ?o }}"), whole, accept="*/*"),
    Killer("functions", _nested("STR(", ")", '"x"', "SELECT ({} AS ?n) {{}}"), cell("x")),
    Killer("IF", _nested("IF(true,", ",0)", "1", "SELECT ({} AS ?n) {{}}"), cell(1)),
    Killer("COALESCE", _nested("COALESCE(", ")", "1", "SELECT ({} AS ?n) {{}}"), cell(1)),
    Killer("IN", _nested("1 IN(", ")", "1", _FILTER), whole, accept="*/*"),
    Killer("EXISTS in expressions", _nested("FILTER(EXISTS{", "})"), true, accept="*/*"),
    Killer("HAVING", _nested("(", ")", "true", "SELECT (COUNT(*) AS ?n) {{}} HAVING({})"), cell(1)),
    Killer("ORDER BY", _nested("(", ")", "1", "SELECT (1 AS ?n) {{}} ORDER BY({})"), cell(1)),
    Killer("a sum of 20,000", f"SELECT ({'+'.join(['1'] * DEPTH)} AS ?n) {{}}", cell(DEPTH)),
    Killer("a choice of 20,000", f"ASK {{ FILTER({'||'.join(['false'] * DEPTH)}||true) }}", true, accept="*/*"),
    Killer("20,000 filters", f"ASK {{ {'FILTER(1)' * DEPTH} }}", true, accept="*/*"),
    Killer("20,000 prefixes", "".join(f"PREFIX p{n}:<http://x/>" for n in range(DEPTH)) + "ASK {}", true, accept="*/*"),
    Killer("20,000 quotation marks", "ASK { FILTER(" + '"' * DEPTH + ") }", whole, accept="*/*"),
    Killer("20,000 backslashes", 'ASK { FILTER("' + "\\" * DEPTH + '") }', true, accept="*/*"),
    Killer("20,000 angles", "ASK { FILTER(1" + "<" * DEPTH + "2) }", whole, accept="*/*"),
    Killer("20,000 comments", "#(\n" * DEPTH + "ASK {}", true, accept="*/*"),
    Killer("a text of 5 MB", f"ASK {{ FILTER('{'x' * 5 * 1024 * 1024}' != '') }}", true, accept="*/*"),
)
