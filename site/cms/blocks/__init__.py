"""What editors build pages of. Block names stand in stored pages: never rename one without a migration."""

from cms.blocks.body import BodyBlock
from cms.blocks.links import LinkBlock, MenuLinkBlock
from cms.blocks.sections import SectionBlock
from cms.blocks.variants import VariantBlock

__all__ = ["BodyBlock", "LinkBlock", "MenuLinkBlock", "SectionBlock", "VariantBlock"]
