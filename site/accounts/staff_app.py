"""Wagtail's room of people, with our forms."""

from typing import ClassVar

from wagtail.users.apps import WagtailUsersAppConfig


class StaffConfig(WagtailUsersAppConfig):
    """Takes the place of ``wagtail.users`` among the installed apps."""

    default: ClassVar[bool] = False
    user_viewset = "accounts.viewsets.PeopleViewSet"
