"""Addresses of one's own settings, and those of Wagtail that lead to ours. Stands before Wagtail's and the library's."""

from allauth.account.views import logout
from django.urls import path
from django.views.generic import RedirectView

from accounts import views

app_name = "accounts_own"
urlpatterns = [
    path("cms/login/", views.admin_login, name="admin_login"),
    path("cms/logout/", logout, name="admin_logout"),
    path(
        "cms/password_reset/", RedirectView.as_view(pattern_name="account_reset_password"), name="admin_password_reset"
    ),
    path("konto/login/code/", views.RequestCodeView.as_view(), name="request_code"),
    path("mein/einstellungen/", views.settings_page, name="settings"),
]
