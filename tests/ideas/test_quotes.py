"""Quotes: somebody's own public words, from the same discussion, checked – and nothing typed is lost."""

import pytest
from django.test import Client

from accounts.models import User
from ideas import actions
from ideas.models import Campaign, Comment, Idea
from ideas.quotes import is_from, offered
from tests import factories
from tests.ideas.conftest import signed_in
from tests.ideas.talk import say

SAID = "Ein Segel **spendet Schatten** – und das\nist nicht unmöglich."


@pytest.fixture
def idea(campaign: Campaign) -> Idea:
    return factories.idea(campaign=campaign, title="Ein Segel am Ufer")


@pytest.fixture
def said(idea: Idea) -> Comment:
    return say(idea, factories.person("Opa Wim"), SAID)


def send(who: User | Client, idea: Idea, said: Comment | None, words: str, **more: object) -> object:
    client = who if isinstance(who, Client) else signed_in(who)
    values = {"text": "Das sehe ich anders.", "quote": said.pk if said else "", "quote_text": words} | more
    return client.post(f"/ideen/{idea.pk}/kommentare/", values)


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("spendet Schatten", True), ("Segel **spendet", True), ("das   ist\nnicht unmöglich", True), (SAID, True),
        ("Schatten – und", True), ("möglich", False), ("Ein Segel spendet keinen", False), ("ein segel", False), (" ", False),
    ],
)  # fmt: skip
def test_only_whole_words_in_their_order_are_a_quote(words: str, fits: bool) -> None:
    assert is_from(words, SAID) is fits


def test_what_is_offered_can_be_quoted() -> None:
    long = "Wort " * 300
    assert is_from(offered(SAID), SAID)
    assert len(offered(long)) <= 400
    assert is_from(offered(long), long)


def test_the_button_offers_the_words_and_makes_a_reply(idea: Idea, said: Comment, author: User) -> None:
    client = signed_in(author)
    assert f"?zitat={said.pk}#kommentar-schreiben" in client.get(idea.get_absolute_url()).text
    page = client.get(f"{idea.get_absolute_url()}?zitat={said.pk}").text
    assert "Sie zitieren Opa Wim" in page
    assert "Ihre Antwort an Opa Wim" in page
    assert "Ein Segel spendet Schatten – und das ist nicht unmöglich.</textarea>" in page
    marked = client.get(f"{idea.get_absolute_url()}?zitat={said.pk}&worte=spendet+Schatten").text
    assert ">\nspendet Schatten</textarea>" in marked
    forged = client.get(f"{idea.get_absolute_url()}?zitat={said.pk}&worte=Alles+Quatsch").text
    assert "Alles Quatsch" not in forged


def test_quoted_words_stand_above_and_lead_back(idea: Idea, said: Comment, author: User) -> None:
    answer = send(author, idea, said, "spendet Schatten", parent=said.pk)
    assert answer.status_code == 303
    made = Comment.objects.get(author=author)
    assert (made.quote, made.quote_text, made.parent) == (said, "spendet Schatten", said)
    page = Client().get(idea.get_absolute_url()).text
    assert "<blockquote" in page
    assert f'href="/kommentare/{said.pk}/' in page
    actions.hide_comment(said.pk)
    assert "spendet Schatten" not in Client().get(idea.get_absolute_url()).text


def test_words_that_were_not_said_come_back_with_everything_typed(idea: Idea, said: Comment, author: User) -> None:
    answer = send(author, idea, said, "Segel taugen nichts", stance="contra")
    assert answer.status_code == 422
    for typed in ("Das sehe ich anders.", "Segel taugen nichts", "Sie zitieren Opa Wim"):
        assert typed in answer.text
    assert "Diese Worte stehen nicht in dem Kommentar" in answer.text
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("words", ["x" * 401, "x" * 20_000, "a\x00b"])
def test_bad_quotes_come_back_with_a_reason(idea: Idea, said: Comment, author: User, words: str) -> None:
    answer = send(author, idea, said, words)
    assert answer.status_code == 422
    assert "Das sehe ich anders." in answer.text


@pytest.mark.parametrize("number", ["abc", "0", "-5", "9" * 30, "999999"])
def test_forged_numbers_are_answered_and_nothing_is_lost(idea: Idea, said: Comment, author: User, number: str) -> None:
    answer = send(author, idea, None, "spendet Schatten", quote=number)
    assert answer.status_code in (409, 422)
    assert "Das sehe ich anders." in answer.text
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("state", ["waiting", "hidden", "refused", "deleted"])
def test_what_is_not_public_is_not_quoted_and_sending_again_goes_without(
    idea: Idea, said: Comment, author: User, state: str
) -> None:
    Comment.objects.update(state=state)
    answer = send(author, idea, said, "spendet Schatten")
    assert answer.status_code == 409
    assert "spendet Schatten" not in answer.text
    assert 'name="quote" value=' not in answer.text
    assert "Das sehe ich anders." in answer.text
    assert Client().get(f"{idea.get_absolute_url()}?zitat={said.pk}").status_code == 200


def test_neither_other_ideas_nor_waiting_changes_are_quoted(idea: Idea, said: Comment, author: User) -> None:
    foreign = say(factories.idea(campaign=idea.campaign), author, "Ganz woanders gesagt.")
    assert send(author, idea, foreign, "Ganz woanders gesagt.").status_code == 409
    Campaign.objects.update(check_comments="before")
    writer = said.author
    actions.change_comment(comment=said, editor=writer, text="Noch nicht gelesen.")
    assert send(author, idea, said, "Noch nicht gelesen.").status_code == 422


def test_no_words_are_no_quote_and_a_repeated_request_is_one_comment(idea: Idea, said: Comment, author: User) -> None:
    client = signed_in(author)
    for _time in range(2):
        assert send(client, idea, said, "  ", request_key="einmal").status_code == 303
    made = Comment.objects.get(author=author)
    assert (made.quote, made.quote_text) == (None, "")


def test_signing_in_on_the_way_keeps_the_quote(client: Client, idea: Idea, said: Comment, author: User) -> None:
    assert send(client, idea, said, "spendet Schatten", parent=said.pk).status_code == 303
    client.force_login(author)
    page = client.get(f"{idea.get_absolute_url()}?kommentar=1").text
    assert "spendet Schatten</textarea>" in page
    assert "Das sehe ich anders.</textarea>" in page


def test_a_parent_that_is_gone_does_not_block_sending_again(idea: Idea, said: Comment, author: User) -> None:
    actions.hide_comment(said.pk)
    answer = send(author, idea, None, "", parent=said.pk)
    assert answer.status_code == 409
    assert "Das sehe ich anders.</textarea>" in answer.text
    assert f'name="parent" value="{said.pk}"' not in answer.text
