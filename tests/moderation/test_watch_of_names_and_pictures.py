"""The database writes down what happens to pictures and public names too; ``verify_audit`` misses an entry on any road."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client

from accounts.actions import change_name
from accounts.models import User
from ideas.actions import keep_picture, submit_idea
from ideas.content import IdeaContent
from ideas.images import clean_picture
from ideas.models import IdeaPicture
from moderation.actions import complain, decide, decide_complaint, open_case
from moderation.models import Act, Case, Decision, ProfileName, RuleVersion, StateChange
from notifications.models import Message
from tests import factories
from tests.ideas.conftest import picture_file
from tests.moderation.guards import lifted
from tests.moderation.test_audit import found, verify

pytestmark = pytest.mark.django_db
CONTENT = IdeaContent(title="Ein Segel am Ufer", text="Ein Segel über dem Sand hilft allen Kindern.")


@pytest.fixture
def mira(moderator: Callable[..., User]) -> User:
    return moderator("Mira Kaya")


@pytest.fixture
def author() -> User:
    """Somebody who has an idea with a picture here, which everybody reads."""
    person = factories.make_person("autorin@example.org", "Federwolke")
    upload = picture_file(300, 200)
    picture = keep_picture(clean=clean_picture(upload, upload.size or 0), uploader=person)
    content = IdeaContent(title=CONTENT.title, text=CONTENT.text, pictures=((picture, "Ein Segel"),))
    submit_idea(author=person, campaign=factories.campaign(check_ideas="after"), content=content)
    return person


@pytest.fixture
def picture(author: User) -> IdeaPicture:
    return IdeaPicture.objects.get(uploader=author)


def judged(kind: str, object_id: int, actor: User, decision: str, rule: RuleVersion | None = None) -> Decision:
    """Decide as the page does."""
    with transaction.atomic():
        case = open_case(kind, object_id, reason=Case.Reason.OWN)
    return decide(
        case_id=case.pk, version=case.version, actor=actor, decision=decision, rule_version=rule,
        reason="Das verletzt jemanden.",
    )  # fmt: skip


def steps(kind: str, object_id: int) -> list[tuple[str, str]]:
    """Return what the database wrote down."""
    rows = StateChange.objects.filter(kind=kind, object_id=object_id).order_by("id")
    return list(rows.values_list("before", "after"))


def by_hand(statement: str, *values: object) -> None:
    """Run a statement as somebody with access to the database does."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def overturned(entry: Decision, other: User) -> None:
    """Complain, and let another person give way."""
    complaint = complain(code=entry.code, text="Bitte sehen Sie noch einmal hin.")
    case = Case.objects.get(kind="complaint", object_id=complaint.pk)
    decide_complaint(
        complaint_id=complaint.pk, version=case.version, actor=other, outcome="overturned", answer="Das stimmt."
    )


def test_a_picture_hidden_and_shown_by_decisions_has_its_two_changes(picture, mira, rule):
    judged("picture", picture.pk, mira, "hide", rule)
    judged("picture", picture.pk, mira, "restore")
    assert steps("picture", picture.pk) == [("public", "hidden"), ("hidden", "public")]
    assert verify()[0] == 0


PICTURE_ROADS: dict[str, Callable[[IdeaPicture], object]] = {
    "shell": lambda picture: IdeaPicture.objects.filter(pk=picture.pk).update(hidden_at="2026-11-01T10:00Z"),
    "bulk": lambda picture: (
        setattr(picture, "hidden_at", picture.created_at),
        IdeaPicture.objects.bulk_update([picture], ["hidden_at"]),
    ),
    "admin": lambda picture: (setattr(picture, "hidden_at", picture.created_at), picture.save()),
    "sql": lambda picture: by_hand("UPDATE ideas_ideapicture SET hidden_at = created_at WHERE id = %s", picture.pk),
}


@pytest.mark.parametrize("road", PICTURE_ROADS)
def test_8_a_picture_hidden_on_any_road_without_an_entry_shows(picture, road):
    PICTURE_ROADS[road](picture)
    assert found() == {8}
    assert f"[8] Bild {picture.pk} wechselte von „public“ zu „hidden“, ohne dass es eingetragen ist." in verify()[1]


def test_8_a_hidden_picture_shown_again_behind_the_record_shows(picture, mira, rule):
    judged("picture", picture.pk, mira, "hide", rule)
    by_hand("UPDATE ideas_ideapicture SET hidden_at = NULL")
    assert f"Bild {picture.pk} wechselte von „hidden“ zu „public“, ohne dass" in verify()[1]


def test_8_a_picture_hidden_while_nobody_watched_shows(picture):
    with lifted("ideas_ideapicture"):
        IdeaPicture.objects.update(hidden_at="2026-11-01T10:00Z")
    assert f"Bild {picture.pk} ist „hidden“, aber die letzte aufgeschriebene Änderung" in verify()[1]


def test_another_time_of_the_same_hiding_is_no_change(picture, mira, rule):
    judged("picture", picture.pk, mira, "hide", rule)
    IdeaPicture.objects.update(hidden_at="2026-11-01T10:00Z")
    assert verify()[0] == 0


