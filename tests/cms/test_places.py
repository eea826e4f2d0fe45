"""Places: what the door says at each moment by the town's clock, the way in words, a map without a call outside."""

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from cms import opening_words
from cms.blocks import BodyBlock
from cms.models import Contact, Place, PlainPage, StartPage
from cms.queries.opening import opening

pytestmark = pytest.mark.django_db
TOWN = ZoneInfo("Europe/Berlin")
WORKDAYS = ["0", "1", "2", "3", "4"]


def span(opens: str, closes: str, *days: str, **more: object) -> dict[str, object]:
    value = {"days": list(days or WORKDAYS), "opens": opens, "closes": closes, "next_day": False, "note": "", **more}
    return {"type": "hours", "value": value}


def special(kind: str, **value: object) -> dict[str, object]:
    return {"type": kind, "value": value}


OFFICE = [span("08:00", "12:30"), span("14:00", "16:00", "0", "1", "2"), span("14:00", "18:00", "3")]


def make(hours: list[dict[str, object]] | None = None, *exceptions: dict[str, object], **fields: object) -> Place:
    values: dict[str, object] = {
        "name": "Familienrathaus", "street": "Am Lippeufer 12", "zipcode": "59999", "city": "Musterstadt",
        "hours": json.dumps(OFFICE if hours is None else hours), "exceptions": json.dumps(list(exceptions)),
    }  # fmt: skip
    place = Place(**{**values, **fields})
    place.full_clean()
    place.save()
    return Place.objects.get(pk=place.pk)


def says(place: Place, at: str, fold: int = 0) -> str:
    """What the door says at that time of the town's clocks."""
    moment = dt.datetime.fromisoformat(at).replace(tzinfo=TOWN, fold=fold)
    with time_machine.travel(moment, tick=False):
        sign = opening_words.sign(place)
    assert sign is not None
    return ", ".join(filter(None, [sign.state, sign.then])) + (f" ({sign.reason})" if sign.reason else "")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-23T07:59:59", "Jetzt geschlossen, öffnet wieder heute um 8 Uhr"),
        ("2026-11-23T08:00", "Jetzt geöffnet, schließt um 12:30 Uhr"),
        ("2026-11-23T12:30", "Jetzt geschlossen, öffnet wieder heute um 14 Uhr"),
        ("2026-11-23T16:00", "Jetzt geschlossen, öffnet wieder morgen um 8 Uhr"),
        ("2026-11-27T12:31", "Jetzt geschlossen, öffnet wieder am Montag, 30. November, um 8 Uhr"),
        ("2026-11-28T09:00", "Jetzt geschlossen, öffnet wieder am Montag, 30. November, um 8 Uhr"),
        ("2026-11-29T23:59:59", "Jetzt geschlossen, öffnet wieder morgen um 8 Uhr"),
        ("2026-11-30T00:00", "Jetzt geschlossen, öffnet wieder heute um 8 Uhr"),
    ],
)
def test_the_door_says_what_is_true_now(at: str, words: str):
    assert says(make(), at) == words


def test_holidays_of_the_state_are_closed_and_named(settings):
    place = make()
    assert says(place, "2026-11-01T10:00").startswith("Jetzt geschlossen")
    words = says(place, "2026-12-25T10:00")
    assert words == (
        "Jetzt geschlossen, öffnet wieder am Montag, 28. Dezember, um 8 Uhr (Heute anders als sonst: Erster Weihnachtstag)"
    )
    assert says(place, "2026-06-04T10:00").startswith("Jetzt geschlossen")  # Corpus Christi
    settings.HOLIDAYS_OF = "BE"
    assert says(place, "2026-06-04T10:00").startswith("Jetzt geöffnet")
    assert says(place, "2026-03-08T10:00").startswith("Jetzt geschlossen")
    settings.HOLIDAYS_OF = "NW"
    place.closed_on_holidays = False
    assert says(place, "2026-12-25T10:00") == "Jetzt geöffnet, schließt um 12:30 Uhr"


def test_own_closed_days_and_other_hours_come_before_the_week_and_before_holidays():
    place = make(
        None,
        special("closed", first_day="2026-12-07", last_day="2026-12-08", reason="Umzug"),
        special(
            "special", day="2026-12-25", opens="10:00", closes="12:00", next_day=False, reason="Heiligabend-Nachklang"
        ),
        special("closed", first_day="2026-12-24", last_day="2027-01-03", reason="Betriebsferien"),
    )
    assert says(place, "2026-12-08T09:00") == (
        "Jetzt geschlossen, öffnet wieder morgen um 8 Uhr (Heute anders als sonst: Umzug)"
    )
    assert says(place, "2026-12-25T11:00").startswith("Jetzt geöffnet, schließt um 12 Uhr")
    assert "Montag, 4. Januar 2027, um 8 Uhr" in says(place, "2026-12-26T11:00")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-27T23:59", "Jetzt geöffnet, schließt morgen um 2 Uhr"),
        ("2026-11-28T00:00", "Jetzt geöffnet, schließt um 2 Uhr"),
        ("2026-11-28T01:59:59", "Jetzt geöffnet, schließt um 2 Uhr"),
        ("2026-11-28T02:00", "Jetzt geschlossen, öffnet wieder am Freitag, 4. Dezember, um 20 Uhr"),
    ],
)
def test_what_lasts_beyond_midnight_belongs_to_the_evening(at: str, words: str):
    assert says(make([span("20:00", "02:00", "4", next_day=True)]), at) == words


