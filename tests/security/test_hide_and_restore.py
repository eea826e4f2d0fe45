"""Hidden and restored a hundred times by real decisions, an idea, a comment and a picture are as they were before.

Every row of every table is compared. What may differ are the tables of the record below, and they must hold exactly what was
decided: nothing more, and nobody else is told anything.
"""

import re
from collections import Counter

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from common.events import announce
from common.models import Delivery
from ideas.actions import accept_invitation, invite_by_link, write_comment
from ideas.models import Idea
from moderation.actions import decide, open_case
from moderation.models import Case, CaseEvent, Decision, StateChange
from notifications.models import Message
from tests import factories
from tests.factories import deliver_outbox
from tests.moderation.test_audit import verify
from tests.security.test_hidden_everywhere import Scene, make_scene  # noqa: F401 - the fixture
from tests.soak import by_database
from voting.actions import give_support

ROUNDS = by_database(10, 100)
PICTURE_ROUNDS = range(0, ROUNDS, 5)
# The record: what was decided, and that it was. Each is looked at by itself below.
RECORD = {
    "moderation_case",
    "moderation_caseevent",
    "moderation_decision",
    "moderation_ruleseal",
    "moderation_statechange",
    # what the assistance notes beside each case
    "moderation_markhit",
    "moderation_textprint",
    "moderation_caseword",
    # letters
    "notifications_message",
}
# How SQLite keeps the words of the full-text tables inside; what they say is compared, not where it lies.
INSIDE = ("_data", "_idx", "_docsize", "_content", "_config")
FOREIGN = ("django", "wagtailsearch", "wagtailcore", "modelsearch", "sqlite")
# What a queue keeps about its own work: numbers and times that must move.
MOVING = {"version", "built_version"}
TALLY = """SELECT campaign_id, topic, goal, district, progress, status, SUM(number) FROM ideas_ideatally
    GROUP BY campaign_id, topic, goal, district, progress, status HAVING SUM(number) <> 0"""


