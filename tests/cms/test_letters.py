"""Writing to a contact by a form: without knowing the mail address, without an account, without a script."""

from uuid import uuid4

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from cms.letters import forget_letters
from cms.models import Letter, LetterMail, StartPage
from common.models import Bucket
from tests import factories
from tests.cms.test_contacts import MAIL, make, text_of

pytestmark = pytest.mark.django_db
AT = "/kontakte/wege/schreiben/"
WORDS = {"subject": "Gehweg am Hafen", "text": "Die Platten stehen hoch.\nMit dem Rollator komme ich nicht vorbei."}
OWN = "ida@example.org"


def send(client: Client, url: str = AT, **more: str) -> HttpResponse:
    answer = client.post(url, {**WORDS, "key": str(uuid4()), **more})
    assert MAIL not in answer.content.decode()
    return answer


def test_a_message_goes_out_by_mail_and_its_receipt_can_be_read(client: Client):
    make()
    page = client.get(AT)
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert MAIL not in page.content.decode()
    answer = send(client, name="Ida Renz", email=OWN)
    assert answer.status_code == 302
    receipt = client.get(answer["Location"])
    for words in ("Danke, Ihre Nachricht ist unterwegs", "Amt für Verkehr, Beate Kornmann", *WORDS["text"].split("\n")):
        assert words in receipt.content.decode(), words
    assert MAIL not in receipt.content.decode()
    assert receipt["Cache-Control"] == "private, no-store"
    [mail] = factories.deliver_outbox()
    assert (mail.to, mail.reply_to) == ([MAIL], [OWN])
    assert mail.subject == "Nachricht über die Website: Gehweg am Hafen"
    for words in (WORDS["text"], "Ida Renz", f"Antwort an: {OWN}", "Geschrieben an: Amt für Verkehr, Beate Kornmann"):
        assert words in mail.body, words
    assert len(factories.deliver_outbox()) == 1


def test_the_same_form_sent_twice_is_one_message(client: Client):
    make()
    key = str(uuid4())
    first, second = send(client, key=key), send(client, key=key)
    assert first["Location"] == second["Location"]
    assert Letter.objects.count() == LetterMail.objects.count() == 1


def test_without_an_account_the_copy_is_a_link_so_that_nobody_mails_strangers_through_us(client: Client):
    make()
    for _number in range(4):
        answer = send(client, email="Fremd@example.org", copy="on")
        assert answer.status_code == 302
    to_sender = [mail for mail in factories.deliver_outbox() if mail.to != [MAIL]]
    assert [mail.to for mail in to_sender] == [["Fremd@example.org"]] * 3  # the fourth in an hour gets none
    for mail in to_sender:
        assert "/kontakte/nachricht/" in mail.body
        assert "Rollator" not in mail.body + mail.subject
        assert "Gehweg" not in mail.body + mail.subject
    assert "Wir schreiben Ihnen auch eine Mail" not in text_of(client, answer["Location"])


def test_with_an_account_the_copy_holds_the_words(client: Client):
    make()
    client.force_login(factories.make_person(OWN, "Ida"))
    assert f'value="{OWN}"' in text_of(client, AT)
    assert "Wir schreiben Ihnen auch eine Mail" in text_of(client, send(client, email=OWN, copy="on")["Location"])
    copies = {mail.to[0]: mail for mail in factories.deliver_outbox()}
    assert set(copies) == {MAIL, OWN}
    assert "Rollator" in copies[OWN].body
    assert copies[OWN].reply_to == []
    assert MAIL not in copies[OWN].body


def test_while_somebody_is_away_the_deputy_gets_it_too_and_the_form_says_so(client: Client):
    other = make("vertretung", name="Jan Pohl", email="jan@musterstadt.example")
    make(away_from="2026-12-01", away_until="2026-12-14", deputy=other)
    with time_machine.travel("2026-12-02T12:00:00+01:00", tick=False):
        form = text_of(client, AT)
        assert "Nicht da bis 14. Dezember 2026." in form
        assert "Ihre Nachricht bekommt auch die Vertretung: Amt für Verkehr, Jan Pohl." in form
        assert "und als Vertretung an: Amt für Verkehr, Jan Pohl" in text_of(client, send(client)["Location"])
        mails = {mail.to[0]: mail.body for mail in factories.deliver_outbox()}
    assert set(mails) == {MAIL, "jan@musterstadt.example"}
    assert "weil Sie zurzeit die Vertretung sind" in mails["jan@musterstadt.example"]
    assert "Auch die Vertretung hat sie bekommen" in mails[MAIL]
    with time_machine.travel("2026-12-15T12:00:00+01:00", tick=False):
        assert "Jan Pohl" not in text_of(client, AT)


