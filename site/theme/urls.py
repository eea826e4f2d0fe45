"""The page that shows all parts of the look."""

from django.urls import path

from theme import views

app_name = "theme"
urlpatterns = [path("stil/", views.style_guide, name="style_guide")]
