"""Contacts: kept once, shown on many pages, with a deputy; the mail address not for machines."""

import datetime as dt
import json
import re

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.forms.models import model_to_dict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, ReferenceIndex

from cms.models import Contact, PlainPage, StartPage
from tests import factories

pytestmark = pytest.mark.django_db
MAIL = "wege@musterstadt.example"


def make(slug: str = "wege", **fields: object) -> Contact:
    values = {
        "office": "Amt für Verkehr",
        "name": "Beate Kornmann",
        "role": "Gehwege",
        "phone": "02999 17-6120",
        "email": MAIL,
    }
    made = Contact(
        slug=slug, **{**values, "street": "Gleisdreieck 3", "zipcode": "59999", "city": "Musterstadt", **fields}
    )
    made.full_clean()
    made.save()
    return made


def page_with(start: StartPage, contact: Contact, slug: str = "wege") -> PlainPage:
    body = json.dumps([{"type": "contact_card", "value": {"contact": contact.pk}}])
    page = start.add_child(instance=PlainPage(title="Wege", slug=slug, body=body))
    start.refresh_from_db()
    return page


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_page_shows_the_contact_but_not_its_mail_address(client, start):
    page = page_with(start, make(fax="02999 17-6199"))
    text = text_of(client, page.get_absolute_url())
    for words in (
        "Amt für Verkehr",
        "Beate Kornmann, Gehwege",
        'href="tel:02999176120"',
        "Fax 02999 17-6199",
        "59999 Musterstadt",
    ):
        assert words in text
    assert MAIL not in text
    assert 'href="/kontakte/wege/schreiben/"' in text


def test_the_mail_address_is_shown_after_a_click_without_a_script(client):
    make()
    first = client.get("/kontakte/wege/")
    assert MAIL not in first.content.decode()
    assert first.headers["X-Robots-Tag"] == "noindex, nofollow"
    answer = client.post("/kontakte/wege/")
    assert f'href="mailto:{MAIL}"' in answer.content.decode()


def test_changing_the_contact_changes_every_page(client, start):
    contact = make()
    pages = [page_with(start, contact, slug) for slug in ("wege", "rad", "schule")]
    contact.phone = "02999 17-1"
    contact.save()
    assert all("02999 17-1<" in text_of(client, page.get_absolute_url()) for page in pages)


def test_who_is_away_names_the_deputy_until_the_last_day(client):
    other = make("vertretung", name="Jan Pohl", phone="02999 17-6121")
    make(away_from="2026-12-01", away_until="2026-12-14", deputy=other)
    for day, words in (("2026-11-30", False), ("2026-12-01", True), ("2026-12-14", True), ("2026-12-15", False)):
        with time_machine.travel(f"{day}T12:00:00+01:00", tick=False):
            text = text_of(client, "/kontakte/wege/")
            assert ("Nicht da bis 14. Dezember 2026." in text) == words, day
            assert ('href="tel:02999176121"' in text) == words, day


def test_a_deputy_who_is_away_too_is_not_named(client):
    other = make("vertretung", name="Jan Pohl", away_from="2026-01-01")
    contact = make(away_from="2026-01-01", deputy=other)
    assert contact.stands_in is None
    assert "Jan Pohl" not in text_of(client, "/kontakte/wege/")


def test_the_card_for_the_address_book_is_a_vcard_without_the_mail_address(client):
    make()
    answer = client.get("/kontakte/wege.vcf")
    lines = answer.content.decode().splitlines()
    assert answer.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert lines[0] == "BEGIN:VCARD"
    assert lines[-1] == "END:VCARD"
    assert "N:Kornmann;Beate" in lines
    assert "ORG:Amt für Verkehr" in lines
    assert any(line.startswith("TEL") and line.endswith("02999 17-6120") for line in lines)
    assert MAIL not in answer.content.decode()


