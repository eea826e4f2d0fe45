"""What the frame of every page needs; costs no statement before a template asks."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from theme.town import town_for


def page_frame(request: HttpRequest) -> dict[str, object]:
    """Return the town, the profile's banner and whether this answer is private."""
    return {
        "town": SimpleLazyObject(lambda: town_for(request)),
        "demo": settings.PROFILE == "demo",
    }
