"""What is compared: mutants by kind and seed, each judged by itself, so that processes can share the work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from pyshacl.errors import ReportableRuntimeError
from rdflib.plugins.sparql.sparql import SPARQLError

from mapping.ask import Constraint
from mapping.errors import SourceError
from mapping.facts import assemble
from mapping.read import read
from mapping.rules import audit_rules
from mapping.triples import write_graph
from mapping.validate import compiled_shapes, kept_by_a_store
from tests.equivalence.agree import Reported, our_report, stock_report
from tests.equivalence.documents import small_document
from tests.equivalence.examples import failing_examples
from tests.equivalence.mutate import changed_document, changed_graph, changed_text

BASE = "http://localhost:8000/"
TESTS = Path(__file__).parents[1]
TOGETHER = 5  # failing examples of the structure that make one graph


@dataclass(frozen=True, slots=True)
class Job:
    """One mutant: `small`, `triple` (of a small document), `whole`, `structure` or `audit` (of failing examples).

    Of the kind `less` there is one for each statement of a failing example of the audit: the example without it.
    """

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a mutant was judged: the constraints it breaks by our queries, and where pyshacl disagrees.

    `unanswered` is why there is no report of pyshacl: rdflib cannot add up what is no number, say.
    """

    kind: str
    broken: frozenset[tuple[str, str]]
    conforms: bool
    disagreement: str
    unanswered: str = ""


def judge(job: Job) -> Outcome | None:
    """The outcome of a job; None where the change leaves nothing to read."""
    try:
        quads = _mutant(job)
    except SourceError:
        return None
    try:
        ours = our_report(quads)
    except Exception as error:
        return Outcome(job.kind, frozenset(), False, f"{job}: ours gives up: {type(error).__name__}: {error}")
    compiled_only = kept_by_a_store(quads)
    broken = frozenset((one[0], one[1]) for one in ours if compiled_only or one[1] == RULES)
    try:
        stock = stock_report(quads)
    except (AttributeError, TypeError, TimeoutError, SPARQLError, ReportableRuntimeError) as error:
        return Outcome(job.kind, broken, not ours, "", f"{job}: {type(error).__name__}: {error}")
    return Outcome(job.kind, broken, not ours, _difference(job, ours, stock))


RULES = "SPARQLConstraintComponent"


def compiled() -> set[tuple[str, str]]:
    """Shape and component of everything that is compiled."""
    constraints: Sequence[Constraint] = compiled_shapes().constraints
    return {(one.shape, one.component) for one in constraints} | {(rule.iri, RULES) for rule in audit_rules()}


def graph_of(text: bytes) -> str:
    """The graph that the mapping makes of a document."""
    return write_graph(assemble(read(text), None), "0" * 64, ["a.txt"], BASE)


@cache
def whole_documents() -> tuple[str, ...]:
    """The texts of the samples and the cases, shortest first."""
    paths = [*(TESTS / "samples").glob("*.txt"), *(TESTS / "cases").glob("*/source.txt")]
    return tuple(sorted((path.read_text(encoding="utf-8") for path in sorted(paths)), key=len))


@cache
def lessened() -> tuple[str, ...]:
    """Each failing example of the audit without each of its statements."""
    return tuple(
        "".join(line for line in example if line != left_out)
        for example in failing_examples("audit")
        for left_out in example
    )


def _mutant(job: Job) -> str:
    random = Random(f"{job.kind} {job.number}")
    if job.kind == "small":
        return graph_of(changed_document(random, small_document(random)).text())
    if job.kind == "triple":
        return "".join(changed_graph(random, graph_of(small_document(random).text()).splitlines(True)))
    if job.kind == "whole":
        return graph_of(changed_text(random, whole_documents()[job.number % len(whole_documents())]).encode())
    return lessened()[job.number] if job.kind == "less" else "".join(sorted(_changed_examples(random, job)))


def _changed_examples(random: Random, job: Job) -> Iterator[str]:
    """A failing example of the audit, or some of the structure together, with one statement of them changed.

    Every other one is without the statements that a store would not keep, so that the queries answer and not pyshacl.
    """
    examples = failing_examples(job.kind)
    count = TOGETHER if job.kind == "structure" else 1
    chosen = {line for number in range(count) for line in examples[(job.number + number * 37) % len(examples)]}
    if job.number // len(examples) % 2 == 0:
        chosen = {line for line in chosen if kept_by_a_store(line)}
    return iter({*changed_graph(random, sorted(chosen), alike=job.kind == "audit")})


def _difference(job: Job, ours: Counter[Reported], stock: Counter[Reported]) -> str:
    if ours == stock:
        return ""
    return f"{job}: only ours {sorted(ours - stock)[:3]}, only pyshacl's {sorted(stock - ours)[:3]}"
