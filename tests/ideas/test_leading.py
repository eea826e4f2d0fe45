"""Who leads an idea: passing it on with consent, accounts that go, and what those who write along hear."""

import pytest
from django.test import Client

from accounts.models import User
from ideas.models import Campaign, Idea
from notifications.models import Message
from tests import factories
from tests.factories import deliver_outbox
from tests.ideas.conftest import signed_in
from tests.ideas.test_coauthors import NEW, act, join, page


@pytest.fixture
def idea(campaign: Campaign, author: User) -> Idea:
    return factories.idea(campaign=campaign, author=author, title="Ein Segel am Ufer", text="Der alte Wortlaut.")


@pytest.fixture
def friend(db: None) -> User:
    return factories.person("Deichgräfin")


def test_the_lead_passes_on_only_with_consent(idea: Idea, author: User, friend: User) -> None:
    row = join(idea, friend)
    Idea.objects.update(request_key="einmal")
    assert act(friend, idea, "take") == 403
    assert act(author, idea, "offer", row=row.pk) == 303
    idea.refresh_from_db()
    assert idea.author == author
    assert "Die Leitung von „Ein Segel am Ufer“ übernehmen?" in signed_in(friend).get("/mein/").text
    assert act(author, idea, "keep", row=row.pk) == 303
    assert act(friend, idea, "take") == 403
    act(author, idea, "offer", row=row.pk)
    assert act(friend, idea, "take") == 303
    idea.refresh_from_db()
    assert (idea.author, idea.request_key, idea.coauthor_count) == (friend, None, 1)
    assert "von Deichgräfin mit Lippespatz" in Client().get(idea.get_absolute_url()).text
    assert signed_in(author).get(f"/ideen/{idea.pk}/zurueckziehen/").status_code == 403
    assert signed_in(friend).get(f"/ideen/{idea.pk}/zurueckziehen/").status_code == 200
    deliver_outbox()
    assert Message.objects.filter(person=author, subject__contains="Deichgräfin leitet jetzt").count() == 1


def test_a_letter_goes_to_the_new_lead(idea: Idea, author: User, friend: User) -> None:
    from moderation.models import Case

    row = join(idea, friend)
    signed_in(friend).post(f"/ideen/{idea.pk}/bearbeiten/", NEW)
    seen = Case.objects.get().version
    act(author, idea, "offer", row=row.pk)
    act(friend, idea, "take")
    case = Case.objects.get()
    assert (case.author, case.author_name, case.subject_version) == (friend, "Deichgräfin", 2)
    assert case.version > seen


def test_when_the_lead_deletes_the_account_a_coauthor_can_take_over(idea: Idea, author: User, friend: User) -> None:
    join(idea, friend)
    author.delete()
    idea.refresh_from_db()
    assert idea.author is None
    assert "von Deichgräfin" in Client().get(idea.get_absolute_url()).text
    assert "Diese Idee leitet gerade niemand" in signed_in(friend).get(page(idea)).text
    assert act(factories.person(), idea, "take") == 404
    assert act(friend, idea, "take") == 303
    idea.refresh_from_db()
    assert (idea.author, idea.coauthor_count) == (friend, 0)


def test_when_a_coauthor_deletes_the_account_the_number_is_right(idea: Idea, friend: User) -> None:
    join(idea, friend)
    signed_in(friend).post(f"/ideen/{idea.pk}/bearbeiten/", NEW)
    friend.delete()
    idea.refresh_from_db()
    assert idea.coauthor_count == 0
    assert "Lippespatz" in Client().get(idea.get_absolute_url()).text


def test_those_who_write_along_hear_of_comments_and_decisions(
    idea: Idea, author: User, friend: User, moderator: User
) -> None:
    from moderation.actions import decide
    from moderation.models import Case

    join(idea, friend)
    signed_in(author).post(f"/ideen/{idea.pk}/bearbeiten/", NEW)
    case = Case.objects.get()
    decide(case_id=case.pk, version=case.version, actor=moderator, decision="approve_with_note", reason="Schön so.")
    other = signed_in(factories.person())
    other.post(f"/ideen/{idea.pk}/kommentare/", {"text": "Eine gute Idee, wirklich."})
    deliver_outbox()
    told = Message.objects.filter(person=friend).values_list("subject", flat=True)
    assert any("freigegeben" in subject for subject in told)
    assert any("Neuer Kommentar" in subject for subject in told)
    assert "Schön so." not in "".join(Message.objects.filter(person=friend).values_list("text", flat=True))
