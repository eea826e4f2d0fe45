"""The start page and plain pages."""

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from cms.blocks import BodyBlock, SectionBlock
from cms.fields import BlocksField
from cms.models.machines import ForMachines, Node, organization, website
from cms.models.openness import open_to_all, restrictions_on
from cms.models.review import ReviewedTester
from theme.town import town_for

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from wagtail.models import PageViewRestriction

    from accounts.models import User

DEFAULT_SECTIONS = [
    ("campaigns", {"title": "", "count": 3}),
    ("news", {"title": "", "count": 4}),
    ("ideas", {"title": "", "count": 3}),
    ("numbers", {"title": ""}),
]

# The title of pages whose address is given: Wagtail's own panel writes into the field of the address.
TITLE = FieldPanel("title", classname="title")


# The root of the English tree has this slug, so an address tells its language without asking the database.
ENGLISH = "/en/"


def address(page: Page) -> str:
    """Return the path of a page below the start page, without asking for the site; English pages lie below /en/."""
    if page.url_path.startswith(ENGLISH):
        return str(page.url_path)
    return "/" + page.url_path.lstrip("/").partition("/")[2]


class TownPage(ForMachines, Page):
    """A page that knows under which entry of the main menu it stands."""

    nav_current: ClassVar[str] = ""
    joins: ClassVar[tuple[str, ...]] = ()
    # The fields that hold title, first sentences and text: a version in other words takes their place.
    words_in: ClassVar[tuple[str, str, str]] = ("title", "lead", "body")

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """Return the language of the tree the page stands in; costs no statement."""
        return "en" if self.url_path.startswith(ENGLISH) else "de"

    def canonical_path(self, request: Any) -> str:
        """Return the one address of what is shown, in this language and these words."""
        reading = getattr(request, "reading", None)
        return reading.canonical if reading else self.get_absolute_url()

    def alternates(self, request: Any) -> list[tuple[str, str]]:
        """Return (language, path) of this page in every language it exists in; empty: in one only."""
        reading = getattr(request, "reading", None)
        return reading.alternates if reading else []

    def get_context(self, request: Any, *args: object, **kwargs: object) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "nav_current": self.nav_current or self.top_address,
            "head_page": self,
        }

    def permissions_for_user(self, user: "User") -> ReviewedTester:
        return ReviewedTester(user, self)

    # Editors see the page first as most people will: on a phone.
    preview_sizes: ClassVar = [
        {"name": "mobile", "icon": "mobile-alt", "device_width": 360, "label": _("Preview as on a phone")},
        {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": _("Preview as on a tablet")},
        {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("Preview as on a large screen")},
    ]

    def get_view_restrictions(self) -> "QuerySet[PageViewRestriction]":
        return restrictions_on(self)

    @property
    def top_address(self) -> str:
        """Return the address of the page directly below the start page that this one belongs to."""
        parts = self.url_path.strip("/").split("/")
        before = ENGLISH if self.language == "en" else "/"
        return f"{before}{parts[1]}/" if len(parts) > 1 else before

    @cached_property
    def crumbs(self) -> list[tuple[str, str]]:
        """Return the pages above, without the start page, and this one."""
        above = self.get_ancestors().filter(depth__gt=2).live() if self.depth and self.depth > 3 else []
        return [*((page.title, address(page)) for page in above), (self.title, "")]

    def get_absolute_url(self) -> str:
        """Return the address on this site; costs no statement."""
        return address(self)


class OnceTester(ReviewedTester):
    """Rights on a page of which there can be no second one: it is not copied."""

    def can_copy(self) -> bool:
        return False

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        return False


class FixedSlugPage(TownPage):
    """A page whose address others rely on: the slug is given, not typed."""

    fixed_slug: ClassVar[str]

    class Meta:
        abstract = True

    def full_clean(self, *args: object, **kwargs: object) -> None:
        self.slug = self.fixed_slug
        super().full_clean(*args, **kwargs)

    def permissions_for_user(self, user: "User") -> OnceTester:
        return OnceTester(user, self)


class StartPage(TownPage):
    """The first page: a headline that asks, one large call, and sections in the order the editor likes."""

    hero_title = models.CharField(_("headline"), max_length=90)
    hero_text = models.CharField(_("one or two sentences below"), max_length=250, blank=True)
    hero_picture = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("large picture"),
        help_text=_("Empty: the drawing of the town that comes with the site."),
    )  # fmt: skip
    sections = BlocksField(SectionBlock(), blank=True, default=DEFAULT_SECTIONS, verbose_name=_("sections"))

    words_in = ("hero_title", "hero_text", "sections")
    template = "cms/start_page.html"
    nav_current = "start"
    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    content_panels: ClassVar = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("hero_title"), FieldPanel("hero_text"), FieldPanel("hero_picture")], heading=_("Top")
        ),
        FieldPanel("sections"),
    ]
    page_description = _("The first page of the site.")

    class Meta:
        verbose_name, verbose_name_plural = _("start page"), _("start pages")

    def full_clean(self, *args: object, **kwargs: object) -> None:
        self.follow_language()
        super().full_clean(*args, **kwargs)

    def save(self, *args: object, **kwargs: object) -> None:
        self.follow_language()
        super().save(*args, **kwargs)

    def follow_language(self) -> None:
        """Let the root of another tree have the address of its language, from the first draft on."""
        if self.locale_id and self.locale.language_code != settings.LANGUAGE_CODE:
            self.slug = self.locale.language_code

    def json_ld(self, request: Any) -> list[Node]:
        """Say whose site it is, how to reach them, and where the search is."""
        town = town_for(request)
        return [organization(town), website(town), *super().json_ld(request)]

    def route(self, request: Any, path_components: list[str]) -> Any:
        """Find a page by its whole address: two statements however deep it lies, one when its class is known already.

        Wagtail takes two for each level.
        """
        page = find_page(f"{self.url_path}{'/'.join(path_components)}/") if path_components else None
        return page.route(request, []) if page else super().route(request, path_components)


