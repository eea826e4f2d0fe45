"""To whom a comment speaks: noted when it is written, told once its words are public, each person once."""

from common.database import now
from common.events import announce
from ideas.events import PERSON_MENTIONED
from ideas.models import Comment, Idea, Mention
from ideas.queries.taking_part import spoken_to


def note_mentions(comment: Comment, idea: Idea, text: str, version: int) -> None:
    """Note whom these words speak to; nobody speaks to themselves. Who was told already stays as they are."""
    people = [pk for pk in spoken_to(idea, text).values() if pk != comment.author_id]
    if not people:
        return
    rows = [Mention(comment=comment, person_id=pk, version=version) for pk in people]
    Mention.objects.bulk_create(rows, ignore_conflicts=True)
    Mention.objects.filter(comment=comment, person__in=people, told_at=None).update(version=version)


def tell_mentions(comment: Comment) -> None:
    """Let those be told to whom the public words speak, and who have not been told before."""
    waiting = Mention.objects.filter(comment=comment, version=comment.version, told_at=None)
    numbers = list(waiting.values_list("pk", flat=True))
    if numbers and Mention.objects.filter(pk__in=numbers, told_at=None).update(told_at=now()):
        for number in numbers:
            announce(PERSON_MENTIONED, mention_id=number)


def forget_told(mention_id: int) -> None:
    """Take back that somebody was told: the words were no longer public when the news came; if they are again, it comes again."""
    Mention.objects.filter(pk=mention_id).update(told_at=None)
