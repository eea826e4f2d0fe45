"""Hiding one picture without its idea, and showing it again."""

from django.db import transaction
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from ideas.models import Idea, IdeaPicture, IdeaVersion
from search.actions import touch


def first_picture(version: IdeaVersion) -> IdeaPicture | None:
    """Return the picture that stands for a version in lists: the first one that is not hidden."""
    found = version.pictures.filter(picture__hidden_at=None).select_related("picture").first()
    return found.picture if found else None


@transaction.atomic
def hide_picture(picture_id: int) -> IdeaPicture:
    """Take a picture from sight wherever it stands; raises ``Refused`` (409) when it is hidden already."""
    picture = IdeaPicture.objects.select_for_update().get(pk=picture_id)
    if picture.hidden_at is not None:
        raise Refused(_("This picture is hidden already."), code="wrong_state", status=409)
    return _show(picture, hidden=True)


@transaction.atomic
def restore_picture(picture_id: int) -> IdeaPicture:
    """Show a hidden picture again, where it stood; raises ``Refused`` (409) when it is not hidden."""
    picture = IdeaPicture.objects.select_for_update().get(pk=picture_id)
    if picture.hidden_at is None:
        raise Refused(_("This picture is not hidden."), code="wrong_state", status=409)
    return _show(picture, hidden=False)


def _show(picture: IdeaPicture, *, hidden: bool) -> IdeaPicture:
    picture.hidden_at = now() if hidden else None
    picture.save(update_fields=["hidden_at"])
    showing = Idea.objects.filter(approved_version__pictures__picture=picture).select_related("approved_version")
    for idea in showing.distinct():
        if idea.approved_version is not None:
            Idea.objects.filter(pk=idea.pk).update(picture=first_picture(idea.approved_version))
            touch("idea", idea.pk)
    return picture
