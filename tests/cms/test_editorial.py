"""The work of editors: draft, review by a second person, plan, compare, restore, comment, lock, move."""

import datetime as dt
import json

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, Page, Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from accounts.models import User
from cms.actions import publish_due_pages
from cms.models import PlainPage, StartPage, TownSettings
from ideas.models import Phase
from tests import factories
from tests.cms.pieces import town_form

pytestmark = pytest.mark.django_db


def browser(name: str, *groups: str) -> Client:
    client = Client()
    client.force_login(factories.make_person(f"{name.lower()}@example.org", name, groups=list(groups)))
    return client


def form(
    title: str = "Spielplatz am Ufer", text: str = "<p>Im Mai geht es los.</p>", **fields: object
) -> dict[str, str]:
    values = {
        "title": title, "slug": "spielplatz", "lead": "", "picture": "", "seo_title": "", "search_description": "",
        "body": streamfield([("text", rich_text(text))]), "go_live_at": "", "expire_at": "", "comments": inline_formset([]),
    }  # fmt: skip
    return nested_form_data(values | fields)


@pytest.fixture
def add(start: StartPage) -> str:
    return f"/cms/pages/add/cms/plainpage/{start.pk}/"


def edit(page: Page) -> str:
    return f"/cms/pages/{page.pk}/edit/"


def submitted(writer: Client, add: str) -> PlainPage:
    answer = writer.post(add, form() | {"action-submit": "1"})
    assert answer.status_code == 302
    return PlainPage.objects.get(slug="spielplatz")


def approve(client: Client, page: Page, name: str = "approve", **data: str) -> int:
    task = page.current_workflow_task_state
    return client.post(f"/cms/pages/workflow/action/{page.pk}/{name}/{task.pk}/", data).status_code


def test_who_only_writes_submits_and_an_editor_approves(client: Client, add: str):
    writer, editor = browser("Mira", "Schreiben"), browser("Nele", "Redaktion")
    assert writer.post(add, form(slug="allein") | {"action-publish": "1"}).status_code == 302
    assert client.get("/allein/").status_code == 404
    page = submitted(writer, add)
    assert client.get("/spielplatz/").status_code == 404
    assert any("nele@example.org" in one.to for one in mail.outbox)
    home = editor.get("/cms/").content.decode()
    assert "„Spielplatz am Ufer“ wartet auf Ihre Freigabe, eingereicht von" in home
    assert approve(writer, page) in (302, 403)
    assert client.get("/spielplatz/").status_code == 404
    assert approve(editor, page) == 302
    assert "Im Mai geht es los." in client.get("/spielplatz/").content.decode()


def test_a_page_comes_back_with_a_wish_and_is_submitted_again(client: Client, add: str):
    writer, editor = browser("Mira", "Schreiben"), browser("Nele", "Redaktion")
    page = submitted(writer, add)
    assert approve(editor, page, "reject", comment="Bitte den Termin nennen.") == 302
    home = writer.get("/cms/").content.decode()
    assert "„Spielplatz am Ufer“ kam zurück: Es sind Änderungen gewünscht." in home
    history = writer.get(f"/cms/pages/{page.pk}/history/").content.decode()
    assert "Bitte den Termin nennen." in history
    writer.post(edit(page), form(text="<p>Am 4. Mai geht es los.</p>") | {"action-restart-workflow": "1"})
    page.refresh_from_db()
    assert approve(editor, page) == 302
    assert "Am 4. Mai" in client.get("/spielplatz/").content.decode()


def test_where_nobody_publishes_alone_an_editor_needs_another_one(client: Client, add: str):
    town = TownSettings.load()
    town.two_persons = True
    town.save()
    nele, jan = browser("Nele", "Redaktion"), browser("Jan", "Redaktion")
    nele.post(add, form(slug="allein") | {"action-publish": "1"})
    assert client.get("/allein/").status_code == 404
    assert 'name="action-publish"' not in nele.get(add).content.decode()
    page = submitted(nele, add)
    assert approve(nele, page) in (302, 403)
    assert "wartet auf Ihre Freigabe" not in nele.get("/cms/").content.decode()
    assert client.get("/spielplatz/").status_code == 404
    assert approve(jan, page) == 302
    assert client.get("/spielplatz/").status_code == 200


