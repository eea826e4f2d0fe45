"""What the law asks for: imprint and statement on accessibility; and what makes the site the town's own: colours."""

import datetime as dt
import json

import pytest
from django.core import mail
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone, translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.models import AccessibilityPage, ImprintPage, StartPage, StatementMail, TownSettings
from cms.reminders import remind_of_statement, send_statement_mail
from search.models import SearchDocument
from tests import factories
from tests.cms.pieces import town_form

pytestmark = pytest.mark.django_db
IMPRINT = {
    "title": "Impressum", "provider": "Stadt Musterstadt, Körperschaft des öffentlichen Rechts", "street": "Marktplatz 1",
    "zipcode": "59999", "city": "Musterstadt", "represented_by": "Oberbürgermeisterin Henriette Brockhoff",
    "email": "rathaus@musterstadt.example", "phone": "02999 17-0", "authority": "Bezirksregierung Musterberg",
    "responsible": "Nora Westkamp, Marktplatz 1, 59999 Musterstadt",
}  # fmt: skip
BARRIER = {
    "part": "Karte der Ideen", "reason": "burden", "why": "Eine Karte ist immer ein Bild.",
    "instead": "Die Liste zeigt dieselben Ideen.", "until": "",
}  # fmt: skip


def form(fields: dict[str, object], **more: object) -> dict[str, str]:
    extra = {"body": streamfield([]), "seo_title": "", "search_description": "", "comments": inline_formset([])}
    return nested_form_data({"go_live_at": "", "expire_at": "", "vat_id": "", **extra, **fields, **more})


def imprint(start: StartPage, **fields: object) -> ImprintPage:
    start.refresh_from_db()
    page = start.add_child(instance=ImprintPage(slug="impressum", **IMPRINT))
    if fields:  # as a page from before a rule
        ImprintPage.objects.filter(pk=page.pk).update(**fields)
    return page


def statement(start: StartPage, **fields: object) -> AccessibilityPage:
    values = {
        "title": "Barrierefreiheit", "scope": "mitwirk.musterstadt.example", "feedback_office": "Stabsstelle Familie",
        "feedback_email": "barrieren@musterstadt.example", "prepared_on": dt.date(2026, 1, 5),
        "reviewed_on": dt.date(2026, 3, 1), "barriers": json.dumps([{"type": "barrier", "value": BARRIER}]),
    }  # fmt: skip
    start.refresh_from_db()
    return start.add_child(instance=AccessibilityPage(slug="barrierefreiheit", **(values | fields)))


def test_an_imprint_is_published_only_with_all_its_parts_but_a_draft_may_wait(
    desk: Client, client: Client, start: StartPage
):
    add = f"/cms/pages/add/cms/imprintpage/{start.pk}/"
    for name in ImprintPage.needed:
        answer = desk.post(add, form(IMPRINT, **{name: "  "}) | {"action-publish": "1"})
        assert answer.status_code == 200, name
        assert not ImprintPage.objects.exists()
    assert desk.post(add, form(IMPRINT, authority="")).status_code == 302
    page = ImprintPage.objects.get()
    assert page.missing == ["Aufsichtsbehörde"]
    assert client.get("/impressum/").status_code == 404
    desk.post(f"/cms/pages/{page.pk}/edit/", form(IMPRINT) | {"action-publish": "1"})
    text = client.get("/impressum/").content.decode()
    for words in (*(value for name, value in IMPRINT.items()), 'href="tel:0299917-0"', "§ 18 Absatz 2 MStV"):
        assert words in text, words
    assert 'href="/impressum/"' in client.get("/").content.decode()
    assert desk.get(add).status_code in (302, 403)


