#!/usr/bin/env python3
"""Computes the figures of the yearly report again, from the raw export alone, with nothing but Python.

    manage.py dsa_report 2026 report/ --raw
    python3 scripts/recompute_dsa.py report/        # compares; exit 1 names each figure that differs

It shares no code with the application on purpose: two programs by two ways must come to the same numbers.
"""

import csv
import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

Inside = Callable[[str | None], bool]
RESTRICTS = {"request_change", "refuse", "hide", "pause", "block"}
COLUMN = {"pause": "Provision of the service Suspension", "block": "Account restriction Suspension"}
REASONS = {
    "child": "STATEMENT_CATEGORY_PROTECTION_OF_MINORS",
    "insult": "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
    "personal": "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
}
UNKNOWN = "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE"


def when(text: str) -> datetime:
    return datetime.fromisoformat(text)


def middle(seconds: list[float]) -> str:
    """The median in hours as the report writes it, or nothing."""
    if not seconds:
        return ""
    ordered, half = sorted(seconds), len(seconds) // 2
    value = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return str(round(value / 3600, 2))


def recompute(raw: dict) -> dict[tuple[str, ...], str]:
    """All figures, by (part, row, …, column)."""
    begin, end = (when(text) for text in raw["period"])

    def inside(text: str | None) -> bool:
        return text is not None and begin <= when(text) < end

    raw = {**raw, "decisions": counted(raw["decisions"])}
    found: dict[tuple[str, ...], str] = {}
    notices(found, raw, inside)
    for part, ground in (("5_own_initiative_illegal", "law"), ("6_own_initiative_TC", "terms")):
        own(found, raw, inside, part, ground)
    complaints(found, raw, inside)
    orders(found, raw, inside)
    return found


def counted(decisions: list[dict]) -> list[dict]:
    """What was taken back within minutes, before anybody was told, is no decision; nor is the taking back."""
    away = {one["takes_back"] for one in decisions if one["decision"] == "undo"}
    return [one for one in decisions if one["decision"] != "undo" and one["number"] not in away]


def notices(found: dict, raw: dict, inside: Inside) -> None:
    first: dict[int, str] = {}
    for one in raw["decisions"]:
        if one["source"] != "complaint" and inside(one["decided_at"]):
            first.setdefault(one["case"], one["decided_at"])
    rows: dict[str, list] = {"TOTAL": []}
    for one in raw["reports"]:
        if inside(one["created_at"]):
            rows["TOTAL"].append(one)
            rows.setdefault(REASONS.get(one["reason"], UNKNOWN), []).append(one)
    acts = [
        one
        for one in raw["decisions"]
        if one["source"] == "report" and one["decision"] in RESTRICTS and inside(one["decided_at"])
    ]
    for name in {*rows, *(one["category"] for one in acts)}:
        some = rows.get(name, [])
        times = [
            (when(first[one["case_id"]]) - when(one["created_at"])).total_seconds()
            for one in some
            if one["case_id"] in first
        ]
        found["4_notices", name, "Number of notices received"] = str(len(some))
        found["4_notices", name, "Median time to take action"] = middle(times)
        for ground, column in (
            ("law", "Number of actions taken on the basis of the law"),
            ("terms", "Number of actions taken on the basis of the terms and conditions of the service"),
        ):
            fitting = [one for one in acts if one["ground"] == ground and name in ("TOTAL", one["category"])]
            found["4_notices", name, column] = str(len(fitting))


def own(found: dict, raw: dict, inside: Inside, part: str, ground: str) -> None:
    rows = [
        one
        for one in raw["decisions"]
        if one["source"] == "own"
        and one["ground"] == ground
        and one["decision"] in RESTRICTS
        and inside(one["decided_at"])
    ]
    for name in {"TOTAL", *(one["category"] for one in rows)}:
        some = [one for one in rows if name in ("TOTAL", one["category"])]
        found[part, name, "Number of measures taken at the provider's own initiative"] = str(len(some))
        machine = sum(one["automated_detection"] for one in some)
        found[part, name, "Number of measures taken after detection with solely automated means"] = str(machine)
        for column in ("Visibility restriction Disable", *COLUMN.values()):
            fitting = [one for one in some if COLUMN.get(one["decision"], "Visibility restriction Disable") == column]
            found[part, name, column] = str(len(fitting))


