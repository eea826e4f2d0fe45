"""What a second look and a hiding do to changes that wait: nothing stays between, nothing unread comes out."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from common.events import announce
from ideas.actions import change_idea, keep_picture
from ideas.content import IdeaContent
from ideas.images import clean_picture
from ideas.models import Campaign, Idea, IdeaPicture, VersionPicture
from moderation.actions import complain, decide, decide_complaint, open_case, write_rule
from moderation.models import Case, Complaint, Decision, RuleVersion
from tests import factories
from tests.ideas.conftest import picture_file
from tests.security.conftest import make_idea


@pytest.fixture
def mira(browsers: dict[str, Client]) -> User:
    return browsers["moderator"].person  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def rule(mira: User) -> RuleVersion:
    return write_rule(actor=mira, number=None, title="Fair bleiben", text="Niemand wird beleidigt.", ground="terms")


@pytest.fixture
def idea(campaign: Campaign, browsers: dict[str, Client]) -> Idea:
    """A public idea whose author has sent a change."""
    made = make_idea("public", campaign, browsers)
    content = IdeaContent(title="Platz für die Nebelkrähe", text="Die Nebelkrähe braucht einen hohen Baum am Wehr.")
    change_idea(idea=made, editor=made.author, content=content)  # type: ignore[arg-type]
    return Idea.objects.get(pk=made.pk)


def decided(what: str, idea: Idea, mira: User, rule: RuleVersion | None) -> Decision:
    case = Case.objects.get(kind="idea", object_id=idea.pk, state="open")
    return decide(
        case_id=case.pk, version=case.version, actor=mira, decision=what, rule_version=rule, reason="Weil es so ist."
    )


def announce_again(idea: Idea) -> None:
    """Say once more that it is public; what is announced arrives at least once."""
    with transaction.atomic():
        announce("idea_published", idea_id=idea.pk)


def test_a_successful_complaint_publishes_the_refused_change(idea: Idea, mira: User, rule: RuleVersion) -> None:
    decision = decided("refuse", idea, mira, rule)
    complaint = complain(code=decision.code, text="Daran ist nichts falsch.")
    other = factories.make_person("zweite@example.org", "Zoe Zweig", groups=["Moderation"])
    case = Case.objects.get(kind="complaint", object_id=complaint.pk)
    decide_complaint(
        complaint_id=complaint.pk, version=case.version, actor=other, outcome=Complaint.Outcome.OVERTURNED, answer="Ja."
    )
    idea.refresh_from_db()
    assert idea.title == "Platz für die Nebelkrähe"
    assert idea.approved_version_id == idea.latest_version_id
    assert not idea.has_pending_change


def test_a_hidden_idea_that_comes_back_does_not_keep_a_change_nobody_decides(
    idea: Idea, mira: User, rule: RuleVersion
) -> None:
    decided("hide", idea, mira, rule)
    with transaction.atomic():
        open_case("idea", idea.pk, reason=Case.Reason.OWN)
    decided("restore", idea, mira, None)
    for _twice in range(2):
        factories.deliver_outbox()
        announce_again(idea)
    idea.refresh_from_db()
    assert idea.title == "Platz für die Uferschwalbe"
    assert idea.has_pending_change
    case = Case.objects.get(kind="idea", object_id=idea.pk, state="open")
    assert (case.subject_version, case.version) == (2, 1)


def test_the_database_refuses_to_swap_the_picture_of_a_version(db: None) -> None:
    shown, other = (picture(width) for width in (900, 700))
    version = factories.idea().latest_version
    use = VersionPicture.objects.create(version=version, picture=shown, alt="Bank")
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionPicture.objects.filter(pk=use.pk).update(picture=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        IdeaPicture.objects.filter(pk=shown.pk).update(file="ideas/zz/other.webp")


def picture(width: int) -> IdeaPicture:
    upload = picture_file(width)
    return keep_picture(clean=clean_picture(upload, upload.size), uploader=None)