def test_only_the_administration_says_that_nobody_publishes_alone(start: StartPage):
    url = f"/cms/settings/cms/townsettings/{TownSettings.load().pk}/"
    editor, warden, chief = browser("Nele", "Redaktion"), browser("Uwe", "Redaktion"), browser("Ada")
    User.objects.filter(email="ada@example.org").update(is_superuser=True)
    rights = Permission.objects.get(content_type__app_label="auth", codename="change_group")
    User.objects.get(email="uwe@example.org").user_permissions.add(rights)
    steps = ((editor, "on", False), (chief, "on", True), (editor, "", True), (warden, "", False), (editor, "on", False))
    for who, sent, kept in steps:
        assert who.post(url, town_form(two_persons=sent)).status_code == 302
        assert TownSettings.objects.get().two_persons is kept
    seen = editor.get(url).content.decode()
    assert "Das ändert nur die Verwaltung" in seen
    assert "Niemand veröffentlicht allein" in seen
    assert 'name="two_persons"' not in seen
    assert 'name="two_persons"' in chief.get(url).content.decode()


def test_the_review_stands_once_on_the_whole_tree_and_stays_as_editors_changed_it(start: StartPage):
    from cms.first_review import make_review

    assert start.get_workflow().name == "Prüfung durch eine zweite Person"
    Workflow.objects.update(active=False)
    make_review()
    assert Workflow.objects.filter(active=True).count() == 0


def test_the_preview_begins_at_the_width_of_a_phone(desk: Client, add: str):
    page = desk.get(add).content.decode()
    first = page.index('data-device-width="')
    assert page[first:].startswith('data-device-width="360"')
    assert desk.post(f"{add}preview/".replace("/add/", "/add/").replace("preview/", "preview/"), form()).json()[
        "is_valid"
    ]


def test_a_page_appears_and_disappears_at_its_time(desk: Client, client: Client, add: str):
    now = timezone.localtime().replace(hour=12, minute=0)  # on no day is there no noon, or a second one
    begins, ends = now + dt.timedelta(days=2), now + dt.timedelta(days=9)
    plan = {"go_live_at": f"{begins:%Y-%m-%d %H:%M}", "expire_at": f"{ends:%Y-%m-%d %H:%M}"}
    desk.post(add, form(**plan) | {"action-publish": "1"})
    for days, status in ((1, 404), (3, 200), (10, 404)):
        with time_machine.travel(now + dt.timedelta(days=days), tick=False):
            publish_due_pages()
            assert client.get("/spielplatz/").status_code == status, days


def test_versions_are_compared_and_brought_back(desk: Client, client: Client, add: str):
    desk.post(add, form() | {"action-publish": "1"})
    page = PlainPage.objects.get(slug="spielplatz")
    old = page.latest_revision
    desk.post(edit(page), form(text="<p>Im Juni geht es los.</p>") | {"action-publish": "1"})
    page.refresh_from_db()
    seen = desk.get(f"/cms/pages/{page.pk}/revisions/compare/{old.pk}...{page.latest_revision_id}/").content.decode()
    assert "deletion" in seen
    assert "Juni" in seen
    again = desk.get(f"/cms/pages/{page.pk}/revisions/{old.pk}/revert/").content.decode()
    assert "Im Mai geht es los." in again
    desk.post(edit(page), form() | {"revision": str(old.pk), "action-publish": "1"})
    assert "Im Mai" in client.get("/spielplatz/").content.decode()


def test_editors_comment_on_a_place_and_lock_a_page(desk: Client, add: str):
    desk.post(add, form())
    page = PlainPage.objects.get(slug="spielplatz")
    comment = {
        "text": "Stimmt das Datum?",
        "contentpath": "title",
        "position": "",
        "resolved": "",
        "id": "",
        "DELETE": "",
    }
    desk.post(edit(page), form(comments=inline_formset([comment | {"replies": inline_formset([])}])))
    assert Comment.objects.get().text == "Stimmt das Datum?"
    assert desk.post(f"/cms/pages/{page.pk}/lock/").status_code == 302
    other = browser("Jan", "Redaktion")
    other.post(edit(page), form(title="Heimlich anders"))
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Spielplatz am Ufer"
    assert "gesperrt" in other.get(edit(page)).content.decode()


