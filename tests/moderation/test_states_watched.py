"""Whatever changes the state of an idea or a comment, the database writes it down, and ``verify_audit`` misses an entry."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from accounts.models import User
from ideas.actions import delete_comment, submit_idea, withdraw_idea, write_comment
from ideas.content import IdeaContent
from ideas.models import Comment, Idea
from moderation.actions import decide, open_case
from moderation.due import anchor_record
from moderation.models import Act, Anchor, Case, StateChange
from tests import factories
from tests.moderation.guards import lifted
from tests.moderation.test_audit import found, verify

pytestmark = pytest.mark.django_db
CONTENT = IdeaContent(title="Ein Segel am Ufer", text="Ein Segel über dem Sand hilft allen Kindern.")


@pytest.fixture
def author() -> User:
    return factories.make_person("autorin@example.org", "Federwolke")


@pytest.fixture
def idea(author: User, moderator: Callable[..., User]) -> Idea:
    """An idea that a moderator has approved."""
    made = submit_idea(author=author, campaign=factories.campaign(check_ideas="before"), content=CONTENT)
    judged(made, moderator("Mira Kaya"), "approve")
    return Idea.objects.get(pk=made.pk)


@pytest.fixture
def comment(idea: Idea, author: User) -> Comment:
    """A comment that is shown at once."""
    idea.campaign.check_comments = "after"
    idea.campaign.save()
    return write_comment(author=author, idea=idea, text="Das gefällt mir.")


def judged(thing: Idea | Comment, actor: User, decision: str, **more: object) -> None:
    """Decide on an idea or a comment."""
    kind = type(thing).__name__.lower()
    case = Case.objects.filter(kind=kind, object_id=thing.pk, state="open").first()
    if case is None:
        with transaction.atomic():
            case = open_case(kind, thing.pk, reason="own")
    decide(case_id=case.pk, version=case.version, actor=actor, decision=decision, **more)  # type: ignore[arg-type]


def steps(thing: Idea | Comment) -> list[tuple[str, str]]:
    """Return what the database wrote down."""
    rows = StateChange.objects.filter(kind=type(thing).__name__.lower(), object_id=thing.pk).order_by("id")
    return list(rows.values_list("before", "after"))


def test_decisions_and_their_changes_belong_together(idea, author, rule):
    mira = User.objects.get(display_name="Mira Kaya")
    for _round in range(3):
        judged(idea, mira, "hide", rule_version=rule, reason="Das greift jemanden an.")
        judged(idea, mira, "restore")
    expected = [("waiting", "public"), *[("public", "hidden"), ("hidden", "public")] * 3]
    assert steps(idea) == expected
    assert verify() == (0, "7 Einträge, alle unversehrt.\n")


def test_what_authors_and_campaigns_do_without_a_decision_is_named(idea, comment, author):
    delete_comment(comment=comment, by=author)
    withdraw_idea(idea=idea, by=author)
    names = (
        Act.objects.filter(kind__in=("idea", "comment")).order_by("id").values_list("kind", "name", "before", "after")
    )
    assert list(names) == [
        ("comment", "checked_later", "waiting", "public"),
        ("comment", "deleted", "public", "deleted"),
        ("idea", "withdrawn", "public", "withdrawn"),
    ]
    assert verify()[0] == 0


ROADS: dict[str, Callable[[Idea], object]] = {
    "shell": lambda idea: Idea.objects.filter(pk=idea.pk).update(state="hidden"),
    "admin": lambda idea: (setattr(idea, "state", "hidden"), idea.save()),
    "bulk": lambda idea: (setattr(idea, "state", "hidden"), Idea.objects.bulk_update([idea], ["state"])),
    "sql": lambda idea: by_hand("UPDATE ideas_idea SET state = 'hidden' WHERE id = %s", idea.pk),
}


def by_hand(statement: str, *values: object) -> None:
    """Run a statement as somebody with access to the database does."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("road", ROADS)
def test_8_a_state_changed_on_any_road_without_an_entry_shows(idea, road):
    ROADS[road](idea)
    assert found() == {8}
    assert f"[8] Idee {idea.pk} wechselte von „public“ zu „hidden“, ohne dass es eingetragen ist." in verify()[1]


def test_8_changing_it_back_does_not_hide_it(idea):
    for state in ("hidden", "public"):
        Idea.objects.filter(pk=idea.pk).update(state=state)
    assert verify()[1].count("ohne dass es eingetragen ist") == 2