def find_page(url_path: str) -> Page | None:
    """Return the page at an address as its own class, with what its template needs.

    The cache holds only the name of the class; a name that is not right any more finds nothing and is looked up again.
    """
    key = "cms:class:" + hashlib.sha256(url_path.encode()).hexdigest()[:32]
    known = caches["fast"].get(key)
    page = specific_page(apps.get_model(known), url_path) if known else None
    if page is not None:
        return page
    plain = next(iter(Page.objects.filter(url_path=url_path).select_related("content_type").order_by()[:1]), None)
    if plain is None or plain.specific_class is None:
        return None
    caches["fast"].set(key, plain.specific_class._meta.label, 300)
    return specific_page(plain.specific_class, url_path)


def specific_page(model: type[Page], url_path: str) -> Page | None:
    """Return the page of this class at an address."""
    found = model.objects.filter(url_path=url_path).select_related(*getattr(model, "joins", ()))
    # Not first(): for an order Django compares each of the many columns, and there is one page at an address.
    return next(iter(found.order_by()[:1]), None)


class PlainPage(TownPage):
    """A page of text and blocks, for everything that is no news: imprint, rules, explanations."""

    lead = models.TextField(
        _("lead"), max_length=400, blank=True, help_text=_("Two sentences that say what the page is about.")
    )
    picture = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    body = BlocksField(BodyBlock(), blank=True, verbose_name=_("content"))

    joins = ("picture",)
    template = "cms/plain_page.html"
    parent_page_types: ClassVar = ["cms.StartPage", "cms.PlainPage"]
    subpage_types: ClassVar = ["cms.PlainPage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead"), FieldPanel("picture"), FieldPanel("body")]
    page_description = _("A page of text, pictures and questions, for everything that is no news.")

    class Meta:
        verbose_name, verbose_name_plural = _("plain page"), _("plain pages")

    def clean(self) -> None:
        super().clean()
        if self.slug in self.reserved and self.depth_wanted_at_top:
            raise ValidationError(
                {"slug": _("This address belongs to another part of the site. Please choose another one.")}
            )

    # First parts of addresses that the rooms answer themselves (see ``config.urls``); a page there could never be reached.
    reserved: ClassVar = frozenset(
        [
            "aktuelles",
            "api",
            "beschwerde",
            "bildnachweise",
            "cms",
            "daten",
            "farben",
            "filme",
            "dokumente",
            "en",
            "ideen",
            "kennzahlen",
            "kommentare",
            "kontakte",
            "konto",
            "livez",
            "medien",
            "mein",
            "melden",
            "meldung",
            "mitmachen",
            "moderationsbuch",
            "ohne-netz",
            "readyz",
            "static",
            "sprache",
            "stil",
            "suche",
            "woerter",
            "symbol",
            "vorschau",
            "zahlen",
        ]
    )

    @property
    def depth_wanted_at_top(self) -> bool:
        """Tell whether the page lies, or will lie, directly below the start page; new pages have no place yet."""
        return not self.depth or self.depth <= 3

    @cached_property
    def children_shown(self) -> list["PlainPage"]:
        """Return the public pages below, in the editors' order."""
        return list(open_to_all(PlainPage.objects.child_of(self))) if self.numchild else []
