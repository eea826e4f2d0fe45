"""What exists in this room."""

from cms.models.campaigns import CampaignIndexPage, CampaignPage
from cms.models.openness import open_to_all
from cms.models.pages import FixedSlugPage, PlainPage, StartPage, TownPage
from cms.models.picture import Picture, PictureRendition
from cms.models.town import TownSettings

__all__ = [
    "CampaignIndexPage",
    "CampaignPage",
    "FixedSlugPage",
    "Picture",
    "PictureRendition",
    "PlainPage",
    "StartPage",
    "TownPage",
    "TownSettings",
    "open_to_all",
]
