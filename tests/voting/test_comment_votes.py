"""Agreeing with a comment or not: the same care as with supports."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from common.errors import Refused
from ideas.actions.rating import wilson
from ideas.models import Comment, Idea, Phase
from ideas.queries.discussion_rows import for_rows, row
from tests import factories
from voting import voter_keys
from voting.actions import rate_comment
from voting.audit.comments import of_comment_votes
from voting.models import CommentVote, VoteEvent

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def idea():
    return factories.idea()


@pytest.fixture
def comment(idea):
    return said(idea)


@pytest.fixture
def anna(client):
    anna = factories.person()
    client.force_login(anna)
    return anna


def said(idea, **fields):
    return Comment.objects.create(
        idea=idea, text="Ein Beitrag.", **{"state": "public", "published_at": timezone.now()} | fields
    )


def address(comment):
    return reverse("voting:comment_vote", args=[comment.pk])


def put(client, comment, value, **more):
    return client.put(address(comment), {"value": value}, content_type="application/json", **JSON, **more)


def numbers(comment):
    comment.refresh_from_db()
    assert list(of_comment_votes(comment.idea.campaign)) == []
    return comment.agree_count, comment.disagree_count


def test_a_rating_is_a_state_that_can_change_and_be_taken_back(client, anna, comment):
    steps = [(1, (1, 0)), (1, (1, 0)), (-1, (0, 1)), (None, (0, 0)), (None, (0, 0)), (1, (1, 0))]
    for value, expected in steps:
        answer = client.delete(address(comment), **JSON) if value is None else put(client, comment, value)
        assert answer.status_code == 200
        assert answer.json() == {"value": value or 0, "agree": expected[0], "disagree": expected[1]}
        assert numbers(comment) == expected
    assert client.get(address(comment), **JSON).json()["value"] == 1
    events = VoteEvent.objects.order_by("pk")
    assert list(events.values_list("value", "change")) == [(1, 1), (1, -1), (-1, 1), (-1, -1), (1, 1)]
    assert {(event.kind, event.comment_id) for event in events} == {("comment", comment.pk)}
    assert len(set(events.values_list("commitment", flat=True))) == 5, "no receipt is like another"
    assert CommentVote.objects.count() == 1


def test_the_order_best_asks_how_sure_the_share_is(comment):
    for person in range(4):
        rate_comment(voter=factories.person(), comment=comment, value=1 if person else -1)
    comment.refresh_from_db()
    assert comment.rank == pytest.approx(wilson(3, 1), abs=1e-6)
    assert wilson(0, 0) == pytest.approx(0)
    assert wilson(40, 5) > wilson(1, 0) > wilson(0, 1) >= 0
    assert wilson(8, 2) == pytest.approx(0.4902, abs=1e-4)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"value": true}', b'{"value": "1"}', b"[" * 50_000, b"\xff", b"1e999"]
)
def test_rubbish_is_refused_with_a_sentence(client, anna, comment, body):
    answer = client.put(address(comment), body, content_type="application/json", **JSON)
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_request")
    assert put(client, comment, 5).status_code == 422
    assert client.post(address(comment), {"value": "x"}).status_code == 400
    assert not CommentVote.objects.exists()


def test_a_form_leads_back_to_the_comments_place(client, anna, comment):
    answer = client.post(address(comment), {"value": "1"})
    assert (answer.status_code, answer.url) == (303, comment.get_absolute_url())
    here = f"{comment.idea.get_absolute_url()}#kommentar-{comment.pk}"
    assert client.post(address(comment), {"value": "-1", "next": here}).url == here
    assert client.post(address(comment), {"value": "0", "next": "//boese.example"}).url == comment.get_absolute_url()
    assert numbers(comment) == (0, 0)


def test_a_strangers_click_is_done_once_after_signing_in(client, comment):
    assert put(client, comment, 1).status_code == 401
    answer = client.post(address(comment), {"value": "-1"})
    after = reverse("voting:comment_vote_catch_up", args=[comment.pk])
    assert (answer.status_code, answer.url) == (303, f"{reverse('account_login')}?next={after}")
    client.force_login(factories.person())
    assert client.get(after).url == comment.get_absolute_url()
    assert numbers(comment) == (0, 1)
    client.delete(address(comment))
    client.get(after)
    assert numbers(comment) == (0, 0)


def test_ones_own_comment_is_rated_by_others(client, anna, idea):
    own = said(idea, author=anna)
    answer = put(client, own, 1)
    assert (answer.status_code, answer.json()["error"]) == (403, "own")
    assert "eigenen Kommentar" in answer.json()["message"]


@pytest.mark.parametrize("state", ["hidden", "deleted", "waiting", "refused"])
def test_what_cannot_be_read_answers_like_what_does_not_exist(client, anna, idea, state):
    gone = said(idea, state=state, author=anna)
    found, missing = put(client, gone, 1), client.put("/kommentare/999999999/bewertung/", **JSON)
    assert (found.status_code, found.content) == (missing.status_code, missing.content)
    assert found.status_code == 404
    assert client.get(f"/kommentare/{2**64}/bewertung/").status_code == 404


def test_ratings_end_when_comments_end(client, anna, comment):
    put(client, comment, 1)
    Phase.objects.update(closes_at=timezone.now())
    for answer in (put(client, comment, -1), client.delete(address(comment), **JSON)):
        assert (answer.status_code, answer.json()["error"]) == (409, "closed")
        assert "solange" in answer.json()["message"]
    assert numbers(comment) == (1, 0)


@pytest.mark.parametrize("state", ["withdrawn", "merged"])
def test_under_an_idea_that_is_over_nothing_is_rated(client, anna, comment, state):
    Idea.objects.filter(pk=comment.idea_id).update(state=state)
    assert put(client, comment, 1).status_code == 409


def test_a_comment_hidden_since_it_was_read_is_not_rated(comment):
    Comment.objects.filter(pk=comment.pk).update(state="hidden")
    with pytest.raises(Refused):
        rate_comment(voter=factories.person(), comment=comment, value=1)


def test_hidden_numbers_are_hidden_here_too(client, anna, idea):
    type(idea.campaign).objects.update(counts_hidden_until=timezone.now() + timedelta(days=1))
    assert put(client, said(idea), 1).json() == {"value": 1, "agree": None, "disagree": None}


def test_after_the_secret_is_gone_nobody_can_tell(client, anna, comment):
    put(client, comment, 1)
    voter_keys.destroy_secret(comment.idea.campaign_id)
    assert client.get(address(comment), **JSON).json()["value"] is None
    assert put(client, comment, 1).status_code == 409


def test_every_difference_is_named(comment):
    rate_comment(voter=factories.person(), comment=comment, value=1)
    Comment.objects.filter(pk=comment.pk).update(agree_count=2, rank=0.9)
    CommentVote.objects.update(version=7)
    told = " ".join(of_comment_votes(comment.idea.campaign))
    assert all(words in told for words in ("Zähler 2", "Rang", "7 Änderungen"))


def shown(comments, user=None):
    from django.contrib.auth.models import AnonymousUser
    from django.template import Context, Template
    from django.test import RequestFactory

    request = RequestFactory().get("/ideen/1/")
    request.user = user or AnonymousUser()
    idea = Idea.objects.select_related("campaign").prefetch_related("campaign__phases").get(pk=comments[0].idea_id)
    rows = [row(one, request.user) for one in for_rows(Comment.objects.filter(idea=idea))]
    source = "{% load voting %}{% for row in rows %}{% comment_vote row %}{% endfor %}"
    return Template(source).render(Context({"request": request, "idea": idea, "rows": rows}))


def test_a_page_of_buttons_costs_one_statement_for_ones_own(django_assert_max_num_queries, idea):
    comments, bert = [said(idea) for _comment in range(5)], factories.person()
    rate_comment(voter=bert, comment=comments[0], value=1)
    rate_comment(voter=bert, comment=comments[1], value=-1)
    with django_assert_max_num_queries(4):  # idea, phases, comments, own votes
        html = shown(comments, bert)
    assert html.count('aria-pressed="true"') == 2
    assert html.count("Stimme zu") == html.count("Stimme nicht zu") == 5
    assert shown(comments).count('aria-pressed="true"') == 0


def test_when_it_is_over_the_numbers_stay(idea):
    rate_comment(voter=factories.person(), comment=said(idea), value=1)
    Phase.objects.update(closes_at=timezone.now())
    html = " ".join(shown([Comment.objects.get()]).split())
    assert "<button" not in html
    assert "1 Mensch stimmt zu, 0 stimmen nicht zu" in html
