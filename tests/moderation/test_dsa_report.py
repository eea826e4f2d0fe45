"""The yearly report: real decisions in the Commission's columns, and the same figures by an independent program."""

import csv
import itertools
import json
import random
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import load_workbook

from moderation import dsa_files, record
from moderation.models import Case, Category, Complaint, Decision, Order, Report, Rule, RuleCategory, RuleVersion
from moderation.queries.dsa_report import Part
from tests import factories
from tests.moderation.guards import lifted

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "recompute_dsa.py"
RESTRICTIVE = ("request_change", "refuse", "hide", "pause", "block")


@pytest.fixture
def rules(rule) -> dict[str, RuleVersion]:
    law = RuleVersion.objects.create(
        rule=Rule.objects.create(number=4),
        title="Verbotenes",
        text="Was verboten ist.",
        ground="law",
        provision="§ 185 StGB",
    )
    RuleCategory.objects.create(rule=law.rule, category=Category.SPEECH)
    return {"terms": rule, "law": law}


@pytest.fixture
def year(moderator, rules):
    """Fill a year, its eve and its morrow with cases by chance: decisions, reports, complaints, orders."""
    chance, numbers = random.Random(2026), itertools.count(1)
    first, second = moderator("Mira Kaya"), moderator("Jon Weber")
    start = datetime(2024, 12, 20, tzinfo=UTC)
    made: list[tuple[Decision, datetime]] = []
    for _ in range(90):
        opened = start + timedelta(minutes=chance.randrange(385 * 24 * 60))
        decided = opened + timedelta(minutes=chance.randrange(1, 8000))
        reports = chance.choice((0, 0, 1, 3))
        case = Case.objects.create(
            kind="thing", object_id=next(numbers), title="Ein Ding", state="decided", opened_at=opened, decided_at=decided,
            report_count=reports,
        )  # fmt: skip
        for _ in range(reports):
            Report.objects.create(
                code=f"melde{next(numbers)}", case=case, kind="thing", object_id=1, snapshot="x",
                reason=chance.choice(Report.Reason.values), created_at=opened + timedelta(seconds=chance.randrange(1, 50)),
            )  # fmt: skip
        decision = chance.choice(("approve", *RESTRICTIVE, "warn"))
        ground = chance.choice(("law", "terms")) if decision in Decision.RESTRICTIVE else ""
        entry = record.append(
            case=case, kind="thing", object_id=case.object_id, subject_version=1, subject_title="Ein Ding", decision=decision,
            actor=first, actor_role="Moderation", rule_version=rules.get(ground), ground=ground, reason="So." if ground else "",
            source="report" if reports else "own", automated_detection=chance.random() < 0.3, state_before="waiting", state_after="public",
        )  # fmt: skip
        made.append((entry, decided))
        if decision in RESTRICTIVE and chance.random() < 0.4:
            complain(entry, second, decided + timedelta(hours=chance.randrange(1, 900)), chance)
    with lifted("moderation_decision"):
        for entry, at in made:
            Decision.objects.filter(pk=entry.pk).update(decided_at=at)
    for _ in range(9):
        received = start + timedelta(hours=chance.randrange(385 * 24))
        Order.objects.create(
            kind=chance.choice(Order.Kind.values), category=chance.choice((Category.SPEECH, Category.PRIVACY)), authority="Amtsgericht",
            state=chance.choice(("DE", "NL")), items=chance.randrange(1, 4), received_at=received, entered_by=first,
            answered_at=received + timedelta(hours=2), done_at=received + timedelta(minutes=chance.randrange(60, 5000)),
        )  # fmt: skip
    return made


def complain(entry: Decision, second, at: datetime, chance: random.Random) -> None:
    outcome = chance.choice(Complaint.Outcome.values)
    done = (
        {}
        if outcome == "open"
        else {"answer": "So.", "decided_by": second, "decided_at": at + timedelta(hours=chance.randrange(1, 200))}
    )
    Complaint.objects.create(
        decision=entry, first_actor=entry.actor, text="Nein.", outcome=outcome, created_at=at, **done
    )


def recompute(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", str(SCRIPT), str(folder)], capture_output=True, text=True)


def rows(folder: Path, part: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO((folder / f"{part}.csv").read_text(encoding="utf-8-sig"))))


@pytest.mark.parametrize("period", ["2025", "2025-03-01/2025-08-31"])
def test_an_independent_program_comes_to_the_same_figures(year, tmp_path, period):
    call_command("dsa_report", period, str(tmp_path), "--raw", stdout=StringIO())
    done = recompute(tmp_path)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0]) > 60
    own = rows(tmp_path, "6_own_initiative_TC")[0]
    assert own["Category of incompatibility with the provider's terms and conditions"] == "TOTAL"
    assert int(own["Number of measures taken at the provider's own initiative"]) > 3