def dump() -> dict[str, list[str]]:
    """Return all rows of our tables; sums where sums are kept in many rows."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            is_inside = table.startswith("search_") and table.endswith(INSIDE)
            if table.split("_")[0] in FOREIGN or is_inside:
                continue
            cursor.execute(TALLY if table == "ideas_ideatally" else f'SELECT * FROM "{table}"')
            moving = MOVING if table == "search_document" else set()
            kept = [place for place, column in enumerate(cursor.description or ()) if column[0] not in moving]
            found[table] = sorted(repr([rounded(row[place]) for place in kept]) for row in cursor.fetchall())
    return found


def rounded(value: object) -> object:
    """The place in the trend order is a sum of logarithms that are added and taken away: its last digits are not exact.

    The fewer digits are compared, the more seldom such a difference lies across a border of rounding.
    """
    return round(value, 5) if isinstance(value, float) else value


@pytest.fixture
def crowd(scene: Scene) -> Scene:
    """Other ideas stand around it in the lists; a co-author, a mention, messages to others hang on it."""
    friend = factories.make_person("freundin@example.org", "Kranichfeder")
    row, _token = invite_by_link(idea=scene.idea, lead=scene.idea.author)  # type: ignore[arg-type]
    accept_invitation(invitation=row, person=friend)
    other, citizen = (scene.browsers[name].person for name in ("other", "citizen"))  # type: ignore[attr-defined]
    write_comment(author=citizen, idea=scene.idea, text="Ich komme zum Bauen.")
    write_comment(author=other, idea=scene.idea, text="Das gefällt auch @Lippespatz sicher gut.", parent=scene.comment)
    for number in range(5):
        idea = factories.idea(campaign=scene.idea.campaign, title=f"Bank Nummer {number} am Wehr")
        for voter in (other, friend)[: number % 3]:
            give_support(voter=voter, idea=idea)
    for case in Case.objects.filter(state="open"):
        decide(case_id=case.pk, version=case.version, actor=scene.mira, decision="approve")
    with transaction.atomic():
        announce("idea_published", idea_id=scene.idea.pk)  # its author was told, as of every idea
    deliver_outbox()
    return scene


def judged(scene: Scene, kind: str, object_id: int, decision: str) -> Decision:
    """Decide as the page does: a case by own initiative, claimed by nobody, in the version seen."""
    with transaction.atomic():
        case = open_case(kind, object_id, reason=Case.Reason.OWN)
    rule, reason = (scene.rule, "Das greift jemanden an.") if decision == "hide" else (None, "")
    return decide(
        case_id=case.pk, version=case.version, actor=scene.mira, decision=decision, rule_version=rule, reason=reason
    )


def places(path: str) -> list[str]:
    """Return the ideas a list leads to, in its order."""
    return re.findall(r'href="/ideen/(\d+)/', Client().get(path).text)


LISTS = (
    "/ideen/",
    "/ideen/?sort=neu",
    "/ideen/?sort=trend",
    "/ideen/?sort=unterstuetzt",
    "/suche/?q=Wehr",
    "/ideen/feed/",
)


def test_hidden_and_restored_a_hundred_times_by_decisions_everything_is_as_before(crowd: Scene) -> None:
    things = {"idea": crowd.idea.pk, "comment": crowd.comment.pk, "picture": crowd.picture.pk}
    author = User.objects.get(pk=crowd.idea.author_id)
    earlier, first = set(Case.objects.values_list("pk", flat=True)), Decision.objects.count()
    mail.outbox.clear()
    before, order = dump(), {path: places(path) for path in LISTS}
    told = set(Message.everything.values_list("pk", flat=True))
    since, fine_before = StateChange.objects.count(), verify()
    assert len(order["/ideen/"]) >= 6
    for round_number in range(ROUNDS):
        for kind in [*things][: 3 if round_number in PICTURE_ROUNDS else 2]:
            for decision in ("hide", "restore"):
                judged(crowd, kind, things[kind], decision)
                if round_number in PICTURE_ROUNDS:  # told at once, or much later and all together
                    deliver_outbox()
    deliver_outbox()
    after = dump()
    changed = {table for table in before | after if before.get(table) != after.get(table)}
    assert {table: set(before[table]) ^ set(after[table]) for table in changed - RECORD} == {}
    assert order == {path: places(path) for path in LISTS}

    # The record holds just what was decided …
    times = {"idea": ROUNDS, "comment": ROUNDS, "picture": len(PICTURE_ROUNDS)}
    number = 2 * sum(times.values())
    assert Counter(Decision.objects.filter(sequence__gt=first).values_list("kind", "decision")) == {
        (kind, decision): count for kind, count in times.items() for decision in ("hide", "restore")
    }
    cases = Case.objects.exclude(pk__in=earlier)
    assert cases.filter(state="decided").count() == cases.count() == number
    assert Counter(CaseEvent.objects.filter(case__in=cases).values_list("kind", flat=True)) == {
        "opened": number, "decided": number,
    }  # fmt: skip
    assert StateChange.objects.count() - since == number
    assert verify()[1].splitlines()[:-1] == fine_before[1].splitlines()[:-1]  # nothing new to complain of
    # … nothing waits in the outbox, and nobody but those who wrote it was told of anything but these decisions.
    assert not Delivery.objects.exists()
    kept, new = Message.everything.filter(pk__in=told), Message.everything.exclude(pk__in=told)
    assert kept.count() == len(told)
    assert not kept.exclude(taken_back_at=None).exists()
    assert {key.split(":")[0] for key in new.values_list("key", flat=True)} == {"decision"}
    assert Counter(new.values_list("person__display_name", "about_kind")) == {
        (author.display_name, "idea"): 2 * ROUNDS,
        (author.display_name, "comment"): 2 * ROUNDS,
        (author.display_name, "picture"): 2 * len(PICTURE_ROUNDS),
        ("Kranichfeder", "idea"): 2 * ROUNDS,  # writes along: told that something was decided
    }
    assert {address for sent in mail.outbox for address in sent.to} == {author.email, "freundin@example.org"}


def test_messages_about_something_hidden_are_put_away_and_come_back(crowd: Scene) -> None:
    spoken_to = crowd.browsers["citizen"]
    words = "Platz für die Feldlerche"
    assert words in spoken_to.get("/mein/nachrichten/").text
    before = Message.everything.count()
    judged(crowd, "idea", crowd.idea.pk, "hide")
    deliver_outbox()
    assert words not in spoken_to.get("/mein/nachrichten/").text
    judged(crowd, "idea", crowd.idea.pk, "restore")
    deliver_outbox()
    assert words in spoken_to.get("/mein/nachrichten/").text
    assert Message.everything.exclude(key__startswith="decision:").count() == before
    assert Idea.objects.get(pk=crowd.idea.pk).state == "public"
