"""Drafts and pictures that nobody came back to are forgotten; kept ones stay, and what an idea shows stays for ever."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from ideas.actions import forget_old_drafts
from ideas.models import Draft, IdeaPicture
from ideas.models.picture import size_path
from tests import factories
from tests.ideas.conftest import picture_file, signed_in


def age(days: int) -> None:
    then = timezone.now() - timedelta(days=days)
    Draft.objects.update(updated_at=then)
    IdeaPicture.objects.update(created_at=then)


def test_what_was_only_looked_at_is_forgotten_with_its_pictures(client: Client, typed: dict[str, Any]) -> None:
    client.post("/ideen/neu/", {**typed, "images": picture_file(), "step": "preview"})
    path = size_path(IdeaPicture.objects.get().key, 800)
    assert default_storage.exists(path)
    assert forget_old_drafts() == 0
    age(3)
    assert forget_old_drafts() == 1
    assert not IdeaPicture.objects.exists()
    assert not default_storage.exists(path)


def test_a_kept_draft_stays_for_half_a_year(typed: dict[str, Any]) -> None:
    signed_in(factories.person()).post("/ideen/neu/", {**typed, "step": "draft"})
    age(30)
    assert forget_old_drafts() == 0
    age(200)
    assert forget_old_drafts() == 1


def test_pictures_of_ideas_stay(typed: dict[str, Any]) -> None:
    signed_in(factories.person()).post("/ideen/neu/", {**typed, "images": picture_file(), "step": "submit"})
    age(400)
    forget_old_drafts()
    assert IdeaPicture.objects.count() == 1


def test_an_empty_form_leaves_no_draft(typed: dict[str, Any]) -> None:
    client = signed_in(factories.person())
    for step in ("preview", "submit", "draft"):
        assert client.post("/ideen/neu/", {"campaign": typed["campaign"], "step": step}).status_code == 422
    assert not Draft.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-4000-8000-000000000000", "\x00"])
def test_unknown_drafts_are_simply_not_there(client: Client, typed: dict[str, Any], key: str) -> None:
    assert client.get("/ideen/neu/", {"kampagne": typed["campaign"], "entwurf": key}).status_code in (200, 400)
    assert client.post("/ideen/neu/", {**typed, "draft": key, "step": "preview"}).status_code == 200


def test_my_area_asks_to_sign_in(client: Client) -> None:
    answer = client.get("/mein/")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/konto/login/?next=%2Fmein%2F"
