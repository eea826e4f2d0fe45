"""The demo town: full, consistent, the same when filled again, and open to everybody."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Model
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.models import Page

from accounts.models import User
from cms.models import CampaignPage
from common.models import Delivery
from config.demo.people import PASSWORD
from config.demo.texts import read
from ideas.models import Campaign, Comment, District, Goal, Idea, Phase
from ideas.rules import current_phase
from moderation.models import Case, Complaint, Decision, Report
from news.models import NewsArticlePage
from tests.security.register import STAFF
from tests.soak import by_database
from voting.models import CommentVote, Opinion, Vote, VoterLevel

pytestmark = pytest.mark.django_db
ROOMS = (
    "accounts",
    "ideas",
    "voting",
    "moderation",
    "search",
    "cms",
    "boards",
    "news",
    "wagtailcore",
    "taggit",
    "account",
)


def seed() -> str:
    out = StringIO()
    with override_settings(PROFILE="demo"):
        call_command("seed_demo", stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """Fill the town once for all tests of this module; give back what the command printed."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        yield seed()
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


def fingerprint() -> dict[str, str]:
    """A hash of every row of every table that belongs to the town."""
    tables = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    return {model._meta.label: hashlib.sha256(repr(rows_of(model)).encode()).hexdigest() for model in tables}


def rows_of(model: type[Model]) -> list[list[object]]:
    rows = model._base_manager.order_by("pk").values_list()
    return [[value.get_prep_value() if isinstance(value, StreamValue) else value for value in row] for row in rows]


def test_it_is_filled_only_where_nothing_is_real(settings):
    settings.PROFILE = "production"
    with pytest.raises(CommandError, match="demo"):
        call_command("seed_demo")


def test_the_numbers_are_those_promised(town):
    assert (District.objects.count(), Goal.objects.count()) == (8, 8)
    ours = Idea.objects.filter(campaign__audience="everybody")
    # Sixty were typed here, five are the library's drafts, twenty the projects of two budgets; two came in at the desk,
    # two are the closed group's own.
    assert (ours.filter(channel="").count(), ours.exclude(channel="").count(), Idea.objects.count()) == (85, 2, 89)
    assert Comment.objects.filter(idea__in=ours).count() == 305
    # Two thousand over months, twice 34 from one network in an hour, and what a class gave with its codes.
    with_codes = Vote.objects.filter(level=VoterLevel.CODE).count()
    assert (Vote.objects.count(), with_codes) == (2000 + 2 * 34 + with_codes, 17)
    assert Opinion.objects.count() == 726
    assert CommentVote.objects.count() >= 250
    assert NewsArticlePage.objects.live().count() == 13
    assert Report.objects.count() >= 5
    assert Complaint.objects.filter(outcome="open").exists()
    assert Decision.objects.exclude(decision="approve").count() >= 8
    waiting = Case.objects.filter(state="open")
    assert {"new", "change", "report", "complaint"} <= set(waiting.values_list("reason", flat=True))


def test_ideas_are_in_every_state(town):
    states = Counter(Idea.objects.values_list("state", flat=True))
    assert set(states) == set(Idea.State.values)
    assert set(Idea.objects.values_list("progress", flat=True)) == set(Idea.Progress.values)
    assert sum(idea.has_pending_change for idea in Idea.objects.all()) >= 3
    assert Idea.objects.filter(answers__isnull=False).distinct().count() >= 10


def test_something_is_always_collecting_voting_and_over(town):
    now = {campaign.slug: current_phase(campaign) for campaign in Campaign.objects.all()}
    kinds = Counter(phase.kind if phase else None for phase in now.values())
    assert kinds["collect"] >= 1
    assert kinds["vote"] == 3
    assert kinds["discuss"] == 1
    assert now["kuehle-plaetze"] is None
    assert now["radverkehr"].allows_ideas
    assert all(Campaign.objects.values_list("is_published", flat=True))
    assert [one.slug for one in Campaign.objects.filter(is_public=False)] == ["familienbeirat-intern"]


def test_what_is_counted_recorded_and_found_agrees(town):
    for command in ("verify_votes", "verify_audit", "verify_search"):
        call_command(command, stdout=StringIO(), stderr=StringIO())


def test_nothing_happened_in_the_future_or_before_its_cause(town):
    now = timezone.now()
    for idea in Idea.objects.exclude(published_at=None).select_related("campaign"):
        # In the closed group nothing is checked before; what is checked afterwards is public at once.
        at_once = idea.campaign.is_closed or idea.campaign.check_ideas == Campaign.Check.AFTER
        assert idea.created_at < idea.published_at <= now or (at_once and idea.published_at <= now)
    for comment in Comment.objects.select_related("idea", "parent"):
        assert comment.idea.published_at < comment.created_at <= now
        assert comment.parent is None or comment.parent.created_at < comment.created_at
    moments = list(Decision.objects.order_by("sequence").values_list("decided_at", flat=True))
    assert moments == sorted(moments)
    assert not Case.objects.filter(opened_at__gt=now).exists()


