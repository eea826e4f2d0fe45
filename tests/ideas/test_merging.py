"""Moderators merge and move ideas: what they see, what is refused, what the record and the letters say."""

import pytest
from django.urls import reverse

from ideas.models import Idea, Merge
from moderation.actions import complain, decide_complaint, open_case
from moderation.models import Case, Decision
from moderation.queries.audit import differences
from tests import factories
from voting.actions import close_phase, give_support

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client):
    person = factories.make_person("mo@example.org", "Mo", groups=["Moderation"])
    client.force_login(person)
    return person


@pytest.fixture
def pair():
    """Two public ideas of one campaign, the first one supported once."""
    campaign = factories.campaign()
    source = factories.idea(campaign=campaign, title="Eine Bank am Deich", author=factories.person("Anna"))
    target = factories.idea(campaign=campaign, title="Mehr Bänke an der Lippe", author=factories.person("Bert"))
    give_support(voter=factories.person(), idea=source)
    return source, target


def case_of(idea):
    from django.db import transaction

    with transaction.atomic():
        return open_case("idea", idea.pk, reason=Case.Reason.OWN)


def post(client, case, **fields):
    case.refresh_from_db()
    reason = {"reason": "Beide wünschen Bänke am Ufer."}
    return client.post(case.get_absolute_url(), {"version": case.version} | reason | fields)


def test_the_button_on_the_ideas_page_leads_to_the_case_with_merge_chosen(client, moderator, pair):
    page = client.get(pair[0].get_absolute_url()).content.decode()
    assert "Zusammenlegen" in page
    answer = client.post(reverse("moderation_cms:open", args=["idea", pair[0].pk]), {"decision": "merge"})
    assert answer["Location"].endswith("?entscheidung=merge")
    page = client.get(answer["Location"]).content.decode()
    assert "Zusammenlegen mit" in page


def test_targets_are_found_by_words_number_and_address_with_their_numbers(client, moderator, pair):
    source, target = pair
    case = case_of(target)
    for words in ("Deich", str(source.pk), f"https://example.org/ideen/{source.pk}/eine-bank/"):
        answer = post(client, case, decision="merge", words=words, look="1")
        page = answer.content.decode()
        assert answer.status_code == 200
        assert f'value="{source.pk}"' in page
        assert "1 Unterstützung" in page
        assert "Beide wünschen Bänke" in page
    assert not Merge.objects.exists()


def test_a_merge_is_carried_out_recorded_and_told(client, moderator, pair):
    source, target = pair
    case = case_of(source)
    assert post(client, case, decision="merge", target=target.pk).status_code == 303
    source.refresh_from_db()
    target.refresh_from_db()
    assert (source.state, source.merged_into_id, target.merged_count) == ("merged", target.pk, 1)
    assert (source.support_count, target.support_count) == (1, 0)
    decision = Decision.objects.get()
    assert (decision.state_before, decision.state_after, decision.decision) == ("public", "merged", "merge")
    assert "Mehr Bänke" in decision.scope
    assert decision.complaint_until is not None
    letter = client.get(reverse("moderation:letter", args=[decision.code])).content.decode()
    assert "Beide wünschen Bänke am Ufer." in letter
    assert "Beschwerde schreiben" in letter
    mails = factories.deliver_outbox()
    assert source.author.email in {one.to[0] for one in mails}
    assert list(differences()) == []


@pytest.mark.parametrize("wanted", ["self", "other campaign", "hidden", "nonsense", "nothing", "huge"])
def test_what_cannot_be_merged_is_refused_in_a_sentence_and_what_was_typed_stays(client, moderator, pair, wanted):
    source, _target = pair
    elsewhere = factories.idea()
    hidden = factories.idea(campaign=source.campaign, state=Idea.State.HIDDEN)
    targets = {
        "self": source.pk, "other campaign": elsewhere.pk, "hidden": hidden.pk, "nonsense": "Quatsch", "nothing": "",
        "huge": "9" * 25,
    }  # fmt: skip
    answer = post(client, case_of(source), decision="merge", target=targets[wanted])
    assert answer.status_code in (409, 422)
    assert "Beide wünschen Bänke am Ufer." in answer.content.decode()
    assert not Merge.objects.exists()
    assert not Decision.objects.exists()


