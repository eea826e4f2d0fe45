"""Writing an idea together: who may ask whom, what an invitation is good for, what each may do."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from ideas.models import Campaign, CoAuthor, Comment, Idea, Member
from notifications.models import Message
from tests import factories
from tests.factories import deliver_outbox
from tests.ideas.conftest import signed_in

NEW = {"title": "Ein besserer Titel dafür", "text": "Ein neuer Text, der die Idee noch genauer erklärt.", "version": 1}


@pytest.fixture
def idea(campaign: Campaign, author: User) -> Idea:
    return factories.idea(campaign=campaign, author=author, title="Ein Segel am Ufer", text="Der alte Wortlaut.")


@pytest.fixture
def friend(db: None) -> User:
    return factories.person("Deichgräfin")


def page(idea: Idea) -> str:
    return f"/ideen/{idea.pk}/mitautoren/"


def act(person: User, idea: Idea, action: str, **more: object) -> int:
    return signed_in(person).post(page(idea), {"action": action, **more}).status_code


def link_from(lead: User, idea: Idea) -> str:
    """Return the path of a new invitation link, as the page shows it once."""
    answer = signed_in(lead).post(page(idea), {"action": "link"})
    assert answer.status_code == 200
    return re.search(r'value="https?://[^/]+(/ideen/einladung/[^"]+)"', answer.text)[1]  # type: ignore[index]


def join(idea: Idea, person: User) -> CoAuthor:
    """Let somebody write along by a link."""
    path = link_from(idea.author, idea)  # type: ignore[arg-type]
    assert signed_in(person).post(path, {"action": "accept"}).status_code == 303
    idea.refresh_from_db()
    return CoAuthor.objects.get(idea=idea, person=person, state="accepted")


def comment_of(idea: Idea, person: User, state: str = "public") -> Comment:
    return Comment.objects.create(
        idea=idea, author=person, text="Da mache ich mit.", state=state, published_at=timezone.now()
    )


def test_an_invitation_by_link_is_shown_once_and_kept_as_a_fingerprint(idea: Idea, author: User, friend: User) -> None:
    path = link_from(author, idea)
    token = path.split("/")[-2]
    row = CoAuthor.objects.get()
    assert token not in (row.token_sha256 or "")
    assert len(row.token_sha256 or "") == 64
    assert token not in signed_in(author).get(page(idea)).text
    before = CoAuthor.objects.values().get()
    for reader in (Client(), signed_in(friend)):
        assert reader.get(path).status_code == 200
        assert reader.head(path).status_code == 200
    assert CoAuthor.objects.values().get() == before  # looking changes nothing
    assert "no-store" in Client().get(path).headers["Cache-Control"]


def test_accepting_by_link_works_once_and_for_one_person(idea: Idea, author: User, friend: User) -> None:
    path = link_from(author, idea)
    assert Client().post(path, {"action": "accept"}).headers["Location"].startswith("/konto/")
    assert signed_in(friend).post(path, {"action": "accept"}).status_code == 303
    other = signed_in(factories.person())
    assert other.post(path, {"action": "accept"}).status_code == 410
    assert other.get(path).status_code == 410
    idea.refresh_from_db()
    assert idea.coauthor_count == 1
    assert "von Lippespatz mit Deichgräfin" in Client().get(idea.get_absolute_url()).text


def test_a_link_ends_after_14_days_and_when_it_is_taken_back(idea: Idea, author: User, friend: User) -> None:
    old, taken = link_from(author, idea), link_from(author, idea)
    CoAuthor.objects.filter(pk=CoAuthor.objects.earliest("pk").pk).update(ends_at=timezone.now())
    row = CoAuthor.objects.latest("pk")
    assert row.ends_at - timezone.now() > timedelta(days=13, hours=23)
    assert act(author, idea, "remove", row=row.pk) == 303
    for path in (old, taken):
        assert signed_in(friend).post(path, {"action": "accept"}).status_code == 410
    assert Client().get("/ideen/einladung/" + "x" * 43 + "/").status_code == 404
    assert not CoAuthor.objects.filter(state="accepted").exists()


def test_somebody_who_has_commented_is_asked_and_told(idea: Idea, author: User, friend: User) -> None:
    comment = comment_of(idea, friend)
    assert "Deichgräfin" in signed_in(author).get(page(idea)).text
    assert act(author, idea, "invite", comment=comment.pk) == 303
    mails = deliver_outbox()
    assert [mail.to for mail in mails if "Lippespatz lädt Sie ein" in mail.subject] == [[friend.email]]
    client = signed_in(friend)
    assert "An „Ein Segel am Ufer“ mitschreiben?" in client.get("/mein/").text
    assert client.post(page(idea), {"action": "accept"}).status_code == 303
    deliver_outbox()
    assert Message.objects.filter(person=author, subject__contains="Deichgräfin schreibt jetzt").count() == 1
    assert "Ideen, an denen ich mitschreibe" in client.get("/mein/").text


def test_only_people_who_commented_in_public_here_are_asked(idea: Idea, author: User, friend: User) -> None:
    elsewhere = comment_of(factories.idea(campaign=idea.campaign), friend)
    waiting = comment_of(idea, friend, state="waiting")
    own = comment_of(idea, author)
    for comment in (elsewhere, waiting, own):
        assert act(author, idea, "invite", comment=comment.pk) == 404
    for rubbish in ("", "x", "１", "-1", "9" * 40):
        assert act(author, idea, "invite", comment=rubbish) == 404
    assert not CoAuthor.objects.exists()


def test_who_says_no_is_not_asked_again(idea: Idea, author: User, friend: User) -> None:
    comment = comment_of(idea, friend)
    act(author, idea, "invite", comment=comment.pk)
    assert act(friend, idea, "decline") == 303
    assert act(author, idea, "invite", comment=comment.pk) == 409
    assert "Deichgräfin" not in signed_in(author).get(page(idea)).text.split("Andere einladen")[1]
    deliver_outbox()
    assert Message.objects.filter(person=author, subject__contains="schreibt an „Ein Segel am Ufer“ nicht mit").exists()


def test_five_people_at_most_open_invitations_included(idea: Idea, author: User) -> None:
    for _number in range(3):
        join(idea, factories.person())
    for _number in range(2):
        link_from(author, idea)
    assert act(author, idea, "link") == 409
    idea.refresh_from_db()
    assert idea.coauthor_count == 3


def test_twenty_invitations_a_day(idea: Idea, author: User) -> None:
    for _number in range(20):
        link_from(author, idea)
        CoAuthor.objects.update(state="revoked")
    assert act(author, idea, "link") == 429


def test_a_coauthor_changes_but_neither_withdraws_nor_invites(idea: Idea, friend: User) -> None:
    join(idea, friend)
    client = signed_in(friend)
    assert "Der alte Wortlaut." in client.get(f"/ideen/{idea.pk}/bearbeiten/").text
    assert client.post(f"/ideen/{idea.pk}/bearbeiten/", NEW).status_code == 303
    version = idea.versions.get(number=2)
    assert version.author == friend
    assert version.published_at is None
    for method in (client.get, client.post):
        answer = method(f"/ideen/{idea.pk}/zurueckziehen/")
        assert answer.status_code == 403
        assert "Das kann nur, wer die Idee leitet." in answer.text
    for action in ("link", "offer", "remove", "keep"):
        assert client.post(page(idea), {"action": action, "row": 1}).status_code == 403
    assert "Andere einladen" not in client.get(page(idea)).text
    assert "bearbeiten" in client.get(idea.get_absolute_url()).text
    assert "zurueckziehen" not in client.get(idea.get_absolute_url()).text


def test_writers_do_not_overwrite_each_other(idea: Idea, author: User, friend: User) -> None:
    join(idea, friend)
    signed_in(friend).post(f"/ideen/{idea.pk}/bearbeiten/", NEW)
    mine = {"title": "Ein Segel am Ufer", "text": "Der alte Wortlaut mit einem eigenen Ende.", "version": 1}
    answer = signed_in(author).post(f"/ideen/{idea.pk}/bearbeiten/", mine)
    assert answer.status_code == 409
    assert "Deichgräfin hat die Idee inzwischen geändert" in answer.text
    assert "<del>" in answer.text
    assert "mit einem eigenen Ende." in answer.text
    assert 'name="version" value="2"' in answer.text
    assert signed_in(author).post(f"/ideen/{idea.pk}/bearbeiten/", mine | {"version": 2}).status_code == 303
    assert idea.versions.get(number=3).author == author
    without = {key: value for key, value in mine.items() if key != "version"}
    assert signed_in(author).post(f"/ideen/{idea.pk}/bearbeiten/", without).status_code == 409


def test_a_version_that_was_refused_is_not_in_the_way(idea: Idea, author: User) -> None:
    from ideas.actions import refuse_idea

    client, address = signed_in(author), f"/ideen/{idea.pk}/bearbeiten/"
    client.post(address, NEW)
    refuse_idea(idea.pk)
    again = NEW | {"version": 2, "text": "Ein Text, der den abgelehnten verbessert."}
    answer = client.post(address, again)
    assert answer.status_code == 409
    assert 'name="version" value="1"' in answer.text
    assert client.post(address, again | {"version": 1}).status_code == 303


def test_leaving_and_being_removed_end_every_right_at_once(idea: Idea, author: User, friend: User) -> None:
    join(idea, friend)
    second = factories.person("Wattläufer")
    row = join(idea, second)
    signed_in(friend).post(f"/ideen/{idea.pk}/bearbeiten/", NEW)
    assert act(friend, idea, "leave") == 303
    assert act(author, idea, "remove", row=row.pk) == 303
    idea.refresh_from_db()
    assert idea.coauthor_count == 0
    for person in (friend, second):
        for path in ("bearbeiten", "mitautoren", "zurueckziehen"):
            assert signed_in(person).get(f"/ideen/{idea.pk}/{path}/").status_code == 404
        assert "Ein neuer Text" not in signed_in(person).get(f"/ideen/{idea.pk}/fassungen/").text
    deliver_outbox()
    assert Message.objects.filter(person=second, subject__contains="nicht mehr mit").count() == 1


def test_nobody_joins_while_the_campaign_takes_no_ideas_but_everybody_may_go(
    idea: Idea, author: User, friend: User
) -> None:
    path, row = link_from(author, idea), join(idea, factories.person())
    idea.campaign.phases.update(allows_ideas=False)
    assert act(author, idea, "link") == 409
    assert signed_in(friend).post(path, {"action": "accept"}).status_code == 409
    assert act(row.person, idea, "leave") == 303  # type: ignore[arg-type]


@pytest.mark.parametrize("state", ["refused", "hidden", "withdrawn", "merged"])
def test_nobody_joins_an_idea_that_is_closed(idea: Idea, author: User, friend: User, state: str) -> None:
    path = link_from(author, idea)
    Idea.objects.update(state=state)
    assert signed_in(friend).post(path, {"action": "accept"}).status_code == 410
    assert act(author, idea, "link") == 409


def test_a_link_does_not_publish_words_nobody_has_read(campaign: Campaign, author: User, friend: User) -> None:
    idea = factories.idea(campaign=campaign, author=author, state="waiting", title="Kauft bei Nebelkrähe")
    path = link_from(author, idea)
    for reader in (Client(), signed_in(friend)):
        text = reader.get(path).text
        assert "Einladung zum Mitschreiben" in text
        assert "Nebelkrähe" not in text
    signed_in(friend).post(path, {"action": "accept"})
    assert "Nebelkrähe" in signed_in(friend).get(f"/ideen/{idea.pk}/", follow=True).text
    assert Client().get(f"/ideen/{idea.pk}/").status_code == 404


def test_of_a_closed_group_only_members_can_join(idea: Idea, author: User, friend: User) -> None:
    Member.objects.create(campaign=idea.campaign, person=author)
    Campaign.objects.update(audience="members", is_public=False)
    path = link_from(author, idea)
    assert signed_in(friend).get(path).status_code == 404
    assert signed_in(friend).post(path, {"action": "accept"}).status_code in (404, 410)
    assert "Segel" not in Client().get(path, follow=True).text
    Member.objects.create(campaign=idea.campaign, person=friend)
    assert signed_in(friend).post(path, {"action": "accept"}).status_code == 303


def test_an_own_idea_is_not_supported_by_those_who_write_it(idea: Idea, friend: User) -> None:
    from voting.actions import give_support
    from voting.models import Vote

    give_support(voter=friend, idea=idea)
    join(idea, friend)
    deliver_outbox()
    assert not Vote.objects.exists()  # the support from before has ended
    answer = signed_in(friend).put(f"/ideen/{idea.pk}/unterstuetzung/", headers={"accept": "application/json"})
    assert answer.status_code == 403
    assert "Ihre eigene Idee" in signed_in(friend).get(idea.get_absolute_url()).text
