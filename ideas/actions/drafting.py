"""What is kept while somebody writes: drafts and their pictures."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from ideas.images import CleanPicture
from ideas.models import Campaign, Draft, IdeaFile, IdeaPicture
from ideas.models.picture import WIDTHS, size_path

if TYPE_CHECKING:
    from accounts.models import User

FORGET_AFTER = timedelta(days=2)
FORGET_KEPT_AFTER = timedelta(days=180)


def keep_picture(*, clean: CleanPicture, uploader: "User | None") -> IdeaPicture:
    """Keep a picture that ``ideas.images.clean_picture`` has read, in all sizes."""
    picture = IdeaPicture(uploader=uploader, sha256=clean.sha256)
    for width in WIDTHS[:-1]:
        default_storage.save(size_path(picture.key, width), ContentFile(clean.sizes[width]))
    picture.file.save("", ContentFile(clean.sizes[WIDTHS[-1]]), save=False)
    picture.width, picture.height = clean.width, clean.height
    picture.save()
    return picture


@transaction.atomic
def save_draft(
    *,
    draft: Draft | None,
    owner: "User | None",
    campaign: Campaign | None,
    fields: dict[str, Any],
    pictures: list[IdeaPicture],
    files: Iterable[IdeaFile] = (),
    is_kept: bool = False,
) -> Draft:
    """Keep what was typed, in the given draft or a new one."""
    draft = draft or Draft()
    draft.owner, draft.campaign, draft.fields = owner or draft.owner, campaign, fields
    draft.is_kept = draft.is_kept or is_kept
    draft.save()
    draft.pictures.set(pictures)
    draft.files.set(files)
    return draft


@transaction.atomic
def adopt_draft(*, draft: Draft, owner: "User") -> Draft:
    """Give a draft of this session to the person who has signed in."""
    if draft.owner_id is None:
        draft.owner = owner
        draft.save(update_fields=["owner"])
        draft.pictures.filter(uploader=None).update(uploader=owner)
    return draft


def forget_draft(draft: Draft) -> None:
    """Delete a draft, and its pictures where no idea shows them."""
    pictures = list(draft.pictures.all())
    draft.delete()
    forget_pictures([picture.pk for picture in pictures])


def forget_pictures(ids: list[int]) -> int:
    """Delete those of the pictures that neither a version nor a draft has; return how many."""
    kept = set(Draft.objects.filter(pictures__in=ids).values_list("pictures", flat=True))
    unused = IdeaPicture.objects.filter(pk__in=set(ids) - kept, uses=None)
    rows = list(unused)
    IdeaPicture.objects.filter(pk__in=[picture.pk for picture in rows]).delete()
    for picture in rows:
        for width in WIDTHS:
            default_storage.delete(size_path(picture.key, width))
    return len(rows)


def forget_old_drafts() -> int:
    """Delete drafts nobody came back to, and pictures that were never sent; return how many drafts."""
    now = timezone.now()
    old = Draft.objects.filter(is_kept=False, updated_at__lt=now - FORGET_AFTER)
    kept = Draft.objects.filter(is_kept=True, updated_at__lt=now - FORGET_KEPT_AFTER)
    gone = [*old, *kept]
    for draft in gone:
        forget_draft(draft)
    forget_pictures(
        list(IdeaPicture.objects.filter(created_at__lt=now - FORGET_AFTER, uses=None).values_list("pk", flat=True))
    )
    return len(gone)