def complaints(found: dict, raw: dict, inside: Inside) -> None:
    part, what = "7_appeals_and_recidivism", "Number of complaints submitted to the internal-complaints mechanism"
    done = [one for one in raw["complaints"] if inside(one["decided_at"])]
    times = [(when(one["decided_at"]) - when(one["created_at"])).total_seconds() for one in done]
    found[part, what, "Total number"] = str(sum(inside(one["created_at"]) for one in raw["complaints"]))
    found[part, what, "Decisions upheld"] = str(sum(one["outcome"] == "upheld" for one in done))
    found[part, what, "Decisions reversed"] = str(sum(one["outcome"] == "overturned" for one in done))
    found[part, what, "Median time"] = middle(times)
    stopped = "Number of suspensions enacted for the provision of manifestly illegal content"
    found[part, stopped, "Total number"] = str(
        sum(
            one["decision"] in ("pause", "block") and one["manifestly_illegal"] and inside(one["decided_at"])
            for one in raw["decisions"]
        )
    )
    measures = [one for one in raw["decisions"] if one["decision"] in RESTRICTS and inside(one["decided_at"])]
    solely = "Number of measures solely taken by automated means"
    found["8_automated_means", solely, "Total number"] = str(sum(one["automated_decision"] for one in measures))


def orders(found: dict, raw: dict, inside: Inside) -> None:
    part, some = "3_member_states_orders", [one for one in raw["orders"] if inside(one["received_at"])]
    for name in {"TOTAL", *(one["category"] for one in some)}:
        for scope in {"TOTAL", *(one["state"] for one in some)}:
            here = [one for one in some if name in ("TOTAL", one["category"]) and scope in ("TOTAL", one["state"])]
            if not here and (name, scope) != ("TOTAL", "TOTAL"):
                continue
            act = [one for one in here if one["kind"] == "act"]
            effect = [
                (when(one["done_at"]) - when(one["received_at"])).total_seconds() for one in act if one["done_at"]
            ]
            found[part, name, scope, "Number of orders to act against illegal content received"] = str(len(act))
            found[part, name, scope, "Median time to give effect to the order to act against illegal content"] = middle(
                effect
            )
            found[part, name, scope, "Number of orders to provide information"] = str(len(here) - len(act))


def written(folder: Path) -> dict[tuple[str, ...], str]:
    """The figures in the tables of the report, by the same names."""
    found: dict[tuple[str, ...], str] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if "Section" in row:
                    found[path.stem, row["Indicator"], row["Scope"]] = row["Value"]
                    continue
                names = [value for name, value in row.items() if name.startswith("Category of") or name == "Scope"]
                for column, value in row.items():
                    found[(path.stem, *names, column)] = value
    return found


def main(folder: Path) -> int:
    raw = json.loads((folder / "raw.json").read_text(encoding="utf-8"))
    expected, there = recompute(raw), written(folder)
    wrong = [name for name, value in expected.items() if there.get(name) != value]
    rows = {name[:2] for name in expected}
    counted = ("4_notices", "5_own_initiative_illegal", "6_own_initiative_TC", "3_member_states_orders")
    more = sorted({name[:2] for name in there if name[0] in counted} - rows)
    for name in wrong:
        print(f"{' / '.join(name)}: report {there.get(name)!r}, recomputed {expected[name]!r}", file=sys.stderr)
    for name in more:
        print(f"{' / '.join(name)}: a row that the raw data do not know", file=sys.stderr)
    print(f"{len(expected)} figures recomputed, {len(wrong) + len(more)} differ.")
    return bool(wrong or more)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
