"""What blocks ask for when they are shown: films, votes, pages of documents, previews for editors."""

from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from wagtail.blocks import BoundBlock
from wagtail.documents.models import AbstractDocument

from cms import films, leaves, renditions
from cms.models import CampaignPage, Picture, PictureRendition
from cms.queries.votes import VoteCard, vote_card

register = template.Library()
register.simple_tag(films.film_of, name="film")


@register.simple_tag(name="leaves")
def leaves_of(document: AbstractDocument) -> int:
    """Return how many pages a document has."""
    return leaves.count(document)


@register.filter
def mail_for_people(address: str) -> str:
    """Return a mail address as people read it out, so that machines do not collect it: "amt (at) stadt.example"."""
    return address.replace("@", " (at) ")


@register.simple_tag
def film_still(picture: Picture | None) -> PictureRendition | None:
    """Return the still picture of a film, from our own site."""
    return next(iter(renditions.prepare(picture, "wide")[1:2]), None)


@register.simple_tag
def vote_of(page: CampaignPage) -> VoteCard | None:
    """Return when one may vote in a campaign."""
    return vote_card(page)


@register.simple_tag(takes_context=True)
def shown(context: Context, block: BoundBlock) -> SafeString | str:
    """Return a block as it is shown; empty when it has nothing to show."""
    html: Any = block.render(context.flatten())
    return html if html.strip() else ""


@register.filter
def written(value: Decimal) -> str:
    """Return a number of a table as Germans write it, with the places it was typed with but no idle zeros."""
    whole, _dot, places = f"{value:f}".partition(".")
    places = places.rstrip("0")
    return number_format(Decimal(f"{whole}.{places}" if places else whole), len(places), force_grouping=True)
