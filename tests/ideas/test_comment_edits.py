"""Changing and deleting comments: in versions, within the campaign's time, never an unapproved word in public."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import User
from common.database import now
from common.errors import Refused
from ideas import actions
from ideas.models import Campaign, Comment, CommentVersion, Idea
from moderation.models import Case
from tests import factories
from tests.factories import deliver_outbox
from tests.ideas.conftest import signed_in
from tests.ideas.talk import case_of, rule, say, settle

OLD, NEW = "Zwei Segel reichen uns völlig.", "Drei Segel reichen uns völlig."


@pytest.fixture
def idea(campaign: Campaign) -> Idea:
    return factories.idea(campaign=campaign, title="Ein Segel am Ufer")


@pytest.fixture
def moderator(db: None) -> User:
    return factories.make_person("mo@example.org", "Mo Moor", groups=["Moderation"])


@pytest.fixture
def comment(idea: Idea, author: User) -> Comment:
    return actions.write_comment(author=author, idea=idea, text=OLD, stance="pro")


def change(who: User | Client, comment: Comment, text: str = NEW, version: int = 1, **more: object) -> object:
    client = who if isinstance(who, Client) else signed_in(who)
    values = {"text": text, "stance": "pro", "version": version} | more
    return client.post(f"/kommentare/{comment.pk}/bearbeiten/", values)


def page(idea: Idea, client: Client | None = None) -> str:
    return (client or Client()).get(idea.get_absolute_url()).text


def checked_before(comment: Comment, moderator: User) -> None:
    Campaign.objects.update(check_comments="before")
    settle(comment, moderator)


def test_a_change_is_public_at_once_marked_and_seen_by_moderators(
    idea: Idea, comment: Comment, author: User, moderator: User
) -> None:
    settle(comment, moderator)
    client = signed_in(author)
    answer = change(client, comment)
    assert answer.status_code == 303
    assert "Ihre Änderung ist veröffentlicht." in client.get(answer.headers["Location"], follow=True).text
    comment.refresh_from_db()
    assert (comment.text, comment.version, comment.latest) == (NEW, 2, 2)
    assert comment.edited_at is not None
    seen = page(idea)
    assert NEW in seen
    assert OLD not in seen
    assert "bearbeitet" in seen
    assert [row.text for row in comment.versions.order_by("number")] == [OLD, NEW]
    case = case_of(comment)
    assert (case.reason, case.subject_version, case.excerpt) == ("change", 2, NEW)
    shown = signed_in(moderator).get(f"/cms/moderation/{case.pk}/beitrag/")
    assert shown.status_code == 200
    assert "Was anders ist als in Fassung 1" in shown.text
    assert "Drei" in shown.text
    assert "Zwei" in shown.text


def test_where_comments_are_checked_first_the_approved_words_stay(
    idea: Idea, comment: Comment, author: User, moderator: User
) -> None:
    checked_before(comment, moderator)
    change(author, comment)
    comment.refresh_from_db()
    assert (comment.text, comment.version, comment.latest, comment.edited_at) == (OLD, 1, 2, None)
    assert "Drei Segel" not in page(idea)
    client = signed_in(author)
    assert NEW in client.get(f"/kommentare/{comment.pk}/bearbeiten/").text
    assert change(client, comment, "Vier Segel reichen uns.", version=2).status_code == 303
    case = case_of(comment)
    assert (case.subject_version, case.excerpt) == (3, "Vier Segel reichen uns.")
    assert "Alle lesen bis dahin" in signed_in(moderator).get(f"/cms/moderation/{case.pk}/beitrag/").text
    settle(comment, moderator)
    comment.refresh_from_db()
    assert (comment.text, comment.version, comment.latest) == ("Vier Segel reichen uns.", 3, 3)
    assert "Vier Segel" in page(idea)
    assert CommentVersion.objects.get(number=2).published_at is None


def test_a_refused_change_leaves_what_was_public_and_a_second_look_lets_it_through(
    idea: Idea, comment: Comment, author: User, moderator: User
) -> None:
    checked_before(comment, moderator)
    change(author, comment)
    settle(comment, moderator, "refuse", rule_version=rule(moderator), reason="So nicht.")
    comment.refresh_from_db()
    assert (comment.state, comment.text, comment.version, comment.latest) == ("public", OLD, 1, 1)
    assert "Drei Segel" not in page(idea)
    actions.publish_comment(comment.pk, 2)
    comment.refresh_from_db()
    assert (comment.text, comment.version, comment.latest) == (NEW, 2, 2)


def test_a_decision_on_an_older_version_is_refused(comment: Comment, author: User, moderator: User) -> None:
    checked_before(comment, moderator)
    change(author, comment)
    change(author, comment, "Fünf Segel reichen uns.", version=2)
    for act in (actions.publish_comment, actions.refuse_comment):
        with pytest.raises(Refused, match="inzwischen geändert"):
            act(comment.pk, 2)
    assert Comment.objects.get().text == OLD


def test_only_a_change_that_waits_can_be_refused_by_itself(comment: Comment, author: User, moderator: User) -> None:
    desk = signed_in(moderator)
    assert 'value="refuse"' not in desk.get(f"/cms/moderation/{case_of(comment).pk}/").text
    checked_before(comment, moderator)
    change(author, comment)
    assert 'value="refuse"' in desk.get(f"/cms/moderation/{case_of(comment).pk}/").text


def test_a_waiting_comment_takes_the_new_words_and_shows_none_of_the_old(
    idea: Idea, author: User, moderator: User
) -> None:
    Campaign.objects.update(check_comments="before")
    comment = actions.write_comment(author=author, idea=idea, text=OLD)
    change(author, comment, stance="contra")
    settle(comment, moderator)
    comment.refresh_from_db()
    assert (comment.text, comment.stance, comment.version, comment.edited_at) == (NEW, "contra", 2, None)
    assert OLD not in Client().get(f"/kommentare/{comment.pk}/fassungen/").text


def test_hidden_while_a_change_waits_it_comes_back_as_it_was_and_the_change_waits_again(
    idea: Idea, comment: Comment, author: User, moderator: User
) -> None:
    checked_before(comment, moderator)
    change(author, comment)
    settle(comment, moderator, "hide", rule_version=rule(moderator), reason="Erst einmal weg.")
    assert change(author, comment, "Ganz andere Worte.").status_code == 403
    actions.publish_comment(comment.pk)
    deliver_outbox()
    comment.refresh_from_db()
    assert (comment.text, comment.version, comment.latest) == (OLD, 1, 2)
    assert case_of(comment).subject_version == 2


def test_two_windows_lose_nothing(comment: Comment, author: User) -> None:
    change(author, comment)
    answer = change(author, comment, "Ein Segel reicht uns völlig.", version=1)
    assert answer.status_code == 409
    assert "Ein Segel reicht uns völlig." in answer.text
    assert NEW in answer.text
    assert "Sie haben diesen Kommentar in einem anderen Fenster geändert." in answer.text
    assert 'name="version" value="2"' in answer.text
    assert Comment.objects.get().text == NEW
    assert change(author, comment, "Ein Segel reicht uns völlig.", version=2).status_code == 303


def test_the_same_words_change_nothing_however_often_they_come(comment: Comment, author: User) -> None:
    client = signed_in(author)
    assert change(client, comment, OLD).status_code == 303
    assert not CommentVersion.objects.exists()
    assert Comment.objects.get().edited_at is None
    for _time in range(2):
        assert change(client, comment).status_code == 303
    assert CommentVersion.objects.count() == 2


@pytest.mark.parametrize(("minutes", "age", "status"), [(None, 9_000, 303), (0, 0, 409), (15, 14, 303), (15, 15, 409)])
def test_the_campaign_says_how_long(comment: Comment, author: User, minutes: int | None, age: int, status: int) -> None:
    Campaign.objects.update(comment_edit_minutes=minutes)
    Comment.objects.update(created_at=now() - timedelta(minutes=age, seconds=1 if age == 15 else -30 if age else 0))
    answer = change(author, comment)
    assert answer.status_code == status
    assert (NEW in answer.text) == (status == 409)
    assert signed_in(author).get(f"/kommentare/{comment.pk}/bearbeiten/").status_code == (200 if status == 303 else 409)
    tools = page(comment.idea, signed_in(author))
    assert (f"/kommentare/{comment.pk}/bearbeiten/" in tools) == (status == 303)


def test_nothing_is_changed_when_comments_are_closed(comment: Comment, author: User) -> None:
    comment.idea.campaign.phases.update(allows_comments=False)
    answer = change(author, comment)
    assert answer.status_code == 409
    assert NEW in answer.text
    assert Comment.objects.get().text == OLD


def test_nobody_else_changes_or_even_sees_the_form(comment: Comment, moderator: User) -> None:
    for who in (factories.person(), moderator):
        assert signed_in(who).get(f"/kommentare/{comment.pk}/bearbeiten/").status_code == 404
        assert change(who, comment).status_code == 404
    assert Client().get(f"/kommentare/{comment.pk}/bearbeiten/").headers["Location"].startswith("/konto/login/")


def test_signing_in_on_the_way_keeps_the_new_words(client: Client, comment: Comment, author: User) -> None:
    assert change(client, comment).status_code == 303
    client.force_login(author)
    assert NEW in client.get(f"/kommentare/{comment.pk}/bearbeiten/").text
    assert Comment.objects.get().text == OLD


@pytest.mark.parametrize("text", ["", "x" * 2001, "x" * 20_000, "a\x00b", "x"])
def test_bad_words_come_back_with_a_reason(comment: Comment, author: User, text: str) -> None:
    answer = change(author, comment, text)
    assert answer.status_code == 422
    assert text.replace("\x00", "") in answer.text or "\x00" in text
    assert Comment.objects.get().text == OLD


@pytest.mark.parametrize("version", ["abc", "-1", "0", "9" * 30, ""])
def test_forged_versions_are_answered(comment: Comment, author: User, version: str) -> None:
    assert change(author, comment, version=version).status_code in (409, 422)


def test_everybody_compares_only_where_the_campaign_says_so(
    idea: Idea, comment: Comment, author: User, moderator: User
) -> None:
    change(author, comment)
    address = f"/kommentare/{comment.pk}/fassungen/"
    seen = Client().get(address)
    assert seen.status_code == 200
    assert "<del>" in seen.text
    assert "Zwei" in seen.text
    Campaign.objects.update(shows_comment_edits=False)
    assert Client().get(address).status_code == signed_in(factories.person()).get(address).status_code == 404
    assert signed_in(author).get(address).status_code == signed_in(moderator).get(address).status_code == 200
    actions.hide_comment(comment.pk)
    Campaign.objects.update(shows_comment_edits=True)
    assert Client().get(address).status_code == 404


def test_a_version_that_was_never_public_is_nobodys_business(comment: Comment, author: User, moderator: User) -> None:
    checked_before(comment, moderator)
    change(author, comment)
    for client in (Client(), signed_in(moderator), signed_in(author)):
        assert "Drei" not in client.get(f"/kommentare/{comment.pk}/fassungen/").text


def test_deleting_takes_all_words_and_leaves_a_dated_stone(idea: Idea, comment: Comment, author: User) -> None:
    other = factories.person("Opa Wim")
    change(author, comment)
    reply = actions.write_comment(author=other, idea=idea, text="Ganz meine Meinung.", parent=comment)
    quoting = actions.write_comment(author=other, idea=idea, text="Wirklich?", quote=comment, quote_text="Drei Segel")
    actions.write_comment(author=author, idea=idea, text="Nebenbei.")
    client = signed_in(author)
    assert "Ihren Kommentar löschen" in client.get(f"/kommentare/{comment.pk}/loeschen/").text
    for _time in range(2):
        assert client.post(f"/kommentare/{comment.pk}/loeschen/").status_code in (303, 404)
    deliver_outbox()
    comment.refresh_from_db()
    assert (comment.state, comment.text, comment.versions.count()) == ("deleted", "", 0)
    assert comment.deleted_at is not None
    quoting.refresh_from_db()
    assert (quoting.quote_id, quoting.quote_text) == (None, "")
    seen = page(idea)
    assert "Segel reichen" not in seen
    assert "Drei Segel" not in seen
    assert "Ganz meine Meinung." in seen
    assert "mw-tombstone" in seen
    assert Idea.objects.get().comment_count == 3
    assert not Case.objects.filter(kind="comment", object_id=comment.pk, state="open").exists()
    assert client.get(f"/kommentare/{comment.pk}/bearbeiten/").status_code == 404
    assert client.get(f"/kommentare/{comment.pk}/fassungen/").status_code == 404
    assert actions.write_comment(author=other, idea=idea, text="Hm.", parent=reply).depth == 2


def test_search_finds_the_new_words_and_not_the_old(comment: Comment, author: User) -> None:
    change(author, comment, "Sonnenschirme taugen mehr.")
    assert "Sonnenschirme" in Client().get("/suche/?q=Sonnenschirme").text
    assert f"/kommentare/{comment.pk}/" not in Client().get("/suche/?q=völlig").text
    actions.delete_comment(comment=comment, by=author)
    assert f"/kommentare/{comment.pk}/" not in Client().get("/suche/?q=Sonnenschirme").text


def test_offices_and_moderators_need_no_check_of_their_own_words(idea: Idea, office: User) -> None:
    Campaign.objects.update(check_comments="before")
    comment = actions.write_comment(author=office, idea=idea, text="Wir prüfen das.")
    change(office, comment, "Wir haben das geprüft.")
    assert Comment.objects.get().text == "Wir haben das geprüft."
    assert not Case.objects.exists()


def test_replies_keep_having_no_kind(idea: Idea, comment: Comment, author: User) -> None:
    reply = say(idea, author, "Eine Antwort.", parent=comment)
    assert "Verbesserung" not in signed_in(author).get(f"/kommentare/{reply.pk}/bearbeiten/").text
    change(author, reply, "Eine andere Antwort.", stance="contra")
    assert Comment.objects.get(pk=reply.pk).stance == ""