def test_production_names_what_is_missing_and_starts_all_the_same(start: StartPage, settings):
    def said() -> dict[str, str]:
        found = run_checks(tags=["database"], databases=["default"])
        return {one.id: one.msg for one in found if str(one.id).startswith("mitwirk.W01")}

    assert said() == {}
    settings.PROFILE = "production"
    assert set(said()) == {"mitwirk.W010", "mitwirk.W012"}
    imprint(start, authority="", responsible=" ")
    long_ago = timezone.localdate() - dt.timedelta(days=400)
    statement(start, prepared_on=long_ago, reviewed_on=long_ago)
    found = said()
    assert "Aufsichtsbehörde, verantwortlich für den Inhalt" in found["mitwirk.W011"]
    assert "mitwirk.W013" in found


def test_editors_see_what_is_missing_first(desk: Client, start: StartPage):
    home = desk.get("/cms/").content.decode()
    assert "Es gibt noch kein Impressum." in home
    assert "Es gibt noch keine Erklärung zur Barrierefreiheit." in home
    imprint(start, phone="")
    statement(start, reviewed_on=timezone.localdate())
    home = desk.get("/cms/").content.decode()
    assert "Im Impressum fehlt: Telefon." in home
    assert "Erklärung zur Barrierefreiheit" not in home


def test_the_statement_says_all_parts_of_the_model(client: Client, start: StartPage):
    statement(start)
    text = client.get("/barrierefreiheit/").content.decode()
    for words in (
        "teilweise barrierefrei", "EN 301 549", "Karte der Ideen", "Es wäre eine unverhältnismäßige Belastung.",
        "Die Liste zeigt dieselben Ideen.", "Erstellt am 5. Januar 2026.", "Zuletzt durchgesehen am 1. März 2026.",
        "Wir haben die Website selbst geprüft.", "innerhalb von 2 Wochen", "mailto:barrieren@musterstadt.example",
        "Ombudsstelle für barrierefreie Informationstechnik", "§ 10d BGG NRW", "§ 10b",
    ):  # fmt: skip
        assert words in text, words
    assert 'href="/barrierefreiheit/"' in client.get("/").content.decode()


@pytest.mark.parametrize(("fields", "words"), [
    ({"barriers": "[]"}, "mindestens einen Teil, der nicht barrierefrei ist"),
    ({"status": "full"}, "also ist die Website nicht vollständig barrierefrei"),
    ({"feedback_email": ""}, "mindestens einen Weg, eine Barriere zu melden"),
    ({"reviewed_on": dt.date(2026, 1, 4)}, "bevor sie erstellt wurde"),
    ({"reviewed_on": dt.date(2999, 1, 1)}, "Dieser Tag kommt erst noch."),
    ({"feedback_path": "https://example.org/"}, "Bitte beginnen Sie mit einem Schrägstrich"),
    ({"answer_weeks": 9}, "kleiner oder gleich 6"),
])  # fmt: skip
def test_a_statement_that_contradicts_itself_is_refused_in_words(start: StartPage, fields: dict, words: str):
    page = statement(start)
    for name, value in fields.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert words in str(refused.value.message_dict)


def test_a_year_later_every_editor_is_reminded_once_and_not_when_it_is_done(start: StartPage):
    people = [factories.make_person(f"{name}@example.org", name, groups=["Redaktion"]) for name in ("Nele", "Jan")]
    factories.make_person("fach@example.org", "Fred", groups=["Fachamt"])
    last = timezone.localdate() - dt.timedelta(days=345)
    page = statement(start, prepared_on=last, reviewed_on=last)
    assert remind_of_statement() == 0
    AccessibilityPage.objects.update(prepared_on=last - dt.timedelta(days=10), reviewed_on=last - dt.timedelta(days=10))
    assert remind_of_statement() == 2
    assert remind_of_statement() == 0
    first, second = StatementMail.objects.order_by("pk")
    assert send_statement_mail(first.pk) is True
    assert send_statement_mail(first.pk) is False
    (letter,) = mail.outbox
    assert letter.to[0] in {one.email for one in people}
    assert "Erklärung zur Barrierefreiheit" in letter.subject
    assert f"/cms/pages/{page.pk}/edit/" in letter.body
    AccessibilityPage.objects.update(reviewed_on=timezone.localdate())
    assert send_statement_mail(second.pk) is False
    assert len(mail.outbox) == 1


