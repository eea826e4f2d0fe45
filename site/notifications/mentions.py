"""People are told that a comment speaks to them: once for each comment, in place of any other message about it."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from common.events import receives
from ideas.actions.mentioning import forget_told
from ideas.models import Comment, Idea, Mention
from ideas.rules import writes
from notifications import actions
from notifications.models import Message
from notifications.rules import is_open_to, wants_mail

Kind = Message.Kind


@receives("person_mentioned", tells=True)
def tell_mentioned(mention_id: int) -> None:
    """Tell the person, if everybody (or every member of a group of theirs) can read the comment now."""
    mention = Mention.objects.select_related("person", "comment__author", "comment__idea").filter(pk=mention_id).first()
    if mention is None or mention.told_at is None or mention.person_id == mention.comment.author_id:
        return
    comment, person = mention.comment, mention.person
    if not is_open_to(person, "comment", comment.pk):
        forget_told(mention.pk)
        return
    with translation.override(settings.LANGUAGE_CODE):
        said = {"name": comment.author.display_name if comment.author else _("Somebody"), "idea": comment.idea.title}
        actions.tell(
            person=person,
            kind=kind_for(person, comment.idea),
            key=f"mention:{comment.pk}",
            subject=_("%(name)s speaks to you: “%(idea)s”") % said,
            text=_("%(name)s has written to you by name in the discussion of the idea “%(idea)s”.") % said,
            url=comment.get_absolute_url(),
            about=("comment", comment.pk),
            idea_id=comment.idea_id,
        )


def kind_for(person: User, idea: Idea) -> str:
    """Return as what it is told: who writes the idea is told of every comment, and by mail if they want one of the two."""
    if writes(person, idea) and not wants_mail(person, Kind.MENTION):
        return Kind.COMMENT
    return Kind.MENTION


def is_told_by_name(comment: Comment, person_id: int | None) -> bool:
    """Tell whether the person hears of the comment because it speaks to them; then nothing else is said about it."""
    return Mention.objects.filter(comment=comment, person=person_id, told_at__isnull=False).exists()
