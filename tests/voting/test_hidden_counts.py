"""While numbers are hidden, no surface tells them to anybody: every address we have is asked, by every role."""

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from cms.models import CampaignIndexPage, CampaignPage, StartPage
from ideas.due import show_numbers
from ideas.models import Campaign, Comment, Idea, Phase
from moderation.actions import open_case
from moderation.models import Case
from search.actions import rebuild, sweep
from search.models import SearchDocument
from search.queries import search
from tests import factories
from tests.ideas.conftest import signed_in
from tests.security.surfaces import surfaces
from voting.actions import close_phase
from voting.actions.rooting import build_roots
from voting.models import MerkleRoot, OpinionTally, Project, Threshold

pytestmark = pytest.mark.django_db
# Numbers that stand nowhere else, too long to come up in a hash, an id or a time; together the first two are the total,
# which everybody may see.
FIRST, SECOND, STARS, BASKETS = 738_013_457, 401_977_309, 610_579_433, 520_814_677
TOTAL = FIRST + SECOND
SURFACES = [one for one in surfaces() if one.name not in {"ideas:qr", "cms:picture", "ideas:picture"}]
ADMIN = ("/cms/", "/cms/reports/site-history/", "/cms/snippets/ideas/campaign/")


def told(text):
    """Return which of the numbers a text tells, however they are written."""
    found = {int(re.sub(r"[.\u00a0  ]", "", match)) for match in re.findall(r"\d{1,3}(?:[.\u00a0  ]\d{3})+|\d+", text)}
    return found & {FIRST, SECOND, STARS, BASKETS}


def page_of(title, slug, method):
    """A campaign with a page and a phase of voting, its numbers hidden."""
    until = timezone.now() + timedelta(days=9)
    made = factories.campaign(title=title, slug=slug, phase=False, counts_hidden_until=until, support_goal=4000)
    now = timezone.now()
    budget = {"budget_cents": 10**9} if method == Phase.Method.BUDGET else {}
    factories.phase(campaign=made, method=method, opens_at=now - timedelta(days=2), **budget)
    page = CampaignPage(title=title, campaign=made, result_shown=True)
    CampaignIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    made.refresh_from_db()
    return made


@pytest.fixture
def town():
    """Three campaigns with hidden numbers, their start page, and one browser for each role."""
    for name in caches:
        caches[name].clear()
    people = {"visitor": None, "citizen": factories.person("Lippespatz")}
    people["Redaktion"] = factories.make_person("redaktion@example.org", "Rieke Rand", groups=["Redaktion", "Fachamt"])
    people["all"] = factories.person("Alles", is_superuser=True, is_staff=True)
    ideas = []
    for slug, method in (("geben", "support"), ("sterne", "rating"), ("korb", "budget")):
        campaign = page_of(slug.title(), slug, method)
        ideas += [factories.idea(campaign=campaign, author=people["citizen"], title=f"Idee {slug} {n}") for n in "ab"]
    fill(ideas)
    start = StartPage.objects.get()
    blocks = [
        ("campaigns", {"title": "", "count": 3}),
        ("ideas", {"title": "", "count": 6}),
        ("numbers", {"title": ""}),
    ]
    start.sections = json.dumps([{"type": name, "value": value} for name, value in blocks])
    start.save_revision().publish()
    rebuild()
    return ideas, {name: signed_in(person) if person else Client() for name, person in people.items()}


def fill(ideas):
    """Give the ideas their numbers as if so many people had voted."""
    Idea.objects.filter(pk=ideas[0].pk).update(support_count=FIRST, trend=FIRST)
    Idea.objects.filter(pk=ideas[1].pk).update(support_count=SECOND)
    OpinionTally.objects.create(phase=ideas[2].campaign.phases.get(), idea=ideas[2], value=5, number=STARS)
    for idea in ideas[4:]:
        Project.objects.create(phase=idea.campaign.phases.get(), idea=idea, cost_cents=10**8, number=BASKETS)
    Threshold.objects.create(idea=ideas[0], number=FIRST)
    Comment.objects.create(
        idea=ideas[0], author=ideas[0].author, text="Gut.", state="public", published_at=timezone.now()
    )
    open_case("idea", ideas[0].pk)


