"""Hiding small numbers, so that nobody can be found by them – not from the number itself, nor from what stands around it.

A number below five is not told. Where a sum is known and the hidden numbers could be computed from it, a larger number
is hidden with them; where that is not enough, the whole breakdown is left out.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.utils.formats import number_format
from django.utils.translation import gettext as _

SMALL = 5
Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Figure:
    """A number as everybody may know it: ``value`` is None where it is not told, ``is_small`` says that it is below five."""

    value: int | None
    is_small: bool = False

    def __str__(self) -> str:
        if self.value is not None:
            return number_format(self.value, force_grouping=True)
        return _("under 5") if self.is_small else _("not told")

    @property
    def code(self) -> int | str:
        """Return it for machines."""
        if self.value is not None:
            return self.value
        return "under_5" if self.is_small else "not_told"


HIDDEN = Figure(None)


def figure(number: int) -> Figure:
    """Return a number of which no part and no sum is told."""
    return Figure(None, is_small=True) if 0 < number < SMALL else Figure(number)


def guarded(parts: Mapping[Name, int]) -> dict[Name, Figure] | None:
    """Return the parts of a known sum as they may be told, or None when only the sum may be."""
    total = sum(parts.values())
    if 0 < total < SMALL:
        return None
    small = {name for name, number in parts.items() if 0 < number < SMALL}
    others = sorted((name for name, number in parts.items() if number >= SMALL), key=lambda name: parts[name])
    covered: set[Name] = set()
    while not is_open([parts[name] for name in small], [parts[name] for name in covered]):
        if len(covered) == len(others):
            return None
        covered.add(others[len(covered)])
    told = {name: Figure(number) for name, number in parts.items()}
    return told | dict.fromkeys(covered, HIDDEN) | {name: Figure(None, is_small=True) for name in small}


def is_open(small: list[int], covered: list[int]) -> bool:
    """Tell whether each hidden number could be another one, for somebody who knows their sum and what each sign means."""
    if not small:
        return True
    known = sum(small) + sum(covered)
    if covered:  # upwards they are open: what a small number can be at most is all that counts
        least = len(small) - 1 + SMALL * len(covered)
        return min(SMALL - 1, known - least) > 1
    least, most = max(1, known - (SMALL - 1) * (len(small) - 1)), min(SMALL - 1, known - (len(small) - 1))
    return most > least
