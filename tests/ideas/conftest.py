"""What tests of ideas share: people, a campaign, the typed form, pictures."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from ideas.models import Campaign, District, Goal, Topic
from tests import factories


@pytest.fixture
def campaign(db: None) -> Campaign:
    return factories.campaign(title="Spielräume für alle", slug="spielraeume")


@pytest.fixture
def author(db: None) -> User:
    return factories.person("Lippespatz")


@pytest.fixture
def moderator(db: None) -> User:
    return with_right("Moderatorin", "moderation.decide")


@pytest.fixture
def office(db: None) -> User:
    return with_right("Sabine Brandt", "ideas.answer", office="Grünflächenamt")


@pytest.fixture
def terms(db: None) -> None:
    Topic.objects.create(name="Spiel und Freizeit", slug="spiel")
    Topic.objects.create(name="Unterwegs", slug="unterwegs")
    Goal.objects.create(name="Gesund aufwachsen", slug="gesund")
    District.objects.create(name="Uferstadt", slug="uferstadt")
    District.objects.create(name="Altstadt", slug="altstadt")


@pytest.fixture
def typed(campaign: Campaign, terms: None) -> dict[str, Any]:
    """The form as somebody fills it in."""
    return {
        "campaign": campaign.slug,
        "title": "Mehr Schatten auf Spielplätzen",
        "text": "Im Sommer ist es auf der Rutsche zu heiß. Ein Segel hilft allen Kindern.",
        "topic": "spiel",
        "goal": "gesund",
        "district": "uferstadt",
        "tags": "Schatten, Spielplatz",
        "place": "Spielplatz Am Lippeufer",
        "lat": "51.66",
        "lng": "8.34",
        "request_key": "einmal-1",
    }


def with_right(name: str, right: str, **fields: Any) -> User:
    """Return a person who has one permission."""
    room, codename = right.split(".")
    made = factories.person(name, **fields)
    made.user_permissions.add(Permission.objects.get(content_type__app_label=room, codename=codename))
    return made


def signed_in(person: User) -> Client:
    """Return a browser in which that person is signed in."""
    client = Client()
    client.force_login(person)
    return client


def picture_file(
    width: int = 900, height: int = 600, kind: str = "JPEG", name: str = "bild.jpg", **extra: Any
) -> SimpleUploadedFile:
    """Return an uploaded picture."""
    out = BytesIO()
    Image.new("RGB", (width, height), "#88aacc").save(out, kind, **extra)
    return SimpleUploadedFile(name, out.getvalue(), f"image/{kind.lower()}")
