"""More ways to get words before everybody that nobody has read: whatever ``integrity.md``, section 4, names, one test each.

"Title, text, images, attachments, place, links, display name, avatar re-enter; switching language variant or swapping the
file behind a URL too; only staff and campaigns with after-the-fact moderation are exempt." Tested in the other file
(``test_attacks_on_versions``): late image swap (1), one-character edit (2), edit by co-author (3), name change after the
approval (6), attachment swapped for one of the same name (10), tags, place and answers (11). Here: the rest.

What this product does not have, and so cannot be attacked: avatars (people have a name and nothing else), language variants of
contributions, links in rich text of citizens' own making beyond what Markdown says (they are words of the version), an API that
writes, and files at addresses elsewhere (nothing outside is embedded or fetched).
"""

from dataclasses import replace
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import get_resolver

from accounts.models import User
from common.errors import Refused
from ideas.actions import change_comment, change_idea, hide_picture, link_idea, withdraw_idea, write_comment
from ideas.actions.commenting import hide_comment, publish_comment, refuse_comment
from ideas.actions.modes import change_mode
from ideas.actions.moving import move_idea
from ideas.actions.publishing import publish_idea
from ideas.actions.reverting import idea_as_it_is, wait_as_before
from ideas.content import IdeaContent
from ideas.models import Campaign, Comment, Draft, Idea, IdeaFile, IdeaPicture, VersionFile
from moderation.models import Case
from tests import factories
from tests.ideas.conftest import picture_file, signed_in
from tests.security.conftest import PENDING, SHOWN
from tests.security.surfaces import surfaces
from tests.security.test_attacks_on_versions import (
    FIRST,
    everything,
    make_idea,  # noqa: F401 - a fixture
    make_lead,  # noqa: F401 - a fixture
    picture,
    waits,
)

BAD = f"Die {PENDING} frisst Eier aus dem Nest."


@pytest.fixture
def comment(idea: Idea, lead: User) -> Comment:
    """A comment that was looked at, in a campaign that checks before."""
    Campaign.objects.update(check_comments="before")
    made = write_comment(author=lead, idea=idea, text=f"Die {SHOWN} freut sich.")
    return publish_comment(made.pk)


def unread(thing: Idea) -> str:
    """Return what a visitor is answered about the idea; the bad words must not stand there."""
    text = everything(thing)
    assert BAD not in text
    assert SHOWN in text
    return text


def test_only_the_description_of_a_picture_is_changed(idea: Idea, lead: User) -> None:
    shown = picture(lead, 310)
    change_idea(idea=idea, editor=lead, content=replace(FIRST, pictures=((shown, "Ein Vogel"),)))
    publish_idea(idea.pk)
    waits(Idea.objects.get(pk=idea.pk), lead, replace(FIRST, pictures=((shown, f"die {PENDING}"),)))


def test_the_order_of_the_pictures_is_changed(idea: Idea, lead: User) -> None:
    first, other = picture(lead, 310), picture(lead, 320)
    change_idea(idea=idea, editor=lead, content=replace(FIRST, pictures=((first, "A"), (other, "B"))))
    shown = publish_idea(idea.pk)
    waits(shown, lead, replace(FIRST, pictures=((other, "B"), (first, "A"))))
    assert Idea.objects.get(pk=idea.pk).picture_id == first.pk


def test_the_place_is_moved_on_the_map_alone(idea: Idea, lead: User) -> None:
    waits(idea, lead, replace(FIRST, place="Am Wehr", latitude=51.6, longitude=8.3))
    assert Idea.objects.get(pk=idea.pk).latitude is None
    assert not Client().get("/ideen/karte.geojson?bbox=7,51,9,53").json()["features"]


def test_a_title_alone_does_not_change_the_address_either(idea: Idea, lead: User) -> None:
    waits(idea, lead, replace(FIRST, title=f"Platz für die {PENDING}"))
    answer = Client().get(f"/ideen/{idea.pk}/")
    assert PENDING.lower() not in answer.headers.get("Location", "").lower()


