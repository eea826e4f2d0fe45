"""All addresses, room by room; what no room answers is a page of the CMS."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.languages import TreePrefix
from config import health

# Voting stands before ideas: an idea's address ends with any word, voting's with one of its own.
ROOMS = ("accounts", "voting", "ideas", "moderation", "search", "news", "boards", "notifications", "cms", "theme")

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    *(path("", include(f"{room}.urls")) for room in ROOMS),
    path("cms/", include(wagtailadmin_urls)),
    path("dokumente/", include(wagtaildocs_urls)),
    path("konto/", include("allauth.urls")),
    # German addresses as they are, English ones below /en/.
    URLResolver(TreePrefix(), wagtail_urls.urlpatterns),  # type: ignore[arg-type]
]

handler400 = "theme.errors.bad_request"
handler403 = "theme.errors.permission_denied"
handler404 = "theme.errors.page_not_found"
handler429 = "theme.errors.too_many_requests"
handler500 = "theme.errors.server_error"
