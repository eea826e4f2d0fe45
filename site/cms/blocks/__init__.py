"""What editors build pages of. Block names stand in stored pages: never rename one without a migration."""

from cms.blocks.body import BodyBlock
from cms.blocks.links import LinkBlock
from cms.blocks.sections import SectionBlock

__all__ = ["BodyBlock", "LinkBlock", "SectionBlock"]
