"""Who made the pictures that everybody can see now, and where they stand; nothing that is hidden is named."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from cms.models import CampaignPage, Picture, TownSettings, open_to_all
from cms.models.pages import address
from ideas.models import Campaign

Where = tuple[str, str]
# What shows pictures to everybody and is no page: class → (ids that everybody may see, → words and address by id).
Places = Callable[[Iterable[int]], dict[int, Where]]
_holders: dict[type[Model], Places] = {}


@dataclass(frozen=True)
class Credited:
    """One picture with the public pages it stands on."""

    picture: Picture
    places: list[Where]


def shows_pictures(model: type[Model]) -> Callable[[Places], Places]:
    """Register who knows which objects of a class are public, and where they stand."""

    def register(function: Places) -> Places:
        _holders[model] = function
        return function

    return register


def holders() -> dict[type[Model], Places]:
    """Return who knows about what shows pictures and is no page."""
    return _holders


@shows_pictures(TownSettings)
def of_the_frame(ids: Iterable[int]) -> dict[int, Where]:
    """Return where the crest stands."""
    return dict.fromkeys(ids, (_("Header of every page"), "/"))


def usable_today() -> Q:
    """Return the condition that a picture's time has not ended."""
    return Q(usable_until=None) | Q(usable_until__gte=timezone.localdate())


def public_uses() -> dict[int, list[Where]]:
    """Return for every picture that stands somewhere public where that is; three statements."""
    kinds = ContentType.objects.get_for_models(Page, Picture, *_holders)
    holders: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    wanted = [kinds[model].pk for model in (Page, *_holders)]
    rows = ReferenceIndex.objects.filter(to_content_type=kinds[Picture], base_content_type__in=wanted)
    for base, holder, picture in rows.values_list("base_content_type", "object_id", "to_object_id").distinct():
        holders[base][int(holder)].add(int(picture))
    found: dict[int, list[Where]] = defaultdict(list)
    for model, places in ((Page, of_pages), *_holders.items()):
        held = holders[kinds[model].pk]
        for holder, where in (places(list(held)) if held else {}).items():
            for picture in held[holder]:
                found[picture].append(where)
    return found


def of_pages(ids: Iterable[int]) -> dict[int, Where]:
    """Return title and address of those of the pages that everybody can open, campaigns included."""
    closed = CampaignPage.objects.exclude(campaign__is_public=True, campaign__audience=Campaign.Audience.EVERYBODY)
    pages = open_to_all(Page.objects.filter(pk__in=ids)).exclude(pk__in=closed.values("pk"))
    return {page.pk: (page.title, address(page)) for page in pages.only("title", "url_path")}


def credited(pictures: Iterable[Picture], uses: dict[int, list[Where]]) -> list[Credited]:
    """Return pictures with their places, pages by title."""
    return [Credited(picture, sorted(set(uses[picture.pk]))) for picture in pictures]


def shown_pictures(uses: dict[int, list[Where]]) -> "QuerySet[Picture]":
    """Return the pictures that may be shown today and are."""
    found = Picture.objects.filter(usable_today(), pk__in=list(uses)).exclude(credit_author="", credit_agency="")
    return found.order_by("credit_author", "title", "pk")
