"""Who is told of merges, moves and changes by name: those who have written the ideas. Supporters: ``supporters``."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from common.events import receives
from ideas.models import Merge
from ideas.queries.coauthors import writers_of
from notifications import actions, supporters
from notifications.models import Message
from voting.models.notice import NoticeKind


@receives("idea_merged")
def tell_merged(idea_id: int, merge_id: int) -> None:
    """Tell the writers of both ideas, and begin to ask the supporters."""
    merge = Merge.objects.select_related("source", "target").filter(pk=merge_id, undone_at=None).first()
    if merge is not None:
        with translation.override(settings.LANGUAGE_CODE):
            tell_writers(merge, undone=False)
        supporters.start(NoticeKind.MERGED, idea_id, merge_id)


@receives("idea_unmerged")
def tell_unmerged(idea_id: int, merge_id: int) -> None:
    """Tell all of them that it was undone."""
    merge = Merge.objects.select_related("source", "target").get(pk=merge_id)
    with translation.override(settings.LANGUAGE_CODE):
        tell_writers(merge, undone=True)
    supporters.start(NoticeKind.UNMERGED, idea_id, merge_id)


@receives("idea_changed")
def tell_supporters_of_change(idea_id: int, version: int = 0) -> None:
    """Begin to tell the supporters that the text is another one."""
    if version:
        supporters.start(NoticeKind.CHANGED, idea_id, version)


@receives(supporters.WALK_ON, tries=80)
def walk_on(round_id: int) -> None:
    """Tell the next of them."""
    with translation.override(settings.LANGUAGE_CODE):
        supporters.walk(round_id)


def tell_writers(merge: Merge, *, undone: bool) -> None:
    """Tell those who have written the two ideas; the source's author has the letter of the decision already."""
    source, target = merge.source, merge.target
    sides = ((target, source), (source, target))
    heard = {source.author_id} if merge.actor_id else set()
    for own, other in sides:
        for person in writers_of(own):
            if person.pk in heard:
                continue
            heard.add(person.pk)
            said = {"own": own.title, "other": other.title, "reason": merge.reason}
            subject, text = words(said, is_target=own is target, undone=undone)
            actions.tell(
                person=person, kind=Message.Kind.MERGE, key=f"{'unmerged' if undone else 'merged'}:{merge.pk}",
                subject=subject, text=text, url=reverse("ideas:idea", args=[own.pk, own.slug]), about=("idea", own.pk),
                idea_id=own.pk,
            )  # fmt: skip


def words(said: dict[str, str], *, is_target: bool, undone: bool) -> tuple[str, str]:
    """Return subject and text."""
    if undone:
        subject = _("The merge with “%(own)s” was undone") % said
        return subject, _(
            "“%(own)s” and “%(other)s” stand by themselves again, with their supports as they were."
        ) % said
    if is_target:
        subject = _("“%(other)s” was merged into your idea") % said
        text = _(
            "The moderation has merged “%(other)s” into “%(own)s”. The reason: %(reason)s\n\nIts supporters are asked "
            "whether they want to carry their support over. Its discussion stays at its own page. If you think this is "
            "wrong, please write to the moderation."
        )
        return subject, text % said
    subject = _("“%(own)s” was merged into another idea") % said
    text = _("The moderation has merged “%(own)s” into “%(other)s”. The reason: %(reason)s")
    return subject, text % said
