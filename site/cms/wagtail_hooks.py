"""What this room adds to the Wagtail admin."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from cms.blocks.choosers import campaign_chooser, idea_chooser


@hooks.register("register_admin_viewset")
def choosers() -> list[ViewSet]:
    """Choosing campaigns and ideas."""
    return [campaign_chooser, idea_chooser]
