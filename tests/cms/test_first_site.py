"""An empty installation is a site already."""

from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from cms.first_site import make_first_site
from cms.models import CampaignIndexPage, StartPage


def test_after_migrating_there_is_a_start_page_with_campaigns_contacts_and_news(start: StartPage):
    assert Site.objects.get(is_default_site=True).root_page_id == start.pk
    assert [page.slug for page in start.get_children()] == ["mitmachen", "kontakt", "aktuelles"]
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_making_it_again_changes_nothing(start: StartPage):
    before = list(Page.objects.values_list("pk", "path", "numchild"))
    make_first_site()
    assert list(Page.objects.values_list("pk", "path", "numchild")) == before


def test_what_an_editor_deleted_stays_deleted(campaigns: CampaignIndexPage):
    campaigns.delete()
    make_first_site()
    assert not CampaignIndexPage.objects.exists()


def test_the_tree_is_sound(start: StartPage):
    assert not any(Page.find_problems())


def test_empty_pages_say_what_will_come(client: Client, start: StartPage):
    page = client.get("/").content.decode()
    assert "Gerade läuft keine Kampagne" in page
    assert "Noch keine Nachrichten" in page
    assert "Noch keine Idee" in page
    assert "Es gibt noch keine Kampagne" in client.get("/mitmachen/").content.decode()
    assert "Noch keine Nachrichten" in client.get("/aktuelles/").content.decode()
    assert "Noch ist kein Kontakt eingetragen" in client.get("/kontakt/").content.decode()


def test_it_comes_back_after_the_tables_were_emptied(transactional_db: None):
    call_command("flush", "--noinput", verbosity=0)
    assert StartPage.objects.count() == 1
    assert Site.objects.get(is_default_site=True).root_page.specific == StartPage.objects.get()
