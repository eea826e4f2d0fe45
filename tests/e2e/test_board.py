"""The advisory board in a real browser: an editor fixes a meeting, citizens read, members vote; no findings of axe."""

import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, enter, look, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
import json
from datetime import timedelta
from django.test import Client
from django.utils import timezone
from boards.actions.opening import open_room
from boards.actions.polling import open_poll
from boards.models import Answer, BoardPage, Meeting, Recommendation, Seat
from cms.models import StartPage
from ideas.models import Member
from tests import factories
now, day = timezone.now(), timezone.localdate()
page = BoardPage(title="Familienbeirat", lead="Wir beraten die Stadt.", answer_office="Stabsstelle")
page.seeks_members, page.apply_text = True, "Ein Anruf genügt."
StartPage.objects.get().add_child(instance=page)
page.save_revision().publish()
room = open_room(page)
hanna, cem = (factories.person(name) for name in ("Hanna vom Deich", "Cem aus Nordfeld"))
for who, role in ((hanna, "host"), (cem, "member")):
    Member.objects.create(campaign=room.campaign, person=who, role=role)
Seat.objects.create(board=page, name="Hanna Deichmann", role="Sprecherin", since=day, consent_on=day, shown_until=day + timedelta(days=9))
begins = now + timedelta(days=9)
meeting = Meeting.objects.create(board=page, title="Sitzung im Nordfeld", starts_at=begins, ends_at=begins + timedelta(hours=2),
    place="Jugendzentrum im Nordfeld, großer Raum", access="yes", agenda="1. Bäder\\n2. Mühle", minutes="Wir waren da.")
late = Recommendation.objects.create(board=page, title="Wasser an allen Spielplätzen", text="Achtzehn haben keins.",
    decided_on=day - timedelta(days=90), answer_by=day - timedelta(days=3))
done = Recommendation.objects.create(board=page, title="Wickelplätze", text="Überall.", decided_on=day - timedelta(days=9))
Answer.objects.create(recommendation=done, result="taken", text="Ja, ab Mai.", office="Bauamt")
poll = open_poll(person=hanna, room_id=room.pk, question="Treffen wir uns öfter?", text="", options=["Ja", "Nein"], is_secret=True,
    closes_at=now + timedelta(days=2))
rieke = factories.make_person("rieke@example.org", "Rieke Rand", groups=["Redaktion"])
sessions = {}
for who in (hanna, cem, rieke):
    client = Client()
    client.force_login(who)
    sessions[who.display_name.split()[0]] = client.cookies["sessionid"].value
print("RESULT", json.dumps({"meeting": meeting.get_absolute_url(), "late": late.get_absolute_url(), "done": done.get_absolute_url(),
    "poll": poll.get_absolute_url(), "sessions": sessions}))
"""
ROOM = "/familienbeirat/raum/"


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite", extra={"MITWIRK_PROFILE": "demo"}) as place:  # the admin asks for no second factor there
        line = next(line for line in place.python(FILL).splitlines() if line.startswith("RESULT "))
        place.scene = SimpleNamespace(**json.loads(line.removeprefix("RESULT ")))
        yield place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_have_no_findings_and_do_not_scroll_sideways(
    town: Town, open_page: Callable[..., Page], scheme: str
) -> None:
    scene = town.scene
    visits = [
        ("", path) for path in ("/familienbeirat/", "/familienbeirat/sitzungen/", scene.meeting, scene.late, scene.done)
    ]
    visits += [
        ("Hanna", path) for path in (ROOM, f"{ROOM}unterlagen/", f"{ROOM}umfragen/neu/", f"{ROOM}name/", scene.poll)
    ]
    for who, path in visits:
        page = enter(town, open_page, who, path, scheme=scheme, width=360 if scheme == "light" else 1280)
        assert axe(page) == [], path
        if scheme == "light":
            assert sideways(page, (320, 360)) == {}, path
        look(page, f"board-{scheme}-{path.strip('/').replace('/', '-')}")


def test_an_editor_fixes_a_meeting_and_citizens_read_it(town: Town, open_page: Callable[..., Page]) -> None:
    page = enter(town, open_page, "Rieke", "/cms/snippets/boards/meeting/add/")
    page.locator("[name=title]").fill("Sitzung in Osterholz")
    page.locator("[name=starts_at]").fill("2031-03-10 18:00")
    page.locator("[name=ends_at]").fill("2031-03-10 20:00")
    page.locator("[name=place]").fill("Feuerwehrhaus Osterholz")
    page.locator("[name=place]").press("Enter")
    page.wait_for_url("**/boards/meeting/")
    visitor = enter(town, open_page, "", "/familienbeirat/", script=False)
    visitor.get_by_role("link", name="Sitzung in Osterholz", exact=True).click()
    expect(visitor.get_by_text("Feuerwehrhaus Osterholz")).to_be_visible()


def test_a_member_votes_by_keyboard_without_a_script(town: Town, open_page: Callable[..., Page]) -> None:
    page = enter(town, open_page, "Cem", ROOM, script=False)
    page.get_by_role("link", name="Treffen wir uns öfter?").press("Enter")
    page.get_by_role("radio", name="Ja").press("Space")
    page.get_by_role("button", name="Abstimmen").press("Enter")
    expect(page.get_by_text("Ihre Stimme zählt.")).to_be_visible()
    expect(page.get_by_text("Sie haben abgestimmt.").first).to_be_visible()
