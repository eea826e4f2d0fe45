"""The page of a merged idea, as its supporters, its author and everybody else find it."""

import pytest
from django.urls import reverse

from ideas.actions import hide_idea, merge_ideas, undo_merge
from ideas.models import Merge
from tests import factories
from voting.actions import give_support
from voting.models import Vote
from voting.voter_keys import destroy_secret

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    """Two ideas, three supporters (the last one supports both), one merge."""

    class Town:
        campaign = factories.campaign(support_limit=3)
        source = factories.idea(campaign=campaign, title="Eine Bank am Deich", author=factories.person("Anna"))
        target = factories.idea(campaign=campaign, title="Mehr Bänke an der Lippe", author=factories.person("Bert"))
        people = tuple(factories.person() for _n in range(3))
        moderator = factories.person("Mo")

    for one in Town.people:
        give_support(voter=one, idea=Town.source)
    give_support(voter=Town.people[2], idea=Town.target)
    Town.merge = merge_ideas(
        source=Town.source, target=Town.target, reason="Beide wünschen Bänke.", actor=Town.moderator
    )
    Town.url = reverse("voting:merging", args=[Town.source.pk])
    return Town


def counts(town):
    town.source.refresh_from_db()
    town.target.refresh_from_db()
    merge = Merge.objects.get(pk=town.merge.pk)
    return town.source.support_count, town.target.support_count, merge.carried, merge.doubled, merge.left


def test_looking_at_the_page_changes_nothing(town, client):
    client.force_login(town.people[0])
    page = client.get(town.url)
    assert page.status_code == 200
    assert 'value="carry"' in page.content.decode()
    assert "Beide wünschen Bänke." in page.content.decode()
    assert counts(town) == (3, 1, 0, 0, 0)


def test_nothing_moves_without_a_choice_and_each_choice_moves_one(town, client):
    for person, choice in zip(town.people, ("carry", "leave", "carry"), strict=True):
        client.force_login(person)
        assert client.post(town.url, {"choice": choice}).status_code == 303
    assert counts(town) == (1, 2, 1, 1, 1)
    client.force_login(town.people[0])
    client.post(town.url, {"choice": "leave"})
    assert counts(town) == (2, 1, 0, 1, 2)
    page = client.get(town.url).content.decode()
    assert "Ihre Unterstützung bleibt hier" in page


def test_whoever_is_not_signed_in_comes_back_after_it(town, client):
    answer = client.post(town.url, {"choice": "carry"})
    assert answer.status_code == 303
    assert "/konto/" in answer["Location"]
    assert "zusammenlegung" in answer["Location"]
    assert "Anmelden" in client.get(town.url).content.decode()
    assert counts(town) == (3, 1, 0, 0, 0)


def test_a_form_without_a_choice_is_refused_in_words(town, client):
    client.force_login(town.people[0])
    answer = client.post(town.url, {"choice": "alles"})
    assert answer.status_code == 422
    assert "Bitte wählen Sie" in answer.content.decode()


def test_both_pages_tell_of_the_merge_with_numbers(town, client):
    source = client.get(town.source.get_absolute_url()).content.decode()
    assert "Mehr Bänke an der Lippe" in source
    assert "Beide wünschen Bänke." in source
    assert "Haben sich noch nicht geäußert" in source
    target = client.get(town.target.get_absolute_url()).content.decode()
    assert "Eine Bank am Deich" in target
    assert "3 unentschieden" in target


def test_a_hidden_target_is_not_named_on_the_page_of_the_source(town, client):
    hide_idea(town.target.pk)
    for url in (town.url, town.source.get_absolute_url()):
        page = client.get(url).content.decode()
        assert "Mehr Bänke" not in page
        assert "derzeit nicht öffentlich" in page
    client.force_login(town.people[0])
    assert client.post(town.url, {"choice": "carry"}).status_code == 409


def test_a_hidden_source_is_not_found(town, client):
    hide_idea(town.source.pk)
    assert client.get(town.url).status_code == 404
    assert "Eine Bank am Deich" not in client.get(town.target.get_absolute_url()).content.decode()


def test_an_idea_that_was_never_merged_has_no_such_page(town, client):
    assert client.get(reverse("voting:merging", args=[town.target.pk])).status_code == 404
    assert client.get("/ideen/99999999999999999999/zusammenlegung/").status_code == 404


def test_after_the_undo_the_page_says_so_and_takes_no_choice(town, client):
    client.force_login(town.people[0])
    client.post(town.url, {"choice": "carry"})
    undo_merge(merge=town.merge, actor=town.moderator)
    assert "rückgängig gemacht" in client.get(town.url).content.decode()
    assert client.post(town.url, {"choice": "leave"}).status_code == 409
    assert counts(town)[:2] == (3, 1)


def test_without_the_voting_secret_nothing_can_be_chosen_and_the_page_says_so(town, client):
    destroy_secret(town.campaign.pk)
    client.force_login(town.people[0])
    assert "anonym" in client.get(town.url).content.decode()
    assert client.post(town.url, {"choice": "carry"}).status_code == 409
    assert Vote.objects.count() == 4


def test_after_the_phase_nothing_can_be_chosen(town, client):
    town.campaign.phases.update(allows_support=False)
    client.force_login(town.people[0])
    assert 'name="choice"' not in client.get(town.url).content.decode()
    assert client.post(town.url, {"choice": "carry"}).status_code == 409


def test_nobody_carries_a_support_over_to_an_idea_of_their_own(town, client):
    bert = town.target.author
    give_support_before_merge = Vote.objects.count()
    undo_merge(merge=town.merge, actor=town.moderator)
    town.source.refresh_from_db()
    give_support(voter=bert, idea=town.source)
    merge_ideas(source=town.source, target=town.target, reason="Noch einmal.", actor=town.moderator)
    client.force_login(bert)
    assert client.post(town.url, {"choice": "carry"}).status_code == 403
    assert Vote.objects.count() == give_support_before_merge + 1
    assert client.post(town.url, {"choice": "leave"}).status_code == 303
