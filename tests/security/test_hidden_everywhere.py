"""Hidden is gone everywhere at once (S9): every address we have is asked when an idea, a comment or a picture is hidden."""

import re
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client

from accounts.models import User
from ideas.actions import publish_answer, write_comment
from ideas.models import Campaign, Comment, Idea, IdeaFile, IdeaPicture, Intake, VersionFile
from moderation.actions import decide, open_case, write_rule
from moderation.models import Case, RuleVersion
from search.actions import rebuild
from search.models import SearchDocument
from tests import factories
from tests.factories import deliver_outbox
from tests.ideas.conftest import signed_in
from tests.security.conftest import add_picture
from tests.security.register import CODE, OWN, PUBLIC, THING
from tests.security.surfaces import Surface, surfaces
from voting.actions import give_support

IDEA, COMMENT, TAG, ANSWER, FILE = "Feldlerche", "Trauerseeschwalbe", "Vogelschutzzaun", "Brachpieper", "lerchenplan"
SENT_ON = (302, 303)
NUMBER = 987_654_320  # of the idea: no page, meeting or poll has it too
READERS = ("visitor", "citizen", "other")
SURFACES = [surface for surface in surfaces() if surface.name in PUBLIC | OWN | THING | CODE]
LISTS = (
    "/", "/ideen/", "/ideen/?sort=neu", "/ideen/?sort=trend", "/ideen/?q=Wehr", f"/ideen/?tag={TAG.lower()}", "/ideen/feed/",
    "/mitmachen/", "/mitmachen/spielraeume/", "/mitmachen/spielraeume/?ansicht=karte", "/mitmachen/spielraeume/ergebnis/",
    "/mitmachen/spielraeume/ergebnis/zahlen.csv", "/aktuelles/", "/aktuelles/feed/", f"/suche/?q={IDEA}", "/suche/?q=Wehr",
    f"/suche/?q={COMMENT}", f"/suche/?q={ANSWER}", f"/suche/?q={IDEA[:-2]}", "/ideen/karte.geojson?bbox=7,51,9,53",
    f"/ideen/neu/aehnlich/?campaign=spielraeume&title=Platz+{IDEA}", "/ideen/einbetten/?kampagne=spielraeume",
    "/ideen/aushang/?kampagne=spielraeume", "/sitemap.xml", "/sitemap-ideen-1.xml", "/mein/", "/mein/nachrichten/",
    "/mein/quittungen/", "/mein/einstellungen/", "/ideen/neu/?kampagne=spielraeume",
)  # fmt: skip


@dataclass
class Scene:
    """An idea with all that can hang on it, and who reads it."""

    idea: Idea
    comment: Comment
    picture: IdeaPicture
    file: IdeaFile
    browsers: dict[str, Client]
    mira: User
    rule: RuleVersion

    def decided(self, kind: str, object_id: int, decision: str) -> None:
        """Let a moderator decide."""
        with transaction.atomic():
            case = open_case(kind, object_id, reason=Case.Reason.OWN)
        rule = self.rule if decision == "hide" else None
        decide(
            case_id=case.pk, version=case.version, actor=self.mira, decision=decision, rule_version=rule, reason="Nein."
        )


