"""The public ledger: true numbers, none by which somebody could be found, reasons without people."""

import csv
import itertools
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from moderation import record
from moderation.models import Case, Complaint, Decision, Report
from moderation.queries.anonymous import GAP, anonymous
from moderation.queries.ledger import ledger
from moderation.queries.small_numbers import guarded
from tests import factories
from tests.moderation.guards import lifted

NOW = timezone.localdate()
LAST = (NOW.replace(day=1) - timedelta(days=1)).replace(day=1)
YEAR = LAST.year


@pytest.fixture(autouse=True)
def _fresh(db):
    cache.clear()


@pytest.fixture
def decided(moderator, rule):
    """Return a function that writes decisions of last month into the record, each on a case of its own."""
    actor, numbers = moderator("Mira Kaya"), itertools.count(1)

    def make(
        count: int,
        decision: str = "approve",
        *,
        hours: int = 5,
        kind: str = "thing",
        campaign: int = 1,
        reason: str = "Das passt nicht.",
    ) -> list[Decision]:
        at = datetime(LAST.year, LAST.month, 10, 12, tzinfo=UTC)
        made = []
        for _ in range(count):
            case = Case.objects.create(
                kind=kind, object_id=next(numbers), title="Ein Ding", author_name="Uferläufer", campaign_id_copy=campaign,
                campaign_title="Radverkehr", state="decided", opened_at=at - timedelta(hours=hours), decided_at=at,
            )  # fmt: skip
            restrictive = decision in Decision.RESTRICTIVE
            made.append(record.append(
                case=case, kind=kind, object_id=case.object_id, subject_version=1, subject_title=case.title, decision=decision,
                actor=actor, actor_role="Moderation", rule_version=rule if restrictive else None, ground="terms" if restrictive else "",
                reason=reason if restrictive else "", state_before="waiting", state_after="public",
            ))  # fmt: skip
        with lifted("moderation_decision"):
            Decision.objects.filter(pk__in=[one.pk for one in made]).update(decided_at=at)
        return made

    return make


def page(year: int = YEAR) -> str:
    answer = Client().get(f"/moderationsbuch/?jahr={year}")
    assert answer.status_code == 200
    return answer.content.decode()


def data(year: int = YEAR) -> dict:
    return Client().get(f"/moderationsbuch/zahlen.json?jahr={year}").json()


def last_month() -> dict:
    return next(month for month in data()["months"] if month["month"] == f"{LAST:%Y-%m}")


def test_an_empty_town_has_an_empty_ledger():
    assert "Moderationsbuch" in Client().get("/moderationsbuch/").content.decode()
    assert Client().get("/moderationsbuch/?jahr=1999").status_code == 404
    assert Client().get("/moderationsbuch/?jahr=zwanzig").status_code == 404


def test_a_month_tells_what_was_received_decided_how_fast_and_by_which_rule(decided):
    decided(20), decided(7, "refuse", hours=30), decided(6, "hide")
    month = last_month()
    assert (month["received"], month["decided"], month["median_hours"]) == (33, 33, 5.0)
    assert {part["name"]: part["number"] for part in month["parts"]["decided"]} == {
        "Freigeben": 20,
        "Ablehnen": 7,
        "Ausblenden": 6,
    }
    assert month["parts"]["rules"] == [{"name": "3 – Respektvoller Ton (Fassung 1)", "number": 13}]
    shown = page()
    assert "5 Stunden" in shown
    assert "3 – Respektvoller Ton (Fassung 1)" in shown
    assert f'href="/moderationsbuch/zahlen.csv?jahr={YEAR}"' in shown


