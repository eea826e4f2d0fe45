"""The queue inside Wagtail's admin."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moderation.actions import claim_case, open_case, report
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
    Case.objects.filter(pk=old.pk).update(opened_at=timezone.now() - timedelta(days=6), marks=["erste Idee"])
    public = thing("public")
    for _twice in range(2):
        report(kind="thing", object_id=public.pk, reason="insult", good_faith=True)
    claim_case(case_id=opened().pk, actor=moderator("Jörg Pohl"))
    client.force_login(moderator("Mira Kaya"))
    page = client.get(URL).content.decode()
    for words in (
        "6 Tage",
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


def test_risk_and_age_are_filters_with_counts_and_grave_cases_say_so(client, opened, moderator, thing):
    quiet, grave = opened(), opened()
    # Late is what has waited for three working days: ten days are enough over every holiday.
    Case.objects.filter(pk=grave.pk).update(risk=3, opened_at=timezone.now() - timedelta(days=10))
    client.force_login(moderator())
    page = client.get(URL).content.decode()
    assert "schwer: vielleicht gegen das Gesetz" in page
    queue = client.get(URL).context["queue"]
    counts = {(title, choice.text): choice.count for title, choices in queue.facets for choice in choices}
    assert (counts["Risiko", "schwerwiegend"], counts["Wartet", "verspätet: über 24 Stunden"]) == (1, 1)
    for query in ("?risiko=3", "?seit=1", "?seit=3"):
        page = client.get(URL + query).content.decode()
        assert grave.title in page
        assert quiet.title not in page
    for wrong in ("?risiko=9", "?seit=2", "?je=1000"):
        assert client.get(URL + wrong).status_code == 400


def test_a_report_of_something_unlawful_makes_a_case_grave_and_a_new_version_keeps_that(thing):
    item = thing("public")
    report(kind="thing", object_id=item.pk, reason="other", good_faith=True)
    assert Case.objects.get().risk == Case.Risk.REPORTED
    report(kind="thing", object_id=item.pk, reason="illegal", good_faith=True)
    assert Case.objects.get().risk == Case.Risk.GRAVE
    with transaction.atomic():
        open_case("thing", item.pk)
    assert Case.objects.get().risk == Case.Risk.GRAVE


def test_the_list_is_asked_for_again_by_a_sign_and_answers_only_when_something_changed(client, opened, moderator):
    case = opened()
    client.force_login(moderator())
    first = client.get(URL + "stand/")
    assert case.title in first.content.decode()
    again = client.get(URL + "stand/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    opened()
    changed = client.get(URL + "stand/", headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    assert "no-store" in changed["Cache-Control"]


def test_without_script_all_on_a_page_are_chosen_by_a_link_and_a_page_can_hold_a_hundred(client, moderator):
    many(30)
    client.force_login(moderator())
    assert client.get(URL + "?alle=1").content.decode().count("checked>") >= 25
    assert len(client.get(URL + "?je=100").context["queue"].rows) == 30


def test_two_who_page_and_decide_at_once_both_see_every_case_once(client, moderator):
    """Each decides what the other has not yet seen; whatever is still open when a page is read stands on it once."""
    many(120)
    people = []
    for name in ("Mira Kaya", "Jo Pohl"):
        browser = Client()
        browser.force_login(moderator(name))
        people.append({"browser": browser, "url": URL, "seen": []})
    while any(one["url"] for one in people):
        for number, one in enumerate(people):
            if not one["url"]:
                continue
            queue = one["browser"].get(one["url"]).context["queue"]
            found = [row.case.pk for row in queue.rows]
            one["seen"] += found
            Case.objects.filter(pk__in=found[number::5]).update(state="decided")
            one["url"] = f"{URL}?{queue.next_query}" if queue.next_query else ""
    still = set(Case.objects.filter(state="open").values_list("pk", flat=True))
    for one in people:
        assert len(one["seen"]) == len(set(one["seen"]))
        assert still <= set(one["seen"])
