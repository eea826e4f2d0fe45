from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Messages in the account and by mail; only listens."""

    name = "notifications"
    verbose_name = _("Messages")
