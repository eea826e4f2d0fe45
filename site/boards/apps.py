from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardsConfig(AppConfig):
    """Advisory boards: a public page, and a closed room for its members."""

    name = "boards"
    verbose_name = _("Advisory board")
