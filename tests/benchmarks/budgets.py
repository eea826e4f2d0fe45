"""B18: a sealed budget of 200 projects and 50,000 baskets is counted by both methods in a worker.

python -m tests.benchmarks.budgets     (wants PostgreSQL)
"""

import json
import sys
import threading
import time

from tests import databases
from tests.served import Town, served

PROJECTS, BASKETS, GOAL = 200, 50_000, 60.0
MADE = """
import random
from tests.voting.budgets import budget
draw = random.Random(5)
made = budget(costs=[draw.randrange(500, 20_000) * 1_000 for _one in range(%d)], cents=200_000_000)
print("RESULT", made.phase.pk)
"""
# Popularity is uneven, as it is; nearly every basket is another one. All of them keep within the sum.
BASKET = """
INSERT INTO voting_basket (phase_id, campaign_id, voter_key, version, spent_cents, budget_cents, number, level)
SELECT p.id, p.campaign_id, lpad(n::text, 64, '0'), 1, 0, p.budget_cents, 0, 0
FROM ideas_phase p, generate_series(1, %s) n WHERE p.id = %s"""
ITEMS = """
WITH ranked AS (SELECT id, cost_cents, row_number() OVER (ORDER BY id) - 1 AS place FROM voting_project WHERE phase_id = %s),
picked AS (SELECT b.id AS basket, floor(%s * power(random(), 1.8))::int AS place
  FROM voting_basket b, generate_series(1, 3 + (b.id %% 17)::int) g WHERE b.phase_id = %s),
summed AS (SELECT DISTINCT basket, r.id, r.cost_cents FROM picked JOIN ranked r USING (place)),
running AS (SELECT *, sum(cost_cents) OVER (PARTITION BY basket ORDER BY id) AS spent FROM summed)
INSERT INTO voting_basketitem (basket_id, project_id, cost_cents)
SELECT basket, id, cost_cents FROM running WHERE spent <= 200000000"""
SUMS = """
UPDATE voting_basket b SET number = s.n, spent_cents = s.spent
FROM (SELECT basket_id, count(*) AS n, sum(cost_cents) AS spent FROM voting_basketitem GROUP BY basket_id) s
WHERE s.basket_id = b.id"""
ASK = """
from ideas.models import Phase
from voting.models import BudgetRun
print("RESULT", BudgetRun.objects.create(phase=Phase.objects.get(pk=%d)).pk)
"""


def number(output: str) -> int:
    """Return what a script has printed."""
    return int(next(line for line in output.splitlines() if line.startswith("RESULT ")).split()[1])


def fill(town: Town) -> tuple[int, int]:
    """Make the budget; return the phase and how many projects lie in baskets."""
    phase = number(town.python(MADE % PROJECTS))
    town.rows(BASKET, BASKETS, phase)
    town.rows(ITEMS, phase, PROJECTS, phase)
    town.rows(SUMS)
    town.rows("VACUUM ANALYZE")
    return phase, int(str(town.rows("SELECT count(*) FROM voting_basketitem")[0][0]))


def watch(town: Town, run: int, seen: dict[int, str], stop: threading.Event) -> None:
    """Write down the progress as a page would see it."""
    while not stop.wait(0.3):
        progress, step = town.rows("SELECT progress, step FROM voting_budgetrun WHERE id = %s", run)[0]
        seen.setdefault(int(str(progress)), str(step))


def main() -> int:
    """Count once; return 1 when it takes too long."""
    if not databases.server():
        print("make bench wants PostgreSQL: DATABASE_URL=postgres://… (see docs/testing.md).", file=sys.stderr)
        return 2
    with served("postgres", start=False) as town:
        phase, items = fill(town)
        run = number(town.python(ASK % phase))
        seen: dict[int, str] = {}
        stop = threading.Event()
        watcher = threading.Thread(target=watch, args=(town, run, seen, stop))
        watcher.start()
        began = time.monotonic()
        town.manage("count_budget", str(run))
        took = time.monotonic() - began
        stop.set()
        watcher.join()
        state, found = town.rows("SELECT state, outcome FROM voting_budgetrun WHERE id = %s", run)[0]
        outcome = found if isinstance(found, dict) else json.loads(str(found))
    print(
        f"B18 {PROJECTS} projects, {BASKETS:,} baskets, {items:,} items: {took:.1f} s (≤ {GOAL:.0f}), {state}; "
        f"most baskets {len(outcome['greedy']['chosen'])}, equal shares {len(outcome['equal']['chosen'])} "
        f"+ {len(outcome['equal']['rest'])}; seen {sorted(seen.items())}"
    )
    return int(took > GOAL or state != "done")


if __name__ == "__main__":
    sys.exit(main())
