"""What somebody is choosing before it is saved: it stays in their own browser, so that no row here says whose it is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from ideas.models import Phase

WRITTEN = re.compile(r"(?P<version>[0-9]{1,9})\.(?P<ideas>(?:[0-9]{1,18}(?:-[0-9]{1,18}){0,400})?)")


@dataclass(frozen=True)
class Chosen:
    """Ideas, and the version of the saved basket they started from."""

    ideas: frozenset[int]
    version: int

    def __str__(self) -> str:
        return f"{self.version}.{'-'.join(str(idea) for idea in sorted(self.ideas))}"

    def only(self, there: Iterable[int]) -> "Chosen":
        """Leave out what cannot be chosen any more."""
        return Chosen(self.ideas & frozenset(there), self.version)


def read(text: str) -> Chosen | None:
    """Return what is written, or None if it is not our writing."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        return None
    ideas = (int(word) for word in found["ideas"].split("-") if word)
    return Chosen(frozenset(idea for idea in ideas if idea < 2**63), int(found["version"]))


def name_of(phase: Phase) -> str:
    """Return the name of the cookie."""
    return f"korb-{phase.pk}"


def remembered(cookies: Mapping[str, str], phase: Phase) -> Chosen | None:
    """Return what this browser remembers."""
    return read(cookies.get(name_of(phase), ""))


def remember(request: HttpRequest, response: HttpResponse, phase: Phase, chosen: Chosen, path: str) -> HttpResponse:
    """Let the browser remember it until it is closed, for the pages of this basket only."""
    response.set_cookie(
        name_of(phase), str(chosen), path=path, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return response


def forget(response: HttpResponse, phase: Phase, path: str) -> HttpResponse:
    """Let the browser forget it."""
    response.delete_cookie(name_of(phase), path=path, samesite="Lax")
    return response