def addresses(idea):
    """Return every address of our rooms, filled in for an idea."""
    comment, case = Comment.objects.get(), Case.objects.get()
    values = {
        "pk": idea.pk, "idea_id": idea.pk, "comment_id": comment.pk, "object_id": idea.pk, "kind": "idea", "case_id": case.pk,
        "slug": idea.campaign.slug, "number": 1, "phase_id": idea.campaign.phases.get().pk, "key": uuid.uuid4(), "width": 320,
    }  # fmt: skip
    for surface in SURFACES:
        filled = {name: values.get(name, 1) for name in surface.parameters}
        yield surface.path(filled | ({"slug": idea.slug} if "<int" in surface.route and "slug" in filled else {}))
        if surface.name.startswith(("voting_", "ideas_cms_table", "copy_")) and "pk" in filled:
            for pk in (idea.campaign_id, values["phase_id"]):
                yield surface.path(filled | {"pk": pk})


def lists(idea):
    """Return the lists in all their orders, the campaign's pages, and what is found."""
    slug = idea.campaign.slug
    for path in ("/ideen/", f"/mitmachen/{slug}/"):
        yield from (f"{path}?sort={order}" for order in ("fair", "neu", "diskutiert", "unterstuetzt", "trend"))
        yield f"{path}?ansicht=karte"
    yield from (f"/mitmachen/{slug}/{part}" for part in ("", "regeln/", "ergebnis/", "ergebnis/zahlen.csv"))
    yield from (f"/suche/?q=Idee&sort={order}" for order in ("relevance", "votes", "newest"))
    yield from ("/", "/mein/", "/ideen/feed/", f"/ideen/einbetten/{slug}/", "/abstimmungen/verzeichnis.json", *ADMIN)


def text_of(answer):
    return b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode(errors="replace")


def telling(browser, ideas):
    """Return which addresses tell a number to a browser, and to our own script and programs."""
    found = {}
    for idea in ideas:
        for path in dict.fromkeys([*lists(idea), *addresses(idea)]):
            if "logout" in path:
                continue
            answer = browser.get(path)
            assert answer.status_code < 500, path
            if numbers := told(text_of(answer)):
                found[path] = numbers
        answer = browser.get(
            f"/ideen/{idea.pk}/unterstuetzung/", HTTP_ACCEPT="application/json", HTTP_X_REQUESTED_WITH="fetch"
        )
        if numbers := told(text_of(answer)):
            found["json"] = numbers
    return found


def test_no_address_tells_a_number_to_anybody(town):
    ideas, browsers = town
    build_roots()
    assert telling(browsers["visitor"], ideas[::2]) == {}
    for role in ("citizen", "Redaktion", "all"):
        assert telling(browsers[role], ideas[:1]) == {}, role
    assert not SearchDocument.objects.filter(votes__gt=0).exists()
    hits = search(browsers["visitor"].get("/").wsgi_request.user, "Idee geben", sort="votes").hits
    assert all(not hit.doc.votes for hit in hits)


def test_the_same_addresses_tell_them_once_they_are_shown(town):
    ideas, browsers = town
    Campaign.objects.update(counts_hidden_until=timezone.now() - timedelta(minutes=1))
    for name in caches:
        caches[name].clear()
    show_numbers()
    sweep()
    found = telling(browsers["visitor"], ideas[:3:2])
    assert {FIRST, STARS} <= set.union(*found.values())
    assert len(found) > 8
    assert SearchDocument.objects.filter(votes=FIRST).exists()


def test_the_total_of_the_campaign_is_shown_all_along(town):
    _ideas, browsers = town
    page = browsers["visitor"].get("/mitmachen/geben/ergebnis/").content.decode()
    assert f"{TOTAL:,}".replace(",", ".") in page
    assert "Die Zahlen der einzelnen Ideen zeigen wir ab" in page


def test_orders_by_supports_are_refused_in_the_campaign_and_leave_it_out_elsewhere(town):
    ideas, browsers = town
    for order in ("unterstuetzt", "trend"):
        assert browsers["visitor"].get(f"/mitmachen/geben/?sort={order}").status_code == 400
        assert ideas[0].title not in browsers["visitor"].get(f"/ideen/?sort={order}").content.decode()


def test_a_sealed_result_waits_for_its_day_too(town):
    ideas, browsers = town
    result = close_phase(phase=ideas[0].campaign.phases.get())
    for path in ("/mitmachen/geben/ergebnis/", "/abstimmungen/verzeichnis.json"):
        assert result.sha256 not in text_of(browsers["visitor"].get(path))
    Campaign.objects.update(counts_hidden_until=timezone.now() - timedelta(minutes=1))
    for path in ("/mitmachen/geben/ergebnis/", "/abstimmungen/verzeichnis.json"):
        assert result.sha256 in text_of(browsers["visitor"].get(path))
    assert MerkleRoot.objects.count() == 0
