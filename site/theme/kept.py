"""HTML that follows wholly from the values it shows, kept in the memory of the process.

Nothing has to be thrown away when something changes: other values are another key. So only parts belong here whose
values are all in the key – never a form token, never what just one person may see.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from django.template import Context
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

Key = tuple[Any, ...]


class Unkeepable(TypeError):
    """A value of which nobody knows whether it stays the same."""


class Shelf:
    """A bounded number of parts; when it is full it begins anew, which costs one page a few milliseconds."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.parts: dict[Key, SafeString] = {}

    def html(self, key: Key, make: Callable[[], SafeString]) -> SafeString:
        """Return the part with this key in the language at hand; ``make`` is called when it is not there."""
        full = (get_language(), *key)
        found = self.parts.get(full)
        if found is None:
            if len(self.parts) >= self.size:
                self.parts.clear()
            found = self.parts[full] = make()
        return found


def frozen(value: object) -> object:
    """Return something hashable that differs whenever ``value`` would be shown differently."""
    if value is None or isinstance(value, bool | int | float | dt.date):
        return (type(value), value)
    if isinstance(value, str | Promise):
        return (str(value), hasattr(value, "__html__"))
    if isinstance(value, Mapping):
        return tuple((name, frozen(part)) for name, part in value.items())
    if is_dataclass(value):
        return tuple((one.name, frozen(getattr(value, one.name))) for one in fields(value))
    raise Unkeepable(type(value).__name__)


def rendered(context: Context, template: str, **more: object) -> SafeString:
    """Return what ``{% include template with … %}`` would write here."""
    engine = context.template.engine  # type: ignore[union-attr]
    with context.push(**more):
        return engine.get_template(template).render(context)


def this_year() -> int:
    """Return the year at hand: dates are written without it as long as it is this one."""
    return timezone.localdate().year
