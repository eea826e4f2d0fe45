"""Addresses of ideas, comments and Mein Bereich."""

from django.urls import path

from ideas import views

app_name = "ideas"
urlpatterns = [
    path("ideen/", views.ideas, name="ideas"),
    path("ideen/feed/", views.feed, name="feed"),
    path("ideen/neu/", views.submit, name="submit"),
    path("ideen/bild/<uuid:key>/<int:width>.webp", views.picture, name="picture"),
    path("ideen/entwurf/<uuid:key>/loeschen/", views.delete_draft, name="delete_draft"),
    path("ideen/<int:pk>/", views.idea, name="idea_short"),
    path("ideen/<int:pk>/danke/", views.receipt, name="receipt"),
    path("ideen/<int:pk>/bearbeiten/", views.change, name="change"),
    path("ideen/<int:pk>/zurueckziehen/", views.withdraw, name="withdraw"),
    path("ideen/<int:pk>/verlauf/", views.trail, name="trail"),
    path("ideen/<int:pk>/antwort/", views.answer, name="answer"),
    path("ideen/<int:pk>/kommentare/", views.add_comment, name="add_comment"),
    path("ideen/<int:pk>/<slug:slug>/", views.idea, name="idea"),
    path("kommentare/<int:pk>/", views.comment, name="comment"),
    path("kommentare/<int:pk>/loeschen/", views.delete_comment, name="delete_comment"),
    path("mein/", views.mine, name="mine"),
    path("mein/gruppen/", views.groups, name="groups"),
    path("mein/gruppen/<slug:slug>/", views.one_group, name="group"),
    path("mitmachen/einladung/<str:token>/", views.invitation, name="invitation"),
]
