"""A campaign once more, with another title at another time: plan, questions, statuses and texts – never what people did."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from common.errors import Refused
from ideas.content import UMLAUTS
from ideas.models import Campaign, Phase

# Named one by one, so that a new column is copied only when somebody has thought about it.
COPIED = (
    "summary",
    "audience",
    "who_text",
    "check_ideas",
    "check_comments",
    "comment_edit_minutes",
    "shows_comment_edits",
    "support_limit",
    "support_own",
    "support_goal",
    "answer_office",
    "answer_days",
    "rules_text",
)
QUESTION = ("key", "kind", "label", "help_text", "options", "is_required", "is_public", "is_searchable", "sort_order")
STATUS = ("name", "slug", "look", "text", "progress", "sort_order")
PHASE = (
    *("kind", "title", "allows_ideas", "allows_comments", "allows_support", "method", "level", "needs_old_account"),
    *("takes_codes", "budget_cents", "budget_rule", "budget_number"),
)


@dataclass(frozen=True)
class Shift:
    """So many days later, at the same hour of the day, whatever summer time does in between."""

    days: int

    def day(self, day: date) -> date:
        """Return that day, moved."""
        return day + timedelta(days=self.days)

    def moment(self, moment: datetime) -> datetime:
        """Return that moment, moved; an hour that does not exist on the new day becomes the next one."""
        local = timezone.localtime(moment)
        naive = local.replace(tzinfo=None) + timedelta(days=self.days)
        return timezone.localtime(timezone.make_aware(naive).astimezone(timezone.get_fixed_timezone(0)))


def shift_to(campaign: Campaign, starts_on: date) -> Shift:
    """Return by how much everything moves so that the first phase begins on that day."""
    first = campaign.phases.order_by("opens_at").first()
    if first is None:
        return Shift(0)
    return Shift((starts_on - timezone.localtime(first.opens_at).date()).days)


@transaction.atomic
def copy_campaign(*, campaign: Campaign, title: str, starts_on: date) -> Campaign:
    """Make a campaign like this one; it is not published, and nobody is a member of it yet."""
    try:
        return _copy(campaign, title, shift_to(campaign, starts_on))
    except OverflowError as error:
        raise Refused(_("This day lies too far away."), code="too_far", status=422, field="starts_on") from error


def _copy(campaign: Campaign, title: str, shift: Shift) -> Campaign:
    copied = {name: getattr(campaign, name) for name in COPIED}
    hidden, until = campaign.counts_hidden_until, campaign.answer_until
    made: Campaign = Campaign.objects.create(
        title=title,
        slug=free_slug(title),
        counts_hidden_until=shift.moment(hidden) if hidden else None,
        answer_until=shift.day(until) if until else None,
        **copied,
    )
    for phase in campaign.phases.all():
        _copy_phase(phase, made, shift)
    for relation, names in (("questions", QUESTION), ("statuses", STATUS)):
        for row in getattr(campaign, relation).all():
            type(row)._default_manager.create(campaign=made, **{name: getattr(row, name) for name in names})
    return made


def _copy_phase(phase: Phase, campaign: Campaign, shift: Shift) -> Phase:
    closes_at = phase.closes_at
    if phase.sealed_at:  # closed by hand at some microsecond, which was nobody's plan
        closes_at = closes_at.replace(second=0, microsecond=0)
    opens, closes = shift.moment(phase.opens_at), shift.moment(closes_at)
    if closes <= opens:
        closes = opens + max(phase.closes_at - phase.opens_at, timedelta(minutes=1))
    rights = {name: getattr(phase, name) for name in PHASE}
    return Phase.objects.create(campaign=campaign, opens_at=opens, closes_at=closes, **rights)


def free_slug(title: str) -> str:
    """Return a name for the address that no campaign has."""
    wanted = slugify(title.translate(UMLAUTS))[:70].strip("-") or "kampagne"
    taken = set(Campaign.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(name for name in (wanted, *(f"{wanted}-{number}" for number in range(2, 100_000))) if name not in taken)
