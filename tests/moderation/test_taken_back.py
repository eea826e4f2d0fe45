"""What is taken back does not count, and what rested on it falls: figures of a go undone, a pause after an overturned warning."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.actions import change_name
from accounts.models import User
from common.errors import Refused
from ideas.actions import submit_idea
from moderation.actions import complain, decide_complaint
from moderation.actions.bulk import decide_many, undo_many
from moderation.measures import stop_of
from moderation.models import Case, Decision, Report, RuleVersion, Sanction
from moderation.queries.history import of_author
from moderation.queries.standing import standing
from notifications.models import Message
from tests import factories
from tests.moderation.guards import lifted
from tests.moderation.test_audit import verify
from tests.moderation.test_dsa_report import recompute, rows
from tests.moderation.test_people import CONTENT, measure, signed_in

pytestmark = pytest.mark.django_db
LAST = (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)
EVE = datetime(LAST.year, LAST.month, 10, 12, tzinfo=UTC)


@pytest.fixture
def mira(moderator):
    return moderator("Mira Kaya")


@pytest.fixture
def goes(opened, mira, rule):
    """Two goes of last month, eight are hidden in each, the first reported; of the second all but the last two are taken back."""
    cache.clear()
    for number in range(2):
        cases = [opened("public") for _n in range(8)]
        Report.objects.create(
            code=f"melde{number}", case=cases[0], kind="thing", object_id=1, snapshot="x", reason="insult"
        )
        Case.objects.filter(pk=cases[0].pk).update(report_count=1)
        chosen = {case.pk: case.version for case in cases}
        run = decide_many(
            actor=mira, request_key=uuid4(), chosen=chosen, decision="hide", rule_version=rule, reason="Das ist nicht nett."
        )  # fmt: skip
    for item in run.items.order_by("-pk")[:2]:
        User.objects.filter(pk=item.case.object_id).update(office="refused")  # moved on: these stay as they are
    count, stays = undo_many(run_id=run.pk, actor=mira)
    assert (count, len(stays)) == (6, 2)
    with lifted("moderation_decision"):
        Decision.objects.update(decided_at=EVE)
    Case.objects.update(opened_at=EVE - timedelta(hours=5))
    Report.objects.update(created_at=EVE - timedelta(hours=5))
    return run


def test_the_ledger_counts_only_what_stands(goes):
    months = Client().get(f"/moderationsbuch/zahlen.json?jahr={LAST.year}").json()["months"]
    month = next(one for one in months if one["month"] == f"{LAST:%Y-%m}")
    assert month["decided"] == 10  # not 16, and not 22 with the entries that take back
    assert [part["name"] for part in month["parts"]["decided"]] == ["Ausblenden"]


def test_the_yearly_report_and_the_independent_program_count_only_what_stands(goes, tmp_path):
    call_command("dsa_report", str(LAST.year), str(tmp_path), "--raw", stdout=StringIO())
    done = recompute(tmp_path)
    assert done.returncode == 0, done.stderr
    number = "Number of measures taken at the provider's own initiative"
    assert rows(tmp_path, "6_own_initiative_TC")[0][number] == "9"  # 7 and 2
    on_terms = "Number of actions taken on the basis of the terms and conditions of the service"
    assert rows(tmp_path, "4_notices")[0][on_terms] == "1"  # the other one waits again


def test_the_independent_program_sees_when_what_was_taken_back_is_counted(goes, tmp_path):
    call_command("dsa_report", str(LAST.year), str(tmp_path), "--raw", stdout=StringIO())
    raw = json.loads((tmp_path / "raw.json").read_text())
    raw["decisions"] = [one for one in raw["decisions"] if one["takes_back"] is None]
    (tmp_path / "raw.json").write_text(json.dumps(raw))
    done = recompute(tmp_path)
    assert done.returncode == 1
    assert "6_own_initiative_TC" in done.stderr


def test_what_is_taken_back_after_midnight_of_the_last_day_does_not_count_either(goes, tmp_path):
    with lifted("moderation_decision"):
        Decision.objects.filter(decision="undo").update(decided_at=EVE + timedelta(hours=13))
    day = f"{EVE:%Y-%m-%d}"
    call_command("dsa_report", f"{day}/{day}", str(tmp_path), "--raw", stdout=StringIO())
    assert recompute(tmp_path).returncode == 0
    number = "Number of measures taken at the provider's own initiative"
    assert rows(tmp_path, "6_own_initiative_TC")[0][number] == "9"


def test_nobody_is_judged_by_what_was_taken_back(goes, mira):
    person = factories.person("Wolkenfeder")
    Case.objects.update(author=person)
    history = of_author(Case.objects.filter(state="open")[0], mira)
    assert history is not None
    assert history.numbers == [("Ausblenden", 10)]
    assert standing().count() == 10
    assert verify()[0] in (0, 1)


def test_there_is_nothing_to_complain_about_once_it_is_taken_back(goes):
    item = goes.items.exclude(undo=None)[0]
    with pytest.raises(Refused) as refused:
        complain(code=item.decision.code, text="Aber es steht doch wieder da.")
    assert refused.value.status == 404


def overturned(entry: Decision, other: User) -> None:
    complaint = complain(code=entry.code, text="Das war ich nicht.")
    case = Case.objects.get(kind="complaint", object_id=complaint.pk)
    decide_complaint(
        complaint_id=complaint.pk, version=case.version, actor=other, outcome="overturned", answer="Sie haben recht."
    )


@pytest.fixture
def person() -> User:
    return factories.person("Wolkenfeder")


def test_when_a_warning_is_overturned_the_pause_that_rested_on_it_ends_with_a_letter(person, mira, moderator, rule):
    warning = measure(person, mira, "warn", rule)
    pause = measure(person, mira, "pause", rule, "14")
    assert stop_of(person) is not None
    overturned(warning, moderator("Jonas Beck"))
    assert stop_of(person) is None
    ended = Sanction.objects.get(decision=pause)
    assert ended.lifted_by.decision == "lift"
    assert "auf einer Verwarnung" in ended.lifted_by.reason
    assert Sanction.objects.get(decision=warning).lifted_by.source == "complaint"
    factories.deliver_outbox()
    told = list(Message.objects.filter(person=person).order_by("-pk").values_list("subject", "text")[:2])
    assert [subject.split(":")[0] for subject, _text in told] == [
        "Wir haben eine Maßnahme aufgehoben",
        "Ihre Beschwerde hatte Erfolg",
    ]
    assert all("gilt sie nicht mehr" in text or "gilt das nicht mehr" in text for _subject, text in told), told
    assert not any("kann es jeder lesen" in text for _subject, text in told)
    page = signed_in(person).get(f"/bescheid/{ended.lifted_by.code}/")
    assert "Sie beruhte auf einer Verwarnung" in page.text
    assert verify()[0] == 0, verify()[1]


def test_what_did_not_rest_on_the_warning_stands(person, mira, moderator, rule):
    first = measure(person, mira, "warn", rule)
    law = RuleVersion.objects.create(
        rule=type(rule.rule).objects.create(number=9), ground="law", title="Strafbares", text="Nein.", provision="§ 130 StGB"
    )  # fmt: skip
    block = measure(person, mira, "block", law, "30 manifest")
    overturned(first, moderator("Jonas Beck"))
    assert stop_of(person) == Sanction.objects.get(decision=block)
    assert verify()[0] == 0, verify()[1]


def test_a_case_that_waits_about_the_same_person_goes_on_waiting(person, mira, moderator, rule):
    submit_idea(author=person, campaign=factories.campaign(), content=CONTENT)
    warning = measure(person, mira, "warn", rule)
    measure(person, mira, "pause", rule, "14")
    change_name(person=person, name="Rabenfeder")
    overturned(warning, moderator("Jonas Beck"))
    assert stop_of(person) is None
    assert Case.objects.get(kind="profile", object_id=person.pk, state="open").title == "Rabenfeder"
    assert verify()[0] == 0, verify()[1]
