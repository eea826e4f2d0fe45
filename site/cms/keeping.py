"""What stands on pages is not deleted: a contact gets a successor, a place is taken from its pages first; the tree stays one."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.models import Page, ReferenceIndex

from cms.models import Contact, Place


@hooks.register("before_delete_snippet")
def keep_what_is_used(request: HttpRequest, instances: Iterable[Model]) -> HttpResponse | None:
    """Refuse, in words, and show where it stands; asked before the question whether it shall be deleted."""
    for one in instances:
        if isinstance(one, Contact | Place) and (uses := ReferenceIndex.get_grouped_references_to(one).count()):
            messages.error(request, refusal(one, uses))
            meta = one._meta
            return redirect(reverse(f"wagtailsnippets_{meta.app_label}_{meta.model_name}:usage", args=[one.pk]))
    return None


@hooks.register("before_move_page")
def keep_the_tree(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Say it in words when a page shall be moved under itself, and let choose again."""
    if destination.pk != page.pk and not destination.is_descendant_of(page):
        return None
    words = _("“%(title)s” cannot be moved under itself or a page below it. Please choose another page.")
    messages.error(request, words % {"title": page.title})
    return redirect("wagtailadmin_pages:move", page.pk)


def refusal(one: Contact | Place, uses: int) -> str:
    """Return why it stays, and what to do instead."""
    first = ngettext(
        "“%(name)s” stands in %(count)d place and is not deleted.",
        "“%(name)s” stands in %(count)d places and is not deleted.",
        uses,
    ) % {"name": one, "count": uses}
    if isinstance(one, Contact):
        return f"{first} " + _("Choose a successor for it: that one is then shown everywhere in its place.")
    return f"{first} " + _("Please take it from the pages of this list first, or change it.")