def test_numbers_below_five_are_hidden_and_cannot_be_computed(decided):
    decided(20), decided(7, "refuse"), decided(3, "hide")
    parts = {part["name"]: part["number"] for part in last_month()["parts"]["decided"]}
    assert parts == {
        "Freigeben": 20,
        "Ablehnen": "not_told",
        "Ausblenden": "under_5",
    }  # 10 restrict: 7 and 3, neither is told
    assert "unter 5" in page()
    answer = Client().get(f"/moderationsbuch/zahlen.csv?jahr={YEAR}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    table = list(csv.reader(StringIO(text), delimiter=";"))
    assert [f"{LAST:%Y-%m}", "Entschieden", "Ausblenden", "unter 5"] in table
    assert [f"{LAST:%Y-%m}", "Entschieden", "Ablehnen", "nicht genannt"] in table


def test_a_month_with_four_decisions_tells_only_that_they_were_few(decided):
    decided(3), decided(1, "refuse")
    month = last_month()
    assert month["decided"] in ("under_5", "not_told")
    assert month["parts"] == {}
    assert month["median_hours"] is None


@pytest.mark.parametrize("size", [2, 3])
def test_no_hidden_number_follows_from_its_sum(size):
    """Whatever the numbers: each hidden small number could be another one, with the same sum and the same signs."""
    for numbers in itertools.product(range(13), repeat=size):
        parts = dict(enumerate(numbers))
        told = guarded(parts)
        if told is None or all(one.value is not None for one in told.values()):
            assert told is None or all(number == 0 or number >= 5 for number in numbers)
            continue
        rest = sum(parts[name] for name, one in told.items() if one.value is None)
        ranges = [range(1, 5) if one.is_small else range(5, rest + 1) for one in told.values() if one.value is None]
        fitting = [fit for fit in itertools.product(*ranges) if sum(fit) == rest]
        small = [place for place, one in enumerate(one for one in told.values() if one.value is None) if one.is_small]
        for place in small:
            assert len({fit[place] for fit in fitting}) > 1, numbers


def test_closed_groups_are_not_counted_and_leave_with_a_campaign_that_is_closed(decided):
    open_one, group = factories.campaign(title="Offen"), factories.campaign(title="Geheimrunde", audience="members")
    decided(6, campaign=open_one.pk), decided(9, "refuse", campaign=group.pk, reason="Nur in der Gruppe.")
    assert last_month()["decided"] == 6
    assert "Nur in der Gruppe" not in page()
    assert "Geheimrunde" not in page()
    open_one.audience = "members"
    open_one.save()
    assert last_month()["decided"] == 0  # at once, not when the cache ends


def test_cases_stand_without_names_and_one_a_month_for_each_decision(decided):
    factories.person(name="Hanna Brandt")
    text = "Uferläufer, Sie greifen Hanna Brandt und Frau Dr. Müller an („du Lügner“), siehe hanna@example.org, 0521 123456."
    decided(8, "refuse", reason=text), decided(9)
    cases = data()["cases"]
    assert len(cases) == 1
    assert (cases[0]["month"], cases[0]["kind"], cases[0]["decision"]) == (f"{LAST:%Y-%m}", "Ding", "Ablehnen")
    for trace in ("Uferläufer", "Hanna", "Brandt", "Müller", "Lügner", "example.org", "123456"):
        assert trace not in cases[0]["reason"]
        assert trace not in page()
    assert GAP in cases[0]["reason"]


@pytest.mark.parametrize(("text", "shown"), [
    ("Bitte ohne Werbung für www.laden.example.", "Bitte ohne Werbung für […]"),
    ("Herr Schmidt wohnt Lindenstraße 12 nicht.", "[…] wohnt […] nicht."),
    ("Gespräche mit @uferlaeufer gehören nicht hierher.", "Gespräche mit […] gehören nicht hierher."),
    ("Sachlich bleiben, bitte.", "Sachlich bleiben, bitte."),
])  # fmt: skip
def test_what_leads_to_people_is_taken_out(text, shown):
    assert anonymous({1: (text, "Federwolke")})[1] == shown


def test_a_long_reason_is_shortened_at_a_word():
    short = anonymous({1: ("Worte und noch mehr Worte " * 30, "")})[1]
    assert len(short) <= 162
    assert short.endswith(("Worte …", "mehr …", "noch …", "und …"))


def test_reports_and_complaints_are_counted_and_the_overturned_share_is_told(decided, django_assert_max_num_queries):
    entries = decided(12, "refuse")
    at = datetime(LAST.year, LAST.month, 20, 12, tzinfo=UTC)
    for number, entry in enumerate(entries[:10]):
        Report.objects.create(
            code=f"c{number}", case=entry.case, kind="thing", object_id=1, snapshot="x", reason="insult", created_at=at
        )

    other = factories.person(name="Jon Weber")
    for number, entry in enumerate(entries[:10]):
        Complaint.objects.create(
            decision=entry, first_actor=entry.actor, text="Nein.", outcome="overturned" if number < 5 else "upheld",
            answer="Doch.", decided_by=other, decided_at=at, created_at=at,
        )  # fmt: skip
    assert last_month()["reports"] == 10
    found = data()
    assert (found["totals"]["complaints"], found["overturned_percent"]) == (10, 50)
    assert "50 Prozent" in page()
    cache.clear()
    with django_assert_max_num_queries(18):
        ledger(YEAR)


def test_the_present_month_is_not_told_before_it_is_over(decided):
    for entry in decided(6):
        Case.objects.filter(pk=entry.case_id).update(opened_at=timezone.now())
    assert all(month["received"] == 0 for month in data(NOW.year)["months"])


def test_the_ledger_is_linked_from_every_footer():
    assert 'href="/moderationsbuch/"' in Client().get("/").content.decode()