def test_a_leap_day_has_a_next_year():
    assert AccessibilityPage(reviewed_on=dt.date(2028, 2, 29)).next_look == dt.date(2029, 2, 28)


@pytest.mark.parametrize(("fields", "words"), [
    ({"main_colour": "#ffcc00"}, "in der Hauptfarbe: #ffffff auf #ffcc00 ergibt 1,5 zu 1, nötig sind mindestens 4,5 zu 1."),
    ({"call_colour": "#333333"}, "dunkle Schrift auf der Farbe des Aufrufs: #16211e auf #333333"),
    ({"accent_colour": "#e0a080"}, "die zweite Farbe als Schrift auf der Seite"),
    ({"main_colour": "grün"}, "Bitte schreiben Sie die Farbe als #"),
    ({"main_colour": "#12345"}, "Bitte schreiben Sie die Farbe als #"),
])  # fmt: skip
def test_colours_that_cannot_be_read_are_refused_by_the_pair(desk: Client, start: StartPage, fields: dict, words: str):
    answer = desk.post(f"/cms/settings/cms/townsettings/{TownSettings.load().pk}/", town_form(**fields))
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert TownSettings.objects.get().main_colour == ""


def test_the_towns_colours_come_as_a_stylesheet_of_our_own(desk: Client, client: Client, start: StartPage):
    assert "/farben/" not in client.get("/").content.decode()
    assert client.get("/farben/x.css").status_code == 404
    url = f"/cms/settings/cms/townsettings/{TownSettings.load().pk}/"
    assert desk.post(url, town_form(main_colour="#7a1f4b", name="Lippstadt")).status_code == 302
    page = client.get("/").content.decode()
    link = page[page.index("/farben/") :].partition('"')[0]
    sheet = client.get(link)
    assert sheet.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "--mw-river:light-dark(#7a1f4b," in sheet.content.decode()
    assert "prefers-contrast" in sheet.content.decode()
    assert "immutable" in sheet.headers["Cache-Control"]
    assert client.get(link, headers={"if-none-match": sheet.headers["ETag"]}).status_code == 304
    assert "style=" not in page
    desk.post(url, town_form(main_colour="#0b3d7a"))
    assert link not in client.get("/").content.decode()
    assert "max-age=60" in client.get(link).headers["Cache-Control"]


def test_public_pages_of_the_law_take_few_statements(client: Client, start: StartPage, django_assert_max_num_queries):
    imprint(start)
    statement(start)
    for path in ("/impressum/", "/barrierefreiheit/"):
        client.get(path)
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200


def found(words: str) -> str:
    return Client().get("/suche/", {"q": words}).content.decode()


def test_both_are_found_by_their_fields_as_long_as_they_are_public(start: StartPage):
    pages = {"Aufsichtsbehörde": imprint(start), "Ombudsstelle": statement(start)}
    for words, page in pages.items():
        for asked in (words, page.title):
            assert f'href="{page.get_absolute_url()}"' in found(asked).partition("<main")[2].partition("</main>")[0], (
                asked
            )
        assert "Seite über diese Website" in found(words)
    assert "Seite über diese Website" in found("Liste zeigt dieselben Ideen")
    rows = SearchDocument.objects.filter(kind="about")
    assert [body for body in rows.values_list("body", flat=True) if "@" in body] == []
    for words, page in pages.items():
        page.unpublish()
        assert "Seite über diese Website" not in found(words)


def test_whoever_saves_them_the_index_holds_the_same_words(start: StartPage):
    page = statement(start)
    before = SearchDocument.objects.get(kind="about", object_id=page.pk).fingerprint
    with translation.override("en"):
        page.save()
    assert SearchDocument.objects.get(kind="about", object_id=page.pk).fingerprint == before