def test_8_a_comment_is_watched_as_well(comment):
    Comment.objects.filter(pk=comment.pk).update(state="refused")
    assert f"Kommentar {comment.pk} wechselte von „public“ zu „refused“, ohne dass" in verify()[1]


def test_8_something_put_in_as_public_past_everything_shows(idea, author):
    made = Comment.objects.create(idea=idea, author=author, text="Reingemogelt.", state="public")
    assert steps(made) == [("", "public")]
    assert found() == {8}


def test_8_an_entry_without_its_change_shows(idea, moderator, rule):
    judged(idea, moderator("Jörg Pohl"), "hide", rule_version=rule, reason="Das greift jemanden an.")
    with lifted("moderation_statechange"):
        StateChange.objects.filter(after="hidden").delete()
    with lifted("ideas_idea"):
        Idea.objects.filter(pk=idea.pk).update(state="public")
    assert found() == {8}
    words = f"Eintrag 2 besagt, dass Idee {idea.pk} von „public“ zu „hidden“ wechselte; das ist nie geschehen."
    assert words in verify()[1]


def test_8_what_was_changed_while_the_watch_was_off_shows(idea):
    with lifted("ideas_idea"):
        Idea.objects.filter(pk=idea.pk).update(state="hidden")
    assert found() == {8}
    assert "ist „hidden“, aber die letzte aufgeschriebene Änderung hinterließ sie als „public“" in verify()[1]


def test_8_a_watch_that_is_off_shows(idea):
    name = "ideas_idea_watch_update"
    off = f"DROP TRIGGER {name}" if connection.vendor == "sqlite" else f"ALTER TABLE ideas_idea DISABLE TRIGGER {name}"
    if connection.vendor == "postgresql":
        by_hand("SET CONSTRAINTS ALL IMMEDIATE")
    by_hand(off)
    assert found() == {8}
    assert f"Der Auslöser „{name}“ fehlt oder ist abgeschaltet" in verify()[1]


def test_8_a_decided_idea_that_is_gone_shows(idea):
    by_hand("UPDATE ideas_idea SET approved_version_id = NULL, latest_version_id = NULL, state = 'hidden'")
    by_hand("DELETE FROM ideas_ideaversion WHERE idea_id = %s", idea.pk)
    by_hand("DELETE FROM ideas_idea WHERE id = %s", idea.pk)
    assert f"Idee {idea.pk} ist weg" in verify()[1]


def test_8_deleted_changes_of_state_are_missed_by_the_anchor(idea):
    anchor_record()
    assert Anchor.objects.get().changes == StateChange.objects.count() == 1
    with lifted("moderation_statechange"):
        StateChange.objects.all().delete()
    assert "ein Anker hat 1 gezählt" in verify()[1]


@pytest.mark.parametrize("table", ["moderation_statechange", "moderation_act", "moderation_anchor"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET id = id"])
def test_what_is_written_down_can_neither_be_changed_nor_deleted(idea, comment, table, statement):
    anchor_record()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        by_hand(statement.format(table))


def test_a_change_that_is_rolled_back_leaves_nothing(idea):
    before = StateChange.objects.count(), Act.objects.count()
    with transaction.atomic():
        withdraw_idea(idea=idea, by=idea.author)
        transaction.set_rollback(True)
    assert (StateChange.objects.count(), Act.objects.count()) == before


def test_anchors_are_public_and_taken_once_for_the_same_end(idea, client):
    assert "Noch gibt es keinen Anker." in client.get("/moderationsbuch/anker/").text
    anchor_record()
    anchor_record()
    (anchor,) = Anchor.objects.all()
    page = Client().get("/moderationsbuch/anker/")
    assert (page.status_code, anchor.hash in page.text, "max-age=60" in page["Cache-Control"]) == (200, True, True)
    (row,) = Client().get("/moderationsbuch/anker.json").json()["anchors"]
    assert (row["sequence"], row["hash"], row["count"], row["changes"]) == (1, anchor.hash, 1, 1)


def test_moderators_find_the_anchors_in_the_admin(idea, client):
    anchor_record()
    mira = User.objects.get(display_name="Mira Kaya")
    client.force_login(mira)
    page = client.get("/cms/moderation/protokoll/")
    assert (page.status_code, Anchor.objects.get().hash in page.text) == (200, True)
    client.force_login(idea.author)
    assert client.get("/cms/moderation/protokoll/").status_code in (302, 403)
