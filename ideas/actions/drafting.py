"""What is kept while somebody writes: drafts and their pictures."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import Refused
from ideas.actions.files import forget_files
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
    pictures: list[IdeaPicture] | None = None,
    files: list[IdeaFile] | None = None,
    is_kept: bool = False,
    key: UUID | None = None,
    seen: int | None = None,
) -> Draft:
    """Keep what was typed, in the given draft or a new one; ``None`` for pictures or files leaves those it has.

    ``seen`` is the version the page started from. When another page (``fields["writer"]``) has saved since, nothing
    is overwritten: ``Refused`` with the code ``conflict``.
    """
    found = _locked(draft)
    if found and seen not in (None, found.version) and found.fields.get("writer") != fields.get("writer"):
        raise Refused(_("This draft was continued on another device."), code="conflict", status=409)
    draft = found or Draft(key=key or uuid4())
    draft.owner, draft.campaign = owner or draft.owner, campaign
    # Whether there is anything to ask for beside the words; drafts from before this was noted may have something.
    had = draft.fields.get("uploads", found is not None)
    draft.fields = {**fields, "uploads": bool(pictures or files) or (had and None in (pictures, files))}
    draft.is_kept = draft.is_kept or is_kept
    draft.version += 1
    draft.save()
    if pictures is not None:
        _set(draft.pictures, pictures, not had)
    if files is not None:
        _set(draft.files, files, not had)
    return draft


def _set(kept: Any, rows: list[Any], had_none: bool) -> None:
    """Let a draft have these pictures or files; where there are none and were none, nothing is asked."""
    if rows or not had_none:
        kept.set(rows)


def _locked(draft: Draft | None) -> Draft | None:
    """Return the draft as it is now, for this transaction alone; None when it is gone."""
    return Draft.objects.select_for_update().filter(pk=draft.pk).first() if draft else None


@transaction.atomic
def adopt_draft(*, draft: Draft, owner: "User") -> Draft:
    """Give a draft of this session to the person who has signed in.

    What they had begun before their session ended (``fields["of"]``) becomes part of it, unless another device went on.
    """
    if draft.owner_id is not None:
        return draft
    draft.owner = owner
    draft.pictures.filter(uploader=None).update(uploader=owner)
    draft.files.filter(uploader=None).update(uploader=owner)
    if (before := _begun_before(draft, owner)) is not None:
        alts = before.fields.get("alts", {}) | draft.fields.get("alts", {})
        draft.fields = {**draft.fields, "alts": alts, "uploads": True}
        gone = set(draft.fields.get("gone", []))
        draft.pictures.add(*before.pictures.exclude(key__in=gone))
        draft.files.add(*before.files.exclude(key__in=gone))
        draft.is_kept = draft.is_kept or before.is_kept
        before.delete()
    draft.save(update_fields=["owner", "fields", "is_kept"])
    return draft


def _begun_before(draft: Draft, owner: "User") -> Draft | None:
    """Return the owner's draft that this one continues, if nothing else was saved in it meanwhile."""
    try:
        key = UUID(str(draft.fields.get("of") or ""))
    except ValueError:
        return None
    before = Draft.objects.filter(key=key, owner=owner).exclude(pk=draft.pk).first()
    same = before and (
        before.version == draft.fields.get("seen") or before.fields.get("writer") == draft.fields.get("writer")
    )
    return before if same else None


def forget_draft(draft: Draft) -> None:
    """Delete a draft, and its pictures where no idea shows them."""
    pictures = list(draft.pictures.values_list("pk", flat=True))
    files = list(draft.files.values_list("pk", flat=True))
    draft.delete()
    forget_pictures(pictures)
    forget_files(files)


@transaction.atomic
def forget_sent(owner: "User", draft: Draft | None, request_key: str | None) -> None:
    """Delete the drafts of what has been sent: the one at hand, and others of the same request.

    Pictures that were taken out on the way are deleted by the clock, not while somebody waits.
    """
    drafts = Draft.objects.filter(pk=draft.pk if draft else 0)
    if request_key:
        drafts |= Draft.objects.filter(owner=owner, fields__request_key=request_key)
    rows = dict(drafts.values_list("pk", "fields"))
    if not rows:
        return
    if any(fields.get("uploads", True) for fields in rows.values()):
        for through in (Draft.pictures.through, Draft.files.through):
            through.objects.filter(draft__in=rows)._raw_delete(using=drafts.db)  # type: ignore[attr-defined]
    Draft.objects.filter(pk__in=rows)._raw_delete(using=drafts.db)


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
    forget_files(
        list(IdeaFile.objects.filter(created_at__lt=now - FORGET_AFTER, uses=None).values_list("pk", flat=True))
    )
    return len(gone)
