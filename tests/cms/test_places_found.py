"""Places have a page and are found by search, as long as everybody may know of them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.models import Contact, Place, StartPage
from search.queries import search
from tests.cms.test_places import make, page_with

pytestmark = pytest.mark.django_db


def found(words: str = "Lippeufer") -> list[str]:
    return [hit.url for hit in search(AnonymousUser(), words).hits if hit.kind == "place"]


def test_a_place_is_found_while_it_stands_on_an_open_page(
    client: Client, start: StartPage, django_capture_on_commit_callbacks
):
    place = make(directions="Das weiße Haus mit der Uhr.", step_free="yes")
    url = f"/kontakte/orte/{place.pk}/"
    assert (found(), client.get(url).status_code) == ([], 404)
    with django_capture_on_commit_callbacks(execute=True):
        page = page_with(start, place)
    assert found() == found("weiße Haus Uhr") == [url]
    text = client.get(url)
    assert "Das weiße Haus mit der Uhr." in text.content.decode()
    assert text["Cache-Control"] == "no-cache"
    assert "Familienrathaus" in client.get("/suche/?q=Lippeufer").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert (found(), client.get(url).status_code) == ([], 404)


def test_a_closed_page_shows_no_place_to_anybody(client: Client, start: StartPage, django_capture_on_commit_callbacks):
    place = make()
    with django_capture_on_commit_callbacks(execute=True):
        page = page_with(start, place)
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert (found(), client.get(place.get_absolute_url()).status_code) == ([], 404)


def test_the_place_of_a_listed_contact_is_public_and_that_of_an_unlisted_one_is_not(client: Client):
    place = make()
    contact = Contact.objects.create(office="Empfang", slug="empfang", phone="02999 1", location=place, is_listed=False)
    assert (found(), client.get(place.get_absolute_url()).status_code) == ([], 404)
    contact.is_listed = True
    contact.save()
    assert (found(), client.get(place.get_absolute_url()).status_code) == ([place.get_absolute_url()], 200)
    place.delete()
    assert found() == []


def test_what_is_no_place_is_not_there_and_the_page_costs_few_statements(client: Client, django_assert_max_num_queries):
    assert client.get(f"/kontakte/orte/{2**70}/").status_code == client.get("/kontakte/orte/0/").status_code == 404
    place = make(latitude=51.66, longitude=8.34)
    Contact.objects.create(office="Empfang", slug="empfang", phone="02999 1", location=place)
    client.get(place.get_absolute_url())
    with django_assert_max_num_queries(12):
        assert client.get(place.get_absolute_url()).status_code == 200
    assert Place.objects.count() == 1
