"""Whoever is paused from writing reads it before a word is typed: until when, why, and how to complain."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from ideas.models import Comment, Idea
from moderation.actions import decide, open_case
from moderation.models import Case, Decision
from tests import factories

pytestmark = pytest.mark.django_db
SAID = ("Ihr Schreiben ist pausiert, bis einschließlich", "Respektvoller Ton", "Das greift jemanden an.", "/bescheid/")


@pytest.fixture
def idea() -> Idea:
    return factories.idea(campaign=factories.campaign(slug="ufer"), author=factories.person())


def entered(person: User) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


@pytest.fixture
def paused(moderator, rule) -> User:
    """Return somebody who was warned and may not write for a fortnight."""
    person, mira = factories.person("Uferläufer"), moderator("Mira Kaya")
    for decision, target in (("warn", ""), ("pause", "14")):
        with transaction.atomic():
            case = open_case("profile", person.pk, reason=Case.Reason.OWN)
        decide(
            case_id=case.pk, version=case.version, actor=mira, decision=decision, rule_version=rule,
            reason="Das greift jemanden an.", target=target,
        )  # fmt: skip
    return person


def test_it_is_said_where_one_begins_to_write(idea, paused):
    own = Comment.objects.create(idea=idea, author=paused, text="Ein Satz.", state="public", latest=1, version=1)
    code = Decision.objects.get(decision="pause").code
    browser = entered(paused)
    for at in (
        idea.get_absolute_url(),
        "/ideen/neu/",
        "/ideen/neu/?kampagne=ufer",
        f"/kommentare/{own.pk}/bearbeiten/",
    ):
        page = browser.get(at, follow=True).content.decode()
        for words in (*SAID, f"/beschwerde/{code}/", "Beschwerde, bis"):
            assert words in page, (at, words)


def test_others_read_nothing_of_it_and_it_costs_one_statement_signed_in_and_none_for_everybody_else(idea, paused):
    for at in (idea.get_absolute_url(), "/ideen/neu/", "/ideen/neu/?kampagne=ufer"):
        for browser, most in ((Client(), 0), (entered(factories.person()), 1)):
            browser.get(at)
            with CaptureQueriesContext(connection) as seen:
                page = browser.get(at).content.decode()
            assert "pausiert" not in page
            assert sum("moderation_sanction" in one["sql"] for one in seen) == most, (at, most)
