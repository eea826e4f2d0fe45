"""What an empty installation gets from this room."""

from cms.models import StartPage
from news.models import NewsIndexPage


def add_news_index(start: StartPage) -> None:
    """Add /aktuelles/."""
    start.add_child(instance=NewsIndexPage(title="Aktuelles", slug="aktuelles", show_in_menus=True))
