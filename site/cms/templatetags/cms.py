"""Pictures with reserved size and printed credit, campaign cards and numbers, for the templates of every room."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms import queries, renditions
from cms.models import CampaignPage, Picture
from ideas.models import Campaign
from theme import dates

register = template.Library()


@register.simple_tag
def picture_of(picture: Picture | None, role: str, lazy: bool = True, alt: str | None = None, css: str = "") -> SafeString:
    """Return the picture for a place named in ``cms.renditions``; nothing when it may not be shown."""
    return renditions.img(picture, role, lazy=lazy, alt=alt, css=css)


@register.filter
def usable(picture: Picture | None) -> bool:
    """Tell whether the picture may be shown today."""
    return renditions.is_usable(picture)


@register.simple_tag
def credit(picture: Picture | None) -> SafeString:
    """Return who made the picture, to be printed with it."""
    if picture is None or not picture.credit:
        return SafeString()
    words = f"{picture.credit} ({picture.licence})" if picture.licence else picture.credit
    return format_html('<small class="mw-credit">{}</small>', words)


@register.filter
def steps(campaign: Campaign) -> list[queries.Step]:
    """Return the phases of a campaign for ``phase_line``."""
    return queries.phase_steps(campaign)


@register.filter
def short_steps(campaign: Campaign) -> list[queries.Step]:
    """Return the phases of a campaign for ``phase_mini``."""
    return queries.phase_steps(campaign, short=True)


@register.filter
def current_phase(campaign: Campaign) -> object:
    """Return the phase of now."""
    return queries.current(campaign)


@register.filter
def time_left(campaign: Campaign) -> str:
    """Return "noch 13 Tage" for the phase of now; nothing between phases."""
    phase = queries.current(campaign)
    return dates.days_left(phase.closes_at) if phase else ""


@register.filter
def campaign_state(campaign: Campaign) -> str:
    """Return ``open``, ``before``, ``between`` or ``over``."""
    return queries.state_of(campaign)


@register.simple_tag
def open_campaigns(limit: int = 3) -> list[CampaignPage]:
    """Return the campaigns of the start page, read at once."""
    return queries.open_first(int(limit))


@register.simple_tag
def all_campaigns() -> list[CampaignPage]:
    """Return all public campaigns, the open ones first."""
    return queries.in_order()


@register.simple_tag
def page_of(campaign: Campaign | None) -> CampaignPage | None:
    """Return the public page of a campaign; nothing when it has none (any more)."""
    return queries.campaign_pages().filter(campaign=campaign).first() if campaign else None


@register.simple_tag
def town_numbers() -> dict[str, int]:
    """Return the numbers of the start page."""
    return queries.numbers()


@register.filter
def absolute(path: str) -> str:
    """Return the full address of ``path`` on this site."""
    return queries.absolute(path)
