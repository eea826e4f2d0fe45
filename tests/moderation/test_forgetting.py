"""Names go with the person, out of every table; old names and what marks quote go when the time for complaints is over."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from accounts.actions import change_name
from accounts.models import User
from common.events import due_jobs
from ideas.actions import submit_idea, write_comment
from ideas.content import IdeaContent
from ideas.models import Idea
from moderation.actions import complain, decide, open_case, report
from moderation.actions.forgetting import PERIOD, forget_old
from moderation.models import Case, Decision, MarkHit, ProfileName, Report
from moderation.queries import letter
from tests import factories
from tests.factories import deliver_outbox
from tests.moderation.guards import lifted
from tests.moderation.test_audit import verify

pytestmark = pytest.mark.django_db
NAMES = ("Quittenfink", "Mispelfink", "Schlehenfink")
CONTENT = IdeaContent(title="Ein Segel am Ufer", text="Ein Segel über dem Sand hilft allen Kindern am Wehr.")
# What integrity.md's table keeps: the record (names in it are numbers), and the author's own words without the name.
MAIL = "fink@example.org"


@pytest.fixture
def mira(moderator):
    return moderator("Mira Kaya")


@pytest.fixture
def finch(mira, rule) -> User:
    """Somebody known by three names, of whom the moderation and others have heard in every way there is."""
    person = factories.make_person(MAIL, NAMES[0])
    other = factories.make_person("andere@example.org", "Wiesenpieper")
    idea = submit_idea(author=person, campaign=factories.campaign(check_ideas="before"), content=CONTENT)
    judge("idea", idea.pk, mira, "approve")
    theirs = factories.idea(campaign=idea.campaign, author=other, title="Eine Bank am Wehr")
    judge("comment", write_comment(author=other, idea=idea, text="Gerne.").pk, mira, "approve")
    judge("comment", write_comment(author=person, idea=theirs, text="Schöne Idee, @Wiesenpieper!").pk, mira, "approve")
    change_name(person=person, name=NAMES[1])
    judge("profile", person.pk, mira, "approve")
    person.refresh_from_db()
    report(
        kind="profile", object_id=person.pk, reason="insult", text="Das klingt böse.", name="", email="", good_faith=True,
        reporter=other,
    )  # fmt: skip
    judge("profile", person.pk, mira, "approve")
    report(
        kind="idea", object_id=theirs.pk, reason="insult", text="Hm.", name=NAMES[1], email=MAIL, good_faith=True,
        reporter=person,
    )  # fmt: skip
    change_name(person=person, name=NAMES[2])
    entry = judge("profile", person.pk, mira, "refuse", rule)
    complain(code=entry.code, text="So heiße ich.")
    judge("profile", person.pk, mira, "warn", rule)
    deliver_outbox()
    return User.objects.get(pk=person.pk)


def judge(kind: str, object_id: int, actor: User, decision: str, rule=None) -> Decision:
    case = Case.objects.filter(kind=kind, object_id=object_id, state="open").first()
    if case is None:
        with transaction.atomic():
            case = open_case(kind, object_id, reason=Case.Reason.OWN)
    return decide(
        case_id=case.pk, version=case.version, actor=actor, decision=decision, rule_version=rule, reason="Bitte nicht."
    )


def tables_with(*words: str) -> dict[str, list[str]]:
    """Return, for each table, the rows in which one of the words stands."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = [repr(row) for row in cursor.fetchall()]
            if hits := [row for row in rows if any(word.casefold() in row.casefold() for word in words)]:
                found[table] = hits
    return found


def test_before_that_the_names_stand_in_many_places(finch):
    """Else the next test would prove nothing."""
    tables = set(tables_with(*NAMES))
    assert {"moderation_case", "moderation_profilename", "moderation_report", "notifications_message"} <= tables
    assert "moderation_decision" not in tables  # the record never holds a name


