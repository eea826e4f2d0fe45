"""The page that shows all parts of the look; what browsers keep of the app."""

from django.urls import path

from theme import views

app_name = "theme"
urlpatterns = [
    path("stil/", views.style_guide, name="style_guide"),
    path("dienst.js", views.worker, name="worker"),
    path("ohne-netz/", views.offline, name="offline"),
]