@pytest.fixture(name="scene")
def make_scene(campaign: Campaign, browsers: dict[str, Client]) -> Scene:
    """The idea is in lists, on the map, in the index, in messages; somebody else commented and supported."""
    author = browsers["author"].person  # type: ignore[attr-defined]
    other = factories.make_person("andere@example.org", "Wiesenpieper")
    browsers["other"] = signed_in(other)
    browsers["other"].person = other  # type: ignore[attr-defined]
    idea = factories.idea(
        pk=NUMBER, campaign=campaign, author=author, title=f"Platz für die {IDEA}", text=f"Die {IDEA} am Wehr.",
        latitude=51.6, longitude=8.3,
    )  # fmt: skip
    add_picture(idea, idea.latest_version)  # type: ignore[arg-type]
    picture = idea.versions.get().pictures.get().picture
    Idea.objects.filter(pk=idea.pk).update(picture=picture)
    file = IdeaFile.objects.create(
        name=f"{FILE}.pdf", kind="pdf", size=4, file=ContentFile(b"%PDF", "x"), uploader=author
    )
    VersionFile.objects.create(version=idea.latest_version, file=file)
    Intake.objects.create(idea=idea, channel="phone", received_on=date(2026, 11, 1), code_sha256="0" * 64)
    idea.tags.add(TAG)
    idea.refresh_from_db()
    Campaign.objects.filter(pk=campaign.pk).update(check_comments="after")
    citizen = browsers["citizen"].person  # type: ignore[attr-defined]
    comment = write_comment(author=author, idea=idea, text=f"Die {COMMENT} auch.")
    write_comment(author=other, idea=idea, text="Ich bin dafür.", parent=comment)
    give_support(voter=citizen, idea=idea)
    give_support(voter=other, idea=idea)
    office = factories.make_person("amt@example.org", "Amt", groups=["Fachamt"], office="Grünflächenamt")
    publish_answer(idea=idea, author=office, text=f"Den {ANSWER} schützen wir.", progress="discussed")
    rebuild()
    mira = browsers["moderator"].person  # type: ignore[attr-defined]
    rule = write_rule(actor=mira, number=None, title="Fair bleiben", text="Niemand wird beleidigt.", ground="terms")
    return Scene(idea, comment, picture, file, browsers, mira, rule)


def values(surface: Surface, scene: Scene) -> dict[str, Any]:
    """Fill in a route with what belongs to the idea."""
    idea = scene.idea
    key = scene.file.key if "datei" in surface.route else scene.picture.key
    number = scene.comment.pk if "kommentare/<" in surface.route else idea.pk
    return {
        "pk": number, "idea_id": idea.pk, "campaign_id": idea.campaign_id, "comment_id": scene.comment.pk,
        "object_id": idea.pk, "kind": "idea",
        "phase_id": idea.campaign.phases.get().pk, "key": key, "width": 320, "number": 1, "name": "nichts.webp",
        "message_id": 1, "slug": idea.campaign.slug if "<int" not in surface.route else idea.slug, "code": "nichts",
        "token": "nichts", "height": 1, "case_id": 1, "search_id": 1, "source": "draft",
        "topic": "spiel", "language": "en", "stamp": "0", "size": 48, "page_id": 1,
    }  # fmt: skip


def answered(browser: Client, path: str) -> tuple[int, str]:
    """Return status and everything said: body, headers, addresses led to; the search words one sent are not said by us."""
    answer = browser.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    said = body.decode(errors="replace") + repr(answer.headers)
    if answer.status_code in SENT_ON:  # whoever is sent to sign in is told the address that they asked for
        said = said.replace(path, " ").replace(quote(path, safe=""), " ")
    for word in (IDEA, IDEA[:-2], COMMENT, ANSWER):
        if f"q={word}" in path or f"+{word}" in path:
            said = re.sub(rf"[„“”\"'=>+ ]{word}[“”\"'<&.: ]", " ", said)
    return answer.status_code, said


def addresses(scene: Scene) -> list[str]:
    """Return every address, those that take no parameter and those filled in with the idea."""
    filled = [surface.path(values(surface, scene)) for surface in SURFACES]
    widths = [scene.picture.address(width) for width in (320, 640, 1280)]
    files = [
        f"/medien/{scene.picture.file.name}",
        f"/media/{scene.picture.file.name}",
        f"/medien/{scene.file.file.name}",
    ]
    return list(dict.fromkeys([*LISTS, *filled, *widths, *files]))


def leaks(scene: Scene, *words: str, roles: tuple[str, ...] = READERS) -> list[tuple[str, str, str]]:
    """Return who is told which of these words, and where."""
    found = []
    for role in roles:
        for path in addresses(scene):
            status, said = answered(scene.browsers[role], path)
            assert status < 500, path
            found += [(role, path, word) for word in words if word in said and status not in (404, 410)]
    return found


def test_a_shown_idea_is_found_in_many_places(scene: Scene) -> None:
    """Else the other tests would prove nothing."""
    told = leaks(scene, IDEA, COMMENT, ANSWER, FILE, roles=("visitor",))
    found = {(path, word) for _role, path, word in told}
    assert len({path for path, _word in found}) >= 12
    assert {word for _path, word in found} == {IDEA, COMMENT, ANSWER, FILE}
    assert scene.browsers["visitor"].get(scene.picture.address(320)).status_code == 200


