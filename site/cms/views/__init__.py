"""What this room shows that is no page of the tree."""

from cms.views.campaigns import figures, result, rules
from cms.views.copying import copy_campaign
from cms.views.machines import picture, robots, security, sitemap_ideas, sitemap_index, sitemap_pages

__all__ = [
    "copy_campaign",
    "figures",
    "picture",
    "result",
    "robots",
    "rules",
    "security",
    "sitemap_ideas",
    "sitemap_index",
    "sitemap_pages",
]
