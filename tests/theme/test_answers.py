"""Headers of every answer: content policy, privacy of what belongs to a person."""

import re

import pytest
from django.test import Client

from tests.factories import person

pytestmark = [pytest.mark.urls("tests.theme.addresses"), pytest.mark.django_db]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)


@pytest.mark.parametrize("address", ["/plain/", "/stil/", "/trouble/denied/", "/gibt-es-nicht/"])
def test_public_pages_have_a_strict_policy_and_no_inline_code(client: Client, settings: object, address: str) -> None:
    settings.PROFILE = "demo"  # type: ignore[attr-defined]
    answer = client.get(address)
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert not INLINE.search(answer.content.decode())


def test_every_address_in_the_frame_is_our_own(client: Client) -> None:
    page = client.get("/plain/").content.decode()
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page)


def test_only_the_admin_gets_the_loose_policy(client: Client) -> None:
    assert "'unsafe-inline'" in client.get("/cms/plain/")["Content-Security-Policy"]
    assert "'unsafe-inline'" not in client.get("/plain/")["Content-Security-Policy"]


def test_anonymous_pages_may_be_kept(client: Client) -> None:
    assert "no-store" not in client.get("/plain/").get("Cache-Control", "")


def test_the_frame_costs_strangers_no_statement(client: Client, django_assert_num_queries: object) -> None:
    client.get("/plain/")  # the town's own texts are read once and kept
    with django_assert_num_queries(0):  # type: ignore[operator]
        client.get("/plain/")


def test_signed_in_pages_are_private(client: Client) -> None:
    client.force_login(person())
    assert client.get("/plain/")["Cache-Control"] == "private, no-store"
    assert client.get("/public/")["Cache-Control"] == "public, max-age=600"


def test_a_page_with_a_form_token_is_private(client: Client) -> None:
    assert client.get("/token/")["Cache-Control"] == "private, no-store"
    assert client.get("/token/")["Cache-Control"] == "private, no-store", "the second time no cookie is set any more"


def test_the_style_guide_is_for_the_demo_and_staff(client: Client, settings: object) -> None:
    settings.PROFILE = "production"  # type: ignore[attr-defined]
    assert client.get("/stil/").status_code == 404
    client.force_login(person())
    assert client.get("/stil/").status_code == 404
    client.force_login(person(is_staff=True))
    assert client.get("/stil/").status_code == 200


def test_the_demo_says_on_every_page_that_it_is_one(client: Client, settings: object) -> None:
    settings.PROFILE = "demo"  # type: ignore[attr-defined]
    assert "Dies ist eine Vorführung" in client.get("/plain/").content.decode()
    settings.PROFILE = "production"  # type: ignore[attr-defined]
    assert "Dies ist eine Vorführung" not in client.get("/plain/").content.decode()
