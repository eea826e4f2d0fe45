"""Whom the comments of a page speak to: one statement, and none where nobody wrote an ``@``."""

from collections.abc import Iterable

from ideas.models import Comment, Mention


def note_names(comments: Iterable[Comment]) -> None:
    """Let each comment know the names that are marked in its words."""
    speaking = {comment.pk: comment for comment in comments if "@" in comment.text}
    if not speaking:
        return
    names: dict[int, list[str]] = {}
    rows = Mention.objects.filter(comment__in=list(speaking)).order_by("pk")
    for pk, name in rows.values_list("comment_id", "person__display_name"):
        names.setdefault(pk, []).append(name)
    for pk, found in names.items():
        speaking[pk].mentioned = tuple(found)
