"""Links to pages in running text: to a page that is not public (any more) there is no link, only its words."""

from typing import Any

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from cms.models.pages import address


class PublicPageLinkHandler(PageLinkHandler):
    """Wagtail's handler leads into nothing when the page was taken down; this one takes one statement for all links."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        ids = [attrs.get("id") or "" for attrs in attrs_list]
        known = {str(page.pk): page for page in Page.objects.filter(pk__in=[one for one in ids if one.isdecimal()])}
        return [known.get(one) for one in ids]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        pages = cls.get_many(attrs_list)
        return [f'<a href="{escape(address(page))}">' if page and page.live else "<a>" for page in pages]
