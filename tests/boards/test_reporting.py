"""Papers and discussion of the room are reported like everything else, but only inside, and only members decide."""

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client

from accounts.models import User
from boards.models import Paper
from ideas.actions import write_comment
from ideas.models import Member
from moderation.actions import decide, open_case
from moderation.models import Case, Report, Rule, RuleVersion
from moderation.queries.ledger import refresh
from tests import factories
from tests.factories import deliver_outbox
from tests.ideas.conftest import signed_in

pytestmark = pytest.mark.django_db
PAPERS, TITLE = "/familienbeirat/raum/unterlagen/", "Liste mit Namen"


@pytest.fixture
def paper(room, people) -> Paper:
    made = Paper(room=room, title=TITLE, name="liste.pdf", kind="pdf", size=9, uploader=people["member"])
    made.file.save("", ContentFile(b"%PDF liste"), save=False)
    made.save()
    return made


@pytest.fixture
def moderators(room) -> dict[str, User]:
    """One who is a member of the board, and one who is not."""
    made = {
        role: factories.make_person(f"{role}@example.org", f"Frau {role}", groups=["Moderation"])
        for role in ("innen", "aussen")
    }
    Member.objects.create(campaign=room.campaign, person=made["innen"])
    return made


def send(browser: Client, kind: str, pk: int) -> int:
    words = {"reason": "personal", "text": "Da stehen Adressen.", "good_faith": "on"}
    return int(browser.post(f"/melden/{kind}/{pk}/", words).status_code)


def settle(paper: Paper, by: User, decision: str) -> None:
    with transaction.atomic():
        pk = open_case("board_paper", paper.pk).pk
    rule, _new = Rule.objects.get_or_create(number=3)
    words, _new = RuleVersion.objects.get_or_create(rule=rule, title="Persönliches", text="Bleibt privat.")
    version = Case.objects.get(pk=pk).version
    decide(case_id=pk, version=version, actor=by, decision=decision, rule_version=words, reason="Adressen.")


def test_members_report_a_paper_and_everybody_else_finds_nothing(browsers, paper):
    assert f"/melden/board_paper/{paper.pk}/" in browsers["other"].get(PAPERS).content.decode()
    form = browsers["other"].get(f"/melden/board_paper/{paper.pk}/")
    assert form.status_code == 200
    assert TITLE in form.content.decode()
    assert send(browsers["other"], "board_paper", paper.pk) == 302
    kept = Report.objects.get()
    assert TITLE in kept.snapshot
    for role in ("visitor", "citizen"):
        there, nowhere = (browsers[role].get(f"/melden/board_paper/{pk}/") for pk in (paper.pk, 987654))
        assert there.status_code == nowhere.status_code == 404
        assert TITLE not in there.content.decode()
        assert send(browsers[role], "board_paper", paper.pk) == 404
    assert Report.objects.count() == 1


def test_words_of_the_discussion_are_reported_inside_alone(browsers, room, people):
    draft = factories.idea(campaign=room.campaign, author=people["member"], title="Entwurf von gestern")
    said = write_comment(author=people["other"], idea=draft, text="Das ist eine Frechheit.")
    page = browsers["member"].get(draft.get_absolute_url()).content.decode()
    assert f"/melden/comment/{said.pk}/" in page
    for kind, pk in (("comment", said.pk), ("idea", draft.pk)):
        assert [send(browsers[role], kind, pk) for role in ("visitor", "citizen", "host")] == [404, 404, 302]


def test_only_moderators_who_are_members_see_the_case_and_mails_say_nothing(browsers, paper, moderators):
    send(browsers["other"], "board_paper", paper.pk)
    case = Case.objects.get()
    inside, outside = (signed_in(moderators[role]) for role in ("innen", "aussen"))
    assert TITLE in inside.get("/cms/moderation/").content.decode()
    assert inside.get(f"/cms/moderation/{case.pk}/").status_code == 200
    assert TITLE not in outside.get("/cms/moderation/").content.decode()
    assert outside.get(f"/cms/moderation/{case.pk}/").status_code == 404
    refresh()
    for path in ("/moderation/", "/moderation/entscheidungen/", "/moderationsbuch/"):
        assert TITLE not in Client().get(path, follow=True).content.decode()
    deliver_outbox()
    told = {person.email for person in (moderators["innen"],)} | {"other@example.org"}
    for sent in mail.outbox:
        assert set(sent.to) <= told or TITLE not in f"{sent.subject}{sent.body}"


def test_a_hidden_paper_is_gone_for_members_and_comes_back(browsers, paper, moderators, meeting):
    paper.meeting = meeting("Sitzung")
    paper.save()
    send(browsers["other"], "board_paper", paper.pk)
    settle(paper, moderators["innen"], "hide")
    address = paper.get_absolute_url()
    for path in (PAPERS, "/familienbeirat/raum/", paper.meeting.get_absolute_url()):
        assert TITLE not in browsers["other"].get(path).content.decode(), path
    assert browsers["other"].get(address).status_code == 404
    assert browsers["other"].get(f"/melden/board_paper/{paper.pk}/").status_code == 404
    # Who brought it sees what became of it, moderators inside what they decided on; deleted it is not.
    assert "von der Moderation ausgeblendet" in browsers["member"].get(PAPERS).content.decode()
    assert browsers["member"].get(address).status_code == 200
    assert browsers["member"].post(address).status_code == 409
    assert signed_in(moderators["innen"]).get(address).status_code == 200
    assert signed_in(moderators["aussen"]).get(address).status_code == 404
    settle(paper, moderators["innen"], "restore")
    assert browsers["other"].get(address).status_code == 200


def test_a_paper_that_is_deleted_leaves_no_open_case(browsers, paper):
    send(browsers["other"], "board_paper", paper.pk)
    assert browsers["member"].post(paper.get_absolute_url()).status_code == 303
    assert Case.objects.get().state == "closed"
    assert browsers["other"].get(f"/melden/board_paper/{paper.pk}/").status_code == 404
