"""What this room shows that is no page of the tree."""

from cms.views.app import favicon, idea_picture, manifest, share_picture, town_symbol
from cms.views.campaigns import figures, result, rules
from cms.views.colours import town_colours
from cms.views.contacts import contact, vcard
from cms.views.copying import copy_campaign
from cms.views.credits import picture_credits
from cms.views.films import film
from cms.views.indicators import series
from cms.views.languages import choose_language, glossary, keep_level
from cms.views.letters import letter, write_to_contact
from cms.views.machines import picture, robots, security, sitemap_ideas, sitemap_index, sitemap_pages
from cms.views.places import place, process_dates
from cms.views.reports import compare_reports, compared_figures
from cms.views.series_import import SeriesImportView

__all__ = [
    "SeriesImportView",
    "choose_language",
    "compare_reports",
    "compared_figures",
    "contact",
    "copy_campaign",
    "favicon",
    "figures",
    "film",
    "glossary",
    "idea_picture",
    "keep_level",
    "letter",
    "manifest",
    "picture",
    "picture_credits",
    "place",
    "process_dates",
    "result",
    "robots",
    "rules",
    "security",
    "series",
    "share_picture",
    "sitemap_ideas",
    "sitemap_index",
    "sitemap_pages",
    "town_colours",
    "town_symbol",
    "vcard",
    "write_to_contact",
]
