from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """News index and articles, feeds."""

    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        from cms.first_site import adds_first_page
        from news import linkable  # noqa: F401 – registers articles as what can be linked
        from news.first_site import add_news_index

        adds_first_page(add_news_index)
