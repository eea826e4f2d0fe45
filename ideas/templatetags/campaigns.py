"""A campaign in words: what is possible now, what the town promises."""

from django import template
from django.utils.safestring import SafeString

from ideas.models import Campaign, CampaignStatus
from ideas.queries import openings, promises
from ideas.queries.looks import own_chip
from ideas.queries.phases import Step, phase_steps
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
def status_chip(status: CampaignStatus) -> SafeString:
    """Return the chip of a campaign's own status."""
    found = own_chip(status)
    return chip(found["look"], found["text"], found["icon"])
