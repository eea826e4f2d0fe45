"""What may be told, and what may go out by mail – judged again at the moment of sending."""

from django.db.models import QuerySet

from accounts.models import User
from ideas.models import Comment, Idea, OfficialAnswer
from notifications.models import MailChoice, Message


def wants_mail(person: User, kind: str) -> bool:
    """Whether this kind of message goes to the person by mail as well."""
    if not person.is_active:
        return False
    if kind in Message.ALWAYS:
        return True
    choice = MailChoice.objects.filter(person=person).first()
    return choice is None or kind not in choice.muted


def _idea_of(kind: str, object_id: int) -> QuerySet:
    """Return the idea to which a contribution belongs, while the contribution itself is shown."""
    if kind == "idea":
        return Idea.objects.filter(pk=object_id)
    if kind == "comment":
        comments = Comment.objects.filter(pk=object_id, state=Comment.State.PUBLIC)
        return Idea.objects.filter(pk__in=comments.values("idea_id"))
    if kind == "answer":
        return Idea.objects.filter(pk__in=OfficialAnswer.objects.filter(pk=object_id).values("idea_id"))
    return Idea.objects.none()


def is_shown(kind: str, object_id: int) -> bool:
    """Whether those for whom its campaign is can read the contribution now."""
    return _idea_of(kind, object_id).filter(state__in=Idea.READABLE, campaign__is_published=True).exists()


def is_open_to(person: User, kind: str, object_id: int) -> bool:
    """Whether everybody, or every member of a closed group of this person, can read the contribution now.

    What is told about others' words rests on this alone.
    """
    return Idea.objects.open_to(person).filter(pk__in=_idea_of(kind, object_id).values("pk")).exists()


def is_still_true(message: Message) -> bool:
    """Whether what the message says may be said now: letters and receipts always, the rest while it is open to the person."""
    if message.kind in (Message.Kind.DECISION, Message.Kind.RECEIPT):
        return True
    if message.kind == Message.Kind.TOGETHER:  # those who write an idea see it before others do
        return Idea.objects.visible_to(message.person).filter(pk=message.about_id).exists()
    return is_open_to(message.person, message.about_kind, message.about_id)


def may_be_mailed(message: Message) -> bool:
    """Whether the mail may go out now."""
    return wants_mail(message.person, message.kind) and is_still_true(message)
