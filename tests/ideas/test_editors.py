"""Editors keep campaigns, phases and the lists in the Wagtail admin."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from ideas.models import Campaign, Phase, Topic


@pytest.fixture
def editor(db: None) -> Client:
    admin = User.objects.create_superuser("chefin@example.org", "x", display_name="Chefin")
    client = Client()
    client.force_login(admin)
    return client


def management(name: str, number: int = 0, known: int = 0) -> dict[str, str]:
    """Return what a set of forms says about itself."""
    counts = {"TOTAL": str(number), "INITIAL": str(known), "MIN_NUM": "0", "MAX_NUM": "1000"}
    return {f"{name}-{word}_FORMS": value for word, value in counts.items()}


def phase_fields(**changed: str) -> dict[str, str]:
    first = {
        "phases-0-kind": "collect",
        "phases-0-title": "",
        "phases-0-opens_at": "2026-11-01 08:00",
        "phases-0-closes_at": "2026-12-06 18:00",
        "phases-0-allows_ideas": "on",
        "phases-0-ORDER": "1",
    }
    counts = {
        "phases-TOTAL_FORMS": "1",
        "phases-INITIAL_FORMS": "0",
        "phases-MIN_NUM_FORMS": "1",
        "phases-MAX_NUM_FORMS": "1000",
        **management("questions"),
    }
    return counts | first | {f"phases-0-{name}": value for name, value in changed.items()}


def campaign_fields(**changed: Any) -> dict[str, Any]:
    fields = {
        **management("statuses"),
        "title": "Wege",
        "slug": "wege",
        "audience": "everybody",
        "summary": "",
        "check_ideas": "before",
        "check_comments": "after",
        "rules_text": "",
    }
    return fields | changed


def test_a_campaign_is_made_with_its_phases_on_one_page(editor: Client) -> None:
    page = editor.get("/cms/snippets/ideas/campaign/add/")
    assert page.status_code == 200
    assert "Unterstützungen je Person" in page.text
    answer = editor.post("/cms/snippets/ideas/campaign/add/", campaign_fields() | phase_fields())
    assert answer.status_code == 302
    made = Campaign.objects.get(slug="wege")
    assert not made.is_public
    assert Phase.objects.get(campaign=made).allows_ideas


def test_a_phase_that_ends_before_it_begins_is_refused_at_its_field(editor: Client) -> None:
    answer = editor.post(
        "/cms/snippets/ideas/campaign/add/", campaign_fields() | phase_fields(closes_at="2026-10-01 08:00")
    )
    assert answer.status_code == 200
    assert "Das Ende muss nach dem Anfang liegen." in answer.text
    assert not Campaign.objects.exists()


def test_two_phases_of_one_kind_at_the_same_time_are_refused_with_words(editor: Client) -> None:
    both = (
        phase_fields()
        | {name.replace("-0-", "-1-"): value for name, value in phase_fields().items()}
        | {"phases-TOTAL_FORMS": "2"}
    )
    answer = editor.post("/cms/snippets/ideas/campaign/add/", campaign_fields() | both)
    assert answer.status_code == 200
    assert "überschneiden" in answer.text
    assert not Campaign.objects.exists()


def test_topics_are_kept_by_editors(editor: Client) -> None:
    answer = editor.post("/cms/snippets/ideas/topic/add/", {"name": "Wohnen", "slug": "wohnen", "position": "3"})
    assert answer.status_code == 302
    assert Topic.objects.get().name == "Wohnen"
