"""A stream of blocks that does not copy the definition of every block into each migration.

The database keeps JSON whatever the blocks are; a new block needs no migration (``docs/decisions/0035``).
"""

from typing import Any

from wagtail.fields import StreamField


class BlocksField(StreamField):
    """Wagtail's field; migrations see it without its blocks."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _blocks, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
