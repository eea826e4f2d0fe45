"""Letter templates: which are offered, and their words for one case."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from common.database import now
from moderation import rules
from moderation.models import Case, LetterTemplate
from theme.dates import day


def offered(decisions: list[str]) -> QuerySet[LetterTemplate]:
    """Return the templates for any of these decisions, by title."""
    return LetterTemplate.objects.filter(Q(decision="") | Q(decision__in=decisions), is_offered=True)


def words_for(template: LetterTemplate, case: Case) -> str:
    """Return the words of a template, filled in for a case; nothing but the closed list of placeholders is replaced."""
    moment = now()
    return template.filled(
        {
            "name": case.author_name,
            "titel": case.title,
            "kampagne": case.campaign_title,
            "frist": day(rules.complaint_until(moment)),
            "datum": day(timezone.localtime(moment)),
        }
    )
