"""All letters to one person, from the record itself."""

from typing import TYPE_CHECKING

from django.db.models import Q

from moderation.models import Case, Complaint, Decision
from moderation.queries.letters import Letter, letter

if TYPE_CHECKING:
    from accounts.models import User

MOST = 200


def letters_of(person: "User") -> list[Letter]:
    """Return the letters to a person, the newest first; what changed nothing for them is no letter."""
    theirs = Complaint.objects.filter(decision__case__author=person, report=None).values("pk")
    about = Q(case__author=person) & ~Q(case__kind=Case.COMPLAINT_KIND)
    about |= Q(case__kind=Case.COMPLAINT_KIND, case__object_id__in=theirs)
    found = Decision.objects.filter(about).select_related("case", "rule_version__rule")
    return [one for one in (letter(decision) for decision in found[:MOST]) if one.wanted]
