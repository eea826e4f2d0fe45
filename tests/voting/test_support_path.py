"""Who may support in which phase, how fast, and what becomes of the votes of an account that goes."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import User, Verification
from common.buckets import forget_full
from common.errors import Refused
from common.models import Bucket
from ideas.models import Idea, Member, Phase
from tests import factories
from voting import reading, voter_keys
from voting.actions import close_phase, give_support, withdraw_support
from voting.actions.support import give
from voting.audit import differences
from voting.models import Ballot, Vote, VoteEvent
from voting.pace import account_of
from voting.voters import code_voter

pytestmark = pytest.mark.django_db
CODE = "a" * 64


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value


@pytest.mark.parametrize("method", ["opinion", "rating", "budget"])
def test_a_phase_with_another_way_of_voting_takes_no_supports(method):
    idea = factories.idea()
    Phase.objects.update(method=method)
    assert refusal(lambda: give_support(voter=factories.person(), idea=idea)).code == "closed"
    assert (Vote.objects.count(), Ballot.objects.count()) == (0, 0)


def test_a_level_is_asked_with_the_vote_and_stands_beside_it():
    anna, bert, idea = factories.person(), factories.person(), factories.idea()
    give_support(voter=bert, idea=idea)
    Phase.objects.update(level=Phase.Level.LETTER)
    said = refusal(lambda: give_support(voter=anna, idea=idea))
    assert (said.code, said.status) == ("level", 403)
    assert "muss die Stadt Sie kennen" in str(said)
    Verification.objects.create(person=anna, level=2)
    give_support(voter=anna, idea=idea)
    assert list(Vote.objects.order_by("pk").values_list("level", flat=True)) == [0, 2]
    assert withdraw_support(voter=bert, idea=idea).supports == 1, "taking back asks for no level"


def test_accounts_made_after_the_beginning_do_not_count_where_a_phase_says_so():
    idea = factories.idea()
    Phase.objects.update(needs_old_account=True)
    assert refusal(lambda: give_support(voter=factories.person(), idea=idea)).code == "new_account"
    older = factories.person(date_joined=timezone.now() - timedelta(days=9))
    assert give_support(voter=older, idea=idea).supported


def test_whoever_holds_a_code_votes_where_codes_are_taken():
    idea = factories.idea(campaign=factories.campaign(support_limit=1))
    voter = code_voter(CODE, idea.campaign_id)
    assert refusal(lambda: give(voter, idea)).code == "closed"
    Phase.objects.update(takes_codes=True, level=2, needs_old_account=True)
    assert [give(voter, idea).left for _try in range(2)] == [0, 0]
    assert (Vote.objects.get().level, VoteEvent.objects.count(), Bucket.objects.count()) == (3, 1, 0)
    other = factories.idea(campaign=idea.campaign)
    assert refusal(lambda: give(voter, other)).code == "limit"


def test_receipts_of_supports_are_as_they_were():
    idea = factories.idea()
    voter_keys.make_secret(idea.campaign_id)
    plain = voter_keys.receipt(idea.campaign_id, "k", 7, 3)
    kinds = {voter_keys.receipt(idea.campaign_id, "k", 7, 3, kind=kind, phase=phase)
             for kind in ("support", "opinion", "comment", "project") for phase in (0, 1, 2)}  # fmt: skip
    assert plain in kinds
    assert len(kinds) >= 10


@time_machine.travel("2026-03-02 09:00:00Z", tick=False)
def test_thirty_votes_go_at_once_and_the_next_waits_for_seconds(settings, monkeypatch):
    settings.VOTES_PER_MINUTE = 3
    clock = [timezone.now()]
    monkeypatch.setattr("voting.actions.support.share_lock", lambda _name: clock[0])
    anna, campaign = factories.person(), factories.campaign()
    ideas = [factories.idea(campaign=campaign) for _n in range(5)]
    for idea in [*ideas[:3], ideas[0]]:  # what changes nothing counts nothing
        give_support(voter=anna, idea=idea)
    said = refusal(lambda: give_support(voter=anna, idea=ideas[3]))
    assert (said.code, said.status, said.retry_after) == ("too_fast", 429, 20)
    assert "20 Sekunden" in str(said)
    assert Vote.objects.count() == 3
    clock[0] += timedelta(seconds=20)
    assert give_support(voter=anna, idea=ideas[3]).supports == 1
    assert refusal(lambda: give_support(voter=anna, idea=ideas[4])).retry_after == 20
    assert give_support(voter=factories.person(), idea=ideas[4]).supports == 1, "others are not slowed down"
    assert list(differences()) == []


def test_the_pace_of_an_account_has_a_name_of_its_own_and_is_forgotten():
    anna, idea = factories.person(), factories.idea()
    give_support(voter=anna, idea=idea)
    name = Bucket.objects.get().name
    assert name not in (account_of(anna), Vote.objects.get().voter_key)
    assert anna.voter_id.hex not in name
    Bucket.objects.update(ahead=0)
    assert forget_full() == 1


def test_too_fast_is_told_with_the_seconds(client, settings):
    settings.VOTES_PER_MINUTE = 1
    anna, campaign = factories.person(), factories.campaign()
    ideas = [factories.idea(campaign=campaign) for _n in range(2)]
    client.force_login(anna)
    addresses = [f"/ideen/{idea.pk}/unterstuetzung/" for idea in ideas]
    assert client.put(addresses[0], headers={"accept": "application/json"}).status_code == 200
    answer = client.put(addresses[1], headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (429, "too_fast")
    assert 1 <= int(answer["Retry-After"]) <= 60
    page = client.post(addresses[1], {"action": "support"}, follow=True)
    assert "Das ging sehr schnell" in page.content.decode()


def test_an_account_that_goes_takes_its_votes_along_while_they_can_change():
    anna, bert, idea = factories.person(), factories.person(), factories.idea()
    done = factories.idea()
    for person in (anna, bert):
        for one in (idea, done):
            give_support(voter=person, idea=one)
    close_phase(phase=done.campaign.phases.get())
    anna.delete()
    counts = [(Vote.objects.filter(idea=one).count(), _count(one)) for one in (idea, done)]
    assert counts == [(1, 1), (2, 2)]
    assert list(differences()) == []


def test_a_person_with_another_account_keeps_the_vote_when_one_goes():
    anna, idea = factories.person(), factories.idea()
    twin = factories.person(votes_as=anna.person_id)
    give_support(voter=twin, idea=idea)
    twin.delete()
    assert give_support(voter=anna, idea=idea).supports == 1


def test_who_is_blocked_or_gone_meanwhile_votes_no_more():
    anna, bert, idea = factories.person(), factories.person(), factories.idea()
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert refusal(lambda: give_support(voter=anna, idea=idea)).code == "unknown_voter"
    User.objects.get(pk=bert.pk).delete()
    assert refusal(lambda: give_support(voter=bert, idea=idea)).code == "unknown_voter"
    assert Vote.objects.count() == 0


def test_a_proof_that_joins_two_accounts_stops_a_vote_under_the_old_name():
    anna, twin, idea = factories.person(), factories.person(), factories.idea()
    give_support(voter=anna, idea=idea)
    User.objects.filter(pk=twin.pk).update(votes_as=anna.person_id)
    assert refusal(lambda: give_support(voter=twin, idea=idea)).code == "unknown_voter", "read before the proof"
    twin.refresh_from_db()
    assert give_support(voter=twin, idea=idea).supports == 1


def test_a_mail_address_that_moved_to_a_new_account_votes_once_at_a_time():
    anna, idea = factories.person(email="eins@example.org"), factories.idea()
    give_support(voter=anna, idea=idea)
    anna.delete()
    again = factories.person(email="eins@example.org")
    assert give_support(voter=again, idea=idea).supports == 1


def _count(idea):
    idea.refresh_from_db()
    return idea.support_count


@pytest.mark.parametrize("state", ["waiting", "public", "refused", "hidden", "withdrawn", "merged"])
def test_the_statement_that_is_written_down_once_lets_nobody_read_more(state):
    member, moderator = factories.person(), factories.make_person("m@example.org", groups=["Moderation"])
    closed = factories.campaign(audience="members")
    Member.objects.create(campaign=closed, person=member)
    ideas = [factories.idea(campaign=one, state=state) for one in (factories.campaign(), closed)]
    hidden = factories.idea(campaign=factories.campaign(is_public=False), state=state)
    for person in (AnonymousUser(), member, moderator, factories.person()):
        for idea in (*ideas, hidden):
            wanted = Idea.objects.open_to(person).filter(pk=idea.pk).exists()
            try:
                found = reading.readable(person, idea.pk)
            except Refused:
                assert not wanted
            else:
                assert wanted
                assert (found, found.campaign, found.state) == (idea, idea.campaign, state)
