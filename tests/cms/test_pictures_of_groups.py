"""An editor's picture on the page of a closed group alone is for its members; elsewhere it is everybody's."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from cms import avif, renditions
from cms.models import CampaignIndexPage, CampaignPage, Picture, PlainPage, StartPage
from ideas.models import Campaign, Member
from tests import factories
from tests.cms.pieces import make_picture


@pytest.fixture
def picture(db: None) -> Picture:
    return make_picture()


@pytest.fixture
def group(picture: Picture) -> Campaign:
    """A closed group whose page shows the picture."""
    made = factories.campaign(title="Runde", slug="runde", audience="members")
    page = CampaignPage(title="Runde", campaign=made, picture=picture)
    CampaignIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    made.refresh_from_db()
    return made


def address(picture: Picture) -> str:
    return str(renditions.prepare(picture, "row")[0].url)


def test_only_members_and_editors_get_it(group: Campaign, picture: Picture):
    member, editor = factories.person(), factories.person()
    Member.objects.create(campaign=group, person=member)
    editor.user_permissions.add(Permission.objects.get(codename="change_picture", content_type__app_label="cms"))
    found = {}
    for name, person in {"nobody": None, "stranger": factories.person(), "member": member, "editor": editor}.items():
        browser = Client()
        if person:
            browser.force_login(person)
        found[name] = browser.get(address(picture)).status_code
    assert found == {"nobody": 404, "stranger": 404, "member": 200, "editor": 200}


def test_no_cache_on_the_way_keeps_it(group: Campaign, picture: Picture):
    member = factories.person()
    Member.objects.create(campaign=group, person=member)
    browser = Client()
    browser.force_login(member)
    assert browser.get(address(picture))["Cache-Control"] == "private, no-store"


def test_a_picture_that_stands_on_an_open_page_too_is_everybodys(group: Campaign, picture: Picture):
    page = PlainPage(title="Über uns", slug="ueber-uns", lead="Wir.", picture=picture)
    StartPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    answer = Client().get(address(picture))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=60"


def test_an_open_campaigns_picture_is_everybodys(group: Campaign, picture: Picture):
    group.audience = Campaign.Audience.EVERYBODY
    group.save()
    assert Client().get(address(picture)).status_code == 200


def test_what_is_smaller_is_as_closed(group: Campaign, picture: Picture):
    renditions.prepare(picture, "card")
    assert avif.make_waiting(120.0) == 2  # however slow the machine is
    for size in renditions.avif_sizes(picture, "card"):
        assert size.url.endswith(".avif")
        assert Client().get(size.url).status_code == 404
