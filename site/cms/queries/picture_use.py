"""Who may have the file of an editor's picture: one of closed groups alone is for their members, none after its last day."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from cms.models import CampaignPage, Picture, PictureRendition, Variant
from cms.queries.credits import holders
from ideas.models import Campaign

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from accounts.models import User

SECONDS = 60


@dataclass(frozen=True)
class Use:
    """What limits a picture: the closed campaigns on whose pages alone it stands, and its last day."""

    groups: tuple[int, ...] = ()
    until: dt.date | None = None
    #: it stands only where it is not shown now: beside the name of somebody who does not want to be named (any more)
    is_withheld: bool = False

    @property
    def is_over(self) -> bool:
        """Tell whether its time has ended; asked at each look, so nothing that was remembered shows it for longer."""
        return self.until is not None and self.until < timezone.localdate()

    @property
    def is_public(self) -> bool:
        """Tell whether everybody may have it today."""
        return not self.groups and not self.is_over and not self.is_withheld


def use_of(file: str) -> Use:
    """Return what limits the picture of a file, remembered for a minute."""
    found: Use | None = caches["fast"].get_or_set(f"picture-use:{file}", lambda: read_use(file), SECONDS)
    return found or Use()


def may_see(user: "User | AnonymousUser", use: Use) -> bool:
    """Tell whether ``user`` may have such a picture; editors have all of them in their library."""
    if use.is_public or is_editor(user):
        return True
    return not use.is_over and Campaign.objects.visible_to(user).filter(pk__in=use.groups).exists()


def is_editor(user: "User | AnonymousUser") -> bool:
    """Tell whether this person works with the library of pictures; rights on it are given by collection."""
    if not user.is_authenticated:
        return False
    library = policy_registry.get_by_type(Picture)
    return user.has_perm("cms.change_picture") or library.user_has_any_permission(user, ["add", "change"])


def read_use(file: str) -> Use:
    """Read what limits the picture of a file; nothing for a file that is not known."""
    rows = PictureRendition.objects.filter(file=file).values_list("image_id", "image__usable_until")
    image, until = rows.first() or (None, None)
    return Use(tuple(closed_groups(image)), until, is_withheld(image)) if image is not None else Use()


def forget_use(image: int) -> None:
    """Let what was remembered about the files of a picture be read anew."""
    files = PictureRendition.objects.filter(image=image).values_list("file", flat=True)
    caches["fast"].delete_many([f"picture-use:{file}" for file in files])


def is_withheld(image: int) -> bool:
    """Tell whether the picture stands only at things that are no pages, and none of them is shown to everybody now."""
    uses: dict[int, set[int]] = defaultdict(set)
    rows = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Picture), to_object_id=str(image)
    )
    for base, holder in rows.values_list("base_content_type", "object_id"):
        uses[base].add(holder)
    known = {ContentType.objects.get_for_model(model).pk: places for model, places in holders().items()}
    return bool(uses) and all(base in known and not known[base](map(int, found)) for base, found in uses.items())


def closed_groups(image: int) -> list[int]:
    """Return the closed campaigns on whose pages alone the picture stands; empty for one that stands elsewhere too."""
    types = ContentType.objects.get_for_models(Page, Picture, Variant)
    uses = ReferenceIndex.objects.filter(to_content_type=types[Picture], to_object_id=str(image))
    if uses.exclude(base_content_type__in=[types[Page], types[Variant]]).exists():
        return []
    pages = ids(uses.filter(base_content_type=types[Page]))
    # A page in other words is as closed as the page.
    pages |= set(
        Variant.objects.filter(pk__in=ids(uses.filter(base_content_type=types[Variant]))).values_list("page", flat=True)
    )
    closed = CampaignPage.objects.filter(pk__in=pages, campaign__audience=Campaign.Audience.MEMBERS)
    found = dict(closed.values_list("pk", "campaign_id"))
    return list(found.values()) if pages and pages == found.keys() else []


def ids(uses: "QuerySet[ReferenceIndex]") -> set[int]:
    """Return what uses something, by number."""
    return {int(pk) for pk in uses.values_list("object_id", flat=True)}
