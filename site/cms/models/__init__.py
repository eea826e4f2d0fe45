"""What exists in this room."""

from cms.models.picture import Picture, PictureRendition

__all__ = ["Picture", "PictureRendition"]
