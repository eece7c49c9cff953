"""One document's graph against the audit rules: what in its source does not agree.

The rules are SHACL, but are asked of all nodes at once (`mapping.compile`), where a SHACL engine parses and runs the
query again for every single node.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolution, RdfFormat, Store, parse

from mapping.amounts import plain
from mapping.ask import Known
from mapping.compile import compile_rule
from mapping.rules import Rule, audit_rules
from mapping.tally import Tally

_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"
# A unit right behind an amount, which a SHACL engine puts in, is already with the amount in what is `said`.
_IN_MESSAGE = re.compile(r"\{[?$](\w+)\}(?:\{\?unit\})?")
_IN_UNIT = ("expected", "slack")


@dataclass(frozen=True, slots=True)
class Result:
    """One result of one rule, as SHACL reports it (`focus`, `path`, `value`), with what its query says besides.

    `cells` are the readings that it rests on, the focus among them where it is one; `said` are the columns of the
    query as text: `found`, `expected`, `slack` and whatever its messages speak of. `term` is the value as N-Triples
    writes it, empty when there is none.
    """

    rule: Rule
    focus: str
    path: str
    value: str
    term: str
    cells: tuple[str, ...]
    said: Mapping[str, str]

    def message(self, language: str) -> str:
        """What the rule says of this result, in `en` or `zh`; a column without value is left out."""
        return _IN_MESSAGE.sub(lambda found: self.said.get(found[1], ""), self.rule.messages[language])


def open_graph(quads: str, tally: Tally | None = None) -> Store:
    """The statements of one named graph, given as N-Quads, as the default graph of a store in memory.

    Where their `tally` has looked at the IRIs, Oxigraph need not do so again. Raises SyntaxError when `quads` is not
    N-Quads.
    """
    store = Store()
    if not quads:
        return store
    triples = quads.replace(quads[quads.rindex(" <") :], " .\n").encode()
    if "_:" in quads:  # loading at once would give blank nodes new names
        store.extend(parse(triples, format=RdfFormat.N_TRIPLES))
    else:
        store.load(triples, format=RdfFormat.N_TRIPLES, lenient=tally is not None and tally.sound)
    return store


def audit(store: Store, rules: Sequence[Rule] | None = None) -> list[Result]:
    """The results of the rules over one document's graph, by rule, focus node and value."""
    chosen = audit_rules() if rules is None else rules
    known = Known(store)
    results = (result for rule in chosen for result in _results(store, rule, known))
    return sorted(results, key=lambda one: (one.rule.name, one.focus, one.path, one.value, one.cells))


def _results(store: Store, rule: Rule, known: Known) -> Iterator[Result]:
    names, rows = compile_rule(rule).ask(store, known)
    for row in {tuple(row): row for row in rows}.values():
        yield _result(rule, names, row)


def _result(rule: Rule, names: Sequence[str], solution: QuerySolution) -> Result:
    said = {name: _text(term) for name in names if (term := solution[name]) is not None}
    for name in _IN_UNIT:
        if name in said:
            said[name] += said.get("unit", "")
    return Result(
        rule=rule,
        focus=said.pop("this"),
        path=said.pop("path", ""),
        value=said.get("value", ""),
        term=str(solution["value"] or "") if "value" in names else "",
        cells=tuple(sorted({*said.pop("cells", "").split()})),
        said=said,
    )


def _text(term: object) -> str:
    if isinstance(term, Literal) and term.datatype.value == _DECIMAL:
        return plain(Decimal(term.value))
    if isinstance(term, Literal | NamedNode | BlankNode):
        return term.value
    raise TypeError(f"a document's graph holds no such term: {term}")
