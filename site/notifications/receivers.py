"""Whom we tell what, when other rooms announce."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from common.events import receives
from ideas.models import Comment, Idea, OfficialAnswer
from ideas.queries.coauthors import writers_of
from ideas.queries.looks import status_words
from moderation.models import Decision
from moderation.queries import letter
from moderation.queries.bulk import was_taken_back
from moderation.queries.letters import subject_case
from moderation.registry import moderated
from notifications import actions, goals, leaving, mailing, mentions, merges, together  # noqa: F401 - their receivers are registered
from notifications.mentions import is_told_by_name
from notifications.models import Message
from notifications.rules import is_open_to, is_shown
from notifications.wording import letter_text

Kind = Message.Kind


def german() -> translation.override:
    """Write in the site's language, whoever's request or worker this runs in."""
    return translation.override(settings.LANGUAGE_CODE)


@receives("idea_submitted")
def confirm_receipt(idea_id: int) -> None:
    """Tell the author that the idea has arrived and what happens next; one that is public at once needs no receipt."""
    idea = Idea.objects.select_related("author").filter(pk=idea_id, author__isnull=False).first()
    if idea is None or idea.author is None or idea.approved_version_id:
        return
    with german():
        actions.tell(
            person=idea.author,
            kind=Kind.RECEIPT,
            key=f"receipt:{idea.pk}",
            subject=_("We have received your idea “%(idea)s”") % {"idea": idea.title},
            text=_(
                "Thank you for taking part! Next, a person from the moderation team reads your idea, mostly on the same "
                "day. As soon as it is decided we write to you. Until then only you can see it."
            ),
            url=reverse("ideas:idea", args=[idea.pk, idea.slug]),
            about=("idea", idea.pk),
            idea_id=idea.pk,
        )


@receives("idea_published", tells=True)
def tell_published(idea_id: int) -> None:
    """Tell the author of an idea that needed no decision that it is public. (Otherwise the decision says so.)"""
    idea = Idea.objects.select_related("author").filter(pk=idea_id, author__isnull=False).first()
    if (
        idea is None
        or Decision.objects.filter(kind="idea", object_id=idea_id).exists()
        or idea.author is None
        or not is_open_to(idea.author, "idea", idea_id)
    ):
        return
    with german():
        online(idea, key=f"published:{idea.pk}")


def online(idea: Idea, *, key: str) -> None:
    """Tell the author where the idea stands."""
    if idea.author is None or idea.state != Idea.State.PUBLIC:
        return
    actions.tell(
        person=idea.author,
        kind=Kind.PUBLISHED,
        key=key,
        subject=_("Your idea “%(idea)s” is online") % {"idea": idea.title},
        text=_("Everybody can read it now, discuss it and support it. Tell others about it – here is the address:"),
        url=reverse("ideas:idea", args=[idea.pk, idea.slug]),
        about=("idea", idea.pk),
        idea_id=idea.pk,
    )


@receives("decision_made", tells=True)
def tell_decision(decision_id: int) -> None:
    """Tell the author what the moderation has decided: that it is online, or the whole letter.

    Of what was taken back in time nobody is told, neither that it was nor that it is no more.
    """
    decision = Decision.objects.select_related("case", "rule_version__rule", "actor").filter(pk=decision_id).first()
    if decision is None or decision.decision == Decision.Kind.UNDO or was_taken_back(decision_id):
        return
    case = subject_case(decision)
    if case.author is None:
        return
    with german():
        found = letter(decision)
        if not found.wanted:
            return
        if decision.decision == Decision.Kind.APPROVE and decision.kind == "idea":
            idea = Idea.objects.select_related("author").filter(pk=decision.object_id).first()
            if idea is not None:
                online(idea, key=f"decision:{decision.pk}")
            return
        restrictive = decision.decision not in (Decision.Kind.APPROVE, Decision.Kind.RESTORE)
        subject = moderated(decision.kind).describe(decision.object_id)
        actions.tell(
            person=case.author,
            kind=Kind.DECISION if restrictive else Kind.PUBLISHED,
            key=f"decision:{decision.pk}",
            subject=f"{found.heading}: „{found.title}“",
            text=letter_text(found),
            url=found.url if restrictive else ((subject.url if subject else "") or found.url),
            about=(decision.kind, decision.object_id),
        )


@receives("comment_published", tells=True)
def tell_comment(comment_id: int) -> None:
    """Tell the author of an idea that somebody commented on it. The words themselves stay on the idea's page."""
    comment = Comment.objects.select_related("idea__author", "author").filter(pk=comment_id).first()
    if comment is None or comment.idea.author is None or comment.idea.author_id == comment.author_id:
        return
    if not is_open_to(comment.idea.author, "comment", comment.pk) or is_told_by_name(comment, comment.idea.author_id):
        return
    with german():
        name = comment.author.display_name if comment.author else _("Somebody")
        actions.tell(
            person=comment.idea.author,
            kind=Kind.COMMENT,
            key=f"comment:{comment.pk}",
            subject=_("New comment on “%(idea)s”") % {"idea": comment.idea.title},
            text=_("%(name)s has commented on your idea “%(idea)s”.") % {"name": name, "idea": comment.idea.title},
            url=comment.get_absolute_url(),
            about=("comment", comment.pk),
            idea_id=comment.idea_id,
        )


