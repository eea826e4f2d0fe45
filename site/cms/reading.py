"""What a page is read in: its own words or others, its own language or, said openly, the one there is."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.cache import caches
from django.http import Http404, HttpRequest
from django.utils.translation import get_language, pgettext
from wagtail.models import Page

from cms.languages import OTHER, speak
from cms.models import PlainPage, StartPage, TownPage, Variant, open_to_all
from cms.models.pages import ENGLISH, address
from cms.queries.coverage import secret

KEY, SECONDS = "cms:reading", 60
COOKIE = "sprache"
STANDARD = "standard"
Level = Variant.Level
# Where the words alone are shown, large and plain; the others take the place of the page's own words.
ALONE = {Level.EASY.value, Level.SIGNED.value}
SHOWN = [Level.PLAIN.value, Level.EASY.value, Level.SIGNED.value]


@dataclass(frozen=True)
class Known:
    """The few facts about all pages that every page needs; kept in the fast cache."""

    english: dict[str, str]
    german: dict[str, str]
    levels: dict[int, tuple[str, ...]]


@dataclass
class Choice:
    """One version in the switch."""

    level: str
    words: str
    url: str
    current: bool


@dataclass
class Reading:
    """How this page is read this time."""

    spoken: str
    canonical: str
    level: str = ""
    missing: str = ""
    is_fallback: bool = False
    remembered: str = ""
    choices: list[Choice] = field(default_factory=list)
    alternates: list[tuple[str, str]] = field(default_factory=list)
    variant: Variant | None = None

    @property
    def is_alone(self) -> bool:
        """Whether only these words are shown, without the rest of the page."""
        return self.level in ALONE


def known() -> Known:
    """Return which pages exist in English and in other words; remembered until a page or a version changes."""
    found: tuple[dict[str, str], dict[str, str], dict[int, tuple[str, ...]]] | None = caches["fast"].get(KEY)
    if found is None:
        found = read()
        caches["fast"].set(KEY, found, SECONDS)
    return Known(*found)


def forget() -> None:
    """Read it again."""
    caches["fast"].delete(KEY)


def read() -> tuple[dict[str, str], dict[str, str], dict[int, tuple[str, ...]]]:
    """Read it from the database in three statements."""
    few = Page.objects.only("url_path", "translation_key", "alias_of").order_by()
    there = list(open_to_all(few.filter(url_path__startswith=ENGLISH)))
    keys = [page.translation_key for page in there]
    own = {page.translation_key: page for page in open_to_all(few.filter(translation_key__in=keys))
           if not page.url_path.startswith(ENGLISH)} if keys else {}  # fmt: skip
    english = {address(own[page.translation_key]): address(page) for page in there if page.translation_key in own}
    german = {there: here for here, there in english.items()}
    levels: dict[int, tuple[str, ...]] = {}
    for page_id, level, path in Variant.objects.filter(live=True).values_list("page", "level", "page__url_path"):
        levels[page_id] = (*levels.get(page_id, ()), level)
        if level == Level.ENGLISH:
            here = "/" + path.lstrip("/").partition("/")[2]
            english.setdefault(here, ENGLISH + here[1:])
    return english, german, levels


def elsewhere(page: TownPage, request: HttpRequest) -> str:
    """Return where to go instead: to the page in the wanted language, or to the version this person wants always."""
    if not request.path_info.startswith(ENGLISH):
        level = request.COOKIES.get(COOKIE, "")
        if level and COOKIE not in request.GET and level in known().levels.get(page.pk, ()):
            query = request.GET.copy()
            query[COOKIE] = level
            return f"{page.get_absolute_url()}?{query.urlencode()}"
        return ""
    there = known().english.get(page.get_absolute_url(), "") if page.language == "de" else ""
    return there if there and there != request.path_info else ""


def is_unknown(request: HttpRequest) -> bool:
    """Whether the address asks for a version that no page has."""
    return request.GET.get(COOKIE, STANDARD) not in {STANDARD, *SHOWN}


def prepare(page: TownPage, request: HttpRequest) -> Reading:
    """Put the wanted words into the page at hand and return how it is read; costs a statement for other words only."""
    wanted, levels = get_language() or "de", known().levels.get(page.pk, ())
    own = page.get_absolute_url()
    made = Reading(spoken=page.language, canonical=own, remembered=request.COOKIES.get(COOKIE, ""))
    if made.remembered:
        request.is_for_one_visitor = True  # type: ignore[attr-defined]
    if page.language != wanted:
        level = Level.ENGLISH.value if Level.ENGLISH in levels else ""
        made.is_fallback = not level
        made.spoken = page.language if made.is_fallback else wanted
        made.canonical = own if made.is_fallback else request.path_info
    else:
        asked = request.GET.get(COOKIE, "")
        level = asked if asked in levels or is_new(page, asked) else ""
        made.missing = asked if asked in SHOWN and not level else ""
        made.canonical = f"{own}?{COOKIE}={level}" if level else own
        made.choices = choices(own, {*levels, level}, level, remembered=made.remembered)
    made.alternates = alternates(page)
    if level:
        put(page, made, level)
    return made


def is_new(page: TownPage, asked: str) -> bool:
    """Tell whether a version is there that this process has not heard of yet: without Redis each remembers for itself."""
    return asked in SHOWN and Variant.objects.filter(page=page.pk, level=asked, live=True).exists()


def put(page: TownPage, made: Reading, level: str) -> None:
    """Let the page say the words of a version that is public."""
    if variant := Variant.objects.filter(page=page.pk, level=level, live=True).first():
        put_words(page, made, variant)


def put_words(page: TownPage, made: Reading, variant: Variant) -> None:
    """Let the page at hand say these words."""
    made.variant, made.level = variant, variant.level
    variant.apply(page)
    if made.is_alone:
        page.template = "cms/reading_page.html"


def preview(variant: Variant, page: TownPage, request: HttpRequest) -> None:
    """Prepare a page for an editor who wants to see it in words that may be a draft; raises Http404 for closed groups."""
    if secret(request.user).filter(pk=page.pk).exists():
        raise Http404
    is_english = variant.level == Level.ENGLISH
    speak(request, OTHER if is_english else "de")
    made = Reading(spoken="en" if is_english else page.language, canonical=page.get_absolute_url())
    if not is_english:
        levels = {*known().levels.get(page.pk, ()), variant.level}
        made.choices = choices(made.canonical, levels, variant.level, remembered="")
    put_words(page, made, variant)
    request.reading = made  # type: ignore[attr-defined]


Variant.reader = staticmethod(preview)


def choices(url: str, levels: Iterable[str], current: str, *, remembered: str) -> list[Choice]:
    """Return the switch; nothing where there is nothing to switch."""
    there = [level for level in SHOWN if level in levels]
    if not there:
        return []
    plain = f"{url}?{COOKIE}={STANDARD}" if remembered else url
    first = Choice("", pgettext("version of a page", "Everyday language"), plain, not current)
    return [first, *(Choice(one, str(Level(one).label), f"{url}?{COOKIE}={one}", one == current) for one in there)]


def alternates(page: TownPage) -> list[tuple[str, str]]:
    """Return the addresses of the page in both languages, German first; nothing when it exists in one."""
    own, facts = page.get_absolute_url(), known()
    german = own if page.language == "de" else facts.german.get(own, "")
    english = facts.english.get(german, "")
    return [("de", german), ("en", english)] if german and english else []


def has_tree(page: Page) -> bool:
    """Whether a page is translated by a page of its own, and not by a version."""
    return isinstance(page.specific, StartPage | PlainPage)