def test_a_deputy_without_an_address_is_named_instead(client: Client):
    make(away_from="2026-01-01", deputy=make("vertretung", name="Jan Pohl", email=""))
    text = text_of(client, AT)
    assert "Wenn es eilt, fragen Sie bitte:" in text
    assert 'href="/kontakte/vertretung/"' in text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"text": ""}, "Bitte schreiben Sie, was Sie sagen oder fragen möchten."),
        ({"subject": " "}, "Bitte sagen Sie in ein paar Wörtern, worum es geht."),
        ({"copy": "on"}, "Bitte schreiben Sie Ihre Mail-Adresse dazu"),
        ({"email": "ida@"}, "gültige E-Mail-Adresse"),
        ({"subject": "x" * 121}, "120"),
        ({"text": "x" * 8001}, "8000"),
        ({"website": "https://werbung.example"}, "Bitte lassen Sie dieses Feld"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(client: Client, changed: dict[str, str], words: str):
    make()
    answer = send(client, **{"name": "Ida Renz", "text": "Mein langer Text", **changed})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert 'value="Ida Renz"' in text
    assert changed.get("text", "Mein langer Text") in text
    assert not Letter.objects.exists()


def test_too_many_in_an_hour_are_asked_to_wait_and_keep_their_words(client: Client):
    make()
    assert [send(client).status_code for _number in range(5)] == [302] * 5
    refused = send(client)
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert "Mit dem Rollator komme ich nicht vorbei." in refused.content.decode()
    assert "JavaScript" in refused.content.decode()
    Bucket.objects.all().delete()
    assert send(client).status_code == 302


def test_no_line_break_gets_into_the_head_of_a_mail(client: Client):
    make()
    assert (
        send(client, subject="Hallo\r\nBcc: alle@example.org", email=OWN, name="Ida\r\nBcc: x@example.org").status_code
        == 302
    )
    [mail] = factories.deliver_outbox()
    assert "\n" not in mail.subject
    assert mail.recipients() == [MAIL]
    assert "\nBcc:" not in mail.message().as_string()


def test_a_contact_without_an_address_has_no_form(client: Client):
    make(email="")
    assert client.get(AT).status_code == 404
    assert "schreiben" not in text_of(client, "/kontakte/wege/")


def test_who_writes_to_a_contact_that_was_deleted_meanwhile_keeps_the_words(client: Client):
    make().delete()
    answer = send(client)
    assert answer.status_code == 404
    assert "Mit dem Rollator komme ich nicht vorbei." in answer.content.decode()
    assert not Letter.objects.exists()
    assert client.get("/kontakte/nachricht/gibtesnicht/").status_code == 404


def test_a_successor_gets_what_is_written_to_the_old_address(client: Client):
    old = make()
    old.successor = make("neu", name="Jan Pohl", email="jan@musterstadt.example")
    old.save()
    assert client.get(AT)["Location"] == "/kontakte/neu/schreiben/"
    assert send(client).status_code == 302
    assert [mail.to for mail in factories.deliver_outbox()] == [["jan@musterstadt.example"]]


def test_messages_are_forgotten_after_thirty_days(client: Client):
    make()
    url = send(client)["Location"]
    assert forget_letters() == 0
    Letter.objects.update(created_at="2026-01-01T00:00:00Z")
    assert forget_letters() == 1
    assert client.get(url).status_code == 404


def test_form_and_receipt_cost_few_statements(client: Client, start: StartPage, django_assert_max_num_queries):
    other = make("vertretung", name="Jan Pohl", email="jan@musterstadt.example")
    make(away_from="2026-01-01", deputy=other)
    url = send(client)["Location"]
    for address in (AT, url, "/kontakte/wege/"):
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
