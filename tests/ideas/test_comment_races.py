"""A comment changed, decided on and deleted at the same time: never an unapproved word in public, nothing counted wrong."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from common.database import is_postgres
from common.errors import Refused
from ideas import actions
from ideas.models import Comment, CommentVersion, Idea, Mention
from moderation.actions import decide
from moderation.models import Case
from tests import factories
from tests.ideas.talk import rule, say

ROUNDS = 8


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run all of them at the same time; return what each gave, or its refusal."""

    def alone(work: Callable[[], Any]) -> Any:
        try:
            return work()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(alone, works))


@pytest.fixture
def several_writers(transactional_db: None) -> None:
    if not is_postgres():
        pytest.skip("The in-memory SQLite of tests has one writer; its courses of events are drawn below.")


@pytest.mark.django_db(transaction=True)
def test_changing_and_deciding_at_the_same_moment(several_writers: None) -> None:
    campaign = factories.campaign(check_comments="before")
    idea, author = factories.idea(campaign=campaign), factories.person("Federwolke")
    moderator = factories.make_person("mo@example.org", "Mo Moor", groups=["Moderation"])
    law = rule(moderator)
    comment = say(idea, author, "Erste Worte.")
    approved = {"Erste Worte."}
    for number in range(ROUNDS):
        seen = f"Gesehen {number}"
        actions.change_comment(comment=comment, editor=author, text=seen)
        case = Case.objects.get(state="open")
        choice = "refuse" if number % 4 == 3 else "approve"
        change = f"Ungesehen {number}"
        _changed, decided = at_once(
            lambda text=change: actions.change_comment(comment=comment, editor=author, text=text),
            lambda case=case, choice=choice: decide(
                case_id=case.pk, version=case.version, actor=moderator, decision=choice, rule_version=law, reason="So."
            ),
        )
        if not isinstance(decided, Refused) and choice == "approve":
            approved.add(seen)
        comment.refresh_from_db()
        assert comment.text in approved
        assert comment.latest != comment.version
        waiting = Case.objects.get(state="open")
        assert waiting.subject_version == comment.latest
        assert CommentVersion.objects.get(comment=comment, number=comment.latest).text == change


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_the_same_moment_make_one_change(several_writers: None) -> None:
    comment = say(factories.idea(), factories.person("Federwolke"), "Erste Worte.")
    texts = [f"Fenster {number}" for number in range(4)]
    works = [
        lambda text=text: actions.change_comment(comment=comment, editor=comment.author, text=text, seen_version=1)
        for text in texts
    ]
    found = at_once(*works)
    assert sum(not isinstance(one, Refused) for one in found) == 1
    assert {one.status for one in found if isinstance(one, Refused)} == {409}
    assert CommentVersion.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_deleting_quoting_replying_and_changing_at_the_same_moment(several_writers: None) -> None:
    idea, author, other = factories.idea(), factories.person("Federwolke"), factories.person("Opa Wim")
    for number in range(ROUNDS):
        first = say(idea, author, "Erste Worte dazu.")
        reply = say(idea, other, "Antwort dazu.", parent=first)
        found = at_once(
            lambda first=first: actions.delete_comment(comment=first, by=author),
            lambda first=first, reply=reply: actions.write_comment(
                author=other, idea=idea, text="@Federwolke?", parent=reply, quote=first, quote_text="Worte"
            ),
            lambda first=first: actions.change_comment(comment=first, editor=author, text="Zweite Worte dazu."),
            lambda reply=reply: actions.delete_comment(comment=reply, by=other),
        )
        assert not isinstance(found[0], Refused), number
        factories.deliver_outbox()
        first.refresh_from_db()
        assert (first.state, first.text, first.versions.count()) == ("deleted", "", 0)
        assert not Comment.objects.filter(quote=first).exclude(quote_text="").exists()
    public = Comment.objects.filter(idea=idea, state="public").count()
    assert Idea.objects.get(pk=idea.pk).comment_count == public


@pytest.mark.django_db(transaction=True)
def test_a_person_is_told_once_however_often_it_is_sent(several_writers: None) -> None:
    idea, author = factories.idea(author=factories.person("Hanna")), factories.person("Opa Wim")
    at_once(*[lambda: actions.write_comment(author=author, idea=idea, text="@Hanna, ja?", request_key="einmal")] * 5)
    assert Mention.objects.count() == Comment.objects.count() == 1
    comment = Comment.objects.get()
    at_once(*[lambda: actions.change_comment(comment=comment, editor=author, text="@Hanna, nein?", seen_version=1)] * 5)
    assert Mention.objects.count() == 1
    assert CommentVersion.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_courses_of_events_show_nothing_that_nobody_let_through(seed: int) -> None:
    """Change, look, decide, hide and restore in an order drawn by chance; what is decided was looked at before."""
    draw = random.Random(seed)
    campaign = factories.campaign(check_comments="before")
    idea, author = factories.idea(campaign=campaign), factories.person("Federwolke")
    moderator = factories.make_person("mo@example.org", "Mo Moor", groups=["Moderation"])
    law, comment = rule(moderator), actions.write_comment(author=author, idea=idea, text="Wort 0")
    allowed: set[str] = set()
    seen: tuple[Case, str] | None = None
    for number in range(1, 60):
        comment.refresh_from_db()
        step = draw.choice(["change", "look", "look", "approve", "approve", "refuse", "hide", "restore"])
        try:
            if step == "change":
                actions.change_comment(comment=comment, editor=author, text=f"Wort {number}")
            elif step == "look":
                case = Case.objects.filter(state="open").first()
                newest = comment.versions.filter(number=comment.latest).first()
                seen = (case, newest.text if newest else comment.text) if case else None
            elif step == "restore":
                actions.publish_comment(comment.pk, None) if comment.state == "hidden" else None
                factories.deliver_outbox()
            elif seen:
                case, words = seen
                decide(
                    case_id=case.pk,
                    version=case.version,
                    actor=moderator,
                    decision=step,
                    rule_version=law,
                    reason="So.",
                )
                allowed |= {words} if step == "approve" else set()
        except Refused:
            pass
        comment.refresh_from_db()
        assert comment.state != "public" or comment.text in allowed, (seed, number, step)
        public = comment.versions.exclude(published_at=None).values_list("text", flat=True)
        assert set(public) <= allowed
        assert Idea.objects.get(pk=idea.pk).comment_count == (comment.state == "public")
