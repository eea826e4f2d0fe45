from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People: signing in, public names, roles."""

    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from accounts.roles import connect

        connect()
