"""The support box says in every state what is, and what can be done."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from ideas.models import Idea
from tests import factories
from voting import voter_keys
from voting.actions import close_phase, give_support

pytestmark = pytest.mark.django_db


def shown(idea, user=None, source="{% load voting %}{% support_box idea %}"):
    """Return the box as ``user`` sees it, the idea freshly read."""
    request = RequestFactory().get("/mein/")
    request.user = user or AnonymousUser()
    idea = Idea.objects.select_related("campaign").get(pk=idea.pk)
    return " ".join(Template(source).render(Context({"request": request, "idea": idea})).split())


@pytest.fixture
def anna():
    return factories.person()


def test_free(anna):
    idea = factories.idea(campaign=factories.campaign(support_limit=5))
    html = shown(idea, anna)
    assert 'data-state="free"' in html
    assert 'aria-pressed="false"' in html
    assert "Idee unterstützen" in html
    assert "noch <b>5 von 5</b>" in html
    assert html.count("<span></span>") == 5


def test_given(anna):
    idea = factories.idea(campaign=factories.campaign(support_limit=5))
    give_support(voter=anna, idea=idea)
    html = shown(idea, anna)
    assert 'aria-pressed="true"' in html
    assert "Unterstützt – zurücknehmen" in html
    assert "noch <b>4 von 5</b>" in html
    assert "Mensch unterstützt diese Idee" in html


def test_none_left_leads_to_those_that_can_be_taken_back(anna):
    campaign = factories.campaign(support_limit=1)
    give_support(voter=anna, idea=factories.idea(campaign=campaign))
    html = shown(factories.idea(campaign=campaign), anna)
    assert 'data-state="used_up"' in html
    assert "Keine Unterstützung mehr frei" in html
    assert 'href="/mein/#unterstuetzungen"' in html
    assert "<button" not in html


def test_signed_out_keeps_the_click():
    html = shown(factories.idea())
    assert 'data-state="signed_out"' in html
    assert "Der Klick bleibt erhalten" in html


def test_ended_and_still_to_come_say_when():
    now = timezone.now()
    idea = factories.idea()
    close_phase(phase=idea.campaign.phases.get())
    assert "Abstimmung beendet" in shown(idea)
    factories.phase(campaign=idea.campaign, opens_at=now + timedelta(days=3), closes_at=now + timedelta(days=4))
    assert "Noch nicht begonnen" in shown(idea)
    assert "Diese Kampagne nimmt keine" in shown(factories.idea(campaign=factories.campaign(phase=False)))


def test_hidden_numbers_stand_nowhere(anna):
    until = timezone.now() + timedelta(days=2)
    idea = factories.idea(campaign=factories.campaign(counts_hidden_until=until, support_goal=200))
    Idea.objects.filter(pk=idea.pk).update(support_count=987_654_321)
    html = shown(idea, anna)
    assert "Zahl noch verborgen" in html
    assert "987.654.321" not in html
    assert "987654321" not in html
    assert "progress" not in html
    assert shown(idea, anna, "{% load voting %}{% support_count idea %}") == ""


def test_the_goal_is_a_bar_with_words():
    idea = factories.idea(campaign=factories.campaign(support_goal=200))
    Idea.objects.filter(pk=idea.pk).update(support_count=148)
    assert "Es fehlen noch 52" in shown(idea)
    Idea.objects.filter(pk=idea.pk).update(support_count=200)
    assert "200 sind erreicht" in shown(idea)


def test_ones_own_idea(anna):
    assert "unterstützen andere" in shown(factories.idea(author=anna), anna)


def test_after_the_secret_is_gone_nobody_is_told_a_state(anna):
    idea = factories.idea()
    give_support(voter=anna, idea=idea)
    voter_keys.destroy_secret(idea.campaign_id)
    assert "endgültig anonym" in shown(idea, anna)


def test_the_list_of_own_supports_lets_them_be_taken_back(anna, django_assert_max_num_queries):
    campaign = factories.campaign()
    ideas = [factories.idea(campaign=campaign, title=f"Bank am Ufer {number}") for number in range(4)]
    for idea in ideas:
        give_support(voter=anna, idea=idea)
    with django_assert_max_num_queries(8):
        html = shown(ideas[0], anna, "{% load voting %}{% own_supports %}")
    assert html.count('value="withdraw"') == 4
    assert 'value="/mein/#unterstuetzungen"' in html
    close_phase(phase=campaign.phases.get())
    assert 'value="withdraw"' not in shown(ideas[0], anna, "{% load voting %}{% own_supports %}")
    assert "Noch keine" in shown(ideas[0], factories.person(), "{% load voting %}{% own_supports %}")


def test_a_box_costs_few_statements(anna, django_assert_max_num_queries):
    idea = factories.idea(campaign=factories.campaign(support_limit=3))
    give_support(voter=factories.person(), idea=idea)
    with django_assert_max_num_queries(2):  # the idea itself is one of them
        shown(idea)
    with django_assert_max_num_queries(6):
        shown(idea, anna)
