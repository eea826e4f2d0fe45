"""Which public names are allowed, and who is staff."""

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.names import looks_official, mixes_scripts, skeleton
from common.errors import Refused

SHORTEST_NAME = 2


def require_good_name(name: str, *, person_id: int | None = None, for_staff: bool = False) -> None:
    """Raise ``Refused`` for a public name that is too short, looks like an office's or like somebody else's."""
    if sum(sign.isalnum() for sign in name) < SHORTEST_NAME or not skeleton(name):
        raise Refused(
            _("Please use at least two letters or digits."), code="name_short", status=422, field="display_name"
        )
    if mixes_scripts(name) or (not for_staff and looks_official(name)):
        message = _("This name could be taken for the town's staff or for somebody else. Please choose another one.")
        raise Refused(message, code="name_misleading", status=422, field="display_name")
    if User.objects.is_name_taken(name, besides=person_id):
        message = _("Somebody has this name already, or one that looks very much like it. Please choose another one.")
        raise Refused(message, code="name_taken", status=422, field="display_name")


def is_staff(user: User) -> bool:
    """Whether the person may enter the admin."""
    return user.has_perm("wagtailadmin.access_admin")


def level_of(person: User) -> int:
    """Return how well the town knows somebody: 0 by mail, or the best proof there is (``Verification.Level``)."""
    best = person.verifications.aggregate(best=Max("level"))["best"]
    return int(best or 0)
