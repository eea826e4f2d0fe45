"""Notice, QR code, frame: only what everybody may see, whoever asks; nothing of others, no cookies."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from ideas.models import Campaign, Idea
from tests import factories
from tests.ideas.conftest import signed_in, with_right

pytestmark = pytest.mark.django_db
WAYS = ("aushang/", "qr.svg", "einbetten/")
STATES = ("waiting", "refused", "hidden", "withdrawn", "merged")


@pytest.fixture
def idea(campaign: Campaign, author: User) -> Idea:
    return factories.idea(campaign=campaign, author=author, title="Schatten für die Rutsche")


@pytest.mark.parametrize("state", STATES)
def test_what_is_not_public_cannot_be_carried_elsewhere(campaign: Campaign, author: User, state: str) -> None:
    idea = factories.idea(
        campaign=campaign, author=author, state="public" if state == "refused" else state, title="Feldlerche"
    )
    Idea.objects.filter(pk=idea.pk).update(state=state)
    for client in (Client(), signed_in(author), signed_in(with_right("Moderatorin", "moderation.decide"))):
        for way in WAYS:
            answer = client.get(f"/ideen/{idea.pk}/{way}")
            assert answer.status_code == 404, way
            assert "Feldlerche" not in answer.content.decode()


def test_a_closed_group_is_carried_nowhere_even_by_members(author: User) -> None:
    closed = factories.campaign(audience="members", title="Kleiner Kreis", slug="kreis")
    idea = factories.idea(campaign=closed, author=author, title="Feldlerche")
    closed.members.create(person=author)
    browser = signed_in(author)
    gone = [browser.get(f"/ideen/{idea.pk}/{way}") for way in WAYS]
    gone += [browser.get("/ideen/einbetten/?kampagne=kreis"), browser.get("/ideen/aushang/?kampagne=kreis")]
    for answer in gone:
        assert answer.status_code == 404
        assert "Feldlerche" not in answer.content.decode()
        assert "Kleiner Kreis" not in answer.content.decode()
    own = browser.get(idea.get_absolute_url()).content.decode()
    assert "Link kopieren" in own
    assert "<iframe" not in own.replace("&lt;", "<")
    assert "og:title" not in own


def test_gone_looks_like_never_there(idea: Idea) -> None:
    Idea.objects.filter(pk=idea.pk).update(state="hidden")
    hidden, missing = (Client().get(f"/ideen/{pk}/einbetten/") for pk in (idea.pk, 999_999))
    assert hidden.content == missing.content
    assert "Das ist nicht mehr öffentlich" in hidden.content.decode()
    assert hidden["X-Robots-Tag"] == "noindex"


def test_the_frame_may_stand_anywhere_and_only_the_frame(idea: Idea, campaign: Campaign) -> None:
    for path in (f"/ideen/{idea.pk}/einbetten/", f"/ideen/einbetten/?kampagne={campaign.slug}"):
        answer = Client().get(path)
        policy = answer["Content-Security-Policy"]
        assert answer.status_code == 200
        assert "frame-ancestors *" in policy
        assert "default-src 'none'" in policy
        assert "script" not in policy
        assert "X-Frame-Options" not in answer
        assert answer["Cache-Control"] == "public, max-age=60"
        assert not answer.cookies
        text = answer.content.decode()
        assert "<script" not in text
        assert idea.title in text
        links = re.findall(r"<a [^>]*>", text)
        assert links
        assert all('target="_blank"' in link and 'rel="noopener"' in link for link in links)
    page = Client().get(idea.get_absolute_url())
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "SAMEORIGIN"


def test_the_frame_knows_nobody(idea: Idea, author: User) -> None:
    browser = signed_in(author)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = browser.get(f"/ideen/{idea.pk}/einbetten/")
    assert answer.content == Client().get(f"/ideen/{idea.pk}/einbetten/").content
    assert answer["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies
    tables = "".join(query["sql"] for query in asked)
    assert Session._meta.db_table not in tables
    assert "accounts_user" not in tables.replace("ideas_idea", "")


def test_hidden_numbers_are_not_told_in_the_frame(idea: Idea, campaign: Campaign) -> None:
    from datetime import timedelta

    from django.utils import timezone

    Idea.objects.filter(pk=idea.pk).update(support_count=98_765)
    assert "98.765" in Client().get(f"/ideen/{idea.pk}/einbetten/").content.decode()
    Campaign.objects.filter(pk=campaign.pk).update(counts_hidden_until=timezone.now() + timedelta(days=1))
    for path in (f"/ideen/{idea.pk}/einbetten/", f"/ideen/einbetten/?kampagne={campaign.slug}"):
        text = Client().get(path).content.decode()
        assert idea.title in text
        assert "98.765" not in text
        assert "98765" not in text


def test_the_code_is_a_picture_that_caches_may_keep_for_a_minute(idea: Idea) -> None:
    answer = Client().get(f"/ideen/{idea.pk}/qr.svg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert answer.content.startswith(b"<?xml")
    assert answer["Cache-Control"] == "public, max-age=60"
    again = Client().get(f"/ideen/{idea.pk}/qr.svg", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = factories.idea(campaign=idea.campaign)
    assert Client().get(f"/ideen/{other.pk}/qr.svg")["ETag"] != answer["ETag"]


def test_the_notice_has_everything_a_board_needs(idea: Idea, campaign: Campaign, settings: object) -> None:
    text = Client().get(f"/ideen/{idea.pk}/aushang/").content.decode()
    assert f'<h1 class="mw-notice__title">{idea.title}</h1>' in text
    assert f'aria-label="QR-Code, der zu {settings.SITE_URL}/ideen/{idea.pk}/ führt"' in text  # type: ignore[attr-defined]
    assert f"/ideen/{idea.pk}" in text
    assert "mw-nav" not in text
    assert "mw-notice__strips" not in text
    assert text.count("<svg") >= 1
    assert "mw-notice__strips" in Client().get(f"/ideen/{idea.pk}/aushang/?streifen=1").content.decode()
    assert campaign.title in Client().get(f"/ideen/aushang/?kampagne={campaign.slug}").content.decode()
    assert Client().get("/ideen/aushang/").status_code == 404
    assert Client().get("/ideen/einbetten/").status_code == 404


def test_sharing_works_without_script_and_without_others(idea: Idea) -> None:
    text = Client().get(idea.get_absolute_url()).content.decode()
    for way in WAYS:
        assert f'href="/ideen/{idea.pk}/{way}"' in text
    assert "mailto:?subject=" in text
    assert "&lt;iframe src=&quot;" in text
    assert "allow-scripts" not in text
    assert '<meta property="og:title" content="Schatten für die Rutsche">' in text
    assert not re.findall(r'(?:src|href)="https?://(?!testserver|127\.0\.0\.1|localhost)', text)


@pytest.mark.parametrize("slug", ["", "x" * 3000, "gibt-es-nicht", "ä%00", "'--"])
def test_rubbish_campaigns_are_404(slug: str) -> None:
    for path in ("/ideen/einbetten/", "/ideen/aushang/"):
        assert Client().get(path, {"kampagne": slug}).status_code == 404


def test_other_methods_are_refused(idea: Idea) -> None:
    for way in WAYS:
        assert Client().post(f"/ideen/{idea.pk}/{way}").status_code == 405
