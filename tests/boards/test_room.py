"""The closed room: papers, polls, the own name. What members can do, and where it ends."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from fpdf import FPDF

from boards.actions.polling import give_voice
from boards.models import Paper, Poll, Room, Voice
from common.errors import Refused
from ideas.models import Member
from tests import factories
from tests.ideas.conftest import signed_in

pytestmark = pytest.mark.django_db
ROOM = "/familienbeirat/raum/"


def pdf(words: str = "Haushalt", name: str = "Haushalt 2027.pdf") -> SimpleUploadedFile:
    made = FPDF()
    made.set_author("Geheime Verfasserin")
    made.add_page()
    made.set_font("helvetica", size=14)
    made.cell(text=words)
    return SimpleUploadedFile(name, bytes(made.output()), "application/pdf")


def in_two_days() -> str:
    """Return a time as a form sends it; at noon, as half past two is twice, or never, where the clock changes."""
    return f"{timezone.localdate() + timedelta(days=2)}T12:00"


def ask(browser: Client, **fields: Any) -> Poll:
    ends = in_two_days()
    sent = {"question": "Treffen wir uns öfter?", "options": "Ja\nNein", "is_secret": "ja", "closes_at": ends} | fields
    answer = browser.post(f"{ROOM}umfragen/neu/", sent)
    assert answer.status_code == 303, answer.content.decode()
    return Poll.objects.latest("pk")


def end(poll: Poll) -> None:
    moment = timezone.now()
    Poll.objects.filter(pk=poll.pk).update(opened_at=moment - timedelta(days=2), closes_at=moment)


def choose(browser: Client, poll: Poll, place: int = 0) -> Any:
    return browser.post(poll.get_absolute_url(), {"option": poll.options.get(position=place).pk})


def test_members_bring_papers_and_get_them(browsers, room, meeting):
    made = meeting(is_public=False)
    answer = browsers["member"].post(f"{ROOM}unterlagen/", {"files": pdf(), "title": "Zahlen", "meeting": made.pk})
    assert answer.status_code == 303
    paper = Paper.objects.get()
    got = browsers["other"].get(paper.get_absolute_url())
    assert got["Content-Disposition"] == 'attachment; filename="Haushalt 2027.pdf"'
    assert got["Cache-Control"] == "private, no-store"
    data = got.getvalue()
    assert data.startswith(b"%PDF")
    assert b"Geheime Verfasserin" not in data
    assert "Zahlen" in browsers["other"].get(ROOM).content.decode()
    assert "Zahlen" in browsers["other"].get(made.get_absolute_url()).content.decode()


def test_what_is_no_paper_is_said_in_plain_words(browsers):
    for name, data, words in (
        ("tabelle.exe", b"MZ\x90", "PDF"), ("bild.pdf", b"GIF89a", "PDF"), ("leer.pdf", b"", "leer"),
        ("kaputt.pdf", b"%PDF-1.7 nichts", "Datei"),
    ):  # fmt: skip
        sent = {"files": SimpleUploadedFile(name, data), "title": "Mein Titel"}
        answer = browsers["member"].post(f"{ROOM}unterlagen/", sent)
        assert answer.status_code == 422, name
        assert words in answer.content.decode(), name
        assert "Mein Titel" in answer.content.decode(), name
    assert browsers["member"].post(f"{ROOM}unterlagen/", {}).status_code == 422
    assert Paper.objects.count() == 0


def test_a_paper_goes_with_its_file_by_who_brought_it_or_a_host(browsers, room, django_capture_on_commit_callbacks):
    for _time in range(2):
        browsers["member"].post(f"{ROOM}unterlagen/", {"files": pdf()})
    first, second = Paper.objects.order_by("pk")
    assert browsers["other"].post(first.get_absolute_url()).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert browsers["member"].post(first.get_absolute_url()).status_code == 303
        assert browsers["host"].post(second.get_absolute_url()).status_code == 303
    assert not Paper.objects.exists()
    assert not default_storage.exists(first.file.name)


def test_a_secret_poll_counts_once_and_tells_nobody_who(browsers, people):
    poll = ask(browsers["member"])
    assert "Geheim: Niemand erfährt" in browsers["other"].get(poll.get_absolute_url()).content.decode()
    for role in ("host", "member", "other"):
        assert choose(browsers[role], poll, place=int(role == "other")).status_code == 303
    again = choose(browsers["member"], poll)
    assert again.status_code == 409
    assert "Sie haben schon abgestimmt" in again.content.decode()
    assert "Ergebnis" not in browsers["host"].get(poll.get_absolute_url()).content.decode().split("<main")[1].replace(
        "Das Ergebnis steht hier", ""
    )
    end(poll)
    text = browsers["host"].get(poll.get_absolute_url()).content.decode()
    assert "2 (67 %)" in text
    assert "Cem aus Nordfeld" not in text
    assert set(Voice.objects.values_list("option", flat=True)) == {None}


def test_an_open_poll_shows_names_after_its_end_and_lets_people_change_their_mind(browsers, people):
    poll = ask(browsers["member"], is_secret="nein")
    choose(browsers["other"], poll)
    choose(browsers["other"], poll, place=1)
    choose(browsers["host"], poll)
    assert Voice.objects.count() == 2
    assert "Cem aus Nordfeld" not in browsers["host"].get(poll.get_absolute_url()).content.decode()
    end(poll)
    text = browsers["host"].get(poll.get_absolute_url()).content.decode()
    assert "Cem aus Nordfeld" in text
    assert text.count("1 (50 %)") == 2


def test_two_secret_voices_have_no_result(browsers):
    poll = ask(browsers["member"])
    choose(browsers["host"], poll)
    choose(browsers["member"], poll)
    end(poll)
    text = browsers["host"].get(poll.get_absolute_url()).content.decode()
    assert "Weniger als drei Mitglieder haben abgestimmt." in text
    assert "100 %" not in text


def test_the_clock_of_the_database_ends_a_poll(browsers, people):
    poll = ask(browsers["member"])
    end(poll)
    late = choose(browsers["other"], poll)
    assert late.status_code == 409
    assert "Diese Umfrage ist zu Ende." in late.content.decode()
    assert not Voice.objects.exists()


def test_one_member_has_one_voice_whatever_happens_at_once(browsers, people):
    poll = ask(browsers["member"])
    choose(browsers["other"], poll)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.create(poll=poll, person=people["other"])


def test_a_poll_can_be_called_off_by_its_author_or_a_host_until_it_ends(browsers):
    poll = ask(browsers["member"])
    assert browsers["other"].post(poll.get_absolute_url(), {"action": "cancel"}).status_code == 403
    assert browsers["member"].post(poll.get_absolute_url(), {"action": "cancel"}).status_code == 303
    assert choose(browsers["other"], poll).status_code == 409
    ended = ask(browsers["member"])
    end(ended)
    assert browsers["host"].post(ended.get_absolute_url(), {"action": "cancel"}).status_code == 409


BAD_POLLS = (
    ({"options": "Ja"}, "zwei bis zehn Antworten"),
    ({"options": "Ja\nja"}, "zwei bis zehn Antworten"),
    ({"options": "\n".join(str(number) for number in range(11))}, "zwei bis zehn Antworten"),
    ({"options": "x" * 141 + "\nNein"}, "höchstens 140 Zeichen"),
    ({"closes_at": "2020-01-01T10:00"}, "frühestens in fünf Minuten"),
    ({"closes_at": "2999-01-01T10:00"}, "120 Tagen"),
    ({"closes_at": "morgen"}, "Das ist kein Zeitpunkt"),
    ({"is_secret": "vielleicht"}, "vielleicht"),
    ({"question": ""}, "Bitte schreiben Sie eine Frage."),
)


def test_a_poll_that_makes_no_sense_is_not_opened(browsers):
    sent = {"question": "Treffen wir uns öfter?", "options": "Ja\nNein", "is_secret": "ja", "closes_at": in_two_days()}
    for fields, words in BAD_POLLS:
        answer = browsers["member"].post(f"{ROOM}umfragen/neu/", sent | fields)
        assert answer.status_code == 422, fields
        assert words in answer.content.decode(), fields
    assert not Poll.objects.exists()


def test_rubbish_is_no_voice(browsers):
    poll = ask(browsers["member"])
    for option in ("", "x", "-1", "9" * 30, "²", "0"):
        answer = browsers["member"].post(poll.get_absolute_url(), {"option": option})
        assert answer.status_code == 422, option
        assert "Bitte wählen Sie eine der Antworten." in answer.content.decode()
    assert browsers["member"].get(f"{ROOM}umfragen/{'9' * 30}/").status_code == 404


def test_who_left_meanwhile_has_no_voice(browsers, people, room):
    poll = ask(browsers["member"])
    Member.objects.filter(person=people["other"]).delete()
    with pytest.raises(Refused) as refused:
        give_voice(person=people["other"], poll_id=poll.pk, option_id=poll.options.all()[0].pk)
    assert refused.value.status == 404


def test_members_show_their_name_and_take_it_back_at_once(browsers, people, seat):
    seat("Hanna Deichmann", email="member@example.org", consent_on=None, shown_until=None)
    page, address = browsers["visitor"], f"{ROOM}name/"
    until = timezone.localdate() + timedelta(days=100)
    assert "steht nicht auf der Seite" in browsers["member"].get(address).content.decode()
    assert browsers["member"].post(address, {"action": "give", "until": until.isoformat()}).status_code == 303
    assert "Hanna Deichmann" in page.get("/familienbeirat/").content.decode()
    assert browsers["member"].post(address, {"action": "take_back"}).status_code == 303
    assert "Hanna Deichmann" not in page.get("/familienbeirat/").content.decode()
    assert "keinen Sitz im Beirat" in browsers["other"].get(address).content.decode()


def test_an_editor_who_saves_the_old_consent_again_changes_nothing(browsers, people, seat):
    made = seat("Hanna Deichmann", email="member@example.org")
    browsers["member"].post(f"{ROOM}name/", {"action": "take_back"})
    made.refresh_from_db()
    made.role = "Vorsitz"
    made.save()
    assert "Hanna Deichmann" not in browsers["visitor"].get("/familienbeirat/").content.decode()


def test_a_day_of_consent_makes_sense(browsers, seat):
    seat("Hanna Deichmann", email="member@example.org", consent_on=None, shown_until=None)
    for until in ("", "bald", "2020-01-01", str(date.max), "2099-13-40"):
        answer = browsers["member"].post(f"{ROOM}name/", {"action": "give", "until": until})
        assert answer.status_code == 422, until
    assert "Hanna Deichmann" not in browsers["visitor"].get("/familienbeirat/").content.decode()


def test_the_account_takes_its_name_with_it(people, seat):
    made = seat("Hanna Deichmann", person=people["member"])
    people["member"].delete()
    assert not type(made).objects.exists()


def test_editors_open_the_room_and_see_nothing_in_it(board, people, browsers):
    editor = signed_in(factories.make_person("redaktion@example.org", "Rieke Rand", groups=["Redaktion"]))
    assert "3 Personen sind im Raum." in editor.get("/cms/beirat/raum/").content.decode()
    assert editor.get(ROOM).status_code == 404
    assert editor.post("/cms/beirat/raum/", follow=True).status_code == 200
    assert Room.objects.count() == 1
    assert signed_in(people["host"]).get("/cms/beirat/raum/").status_code in (302, 403)