def test_a_link_is_put_beside_the_approved_words(idea: Idea, lead: User) -> None:
    with pytest.raises(Refused) as refused:
        link_idea(idea=idea, by=lead, kind="paper", title=BAD, address="https://example.org/")
    assert refused.value.status == 403
    sent = {"action": "elsewhere", "kind": "paper", "title": BAD, "address": "https://example.org/"}
    assert signed_in(lead).post(f"/ideen/{idea.pk}/verweise/", sent).status_code in (403, 404)
    waits(idea, lead, replace(FIRST, text=f"{FIRST.text} [die {PENDING}](https://example.org/)"))


def test_what_is_saved_while_writing_stays_a_draft(idea: Idea, lead: User) -> None:
    """The form saves by itself; that address is all of an API that citizens write to."""
    browser = signed_in(lead)
    form = browser.get(f"/ideen/{idea.pk}/bearbeiten/").context
    sent = {
        "idea": idea.pk, "campaign": idea.campaign.slug, "title": FIRST.title, "text": BAD, "draft": form["draft_key"],
        "draft_version": form["draft_version"], "writer": form["writer"],
    }  # fmt: skip
    answer = browser.post(f"/ideen/entwurf/{form['draft_key']}/", sent, headers={"accept": "application/json"})
    assert answer.status_code == 200
    assert Draft.objects.get().fields["text"] == BAD
    unread(idea)
    for reader in (Client(), signed_in(factories.person("Wiesenpieper"))):
        assert reader.get(f"/ideen/{idea.pk}/bearbeiten/?entwurf={form['draft_key']}").status_code in (303, 403, 404)


def test_an_old_draft_is_brought_back_and_sent(idea: Idea, lead: User) -> None:
    browser = signed_in(lead)
    draft = Draft.objects.create(
        owner=lead, campaign=idea.campaign, fields={"idea": idea.pk, "title": FIRST.title, "text": BAD}
    )
    page = browser.get(f"/ideen/{idea.pk}/bearbeiten/?entwurf={draft.key}")
    assert BAD in page.text
    sent = {"title": FIRST.title, "text": BAD, "version": idea.latest_version.number, "draft": draft.key}  # type: ignore[union-attr]
    assert browser.post(f"/ideen/{idea.pk}/bearbeiten/", {**sent, "topic": "", "tags": "Vögel"}).status_code in (
        302,
        303,
        422,
    )
    unread(idea)