def test_a_figure_that_was_changed_is_named(year, tmp_path):
    call_command("dsa_report", "2025", str(tmp_path), "--raw", stdout=StringIO())
    raw = json.loads((tmp_path / "raw.json").read_text())
    raw["complaints"].append(
        {"outcome": "upheld", "created_at": "2025-05-01T10:00:00+00:00", "decided_at": "2025-05-02T10:00:00+00:00"}
    )
    (tmp_path / "raw.json").write_text(json.dumps(raw))
    done = recompute(tmp_path)
    assert done.returncode == 1
    assert "7_appeals_and_recidivism" in done.stderr


def test_the_raw_export_names_nobody(year, tmp_path):
    call_command("dsa_report", "2025", str(tmp_path), "--raw", stdout=StringIO())
    text = (tmp_path / "raw.json").read_text()
    assert not any(trace in text for trace in ("Mira", "Kaya", "So.", "Ding", "example.org", "Amtsgericht"))


def plain(cell: object) -> object:
    """Return a cell as text or number: a workbook keeps 92.0 as 92."""
    try:
        return float(str(cell))
    except ValueError:
        return "" if cell is None else cell


def test_the_page_gives_the_same_as_workbook_and_as_tables(year, moderator):
    browser = Client()
    browser.force_login(factories.make_person("ida@example.org", "Ida Sommer", groups=["Moderation"]))
    shown = browser.get("/cms/moderation/jahresbericht/?von=2025-01-01&bis=2025-12-31")
    assert shown.status_code == 200
    assert "4_notices" in shown.content.decode()
    book = load_workbook(
        BytesIO(browser.get("/cms/moderation/jahresbericht/?von=2025-01-01&bis=2025-12-31&datei=xlsx").content)
    )
    assert book.sheetnames[:3] == ["1_report_identification", "3_member_states_orders", "4_notices"]
    bundle = zipfile.ZipFile(
        BytesIO(browser.get("/cms/moderation/jahresbericht/?von=2025-01-01&bis=2025-12-31&datei=zip").content)
    )
    for part in ("4_notices", "5_own_initiative_illegal", "7_appeals_and_recidivism"):
        text = bundle.read(f"{part}.csv").decode("utf-8-sig")
        table = [[plain(cell) for cell in row] for row in csv.reader(StringIO(text))]
        sheet = [[plain(cell) for cell in row] for row in book[part].iter_rows(values_only=True)]
        assert sheet == table
    for wrong in ("von=2025-13-01&bis=x", "von=2025-12-31&bis=2025-01-01", "von=1900-01-01&bis=2025-01-01"):
        assert browser.get(f"/cms/moderation/jahresbericht/?{wrong}").status_code == 400


def test_no_cell_becomes_a_formula():
    part = Part("1_report_identification", ("Applicability", "Value"), [["=HYPERLINK(1)", "+49"], ["@x", -3]])
    assert "'=HYPERLINK(1),'+49" in dsa_files.table(part)
    cells = [cell for row in load_workbook(BytesIO(dsa_files.workbook([part]))).active.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells] == ["s", "s", "s", "s", "s", "n"]


def test_orders_and_categories_are_written_down_on_the_page(rules):
    browser = Client()
    browser.force_login(factories.make_person("ida@example.org", "Ida Sommer", groups=["Moderation"]))
    order = {
        "kind": "act", "category": Category.SPEECH, "authority": "=Amtsgericht", "state": "de", "items": "2",
        "received_at": "2025-05-01T10:00", "done_at": "2025-05-01T09:00",
    }  # fmt: skip
    assert browser.post("/cms/moderation/jahresbericht/", order).status_code == 422  # done before it came
    order["done_at"] = "2025-05-02T10:00"
    assert browser.post("/cms/moderation/jahresbericht/", order).status_code == 302
    assert Order.objects.get().state == "DE"
    names = {f"rule-{version.rule_id}-category": Category.VIOLENCE for version in rules.values()}
    assert browser.post("/cms/moderation/jahresbericht/", {"categories": "1", **names}).status_code == 302
    assert set(RuleCategory.objects.values_list("category", flat=True)) == {Category.VIOLENCE}


def test_only_moderators_get_it_and_wrong_periods_are_refused(db, tmp_path):
    browser = Client()
    browser.force_login(factories.make_person("nele@example.org", "Nele Hartwig", groups=["Redaktion"]))
    assert browser.get("/cms/moderation/jahresbericht/").status_code in (302, 403)
    with pytest.raises(CommandError):
        call_command("dsa_report", "2025-02-30/2025-03-01", str(tmp_path))
