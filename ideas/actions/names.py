"""What follows when somebody whose ideas are public gives themselves another name."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.name_changes import earlier_names
from ideas.models import Idea
from ideas.rules import is_exempt
from moderation.actions import open_case
from moderation.models import Case


@transaction.atomic
def look_at_name(person_id: int) -> None:
    """Bring the person's newest public idea to the moderators, with the name it stood under before.

    Until profiles are a kind of contribution of their own, that is where a name can be judged.
    """
    person, before = User.objects.filter(pk=person_id).first(), earlier_names(person_id)
    if person is None or is_exempt(person):
        return
    newest = Idea.objects.filter(author=person, state=Idea.State.PUBLIC).order_by("-pk").values_list("pk", flat=True)
    if idea_id := newest.first():
        mark = _("public name changed, before: %(name)s") % {"name": before[-1] if before else "–"}
        case = Case.objects.filter(kind="idea", object_id=idea_id, state=Case.State.OPEN).first()
        version = case.subject_version if case else None
        open_case("idea", idea_id, reason=Case.Reason.CHANGE, subject_version=version, marks=(mark,))
