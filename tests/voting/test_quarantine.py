"""Setting votes apart and giving them back: two people, with reasons, exactly; voters notice nothing, everybody is told."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.errors import Refused
from ideas.models import Idea, Member
from tests import factories
from tests.factories import make_person
from tests.ideas.conftest import signed_in
from tests.voting.odd import Town, hour
from voting.actions import close_phase, give_support, withdraw_support
from voting.actions import quarantine as actions
from voting.actions.flagging import look_for_oddities
from voting.models import Ballot, Flag, Quarantine, ReviewStep, Vote, VoteEvent
from voting.queries import support_state
from voting.queries.reviewing import yearly_figures
from voting.snapshots.supports import snapshot_of_supports

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]
REASON = "Sechs Netze, alle Konten von heute."


@pytest.fixture
def campaign():
    return factories.campaign(support_limit=5)


@pytest.fixture
def place(campaign):
    return Town([factories.idea(campaign=campaign, title="Seilbahn"), factories.idea(campaign=campaign)])


@pytest.fixture
def idea(place):
    return place.ideas[0]


@pytest.fixture
def anna(idea):
    """Somebody with a new account who has really voted, among those whose votes stand out."""
    person = factories.person("Anna")
    give_support(voter=person, idea=fresh(idea), address="10.99.0.1")
    return person


@pytest.fixture
def flag(place, idea, anna):
    """37 votes of new accounts and 10 ordinary ones in the same hour."""
    place.votes(place.ideas[1], 60)
    place.votes(idea, 10, fresh=0)
    place.votes(idea, 36, fresh=1)
    look_for_oddities()
    return Flag.objects.get(idea=idea, kind="fresh")


@pytest.fixture
def mira(db):
    return make_person("mira@example.org", "Mira Moor", groups=["Moderation"])


@pytest.fixture
def paul(db):
    return make_person("paul@example.org", "Paul Pult", groups=["Moderation"])


def fresh(idea):
    return Idea.objects.select_related("campaign").get(pk=idea.pk)


def set_apart(flag, mira, paul):
    made = actions.propose(flag=flag, by=mira, reason=REASON)
    actions.agree(quarantine=made, by=paul)
    return Quarantine.objects.get(pk=made.pk)


def give_back(row, mira, paul):
    actions.propose_end(quarantine=row, by=mira, reason="Es war die Schule.")
    return actions.agree_end(quarantine=row, by=paul)


def numbers(idea):
    rows = Vote.objects.filter(idea=idea)
    held = VoteEvent.objects.filter(idea=idea, kind="held")
    return rows.count(), rows.exclude(quarantine=None).count(), fresh(idea).support_count, sum(e.change for e in held)


def agrees():
    call_command("verify_votes")
    return True


def test_setting_apart_moves_the_counter_keeps_the_rows_and_everything_agrees(flag, idea, mira, paul):
    assert numbers(idea) == (47, 0, 47, 0)
    row = set_apart(flag, mira, paul)
    assert numbers(idea) == (47, 37, 10, -37)
    assert (row.number, row.proposed_by, row.agreed_by) == (37, mira, paul)
    assert Flag.objects.get(pk=flag.pk).state == Flag.State.QUARANTINED
    assert agrees()


def test_giving_back_restores_exactly(flag, idea, mira, paul):
    before = list(Vote.objects.order_by("pk").values()), list(Ballot.objects.order_by("pk").values())
    row = set_apart(flag, mira, paul)
    assert give_back(row, mira, paul) == 37
    assert (list(Vote.objects.order_by("pk").values()), list(Ballot.objects.order_by("pk").values())) == before
    assert numbers(idea) == (47, 0, 47, 0)
    assert VoteEvent.objects.filter(kind="held").count() == 74
    assert VoteEvent.objects.filter(kind="held").values("commitment").distinct().count() == 74
    assert agrees()


def test_the_voter_sees_the_own_vote_as_given_and_gets_no_other_for_it(flag, idea, anna, mira, paul):
    set_apart(flag, mira, paul)
    state = support_state(anna, fresh(idea))
    assert (state.supported, state.used, state.left) == (True, 1, 4)
    give_support(voter=anna, idea=fresh(idea))
    assert numbers(idea) == (47, 37, 10, -37)
    page = signed_in(anna).get(idea.get_absolute_url()).content.decode()
    assert "Unterstützt – zurücknehmen" in page


def test_who_takes_back_a_vote_that_is_set_apart_changes_no_counter(flag, idea, anna, mira, paul):
    row = set_apart(flag, mira, paul)
    withdraw_support(voter=anna, idea=fresh(idea))
    assert numbers(idea) == (46, 36, 10, -36)
    assert agrees()
    give_support(voter=anna, idea=fresh(idea))
    assert numbers(idea) == (47, 36, 11, -36)
    give_back(row, mira, paul)
    assert numbers(idea) == (47, 0, 47, 0)
    assert agrees()


@pytest.mark.parametrize("second", ["agree", "reject", "agree_end", "reject_end"])
def test_nobody_decides_on_an_own_proposal(second, flag, idea, mira, paul):
    if second.endswith("end"):
        row = set_apart(flag, mira, paul)
        actions.propose_end(quarantine=row, by=mira, reason="x")
    else:
        row = actions.propose(flag=flag, by=mira, reason=REASON)
    before = numbers(idea)
    more = {"reason": "x"} if "reject" in second else {}
    with pytest.raises(Refused) as caught:
        getattr(actions, second)(quarantine=row, by=mira, **more)
    assert (caught.value.status, caught.value.code) == (403, "same_person")
    assert numbers(idea) == before


def test_the_database_itself_wants_two_people(flag, mira):
    row = actions.propose(flag=flag, by=mira, reason=REASON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quarantine.objects.filter(pk=row.pk).update(agreed_by=mira)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quarantine.objects.filter(pk=row.pk).update(end_proposed_by=mira, ended_by=mira)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewStep.objects.update(reason="anders")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewStep.objects.all().delete()


def test_a_declined_proposal_leaves_all_votes_and_the_flag_waits_again(flag, idea, mira, paul):
    row = actions.propose(flag=flag, by=mira, reason=REASON)
    actions.reject(quarantine=row, by=paul, reason="Das war der Schulhof.")
    assert numbers(idea) == (47, 0, 47, 0)
    actions.call_harmless(flag=flag, by=paul, reason="Schulfest.")
    assert Flag.objects.get(pk=flag.pk).state == Flag.State.HARMLESS
    with pytest.raises(Refused):
        actions.propose(flag=flag, by=mira, reason=REASON)


def test_after_the_seal_nothing_is_set_apart_or_given_back(flag, idea, campaign, mira, paul):
    row = set_apart(flag, mira, paul)
    other = Flag.objects.create(campaign=campaign, idea=idea, kind="burst", hour=hour(), facts={})
    late = actions.propose(flag=other, by=mira, reason=REASON)
    close_phase(phase=campaign.phases.get())
    result = snapshot_of_supports(campaign.phases.get())
    assert result["held"] == {str(idea.pk): 37}
    assert result["supports"][str(idea.pk)] == 10
    for action in (
        lambda: actions.agree(quarantine=late, by=paul),
        lambda: actions.propose_end(quarantine=row, by=mira, reason="x"),
    ):
        with pytest.raises(Refused) as caught:
            action()
        assert caught.value.code == "sealed"
    assert numbers(idea) == (47, 37, 10, -37)
    assert agrees()


def test_people_without_the_right_and_authors_of_the_idea_judge_nothing(flag, idea, mira):
    citizen = factories.person()
    Idea.objects.filter(pk=idea.pk).update(author=mira)
    for who, status in ((citizen, 404), (mira, 403)):
        with pytest.raises(Refused) as caught:
            actions.propose(flag=flag, by=who, reason=REASON)
        assert caught.value.status == status
    assert not Quarantine.objects.exists()


def test_of_a_closed_group_only_its_members_review(flag, campaign, mira, paul):
    campaign.audience = "members"
    campaign.save()
    desk = signed_in(mira)
    assert "Seilbahn" not in desk.get("/cms/auffaellige-stimmen/").content.decode()
    assert desk.get(f"/cms/auffaellige-stimmen/{flag.pk}/").status_code == 404
    with pytest.raises(Refused):
        actions.propose(flag=flag, by=mira, reason=REASON)
    Member.objects.create(campaign=campaign, person=paul)
    assert signed_in(paul).get(f"/cms/auffaellige-stimmen/{flag.pk}/").status_code == 200


def test_two_people_do_it_on_the_pages_and_everybody_reads_how_many(flag, idea, mira, paul, client):
    address = f"/cms/auffaellige-stimmen/{flag.pk}/"
    first, second = signed_in(mira), signed_in(paul)
    page = first.get("/cms/auffaellige-stimmen/").content.decode()
    assert "37 davon (79 %) kommen von Konten" in page
    answer = first.post(address, {"action": "propose", "reason": ""})
    assert answer.status_code == 422
    assert "Bitte nennen Sie die Gründe." in answer.content.decode()
    assert first.post(address, {"action": "propose", "reason": REASON}).status_code == 302
    own = first.get(address).content.decode()
    assert "Eine andere Person muss entscheiden." in own
    assert "Die Stimmen zurückstellen" not in own
    assert first.post(address, {"action": "agree"}).status_code == 403
    assert second.post(address, {"action": "agree"}).status_code == 302
    assert (
        "37 Stimmen werden geprüft und sind nicht mitgezählt." in client.get(idea.get_absolute_url()).content.decode()
    )
    assert second.post(address, {"action": "agree"}).status_code == 409
    assert second.post(address, {"action": "propose_end", "reason": "Es war die Schule."}).status_code == 302
    assert first.post(address, {"action": "agree_end"}).status_code == 302
    page = client.get(idea.get_absolute_url()).content.decode()
    assert "werden geprüft" not in page
    assert "Prüfung beendet" in page
    steps = [(step.kind, step.by, step.number) for step in ReviewStep.objects.all()]
    assert steps == [("proposed", mira, 37), ("agreed", paul, 37), ("end_prop", paul, 0), ("ended", mira, 37)]
    assert first.post(address, {"action": "unsinn"}).status_code == 422
    assert agrees()


def test_while_numbers_are_hidden_neither_public_nor_reviewers_read_them(flag, idea, campaign, mira, paul, client):
    set_apart(flag, mira, paul)
    campaign.counts_hidden_until = timezone.now() + timedelta(days=1)
    campaign.save()
    page = client.get(idea.get_absolute_url()).content.decode()
    assert "Einige Stimmen werden geprüft und sind nicht mitgezählt." in page
    assert "37 Stimmen" not in page
    for address in ("/cms/auffaellige-stimmen/", f"/cms/auffaellige-stimmen/{flag.pk}/"):
        page = signed_in(mira).get(address).content.decode()
        assert "37 Stimmen" not in page
        assert "37 davon" not in page


def test_the_yearly_figures_come_from_the_record(flag, mira, paul):
    row = set_apart(flag, mira, paul)
    give_back(row, mira, paul)
    year = timezone.localtime(ReviewStep.objects.first().at).year
    found = yearly_figures(year)
    assert (found["agreed"], found["votes_set_apart"], found["ended"], found["votes_given_back"]) == (1, 37, 1, 37)


def test_the_pages_are_for_reviewers_only(flag, client):
    for who in (factories.person(), make_person("amt@example.org", "Olga Ohm", groups=["Fachamt"])):
        client.force_login(who)
        for address in ("/cms/auffaellige-stimmen/", f"/cms/auffaellige-stimmen/{flag.pk}/"):
            assert client.get(address).status_code in (302, 403, 404)
