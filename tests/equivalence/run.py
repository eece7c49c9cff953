"""Our queries against stock pyshacl over mutants, and what the audit finds of planted errors (`make equivalence`).

Usage: python -m tests.equivalence.run [share], where a share below 1 tries only part of the mutants and asserts no
counts. Prints each constraint with the number of mutants that break it, then the sums; exit 1 when something is amiss.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from random import Random

from mapping.audit import audit, open_graph
from mapping.rules import audit_rules
from mapping.validate import compiled_shapes
from tests.equivalence.documents import small_document
from tests.equivalence.examples import failing_examples
from tests.equivalence.jobs import Job, Outcome, compiled, graph_of, judge, lessened, whole_documents
from tests.equivalence.redundant import LOUD, Trial, try_amount

SMALL, TRIPLE, WHOLE = 8_000, 2_000, 50
ROUNDS = {"structure": 12, "audit": 80}  # mutants for each failing example
LEAST = 20
FOUND, LOCALISED = 0.98, 0.90
AMOUNTS = {"small": 1_000, "whole": 100}
CONSISTENT = 1_000
UNCOMPILED = 0.05


def main() -> int:
    """The whole comparison, or a share of it; what is amiss is printed last."""
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        begun = time.monotonic()
        outcomes = [one for one in pool.map(judge, _jobs(share), chunksize=8) if one is not None]
        print(f"{len(outcomes):,} mutants in {time.monotonic() - begun:,.0f} s")
        trials = {kind: list(pool.map(_trial, _trials(kind, share), chunksize=8)) for kind in AMOUNTS}
        alarms = sum(pool.map(_alarms, range(int(CONSISTENT * share)), chunksize=8))
    amiss = _compiled_share()
    amiss += _compared(outcomes, full=share >= 1)
    for kind, tried in trials.items():
        amiss += _found(kind, [trial for trial in tried if trial is not None])
    print(f"results on {int(CONSISTENT * share):,} consistent documents: {alarms}")
    amiss += [f"{alarms} false alarms"] if alarms else []
    for line in amiss:
        print("AMISS", line)
    return 1 if amiss else 0


def _jobs(share: float) -> list[Job]:
    counts = {"small": SMALL, "triple": TRIPLE, "whole": WHOLE}
    counts |= {kind: rounds * len(failing_examples(kind)) for kind, rounds in ROUNDS.items()}
    counts["less"] = len(lessened())
    return [Job(kind, number) for kind, count in counts.items() for number in range(max(1, int(count * share)))]


def _compiled_share() -> list[str]:
    left, done = len(compiled_shapes().left), len(compiled())
    print(f"compiled: {done} constraints; left to pyshacl: {left} shapes, {left / (left + done):.1%}")
    return ["too much is left to pyshacl"] if left / (left + done) > UNCOMPILED else []


def _compared(outcomes: Iterable[Outcome], *, full: bool) -> list[str]:
    """The table of constraints and the sums; what is amiss."""
    outcomes = list(outcomes)
    broken = Counter(constraint for outcome in outcomes for constraint in outcome.broken)
    for shape, component in sorted(compiled(), key=lambda one: (broken[one], one)):
        print(f"{broken[shape, component]:7,}  {shape.rpartition('/')[2]}  {component.removesuffix('Component')}")
    for kind, count in Counter(outcome.kind for outcome in outcomes).items():
        conforming = sum(outcome.conforms for outcome in outcomes if outcome.kind == kind)
        print(f"{kind}: {count:,} mutants, {1 - conforming / count:.0%} do not conform")
    unanswered = [outcome.unanswered for outcome in outcomes if outcome.unanswered]
    print(f"without a report of pyshacl, which gives up: {len(unanswered)}", *unanswered[:3], sep="\n  ")
    disagreements = [outcome.disagreement for outcome in outcomes if outcome.disagreement]
    print(f"disagreements: {len(disagreements)}")
    amiss = disagreements[:20]
    if full:
        amiss += [f"broken only {broken[one]} times: {one}" for one in sorted(compiled()) if broken[one] < LEAST]
    documents = [outcome for outcome in outcomes if outcome.kind in ("small", "triple")]
    if 2 * sum(outcome.conforms for outcome in documents) > len(documents):
        amiss.append("more than half of the small mutants conform")
    return amiss


def _trials(kind: str, share: float) -> list[tuple[str, int]]:
    return [(kind, number) for number in range(int(AMOUNTS[kind] * share))]


def _trial(job: tuple[str, int]) -> Trial | None:
    kind, number = job
    random = Random(f"amount {kind} {number}")
    if kind == "small":
        return try_amount(random, small_document(random).text().decode())
    return try_amount(random, whole_documents()[number % len(whole_documents())])


def _found(kind: str, trials: list[Trial]) -> list[str]:
    beyond = [trial for trial in trials if trial.beyond]
    if not beyond:
        return [f"no redundant amount in {kind} documents"]
    found = sum(trial.found for trial in beyond) / len(beyond)
    localised = sum(trial.localised for trial in beyond) / len(beyond)
    print(
        f"redundant amounts changed in {kind} documents: {len(beyond)} beyond the slack of their tightest tie, "
        f"found {found:.1%}, at the changed cell {localised:.1%}; {len(trials) - len(beyond)} within it"
    )
    for trial in [trial for trial in beyond if not trial.localised][:5]:
        print(f"  {'not found' if not trial.found else 'elsewhere'}: {trial.place}")
    return [f"{kind}: found or localised too seldom"] if found < FOUND or localised < LOCALISED else []


def _alarms(seed: int) -> int:
    """Contradictions and suspicions that an unchanged small document gives."""
    results = audit(open_graph(graph_of(small_document(Random(f"consistent {seed}")).text())), audit_rules())
    return sum(result.rule.severity in LOUD for result in results)


if __name__ == "__main__":
    sys.exit(main())
