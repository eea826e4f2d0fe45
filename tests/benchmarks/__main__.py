"""``make bench``: figures as ratios measured in one run, on PostgreSQL, against served processes (see ``docs/speed.md``).

python -m tests.benchmarks [--sizes 1000 100000] [--seconds 5] [--only B2 B7]
"""

import argparse
import itertools
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from tests import crowd, databases
from tests.benchmarks import lists, load, upserts, votes
from tests.served import Town, served

ROOT = Path(__file__).resolve().parents[2]
# Two processes with four threads each; what is delivered afterwards is the worker's, as in production.
PRODUCTION = {"workers": 2, "threads": 4, "celery": bool(os.environ.get("CELERY_BROKER_URL"))}
TURNS, MOST_GROWTH = 8, 1.2
PAGE = """
from cms.models import CampaignIndexPage, CampaignPage
from ideas.models import Campaign
campaign = Campaign.objects.get(slug="last-%(size)d")
page = CampaignPage(title=campaign.title, campaign=campaign, slug=campaign.slug)
CampaignIndexPage.objects.first().add_child(instance=page)
page.save_revision().publish()
print(page.get_url())
"""


@dataclass
class Line:
    """One line of the table."""

    id: str
    work: str
    size: int
    rate: float
    p50: float
    p99: float
    errors: int
    ratio: float | None = None
    of: str = ""
    goal: float | None = None

    def __str__(self) -> str:
        share = f"{self.ratio:.2f} × {self.of}" if self.ratio is not None else ""
        mark = "" if self.goal is None else f"≥ {self.goal:.2f} {'ok' if (self.ratio or 0) >= self.goal else 'MISSED'}"
        return (
            f"{self.id:<4}{self.work:<44}{self.size:>8,}{self.rate:>9.0f}/s{self.p50:>8.1f}{self.p99:>8.1f}"
            f"{self.errors:>5}   {share:<16}{mark}"
        )


HEAD = f"{'':<4}{'work':<44}{'ideas':>8}{'rate':>11}{'p50 ms':>8}{'p99 ms':>8}{'err':>5}   ratio"


class Bench:
    """One run: what to measure, and what was found."""

    def __init__(self, seconds: float, only: list[str]) -> None:
        self.seconds, self.only = seconds, only
        self.lines: list[Line] = []
        self.yardsticks: dict[str, float] = {}

    def wanted(self, *names: str) -> bool:
        return not self.only or bool(set(names) & set(self.only))

    def measure(
        self,
        name: str,
        work: str,
        size: int,
        town: Town,
        requests: Iterator[bytes],
        of: str = "",
        goal: float | None = None,
    ) -> float:
        """Warm up, measure, print a line; return the rate."""
        load.run(town.url, requests, seconds=1)
        found = load.run(town.url, requests, seconds=self.seconds)
        ratio = found.rate / self.yardsticks[of] if of in self.yardsticks else None
        self.add(Line(name, work, size, found.rate, found.at(0.5), found.at(0.99), found.errors, ratio, of, goal))
        if found.errors:
            print(f"    statuses {dict(found.statuses)}\n{town.log_tail(15)}", flush=True)
        return found.rate

    def add(self, line: Line) -> None:
        self.lines.append(line)
        print(line, flush=True)


def yardsticks(bench: Bench) -> None:
    """B1: the empty view without and with everything that stands before a page."""
    with served("postgres", threads=4, extra={"DJANGO_SETTINGS_MODULE": "tests.benchmarks.bare"}) as town:
        requests = itertools.repeat(load.request("GET", town.url, "/livez"))
        bench.yardsticks["bare"] = bench.measure("B0", "empty view, no middleware", 0, town, requests)
    with served("postgres", **PRODUCTION) as town:
        requests = itertools.repeat(load.request("GET", town.url, "/livez"))
        bench.yardsticks["B1"] = bench.measure("B1", "empty view, whole middleware", 0, town, requests, "bare", 0.7)