def test_nothing_that_is_cached_stays_longer_than_a_minute(scene: Scene) -> None:
    for path in addresses(scene):
        answer = scene.browsers["visitor"].get(path)
        said = answer.headers.get("Cache-Control", "")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        is_medium = answer.headers["Content-Type"].startswith(("image/webp", "application/pdf"))
        if answer.status_code == 200 and (is_medium or IDEA.encode() in body):
            ages = re.findall(r"max-?age=(\d+)", said)
            assert all(int(age) <= 60 for age in ages), (path, said)
            assert ages or "no-store" in said or "private" in said or "no-cache" in said or not said, (path, said)


def test_a_hidden_idea_is_gone_everywhere_with_all_that_hangs_on_it(scene: Scene) -> None:
    scene.decided("idea", scene.idea.pk, "hide")
    words = (IDEA, COMMENT, TAG, ANSWER, FILE, str(scene.picture.key), str(scene.file.key))
    assert leaks(scene, *words) == []
    own = [surface for surface in SURFACES if surface.name in THING and "<int:pk>" in surface.route]
    for role in READERS:
        for surface in own:
            path = surface.path(values(surface, scene))
            status = scene.browsers[role].get(path).status_code
            assert status in (404, 405, 410) or (status in (302, 303) and role == "visitor"), (role, path, status)
        for path in (scene.picture.address(320), scene.picture.address(1280), scene.file.get_absolute_url()):
            assert scene.browsers[role].get(path).status_code in (404, 410), (role, path)
    assert not SearchDocument.objects.filter(visible=True).exists()
    scene.idea.campaign.refresh_from_db()
    assert scene.idea.campaign.idea_count == 0


def test_a_hidden_comment_is_gone_everywhere(scene: Scene) -> None:
    scene.decided("comment", scene.comment.pk, "hide")
    assert leaks(scene, COMMENT) == []
    page = scene.browsers["visitor"].get(scene.idea.get_absolute_url()).text
    assert "Ich bin dafür." in page  # replies stay, below a tombstone
    assert scene.browsers["visitor"].get(f"/kommentare/{scene.comment.pk}/fassungen/").status_code in (404, 410)


def test_a_hidden_picture_is_gone_everywhere(scene: Scene) -> None:
    scene.decided("picture", scene.picture.pk, "hide")
    assert leaks(scene, str(scene.picture.key)) == []
    for role in READERS:
        for width in (320, 640, 1280):
            assert scene.browsers[role].get(scene.picture.address(width)).status_code in (404, 410), (role, width)
    assert IDEA in scene.browsers["visitor"].get(scene.idea.get_absolute_url()).text  # the idea stays
    scene.decided("picture", scene.picture.pk, "restore")
    assert scene.browsers["visitor"].get(scene.picture.address(320)).status_code == 200


@pytest.mark.parametrize("what", ["idea", "comment"])
def test_mail_and_messages_still_to_be_sent_do_not_carry_it(what: str, scene: Scene) -> None:
    """All that was announced before is delivered after the hiding; only the author is told what became of it."""
    mail.outbox.clear()
    scene.decided(what, (scene.idea if what == "idea" else scene.comment).pk, "hide")
    deliver_outbox()
    words = (IDEA, COMMENT, ANSWER) if what == "idea" else (COMMENT,)
    author = scene.browsers["author"].person.email  # type: ignore[attr-defined]
    for sent in mail.outbox:
        said = sent.subject + str(sent.message())
        assert sent.to == [author] or not any(word in said for word in words), (sent.to, sent.subject)
    for role in READERS[1:]:
        assert not any(word in scene.browsers[role].get("/mein/nachrichten/").text for word in words)


def test_a_key_nobody_has_answers_like_the_hidden_picture(scene: Scene) -> None:
    scene.decided("idea", scene.idea.pk, "hide")
    hidden = scene.browsers["visitor"].get(scene.picture.address(320))
    missing = scene.browsers["visitor"].get(f"/ideen/bild/{uuid.uuid4()}/320.webp")
    assert hidden.status_code == missing.status_code == 404