def test_whatever_people_and_moderators_do_with_names_is_explained(author, mira, rule, moderator):
    other = moderator("Jonas Beck")
    change_name(person=author, name="Rabenfeder")
    change_name(person=author, name="Nebelfeder")  # takes the first wish back
    refused = judged("profile", author.pk, mira, "refuse", rule)
    overturned(refused, other)  # the refused name stands after all
    judged("profile", author.pk, mira, "hide", rule)
    author.refresh_from_db()
    change_name(person=author, name="Kranichfeder")
    judged("profile", author.pk, mira, "approve")  # a new name while one is hidden
    hidden = judged("profile", author.pk, mira, "hide", rule)
    overturned(hidden, other)
    author.refresh_from_db()
    assert author.display_name == "Kranichfeder"
    assert verify()[0] == 0, verify()[1]
    acts = Act.objects.filter(kind="profile").order_by("id").values_list("name", flat=True)
    assert list(acts) == ["chosen", "withdrawn", "chosen", "replaced"]
    assert steps("profile", author.pk) == [
        ("public", "waiting"), ("waiting", "public"), ("public", "waiting"), ("waiting", "public"),
        ("public", "hidden"), ("hidden", "waiting"), ("waiting", "public"), ("public", "hidden"), ("hidden", "public"),
    ]  # fmt: skip


def test_a_hidden_name_given_back_while_another_waits_is_explained(author, mira, rule):
    judged("profile", author.pk, mira, "hide", rule)
    author.refresh_from_db()
    change_name(person=author, name="Kranichfeder")
    judged("profile", author.pk, mira, "restore")
    assert steps("profile", author.pk) == [("public", "hidden"), ("hidden", "waiting")]
    judged("profile", author.pk, mira, "approve")
    assert verify()[0] == 0, verify()[1]


NAME_ROADS: dict[str, Callable[[User], object]] = {
    "shell": lambda person: ProfileName.objects.filter(person=person, state="waiting").update(state="refused"),
    "admin": lambda person: [
        (setattr(row, "state", "past"), row.save()) for row in person.names.filter(state="waiting")
    ],
    "delete": lambda person: ProfileName.objects.filter(person=person, state="waiting").delete(),
    "sql": lambda person: by_hand("UPDATE moderation_profilename SET state = 'refused' WHERE state = 'waiting'"),
}


@pytest.mark.parametrize("road", NAME_ROADS)
def test_8_a_name_that_stops_waiting_on_any_road_without_an_entry_shows(author, road):
    change_name(person=author, name="Rabenfeder")
    assert verify()[0] == 0
    NAME_ROADS[road](author)
    assert found() == {8}
    assert f"Profil {author.pk} wechselte von „waiting“ zu „public“, ohne dass es eingetragen ist." in verify()[1]


def test_8_other_words_in_the_place_of_a_looked_at_name_show(author, mira):
    change_name(person=author, name="Rabenfeder")
    judged("profile", author.pk, mira, "approve")
    assert verify()[0] == 0
    User.objects.filter(pk=author.pk).update(display_name="Dr. Bürgermeister")
    assert found() == {8}
    assert f"Profil {author.pk} trägt einen anderen Namen, als zuletzt aufgeschrieben wurde." in verify()[1]


def test_8_a_hidden_name_given_back_past_everything_shows(author, mira, rule):
    judged("profile", author.pk, mira, "hide", rule)
    User.objects.filter(pk=author.pk).update(display_name="Federwolke")
    assert f"Profil {author.pk} trägt einen Namen, der ausgeblendet ist." in verify()[1]


@pytest.mark.parametrize("table", ["ideas_ideapicture", "moderation_profilename"])
def test_8_a_watch_that_is_off_shows(table, author):
    name = f"{table}_watch_update"
    off = f"DROP TRIGGER {name}" if connection.vendor == "sqlite" else f"ALTER TABLE {table} DISABLE TRIGGER {name}"
    if connection.vendor == "postgresql":
        by_hand("SET CONSTRAINTS ALL IMMEDIATE")
    by_hand(off)
    assert f"Der Auslöser „{name}“ fehlt oder ist abgeschaltet" in verify()[1]


def test_a_person_who_goes_for_good_leaves_no_contradiction(author, mira, rule):
    judged("profile", author.pk, mira, "hide", rule)
    User.objects.get(pk=author.pk).delete()
    assert verify()[0] == 0, verify()[1]


def test_an_admins_form_lets_a_citizens_name_wait_too(author, admin_client: Client):
    data = {"email": author.email, "display_name": "Rabenfeder", "office": "", "is_active": "on", "groups": []}
    answer = admin_client.post(f"/cms/users/edit/{author.pk}/", data)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    assert User.objects.get(pk=author.pk).display_name == "Federwolke"
    assert Case.objects.get(kind="profile", object_id=author.pk).title == "Rabenfeder"


def test_who_complained_in_vain_or_not_is_always_told(author, mira, moderator, rule):
    """A refused name that stands after the complaint changes no state; the author is told all the same."""
    change_name(person=author, name="Rabenfeder")
    overturned(judged("profile", author.pk, mira, "refuse", rule), moderator("Jonas Beck"))
    factories.deliver_outbox()
    said = Message.objects.filter(person=author).order_by("-pk").values_list("subject", flat=True).first()
    assert said == "Ihre Beschwerde hatte Erfolg: „Rabenfeder“"
