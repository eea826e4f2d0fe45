"""Portraits of members: with the name, with their credit, and gone with both."""

from datetime import timedelta

import pytest
from django.utils import timezone

from boards.models import Seat
from cms import renditions
from cms.models import Picture, PlainPage, StartPage
from tests.cms.pieces import make_picture

pytestmark = pytest.mark.django_db
ADDRESS, CREDITS, NAME_PAGE = "/familienbeirat/", "/bildnachweise/", "/familienbeirat/raum/name/"
CREDIT = "Foto: Lena Lichtbild"


@pytest.fixture
def portrait(db: None) -> Picture:
    return make_picture("Porträt", credit_author=CREDIT, credit_agency="", alt="Eine Frau lacht")


@pytest.fixture
def shown(seat, people, portrait) -> Seat:
    """A member who agreed, with an account."""
    return seat(portrait=portrait, person=people["member"])


def where(client) -> list[bool]:
    """Whether the picture and its credit are on the page, and the credit in the list."""
    page, listed = (client.get(path).content.decode() for path in (ADDRESS, CREDITS))
    return ["/medien/images/" in page, CREDIT in page, CREDIT in listed]


def test_picture_and_credit_stand_with_the_name_and_in_the_list(client, board, shown):
    assert where(client) == [True] * 3
    assert f'<a href="{ADDRESS}">Familienbeirat</a>' in client.get(CREDITS).content.decode()
    assert "Hanna Deichmann" not in client.get(CREDITS).content.decode()


@pytest.mark.parametrize("how", ["never agreed", "agreed until yesterday", "left", "no public page"])
def test_they_are_nowhere_where_the_name_is_not(client, board, shown, portrait, how):
    file = renditions.prepare(portrait, "face")[0].url
    day = timezone.localdate() - timedelta(days=1)
    fields = {
        "never agreed": {"consent_on": None, "shown_until": None},
        "agreed until yesterday": {"shown_until": day},
        "left": {"until": day},
    }.get(how, {})
    for name, value in fields.items():
        setattr(shown, name, value)
    with_commit(shown)
    if how == "no public page":
        board.unpublish()
        assert CREDIT not in client.get(CREDITS).content.decode()
    else:
        assert where(client) == [False] * 3
    assert client.get(file).status_code == 404


def with_commit(seat: Seat) -> None:
    from django.core.cache import caches

    seat.save()
    caches["fast"].clear()  # tests never commit, so nothing that follows a commit happens


def test_taking_consent_back_takes_the_file_back_at_once(
    client, browsers, board, shown, portrait, django_capture_on_commit_callbacks
):
    file = renditions.prepare(portrait, "face")[0].url
    assert client.get(file).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        browsers["member"].post(NAME_PAGE, {"action": "take_back"})
    assert where(client) == [False] * 3
    answer = client.get(file)
    assert answer.status_code == 404
    until = (timezone.localdate() + timedelta(days=9)).isoformat()
    with django_capture_on_commit_callbacks(execute=True):
        browsers["member"].post(NAME_PAGE, {"action": "give", "until": until})
    assert where(client) == [True] * 3
    assert client.get(file).status_code == 200


def test_a_picture_that_stands_elsewhere_too_stays_there(client, start: StartPage, board, shown, portrait):
    start.refresh_from_db()
    page = start.add_child(instance=PlainPage(title="Menschen", slug="menschen", picture=portrait))
    page.save_revision().publish()
    shown.consent_on = shown.shown_until = None
    with_commit(shown)
    assert client.get(renditions.prepare(portrait, "face")[0].url).status_code == 200
    assert '<a href="/menschen/">' in client.get(CREDITS).content.decode()
    assert (
        f'<a href="{ADDRESS}">' not in client.get(CREDITS).content.decode().partition("<main")[2].partition("</main")[0]
    )


def test_after_its_last_day_the_name_stands_alone(client, board, shown, portrait):
    portrait.usable_until = timezone.localdate() - timedelta(days=1)
    portrait.save()
    assert where(client) == [False] * 3
    assert "Hanna Deichmann" in client.get(ADDRESS).content.decode()


def test_many_portraits_take_few_statements(client, board, seat, meeting, advice, django_assert_max_num_queries):
    for number in range(4):
        seat(f"Person {number}", portrait=make_picture(f"Bild {number}"))
        meeting(f"Sitzung {number}", days=number + 1)
        meeting(f"Frühere {number}", days=-10 - number)
        advice(f"Empfehlung {number}")
    client.get(ADDRESS)
    with django_assert_max_num_queries(12):
        client.get(ADDRESS)
