"""Nothing of the room leaks: every address we have is asked by everybody who is no member, or is one no more."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from boards.models import Paper, Poll, PollOption
from ideas.actions import write_comment
from ideas.actions.grouping import remove_member
from ideas.models import Idea, Member
from search.actions import rebuild
from search.models import SearchDocument
from tests import factories
from tests.factories import deliver_outbox
from tests.ideas.conftest import signed_in
from tests.security.register import CODE, OWN, PUBLIC, THING
from tests.security.surfaces import Surface, surfaces

pytestmark = pytest.mark.django_db
# What is looked for comes back on the page, so it is a letter shorter.
SECRET, TYPED, NAME = "Feldlerche", "Feldlerch", "unter uns"
ROOM, NOWHERE = "/familienbeirat/raum/", 987_654_321
OUTSIDE = ("visitor", "citizen", "former", "moderator", "editor", "admin")
OURS = sorted((surface for surface in surfaces() if surface.name.startswith("boards:")), key=lambda one: one.name)
INSIDE = {
    "boards:room",
    "boards:name",
    "boards:papers",
    "boards:paper",
    "boards:new_poll",
    "boards:poll",
    "boards:publish",
}
LISTS = (
    "/", "/ideen/", "/ideen/feed/", "/mitmachen/", "/aktuelles/", "/aktuelles/feed/", "/familienbeirat/",
    "/familienbeirat/sitzungen/", "/familienbeirat/sitzungen.ics", f"/suche/?q={TYPED}", f"/suche/vorschlaege/?q={TYPED}",
    "/sitemap.xml", "/sitemap-seiten.xml", "/sitemap-ideen-1.xml", "/robots.txt", "/ideen/neu/", "/mein/",
    "/mein/nachrichten/", "/mein/gruppen/",
)  # fmt: skip
ADMIN = (
    "/cms/", "/cms/beirat/raum/", "/cms/pages/", f"/cms/pages/search/?q={TYPED}", "/cms/choose-page/", "/cms/waehlen/idee/",
    f"/cms/waehlen/idee/results/?q={TYPED}", "/cms/documents/", f"/cms/documents/?q={TYPED}", "/cms/documents/chooser/",
    "/cms/images/", "/cms/snippets/", "/cms/snippets/ideas/campaign/", "/cms/snippets/boards/recommendation/",
    "/cms/reports/site-history/", "/cms/reports/aging-pages/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def fresh_caches(db: None) -> None:
    for name in caches:
        caches[name].clear()


@pytest.fixture
def things(room, people, meeting) -> dict[str, Any]:
    """The secret word in everything the room has."""
    draft = factories.idea(
        campaign=room.campaign, author=people["member"], title=f"Die {SECRET} am Wehr", text=f"Die {SECRET}."
    )
    write_comment(author=people["other"], idea=draft, text=f"Die {SECRET} brütet.")
    paper = Paper(
        room=room, title=f"{SECRET} Zahlen", name=f"{SECRET}.pdf", kind="pdf", size=9, uploader=people["member"]
    )
    paper.file.save("", ContentFile(f"%PDF {SECRET}".encode()), save=False)
    paper.save()
    moment = timezone.now()
    poll = Poll.objects.create(
        room=room,
        question=f"Die {SECRET} schützen?",
        opened_at=moment,
        closes_at=moment + timedelta(days=1),
        author=people["host"],
    )
    PollOption.objects.create(poll=poll, text=f"Die {SECRET} ja", position=0)
    inner = meeting(f"Vorbesprechung {SECRET}", is_public=False, agenda=SECRET)
    rebuild()
    return {"draft": draft, "paper": paper, "poll": poll, "meeting": inner}


@pytest.fixture
def others(room, people, browsers) -> dict[str, Client]:
    """Browsers of everybody outside: staff of all kinds and somebody who was a member until now."""
    staff = {"moderator": "Moderation", "editor": "Redaktion"}
    for role, group in staff.items():
        browsers[role] = signed_in(factories.make_person(f"{role}@example.org", f"Frau {role}", groups=[group]))
    admin = factories.make_person("admin@example.org", "Adam Admin", groups=["Redaktion"], is_superuser=True)
    former = factories.make_person("ehemals@example.org", "Elke Ehemals")
    member = Member.objects.create(campaign=room.campaign, person=former)
    browsers |= {"admin": signed_in(admin), "former": signed_in(former)}
    assert browsers["former"].get(ROOM).status_code == 200
    remove_member(campaign=room.campaign, by=people["host"], member_id=member.pk)
    for browser in browsers.values():
        browser.raise_request_exception = False
    return browsers


def values(surface: Surface, things: dict[str, Any], *, nowhere: bool) -> dict[str, Any]:
    """Fill in a route with what is in the room, or with what does not exist."""
    of = {"boards:poll": "poll", "boards:publish": "draft"}.get(surface.name, "meeting")
    found = {"pk": things[of].pk, "key": things["paper"].key, "source": "draft", "code": "x" * 24}
    return found | {"pk": NOWHERE, "key": "00000000-0000-4000-8000-000000000000"} if nowhere else found


def words(answer: Any) -> str:
    return (answer.getvalue() if answer.streaming else answer.content).decode(errors="replace")


def test_things_of_the_room_answer_like_things_that_do_not_exist(things, others):
    for method in ("get", "post", "put", "delete"):
        compare(method, things, others)
    assert Paper.objects.count() == 1


def compare(method, things, others) -> None:
    for surface in (one for one in OURS if one.parameters):
        there, nowhere = (surface.path(values(surface, things, nowhere=gone)) for gone in (False, True))
        for role in OUTSIDE if method == "get" else ("visitor", "former", "admin"):
            found, missing = (getattr(others[role], method)(path) for path in (there, nowhere))
            assert found.status_code == missing.status_code, (surface.name, role)
            assert found.status_code != 200, (surface.name, role)
            assert SECRET not in words(found), (surface.name, role)


def test_the_room_is_a_missing_page_and_visitors_are_asked_to_sign_in(things, others):
    for surface, role in ((one, role) for one in OURS if one.name in INSIDE for role in OUTSIDE):
        answer = others[role].get(surface.path(values(surface, things, nowhere=False)))
        if role == "visitor":
            assert answer.status_code == 303
            assert answer["Location"].startswith("/konto/")
        else:
            assert answer.status_code == 404, surface.name


@pytest.mark.parametrize("role", ["visitor", "former", "admin"])
def test_no_list_feed_search_calendar_or_site_map_knows_anything(role, things, others):
    plain = [one.path({}) for one in surfaces() if one.name in PUBLIC | OWN and not one.parameters]
    for path in (*LISTS, *plain):
        text = words(others[role].get(path))
        assert f"ie {SECRET}" not in text, path
        assert f"{SECRET} Z" not in text, path
        assert f"Vorbesprechung {SECRET}" not in text, path
        assert NAME not in text, path
    assert not SearchDocument.objects.filter(visible=True, title__contains=SECRET).exists()
    assert not SearchDocument.objects.filter(visible=True, kind="idea").exists()


@pytest.mark.parametrize("role", ["editor", "admin"])
def test_the_admin_shows_staff_nothing_of_it(role, things, others):
    for path in ADMIN:
        assert SECRET not in words(others[role].get(path)), path


def test_the_file_lies_where_no_address_leads(things, others):
    for role in OUTSIDE:
        for path in (
            f"/medien/{things['paper'].file.name}",
            f"/static/{things['paper'].file.name}",
            "/medien/boards/papers/",
        ):
            assert others[role].get(path, follow=True).status_code == 404, path


def test_who_leaves_loses_everything_at_once(things, others, people, room):
    browser = others["other"]
    paths = (
        ROOM,
        things["paper"].get_absolute_url(),
        things["poll"].get_absolute_url(),
        things["meeting"].get_absolute_url(),
    )
    assert [browser.get(path).status_code for path in paths] == [200] * 4
    assert browser.get(things["draft"].get_absolute_url()).status_code == 200
    Member.objects.filter(person=people["other"]).delete()
    assert [browser.get(path).status_code for path in paths] == [404] * 4
    assert browser.get(things["draft"].get_absolute_url()).status_code == 404
    assert browser.post(things["poll"].get_absolute_url(), {"option": "1"}).status_code == 404


def test_an_account_that_is_closed_sees_nothing(things, others, people):
    people["other"].is_active = False
    people["other"].save()
    assert others["other"].get(ROOM).status_code == 303


def test_rights_of_staff_open_nothing(things, others, people):
    person = people["citizen"]
    person.user_permissions.set(Permission.objects.all())
    for surface in (one for one in OURS if one.name in INSIDE):
        assert others["citizen"].get(surface.path(values(surface, things, nowhere=False))).status_code == 404


def test_a_room_that_somebody_made_public_by_mistake_shows_no_papers(things, others, people, room):
    room.campaign.audience = "everybody"
    room.campaign.save()
    for role in ("citizen", "member"):
        assert others[role].get(things["paper"].get_absolute_url()).status_code == 404
    assert others["visitor"].get(things["meeting"].get_absolute_url()).status_code == 404


def test_mails_go_to_members_only_and_say_nothing_in_their_subject(things, people, others):
    write_comment(author=people["host"], idea=Idea.objects.get(), text=f"@Hanna vom Deich: die {SECRET}!")
    deliver_outbox()
    members = {people[role].email for role in ("host", "member", "other")}
    for sent in mail.outbox:
        assert set(sent.to) <= members or SECRET not in f"{sent.subject} {sent.body}", sent.subject
        assert "brütet" not in sent.subject


def test_the_register_knows_every_address_of_the_board():
    assert {surface.name for surface in OURS} <= PUBLIC | OWN | THING | CODE
    assert INSIDE <= OWN | THING
