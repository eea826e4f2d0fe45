"""The queue inside Wagtail's admin."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moderation.actions import claim_case, report
from moderation.models import Case

pytestmark = pytest.mark.django_db
URL = "/cms/moderation/"


def many(number: int) -> None:
    since = timezone.now() - timedelta(days=30)
    Case.objects.bulk_create(
        Case(
            kind="thing", object_id=10_000 + n, title=f"Fall {n}", author_name="Zoe", campaign_id_copy=n % 3,
            campaign_title=f"Kampagne {n % 3}", marks=["enthält einen Link"], opened_at=since + timedelta(minutes=n),
        )
        for n in range(number)
    )  # fmt: skip


def test_only_moderators_get_in(client, thing, opened):
    opened()
    assert client.get(URL).status_code == 302
    client.force_login(thing())
    assert client.get(URL).status_code == 302


def test_what_waits_stands_in_the_list_with_marks_age_and_holder(client, opened, moderator, thing):
    old = opened()
    Case.objects.filter(pk=old.pk).update(opened_at=timezone.now() - timedelta(hours=26), marks=["erste Idee"])
    public = thing("public")
    for _twice in range(2):
        report(kind="thing", object_id=public.pk, reason="insult", good_faith=True)
    claim_case(case_id=opened().pk, actor=moderator("Jörg Pohl"))
    client.force_login(moderator("Mira Kaya"))
    page = client.get(URL).content.decode()
    for words in (
        "26 Std.",
        "erste Idee",
        "2 Meldungen",
        "Jörg Pohl, noch 15 Min.",
        "frei",
        "3 Beiträge warten",
        "von Uferläufer",
    ):
        assert words in page
    assert page.index(old.title) < page.index(public.display_name)


def test_filters_are_links_with_counts_and_unknown_ones_are_refused(client, opened, moderator, thing):
    opened()
    public = thing("public")
    report(kind="thing", object_id=public.pk, reason="insult", good_faith=True)
    client.force_login(moderator())
    page = client.get(URL + "?grund=report").content.decode()
    assert public.display_name in page
    assert "1 Fall in dieser Liste" in page
    assert "?grund=new" in page
    for wrong in (
        "?art=nichts",
        "?grund=x",
        "?bei=dir",
        "?kampagne=abc",
        "?nach=gefälscht",
        "?kampagne=" + "9" * 30,
        "?nach=e30",
    ):
        assert client.get(URL + wrong).status_code == 400


def test_mine_and_nobodys(client, opened, moderator):
    mira, mine, free = moderator(), opened(), opened()
    claim_case(case_id=mine.pk, actor=mira)
    client.force_login(mira)
    page = client.get(URL + "?bei=mir").content.decode()
    assert mine.title in page
    assert free.title not in page
    assert "Sie, noch 15 Min." in page
    assert mine.title not in client.get(URL + "?bei=niemandem").content.decode()


def test_paging_shows_every_case_once_though_somebody_decides_meanwhile(client, moderator):
    many(60)
    client.force_login(moderator())
    seen, url = [], URL
    while url:
        queue = client.get(url).context["queue"]
        seen += [row.case.pk for row in queue.rows]
        Case.objects.filter(pk__in=seen[:5]).update(state="decided")
        url = f"{URL}?{queue.next_query}" if queue.next_query else ""
    assert len(seen) == len(set(seen)) == 60


def test_cases_of_the_same_moment_are_not_skipped_between_pages(client, moderator):
    Case.objects.bulk_create(Case(kind="thing", object_id=n, title=f"Fall {n}") for n in range(1, 61))
    client.force_login(moderator())
    seen, url = [], URL
    while url:
        queue = client.get(url).context["queue"]
        seen += [row.case.pk for row in queue.rows]
        url = f"{URL}?{queue.next_query}" if queue.next_query else ""
    assert len(seen) == len(set(seen)) == 60


def test_the_page_costs_the_same_few_statements_however_much_waits(client, moderator):
    client.force_login(moderator())
    costs = []
    for more in (10, 990):
        many(more) if more == 10 else Case.objects.all().delete() or many(1000)
        client.get(URL)
        with CaptureQueriesContext(
            connection,
        ) as statements:
            assert client.get(URL).status_code == 200
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 15, costs


def test_the_admin_says_how_much_waits(client, opened, moderator):
    opened()
    client.force_login(moderator())
    page = client.get("/cms/").content.decode()
    assert "Moderation (1)" in page
    assert "Zur Warteliste" in page
