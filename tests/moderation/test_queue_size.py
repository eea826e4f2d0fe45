"""The queue with very many cases: few statements, quick, on both databases."""

import time
from datetime import timedelta

import pytest
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moderation.models import Case

MANY = 100_000
URL = "/cms/moderation/"
pytestmark = [pytest.mark.django_db, pytest.mark.server]


@pytest.fixture
def browser(moderator) -> Client:
    """A moderator's browser, before a hundred thousand open cases."""
    since, person = timezone.now() - timedelta(days=60), moderator("Mira Kaya")
    kinds = ("thing", "idea", "comment", "picture")
    Case.objects.bulk_create(
        (
            Case(
                kind=kinds[n % 4], object_id=100_000 + n, title=f"Fall {n}", author_name="Zoe", campaign_id_copy=n % 20,
                campaign_title=f"Kampagne {n % 20}", risk=n % 4, reason=("new", "change", "report")[n % 3],
                opened_at=since + timedelta(seconds=50 * n), claimed_by=person if n % 50 == 0 else None,
                claimed_until=timezone.now() + timedelta(minutes=n % 15) if n % 50 == 0 else None,
            )
            for n in range(MANY)
        ),
        batch_size=5000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE moderation_case")
    client = Client()
    client.force_login(person)
    client.get(URL)
    return client


def test_a_hundred_thousand_cases_take_few_statements_and_little_time(browser):
    middle = browser.get(URL).context["queue"].next_query
    pages = ("", "?risiko=3", "?seit=3", "?bei=mir", "?bei=niemandem&art=idea", "?kampagne=7&grund=new", f"?{middle}")
    for query in pages:
        reset_queries()  # the log keeps the latest few thousand only
        with CaptureQueriesContext(connection) as statements:
            assert browser.get(URL + query).status_code == 200
        statements = statements.captured_queries
        took = min(timed(browser, URL + query) for _n in range(5))
        print(f"{query or 'all'}: {len(statements)} statements, {took * 1000:.0f} ms")
        assert 0 < len(statements) <= 15
        assert took <= 2  # 0.3 on a machine of its own


def timed(client: Client, url: str) -> float:
    """Return the seconds of one answer."""
    start = time.perf_counter()
    client.get(url)
    return time.perf_counter() - start
