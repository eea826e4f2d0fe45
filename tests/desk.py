"""What tests of pages and news share: the editor's desk, a picture, places in the tree."""

import pytest
from django.test import Client

from accounts.models import User
from cms.models import CampaignIndexPage, Picture, StartPage
from ideas.models import District, Topic
from news.models import NewsIndexPage
from tests import factories
from tests.cms.pieces import make_picture


@pytest.fixture
def editor(db: None) -> User:
    return factories.make_person("redaktion@example.org", "Nele Hartwig", groups=["Redaktion"])


@pytest.fixture
def desk(editor: User) -> Client:
    """The editor's browser."""
    browser = Client()
    browser.force_login(editor)
    return browser


@pytest.fixture
def start(db: None) -> StartPage:
    return StartPage.objects.get()


@pytest.fixture
def campaigns(start: StartPage) -> CampaignIndexPage:
    return CampaignIndexPage.objects.get()


@pytest.fixture
def news(start: StartPage) -> NewsIndexPage:
    return NewsIndexPage.objects.get()


@pytest.fixture
def topic(db: None) -> Topic:
    return Topic.objects.create(name="Spiel und Freizeit", slug="spiel")


@pytest.fixture
def district(db: None) -> District:
    return District.objects.create(name="Uferstadt", slug="uferstadt")


@pytest.fixture
def picture(db: None) -> Picture:
    return make_picture()
