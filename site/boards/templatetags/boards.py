"""What templates ask this room for."""

from datetime import date

from django import template
from django.utils import timezone

from boards.calendar import access as access_words
from boards.models import BoardPage, Meeting
from boards.queries.body import Face, face

register = template.Library()


@register.simple_tag
def board_face(page: BoardPage) -> Face:
    """Return everything the public page of the board shows."""
    return face(page)


@register.filter
def access(meeting: Meeting) -> str:
    """Return in words whether a meeting's place is step-free."""
    return access_words(meeting)


@register.filter
def is_past(day: date | None) -> bool:
    """Tell whether that day is over."""
    return day is not None and day < timezone.localdate()
