"""Pictures with reserved size and printed credit, campaign cards and numbers, for the templates of every room."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import nh3
from django import template
from django.template import Context
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText
from wagtail.templatetags.wagtailcore_tags import richtext

from cms import charts, queries, renditions
from cms.models import CampaignPage, GoalPage, Indicator, Picture, PictureRendition
from cms.queries import goals, results
from cms.queries import key_dates as dates_of
from ideas.models import Campaign
from ideas.queries import phases
from ideas.queries.mine import my_ideas
from ideas.templatetags.ideas import idea_cards
from theme import dates

register = template.Library()
RICH_TAGS = {"a", "b", "br", "em", "i", "li", "ol", "p", "strong", "ul"}
RICH_SCHEMES = {"http", "https", "mailto", "tel"}


@register.simple_tag
def picture_of(
    picture: Picture | None, role: str, lazy: bool = True, alt: str | None = None, css: str = ""
) -> SafeString:
    """Return the picture for a place named in ``cms.renditions``; nothing when it may not be shown."""
    return renditions.img(picture, role, lazy=lazy, alt=alt, css=css)


@register.simple_tag
def share_picture(picture: Picture | None) -> PictureRendition | None:
    """Return the size that other sites show beside a link."""
    return next(iter(renditions.prepare(picture, "share")), None)


@register.filter
def usable(picture: Picture | None) -> bool:
    """Tell whether the picture may be shown today."""
    return renditions.is_usable(picture)


@register.simple_tag
def credit(picture: Picture | None) -> SafeString:
    """Return who made the picture, to be printed with it."""
    if picture is None or not picture.credit:
        return SafeString()
    return format_html('<small class="mw-credit">{}</small>', picture.credit_words)


@register.filter
def rich(value: RichText | str) -> SafeString:
    """Return what editors wrote with links resolved; washed once more, whatever way it came into the database."""
    clean = nh3.clean(
        str(richtext(value)), tags=RICH_TAGS, attributes={"a": {"href"}}, url_schemes=RICH_SCHEMES, link_rel=None
    )
    return mark_safe(clean)


@register.filter
def steps(campaign: Campaign) -> list[phases.Step]:
    """Return the phases of a campaign for ``phase_line``."""
    return phases.phase_steps(campaign)


@register.filter
def short_steps(campaign: Campaign) -> list[phases.Step]:
    """Return the phases of a campaign for ``phase_mini``."""
    return phases.phase_steps(campaign, short=True)


@register.filter
def current_phase(campaign: Campaign) -> object:
    """Return the phase of now."""
    return phases.current(campaign)


@register.filter
def time_left(campaign: Campaign) -> str:
    """Return "noch 13 Tage" for the phase of now; nothing between phases."""
    phase = phases.current(campaign)
    return dates.days_left(phase.closes_at) if phase else ""


@register.filter
def campaign_state(campaign: Campaign) -> str:
    """Return ``open``, ``before``, ``between`` or ``over``."""
    return phases.state_of(campaign)


@register.filter
def result_open(page: CampaignPage) -> bool:
    """Tell whether the campaign's result is to be seen."""
    return results.is_open(page)


@register.filter
def key_dates(entries: Any) -> list[dates_of.KeyDate]:
    """Return an editor's dates in their order, what is over last."""
    return dates_of.key_dates(entries)


@register.simple_tag
def open_campaigns(limit: int = 3) -> list[CampaignPage]:
    """Return the campaigns of the start page, read at once."""
    return queries.open_first(int(limit))


@register.simple_tag
def all_campaigns() -> list[CampaignPage]:
    """Return all public campaigns, the open ones first."""
    return queries.in_order()


@register.simple_tag(takes_context=True)
def few_ideas(context: Context, limit: int, campaign: Campaign | None = None) -> list[dict[str, object]]:
    """Return the cards of a few public ideas in fair order."""
    cards: list[dict[str, object]] = idea_cards(int(limit), campaign, request=context.get("request"))["cards"]
    return cards


@register.simple_tag(takes_context=True)
def page_of(context: Context, campaign: Campaign | None) -> CampaignPage | None:
    """Return the public page of a campaign; nothing when it has none (any more). Asked once on a page."""
    if campaign is None:
        return None
    known: dict[int, CampaignPage | None] = vars(context.get("request") or SimpleNamespace()).setdefault(
        "_cms_pages", {}
    )
    if campaign.pk not in known:
        known[campaign.pk] = queries.campaign_pages().filter(campaign=campaign).first()
    return known[campaign.pk]


@register.simple_tag(takes_context=True)
def own_ideas(context: Context, limit: int) -> list[dict[str, object]] | None:
    """Return the latest ideas of whoever is signed in, with their state; nothing at all for strangers."""
    user = getattr(context.get("request"), "user", None)
    return my_ideas(user, int(limit)) if user is not None and user.is_authenticated else None


@register.simple_tag
def town_numbers() -> dict[str, int]:
    """Return the numbers of the start page."""
    return queries.numbers()


@register.filter
def absolute(path: str) -> str:
    """Return the full address of ``path`` on this site."""
    return queries.absolute(path)


@register.simple_tag
def standings() -> list[goals.Standing]:
    """Return all goals with what was reached."""
    return goals.standings()


@register.simple_tag
def reached(page: GoalPage) -> goals.Reached:
    """Return what a goal's page shows by itself."""
    return goals.reached(page.goal)


@register.filter
def line(indicator: Indicator) -> charts.Line | None:
    """Return the drawing of a series."""
    return charts.line(indicator)


@register.filter
def figure(value: Decimal, indicator: Indicator) -> str:
    """Return a value with the places its series has, as Germans write it."""
    return number_format(value, indicator.decimals, force_grouping=True)
