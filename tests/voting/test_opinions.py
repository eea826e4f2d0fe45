"""For or against, and one to five stars: one opinion of a person on an idea in a phase."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from common.errors import Refused
from ideas.actions import merge_ideas, move_idea
from ideas.models import Comment, Idea, Phase
from tests import factories
from voting import voter_keys
from voting.actions import close_phase, give_opinion, rate_comment, set_opinion, withdraw_all_opinions
from voting.audit import differences
from voting.models import Opinion, OpinionTally, VoteEvent
from voting.queries.opinions import snapshot_of_opinions, tallies
from voting.voters import Voter, account_voter

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def made(method="opinion", *, rules=None, **phase):
    """Return an idea on which people vote this way now."""
    campaign = factories.campaign(phase=False, **(rules or {}))
    factories.phase(campaign=campaign, method=method, **phase)
    return factories.idea(campaign=campaign)


@pytest.fixture
def anna(client):
    anna = factories.person()
    client.force_login(anna)
    return anna


def address(idea):
    return reverse("voting:opinion", args=[idea.pk])


def put(client, idea, value, **more):
    return client.put(address(idea), {"value": value}, content_type="application/json", **JSON, **more)


def numbers(idea):
    assert list(differences()) == []
    return dict(OpinionTally.objects.filter(idea=idea).values_list("value", "number"))


def page(client, idea):
    return " ".join(client.get(idea.get_absolute_url()).content.decode().split())


def box(client, idea):
    return page(client, idea).split('id="unterstuetzung"')[1].split("</section>")[0]


def test_an_opinion_is_a_state_that_can_change_and_be_taken_back(client, anna):
    idea = made()
    steps = [(1, {"1": 1}), (1, {"1": 1}), (-1, {"-1": 1}), (None, {}), (None, {}), (1, {"1": 1})]
    for value, expected in steps:
        answer = client.delete(address(idea), **JSON) if value is None else put(client, idea, value)
        assert answer.status_code == 200
        assert (answer.json()["value"], answer.json()["numbers"]) == (value or 0, expected)
    assert client.get(address(idea), **JSON).json() == {
        "value": 1, "method": "opinion", "numbers": {"1": 1}, "mean": 1.0,
    }  # fmt: skip
    assert numbers(idea) == {1: 1, -1: 0}
    events = VoteEvent.objects.order_by("pk")
    assert list(events.values_list("value", "change")) == [(1, 1), (1, -1), (-1, 1), (-1, -1), (1, 1)]
    assert {(event.kind, event.phase_id) for event in events} == {("opinion", Phase.objects.get().pk)}
    assert len(set(events.values_list("commitment", flat=True))) == 5
    assert Opinion.objects.get().version == 5


def test_stars_are_counted_one_by_one_and_as_a_mean(client, anna):
    idea = made("rating")
    for value in (5, 4, 2):
        give_opinion(voter=factories.person(), idea=idea, value=value)
    assert put(client, idea, 5).json() == {
        "value": 5, "method": "rating", "numbers": {"2": 1, "4": 1, "5": 2}, "mean": 4.0,
    }  # fmt: skip
    html = box(client, idea)
    assert "4,0 von 5 Sternen" in html
    assert "4 Stimmen" in html
    assert html.count('aria-pressed="true"') == 1


@pytest.mark.parametrize(("method", "value"), [("opinion", 2), ("opinion", -2), ("rating", -1), ("rating", 6)])
def test_an_answer_the_phase_does_not_know_is_refused(client, anna, method, value):
    answer = put(client, made(method), value)
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_value")
    assert not Opinion.objects.exists()


def test_where_ideas_are_supported_there_are_no_opinions_and_the_other_way_round(client, anna):
    answer = put(client, factories.idea(), 1)
    assert (answer.status_code, answer.json()["error"]) == (409, "closed")
    assert client.get(address(factories.idea()), **JSON).status_code == 409
    answer = client.put(reverse("voting:support", args=[made().pk]), **JSON)
    assert (answer.status_code, answer.json()["error"]) == (409, "closed")


@pytest.mark.parametrize(("allowed", "status"), [(False, 403), (True, 200)])
def test_ones_own_idea_counts_only_where_the_campaign_says_so(client, anna, allowed, status):
    idea = made(rules={"support_own": allowed})
    Idea.objects.filter(pk=idea.pk).update(author=anna)
    assert put(client, idea, 1).status_code == status
    if not allowed:
        assert "stimmen andere über Ihre Idee ab" in box(client, idea)


@pytest.mark.parametrize("rule", [{"level": 1}, {"needs_old_account": True}])
def test_whom_the_phase_does_not_take_is_told_before_voting(client, anna, rule):
    idea = made(opens_at=timezone.now() - timedelta(hours=1), **rule)
    type(anna).objects.update(date_joined=timezone.now())
    assert put(client, idea, 1).status_code == 403
    html = box(client, idea)
    assert 'data-state="refused"' in html
    assert 'name="value"' not in html


@pytest.mark.parametrize(
    ("offset", "is_open"), [(-1, False), (0, True), (3_600_000_000 - 1, True), (3_600_000_000, False)]
)
def test_a_phase_is_open_to_the_microsecond(offset, is_open, monkeypatch):
    opens = timezone.now().replace(microsecond=0) + timedelta(days=3)
    idea = made(opens_at=opens, closes_at=opens + timedelta(hours=1))
    monkeypatch.setattr("voting.actions.opinions.share_lock", lambda name: opens + timedelta(microseconds=offset))
    voter, phase = account_voter(factories.person(), idea.campaign_id), Phase.objects.get()
    if is_open:
        set_opinion(voter, phase, idea, 1)
    else:
        with pytest.raises(Refused):
            set_opinion(voter, phase, idea, 1)
    assert numbers(idea) == ({1: 1} if is_open else {})


@pytest.mark.parametrize("state", ["withdrawn", "merged"])
def test_an_idea_that_is_over_takes_no_opinion_but_gives_them_back(client, anna, state):
    idea = made()
    put(client, idea, 1)
    Idea.objects.filter(pk=idea.pk).update(state=state)
    assert put(client, idea, -1).status_code == 409
    assert client.delete(address(idea), **JSON).status_code == 200
    assert numbers(idea) == {1: 0}


@pytest.mark.parametrize("state", ["hidden", "waiting", "refused"])
def test_what_cannot_be_read_answers_like_what_does_not_exist(client, anna, state):
    idea = made()
    Idea.objects.filter(pk=idea.pk).update(state=state)
    found, missing = put(client, idea, 1), client.put("/ideen/999999999/stimme/", **JSON)
    assert (found.status_code, found.content) == (missing.status_code, missing.content)
    assert found.status_code == 404


def test_the_seal_is_the_last_word(client, anna):
    idea = made()
    put(client, idea, 1)
    result = close_phase(phase=Phase.objects.get())
    assert (put(client, idea, -1).status_code, client.delete(address(idea), **JSON).status_code) == (409, 409)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.update(value=-1)
    assert result.snapshot["opinions"] == {str(idea.pk): {"1": 1}}
    assert (result.snapshot["people"], result.snapshot["total"]) == (1, 1)
    assert numbers(idea) == {1: 1}
    html = page(client, idea)
    assert "100 % dafür" in html
    assert "Ihre Stimme: dafür" in html
    assert 'name="value" value="1"' not in html


def test_a_form_goes_back_to_the_box_and_a_strangers_click_is_kept(client):
    idea = made()
    answer = client.post(address(idea), {"value": "-1"})
    after = reverse("voting:opinion_catch_up", args=[idea.pk])
    assert (answer.status_code, answer.url) == (303, f"{reverse('account_login')}?next={after}")
    client.force_login(factories.person())
    home = f"{idea.get_absolute_url()}#unterstuetzung"
    assert client.get(after).url == home
    assert numbers(idea) == {-1: 1}
    for wanted in ("//boese.example", "https://boese.example/", "/\\boese.example"):
        answer = client.post(address(idea), {"value": "1", "next": wanted})
        assert (answer.status_code, answer.url) == (303, home)
    client.get(after)
    assert numbers(idea) == {-1: 0, 1: 1}
    assert put(type(client)(), idea, 1).status_code == 401


def test_hidden_numbers_are_told_to_nobody(client, anna):
    idea = made(rules={"counts_hidden_until": timezone.now() + timedelta(days=1)})
    answer = put(client, idea, 1).json()
    assert (answer["value"], answer["numbers"], answer["mean"]) == (1, None, None)
    html = box(client, idea)
    assert "100 %" not in html
    assert "Die Zahlen sehen Sie ab" in html


def test_after_the_secret_is_gone_nobody_knows_and_nobody_votes_twice(client, anna):
    idea = made()
    put(client, idea, 1)
    voter_keys.destroy_secret(idea.campaign_id)
    assert client.get(address(idea), **JSON).json()["value"] is None
    assert put(client, idea, 1).status_code == 409


def test_holders_of_a_code_vote_beside_people_with_accounts():
    idea = made("rating")
    phase = Phase.objects.get()
    give_opinion(voter=factories.person(), idea=idea, value=1)
    set_opinion(Voter("c" * 64, 3), phase, idea, 5)
    assert snapshot_of_opinions(phase)["levels"] == {"0": 1, "3": 1}
    assert tallies([phase], [idea.pk])[idea.pk].mean == 3.0


def test_an_account_that_goes_takes_its_open_votes_along():
    anna, idea, over = factories.person(), made(), made("rating")
    comment = Comment.objects.create(idea=idea, text="Ja.", state="public", published_at=timezone.now())
    for one, value in ((idea, 1), (over, 3)):
        give_opinion(voter=anna, idea=one, value=value)
    rate_comment(voter=anna, comment=comment, value=1)
    close_phase(phase=over.campaign.phases.get())
    withdraw_all_opinions(voter_keys.all_keys(anna))
    comment.refresh_from_db()
    assert (numbers(idea), numbers(over), comment.agree_count) == ({1: 0}, {3: 1}, 0)


def test_ideas_with_opinions_are_not_merged_while_people_vote_and_never_moved():
    idea, other = made(), factories.campaign()
    target, chief = factories.idea(campaign=idea.campaign), factories.person()
    give_opinion(voter=factories.person(), idea=idea, value=1)
    with pytest.raises(Refused, match="zusammenlegen"):
        merge_ideas(source=idea, target=target, reason="Dasselbe.", actor=chief)
    with pytest.raises(Refused, match="bleibt"):
        move_idea(idea=idea, campaign=other, actor=chief)
    merge_ideas(source=target, target=idea, reason="Dasselbe.", actor=chief)
    close_phase(phase=idea.campaign.phases.get())


def test_every_difference_is_named():
    idea = made("rating")
    give_opinion(voter=factories.person(), idea=idea, value=4)
    OpinionTally.objects.update(number=2)
    Opinion.objects.update(value=3, version=4)
    told = " ".join(differences())
    assert all(words in told for words in ("Antwort 3: 1 Zeilen", "Antwort 4: 0 Zeilen", "4 Änderungen"))


def test_cards_tell_the_result_for_three_statements_more(client, django_assert_max_num_queries):
    idea = made("rating")
    ideas = [idea, *(factories.idea(campaign=idea.campaign) for _idea in range(4))]
    anna = factories.person()
    for one in ideas[:3]:
        give_opinion(voter=anna, idea=one, value=4)
    client.force_login(anna)
    client.get("/ideen/")
    with django_assert_max_num_queries(24):
        html = client.get("/ideen/").content.decode()
    assert html.count("4,0 von 5 Sternen, Stimmen: 1") == 3
    assert html.count("noch keine Stimmen") == 2
    assert html.count("Ihre Stimme: 4 Sterne") == 3
    assert "Unterstützungen</span>" not in html


@pytest.mark.parametrize(
    ("method", "words"), [("opinion", "dafür oder dagegen sind"), ("rating", "ein bis fünf Sterne")]
)
def test_people_read_how_one_votes_before_the_phase_begins(client, method, words):
    opens = timezone.now() + timedelta(days=2)
    idea = made(method, opens_at=opens, closes_at=opens + timedelta(days=2))
    html = box(client, idea)
    assert words in html
    assert "Beginn:" in html


def test_who_votes_too_fast_is_told_when_to_go_on_and_may_take_back(client, anna, settings):
    settings.VOTES_PER_MINUTE = 2
    idea = made("rating")
    assert [put(client, idea, value).status_code for value in (1, 2, 2)] == [200, 200, 200]
    answer = put(client, idea, 3)
    assert (answer.status_code, answer.json()["error"]) == (429, "too_fast")
    assert int(answer.headers["Retry-After"]) > 0
    assert client.delete(address(idea), **JSON).status_code == 200
    assert numbers(idea) == {1: 0, 2: 0}