def test_midnight_is_the_end_of_the_day_and_spans_that_touch_are_one():
    place = make([span("18:00", "00:00", "4"), span("00:00", "03:00", "5")])
    assert says(place, "2026-11-27T18:00") == "Jetzt geöffnet, schließt morgen um 3 Uhr"
    alone = make([span("18:00", "00:00", "4")])
    assert says(alone, "2026-11-27T23:59:59") == "Jetzt geöffnet, schließt um Mitternacht"
    assert says(alone, "2026-11-28T00:00").startswith("Jetzt geschlossen")


def test_a_door_that_is_never_locked_says_so():
    always = make([span("00:00", "00:00", "0", "1", "2", "3", "4", "5", "6")], closed_on_holidays=False)
    assert says(always, "2026-11-27T18:00") == "Jetzt geöffnet, Tag und Nacht offen"


def test_nights_in_which_the_clocks_are_changed_are_reckoned_by_real_time():
    place = make([span("22:00", "02:30", "5", next_day=True)])
    # 25 October 2026: 2:30 comes twice; it is open through both, and shut ever after.
    for at, fold, is_open in (("01:59", 0, 1), ("02:45", 0, 1), ("02:15", 1, 1), ("02:30", 1, 0), ("02:45", 1, 0)):
        assert says(place, f"2026-10-25T{at}", fold).startswith("Jetzt geöffnet") == bool(is_open), (at, fold)
    # 29 March 2026: 2:30 never comes; an hour later by the clock is the same moment.
    for at, is_open in (("01:59", True), ("03:29", True), ("03:30", False)):
        assert says(place, f"2026-03-29T{at}").startswith("Jetzt geöffnet") == is_open, at


def test_the_town_clock_counts_wherever_the_server_or_the_reader_is(settings):
    place = make()
    at = dt.datetime(2026, 7, 1, 6, 0, tzinfo=dt.UTC)  # eight o'clock in summer
    found = opening(place, at)
    assert found is not None
    assert found.is_open
    winter = opening(place, dt.datetime(2026, 12, 2, 6, 59, tzinfo=dt.UTC))
    assert winter is not None
    assert winter.opens is not None
    assert (winter.is_open, winter.opens.hour) == (False, 8)


def test_a_place_that_never_opens_promises_nothing():
    place = make([], special("closed", first_day="2026-01-01", last_day="2030-01-01", reason="Umbau"))
    assert says(place, "2026-11-23T10:00") == "Jetzt geschlossen (Heute anders als sonst: Umbau)"
    assert opening(make([])) is None


def test_the_week_is_a_table_and_days_that_differ_are_named():
    place = make(None, special("closed", first_day="2026-12-07", last_day="2026-12-08", reason="Umzug"))
    rows = {row.days: row.hours for row in opening_words.table(place)}
    assert rows == {
        "Montag bis Mittwoch": ("8 bis 12:30 Uhr", "14 bis 16 Uhr"),
        "Donnerstag": ("8 bis 12:30 Uhr", "14 bis 18 Uhr"),
        "Freitag": ("8 bis 12:30 Uhr",),
        "Samstag und Sonntag": ("geschlossen",),
    }
    with time_machine.travel("2026-11-30T12:00:00+01:00", tick=False):
        others = opening_words.unusual(place)
    assert [(row.days, row.hours) for row in others] == [
        ("Montag, 7. Dezember bis Dienstag, 8. Dezember", ("geschlossen", "Umzug")),
        ("Freitag, 25. Dezember", ("geschlossen", "Erster Weihnachtstag")),
        ("Freitag, 1. Januar 2027", ("geschlossen", "Neujahr")),
    ]


def as_in_the_admin(place: Place) -> None:
    for name in ("hours", "exceptions"):
        Place._meta.get_field(name).stream_block.clean(getattr(place, name))


@pytest.mark.parametrize(
    ("hours", "exceptions", "words"),
    [
        ([span("12:00", "08:00")], (), "schließt es, bevor"),
        ([span("08:00", "08:00")], (), "schließt es, bevor"),
        ([span("08:00", "12:00"), span("11:00", "13:00", "2")], (), "überschneiden"),
        ([span("22:00", "03:00", "6", next_day=True), span("02:00", "09:00", "0")], (), "überschneiden"),
        ([span("08:00", "09:00", next_day=True)], (), "mehr als ein Tag"),
        ([], (special("closed", first_day="2026-12-02", last_day="2026-12-01", reason=""),), "vor dem ersten"),
    ],
)
def test_hours_that_make_no_sense_are_refused_in_words(hours, exceptions, words):
    place = make(hours, *exceptions)
    with pytest.raises(ValidationError) as caught:
        as_in_the_admin(place)
    (fault,) = caught.value.block_errors.values()
    (sentence,) = fault.block_errors.values()
    assert words in str(sentence)


