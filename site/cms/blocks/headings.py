"""Headings in their order: who listens to a page jumps from one to the next and must not miss a level."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks

# Blocks that always print a heading of the second level themselves.
HEADED = frozenset({"call", "dates", "documents"})


def jumps(stream: blocks.StreamValue, above: int = 1) -> list[int]:
    """Return the places of smaller headings above which no heading of the second level stands.

    ``above`` is the level of the heading over the whole stream: 1, the title of a page.
    """
    found, level = [], above
    for place, block in enumerate(stream):
        if block.block_type == "heading":
            wanted = int(block.value.get("level") or 2)
            if wanted > level + 1:
                found.append(place)
            level = max(min(wanted, level + 1), 2)
        elif block.block_type in HEADED:
            level = max(level, 2)
    return found


def check(stream: blocks.StreamValue, above: int = 1) -> None:
    """Refuse a page whose headings leave out a level, with a sentence at each of them."""
    if wrong := jumps(stream, above):
        sentence = _("A smaller heading needs a heading above it. Please choose “Heading” here, or put one before it.")
        raise blocks.StreamBlockValidationError(block_errors={place: at_level(sentence) for place in wrong})


def at_level(sentence: str) -> ValidationError:
    """Return a fault that stands at the size of a heading."""
    return blocks.StructBlockValidationError(block_errors={"level": ValidationError(sentence)})


class OrderedStream(blocks.StreamBlock):
    """A stream that checks its headings when the page is published; a draft may still be in disorder."""

    def clean(self, value: blocks.StreamValue, **kwargs: Any) -> blocks.StreamValue:
        cleaned: blocks.StreamValue = super().clean(value, **kwargs)
        if self.meta.checks_headings and not self.is_deferred_validation:
            check(cleaned)
        return cleaned

    class Meta:
        checks_headings = True
