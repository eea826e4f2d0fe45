"""What happens to an idea after sending: changes, withdrawal, decisions, the town's answer."""

import pytest
from django.test import Client

from accounts.models import User
from ideas import actions
from ideas.models import Campaign, Idea, IdeaVersion
from moderation.models import Case
from moderation.registry import moderated
from tests import factories
from tests.ideas.conftest import picture_file, signed_in

NEW = {"title": "Ein besserer Titel dafür", "text": "Ein neuer Text, der die Idee noch genauer erklärt."}


@pytest.fixture
def idea(campaign: Campaign, author: User) -> Idea:
    return factories.idea(
        campaign=campaign, author=author, title="Ein Segel am Ufer", text="Der alte, geprüfte Wortlaut."
    )


def test_a_change_waits_while_the_approved_version_stays(idea: Idea, author: User) -> None:
    client = signed_in(author)
    form = client.get(f"/ideen/{idea.pk}/bearbeiten/")
    assert "Der alte, geprüfte Wortlaut." in form.text
    answer = client.post(f"/ideen/{idea.pk}/bearbeiten/", {**NEW, "version": 1})
    assert answer.status_code == 303
    assert "Ihre Änderung wartet auf Prüfung" in client.get(idea.get_absolute_url()).text
    stranger = Client().get(idea.get_absolute_url())
    assert "Der alte, geprüfte Wortlaut." in stranger.text
    assert "Ein neuer Text" not in stranger.text
    assert Case.objects.get(kind="idea", object_id=idea.pk).subject_version == 2
    assert moderated("idea").apply("approve", idea.pk, 2) == ("public", "public")
    idea.refresh_from_db()
    assert "Ein neuer Text" in Client().get(idea.get_absolute_url()).text


def test_a_refused_change_leaves_the_idea_as_it_was(idea: Idea, author: User) -> None:
    signed_in(author).post(f"/ideen/{idea.pk}/bearbeiten/", {**NEW, "version": 1})
    assert moderated("idea").apply("refuse", idea.pk, 2) == ("public", "public")
    idea.refresh_from_db()
    assert not idea.has_pending_change
    signed_in(author).post(f"/ideen/{idea.pk}/bearbeiten/", {**NEW, "version": 1})
    assert IdeaVersion.objects.filter(idea=idea).count() == 3


def test_a_decision_on_an_older_version_is_refused(idea: Idea, author: User) -> None:
    signed_in(author).post(f"/ideen/{idea.pk}/bearbeiten/", {**NEW, "version": 1})
    with pytest.raises(Exception, match="inzwischen geändert"):
        moderated("idea").apply("approve", idea.pk, 1)


def test_two_windows_do_not_overwrite_each_other(idea: Idea, author: User) -> None:
    client = signed_in(author)
    client.post(f"/ideen/{idea.pk}/bearbeiten/", {**NEW, "version": 1})
    answer = client.post(
        f"/ideen/{idea.pk}/bearbeiten/",
        {"title": NEW["title"], "text": "Ein dritter Text aus Fenster zwei.", "version": 1},
    )
    assert answer.status_code == 409
    assert "Ein dritter Text aus Fenster zwei." in answer.text
    assert idea.versions.count() == 2


def test_a_version_never_changes(idea: Idea) -> None:
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError), transaction.atomic():
        IdeaVersion.objects.filter(idea=idea).update(text="heimlich anders")


def test_pictures_of_the_first_version_go_along_or_away(idea: Idea, author: User) -> None:
    client = signed_in(author)
    client.post(
        f"/ideen/{idea.pk}/bearbeiten/", {**NEW, "version": 1, "images": picture_file(), "image_alt": "Ein Bild"}
    )
    second = idea.versions.get(number=2)
    key = str(second.pictures.get().picture.key)
    client.post(
        f"/ideen/{idea.pk}/bearbeiten/",
        {**NEW, "text": NEW["text"] + " Und mehr.", "version": 2, f"alt_{key.replace('-', '')}": "Ein Bild von mir"},
    )
    assert idea.versions.get(number=3).pictures.get().alt == "Ein Bild von mir"
    client.post(f"/ideen/{idea.pk}/bearbeiten/", {**NEW, "version": 3, "image_remove": key})
    assert not idea.versions.get(number=4).pictures.exists()


