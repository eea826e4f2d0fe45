"""Who wants to know that pages have changed; always told inside the transaction in which Wagtail saves them.

Wagtail saves pages in many ways (publish, unpublish, expire, move, delete), some of them through the general ``Page`` instead of
the page's own class. Django's signals of both are the one point that all ways pass, which is why this room uses them.
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

PageListener = Callable[[int], None]
BranchListener = Callable[[str], None]
_pages: dict[type[Page], list[PageListener]] = {}
_branches: list[BranchListener] = []


def page_changed(model: type[Page]) -> Callable[[PageListener], PageListener]:
    """Register a function that gets the id of a page of this class after it was saved or deleted in any way."""

    def register(listener: PageListener) -> PageListener:
        if model not in _pages:
            post_save.connect(tell_of_page, sender=model)
            post_delete.connect(tell_of_page, sender=model)
        _pages.setdefault(model, []).append(listener)
        return listener

    return register


def branch_changed(listener: BranchListener) -> BranchListener:
    """Register a function that gets the tree path of a page that was moved, closed or opened, with all below it."""
    _branches.append(listener)
    return listener


@receiver([post_save, post_delete], sender=Page)
def tell_of_page(instance: Page, **_kwargs: object) -> None:
    """Call those who registered for the class that the page really has."""
    for listener in _pages.get(instance.specific_class or type(instance), []):
        listener(instance.pk)


@receiver(post_page_move)
@receiver([post_save, post_delete], sender=PageViewRestriction)
def tell_of_branch(instance: Page | PageViewRestriction, **_kwargs: object) -> None:
    """Call those who registered for branches."""
    page = instance.page if isinstance(instance, PageViewRestriction) else instance
    with transaction.atomic():
        for listener in _branches:
            listener(page.path)
