"""Memory: beside a case stands how similar cases were decided, and why – as far as the moderator may see."""

import time

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from ideas.models import Campaign, Idea
from ideas.models.group import Member
from moderation.actions import complain, decide, decide_complaint, open_case
from moderation.actions.remembering import remember, remember_words
from moderation.models import Case, CaseWord, Complaint, Decision, Remit
from moderation.queries.history import of_author
from moderation.queries.memory import alike
from tests import factories
from tests.moderation.memory_pairs import PAIRS
from tests.soak import by_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def mira(client, moderator):
    person = moderator("Mira Kaya")
    client.force_login(person)
    return person


def case_of(title: str, text: str, **fields) -> Case:
    fields.setdefault("author", factories.person())
    idea = factories.idea(title=title, text=text, state=Idea.State.WAITING, **fields)
    with transaction.atomic():
        return open_case("idea", idea.pk)


def decided(
    case: Case, actor: User, rule, decision: str = "refuse", reason: str = "Das ist eine Beleidigung."
) -> Decision:
    words = {"rule_version": rule, "reason": reason} if decision == "refuse" else {}
    entry = decide(case_id=case.pk, version=case.version, actor=actor, decision=decision, **words)
    remember(entry.pk)
    return entry


def titles(case: Case, user: User) -> list[str]:
    return [entry.decision.subject_title for entry in alike(case, user)]


def test_beside_a_case_stands_how_a_similar_one_was_decided_and_why(client, mira, rule):
    campaign = factories.campaign()
    long = "Das setzt einen Menschen herab, statt die Sache zu kritisieren. " * 5
    first = decided(case_of(*PAIRS[4][:2], campaign=campaign), mira, rule, reason=long)
    decided(case_of(*PAIRS[1][:2], campaign=campaign), mira, rule, "approve")
    page = client.get(f"/cms/moderation/{case_of(*PAIRS[4][2:]).pk}/").text
    assert "Wie wir in ähnlichen Fällen entschieden haben" in page
    assert f'<a href="/bescheid/{first.code}/">Bürgermeister ist unfähig</a>' in page
    assert f"Regel {rule}" in page
    assert "Das setzt einen Menschen herab" in page
    assert long.strip() not in page
    assert "Hundewiese im Südpark" not in page


def test_what_a_complaint_changed_is_said(client, mira, moderator, rule):
    first = decided(case_of(*PAIRS[0][:2], author=factories.person()), mira, rule)
    complaint = complain(code=first.code, text="Das war keine Beleidigung.")
    case = Case.objects.get(kind=Case.COMPLAINT_KIND, object_id=complaint.pk)
    second = decide_complaint(
        complaint_id=complaint.pk, version=case.version, actor=moderator("Ole Brandt"),
        outcome=Complaint.Outcome.OVERTURNED, answer="Sie haben recht.",
    )  # fmt: skip
    remember(second.second_decision.pk)
    page = client.get(f"/cms/moderation/{case_of(*PAIRS[0][2:]).pk}/").text
    assert "nach Beschwerde geändert" in page


def test_cases_of_others_and_of_closed_groups_are_not_shown(mira, rule):
    mine, others = factories.campaign(), factories.campaign()
    closed = factories.campaign(audience=Campaign.Audience.MEMBERS)
    Member.objects.create(campaign=closed, person=mira)
    decided(case_of(*PAIRS[2][:2], campaign=others), mira, rule)
    decided(case_of("Trinkbrunnen im Beirat", PAIRS[2][1], campaign=closed), mira, rule)
    case = case_of(*PAIRS[2][2:], campaign=mine)
    assert set(titles(case, mira)) == {PAIRS[2][0], "Trinkbrunnen im Beirat"}
    Member.objects.all().delete()
    assert titles(case, mira) == [PAIRS[2][0]]
    Remit.objects.create(person=mira).campaigns.create(campaign_id_copy=mine.pk)
    assert titles(case, User.objects.get(pk=mira.pk)) == []


