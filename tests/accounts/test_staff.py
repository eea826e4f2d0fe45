"""Staff: roles after migrate, the way into the admin, the second factor, and Wagtail's forms about people."""

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_roles_and_their_rights_are_there_after_migrate():
    rights = {
        group.name: set(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.filter(name__in=["Moderation", "Redaktion", "Fachamt", "Schreiben"])
    }
    assert rights["Moderation"] == {
        "access_admin",
        "decide",
        "take_in",
        "review_votes",
        "add_papercount",
        "change_papercount",
    }
    # The board's recommendations are answered by offices too.
    assert rights["Fachamt"] == {"access_admin", "answer", "take_in", "add_answer", "change_answer", "view_answer"}
    assert {"access_admin", "add_campaign", "change_campaign", "change_phase"} <= rights["Redaktion"]
    assert "decide" not in rights["Redaktion"]
    assert rights["Schreiben"] == {"access_admin"}


def test_editors_may_publish_every_page_and_use_pictures():
    editor = make_person("r@example.org", "Rosa R", groups=["Redaktion"])
    from wagtail.models import Page

    can = Page.objects.get(depth=2).specific.permissions_for_user(editor)
    assert can.can_edit()
    assert can.can_publish()
    assert can.can_add_subpage()
    assert can.can_publish_subpage()
    assert editor.has_perm("wagtailadmin.access_admin")
    codes = Group.objects.get(name="Redaktion").collection_permissions.values_list("permission__codename", flat=True)
    assert {"add_image", "choose_image", "add_document"} <= set(codes)


def test_making_roles_again_changes_nothing():
    before = list(Group.objects.order_by("pk").values_list("pk", "name", "permissions__codename"))
    call_command("migrate", verbosity=0)
    assert sorted(map(str, Group.objects.values_list("pk", "name", "permissions__codename"))) == sorted(
        map(str, before)
    )


def test_wagtails_sign_in_leads_to_ours(client):
    assert client.get("/cms/").url == "/cms/login/?next=/cms/"
    assert client.get("/cms/login/?next=/cms/pages/").url == "/konto/login/?next=%2Fcms%2Fpages%2F"
    assert client.get("/cms/password_reset/").url == "/konto/password/reset/"


def test_citizens_are_told_and_not_sent_in_circles(client):
    client.force_login(make_person("anna@example.org", "Anna"))
    answer = client.get("/cms/", follow=True)
    assert answer.status_code == 403
    assert len(answer.redirect_chain) == 1


def test_wagtails_sign_out_is_ours(client):
    client.force_login(make_person("m@example.org", "Mo", groups=["Moderation"]))
    assert client.post("/cms/logout/").url == "/"
    assert "_auth_user_id" not in client.session


def test_staff_without_second_factor_are_led_to_it(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(make_person("m@example.org", "Mo", groups=["Moderation"], password=None))
    answer = client.get("/cms/", follow=True)
    assert answer.redirect_chain == [("/konto/2fa/totp/activate/", 302)]
    assert "braucht einen zweiten Faktor" in answer.content.decode()
    assert "Sechs Ziffern aus der App" in answer.content.decode()


def test_citizens_need_none(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(make_person("anna@example.org", "Anna"))
    assert client.get("/mein/einstellungen/").status_code == 200


def test_setting_up_the_second_factor_opens_the_admin_and_signing_in_asks_for_it(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    make_person("m@example.org", "Mo", groups=["Moderation"], password="Probe-Passwort-1")
    sign_in = {"login": "m@example.org", "password": "Probe-Passwort-1"}
    client.post("/konto/login/", sign_in)
    answer = client.get("/konto/2fa/totp/activate/", follow=True)
    assert "Sind Sie es?" in answer.content.decode()
    client.post(answer.redirect_chain[-1][0], {"password": "Probe-Passwort-1"})
    client.get("/konto/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    # A code is good for half a minute, which may be over just now.
    with time_machine.travel(timezone.now(), tick=False):
        code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
        answer = client.post("/konto/2fa/totp/activate/", {"code": code}, follow=True)
    assert "Ersatzcodes" in answer.content.decode()
    assert client.get("/cms/").status_code == 200
    client.post("/konto/logout/")
    answer = client.post("/konto/login/", sign_in, follow=True)
    assert "zweites Schloss" in answer.content.decode()
    assert client.get("/cms/").status_code == 302
    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    client.post("/konto/2fa/authenticate/", {"code": spare})
    assert client.get("/cms/").status_code == 200


def test_admin_creates_a_moderator_without_a_password(client):
    client.force_login(make_person("admin@example.org", "Ada", is_superuser=True))
    page = client.get("/cms/users/new/").content.decode()
    assert "first_name" not in page
    assert "Öffentlicher Name" in page
    group = Group.objects.get(name="Moderation")
    fields = {
        "email": "Neu@Example.org",
        "display_name": "Moderation Nord",
        "office": "Stabsstelle",
        "groups": [group.pk],
    }
    answer = client.post("/cms/users/new/", fields)
    assert answer.status_code == 302, answer.content.decode()
    person = User.objects.get(email="neu@example.org")
    assert (person.display_name, person.office, person.is_staff) == ("Moderation Nord", "Stabsstelle", True)
    assert person.has_perm("moderation.decide")
    assert not person.has_usable_password()
    assert person.emailaddress_set.get().verified


def test_admin_edits_a_person(client):
    client.force_login(make_person("admin@example.org", "Ada", is_superuser=True))
    mo = make_person("m@example.org", "Mo", groups=["Moderation"])
    page = client.get(f"/cms/users/edit/{mo.pk}/").content.decode()
    assert 'value="Mo"' in page
    fields = {"email": "mo@example.org", "display_name": "Mo Neu", "office": "", "is_active": "on"}
    assert client.post(f"/cms/users/edit/{mo.pk}/", fields).status_code == 302
    mo.refresh_from_db()
    assert (mo.email, mo.display_name, mo.is_staff, mo.groups.count()) == ("mo@example.org", "Mo Neu", False, 0)
    assert mo.check_password("Probe-Passwort-1")
    assert [row.email for row in mo.emailaddress_set.all()] == ["mo@example.org"]


def test_admin_is_told_about_a_name_or_address_that_is_taken(client):
    client.force_login(make_person("admin@example.org", "Ada", is_superuser=True))
    answer = client.post("/cms/users/new/", {"email": "ADMIN@example.org", "display_name": "ada"})
    page = answer.content.decode()
    assert "gehört schon zu einem Konto" in page
    assert "hat schon jemand" in page
    assert User.objects.count() == 1


def test_list_of_people_opens(client):
    client.force_login(make_person("admin@example.org", "Ada", is_superuser=True))
    assert "Ada" in client.get("/cms/users/").content.decode()
    assert client.get("/cms/users/?q=ada").status_code == 200
    assert client.get("/cms/account/").status_code == 200
