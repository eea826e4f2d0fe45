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
    path("kontakte/<slug:slug>/", views.contact, name="contact"),
    path("kontakte/<slug:slug>.vcf", views.vcard, name="vcard"),
    path("kontakte/<slug:slug>/schreiben/", views.write_to_contact, name="write_to_contact"),
    path("kontakte/nachricht/<slug:code>/", views.letter, name="letter"),
    path("kontakte/orte/<int:pk>/", views.place, name="place"),
    path("kernprozesse/<slug:slug>/termine.ics", views.process_dates, name="process_dates"),
    path("bildnachweise/", views.picture_credits, name="picture_credits"),
    path("kennzahlen/<slug:slug>.csv", views.series, name="series"),
    path("sprache/<slug:language>/", views.choose_language, name="choose_language"),
    path("sprache/", views.keep_level, name="keep_level"),
    path("woerter/", views.glossary, name="glossary"),
    path("familienbericht/vergleich/", views.compare_reports, name="compare_reports"),
    path("familienbericht/vergleich.csv", views.compared_figures, name="compared_figures"),
    path("medien/images/<picture:name>", views.picture, name="picture"),
    path("farben/<slug:stamp>.css", views.town_colours, name="colours"),
    path("filme/<int:pk>/<str:name>", views.film, name="film"),
    path("sitemap.xml", views.sitemap_index, name="sitemap"),
    path("sitemap-seiten.xml", views.sitemap_pages, name="sitemap_pages"),
    path("sitemap-ideen-<int:number>.xml", views.sitemap_ideas, name="sitemap_ideas"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("symbol/<slug:stamp>/<int:size>.png", views.town_symbol, name="symbol"),
    path("symbol/<slug:stamp>/<int:size>-voll.png", views.town_symbol, {"masked": "-voll"}, name="symbol_full"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("vorschau/<int:pk>-<slug:stamp>.png", views.share_picture, name="share_picture"),
    path("vorschau/idee/<int:pk>-<slug:stamp>.png", views.idea_picture, name="idea_picture"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
]
