"""Addresses of ideas, comments and Mein Bereich."""

from django.urls import path

from ideas import views

app_name = "ideas"
urlpatterns = [
    path("ideen/", views.ideas, name="ideas"),
    path("ideen/feed/", views.feed, name="feed"),
    path("ideen/karte/", views.map_page, name="map"),
    path("ideen/karte/stadtteile.geojson", views.districts_data, name="map_districts"),
    path("ideen/karte.geojson", views.map_data, name="map_data"),
    path("ideen/neu/", views.submit, name="submit"),
    path("ideen/datei/<uuid:key>/", views.file, name="file"),
    path("ideen/bild/<uuid:key>/<int:width>.webp", views.picture, name="picture"),
    path("ideen/neu/aehnlich/", views.similar_ideas, name="similar_ideas"),
    path("ideen/entwurf/<uuid:key>/", views.draft, name="draft"),
    path("ideen/entwurf/<uuid:key>/loeschen/", views.delete_draft, name="delete_draft"),
    path("ideen/abholen/", views.claim, name="claim"),
    path("ideen/aushang/", views.campaign_notice, name="campaign_notice"),
    path("ideen/einbetten/", views.embed_campaign, name="embed_campaign"),
    path("ideen/einladung/<str:token>/", views.coauthor_invitation, name="coauthor_invitation"),
    path("ideen/<int:pk>/", views.idea, name="idea_short"),
    path("ideen/<int:pk>/danke/", views.receipt, name="receipt"),
    path("ideen/<int:pk>/bearbeiten/", views.change, name="change"),
    path("ideen/<int:pk>/zurueckziehen/", views.withdraw, name="withdraw"),
    path("ideen/<int:pk>/verlauf/", views.trail, name="trail"),
    path("ideen/<int:pk>/fassungen/", views.versions, name="versions"),
    path("ideen/<int:pk>/mitautoren/", views.coauthors, name="coauthors"),
    path("ideen/<int:pk>/verweise/", views.links, name="links"),
    path("ideen/<int:pk>/aushang/", views.notice, name="notice"),
    path("ideen/<int:pk>/qr.svg", views.qr_code, name="qr"),
    path("ideen/<int:pk>/einbetten/", views.embed, name="embed"),
    path("ideen/<int:pk>/antwort/", views.answer, name="answer"),
    path("ideen/<int:pk>/kommentare/", views.add_comment, name="add_comment"),
    path("ideen/<int:pk>/kommentare/namen/", views.comment_names, name="comment_names"),
    path("ideen/<int:pk>/<slug:slug>/", views.idea, name="idea"),
    path("wie-wir-sortieren/", views.sorting, name="sorting"),
    path("kommentare/<int:pk>/", views.comment, name="comment"),
    path("kommentare/<int:pk>/gespraech/", views.branch, name="branch"),
    path("kommentare/<int:pk>/bearbeiten/", views.change_comment, name="change_comment"),
    path("kommentare/<int:pk>/fassungen/", views.comment_versions, name="comment_versions"),
    path("kommentare/<int:pk>/loeschen/", views.delete_comment, name="delete_comment"),
    path("mein/", views.mine, name="mine"),
    path("mein/gruppen/", views.groups, name="groups"),
    path("mein/gruppen/<slug:slug>/", views.one_group, name="group"),
    path("mitmachen/einladung/<str:token>/", views.invitation, name="invitation"),
]
