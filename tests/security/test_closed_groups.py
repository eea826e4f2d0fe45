"""Of a closed group nobody learns anything but its members: every address we have is asked, by everybody."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.test import Client

from cms.models import CampaignIndexPage, CampaignPage
from ideas.actions.grouping import invite_member
from ideas.models import Campaign, Comment, Idea, IdeaFile, Intake, Invitation, Member, VersionFile
from moderation.actions import open_case
from moderation.models import Case
from search.actions import rebuild
from search.models import SearchDocument
from tests import factories
from tests.factories import deliver_outbox
from tests.security.conftest import SECRET, add_picture
from tests.security.register import CODE, OWN, PUBLIC, REGISTER, STAFF, THING
from tests.security.surfaces import Surface, surfaces
from voting.models import Vote

OUTSIDE = ("visitor", "citizen", "moderator", "editor")
NAME = "Geheimrunde"
NOWHERE = 987_654_321
NUMBER = 987_654_320  # of the idea: no page, phase or rule has it too
SURFACES = sorted(surfaces(), key=lambda surface: surface.name)
LISTS = (
    "/", "/ideen/", "/ideen/?sort=neu", "/ideen/feed/", "/mitmachen/", "/aktuelles/", "/aktuelles/feed/",
    f"/suche/?q={SECRET}", "/suche/?q=Geheimrunde", "/sitemap.xml", "/sitemap-seiten.xml", "/sitemap-ideen-1.xml",
    "/robots.txt", "/ideen/neu/", "/mein/", "/mein/nachrichten/",
)  # fmt: skip


@pytest.fixture
def group(db: None) -> Campaign:
    """A closed group with a published page."""
    made = factories.campaign(title=NAME, slug="geheimrunde", audience="members", check_comments="before")
    page = CampaignPage(title=NAME, campaign=made)
    CampaignIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    made.refresh_from_db()
    return made


@pytest.fixture
def idea(group: Campaign, browsers: dict[str, Client]) -> Idea:
    """An idea of the author in the group, with picture, comment, tag and an open case; the author is a member."""
    author = browsers["author"].person  # type: ignore[attr-defined]
    Member.objects.create(campaign=group, person=author)
    made = factories.idea(
        pk=NUMBER, campaign=group, author=author, title=f"Platz für die {SECRET}", text=f"Die {SECRET} am Wehr."
    )
    add_picture(made, made.latest_version)  # type: ignore[arg-type]
    file = IdeaFile.objects.create(
        name=f"{SECRET}.pdf", kind="pdf", size=4, file=ContentFile(b"%PDF", "x"), uploader=author
    )
    VersionFile.objects.create(version=made.latest_version, file=file)
    Intake.objects.create(idea=made, channel="phone", received_on=date(2026, 11, 1), code_sha256="0" * 64)
    made.tags.add(SECRET)
    Comment.objects.create(idea=made, author=author, text=SECRET, state="public", published_at=made.created_at)
    open_case("idea", made.pk)
    rebuild()
    return made


def values(surface: Surface, idea: Idea, *, nowhere: bool) -> dict[str, Any]:
    """Fill in a route: with what belongs to the idea, or with what does not exist."""
    comment, case = idea.comments.get(), Case.objects.get()
    version = idea.versions.get()
    key = version.files.get().file.key if "datei" in surface.route else version.pictures.get().picture.key
    numbers = {"kommentare/<": comment.pk, "kampagnen/<": idea.campaign_id, "eingang/<": idea.intake.pk}
    numbers["vorschau/<"] = idea.campaign.page.pk
    found: dict[str, Any] = {
        "pk": next((number for part, number in numbers.items() if part in surface.route), idea.pk),
        "idea_id": idea.pk, "campaign_id": idea.campaign_id, "comment_id": comment.pk, "object_id": idea.pk, "kind": "idea",
        "phase_id": idea.campaign.phases.get().pk, "key": key, "width": 320, "case_id": case.pk,
        "slug": idea.campaign.slug if "<int" not in surface.route else idea.slug,
    }  # fmt: skip
    if nowhere:
        gone = dict.fromkeys(
            ("pk", "idea_id", "campaign_id", "comment_id", "object_id", "case_id", "phase_id"), NOWHERE
        )
        found |= gone | {"key": uuid.uuid4(), "slug": "gibt-es-nicht"}
    others = dict.fromkeys(
        ("escalation_id", "run_id", "person_id", "proposal_id", "trust_id", "stamp", "size", "page_id"), 1
    )
    return found | others | {"number": 1, "name": "nichts.webp", "message_id": 1, "complaint_id": 1, "source": "draft"}


def test_every_address_stands_in_the_register() -> None:
    assert {surface.name for surface in SURFACES} == REGISTER


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_a_thing_of_the_group_answers_like_one_that_does_not_exist(
    method: str, idea: Idea, browsers: dict[str, Client]
) -> None:
    for surface in SURFACES:
        if surface.name not in THING | STAFF or not surface.parameters:
            continue
        there, nowhere = (surface.path(values(surface, idea, nowhere=gone)) for gone in (False, True))
        for role in OUTSIDE:
            found, missing = (getattr(browsers[role], method)(path) for path in (there, nowhere))
            if role == "editor" and surface.name in ("ideas:group", "copy_campaign"):
                continue  # editors look after the campaign itself and who is a member, not after what is written there
            assert found.status_code == missing.status_code, (surface.name, role)
            text = b"".join(found.streaming_content).decode() if found.streaming else found.content.decode()
            assert SECRET not in text, (surface.name, role)
            assert NAME not in text, (surface.name, role)
    assert Vote.objects.count() == 0
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("role", OUTSIDE)
def test_no_list_count_feed_search_or_site_map_knows_the_group(
    role: str, idea: Idea, browsers: dict[str, Client]
) -> None:
    plain = [surface.path({}) for surface in SURFACES if surface.name in PUBLIC | OWN and not surface.parameters]
    for path in (*LISTS, *plain):
        found = browsers[role].get(path)
        text = (found.getvalue() if found.streaming else found.content).decode()
        assert f"die {SECRET}" not in text, path
        assert NAME not in text or f"q={NAME}" in path, path
        assert f"/ideen/{idea.pk}/" not in text, path
    assert not SearchDocument.objects.filter(visible=True).exists()


@pytest.mark.parametrize("role", ["moderator", "editor"])
def test_staff_pages_tell_nothing_of_it(role: str, idea: Idea, browsers: dict[str, Client]) -> None:
    for surface in SURFACES:
        if surface.name in STAFF and not surface.parameters:
            text = browsers[role].get(surface.path({})).content.decode()
            assert SECRET not in text, surface.name
            assert NAME not in text, surface.name
    assert SECRET not in browsers[role].get("/cms/").content.decode()


@pytest.mark.parametrize("role", OUTSIDE)
def test_its_pages_are_missing_pages(role: str, group: Campaign, idea: Idea, browsers: dict[str, Client]) -> None:
    browser = browsers[role]
    page, missing = (browser.get(f"/mitmachen/{slug}/") for slug in (group.slug, "gibt-es-nicht"))
    assert page.status_code == missing.status_code == 404
    assert NAME not in page.content.decode()
    for path in ("regeln/", "ergebnis/", "?ansicht=karte"):
        answer = browser.get(f"/mitmachen/{group.slug}/{path}")
        assert answer.status_code == 404, path
    submit = browser.get(f"/ideen/neu/?kampagne={group.slug}")
    assert submit.status_code == browser.get("/ideen/neu/?kampagne=gibt-es-nicht").status_code == 404
    assert NAME not in submit.content.decode()


def test_members_read_propose_comment_and_support(group: Campaign, idea: Idea, browsers: dict[str, Client]) -> None:
    browser = browsers["citizen"]
    Member.objects.create(campaign=group, person=browser.person)  # type: ignore[attr-defined]
    page = browser.get(f"/mitmachen/{group.slug}/")
    assert page.status_code == 200
    assert f"Platz für die {SECRET}" in page.content.decode()
    assert "public" not in page.headers.get("Cache-Control", "")
    assert browser.get(idea.get_absolute_url()).status_code == 200
    assert browser.get(idea.versions.get().pictures.get().picture.address(320)).status_code == 200
    assert browser.get(f"/ideen/neu/?kampagne={group.slug}").status_code == 200
    assert NAME in browser.get("/ideen/neu/").content.decode()
    assert browser.post(f"/ideen/{idea.pk}/kommentare/", {"text": "Ich mache mit."}).status_code == 303
    answer = browser.put(f"/ideen/{idea.pk}/unterstuetzung/", headers={"accept": "application/json"})
    assert answer.status_code == 200
    assert Vote.objects.count() == 1
    assert f"/ideen/{idea.pk}/" not in browser.get("/ideen/").content.decode()


def test_moderators_who_are_members_decide_there(group: Campaign, idea: Idea, browsers: dict[str, Client]) -> None:
    browser = browsers["moderator"]
    case = Case.objects.get()
    assert browser.get(f"/cms/moderation/{case.pk}/").status_code == 404
    Member.objects.create(campaign=group, person=browser.person)  # type: ignore[attr-defined]
    assert SECRET in browser.get(f"/cms/moderation/{case.pk}/").content.decode()
    assert SECRET in browser.get("/cms/moderation/").content.decode()


def test_who_leaves_sees_nothing_any_more(group: Campaign, idea: Idea, browsers: dict[str, Client]) -> None:
    browser = browsers["citizen"]
    member = Member.objects.create(campaign=group, person=browser.person)  # type: ignore[attr-defined]
    address = f"/mein/gruppen/{group.slug}/"
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"action": "remove", "id": member.pk}).status_code == 303
    assert browser.get(address).status_code == 404
    assert browser.get(idea.get_absolute_url()).status_code == 404


def test_an_invitation_lets_one_person_in_once(group: Campaign, browsers: dict[str, Client]) -> None:
    host = browsers["author"].person  # type: ignore[attr-defined]
    Member.objects.create(campaign=group, person=host, role="host")
    answer = browsers["author"].post(
        f"/mein/gruppen/{group.slug}/", {"action": "invite", "email": "neu@example.org", "role": "member"}
    )
    assert answer.status_code == 303
    deliver_outbox()
    link = next(word for word in mail.outbox[-1].body.split() if "/mitmachen/einladung/" in word)
    path = "/" + link.split("/", 3)[3]
    assert NAME in browsers["visitor"].get(path).content.decode()
    assert browsers["visitor"].post(path).headers["Location"].startswith("/konto/")
    assert not Invitation.objects.filter(token_sha256=path.split("/")[3]).exists()  # only its hash is kept
    assert browsers["citizen"].post(path).headers["Location"] == "/mitmachen/geheimrunde/"
    assert browsers["moderator"].post(path).status_code == 410
    assert set(group.members.values_list("person__display_name", flat=True)) == {"Federwolke", "Lippespatz"}


def test_only_hosts_and_editors_invite(group: Campaign, browsers: dict[str, Client]) -> None:
    member = browsers["citizen"].person  # type: ignore[attr-defined]
    Member.objects.create(campaign=group, person=member)
    sent = {"action": "invite", "email": "neu@example.org"}
    found = {role: browsers[role].post(f"/mein/gruppen/{group.slug}/", sent).status_code for role in browsers}
    assert found == {"visitor": 303, "citizen": 403, "author": 404, "moderator": 404, "editor": 303}
    assert Invitation.objects.count() == 1


def test_a_wrong_address_is_said_and_kept(group: Campaign, browsers: dict[str, Client]) -> None:
    answer = browsers["editor"].post(f"/mein/gruppen/{group.slug}/", {"action": "invite", "email": "kein@"})
    assert answer.status_code == 422
    assert "kein@" in answer.content.decode()
    for rubbish in ({}, {"action": "zaubern"}, {"action": "remove", "id": "9" * 30}, {"action": "host", "id": "-1"}):
        assert browsers["editor"].post(f"/mein/gruppen/{group.slug}/", rubbish).status_code in (400, 404)


def test_an_invitation_that_was_taken_back_or_is_old_ends(group: Campaign, browsers: dict[str, Client]) -> None:
    editor = browsers["editor"].person  # type: ignore[attr-defined]
    made = invite_member(campaign=group, by=editor, email="neu@example.org")
    again = invite_member(campaign=group, by=editor, email="NEU@example.org")
    made.refresh_from_db()
    assert made.revoked_at
    answer = browsers["editor"].post(f"/mein/gruppen/{group.slug}/", {"action": "revoke", "id": again.pk})
    assert answer.status_code == 303
    again.refresh_from_db()
    assert again.revoked_at
    assert browsers["citizen"].get("/mitmachen/einladung/erfunden/").status_code == 410


def test_a_group_keeps_a_host(group: Campaign, browsers: dict[str, Client]) -> None:
    host, other = (browsers[role].person for role in ("author", "citizen"))  # type: ignore[attr-defined]
    first = Member.objects.create(campaign=group, person=host, role="host")
    second = Member.objects.create(campaign=group, person=other)
    address = f"/mein/gruppen/{group.slug}/"
    assert browsers["author"].post(address, {"action": "remove", "id": first.pk}).status_code == 409
    assert browsers["author"].post(address, {"action": "host", "id": second.pk}).status_code == 303
    assert browsers["author"].post(address, {"action": "remove", "id": first.pk}).status_code == 303
    assert list(group.members.values_list("role", flat=True)) == ["host"]


def test_closing_a_public_campaign_hides_it_at_once(browsers: dict[str, Client], campaign: Campaign) -> None:
    idea = factories.idea(campaign=campaign, title=f"Platz für die {SECRET}")
    rebuild()
    assert browsers["visitor"].get(idea.get_absolute_url()).status_code == 200
    campaign.audience = "members"
    campaign.save()
    assert browsers["visitor"].get(idea.get_absolute_url()).status_code == 404
    assert browsers["visitor"].get("/mitmachen/spielraeume/").status_code == 404
    for path in LISTS:
        assert f"die {SECRET}" not in browsers["visitor"].get(path).content.decode(), path


def test_the_register_names_each_address_once() -> None:
    assert len(REGISTER) == sum(len(part) for part in (PUBLIC, OWN, THING, CODE, STAFF))
