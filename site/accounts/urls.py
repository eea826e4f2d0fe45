"""Addresses of one's own settings, and those of Wagtail that lead to ours. Stands before Wagtail's and the library's."""

from allauth.account.views import logout
from django.urls import path
from django.views.generic import RedirectView

from accounts import identity_views, views

app_name = "accounts_own"
urlpatterns = [
    path("cms/login/", views.admin_login, name="admin_login"),
    path("cms/logout/", logout, name="admin_logout"),
    path(
        "cms/password_reset/", RedirectView.as_view(pattern_name="account_reset_password"), name="admin_password_reset"
    ),
    path("konto/login/code/", views.RequestCodeView.as_view(), name="request_code"),
    path("mein/einstellungen/", views.settings_page, name="settings"),
    path("mein/ausweisen/", identity_views.identify, name="identify"),
    path("mein/ausweisen/nachweis/", identity_views.identify_official, name="identify_official"),
    # The library's pages about connected accounts: nothing is ever connected here.
    path("konto/3rdparty/", RedirectView.as_view(pattern_name="accounts_own:identify"), name="no_connections"),
    path("konto/3rdparty/signup/", RedirectView.as_view(pattern_name="accounts_own:identify"), name="no_signup"),
]