@receives("answer_published")
def tell_answer(answer_id: int) -> None:
    """Tell the author and all who commented that the town has answered. (Supporters are nobody we know.)"""
    answer = OfficialAnswer.objects.select_related("idea").filter(pk=answer_id).first()
    if answer is None or not is_shown("answer", answer.pk):
        return
    idea = answer.idea
    commenters = Comment.objects.filter(idea=idea, state=Comment.State.PUBLIC, author__isnull=False).values("author_id")
    people = User.objects.filter(Q(pk__in=commenters) | Q(pk__in=[person.pk for person in writers_of(idea)]))
    with german():
        for person in people.exclude(pk=answer.author_id or 0):
            if not is_open_to(person, "answer", answer.pk):
                continue
            actions.tell(
                person=person,
                kind=Kind.ANSWER,
                key=f"answer:{answer.pk}",
                subject=_("The town has answered “%(idea)s”") % {"idea": idea.title},
                text=_("%(office)s: %(result)s. You find the whole answer on the idea's page.")
                % {"office": answer.office, "result": status_words(answer)},
                url=f"{reverse('ideas:idea', args=[idea.pk, idea.slug])}",
                about=("answer", answer.pk),
                idea_id=idea.pk,
            )


@receives("idea_hidden")
def take_back_idea(idea_id: int) -> None:
    """Take back what others were told about it."""
    idea = Idea.objects.select_related("author").filter(pk=idea_id).first()
    if idea is not None and not is_shown("idea", idea_id):
        actions.take_back(idea_id=idea_id, except_for=[person.pk for person in writers_of(idea)])


@receives("idea_published")
def give_back_idea(idea_id: int) -> None:
    """It is shown, perhaps again: what others were told about it is theirs to read again."""
    if is_shown("idea", idea_id):
        actions.give_back(idea_id=idea_id)


@receives("comment_hidden")
def take_back_comment(comment_id: int) -> None:
    """Take back that it was written."""
    if not is_shown("comment", comment_id):
        actions.take_back_comment(comment_id)


@receives("comment_restored")
def give_back_comment(comment_id: int) -> None:
    """It is shown again."""
    if is_shown("comment", comment_id):
        actions.give_back_comment(comment_id)


@receives("comment_deleted")
def forget_comment(comment_id: int) -> None:
    """Remove that it was written."""
    if not is_shown("comment", comment_id):
        actions.forget_comment(comment_id)


@receives("message_written", tries=80)
def mail_message(message_id: int) -> None:
    """Send it by mail."""
    mailing.send_message(message_id)


@receives("messages_gathered", tries=80)
def mail_gathered(person_id: int, idea_id: int) -> None:
    """Send them in one mail."""
    mailing.send_gathered(person_id, idea_id)