def test_others_cannot_change_or_withdraw(idea: Idea, moderator: User) -> None:
    for reader in (signed_in(factories.person()), signed_in(moderator)):
        assert reader.get(f"/ideen/{idea.pk}/bearbeiten/").status_code == 404
        assert reader.post(f"/ideen/{idea.pk}/bearbeiten/", NEW).status_code == 404
        assert reader.post(f"/ideen/{idea.pk}/zurueckziehen/", {"reason": "weg damit"}).status_code == 404
    assert Client().post(f"/ideen/{idea.pk}/bearbeiten/", NEW).status_code == 303  # to sign in, see test_states
    assert idea.versions.count() == 1


def test_after_the_phase_a_public_idea_is_not_changed_any_more(idea: Idea, author: User) -> None:
    idea.campaign.phases.update(allows_ideas=False)
    answer = signed_in(author).get(f"/ideen/{idea.pk}/bearbeiten/")
    assert answer.status_code == 409
    assert "Ideen lassen sich nur ändern, solange die Kampagne Ideen sammelt." in answer.text


def test_withdrawing_needs_a_reason_and_closes_the_case(author: User, campaign: Campaign) -> None:
    client = signed_in(author)
    idea = factories.idea(campaign=campaign, author=author, state=Idea.State.WAITING)
    assert client.post(f"/ideen/{idea.pk}/zurueckziehen/", {"reason": "Einfach so"}).status_code == 422
    assert (
        client.post(f"/ideen/{idea.pk}/zurueckziehen/", {"kind": "other", "reason": "Doppelt gesendet"}).status_code
        == 303
    )
    idea.refresh_from_db()
    assert idea.withdrawal.words == "Doppelt gesendet"
    assert Client().get(idea.get_absolute_url()).status_code == 404
    assert "Zurückgezogen" in client.get("/mein/").text
    with pytest.raises(Exception, match="nicht veröffentlichen"):
        actions.publish_idea(idea.pk)


def test_hiding_and_restoring_brings_everything_back(idea: Idea) -> None:
    from search.models import SearchDocument

    actions.publish_idea(idea.pk)
    before = Campaign.objects.get().idea_count
    actions.hide_idea(idea.pk)
    assert Campaign.objects.get().idea_count == before - 1
    assert not SearchDocument.objects.filter(kind="idea", object_id=idea.pk, visible=True).exists()
    actions.restore_idea(idea.pk)
    assert Campaign.objects.get().idea_count == before
    assert SearchDocument.objects.filter(kind="idea", object_id=idea.pk, visible=True).exists()


def test_an_office_answers_and_the_progress_moves(idea: Idea, office: User) -> None:
    client = signed_in(office)
    fields = {
        "text": "Guten Tag, wir bauen das Segel bis Ende Mai.",
        "progress": "planned",
        "measure": "Ein Segel",
        "signed_by": "S. Brandt",
    }
    assert client.post(f"/ideen/{idea.pk}/antwort/", {**fields, "progress": "quatsch"}).status_code == 422
    assert client.post(f"/ideen/{idea.pk}/antwort/", fields).status_code == 303
    page = Client().get(idea.get_absolute_url()).text
    assert "Antwort der Stadt" in page
    assert "Grünflächenamt" in page
    assert "Wird umgesetzt" in page


def test_nobody_else_answers_for_the_town(idea: Idea, author: User, moderator: User) -> None:
    for person in (author, moderator):
        assert signed_in(person).get(f"/ideen/{idea.pk}/antwort/").status_code == 403
        assert (
            signed_in(person).post(f"/ideen/{idea.pk}/antwort/", {"text": "x" * 50, "progress": "done"}).status_code
            == 403
        )
    assert not idea.answers.exists()
