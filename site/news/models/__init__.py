"""What exists in this room."""

from news.models.articles import ArticleIdea, NewsArticlePage, NewsIndexPage
from news.models.issues import Issue, IssueArticle, Letter
from news.models.newsletter import Rhythm, Subscriber, Wish

__all__ = [
    "ArticleIdea",
    "Issue",
    "IssueArticle",
    "Letter",
    "NewsArticlePage",
    "NewsIndexPage",
    "Rhythm",
    "Subscriber",
    "Wish",
]
