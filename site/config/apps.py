from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The top of the house: settings, addresses, the demo town, and what production refuses."""

    name = "config"

    def ready(self) -> None:
        from config import checks, legal_checks  # noqa: F401 – registers itself
