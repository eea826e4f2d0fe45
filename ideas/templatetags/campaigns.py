"""A campaign in words: what is possible now, what the town promises."""

from django import template
from django.utils.safestring import SafeString

from ideas.models import Campaign, CampaignStatus
from ideas.queries import checks, openings, promises, who_votes
from ideas.queries.looks import own_chip
from ideas.queries.phases import Step, phase_steps
from moderation.models import ModeChange
from moderation.queries.modes import changes_of
from theme.templatetags.theme import chip

register = template.Library()


@register.filter(name="openings")
def openings_of(campaign: Campaign) -> list[openings.Opening]:
    """Return what people may do now, later or no more."""
    return openings.openings(campaign)


@register.filter
def plan_steps(campaign: Campaign) -> list[Step]:
    """Return the phases for ``phase_line``."""
    return phase_steps(campaign)


@register.filter
def headline(campaign: Campaign) -> str:
    """Return in one sentence what can be done now, or what comes next."""
    return openings.headline(campaign)


@register.filter
def promise(campaign: Campaign) -> str:
    """Return who answers until when; empty where nothing is promised."""
    return promises.promise(campaign)


@register.simple_tag
def mode_changes(campaign: Campaign) -> list[ModeChange]:
    """Return when and why the campaign changed what is checked before it appears."""
    return list(changes_of(campaign.pk))


@register.simple_tag
def check_words(campaign: Campaign) -> str:
    """Return whether contributions appear at once or after a check, and how long that takes at present."""
    return checks.check_words(campaign)


@register.simple_tag
def voters_asked(campaign: Campaign) -> dict[str, object]:
    """Return what phases ask of voters in words, and whether there is a way by code or by proof to lead to."""
    return {
        "phases": who_votes.who_votes(campaign),
        "codes": who_votes.takes_codes(campaign),
        "proof": who_votes.asks_for_proof(campaign),
    }


@register.simple_tag
def status_chip(status: CampaignStatus) -> SafeString:
    """Return the chip of a campaign's own status."""
    found = own_chip(status)
    return chip(found["look"], found["text"], found["icon"])