def pages(bench: Bench, town: Town, size: int, member: crowd.Member) -> None:
    """B2 to B4: what people read most."""
    path = town.python(PAGE % {"size": size}).split()[-1]
    signed_in = {"Cookie": f"sessionid={member.session}; csrftoken={crowd.TOKEN}"}
    idea, slug = town.rows(
        "SELECT id, slug FROM ideas_idea WHERE comment_count >= 20 ORDER BY comment_count, id LIMIT 1"
    )[0]
    for name, work, address, headers, goal in (
        ("B2", "campaign page with 20 ideas, anonymous", path, {}, 0.25),
        ("B3", "campaign page with 20 ideas, signed in", path, signed_in, 0.12),
        ("B4", "idea page with 20 comments, anonymous", f"/ideen/{idea}/{slug}/", {}, 0.25),
    ):
        if bench.wanted(name) or name == "B2":
            requests = itertools.repeat(load.request("GET", town.url, address, **headers))
            bench.yardsticks[f"{name}@{size}"] = bench.measure(name, work, size, town, requests, "B1", goal)
    other_views(bench, town, size, path)


def other_views(bench: Bench, town: Town, size: int, path: str) -> None:
    """B5: filters, orders, a deep page and the map's data, within 1.3 times the time of B2; B14: what a visit weighs."""
    if bench.wanted("B5"):
        for work, address in lists.views(town, path, f"last-{size}"):
            requests = itertools.repeat(load.request("GET", town.url, address))
            name = f"B5 {work}@{size}"
            bench.yardsticks[name] = bench.measure("B5", work, size, town, requests, f"B2@{size}", 1 / 1.3)
    if bench.wanted("B14"):
        weight, number = lists.weight(town, path)
        print(f"B14 first visit of the list: {weight / 1000:.0f} kB (≤ 120), {number} requests (≤ 12)", flush=True)


def submits(bench: Bench, town: Town, size: int, people: list[crowd.Member]) -> None:
    """B9: ideas sent in by distinct people, and the processor's time each took."""
    if not bench.wanted("B9"):
        return
    before = lists.cpu_seconds(town)
    rate = bench.measure("B9", "an idea is sent in", size, town, lists.ideas(town, f"last-{size}", people))
    sent = rate * bench.seconds
    spent = (lists.cpu_seconds(town) - before) * 1000 / max(1, sent * (1 + 1 / bench.seconds))
    print(f"    {spent:.1f} ms of CPU each (≤ 30), warm-up counted in", flush=True)


def growth(bench: Bench, towns: dict[int, Town]) -> None:
    """B6: how much longer each view takes at the largest size than at the smallest.

    Both towns are served and asked in turn, in short stretches, so that whatever else the machine does meets both.
    """
    first, last = min(towns), max(towns)
    if first == last or not bench.wanted("B6"):
        return
    pairs = [lists.all_views(towns[size], f"last-{size}") for size in (first, last)]
    for (work, small), (_same, large) in zip(*pairs, strict=True):
        spent: dict[int, list[float]] = {first: [], last: []}
        for _turn in range(TURNS):
            for size, address in ((first, small), (last, large)):
                requests = itertools.repeat(load.request("GET", towns[size].url, address))
                spent[size].append(load.run(towns[size].url, requests, seconds=bench.seconds / 4).at(0.5))
        ratio = statistics.median(spent[last]) / statistics.median(spent[first])
        mark = "ok" if ratio <= MOST_GROWTH else "MISSED"
        print(f"B6  {work:<44} {ratio:.2f} × the time at {first:,} (≤ {MOST_GROWTH:.2f} {mark})", flush=True)


def supports(bench: Bench, town: Town, size: int, people: list[crowd.Member]) -> None:
    """B7 and B8: supports by distinct people on many ideas, and by 200 on one."""
    ideas = [
        int(str(number)) for (number,) in town.rows("SELECT id FROM ideas_idea WHERE state = 'public' ORDER BY id")
    ]
    if bench.wanted("B7"):
        rate, tool = upserts.per_second(town.database_url, int(bench.seconds))
        bench.yardsticks[tool] = rate
        bench.add(Line("", f"bare INSERT … ON CONFLICT ({tool})", size, rate, 0, 0, 0))
        bench.measure("B7", "support by distinct people", size, town, fresh_supports(town, ideas, people), tool, 0.12)
    if bench.wanted("B8"):
        crowd_on_one(bench, town, size, people)
    agree = town.manage("verify_votes", check=False, patience=3600)
    print(f"    verify_votes: {(agree.stdout + agree.stderr).strip().splitlines()[-1]}")


