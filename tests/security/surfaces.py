"""Every address of our rooms, read from the resolver, and how to fill in what it asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern
from wagtail import hooks

from config.urls import ROOMS

STAFF = ("moderation_cms", "ideas_cms", "cms_admin")


@dataclass(frozen=True)
class Surface:
    """One route: its name with the namespace, and its path with the parameters to be filled in."""

    name: str
    route: str
    parameters: tuple[str, ...]

    def path(self, values: dict[str, object]) -> str:
        """Return an address; raises ``KeyError`` for a parameter that nobody has given a value."""
        path = self.route
        for name, converter in self.converters.items():
            path = path.replace(f"<{converter}{name}>", str(values[name]))
        return "/" + path

    @property
    def converters(self) -> dict[str, str]:
        found = {}
        for part in self.route.split("<")[1:]:
            inside = part.partition(">")[0]
            kind, colon, name = inside.rpartition(":")
            found[name] = f"{kind}{colon}"
        return found


def surfaces() -> Iterator[Surface]:
    """Yield all routes of our rooms, those in the admin too."""
    for room in ROOMS:
        module = import_module(f"{room}.urls")
        yield from _walk(module.urlpatterns, getattr(module, "app_name", room), "")
    for function in hooks.get_hooks("register_admin_urls"):
        if not function.__module__.startswith("wagtail"):
            yield from _walk(function(), "", "cms/")


def _walk(patterns: list[URLPattern | URLResolver], space: str, before: str) -> Iterator[Surface]:
    for pattern in patterns:
        if not isinstance(pattern.pattern, RoutePattern):
            continue
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, pattern.namespace or space, route)
        else:
            name = f"{space}:{pattern.name}" if space else str(pattern.name)
            yield Surface(name, route, tuple(pattern.pattern.converters))