def test_an_old_address_leads_to_the_new_one(
    desk: Client, client: Client, start: StartPage, add: str, django_capture_on_commit_callbacks
):
    desk.post(add, form() | {"action-publish": "1"})
    page = PlainPage.objects.get(slug="spielplatz")
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(edit(page), form(slug="spielplaetze") | {"action-publish": "1"})
    answer = client.get("/spielplatz/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/spielplaetze/")
    start.refresh_from_db()
    target = start.add_child(instance=PlainPage(title="Familie", slug="familie"))
    assert desk.post(f"/cms/pages/{page.pk}/move/{target.pk}/confirm/").status_code == 302
    assert client.get("/spielplaetze/").headers["Location"] == "/familie/spielplaetze/"
    assert Redirect.objects.filter(automatically_created=True).exists()
    assert desk.get("/cms/redirects/").status_code == 200


def test_a_page_is_not_moved_under_itself(desk: Client, start: StartPage):
    page = start.add_child(instance=PlainPage(title="Familie", slug="familie"))
    child = page.add_child(instance=PlainPage(title="Kinder", slug="kinder"))
    for target in (page, child):
        answer = desk.post(f"/cms/pages/{page.pk}/move/{target.pk}/confirm/", follow=True)
        assert "„Familie“ kann nicht unter sich selbst" in answer.content.decode()
        page.refresh_from_db()
        assert page.get_parent().pk == start.pk
    choosing = desk.post(f"/cms/pages/{page.pk}/move/", {"new_parent_page": str(child.pk)})
    assert choosing.status_code in (200, 302)
    assert Page.find_problems() == ([], [], [], [], [])


def body(*blocks: tuple[str, object]) -> str:
    return json.dumps([{"type": name, "value": value} for name, value in blocks])


def test_the_report_names_links_that_lead_nowhere(desk: Client, client: Client, start: StartPage):
    hidden = start.add_child(instance=PlainPage(title="Alt", slug="alt", live=False))
    gone = start.add_child(instance=PlainPage(title="Weg", slug="weg"))
    fine = start.add_child(instance=PlainPage(title="Gut", slug="gut"))
    campaign = factories.campaign(title="Vorbei")
    text = (
        f'<p><a linktype="page" id="{hidden.pk}">zum Alten</a> <a linktype="page" id="{gone.pk}">zum Fernen</a> '
        f'<a linktype="page" id="{fine.pk}">zum Guten</a> <a href="/gibt-es-nicht/">ins Leere</a> <a href="/ideen/">Ideen</a></p>'
    )
    call = {"title": "Los", "words_below": "", "text": "Hin", "page": None, "url": "/ideen/999999/nichts/"}
    start.add_child(
        instance=PlainPage(
            title="Quelle",
            slug="quelle",
            body=body(
                ("text", text),
                ("call", call),
                ("campaign", {"campaign": campaign.pk}),
                ("documents", {"title": "", "documents": [{"document": 4711, "words": ""}]}),
            ),
        )
    )
    gone.delete()
    Phase.objects.filter(campaign=campaign).delete()
    campaign.delete()
    seen = client.get("/quelle/").content.decode()
    assert "zum Alten" in seen
    assert "zum Fernen" in seen
    assert 'href="/gut/"' in seen
    assert 'href="/alt/"' not in seen
    report = desk.get("/cms/reports/tote-links/").content.decode()
    for words in (
        "Die Seite ist nicht öffentlich.", "Die Seite wurde gelöscht.", "Unter /gibt-es-nicht/ gibt es nichts.",
        "Die Idee ist nicht öffentlich oder wurde gelöscht.", "Die Kampagne wurde gelöscht.",
        "Das Dokument wurde gelöscht.",
    ):  # fmt: skip
        assert words in report, words
    assert "zum Guten" not in report
    assert "6 Links führen ins Leere." in desk.get("/cms/").content.decode()
    assert (
        "Links, die ins Leere führen" in desk.get("/cms/reports/").content.decode()
        or "tote-links" in desk.get("/cms/").content.decode()
    )


def test_the_report_is_for_those_who_write(client: Client, start: StartPage):
    client.force_login(factories.make_person("m@example.org", "Uwe", groups=["Moderation"]))
    assert client.get("/cms/reports/tote-links/").status_code in (302, 403)
    home = client.get("/cms/").content.decode()
    assert "Was auf Sie wartet" in home
    assert "tote-links" not in home


def test_own_drafts_wait_for_who_wrote_them(desk: Client, add: str):
    desk.post(add, form())
    assert "Ihr Entwurf „Spielplatz am Ufer“ ist nicht veröffentlicht." in desk.get("/cms/").content.decode()
    assert "Ihr Entwurf" not in browser("Jan", "Redaktion").get("/cms/").content.decode()