def test_nobody_says_the_same_twice(town):
    texts = Counter(Comment.objects.values_list("text", flat=True))
    assert [text for text, count in texts.items() if count > 1] == []


def test_filling_it_again_changes_nothing(town):
    before = fingerprint()
    assert "nichts wurde verändert" in seed()
    assert fingerprint() == before


def test_a_town_filled_weeks_ago_comes_alive_again(town):
    for phase in Phase.objects.all():
        phase.opens_at, phase.closes_at = phase.opens_at - timedelta(days=90), phase.closes_at - timedelta(days=90)
        phase.save()
    seed()
    kinds = {phase.kind for campaign in Campaign.objects.all() if (phase := current_phase(campaign))}
    assert {"collect", "discuss", "vote"} <= kinds


def test_it_prints_the_address_and_six_accounts_that_work(town):
    mails = re.findall(r"\w+@demo\.example", town)
    assert len(mails) == 6
    assert PASSWORD in town
    for mail in mails:
        assert User.objects.get(email=mail).check_password(PASSWORD)
    assert User.objects.get(email="moderation@demo.example").has_perm("moderation.decide")
    assert User.objects.get(email="fachamt@demo.example").has_perm("ideas.answer")
    assert not User.objects.get(email="buerger@demo.example").is_staff


def test_citizens_cannot_be_signed_in_as(town):
    with_password = [entry["email"] for part in ("accounts", "staff") for entry in read("people")[part]]
    assert not any(user.has_usable_password() for user in User.objects.exclude(email__in=with_password)[:5])


def test_no_mail_waits_about_what_never_happened(town):
    assert not Delivery.objects.exists()


def addresses() -> list[str]:
    closed = CampaignPage.objects.filter(campaign__is_public=False).values("pk")
    pages = [
        page.specific.get_absolute_url() for page in Page.objects.live().filter(depth__gt=1).exclude(pk__in=closed)
    ]
    ideas = [idea.get_absolute_url() for idea in Idea.objects.visible_to(AnonymousUser())]
    return [*pages, *ideas, "/ideen/", "/ideen/feed/", "/aktuelles/feed/", "/suche/?q=Bank"]


def some_of_each_shape(links: set[str], most: int = by_database(3, 5)) -> list[str]:
    """Return links, but of hundreds that differ in a number only (reporting each comment) no more than a few."""
    shapes: dict[str, list[str]] = defaultdict(list)
    for link in sorted(links):
        shapes[re.sub(r"\d+", "0", link)].append(link)
    return [link for same in shapes.values() for link in same[:most]]


def test_every_page_opens_and_no_link_leads_nowhere(town):
    client, links = Client(), set()
    for address in some_of_each_shape(set(addresses()), by_database(20, 60)):
        answer = client.get(address)
        assert answer.status_code == 200, address
        links |= set(re.findall(r'href="(/[^"#]*)', answer.content.decode()))
    links = {link.replace("&amp;", "&") for link in links if not link.startswith(("/static/", "/cms/"))}
    broken = {
        link: code
        for link in some_of_each_shape(links)
        if (code := client.get(link).status_code) not in (200, 302, 303)
    }
    assert broken == {}


def works() -> Iterator[str]:
    """Yield the addresses of the staff that need no number, and the form of a page of each kind."""
    yield reverse("wagtailadmin_home")
    for name in sorted(STAFF):
        with suppress(NoReverseMatch):
            yield reverse(name)
    kinds = {page.content_type_id: page.pk for page in Page.objects.live().filter(depth__gt=1)}
    yield from (reverse("wagtailadmin_pages:edit", args=[pk]) for pk in kinds.values())


@pytest.mark.parametrize("who", ["redaktion", "moderation", "fachamt", "admin"])
def test_whoever_works_there_finds_every_page_open_or_is_sent_away(town, who):
    client = Client()
    client.force_login(User.objects.get(email=f"{who}@demo.example"))
    found = {address: client.get(address).status_code for address in works()}
    assert found["/cms/"] == 200
    assert set(found.values()) <= {200, 302, 403, 404}
    assert list(found.values()).count(200) > len(found) // 2 or who != "admin"


@pytest.mark.parametrize("state", ["waiting", "refused", "hidden"])
def test_what_is_not_public_opens_for_nobody(town, state):
    idea = Idea.objects.filter(state=state)[0]
    assert Client().get(idea.get_absolute_url()).status_code in (404, 410)


def test_only_the_town_may_set_the_clock():
    root = Path(__file__).resolve().parents[2]
    folders = [root / name for name in ("ideas", "voting", "moderation", "search", "site")]
    users = [
        path for folder in folders for path in folder.rglob("*.py") if "replayed_at" in path.read_text(encoding="utf-8")
    ]
    assert {path.relative_to(root).as_posix() for path in users} == {
        "site/common/database.py",
        "site/config/demo/board.py",
        "site/config/demo/newsletters.py",
        "site/config/demo/replay.py",
        "site/config/demo/trusting.py",
    }
