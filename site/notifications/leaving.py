"""When an account goes for good, its name goes out of what others were told."""

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from ideas.models import CoAuthor, Comment, Idea
from moderation.models import ProfileName
from notifications.models import Message


@receiver(pre_delete, sender=User, dispatch_uid="notifications.forget_person")
def before_account_goes(instance: User, **_more: Any) -> None:
    """Let „Somebody" stand where the person was named, in the transaction that deletes the account."""
    names = {instance.display_name, *ProfileName.objects.filter(person=instance).values_list("name", flat=True)}
    with translation.override(settings.LANGUAGE_CODE):
        for name in sorted(filter(None, names), key=len, reverse=True):
            replace_name(messages_about(instance), name, _("Somebody"))


def messages_about(person: User) -> QuerySet[Message]:
    """Return what others were told about the person's comments, and about ideas the person has written at."""
    comments = Comment.objects.filter(author=person).values("pk")
    ideas = Idea.objects.filter(Q(author=person) | Q(pk__in=CoAuthor.objects.filter(person=person).values("idea")))
    about = Q(about_kind="comment", about_id__in=comments) | Q(idea_id_copy__in=ideas.values("pk"))
    return Message.everything.filter(about).exclude(person=person)


def replace_name(messages: QuerySet[Message], name: str, word: str) -> None:
    """Put a word in the place of a name."""
    for message in messages.filter(Q(subject__contains=name) | Q(text__contains=name)):
        message.subject, message.text = message.subject.replace(name, word)[:200], message.text.replace(name, word)
        message.save(update_fields=["subject", "text"])
