"""Articles and pages are found as long as everybody may read them."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction

from cms.models import PlainPage, StartPage
from ideas.models import Topic
from news.models import NewsArticlePage, NewsIndexPage
from search.queries import search


@pytest.fixture
def article(news: NewsIndexPage, topic: Topic) -> NewsArticlePage:
    made = NewsArticlePage(
        title="Der Wasserspielplatz nimmt Form an", teaser="Baubeginn im März.", topic=topic, date=dt.date(2026, 11, 20)
    )
    news.add_child(instance=made)
    return made


def found(words: str) -> list[str]:
    return [hit.title for hit in search(AnonymousUser(), words).hits]


def test_an_article_is_found(article: NewsArticlePage):
    assert found("Wasserspielplatz") == [article.title]
    assert found("Baubeginn") == [article.title]


def test_an_article_taken_back_is_not(article: NewsArticlePage):
    article.unpublish()
    assert found("Wasserspielplatz") == []


def test_a_closed_article_is_not_until_it_is_opened(article: NewsArticlePage, news: NewsIndexPage):
    lock = PageViewRestriction.objects.create(page=news, restriction_type=PageViewRestriction.LOGIN)
    assert found("Wasserspielplatz") == []
    lock.delete()
    assert found("Wasserspielplatz") == [article.title]


def test_a_deleted_article_is_not(article: NewsArticlePage):
    article.delete()
    assert found("Wasserspielplatz") == []


def test_a_plain_page_is_found(start: StartPage):
    start.add_child(instance=PlainPage(title="So funktioniert es", lead="Von der Idee zur Antwort."))
    assert found("Antwort") == ["So funktioniert es"]
