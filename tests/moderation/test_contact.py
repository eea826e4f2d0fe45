"""The contact point: writing without an account, what is asked for, who reads and answers it, receipt and status page."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.models import Bucket
from ideas.models import Campaign
from moderation.actions.contact import KEPT, answer_message, forget_answered, write_message
from moderation.actions.pace import PER_HOUR_PLAIN
from moderation.models import Case, ContactMessage, Decision, Remit, RemitCampaign
from moderation.puzzles import new_puzzle
from tests import factories
from tests.factories import deliver_outbox
from tests.moderation.test_reports import solved

pytestmark = pytest.mark.django_db
AT = "/kontaktstelle/"
WORDS = "Seit gestern kann ich keine Bilder mehr hochladen."
GOOD = {"topic": "problem", "text": WORDS, "way": "page", "name": "", "email": "", "website": ""}


def send(client: Client, at: str = AT, **changes: str):
    return client.post(at, {**GOOD, **changes})


@pytest.fixture
def desk(moderator) -> Client:
    browser = Client()
    browser.force_login(moderator("Mira Kaya"))
    return browser


def answered(desk: Client, message: ContactMessage, words: str = "Es geht wieder. Danke!", **changes: object):
    at = f"/cms/moderation/nachrichten/{message.pk}/"
    return desk.post(at, {"version": message.case.version, "answer": words, **changes})


def test_without_account_name_and_mail_one_writes_and_reads_the_answer_with_a_code(client, desk):
    page = client.get(AT).content.decode()
    assert "Schreiben Sie uns" in page
    assert "Kontaktstelle" in page
    at = send(client)["Location"]
    message = ContactMessage.objects.get()
    assert at == f"/kontaktstelle/nachricht/{message.code}/"
    page = Client().get(at)
    assert page["Cache-Control"] == "private, no-store"
    assert "Danke, Ihre Nachricht ist da" in page.text
    assert WORDS in page.text
    assert answered(desk, message).status_code == 302
    deliver_outbox()
    page = Client().get(at).text
    assert "Es geht wieder. Danke!" in page
    assert "Mira Kaya" not in page
    assert mail.outbox == []
    assert Client().get("/kontaktstelle/nachricht/gibtesnicht/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"topic": ""}, "Dieses Feld"),
        ({"topic": "quatsch"}, "quatsch"),
        ({"text": ""}, "Bitte schreiben Sie, was Sie uns sagen möchten"),
        ({"text": "x" * 8001}, "8000"),
        ({"way": "mail"}, "Bitte schreiben Sie Ihre Mailadresse"),
        ({"way": "mail", "email": "keine"}, "E-Mail-Adresse"),
        ({"way": "taube"}, "taube"),
        ({"website": "https://spam.example"}, ""),
        ({"text": "Mit \0 darin, und sonst ganz gut."}, ""),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(client, changes, missing):
    answer = send(client, **{"name": "Helga Sonntag", **changes})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert missing in page
    assert "Helga Sonntag" in page
    assert changes.get("text", WORDS).rpartition("\0")[2][:200] in page
    assert not ContactMessage.objects.exists()


def test_receipt_and_answer_come_by_mail_once_if_one_wants_that(client, desk):
    at = send(client, way="mail", email="helga@example.org")["Location"]
    deliver_outbox()
    assert answered(desk, ContactMessage.objects.get()).status_code == 302
    deliver_outbox()
    deliver_outbox()
    first, second = mail.outbox
    assert [letter.to for letter in (first, second)] == [["helga@example.org"]] * 2
    assert (first.subject, second.subject) == ("Wir haben Ihre Nachricht", "Die Antwort auf Ihre Nachricht")
    assert WORDS not in first.body
    assert at in first.body
    assert "Es geht wieder. Danke!" in second.body


def test_whoever_is_signed_in_is_not_asked_for_an_address_and_chooses_whether_mail_comes(client, desk):
    client.force_login(User.objects.create_user("petra@example.org", display_name="Petra"))
    page = client.get(AT).content.decode()
    assert "Ihre Mail-Adresse" not in page
    send(client, way="mail")
    send(client, way="page")
    deliver_outbox()
    assert [letter.to for letter in mail.outbox] == [["petra@example.org"]]


def test_it_waits_in_the_one_queue_and_on_the_start_page_and_has_its_own_page(client, desk):
    send(client)
    message = ContactMessage.objects.get()
    assert "Etwas funktioniert nicht" in desk.get("/cms/moderation/?art=contact").content.decode()
    panel = desk.get("/cms/").content.decode()
    assert "/cms/moderation/nachrichten/" in panel
    assert WORDS[:40] in desk.get("/cms/moderation/nachrichten/").content.decode()
    assert (
        desk.get(f"/cms/moderation/{message.case.pk}/", follow=True)
        .redirect_chain[-1][0]
        .endswith(f"/nachrichten/{message.pk}/")
    )
    answered(desk, message)
    assert Case.objects.get().state == "closed"
    assert not Decision.objects.exists()
    call_command("verify_audit")
    page = desk.get("/cms/moderation/nachrichten/").content.decode()
    assert "Keine Nachricht wartet" in page


def test_it_is_nothing_that_can_be_decided_alone_or_with_others_or_reported(client, desk, rule):
    send(client)
    case = Case.objects.get()
    value = f"{case.pk}-{case.version}"
    fields = {"fall": value, "decision": "hide", "rule": rule.pk, "reason": "Nein.", "step": "preview"}
    fields["key"] = "6f0c7b0e-7a5f-4d4e-9f4e-2c4b7f0d2a11"
    assert "eigenen Seite" in desk.post("/cms/moderation/viele/", fields).content.decode()
    form = {"version": case.version, "decision": "approve", "reason": "Ja."}
    assert desk.post(f"/cms/moderation/{case.pk}/", form).status_code == 422
    assert client.get(f"/melden/contact/{case.object_id}/").status_code == 404
    assert desk.post(f"/cms/moderation/neu/contact/{case.object_id}/").status_code == 404
    assert not Decision.objects.exists()


def test_of_two_who_answer_one_gets_through_and_the_other_keeps_the_words(client, desk, moderator):
    send(client)
    message = ContactMessage.objects.get()
    other = Client()
    other.force_login(moderator("Jo Pohl"))
    version = message.case.version
    assert answered(other, message, "Jo war schneller.").status_code == 302
    late = answered(desk, message, "Das habe ich lange getippt.", version=version)
    assert late.status_code == 409
    assert "Das habe ich lange getippt." in late.content.decode()
    assert "schon beantwortet" in late.content.decode()
    message.refresh_from_db()
    assert (message.answer, message.answered_by.display_name) == ("Jo war schneller.", "Jo Pohl")


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"answer": " "}, 422), ({"version": ""}, 422), ({"version": "9" * 30}, 422), ({"version": 7}, 409)],
)
def test_an_answer_without_words_or_version_is_none(client, desk, changes, status):
    send(client)
    message = ContactMessage.objects.get()
    assert answered(desk, message, **changes).status_code == status
    assert ContactMessage.objects.get().answered_at is None


def test_what_somebody_else_works_on_is_left_to_them(client, desk, moderator):
    send(client)
    message = ContactMessage.objects.get()
    other = Client()
    other.force_login(moderator("Jo Pohl"))
    other.post(f"/cms/moderation/{message.case.pk}/uebernehmen/")
    assert "Jo Pohl arbeitet" in desk.get(f"/cms/moderation/nachrichten/{message.pk}/").content.decode()
    assert answered(desk, message).status_code == 409
    assert answered(other, message).status_code == 302


def test_a_message_about_a_campaign_reaches_those_who_moderate_it_and_no_others(client, moderator):
    here, there = factories.campaign(title="Radverkehr"), factories.campaign(title="Spielplätze")
    at = f"/kontaktstelle/kampagne/{here.pk}/"
    assert "Kontaktstelle für „Radverkehr“" in client.get(at).content.decode()
    send(client, at)
    send(client)
    about, everywhere = ContactMessage.objects.order_by("pk")
    assert (about.campaign_title, everywhere.campaign_title) == ("Radverkehr", "")
    for campaign, seen in ((here, {about.pk}), (there, set())):
        person = moderator(f"{campaign.title} Kaya")
        remit = Remit.objects.create(person=person)
        RemitCampaign.objects.create(remit=remit, campaign_id_copy=campaign.pk)
        browser = Client()
        browser.force_login(person)
        found = {
            message.pk
            for message in (about, everywhere)
            if browser.get(f"/cms/moderation/nachrichten/{message.pk}/").status_code == 200
        }
        assert found == seen


def test_a_campaign_nobody_may_know_of_has_no_contact_point(client):
    closed = factories.campaign(audience=Campaign.Audience.MEMBERS)
    answers = [client.get(f"/kontaktstelle/kampagne/{number}/") for number in (closed.pk, 999_999, 2**70)]
    assert {answer.status_code for answer in answers} == {404}
    assert send(client, f"/kontaktstelle/kampagne/{closed.pk}/").status_code == 404


def test_without_a_solved_puzzle_fewer_messages_get_through_and_reports_have_a_limit_of_their_own(client, thing):
    codes = [send(client).status_code for _each in range(PER_HOUR_PLAIN + 1)]
    assert codes == [302] * PER_HOUR_PLAIN + [429]
    answer = send(client, name="Helga Sonntag")
    assert WORDS in answer.content.decode()
    assert "in 12 Minuten" in answer.content.decode()
    assert 0 < int(answer["Retry-After"]) <= 720
    assert send(client, solution=solved(new_puzzle())).status_code == 302
    item = thing("public")
    report = {"reason": "insult", "text": "Im zweiten Satz.", "good_faith": "on", "website": ""}
    assert client.post(f"/melden/thing/{item.pk}/", report).status_code == 302
    assert not any("127.0.0.1" in row.name for row in Bucket.objects.all())


def test_the_same_form_sent_twice_is_one_message(client):
    key = re.search(r'name="key" value="([^"]+)"', client.get(AT).content.decode()).group(1)
    assert len({send(client, key=key)["Location"] for _each in range(2)}) == 1
    assert (ContactMessage.objects.count(), Case.objects.count()) == (1, 1)


def test_a_message_is_forgotten_a_year_after_its_answer(moderator):
    old, fresh, waiting = (write_message(topic="question", text=f"Frage {number}?") for number in range(3))
    for message in (old, fresh):
        answer_message(message_id=message.pk, version=1, actor=User.objects.first() or moderator(), answer="Ja.")
    ContactMessage.objects.filter(pk=old.pk).update(answered_at=timezone.now() - KEPT - timezone.timedelta(days=1))
    assert forget_answered() == 1
    assert set(ContactMessage.objects.values_list("pk", flat=True)) == {fresh.pk, waiting.pk}
    assert Case.objects.filter(object_id=old.pk, kind="contact").count() == 0
    assert call_command("verify_audit") is None


def test_nobody_without_the_right_reads_messages(client):
    message = write_message(topic="question", text="Eine Frage?")
    client.force_login(factories.person())
    for at in ("/cms/moderation/nachrichten/", f"/cms/moderation/nachrichten/{message.pk}/"):
        answer = client.get(at)
        assert answer.status_code in (302, 403)
        assert "Eine Frage" not in answer.content.decode()
