"""Addresses of this room."""

from django.urls import path

from voting import views

app_name = "voting"
urlpatterns = [
    path("abstimmungen/pruefen/", views.check, name="check"),
    path("abstimmungen/verzeichnis.json", views.directory, name="directory"),
    path("abstimmungen/verzeichnis/<int:number>.json", views.entries, name="entries"),
    path("mein/quittungen/", views.receipts, name="receipts"),
    path("mitmachen/<slug:slug>/haushalt/", views.basket, name="basket"),
    path("mitmachen/<slug:slug>/haushalt/nachholen/", views.basket_catch_up, name="basket_catch_up"),
    path("mitmachen/<slug:slug>/haushalt/ergebnis/", views.budget_result, name="budget_result"),
    path("mitmachen/<slug:slug>/haushalt/ergebnis/koerbe.pb", views.budget_file, name="budget_file"),
    path("mitmachen/<slug:slug>/code/", views.vote_with_code, name="code"),
    path("ideen/<int:idea_id>/auch-meine/", views.also_mine, name="also_mine"),
    path("ideen/<int:idea_id>/auch-meine/nachholen/", views.also_mine_catch_up, name="also_mine_catch_up"),
    path("ideen/<int:idea_id>/stimme/", views.opinion, name="opinion"),
    path("ideen/<int:idea_id>/stimme/nachholen/", views.opinion_catch_up, name="opinion_catch_up"),
    path("ideen/<int:idea_id>/unterstuetzung/", views.support, name="support"),
    path("ideen/<int:idea_id>/unterstuetzung/nachholen/", views.catch_up, name="catch_up"),
    path("ideen/<int:idea_id>/zusammenlegung/", views.merging, name="merging"),
    path("kommentare/<int:comment_id>/bewertung/", views.comment_vote, name="comment_vote"),
    path("kommentare/<int:comment_id>/bewertung/nachholen/", views.comment_vote_catch_up, name="comment_vote_catch_up"),
]