def test_a_deleted_contact_leaves_nothing_behind_and_breaks_nothing(client, start):
    contact = make()
    page = page_with(start, contact)
    contact.delete()
    text = text_of(client, page.get_absolute_url())
    assert "Amt für Verkehr" not in text
    assert client.get("/kontakte/wege/").status_code == 404
    assert client.get("/kontakte/wege.vcf").status_code == 404


def test_who_deletes_a_contact_is_told_on_which_pages_it_stands(start):
    contact = make()
    page = page_with(start, contact)
    page.save_revision().publish()
    client = Client()
    client.force_login(factories.make_person("redaktion@example.org", "Nora", groups=["Redaktion"]))
    answer = client.get(f"/cms/snippets/cms/contact/delete/{contact.pk}/", follow=True)
    assert "steht noch an 1 Stelle" in answer.content.decode()
    assert "Wege" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"phone": "ruf an"}, "Ziffern"),
        ({"phone": "", "email": "", "street": ""}, "mindestens einen Weg"),
        ({"away_until": "2026-12-01"}, "ab wann"),
        ({"away_from": "2026-12-02", "away_until": "2026-12-01"}, "vor dem Anfang"),
        ({"email": "kein@"}, "E-Mail"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(fields, words):
    with pytest.raises(ValidationError, match=words):
        make(**fields)


def test_an_editor_is_reminded_to_look_at_a_contact_again():
    make(check_on=dt.date.today() + dt.timedelta(days=10))
    make("spaeter", name="Jan Pohl", check_on=dt.date.today() + dt.timedelta(days=100))
    client = Client()
    client.force_login(factories.make_person("redaktion@example.org", "Nora", groups=["Redaktion"]))
    text = client.get("/cms/").content.decode()
    assert "Stimmt der Kontakt „Amt für Verkehr, Beate Kornmann“ noch?" in text
    assert "Jan Pohl" not in text


@pytest.fixture
def used(start: StartPage) -> Contact:
    """A contact on many pages."""
    contact = make()
    for number in range(20):
        page_with(start, contact, f"seite-{number}")
    return contact


def many_more(page: PlainPage, number: int) -> None:
    """Copy a page and what stands on it, straight in the tables: two hundred by editors' ways would take long."""
    path, rows = page.path, []
    for one in range(number):
        path = Page(path=path)._inc_path()
        rows.append(Page(
            title=f"Kopie {one}", draft_title=f"Kopie {one}", slug=f"kopie-{one}", path=path, depth=page.depth, live=True,
            url_path=f"/start/kopie-{one}/", content_type=page.content_type, locale=page.locale,
        ))  # fmt: skip
    Page.objects.bulk_create(rows)
    names = [field.column for field in PlainPage._meta.local_fields if not field.primary_key]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO cms_plainpage (page_ptr_id, {', '.join(names)}) SELECT p.id, {', '.join(f't.{one}' for one in names)} "
            "FROM wagtailcore_page p, cms_plainpage t WHERE t.page_ptr_id = %s AND p.slug LIKE %s",
            [page.pk, "kopie-%"],
        )
    [reference] = ReferenceIndex.get_references_for_object(page)
    copies = []
    for copy in Page.objects.filter(slug__startswith="kopie-"):
        values = model_to_dict(reference, exclude=["id"])
        kinds = {name: getattr(reference, name) for name in ("base_content_type", "content_type", "to_content_type")}
        copies.append(ReferenceIndex(**values | kinds | {"object_id": str(copy.pk)}))
    ReferenceIndex.objects.bulk_create(copies)


