"""The address of supporting: a state for programs, a form for everybody, a clear answer to anything else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ideas.models import Idea
from tests import factories
from voting.actions import give_support
from voting.models import Vote

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def idea():
    return factories.idea()


@pytest.fixture
def anna(client):
    anna = factories.person("Anna")
    client.force_login(anna)
    return anna


def address(idea):
    return reverse("voting:support", args=[idea.pk])


def test_a_program_puts_asks_and_deletes(client, anna, idea):
    for _try in range(2):
        answer = client.put(address(idea), **JSON)
        assert (answer.status_code, answer.json()) == (200, {"supported": True, "supports": 1, "left": None})
    assert client.get(address(idea), **JSON).json() == {"supported": True, "supports": 1, "left": None}
    for _try in range(2):
        assert client.delete(address(idea), **JSON).json() == {"supported": False, "supports": 0, "left": None}


def test_left_says_how_many_remain_and_409_that_none_do(client, anna):
    campaign = factories.campaign(support_limit=1)
    first, second = factories.idea(campaign=campaign), factories.idea(campaign=campaign)
    assert client.put(address(first), **JSON).json()["left"] == 0
    answer = client.put(address(second), **JSON)
    assert (answer.status_code, answer.json()["error"]) == (409, "limit")
    assert "schon vergeben" in answer.json()["message"]


def test_hidden_numbers_are_null(client, anna):
    idea = factories.idea(campaign=factories.campaign(counts_hidden_until=timezone.now() + timedelta(days=1)))
    assert client.put(address(idea), **JSON).json() == {"supported": True, "supports": None, "left": None}
    assert Client().get(address(idea), **JSON).json()["supports"] is None


def test_a_form_goes_back_to_the_idea(client, anna, idea):
    for action, count in (("support", 1), ("support", 1), ("withdraw", 0), ("withdraw", 0)):
        answer = client.post(address(idea), {"action": action})
        assert (answer.status_code, answer.url) == (303, idea.get_absolute_url())
        idea.refresh_from_db()
        assert idea.support_count == count


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        ("/mitmachen/radverkehr/?sort=neu", True),
        ("https://evil.example/", False),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("javascript:alert(1)", False),
        ("relativ", False),
    ],
)
def test_next_leads_only_into_our_own_house(client, anna, idea, wanted, taken):
    answer = client.post(address(idea), {"action": "support", "next": wanted})
    assert (answer.url == wanted) is taken
    assert answer.status_code == 303


@pytest.mark.parametrize("method", ["put", "delete"])
def test_a_stranger_is_told_to_sign_in(client, idea, method):
    answer = getattr(client, method)(address(idea), **JSON)
    assert (answer.status_code, answer.json()["error"]) == (401, "sign_in")
    assert not Vote.objects.exists()


def test_a_strangers_click_is_done_after_signing_in_once(client, idea):
    answer = client.post(address(idea), {"action": "support"})
    after = reverse("voting:catch_up", args=[idea.pk])
    assert (answer.status_code, answer.url) == (303, f"{reverse('account_login')}?next={after}")
    assert not Vote.objects.exists()
    client.force_login(factories.person())
    answer = client.get(after)
    assert (answer.status_code, answer.url) == (302, idea.get_absolute_url())
    assert Vote.objects.count() == 1
    client.delete(address(idea))
    client.get(after)
    assert Vote.objects.count() == 0


def test_a_link_alone_makes_nobody_vote(client, anna, idea):
    client.get(reverse("voting:catch_up", args=[idea.pk]))
    other = factories.idea()
    session = client.session
    session["pending_support"] = {"idea": other.pk, "action": "support", "at": 0}
    session.save()
    client.get(reverse("voting:catch_up", args=[idea.pk]))
    client.get(reverse("voting:catch_up", args=[other.pk]))
    assert not Vote.objects.exists()


def test_catching_up_where_signing_in_was_left_out_leads_to_it_again(client, idea):
    client.post(address(idea), {"action": "support"})
    answer = client.get(reverse("voting:catch_up", args=[idea.pk]))
    assert answer.status_code == 303
    client.force_login(factories.person())
    client.get(reverse("voting:catch_up", args=[idea.pk]))
    assert Vote.objects.count() == 1


@pytest.mark.parametrize("method", ["put", "delete", "post"])
def test_without_a_token_nothing_happens(anna, idea, method):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(anna)
    answer = getattr(strict, method)(address(idea), {"action": "support"}, **JSON)
    assert (answer.status_code, answer.json()["error"]) == (403, "forbidden")
    assert not Vote.objects.exists()


@pytest.mark.parametrize("state", ["waiting", "refused", "hidden"])
def test_what_is_not_public_does_not_exist_not_even_for_its_author(client, anna, state):
    idea = factories.idea(state=state, author=anna)
    Idea.objects.filter(pk=idea.pk).update(support_count=3)
    for method in (client.put, client.delete, client.get):
        answer = method(address(idea), **JSON)
        assert (answer.status_code, answer.json()["error"]) == (404, "not_found")
    assert client.post(address(idea), {"action": "support"}).status_code == 404


def test_an_idea_of_a_hidden_campaign_does_not_exist(client, anna):
    idea = factories.idea(campaign=factories.campaign(is_public=False))
    assert client.put(address(idea), **JSON).status_code == 404


@pytest.mark.parametrize("number", ["0", "999999", str(2**63), str(10**30)])
def test_an_unknown_idea_is_404(client, anna, number):
    for accept in ({}, JSON):
        assert client.put(f"/ideen/{number}/unterstuetzung/", **accept).status_code == 404


@pytest.mark.parametrize(
    "body", [{}, {"action": ""}, {"action": "toggle"}, {"action": "\0"}, {"action": ["support", "x"]}]
)
def test_a_form_that_says_nothing_sensible_is_400(client, anna, idea, body):
    assert client.post(address(idea), body).status_code == 400
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"action": "support"'),
        ("application/json", b"\xff\xfe"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/x-www-form-urlencoded", b"action=support%ff%00&&&"),
        ("text/plain", b"action=support"),
    ],
)
def test_a_broken_body_is_a_400(client, anna, idea, kind, body):
    assert client.generic("POST", address(idea), body, content_type=kind).status_code == 400
    assert not Vote.objects.exists()


@pytest.mark.parametrize("method", ["PATCH", "TRACE", "OPTIONS", "FOO"])
def test_other_methods_are_405(client, anna, idea, method):
    assert client.generic(method, address(idea)).status_code == 405


def test_overrides_have_no_effect(client, anna, idea):
    client.get(address(idea), HTTP_X_HTTP_METHOD_OVERRIDE="PUT")
    client.post(address(idea), {"_method": "DELETE", "action": "support"}, HTTP_X_HTTP_METHOD_OVERRIDE="DELETE")
    assert Vote.objects.count() == 1


def test_a_refusal_is_shown_on_the_idea_to_people(client, anna):
    idea = factories.idea(campaign=factories.campaign(phase=False))
    answer = client.post(address(idea), {"action": "support"}, follow=True)
    assert answer.status_code == 200
    assert "gerade nicht unterstützen" in answer.content.decode()


def test_our_script_gets_the_box_along(client, anna, idea):
    answer = client.put(address(idea), HTTP_X_REQUESTED_WITH="fetch", **JSON)
    assert 'data-state="given"' in answer.json()["html"]
    assert "html" not in client.put(address(idea), **JSON).json()


def test_answers_are_private(client, anna, idea):
    assert "no-store" in client.get(address(idea), **JSON)["Cache-Control"]


def test_a_support_costs_few_statements(client, anna, django_assert_max_num_queries):
    idea = factories.idea(campaign=factories.campaign(support_limit=5))
    give_support(voter=factories.person(), idea=idea)
    with django_assert_max_num_queries(18):
        assert client.put(address(idea), **JSON).status_code == 200


def test_a_program_that_nobody_is_signed_in_with_is_told_to_sign_in_even_without_a_token(idea):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.put(f"/ideen/{idea.pk}/unterstuetzung/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (401, "sign_in")
    assert Vote.objects.count() == 0
