"""People who write here, for the moderation: their measures and decisions, never opinions about them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from moderation import rules
from moderation.models import Case, Decision, Note, Sanction

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

MOST = 100


@dataclass(frozen=True)
class Writer:
    """What the record says about one person."""

    person: User
    sanctions: list[Sanction]
    decisions: list[Decision]
    notes: list[Note]
    open_case: Case | None


def known_to(user: "User | AnonymousUser") -> "QuerySet[User]":
    """Return the people who have written something ``user`` may moderate."""
    return User.objects.filter(Exists(Case.objects.visible_to(user).filter(author=OuterRef("pk"))))


def may_know(user: "User | AnonymousUser", person_id: int) -> bool:
    """Tell whether ``user`` moderates anything of that person."""
    return known_to(user).filter(pk=person_id).exists()


def moderates_all(user: "User | AnonymousUser") -> bool:
    """Tell whether ``user`` has no remit: what is about a person and no campaign is for those only."""
    return rules.may_decide_in(user, None)


def measured(user: "User", words: str = "") -> list[User]:
    """Return people with measures, those in force first; with ``words`` everybody whose name holds them."""
    in_force = Sanction.objects.in_force().filter(person=OuterRef("pk"))
    found = known_to(user).annotate(is_held=Exists(in_force), steps=Count("sanctions"))
    found = found.filter(display_name__icontains=words) if words else found.filter(Q(steps__gt=0))
    return list(found.order_by("-is_held", "display_name")[:MOST])


def writer(user: "User", person_id: int) -> Writer | None:
    """Return what ``user`` may know of a person; None for somebody of whom they moderate nothing."""
    person = known_to(user).filter(pk=person_id).first()
    if person is None:
        return None
    mine = Case.objects.visible_to(user)
    decisions = Decision.objects.filter(case__author=person, case__in=mine).select_related(
        "case", "actor", "rule_version__rule"
    )
    return Writer(
        person,
        list(Sanction.objects.filter(person=person).select_related("decision__rule_version__rule")),
        list(decisions[:50]),
        list(Note.objects.filter(person=person).select_related("author")) if moderates_all(user) else [],
        mine.filter(kind="profile", object_id=person.pk, state=Case.State.OPEN).first(),
    )
