"""The news as an Atom feed; addresses come from ``SITE_URL``, never from the request."""

import datetime as dt

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from cms import frame
from cms.queries import absolute
from ideas.models import Topic
from news import queries
from news.listing import Selection
from news.models import NewsArticlePage

LENGTH = 30


def news_feed(self_url: str, topic: Topic | None = None) -> Atom1Feed:
    """Return the feed of the latest articles, perhaps of one topic: title, teaser, topic, and when each was changed."""
    town, address = frame.town(), Selection(topic=topic).url
    title = _("News from %(town)s") % {"town": town.name}
    made = Atom1Feed(
        title=f"{title}: {topic.name}" if topic else title,
        link=absolute(address),
        description=_("What is happening in the town, and what became of ideas."),
        language="de",
        feed_url=absolute(self_url),
        author_name=str(town.full_name),
        feed_guid=absolute(self_url),
    )
    found = queries.newest().filter(topic=topic) if topic else queries.newest()
    for article in found[:LENGTH]:
        add(made, article)
    return made


def add(feed: Atom1Feed, article: NewsArticlePage) -> None:
    """Add one article."""
    address = absolute(article.get_absolute_url())
    feed.add_item(
        title=article.title,
        link=address,
        description=article.teaser,
        unique_id=address,
        pubdate=noon(article.date),
        updateddate=article.last_published_at or noon(article.date),
        categories=[article.topic.name] if article.topic else [],
        author_name=article.author_office or None,
    )


def noon(day: dt.date) -> dt.datetime:
    """Return noon of a day in the town's time zone, for formats that want a moment."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
