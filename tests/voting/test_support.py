"""Giving and taking back a support, as an action."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.errors import Refused
from ideas.models import Idea
from tests import factories
from voting import voter_keys
from voting.actions import close_phase, give_support, withdraw_support
from voting.models import Ballot, Vote, VoteEvent
from voting.queries import own_support_ids, support_state, supported_ideas

pytestmark = pytest.mark.django_db


def count(idea):
    idea.refresh_from_db()
    return idea.support_count


def test_a_support_counts_once_however_often_it_is_given():
    anna, idea = factories.person(), factories.idea()
    states = [give_support(voter=anna, idea=idea) for _try in range(3)]
    assert {(state.supported, state.supports) for state in states} == {(True, 1)}
    assert (count(idea), Vote.objects.count(), VoteEvent.objects.count()) == (1, 1, 1)


def test_a_support_can_be_taken_back_and_given_again():
    anna, idea = factories.person(), factories.idea()
    give_support(voter=anna, idea=idea)
    for _try in range(3):
        assert withdraw_support(voter=anna, idea=idea).supports == 0
    assert give_support(voter=anna, idea=idea).supports == 1
    assert list(VoteEvent.objects.order_by("pk").values_list("change", flat=True)) == [1, -1, 1]
    assert Ballot.objects.get().used == 1


def test_taking_back_what_was_never_given_is_harmless():
    anna, bert, idea = factories.person(), factories.person(), factories.idea()
    assert withdraw_support(voter=anna, idea=idea).supports == 0
    give_support(voter=bert, idea=idea)
    assert withdraw_support(voter=anna, idea=idea).supports == 1


def test_two_people_count_twice():
    idea = factories.idea()
    for _person in range(2):
        give_support(voter=factories.person(), idea=idea)
    assert count(idea) == 2


def test_nobody_gets_over_the_limit_and_is_told_how_many_are_left():
    anna, campaign = factories.person(), factories.campaign(support_limit=2)
    ideas = [factories.idea(campaign=campaign) for _idea in range(3)]
    assert [give_support(voter=anna, idea=idea).left for idea in ideas[:2]] == [1, 0]
    with pytest.raises(Refused, match="alle 2 Unterstützungen vergeben") as refused:
        give_support(voter=anna, idea=ideas[2])
    assert (refused.value.code, refused.value.status) == ("limit", 409)
    assert (count(ideas[2]), Vote.objects.count(), Ballot.objects.get().used) == (0, 2, 2)
    assert withdraw_support(voter=anna, idea=ideas[0]).left == 1
    assert give_support(voter=anna, idea=ideas[2]).supported


def test_a_limit_that_changes_holds_from_then_on():
    anna, campaign = factories.person(), factories.campaign(support_limit=3)
    ideas = [factories.idea(campaign=campaign) for _idea in range(4)]
    for idea in ideas[:3]:
        give_support(voter=anna, idea=idea)
    for limit, allowed in ((2, False), (4, True)):
        type(campaign).objects.update(support_limit=limit)
        idea = Idea.objects.select_related("campaign").get(pk=ideas[3].pk)
        if allowed:
            assert give_support(voter=anna, idea=idea).left == 0
        else:
            with pytest.raises(Refused, match="alle 2"):
                give_support(voter=anna, idea=idea)


def test_a_limit_of_none_at_all_refuses_the_first():
    idea = factories.idea(campaign=factories.campaign(support_limit=0))
    with pytest.raises(Refused):
        give_support(voter=factories.person(), idea=idea)


@pytest.mark.parametrize(("allowed", "code"), [(False, "own"), (True, "")])
def test_ones_own_idea_counts_only_where_the_campaign_says_so(allowed, code):
    anna = factories.person()
    idea = factories.idea(author=anna, campaign=factories.campaign(support_own=allowed))
    if allowed:
        assert give_support(voter=anna, idea=idea).supported
    else:
        with pytest.raises(Refused) as refused:
            give_support(voter=anna, idea=idea)
        assert (refused.value.code, refused.value.status) == (code, 403)


@pytest.mark.parametrize("state", ["withdrawn", "merged"])
def test_an_idea_that_is_over_takes_no_support(state):
    idea = factories.idea(state=state)
    with pytest.raises(Refused) as refused:
        give_support(voter=factories.person(), idea=idea)
    assert refused.value.code == "closed"


@pytest.mark.parametrize(
    ("offset", "is_open"), [(-1, False), (0, True), (3_600_000_000 - 1, True), (3_600_000_000, False)]
)
def test_a_phase_is_open_to_the_microsecond(offset, is_open, monkeypatch):
    opens = timezone.now().replace(microsecond=0) + timedelta(days=3)
    campaign = factories.campaign(phase=False)
    factories.phase(campaign=campaign, opens_at=opens, closes_at=opens + timedelta(hours=1))
    monkeypatch.setattr("voting.actions.support.share_lock", lambda name: opens + timedelta(microseconds=offset))
    idea = factories.idea(campaign=campaign)
    if is_open:
        assert give_support(voter=factories.person(), idea=idea).supported
    else:
        with pytest.raises(Refused, match="gerade nicht unterstützen"):
            give_support(voter=factories.person(), idea=idea)
    assert count(idea) == int(is_open)


def test_supports_are_judged_by_the_phase_as_it_is_now_not_as_it_was_read():
    idea = factories.idea()
    list(idea.campaign.phases.all())
    close_phase(phase=idea.campaign.phases.get())
    with pytest.raises(Refused):
        give_support(voter=factories.person(), idea=idea)


def test_taking_back_is_refused_after_the_end_too():
    anna, idea = factories.person(), factories.idea()
    give_support(voter=anna, idea=idea)
    close_phase(phase=idea.campaign.phases.get())
    with pytest.raises(Refused):
        withdraw_support(voter=anna, idea=idea)
    assert count(idea) == 1


def test_own_supports_of_a_page_cost_one_statement(django_assert_num_queries):
    anna, campaign = factories.person(), factories.campaign()
    ideas = [factories.idea(campaign=campaign) for _idea in range(5)]
    for idea in ideas[:2]:
        give_support(voter=anna, idea=idea)
    with django_assert_num_queries(1):
        assert own_support_ids(anna, ideas) == {ideas[0].pk, ideas[1].pk}
    assert own_support_ids(factories.person(), ideas) == set()
    assert [idea.pk for idea in supported_ideas(anna)] == [ideas[1].pk, ideas[0].pk]


def test_numbers_that_are_hidden_are_told_to_nobody():
    anna = factories.person()
    idea = factories.idea(campaign=factories.campaign(counts_hidden_until=timezone.now() + timedelta(days=1)))
    assert give_support(voter=anna, idea=idea).supports is None
    assert support_state(anna, idea).supports is None
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        idea.refresh_from_db()
        assert support_state(anna, idea).supports == 1


def test_no_row_names_a_person():
    anna, idea = factories.person(), factories.idea()
    give_support(voter=anna, idea=idea)
    for model in (Vote, Ballot, VoteEvent):
        text = str(list(model.objects.values()))
        assert str(anna.person_id) not in text
        assert anna.person_id.hex not in text
        assert not [field for field in model._meta.get_fields() if field.related_model is type(anna)]


def test_the_same_person_has_another_key_in_another_campaign():
    anna = factories.person()
    for idea in (factories.idea(), factories.idea()):
        give_support(voter=anna, idea=idea)
    assert len(set(Vote.objects.values_list("voter_key", flat=True))) == 2


def test_after_the_secret_is_destroyed_nobody_knows_and_nobody_votes_twice():
    anna, idea = factories.person(), factories.idea()
    give_support(voter=anna, idea=idea)
    voter_keys.destroy_secret(idea.campaign_id)
    assert support_state(anna, idea).supported is None
    assert supported_ideas(anna) == []
    with pytest.raises(Refused) as refused:
        give_support(voter=anna, idea=idea)
    assert (refused.value.code, count(idea)) == ("closed", 1)


@pytest.mark.parametrize("change", [{"idea": "other"}, {"voter_key": "x" * 64}])
def test_the_database_keeps_votes_and_ideas_of_one_campaign_together(change):
    idea, other = factories.idea(), factories.idea()
    values = {"idea": idea, "campaign": idea.campaign, "voter_key": "a" * 64}
    Vote.objects.create(**values)
    if "idea" in change:
        values["idea"] = other
        with pytest.raises(IntegrityError), transaction.atomic():
            Vote.objects.create(**values)
        with pytest.raises(IntegrityError), transaction.atomic():
            Idea.objects.filter(pk=idea.pk).update(campaign=other.campaign)
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            Vote.objects.create(**values)
