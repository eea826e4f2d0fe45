"""What may be told, and what may go out by mail – judged again at the moment of sending."""

from django.contrib.auth.models import AnonymousUser

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


def is_public(kind: str, object_id: int) -> bool:
    """Whether everybody can read the contribution now; what is told about others' words rests on this alone."""
    everybody = AnonymousUser()
    if kind == "idea":
        return Idea.objects.visible_to(everybody).filter(pk=object_id).exists()
    if kind == "comment":
        return Comment.objects.visible_to(everybody).filter(pk=object_id).exists()
    if kind == "answer":
        idea_ids = OfficialAnswer.objects.filter(pk=object_id).values("idea_id")
        return Idea.objects.visible_to(everybody).filter(pk__in=idea_ids).exists()
    return False


def is_still_true(message: Message) -> bool:
    """Whether what the message says may be said now: letters and receipts always, the rest while it is public."""
    if message.kind in (Message.Kind.DECISION, Message.Kind.RECEIPT):
        return True
    return is_public(message.about_kind, message.about_id)


def may_be_mailed(message: Message) -> bool:
    """Whether the mail may go out now."""
    return wants_mail(message.person, message.kind) and is_still_true(message)