@pytest.mark.parametrize("fields", [{"latitude": 51.6}, {"longitude": 8.3}, {"latitude": 91, "longitude": 8}])
def test_half_a_point_is_refused(fields):
    with pytest.raises(ValidationError):
        make(**fields)


def page_with(start: StartPage, place: Place) -> PlainPage:
    body = json.dumps([{"type": "place", "value": {"place": place.pk}}])
    page = start.add_child(instance=PlainPage(title="Anfahrt", slug="anfahrt", body=body))
    start.refresh_from_db()
    return page


def test_a_page_tells_the_way_in_words_and_asks_nobody_outside(client: Client, start: StartPage):
    place = make(
        latitude=51.6612, longitude=8.3401, directions="Das weiße Haus mit der Uhr.", stop="Linie 3, Lippeufer, 80 Meter",
        parking="Zwei Plätze am Haus", step_free="yes", access="Aufzug mit Ansage", bicycles="Ständer am Eingang",
    )  # fmt: skip
    text = client.get(page_with(start, place).get_absolute_url()).content.decode()
    for words in (
        "Am Lippeufer 12", "59999 Musterstadt", "Das weiße Haus mit der Uhr.", "Linie 3, Lippeufer, 80 Meter",
        "Zwei Plätze am Haus", "Ohne Stufen.", "Aufzug mit Ansage", 'href="geo:51.661200,8.340100"', 'data-map="here"',
        'data-lat="51.6612"', "Montag bis Mittwoch", "An Feiertagen geschlossen.",
    ):  # fmt: skip
        assert words in text, words
    assert " style=" not in text
    assert "openstreetmap" not in text


def test_the_same_page_says_the_truth_a_minute_later(client: Client, start: StartPage):
    url = page_with(start, make()).get_absolute_url()
    for at, words in (
        ("12:29:59", "Jetzt geöffnet"),
        ("12:30:01", "Jetzt geschlossen"),
        ("14:00:00", "Jetzt geöffnet"),
    ):
        with time_machine.travel(f"2026-11-23T{at}+01:00", tick=False):
            answer = client.get(url)
        assert f"<b>{words}</b>" in answer.content.decode(), at
        assert "max-age" not in answer.get("Cache-Control", "")
        assert "ETag" not in answer
    assert "Stand 14 Uhr" in answer.content.decode()


def test_a_place_that_was_deleted_leaves_the_page_standing(client: Client, start: StartPage):
    place = make()
    page = page_with(start, place)
    place.delete()
    answer = client.get(page.get_absolute_url())
    assert answer.status_code == 200
    assert "Lippeufer" not in answer.content.decode()


def test_a_contact_takes_address_and_hours_from_its_place(client: Client):
    contact = Contact(office="Empfang", slug="empfang", location=make())
    contact.full_clean()
    contact.save()
    with time_machine.travel("2026-11-23T09:00:00+01:00", tick=False):
        text = client.get("/kontakte/empfang/").content.decode()
    assert "Am Lippeufer 12" in text
    assert "<b>Jetzt geöffnet</b>, schließt um 12:30 Uhr." in text
    assert "Am Lippeufer 12" in client.get("/kontakte/empfang.vcf").content.decode()


def test_an_editor_keeps_places_in_the_admin(desk: Client):
    form = {
        "name": "Mühle", "street": "Mühlweg 1", "zipcode": "59999", "city": "Musterstadt", "latitude": "", "longitude": "",
        "directions": "", "stop": "", "bicycles": "", "parking": "", "step_free": "partly", "access": "", "hours_note": "",
        "closed_on_holidays": "on", "exceptions-count": "0",
        "hours-count": "1", "hours-0-deleted": "", "hours-0-order": "0", "hours-0-type": "hours", "hours-0-id": "",
        "hours-0-value-opens": "08:00", "hours-0-value-closes": "07:00", "hours-0-value-days": ["0", "1"],
        "hours-0-value-note": "",
    }  # fmt: skip
    assert "Familienrathaus" in desk.get(f"/cms/snippets/cms/place/edit/{make().pk}/").content.decode()
    refused = desk.post("/cms/snippets/cms/place/add/", form)
    assert "Erst nach Mitternacht?" in refused.content.decode()
    answer = desk.post("/cms/snippets/cms/place/add/", form | {"hours-0-value-closes": "12:00"})
    assert answer.status_code == 302
    assert opening_words.table(Place.objects.get(name="Mühle"))[0].days == "Montag und Dienstag"


def test_the_blocks_show_themselves_to_editors(desk: Client):
    blocks = [BodyBlock().child_blocks[name].definition_prefix for name in ("place", "contact_card")]
    assert [desk.get("/cms/block-preview/", {"id": one}).status_code for one in blocks] == [200, 200]
    place = make()
    Contact.objects.create(office="Empfang", slug="empfang", phone="02999 1", location=place)
    assert all("Lippeufer" in desk.get("/cms/block-preview/", {"id": one}).content.decode() for one in blocks)