def test_chains_go_on_but_never_round(client, moderator, pair):
    first, second = pair
    third = factories.idea(campaign=first.campaign)
    assert post(client, case_of(first), decision="merge", target=second.pk).status_code == 303
    assert post(client, case_of(second), decision="merge", target=third.pk).status_code == 303
    answer = post(client, case_of(third), decision="merge", target=first.pk)
    assert answer.status_code == 409
    assert "selbst mit einer anderen zusammengelegt" in answer.content.decode()
    page = client.get(first.get_absolute_url()).content.decode()
    assert third.get_absolute_url() in page
    answer = post(client, case_of(first), decision="restore")
    assert answer.status_code == 409
    assert "zuerst rückgängig" in answer.content.decode()


def test_after_the_seal_nothing_is_merged(client, moderator, pair):
    close_phase(phase=pair[0].campaign.phases.get())
    answer = post(client, case_of(pair[0]), decision="merge", target=pair[1].pk)
    assert answer.status_code == 409
    assert "ausgezählt" in answer.content.decode()


def test_the_merge_is_undone_from_its_case_and_a_waiting_change_waits_again(client, moderator, pair):
    source, target = pair
    version = source.versions.create(number=2, title=source.title, text="Neu")
    Idea.objects.filter(pk=source.pk).update(latest_version=version)
    post(client, case_of(source), decision="merge", target=target.pk)
    factories.deliver_outbox()
    case = case_of(source)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "Zusammenlegung rückgängig machen" in page
    assert post(client, case, decision="restore").status_code == 303
    source.refresh_from_db()
    assert (source.state, source.merged_into) == ("public", None)
    factories.deliver_outbox()
    assert Case.objects.filter(object_id=source.pk, state="open", reason="change").exists()
    assert list(differences()) == []


def test_a_complaint_sets_the_ideas_apart_again_by_another_person(client, moderator, pair):
    source, target = pair
    post(client, case_of(source), decision="merge", target=target.pk)
    complaint = complain(code=Decision.objects.get().code, text="Es geht um zwei Ufer.")
    case = Case.objects.get(kind="complaint")
    other = factories.make_person("ma@example.org", "Ma", groups=["Moderation"])
    decide_complaint(
        complaint_id=complaint.pk, version=case.version, actor=other, outcome="overturned", answer="Das stimmt."
    )
    source.refresh_from_db()
    assert source.state == "public"
    assert list(differences()) == []


def test_an_idea_without_supports_is_moved_with_its_discussion(client, moderator):
    idea, other = factories.idea(author=factories.person("Anna")), factories.campaign(title="Ufer")
    before = idea.campaign
    assert post(client, case_of(idea), decision="move", campaign=other.pk).status_code == 303
    idea.refresh_from_db()
    before.refresh_from_db()
    other.refresh_from_db()
    assert (idea.campaign_id, before.idea_count, other.idea_count) == (other.pk, 0, 1)
    assert "„Ufer“" in Decision.objects.get().scope


def test_a_waiting_idea_waits_in_the_other_campaign(client, moderator):
    idea, other = factories.idea(state=Idea.State.WAITING), factories.campaign()
    assert post(client, case_of(idea), decision="move", campaign=other.pk).status_code == 303
    factories.deliver_outbox()
    case = Case.objects.get(object_id=idea.pk, state="open")
    assert case.campaign_id_copy == other.pk


def test_an_idea_with_supports_stays_in_its_campaign(client, moderator, pair):
    answer = post(client, case_of(pair[0]), decision="move", campaign=factories.campaign().pk)
    assert answer.status_code == 409
    assert "Diese Idee hat Unterstützungen" in answer.content.decode()
    for campaign in ("", "x", "9" * 30):
        assert post(client, case_of(pair[0]), decision="move", campaign=campaign).status_code in (409, 422)


def test_a_merged_idea_can_be_hidden_and_comes_back_merged(client, moderator, pair):
    source, target = pair
    post(client, case_of(source), decision="merge", target=target.pk)
    rule = factories_rule(moderator)
    assert post(client, case_of(source), decision="hide", rule=rule.pk).status_code == 303
    assert client.get(target.get_absolute_url()).status_code == 200
    assert post(client, case_of(source), decision="restore").status_code == 303
    source.refresh_from_db()
    assert source.state == "merged"


def factories_rule(actor):
    from moderation.actions.rules import write_rule

    return write_rule(actor=actor, number=None, title="Ton", text="Bleiben Sie freundlich.", ground="rules")