def test_a_contact_of_two_hundred_pages_stays_and_if_it_goes_all_the_same_each_page_is_whole(
    desk: Client, client: Client, start: StartPage
):
    contact = make()
    many_more(page_with(start, contact), 199)
    url = f"/cms/snippets/cms/contact/delete/{contact.pk}/"
    with CaptureQueriesContext(connection) as asked:
        refused = desk.post(url, follow=True).content.decode()
    assert "steht noch an 200 Stellen und wird darum nicht gelöscht" in refused
    assert len(set(re.findall(r"Kopie \d+", refused))) in (19, 20)  # whichever: they stand by the letters of their keys
    assert "?p=2" in refused
    assert len(asked) < 300  # by the twenty that a page of the list shows, not by all
    with CaptureQueriesContext(connection) as before:
        assert "Beate Kornmann" in text_of(client, "/kopie-7/")
    contact.delete()  # by a script: editors cannot
    with CaptureQueriesContext(connection) as after:
        text = text_of(client, "/kopie-7/")
    assert "Beate Kornmann" not in text
    assert "Kopie 7" in text
    assert max(len(after), len(before)) <= 12
    assert text_of(client, "/kopie-198/")
    assert desk.get(f"/cms/pages/{PlainPage.objects.get(slug='kopie-7').pk}/edit/").status_code == 200


def test_a_contact_that_stands_on_pages_is_not_deleted_and_the_list_says_where(desk: Client, used: Contact):
    for answer in (
        desk.get(f"/cms/snippets/cms/contact/delete/{used.pk}/", follow=True),
        desk.post(f"/cms/snippets/cms/contact/delete/{used.pk}/", follow=True),
        desk.post(f"/cms/bulk/cms/contact/delete/?id={used.pk}", follow=True),
    ):
        text = answer.content.decode()
        assert "steht noch an 20 Stellen und wird darum nicht gelöscht" in text
        assert "Wählen Sie bei diesem Kontakt eine Nachfolge" in text
    assert Contact.objects.filter(pk=used.pk).exists()


def test_a_contact_that_stands_nowhere_is_deleted(desk: Client):
    contact = make()
    assert desk.get(f"/cms/snippets/cms/contact/delete/{contact.pk}/").status_code == 200
    desk.post(f"/cms/snippets/cms/contact/delete/{contact.pk}/")
    assert not Contact.objects.exists()


def test_a_successor_is_shown_on_every_page_at_once(client: Client, used: Contact):
    used.successor = make("neu", name="Jan Pohl", phone="02999 17-7")
    used.full_clean()
    used.save()
    for number in (0, 19):
        text = text_of(client, f"/seite-{number}/")
        assert "Jan Pohl" in text
        assert "Beate Kornmann" not in text
    assert client.get("/kontakte/wege/").headers["Location"] == "/kontakte/neu/"
    assert "Jan Pohl" in client.get("/kontakte/wege.vcf").content.decode()


def test_successors_do_not_go_round_in_circles():
    first, second = make(), make("neu", name="Jan Pohl")
    first.successor = second
    first.save()
    second.successor = first
    with pytest.raises(ValidationError, match="im Kreis"):
        second.full_clean()
    Contact.objects.filter(pk=second.pk).update(successor=first)  # two editors at once
    assert Contact.objects.get(pk=first.pk).today.pk in (first.pk, second.pk)


def test_the_page_of_contacts_lists_who_is_there_without_mail_addresses(client: Client, start: StartPage):
    assert "Noch ist kein Kontakt eingetragen" in text_of(client, "/kontakt/")
    make()
    make("weg", name="Alt Gedient", successor=Contact.objects.get())
    make("still", name="Nur Intern", is_listed=False)
    text = text_of(client, "/kontakt/")
    assert "Beate Kornmann" in text
    assert MAIL not in text
    assert "Alt Gedient" not in text
    assert "Nur Intern" not in text
    assert 'href="/kontakt/"' in text_of(client, "/kontakte/wege/")


def test_a_contact_that_stands_nowhere_public_is_not_there(client: Client, start: StartPage):
    deputy = make("vertretung", name="Jan Pohl", is_listed=False)
    make("still", name="Nur Intern", is_listed=False, deputy=deputy)
    urls = [f"/kontakte/{slug}{end}" for slug in ("still", "vertretung") for end in ("/", ".vcf", "/schreiben/")]
    assert {client.get(url).status_code for url in urls} == {404}
    page = page_with(start, Contact.objects.get(slug="still"))
    assert {client.get(url).status_code for url in urls} == {200}
    page.unpublish()
    assert {client.get(url).status_code for url in urls} == {404}
