"""Which pages everybody may open: asked inside the statement at hand, instead of by one more each time as Wagtail does.

A page is closed by a view restriction on itself, on a page above it, or on the page that it is an alias of.
"""

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Exists, Expression, F, OuterRef, QuerySet, Value
from django.db.models.functions import Left, Length
from wagtail.models import Page, PageViewRestriction

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

Pages = TypeVar("Pages", bound="PageQuerySet")


def restrictions_on(page: Page) -> "QuerySet[PageViewRestriction]":
    """Return the restrictions that close a page; the path of a page begins with the paths of all pages above."""
    return restrictions_over(Value(page.alias_of.path if page.alias_of_id else page.path))


def restrictions_over(path: Expression | F) -> "QuerySet[PageViewRestriction]":
    """Return the restrictions on pages whose path is the beginning of ``path``."""
    return PageViewRestriction.objects.filter(page__path=Left(path, Length("page__path")))


def open_to_all(pages: Pages) -> Pages:
    """Return those of the pages that are published and closed by nothing."""
    own, source = Exists(restrictions_over(OuterRef("path"))), Exists(restrictions_over(OuterRef("alias_of__path")))
    found: Pages = pages.filter(~own, ~source, live=True)
    return found