def test_the_file_behind_an_address_is_swapped(idea: Idea, lead: User) -> None:
    file = IdeaFile.objects.create(name="plan.pdf", kind="pdf", size=4, sha256="1", file=ContentFile(b"%PDF", "x"))
    other = IdeaFile.objects.create(name="plan.pdf", kind="pdf", size=4, sha256="2", file=ContentFile(b"%EVL", "x"))
    use = VersionFile.objects.create(version=idea.approved_version, file=file)
    for change in (
        lambda: IdeaFile.objects.filter(pk=file.pk).update(file=other.file.name),
        lambda: IdeaFile.objects.filter(pk=file.pk).update(key=other.key),
        lambda: IdeaFile.objects.filter(pk=file.pk).update(name="anders.pdf"),
        lambda: VersionFile.objects.filter(pk=use.pk).update(file=other),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    name = file.file.name or ""
    again = default_storage.save(name, BytesIO(b"%NEU"))  # nothing is written over what lies there
    assert again != name
    assert default_storage.open(name).read() == b"%PDF"


def test_the_picture_behind_an_address_is_swapped(idea: Idea, lead: User) -> None:
    shown, other = picture(lead, 310), picture(lead, 320)
    assert other.file.name != shown.file.name
    with pytest.raises(IntegrityError), transaction.atomic():
        IdeaPicture.objects.filter(pk=shown.pk).update(file=other.file.name, sha256=other.sha256)
    upload = picture_file(310, 200)
    assert upload.name not in (shown.file.name or "")  # where it lies follows from a key nobody chooses


def test_one_sign_of_a_comment_is_changed(idea: Idea, comment: Comment, lead: User) -> None:
    change_comment(comment=comment, editor=lead, text=f"Die {SHOWN} freut sich!")
    page = everything(idea)
    assert (f"Die {SHOWN} freut sich." in page, f"Die {SHOWN} freut sich!" in page) == (True, False)
    assert Case.objects.get(kind="comment", object_id=comment.pk, state="open").subject_version == 2
    assert "freut sich!" not in Client().get(f"/kommentare/{comment.pk}/fassungen/", follow=True).text
    publish_comment(comment.pk, 1)  # what was approved already is approved again: nothing new comes of it
    assert f"Die {SHOWN} freut sich!" not in everything(idea)


def test_a_comment_that_was_hidden_or_refused_cannot_be_written_anew(idea: Idea, comment: Comment, lead: User) -> None:
    change_mode(campaign=idea.campaign, actor=lead, reason="Probe", comments="after")
    hide_comment(comment.pk)
    waiting = Comment.objects.create(idea=idea, author=lead, text=BAD)
    refuse_comment(waiting.pk)
    for one in (comment, waiting):
        with pytest.raises(Refused) as refused:
            change_comment(comment=one, editor=lead, text=BAD)
        assert refused.value.status == 403
    unread(idea)


def test_words_that_wait_are_quoted_by_somebody_else(idea: Idea, comment: Comment, lead: User) -> None:
    change_comment(comment=comment, editor=lead, text=BAD)
    with pytest.raises(Refused):
        write_comment(
            author=factories.person("Wiesenpieper"), idea=idea, text="Genau.", quote=Comment.objects.get(pk=comment.pk),
            quote_text="frisst Eier",
        )  # fmt: skip
    unread(idea)


@pytest.mark.parametrize("what", ["ideas", "comments"])
def test_a_switch_to_checking_afterwards_lets_nothing_through_that_waits(
    what: str,
    idea: Idea,
    comment: Comment,
    lead: User,
) -> None:
    change_idea(idea=idea, editor=lead, content=replace(FIRST, text=BAD))
    change_comment(comment=comment, editor=lead, text=BAD)
    change_mode(campaign=idea.campaign, actor=lead, reason="Probe", **{what: "after"})
    factories.deliver_outbox()
    unread(Idea.objects.get(pk=idea.pk))


def test_what_waits_is_moved_to_a_campaign_that_checks_afterwards(idea: Idea, lead: User) -> None:
    change_idea(idea=idea, editor=lead, content=replace(FIRST, text=BAD))
    after = factories.campaign(title="Danach", slug="danach", check_ideas="after", check_comments="after")
    moved = move_idea(idea=Idea.objects.get(pk=idea.pk), campaign=after, actor=lead)
    factories.deliver_outbox()
    unread(moved)
    assert moved.has_pending_change
    assert Case.objects.filter(kind="idea", object_id=idea.pk, state="open").exists()


def test_the_reason_of_a_withdrawal_is_used_as_a_wall(idea: Idea, lead: User) -> None:
    withdraw_idea(idea=idea, by=lead, reason=BAD)
    assert BAD not in everything(idea)


def test_a_decision_taken_back_brings_no_hidden_picture_into_the_lists(idea: Idea, lead: User) -> None:
    first, other = picture(lead, 310), picture(lead, 320)
    change_idea(idea=idea, editor=lead, content=replace(FIRST, pictures=((first, "A"), (other, "B"))))
    publish_idea(idea.pk)
    changed = change_idea(idea=Idea.objects.get(pk=idea.pk), editor=lead, content=replace(FIRST, text=BAD))
    before, number = idea_as_it_is(idea.pk), changed.latest_version.number  # type: ignore[union-attr]
    publish_idea(idea.pk, number)
    hide_picture(first.pk)
    wait_as_before(idea.pk, number, before)
    assert Idea.objects.get(pk=idea.pk).picture_id == other.pk
    assert str(first.key) not in unread(Idea.objects.get(pk=idea.pk))


def test_a_version_cannot_be_rewritten_past_the_application(idea: Idea) -> None:
    for column in ("title", "text", "place"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE ideas_ideaversion SET {column} = %s", [BAD])


def test_there_is_no_other_road_for_citizens_words(db: None) -> None:
    """What is said above about an API holds as long as no route looks like one, and people have no picture of their own."""
    routes = {surface.route for surface in surfaces()}
    assert not [route for route in routes if route.startswith(("api/", "v1/", "v2/", "graphql"))]
    assert get_resolver().url_patterns
    own = {field.name for field in User._meta.get_fields() if not field.is_relation}
    assert not own & {"avatar", "picture", "photo", "biography", "homepage", "website"}
    assert settings.LANGUAGE_CODE.startswith("de")
    assert not [
        field for field in IdeaContent.__dataclass_fields__ if field in ("language", "translations", "video", "embed")
    ]
    assert Campaign.Check.values == ["before", "after"]
