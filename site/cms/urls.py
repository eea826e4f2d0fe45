"""Addresses of this room that are no pages of the tree: rules and results of campaigns, pictures, and what machines ask for."""

from django.urls import path, register_converter

from cms import views

app_name = "cms"


class PictureName:
    """A file name of a rendition: one part, no way upwards, an ending that browsers show as a picture."""

    regex = r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,180}\.(?:avif|gif|jpe?g|png|webp)"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PictureName, "picture")

urlpatterns = [
    path("mitmachen/<slug:slug>/regeln/", views.rules, name="rules"),
    path("mitmachen/<slug:slug>/ergebnis/", views.result, name="result"),
    path("mitmachen/<slug:slug>/ergebnis/zahlen.csv", views.figures, name="figures"),
    path("medien/images/<picture:name>", views.picture, name="picture"),
    path("sitemap.xml", views.sitemap_index, name="sitemap"),
    path("sitemap-seiten.xml", views.sitemap_pages, name="sitemap_pages"),
    path("sitemap-ideen-<int:number>.xml", views.sitemap_ideas, name="sitemap_ideas"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
]
