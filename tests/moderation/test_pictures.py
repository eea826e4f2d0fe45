"""Pictures of ideas: reported and hidden by themselves, gone wherever they stood, back as they were."""

import re

import pytest
from django.db import connection
from django.test import Client

from ideas.actions import gather_tally, hide_picture, keep_picture, publish_idea, submit_idea, write_comment
from ideas.content import IdeaContent
from ideas.images import clean_picture
from ideas.models import Idea, IdeaPicture
from moderation.actions import complain, decide, decide_complaint
from moderation.models import Case, Report
from tests import factories
from tests.ideas.conftest import picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(settings, tmp_path) -> Idea:
    """Return a public idea with two pictures."""
    settings.MEDIA_ROOT = tmp_path
    author = factories.person("Uferläufer")
    pictures = []
    for number in range(2):
        upload = picture_file(width=900 + number)
        pictures.append((keep_picture(clean=clean_picture(upload, upload.size), uploader=author), f"Rutsche {number}"))
    content = IdeaContent("Sonnensegel für alle", "Ab elf Uhr ist die Rutsche zu heiß.", pictures=tuple(pictures))
    return publish_idea(submit_idea(author=author, campaign=factories.campaign(), content=content).pk)


def first(idea: Idea) -> IdeaPicture:
    return idea.approved_version.pictures.first().picture


def surfaces(idea: Idea) -> list[str]:
    """Return everything that readers get of the idea."""
    paths = (
        idea.get_absolute_url(),
        "/ideen/",
        f"/ideen/{idea.pk}/einbetten/",
        f"/ideen/{idea.pk}/fassungen/",
        "/ideen/feed/",
    )
    pages = "".join(Client().get(path).content.decode() for path in paths)
    # Every form has a token and a number of its own.
    return re.sub(r'value="[0-9A-Za-z]{32,64}"', "", pages).splitlines()


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of ideas, votes, subscriptions and the index."""
    found = {}
    gather_tally()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith(("ideas_", "voting_", "taggit_")):
                cursor.execute(f'SELECT * FROM "{table}"')
                # The sums of the tally are written anew each time; what counts is what they say.
                first = 1 if table == "ideas_ideatally" else 0
                found[table] = sorted(repr(row[first:]) for row in cursor.fetchall())
    return found


def test_a_picture_is_reported_hidden_and_gone_and_comes_back_by_complaint(client, idea, moderator, rule):
    picture, second = (use.picture for use in idea.approved_version.pictures.all())
    before, seen = rows(), surfaces(idea)
    link = f"/melden/picture/{picture.pk}/"
    assert link in "".join(seen)
    assert "Rutsche 0" in client.get(link).content.decode()
    assert client.post(link, {"reason": "personal", "good_faith": "on"}).status_code == 302
    entry = Report.objects.get()
    assert picture.sha256 in entry.snapshot
    assert entry.address.endswith(f"#bild-{picture.pk}")
    mira = moderator()
    decision = decide(
        case_id=entry.case_id, version=1, actor=mira, decision="hide", rule_version=rule, reason="Gesicht."
    )
    idea.refresh_from_db()
    assert (idea.state, idea.picture) == ("public", second)
    page = "".join(surfaces(idea))
    assert picture.key.hex not in page.replace("-", "")
    assert "Rutsche 0" not in page
    for width in (320, 800, 1600):
        assert client.get(picture.address(width)).status_code == 404
        assert client.get(second.address(width)).status_code == 200
    client.force_login(mira)
    assert client.get(picture.address(800)).status_code == 200
    assert client.get(link).status_code == 404
    complaint = complain(code=decision.code, text="Das ist niemand.")
    decide_complaint(
        complaint_id=complaint.pk, version=1, actor=moderator("Jörg Pohl"), outcome="overturned", answer="Stimmt."
    )
    assert Client().get(picture.address(800)).status_code == 200
    assert rows() == before
    assert surfaces(idea) == seen


def test_a_picture_nobody_else_sees_cannot_be_reported(client, idea):
    upload = picture_file()
    lone = keep_picture(clean=clean_picture(upload, upload.size), uploader=idea.author)
    client.force_login(idea.author)
    for picture_id in (lone.pk, 999_999):
        assert client.get(f"/melden/picture/{picture_id}/").status_code == 404


def test_a_hidden_picture_stays_hidden_in_later_versions(idea):
    picture = first(idea)
    hide_picture(picture.pk)
    publish_idea(idea.pk)
    assert first(idea) == picture
    assert Client().get(picture.address(320)).status_code == 404


def test_a_hidden_idea_comes_back_whole_by_complaint(client, idea, moderator, rule):
    write_comment(author=factories.person("Hanna"), idea=idea, text="Gute Sache!")
    before, seen = rows(), surfaces(idea)
    entry = client.post(f"/melden/idea/{idea.pk}/", {"reason": "insult", "good_faith": "on"})
    case = Case.objects.get(kind="idea", object_id=idea.pk, state="open")
    decision = decide(
        case_id=case.pk, version=case.version, actor=moderator(), decision="hide", rule_version=rule, reason="Ton."
    )
    assert client.get(idea.get_absolute_url()).status_code == 404
    assert "nicht mehr zu lesen" in client.get(entry["Location"]).content.decode()
    complaint = complain(code=decision.code, text="Ein Zitat.")
    decide_complaint(
        complaint_id=complaint.pk, version=1, actor=moderator("Jörg Pohl"), outcome="overturned", answer="Stimmt."
    )
    assert rows() == before
    assert surfaces(idea) == seen
