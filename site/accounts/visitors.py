"""Who is asking."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


def person_of(request: HttpRequest) -> User:
    """Return the person who is signed in; behind ``login_required`` there always is one."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
