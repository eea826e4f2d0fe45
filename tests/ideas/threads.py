"""Discussions for tests, written down without the action."""

from typing import Any

from django.db.models import F, Max
from django.utils import timezone

from accounts.models import User
from ideas.actions.commenting import place_below
from ideas.models import Comment, Idea
from tests import factories


def say(idea: Idea, text: str, parent: Comment | None = None, **fields: Any) -> Comment:
    """Return a public comment."""
    moment = timezone.now()
    values: dict[str, Any] = {"state": "public", "published_at": moment, "created_at": moment} | fields
    if parent is not None:
        values |= {"parent": parent, "depth": parent.depth + 1, "top_id": place_below(parent)}
    made = Comment.objects.create(idea=idea, text=text, **values)
    if made.state == "public":
        Comment.objects.filter(pk=made.parent_id or 0).update(reply_count=F("reply_count") + 1)
        Idea.objects.filter(pk=idea.pk).update(comment_count=F("comment_count") + 1)
    return made


def chain(idea: Idea, length: int, author: User | None = None) -> list[Comment]:
    """Return comments of which each answers the one before."""
    author = author or factories.person("Lippe")
    made: list[Comment] = []
    for number in range(length):
        made.append(say(idea, f"Glied {number} der Kette", made[-1] if made else None, author=author))
    return made


def many(idea: Idea, number: int, shape: str) -> list[int]:
    """Write a discussion of that size: ``flat``, all ``replies`` of one, one ``chain``, or ``spread``; return its ids."""
    people = [factories.person().pk for _number in range(5)]
    first = (Comment.objects.aggregate(last=Max("pk"))["last"] or 0) + 1_000
    moment, rows = timezone.now(), dict[int, Comment]()
    for place in range(number):
        parent = rows.get(_parent(first, place, shape))
        rows[first + place] = Comment(
            pk=first + place,
            idea=idea,
            author_id=people[place % 5],
            text=f"Das finde ich gut, und zwar zum {place}. Mal.",
            stance="" if parent else ("pro", "contra", "")[place % 3],
            parent_id=parent.pk if parent else None,
            depth=parent.depth + 1 if parent else 0,
            top_id=place_below(parent) if parent else None,
            state="public",
            published_at=moment,
            created_at=moment,
        )
        if parent:
            parent.reply_count += 1
    Comment.objects.bulk_create(rows.values(), batch_size=200)
    Idea.objects.filter(pk=idea.pk).update(comment_count=number)
    return list(rows)


def _parent(first: int, place: int, shape: str) -> int:
    """Return which comment the one at that place answers; 0 for none."""
    if shape == "flat" or place == 0:
        return 0
    if shape == "replies":
        return first
    if shape == "chain":
        return first + place - 1
    return first + (place - 1) // 3 if place % 4 else 0
