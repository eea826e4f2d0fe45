"""Taking part in the discussion: comments, replies, tombstones, permalinks – held or not, as the campaign says."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from accounts.models import User
from ideas import actions
from ideas.models import Campaign, Comment, Idea
from moderation.models import Case
from tests import factories
from tests.ideas.conftest import signed_in


@pytest.fixture
def idea(campaign: Campaign) -> Idea:
    return factories.idea(campaign=campaign, title="Ein Segel am Ufer")


def send(client: Client, idea: Idea, text: str = "Das finde ich gut.", **more: object) -> object:
    return client.post(f"/ideen/{idea.pk}/kommentare/", {"text": text, **more})


def test_a_comment_is_public_at_once_where_the_campaign_checks_afterwards(idea: Idea, author: User) -> None:
    client = signed_in(author)
    answer = send(client, idea, stance="pro")
    comment = Comment.objects.get()
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{idea.get_absolute_url()}#kommentar-{comment.pk}"
    page = client.get(idea.get_absolute_url())
    assert "Danke, Ihr Kommentar ist veröffentlicht." in page.text
    seen = Client().get(idea.get_absolute_url()).text
    assert "Das finde ich gut." in seen
    assert "Dafür" in seen
    assert Idea.objects.get().comment_count == 1
    assert Case.objects.filter(kind="comment", object_id=comment.pk, state="open").exists()


def test_a_held_comment_is_seen_by_its_author_only(idea: Idea, author: User, moderator: User) -> None:
    Campaign.objects.update(check_comments="before")
    answer = send(signed_in(author), idea)
    assert answer.status_code == 303
    assert (
        "Dieser Kommentar wartet auf Prüfung. Nur Sie sehen ihn." in signed_in(author).get(idea.get_absolute_url()).text
    )
    assert "Das finde ich gut." not in Client().get(idea.get_absolute_url()).text
    assert Idea.objects.get().comment_count == 0
    actions.publish_comment(Comment.objects.get().pk)
    assert "Das finde ich gut." in Client().get(idea.get_absolute_url()).text
    assert Idea.objects.get().comment_count == 1


def test_sending_twice_makes_one_comment(idea: Idea, author: User) -> None:
    client = signed_in(author)
    first, second = (send(client, idea, request_key="einmal") for _time in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Comment.objects.count() == 1


def test_signing_in_on_the_way_keeps_the_words(client: Client, idea: Idea, author: User) -> None:
    answer = send(client, idea, "Mein Satz vor dem Anmelden")
    assert answer.status_code == 303
    target = urlsplit(answer.headers["Location"])
    assert target.path == "/konto/login/"
    client.force_login(author)
    page = client.get(parse_qs(target.query)["next"][0])
    assert "Mein Satz vor dem Anmelden" in page.text
    assert not Comment.objects.exists()


def test_replies_stand_below_what_they_answer(idea: Idea, author: User) -> None:
    client = signed_in(author)
    send(client, idea, "Erster Kommentar")
    first = Comment.objects.get()
    send(client, idea, "Antwort darauf", parent=first.pk)
    reply = Comment.objects.get(text="Antwort darauf")
    send(client, idea, "Antwort auf die Antwort", parent=reply.pk)
    answer = Comment.objects.get(text="Antwort auf die Antwort")
    assert (answer.parent, answer.top, answer.depth) == (reply, first, 2)
    page = client.get(f"{idea.get_absolute_url()}?antwort={reply.pk}")
    assert "Ihre Antwort an Lippespatz" in page.text
    assert page.text.count('<ol class="mw-replies">') == 2


@pytest.mark.parametrize("parent", ["abc", "0", "-1", "99999999999999999999", "999999"])
def test_a_reply_to_nothing_is_refused(idea: Idea, author: User, parent: str) -> None:
    answer = send(signed_in(author), idea, parent=parent)
    assert answer.status_code in (409, 422)
    assert "Das finde ich gut." in answer.text
    assert not Comment.objects.exists()


def test_a_reply_cannot_cross_to_another_idea(idea: Idea, author: User) -> None:
    foreign = Comment.objects.create(idea=factories.idea(), text="x", state="public", published_at=idea.published_at)
    assert send(signed_in(author), idea, parent=foreign.pk).status_code == 409


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001, "a\x00b", "\u202e", "x"])
def test_bad_text_comes_back_with_a_reason(idea: Idea, author: User, text: str) -> None:
    answer = send(signed_in(author), idea, text)
    assert answer.status_code == 422
    assert "Bitte prüfen Sie" in answer.text or "kern-error" in answer.text
    assert not Comment.objects.exists()


def test_tricks_with_direction_are_taken_out(idea: Idea, author: User) -> None:
    send(signed_in(author), idea, "gut \u202eetug")
    assert Comment.objects.get().text == "gut etug"


def test_closed_phases_take_no_comments(idea: Idea, author: User) -> None:
    idea.campaign.phases.update(allows_comments=False)
    answer = send(signed_in(author), idea, "Zu spät geschrieben")
    assert answer.status_code == 409
    assert "In dieser Kampagne können Sie gerade nicht kommentieren." in answer.text


def test_hidden_and_deleted_comments_leave_a_tombstone(idea: Idea, author: User) -> None:
    client, stranger = signed_in(author), Client()
    send(client, idea, "Wort des Anstoßes")
    first = Comment.objects.get()
    send(client, idea, "Eine Antwort", parent=first.pk)
    actions.hide_comment(first.pk)
    page = stranger.get(idea.get_absolute_url()).text
    assert re.search(r"Am \d+\. \w+ \d{4} von der Moderation ausgeblendet\. Antworten bleiben\.", page)
    assert "Wort des Anstoßes" not in page
    assert "Eine Antwort" in page
    assert Idea.objects.get().comment_count == 1
    actions.publish_comment(first.pk)
    assert "Wort des Anstoßes" in stranger.get(idea.get_absolute_url()).text
    assert "Ihren Kommentar löschen" in client.get(f"/kommentare/{first.pk}/loeschen/").text
    client.post(f"/kommentare/{first.pk}/loeschen/")
    page = stranger.get(idea.get_absolute_url()).text
    assert "Wort des Anstoßes" not in page
    assert re.search(r"Am \d+\. \w+ \d{4} gelöscht von der Person, die ihn geschrieben hat\.", page)
    assert Comment.objects.get(pk=first.pk).text == ""


def test_nobody_deletes_the_comment_of_another(idea: Idea, author: User) -> None:
    send(signed_in(author), idea)
    comment = Comment.objects.get()
    assert signed_in(factories.person()).post(f"/kommentare/{comment.pk}/loeschen/").status_code == 404
    assert Client().post(f"/kommentare/{comment.pk}/loeschen/").status_code == 303
    assert Comment.objects.get().state == "public"


def test_offices_are_marked_by_role_not_by_name(idea: Idea, office: User) -> None:
    send(signed_in(office), idea, "Wir prüfen das.")
    send(signed_in(factories.person("Stadt Musterstadt")), idea, "Ich bin die Stadt.")
    page = Client().get(idea.get_absolute_url()).text
    assert "Grünflächenamt, Sabine Brandt" in page
    assert page.count("mw-badge-town") == 1


def test_long_discussions_have_pages_and_permalinks_find_theirs(idea: Idea, author: User) -> None:
    made = [
        Comment.objects.create(
            idea=idea, author=author, text=f"Wort {number:02}", state="public", published_at=idea.published_at
        )
        for number in range(45)
    ]
    late = Comment.objects.create(
        idea=idea,
        parent=made[0],
        top=made[0],
        depth=1,
        text="Späte Antwort",
        state="public",
        published_at=idea.published_at,
    )
    client = Client()
    first = client.get(idea.get_absolute_url()).text
    assert "Späte Antwort" in first
    assert "Wort 18" in first
    assert "Wort 19" not in first
    assert client.get(f"/kommentare/{late.pk}/").headers["Location"] == f"{idea.get_absolute_url()}#kommentar-{late.pk}"
    link = client.get(f"/kommentare/{made[30].pk}/").headers["Location"]
    assert link == f"{idea.get_absolute_url()}?ab={made[30].pk}#kommentar-{made[30].pk}"
    assert "Wort 30" in client.get(link).text
    seen = [
        word
        for start in ("", f"?ab={made[19].pk}", f"?ab={made[39].pk}")
        for word in client.get(idea.get_absolute_url() + start).text.split("Wort ")[1:]
    ]
    assert len(seen) == 45
    assert client.get(f"{idea.get_absolute_url()}?ab=1000000").status_code == 404