def test_only_decided_cases_of_the_same_kind_and_not_the_contribution_itself(mira, rule):
    waiting, done = case_of(*PAIRS[4][:2]), case_of(*PAIRS[4][:2])
    decided(done, mira, rule)
    assert titles(case_of(*PAIRS[4][2:]), mira) == [PAIRS[4][0]]
    with transaction.atomic():
        again = open_case("idea", done.object_id, reason=Case.Reason.OWN)
    assert titles(again, mira) == []
    assert not CaseWord.objects.filter(case=waiting).exists()


def test_of_twenty_invented_pairs_nearly_all_are_found_among_the_first_five(mira, rule):
    campaign = factories.campaign()
    for title, text, *_later in PAIRS:
        decided(case_of(title, text, campaign=campaign), mira, rule)
    found = [title in titles(case_of(*later, campaign=campaign), mira) for title, _text, *later in PAIRS]
    first = [titles(case_of(*later, campaign=campaign), mira)[:1] == [title] for title, _text, *later in PAIRS]
    print(f"recall@5 {sum(found)}/20, first {sum(first)}/20")
    assert sum(found) >= 18
    assert sum(first) >= 16


def test_what_was_decided_on_another_way_is_remembered_by_a_command(mira, rule, capsys):
    decided(case_of(*PAIRS[10][:2]), mira, rule)
    CaseWord.objects.all().delete()
    later = case_of(*PAIRS[10][2:])
    assert titles(later, mira) == []
    call_command("remember_decisions")
    assert "1 Entscheidung" in capsys.readouterr().out
    assert titles(later, mira) == [PAIRS[10][0]]


def test_memory_holds_numbers_and_no_words(mira, rule):
    case = case_of(*PAIRS[15][:2])
    decided(case, mira, rule)
    assert 5 <= CaseWord.objects.filter(case=case).count() <= 24
    assert remember_words(case) == CaseWord.objects.filter(case=case).count()


def test_the_history_of_an_author_costs_three_statements_at_most(mira, rule):
    author = factories.person()
    for title, text, *_later in PAIRS[:3]:
        decided(case_of(title, text, author=author), mira, rule)
    case = case_of(*PAIRS[5][:2], author=author)
    with CaptureQueriesContext(connection) as seen:
        history = of_author(case, mira)
    assert history is not None
    assert history.total == "bisher 3 Entscheidungen"
    assert len([row for row in seen if "moderation_decision" in row["sql"]]) <= 3


def test_many_decided_cases_do_not_slow_the_page_down(mira, rule):
    number = by_database(1_000, 4_000)
    made = Case.objects.bulk_create(
        Case(
            kind="idea",
            object_id=10_000_000 + n,
            title=f"Fall {n}",
            excerpt="",
            state="decided",
            campaign_id_copy=n % 7,
        )
        for n in range(number)
    )
    target = case_of(*PAIRS[6][2:])
    mine = case_of(*PAIRS[6][:2])
    decided(mine, mira, rule)
    values = list(CaseWord.objects.filter(case=mine).values_list("value", flat=True))
    CaseWord.objects.bulk_create(
        CaseWord(case=case, value=values[n % len(values)] if n % 5 == 0 else n * 31 + k)
        for n, case in enumerate(made)
        for k in range(1 if n % 5 == 0 else 8)
    )
    with connection.cursor() as cursor:  # what a running town does by itself; without it the planner guesses
        cursor.execute("ANALYZE moderation_case")
        cursor.execute("ANALYZE moderation_caseword")
    alike(target, mira)
    with CaptureQueriesContext(connection) as seen:
        before = time.monotonic()
        found = alike(target, mira)
        took = time.monotonic() - before
    assert found[0].decision.subject_title == PAIRS[6][0]
    assert len(seen) <= 8
    print(f"similar cases among {number}: {took * 1000:.0f} ms")
    assert took < 8
