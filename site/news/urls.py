"""Addresses of the news that are no pages."""

from django.urls import path

from news import views
from news.newsletter import views as newsletter

app_name = "news"
urlpatterns = [
    path("aktuelles/feed/", views.feed, name="feed"),
    path("aktuelles/feed/<slug:topic>/", views.feed, name="topic_feed"),
    path("aktuelles/newsletter/", newsletter.newsletter, name="newsletter"),
    path("aktuelles/newsletter/archiv/", newsletter.archive_list, name="newsletter_archive"),
    path("aktuelles/newsletter/archiv/<int:pk>/", newsletter.issue_page, name="newsletter_issue"),
    path("aktuelles/newsletter/bestaetigen/<str:token>/", newsletter.confirm, name="newsletter_confirm"),
    path("aktuelles/newsletter/abmelden/<str:token>/", newsletter.leave, name="newsletter_leave"),
    path("aktuelles/newsletter/meine/<str:token>/", newsletter.mine, name="newsletter_mine"),
]
