"""New words for a rule."""

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from common.database import lock
from moderation import rules
from moderation.models import Rule, RuleVersion


@transaction.atomic
def write_rule(
    *,
    actor: User,
    number: int | None,
    title: str,
    text: str,
    ground: str,
    provision: str = "",
    needs_second: bool | None = None,
) -> RuleVersion:
    """Add the next version of a rule, or a new rule when ``number`` is None; raises ``Refused`` (403) without the right.

    ``needs_second``: a restriction by this rule is for two people; None leaves that as it is.
    """
    rules.require_moderator(actor)
    lock("moderation.rules")
    if number is None:
        number = (Rule.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    rule, _made = Rule.objects.get_or_create(number=number)
    if needs_second is not None and bool(rule.needs_second) != needs_second:
        Rule.objects.filter(pk=rule.pk).update(needs_second=needs_second)
    last = rule.versions.aggregate(last=Max("number"))["last"] or 0
    return RuleVersion.objects.create(
        rule=rule, number=last + 1, title=title, text=text, ground=ground, provision=provision
    )
