"""Search and ideas follow the articles; the newsletter goes out."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import CollectionViewRestriction

from cms import papers, tree
from common.events import receives
from ideas.actions import recount_links
from news.models import ArticleIdea, NewsArticlePage
from news.newsletter import sending
from search.actions import touch


@tree.page_changed(NewsArticlePage)
def article_changed(page_id: int) -> None:
    """Index the article anew, or forget it."""
    touch("news", page_id)


@tree.branch_changed
def branch_changed(path: str) -> None:
    """Index the articles below a page that was moved, closed or opened."""
    ids = list(NewsArticlePage.objects.filter(path__startswith=path).values_list("pk", flat=True))
    if ids:
        touch("news", *ids)


@receiver([post_save, post_delete], sender=ArticleIdea, dispatch_uid="news.idea_named")
def idea_named(instance: ArticleIdea, **kwargs: Any) -> None:
    """Let an idea know how many articles name it; its page asks for them only then."""
    recount_links(instance.idea_id)


@receiver([post_save, post_delete], sender=get_document_model(), dispatch_uid="news.document_changed")
def document_changed(instance: AbstractDocument, **_kwargs: object) -> None:
    """Index the articles that offer a document."""
    with transaction.atomic():
        if ids := papers.pages_naming([instance], NewsArticlePage):
            touch("news", *ids)


@receiver([post_save, post_delete], sender=CollectionViewRestriction, dispatch_uid="news.documents_closed")
def documents_opened_or_closed(instance: CollectionViewRestriction, **_kwargs: object) -> None:
    """Index the articles that offer documents of a collection that was opened or closed."""
    with transaction.atomic():
        if ids := papers.pages_naming(papers.below(instance), NewsArticlePage):
            touch("news", *ids)


@receives("newsletter_asked", tries=80)
def ask_by_mail(wish_id: int) -> None:
    """Ask whether somebody really wants the newsletter."""
    sending.deliver_question(wish_id)


@receives("newsletter_due", tries=80)
def send_issue(issue_id: int) -> None:
    """Go on with an issue."""
    sending.go_on(issue_id)


@receives("newsletter_trial")
def send_trial(letter_id: int) -> None:
    """Send an issue to the editor who wants to see it."""
    sending.deliver_trial(letter_id)
