"""Names and quotes do not stay for ever: copies of them go with the person, or when the time for complaints has ended.

The record itself never holds a public name: entries about people say „Profile 12".
"""

from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import now
from moderation.actions.cases import close_case
from moderation.models import Case, CaseWord, Complaint, Decision, MarkHit, ProfileName, Report
from moderation.queries.profiles import PROFILE
from moderation.rules import COMPLAINT_DAYS

#: a day more than a complaint may come in
PERIOD = timedelta(days=COMPLAINT_DAYS + 1)
State = ProfileName.State


def pseudonym(person_id: int) -> str:
    """Return what stands for a name where the name itself must not stay."""
    return _("Profile %(number)d") % {"number": person_id}


def forget_person(person: User) -> None:
    """Take the names of somebody who goes for good out of everything this room keeps; part of that transaction.

    What stays (``docs/aufzeichnung.md``): the entries of the record, which name a number; reasons and notes in the words of
    moderators; the evidence of grave cases, until two people have let it go.
    """
    close_case(PROFILE, person.pk)
    Case.objects.filter(author=person).update(author_name="")
    about = Case.objects.filter(kind=PROFILE, object_id=person.pk)
    CaseWord.objects.filter(case__in=about).delete()
    MarkHit.objects.filter(case__in=about).update(said=[])
    about.update(title=pseudonym(person.pk), excerpt="", marks=[])
    Report.objects.filter(kind=PROFILE, object_id=person.pk).update(snapshot="")
    Report.objects.filter(reporter=person).update(name="", email="")


def forget_old(at: datetime | None = None) -> dict[str, int]:
    """Forget names and quotes whose time is over; return how many rows of each were changed. Twice is the same as once."""
    before = (at or now()) - PERIOD
    return {
        "names": old_names(before).update(name=""),
        "cases_of_names": forget_cases_of_names(before),
        "authors": follow_authors(before),
        "quotes": MarkHit.objects.filter(case__in=settled(before)).exclude(said=[]).update(said=[]),
        "marks": settled(before).exclude(marks=[]).update(marks=[]),
    }


def settled(before: datetime) -> QuerySet[Case]:
    """Return the cases that ended before that time, and against which no complaint waits."""
    waiting = Complaint.objects.filter(outcome=Complaint.Outcome.OPEN).values("decision__case")
    ended = Q(state=Case.State.DECIDED, decided_at__lt=before) | Q(state=Case.State.CLOSED, opened_at__lt=before)
    return Case.objects.filter(ended).exclude(pk__in=waiting)


def old_names(before: datetime) -> QuerySet[ProfileName]:
    """Return names that nobody bears any more, whose successor and last decision are older than that."""
    follower = ProfileName.objects.filter(person=OuterRef("person"), number__gt=OuterRef("number")).order_by("number")
    decided = Decision.objects.filter(
        kind=PROFILE, object_id=OuterRef("person_id"), subject_version=OuterRef("number")
    ).order_by("-sequence")
    waiting = Complaint.objects.filter(outcome=Complaint.Outcome.OPEN, decision__kind=PROFILE).values(
        "decision__object_id"
    )
    rows = (
        ProfileName.objects.filter(state__in=(State.PAST, State.REFUSED)).exclude(name="").exclude(person__in=waiting)
    )
    rows = rows.annotate(
        followed_at=Coalesce(Subquery(follower.values("chosen_at")[:1]), F("chosen_at")),
        decided_at=Coalesce(Subquery(decided.values("decided_at")[:1]), F("chosen_at")),
    )
    found = rows.filter(chosen_at__lt=before, followed_at__lt=before, decided_at__lt=before)
    return ProfileName.objects.filter(pk__in=list(found.values_list("pk", flat=True)[:10_000]))


def forget_cases_of_names(before: datetime) -> int:
    """Let the present name stand in old cases about names, or a number; forget what was reported about them."""
    cases = settled(before).filter(kind=PROFILE).exclude(excerpt="", title=F("author__display_name"))
    count = 0
    for pk, person_id, called in cases.values_list("pk", "object_id", "author__display_name")[:10_000]:
        kept = {"title": called or pseudonym(person_id), "excerpt": ""}
        count += Case.objects.filter(pk=pk).exclude(**kept).update(**kept)
    reports = Report.objects.filter(kind=PROFILE, case__in=settled(before)).exclude(snapshot="")
    return count + reports.update(snapshot="")


def follow_authors(before: datetime) -> int:
    """Let old cases bear the name their author has now; without an author none."""
    rows = settled(before).exclude(author_name="")
    gone = rows.filter(author=None).update(author_name="")
    called = User.objects.filter(pk=OuterRef("author_id")).values("display_name")[:1]
    others = rows.exclude(author=None).exclude(author_name=F("author__display_name"))
    numbers = list(others.values_list("pk", flat=True)[:10_000])
    return gone + Case.objects.filter(pk__in=numbers).update(author_name=Subquery(called))
