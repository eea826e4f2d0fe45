"""The pages: campaigns, news, plain pages, the start page, and what the frame says about the town."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.blocks import StreamBlock, StreamValue
from wagtail.models import Page

from accounts.models import User
from cms.models import CampaignIndexPage, CampaignPage, PlainPage, StartPage, TownSettings
from config.demo import body
from config.demo.clock import ago, evening, today, with_days
from config.demo.ideas import mark
from config.demo.pictures import editors_picture
from config.demo.texts import Entry, campaigns, read
from ideas.models import Campaign, District, Idea, Topic
from news.models import ArticleIdea, NewsArticlePage, NewsIndexPage


def editor() -> User:
    """Return who writes the pages."""
    return User.objects.get(email="redaktion@demo.example")


def stream(page: Page, field: str, blocks: list[body.Block]) -> StreamValue:
    """Return blocks as the page stores them, checked as in the admin."""
    block: StreamBlock = page._meta.get_field(field).stream_block
    value = block.to_python(
        [
            {"type": name, "value": block.child_blocks[name].get_prep_value(given(block, name, content))}
            for name, content in blocks
        ]
    )
    block.clean(value)
    return value


def given(block: StreamBlock, name: str, content: Any) -> Any:
    """Return the content of one block as its own kind of value."""
    return block.child_blocks[name].normalize(content)


def add_page(parent: Page, page: Page, **published: Any) -> None:
    """Add a page, published, with a first version by the editor."""
    page.owner = editor()
    parent.add_child(instance=page)
    moment = published.get("at") or timezone.now()
    revision = page.save_revision(user=page.owner, clean=True)
    revision.publish(user=page.owner, skip_permission_checks=True)
    type(page)._default_manager.filter(pk=page.pk).update(first_published_at=moment, last_published_at=moment)


def missing(kind: type[Page], slug: str, parent: Page) -> bool:
    """Tell whether a page is not there yet."""
    return not kind.objects.child_of(parent).filter(slug=slug).exists()


def german_start() -> StartPage:
    """Return the start page of the German tree."""
    return StartPage.objects.filter(locale__language_code="de").get()


def make_campaign_pages() -> None:
    """Publish a page for every campaign; from then on it is public."""
    index = CampaignIndexPage.objects.get()
    if not index.intro:
        index.intro = read("pages")["intros"]["campaigns"]
        index.save()
    for entry in campaigns():
        campaign = Campaign.objects.get(slug=entry["slug"])
        if CampaignPage.objects.filter(campaign=campaign).exists():
            continue
        page = CampaignPage(title=entry["title"], slug=entry["slug"], campaign=campaign, stake=entry["stake"])
        page.picture = editors_picture(entry["picture"])
        page.body = stream(page, "body", body.blocks(entry["body"]))
        add_page(index, page, at=evening(entry["phases"][0]["from"]) - timedelta(days=1))
        index.refresh_from_db()


def make_news() -> None:
    """Publish the articles."""
    index = NewsIndexPage.objects.get()
    if not index.intro:
        index.intro = read("pages")["intros"]["news"]
        index.save()
    for entry in reversed(read("news")["articles"]):
        if missing(NewsArticlePage, entry["slug"], index):
            add_article(index, entry)
            index.refresh_from_db()


def add_article(index: NewsIndexPage, entry: Entry) -> None:
    """Publish one article."""
    page = NewsArticlePage(
        title=entry["title"],
        slug=entry["slug"],
        teaser=with_days(entry["teaser"]),
        date=today() - timedelta(days=entry["days"]),
        topic=Topic.objects.get(slug=entry["topic"]),
        district=District.objects.filter(slug=entry.get("district", "")).first(),
        author_office="Pressestelle, Nora Westkamp",
        picture=editors_picture(entry["picture"]),
        campaign=Campaign.objects.filter(slug=entry.get("campaign", "")).first(),
    )
    page.body = stream(page, "body", body.blocks(entry["body"]))
    keys = [mark(key) for key in entry.get("ideas", ())]
    page.idea_links = [
        ArticleIdea(idea=idea, sort_order=place)
        for place, idea in enumerate(Idea.objects.filter(request_key__in=keys, state="public"))
    ]
    add_page(index, page, at=ago(entry["days"]))


def make_plain_pages() -> None:
    """Publish the plain pages, with those below them."""
    start = german_start()
    for entry in read("pages")["pages"]:
        add_plain(start, entry)
        start.refresh_from_db()


def add_plain(parent: Page, entry: Entry) -> None:
    """Publish one plain page and its children."""
    if missing(PlainPage, entry["slug"], parent):
        page = PlainPage(title=entry["title"], slug=entry["slug"], lead=with_days(entry["lead"]))
        if "picture" in entry:
            page.picture = editors_picture(entry["picture"])
        page.body = stream(page, "body", body.blocks(entry["body"]))
        add_page(parent, page, at=ago(120))
    page = PlainPage.objects.child_of(parent).get(slug=entry["slug"])
    for child in entry.get("children", ()):
        add_plain(page, child)
        page.refresh_from_db()


def fill_start_page() -> None:
    """Give the start page its headline and sections, unless somebody has changed it."""
    start, texts = german_start(), read("pages")["start"]
    if any(block.block_type == "statement" for block in start.sections):
        return
    situations = texts["situations"]
    tiles = [
        {
            "title": tile["title"],
            "text": tile["words"],
            "url": tile["url"],
            "page": None,
            "picture": editors_picture(tile["picture"]),
        }
        for tile in situations["tiles"]
    ]
    statement = texts["statement"] | {"portrait": editors_picture(texts["statement"]["portrait"])}
    start.title, start.hero_title, start.hero_text = "Start", texts["headline"], texts["lead"]
    start.sections = stream(
        start,
        "sections",
        [
            ("mine", {"title": "", "count": 3}),
            ("campaigns", {"title": "", "count": 3}),
            ("statement", statement),
            ("situations", {"title": situations["title"], "text": situations["text"], "tiles": tiles}),
            ("news", {"title": "", "count": 4}),
            ("ideas", {"title": "", "count": 3}),
            ("search", {"title": "", "words": texts["searched"]}),
            ("numbers", {"title": ""}),
        ],
    )
    start.save_revision(user=editor()).publish(user=editor(), skip_permission_checks=True)


def fill_frame() -> None:
    """Fill header and footer, unless somebody has done so."""
    settings, texts = TownSettings.load(), read("pages")
    if settings.office:
        return
    contact = texts["contacts"]["stabsstelle"]
    for name in ("office", "persons", "phone", "email", "address", "hours"):
        setattr(settings, name, contact[name])
    for name, entries in texts["menus"].items():
        links = [
            ("link", {"text": words, "page": None, "url": url, "text_en": english}) for words, english, url in entries
        ]
        setattr(settings, name, stream(settings, name, links))  # type: ignore[arg-type]
    settings.save()
