"""People hear once that a comment speaks to them: in their messages at once, by mail together with what else was said."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from ideas import actions
from ideas.models import Campaign, Comment, Idea, Mention
from notifications.actions import choose_mails
from notifications.mailing import announce_gathered
from notifications.models import Message
from tests import factories
from tests.factories import deliver_outbox


@pytest.fixture
def hanna(db: None) -> User:
    return factories.person("Hanna vom Deich")


@pytest.fixture
def wim(db: None) -> User:
    return factories.person("Opa Wim")


@pytest.fixture
def idea(hanna: User, wim: User) -> Idea:
    """Hanna's idea, with a comment by Wim of which everybody has heard."""
    made = factories.idea(title="Ein Segel am Ufer", author=hanna)
    actions.write_comment(author=wim, idea=made, text="Ich bin dabei.")
    deliver_outbox()
    Message.objects.all().delete()
    return made


def told(person: User) -> list[tuple[str, str]]:
    return list(Message.objects.filter(person=person).order_by("pk").values_list("kind", "subject"))


def mails() -> list[str]:
    Message.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    announce_gathered()
    return [f"{one.subject}\n{one.body}" for one in deliver_outbox()]


def test_a_name_is_told_once_to_the_person_and_by_mail_with_the_rest(idea: Idea, hanna: User, wim: User) -> None:
    gerda = factories.person("Gerda und Horst")
    comment = actions.write_comment(author=gerda, idea=idea, text="@Opa Wim, was kostet das?")
    actions.write_comment(author=gerda, idea=idea, text="@Opa Wim? @Gerda und Horst?")
    deliver_outbox()
    deliver_outbox()
    assert told(wim) == [("mention", "Gerda und Horst spricht Sie an: „Ein Segel am Ufer“")] * 2
    assert told(gerda) == []
    assert Message.objects.filter(person=wim).first().url == comment.get_absolute_url()
    sent = [text for text in mails() if "Opa Wim" in text]
    assert len(sent) == 1
    assert "2 neue Kommentare" in sent[0]
    assert sent[0].count("mit Namen angesprochen") == 2


def test_who_writes_the_idea_hears_of_a_comment_that_speaks_to_them_only_once(
    idea: Idea, hanna: User, wim: User
) -> None:
    comment = actions.write_comment(author=wim, idea=idea, text="@Hanna vom Deich: schön!")
    deliver_outbox()
    assert [kind for kind, _subject in told(hanna)] == ["mention"]
    actions.change_comment(comment=comment, editor=wim, text="@Hanna vom Deich: sehr schön!")
    deliver_outbox()
    assert len(told(hanna)) == 1


def test_a_change_tells_only_those_who_were_not_spoken_to_before(idea: Idea, hanna: User, wim: User) -> None:
    comment = actions.write_comment(author=hanna, idea=idea, text="Was kostet das?")
    actions.change_comment(comment=comment, editor=hanna, text="Was kostet das, @Opa Wim?")
    actions.change_comment(comment=comment, editor=hanna, text="Was kostet das?")
    actions.change_comment(comment=comment, editor=hanna, text="Was kostet das, @Opa Wim? Und wann?")
    deliver_outbox()
    assert len(told(wim)) == 1


def test_nobody_hears_of_words_that_wait(idea: Idea, hanna: User, wim: User) -> None:
    Campaign.objects.update(check_comments="before")
    comment = actions.write_comment(author=hanna, idea=idea, text="Was kostet das, @Opa Wim?")
    deliver_outbox()
    assert told(wim) == []
    actions.publish_comment(comment.pk)
    deliver_outbox()
    assert [kind for kind, _subject in told(wim)] == ["mention"]


def test_nobody_hears_of_what_they_cannot_read(idea: Idea, hanna: User, wim: User) -> None:
    """Wim commented before the campaign became a closed group, to which he does not belong."""
    Campaign.objects.update(audience="members", is_public=False)
    idea.campaign.members.create(person=hanna)
    actions.write_comment(author=hanna, idea=idea, text="Was kostet das, @Opa Wim?")
    deliver_outbox()
    assert Mention.objects.filter(person=wim).exists()
    assert told(wim) == []


@pytest.mark.parametrize("how", ["hidden", "deleted"])
def test_what_is_hidden_or_deleted_is_taken_back_before_it_is_mailed(
    idea: Idea, hanna: User, wim: User, how: str
) -> None:
    comment = actions.write_comment(author=hanna, idea=idea, text="Was kostet das, @Opa Wim?")
    deliver_outbox()
    assert len(told(wim)) == 1
    if how == "hidden":
        actions.hide_comment(comment.pk)
    else:
        actions.delete_comment(comment=comment, by=hanna)
    deliver_outbox()
    assert told(wim) == []
    assert mails() == []
    if how == "hidden":
        actions.publish_comment(comment.pk)
        deliver_outbox()
        assert len(told(wim)) == 1  # what was put away is there again; nothing is told anew


def test_the_mail_can_be_switched_off_by_itself(idea: Idea, hanna: User, wim: User) -> None:
    for person in (hanna, wim):
        choose_mails(person=person, wanted=["comment"])
    gerda = factories.person("Gerda und Horst")
    actions.write_comment(author=gerda, idea=idea, text="@Opa Wim und @Hanna vom Deich, was kostet das?")
    deliver_outbox()
    assert [kind for kind, _subject in told(wim)] == ["mention"]
    # Who writes the idea has asked to be written to about every comment on it.
    assert [kind for kind, _subject in told(hanna)] == ["comment"]
    assert [text.count("Hanna vom Deich") > 0 for text in mails()] == [True]


def test_accounts_that_go_take_their_names_along(idea: Idea, hanna: User, wim: User) -> None:
    comment = actions.write_comment(author=hanna, idea=idea, text="Was kostet das, @Opa Wim?")
    wim.delete()
    deliver_outbox()
    assert not Mention.objects.exists()
    assert Comment.objects.get(pk=comment.pk).text == "Was kostet das, @Opa Wim?"
    assert mail.outbox == []