def test_when_a_person_goes_no_name_stays_anywhere(finch):
    number = finch.pk
    with transaction.atomic():
        finch.delete()
    deliver_outbox()
    assert tables_with(*NAMES, MAIL) == {}
    assert cache.get(f"names:{number}") is None
    assert {case.title for case in Case.objects.filter(kind="profile")} == {f"Profil {number}"}
    assert verify()[0] == 0, verify()[1]


def test_an_account_deleted_by_an_admin_leaves_no_name_in_the_editors_log_either(finch, admin_client):
    page = f"/cms/users/edit/{finch.pk}/"
    data = {"email": MAIL, "display_name": NAMES[1], "office": "", "is_active": "on", "groups": []}
    assert admin_client.post(page, data).status_code == 302
    assert "wagtailcore_modellogentry" in tables_with(*NAMES)
    assert admin_client.post(f"/cms/users/delete/{finch.pk}/").status_code == 302
    deliver_outbox()
    assert not User.objects.filter(pk=finch.pk).exists()
    left = tables_with(*NAMES, MAIL)
    assert set(left) <= {"django_session", "django_cache"}, left


def test_letters_name_people_as_long_as_they_are_here(finch):
    entry = Decision.objects.get(decision="refuse")
    assert (entry.subject_title, entry.shown_title, letter(entry).title) == (f"Profil {finch.pk}", NAMES[2], NAMES[2])
    finch.delete()
    entry = Decision.objects.select_related("case").get(pk=entry.pk)
    assert (letter(entry).title, letter(entry).recipient) == (entry.subject_title, "")


def later(**more: int):
    """Return a time after the period."""
    return timezone.now() + PERIOD + timedelta(**more)


def test_old_names_are_forgotten_when_the_time_for_complaints_is_over(finch):
    def names() -> list[str]:
        return list(ProfileName.objects.filter(person=finch).order_by("number").values_list("name", flat=True))

    forget_old(timezone.now() + PERIOD - timedelta(hours=1))
    assert names() == list(NAMES)
    forget_old(later(hours=1))
    assert names() == list(NAMES)  # a complaint waits: nothing of it is forgotten
    with lifted("moderation_decision"):
        connection.cursor().execute("DELETE FROM moderation_complaint")
    changed = forget_old(later(hours=1))
    assert names() == ["", NAMES[1], ""]
    assert changed["names"] == 2
    left = tables_with(NAMES[0], NAMES[2])
    assert set(left) <= {"notifications_message", "django_cache", "moderation_report", "moderation_complaint"}, set(
        left
    )
    assert not Report.objects.filter(snapshot__contains=NAMES[0]).exists()
    assert set(Case.objects.filter(author=finch, state="decided").values_list("author_name", flat=True)) == {NAMES[1]}
    assert sum(forget_old(later(hours=2)).values()) == 0
    assert ProfileName.objects.count() == 3  # numbers of versions are not given twice
    assert verify()[0] == 0, verify()[1]


def test_what_marks_quote_is_forgotten_and_their_hit_rate_stays(finch):
    hit = MarkHit.objects.filter(case__kind="idea", case__state="decided").first()
    assert hit is not None
    assert hit.said
    forget_old(timezone.now() + PERIOD - timedelta(hours=1))
    assert MarkHit.objects.get(pk=hit.pk).said == hit.said
    forget_old(later(hours=1))
    again = MarkHit.objects.get(pk=hit.pk)
    assert (again.said, again.check_name, again.outcome) == ([], hit.check_name, hit.outcome)
    assert Case.objects.get(pk=hit.case_id).marks == []


def test_what_waits_keeps_its_marks_however_old(finch):
    with transaction.atomic():
        case = open_case(
            "idea", Idea.objects.get(author=finch).pk, reason=Case.Reason.OWN, marks=("Telefonnummer „0251“",)
        )
    forget_old(later(hours=1))
    assert Case.objects.get(pk=case.pk).marks


def test_it_is_run_by_the_clock():
    every, _job = due_jobs["moderation.due.forget_old_names"]
    assert every == timedelta(days=1)
