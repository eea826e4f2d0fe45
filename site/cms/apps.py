from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """The town's pages."""

    name = "cms"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from cms import frame
        from cms.first_site import make_first_site
        from theme.town import provides_town

        # Before all others, because they may want to give permissions on the page tree.
        first = next(app for app in apps.get_app_configs() if app.models_module)
        post_migrate.connect(make_first_site, sender=first, dispatch_uid="cms.first_site")
        provides_town(frame.town)