def fresh_supports(town: Town, ideas: list[int], people: list[crowd.Member]) -> Iterator[bytes]:
    """Yield supports that nobody has given yet, every one by the next person."""
    dice = random.Random(5)
    for _round in itertools.count():
        for member, idea in zip(people, dice.sample(ideas * (1 + len(people) // len(ideas)), len(people)), strict=True):
            yield support(town, idea, member)


def support(town: Town, idea: int, member: crowd.Member) -> bytes:
    headers = {name.replace("-", "_"): value for name, value in member.headers.items() if name != "Accept"}
    return load.request("PUT", town.url, f"/ideen/{idea}/unterstuetzung/", **headers).replace(
        b"text/html", b"application/json"
    )


def crowd_on_one(bench: Bench, town: Town, size: int, people: list[crowd.Member]) -> None:
    """200 people press the same button at the same moment."""
    idea = town.rows("SELECT max(id) FROM ideas_idea")[0][0]
    before = town.rows("SELECT support_count FROM ideas_idea WHERE id = %s", idea)[0][0]
    found = load.run(town.url, iter([support(town, int(str(idea)), one) for one in people[:200]]), connections=200)
    after = town.rows("SELECT support_count FROM ideas_idea WHERE id = %s", idea)[0][0]
    bench.add(
        Line(
            "B8",
            f"200 people on one idea ({before} → {after})",
            size,
            found.rate,
            found.at(0.5),
            found.at(0.99),
            found.errors,
        )
    )
    exact = town.rows("SELECT count(*) FROM voting_vote WHERE idea_id = %s", idea)[0][0] == after
    met = found.at(0.99) <= votes.SLOWEST and not found.errors and exact
    print(f"    {votes.verdict(met, 'p99 ≤ 500 ms, 0 errors, exact')}, load {os.getloadavg()[0]:.1f}", flush=True)


def votes_on_sqlite(bench: Bench) -> None:
    """B7 on SQLite: at least 150 a second."""
    if bench.wanted("B7"):
        for town, requests in votes.sqlite_town(workers=2, threads=4):
            rate = bench.measure("B7", "support by distinct people, SQLite", votes.IDEAS, town, requests)
            print(
                f"    {votes.verdict(rate >= votes.LEAST, f'≥ {votes.LEAST}/s')}, load {os.getloadavg()[0]:.1f}",
                flush=True,
            )


def main() -> int:
    """Run what is asked for; return 1 when a goal is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--only", nargs="+", default=[])
    options = parser.parse_args()
    if not databases.server():
        print("make bench wants PostgreSQL: DATABASE_URL=postgres://… (see docs/testing.md).", file=sys.stderr)
        return 2
    bench = Bench(options.seconds, options.only)
    print(HEAD)
    yardsticks(bench)
    votes_on_sqlite(bench)
    towns: dict[int, Town] = {}
    with ExitStack() as all_of_them:
        for size in options.sizes:
            town = towns[size] = all_of_them.enter_context(served("postgres", start=False, **PRODUCTION))
            began = time.monotonic()
            town.python(lists.TERMS)
            print(
                "   ",
                town.manage("seed_load", "--ideas", str(size), patience=3600).stdout.strip().splitlines()[-1],
                flush=True,
            )
            town.rows("VACUUM ANALYZE")
            people = crowd.people(town, 400 if size < 10_000 else 2_000)
            town.start()
            print(f"    prepared in {time.monotonic() - began:.0f} s", flush=True)
            pages(bench, town, size, people[0])
            submits(bench, town, size, people)
            if bench.wanted("B7", "B8"):
                supports(bench, town, size, people)
        growth(bench, towns)
    target = ROOT / "var" / "benchmarks.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(
        json.dumps([asdict(line) for line in bench.lines], indent=1, ensure_ascii=False), encoding="utf-8"
    )
    return int(any(line.goal is not None and (line.ratio or 0) < line.goal for line in bench.lines))


if __name__ == "__main__":
    sys.exit(main())
