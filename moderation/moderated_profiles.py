"""How people plug into moderation: their public name, and measures about what they do here."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.name_changes import gates_names
from common.database import now
from common.errors import Refused
from moderation import measures, rules
from moderation.actions.forgetting import pseudonym
from moderation.actions.profiles import hide_name, hold_name, refuse_name, restore_name, take_name
from moderation.actions.sanctions import begin_measure, keep_measure, lift_measure
from moderation.models import Case, Decision, ProfileName, Sanction
from moderation.queries.profiles import PROFILE, latest_number, shown_state, states, waiting_name
from moderation.registry import Done, Moderated, Snapshot, all_moderated, moderates
from moderation.watch import Watched

Kind = Decision.Kind

gates_names(hold_name)
STATES = """SELECT u.id, CASE
    WHEN EXISTS (SELECT 1 FROM moderation_profilename n WHERE n.person_id = u.id AND n.state = 'hidden') THEN 'hidden'
    WHEN EXISTS (SELECT 1 FROM moderation_profilename n WHERE n.person_id = u.id AND n.state = 'waiting') THEN 'waiting'
    ELSE 'public' END AS state FROM accounts_user u"""


@moderates(PROFILE)
class ModeratedProfile(Moderated):
    """Decisions on names, by versions of the name; and measures, which leave the name as it is."""

    label, yours = gettext_lazy("Profile"), gettext_lazy("your public name")
    preview_template = "moderation/parts/moderated_profile.html"
    is_contribution = False
    decisions: Mapping[str, tuple[str, ...]] = {
        "waiting": ("approve", "approve_with_note", "refuse"),
        "public": ("approve", "hide", *measures.MEASURES),
        "hidden": ("restore", *measures.MEASURES),
    }
    # A new name is the person's own doing; it waits, and what stands does not change.
    by_author = ("waiting", "deleted")
    watched = Watched(
        "moderation_profilename", start="public", states=STATES, subjects="accounts_user", may_go=True,
        events=("update", "insert", "delete"),
    )  # fmt: skip

    def describe(self, object_id: int) -> Snapshot | None:
        person = User.objects.filter(pk=object_id).first()
        if person is None:
            return None
        new = waiting_name(object_id)
        earlier = _("Name so far: %(name)s") % {"name": person.display_name} if new else ""
        return Snapshot(
            title=new.name if new else person.display_name, excerpt=earlier, author_id=person.pk,
            author_name=person.display_name, campaign_id=None, campaign_title="", version=latest_number(object_id),
            state=shown_state(object_id), url="", marks=(earlier,) if earlier else (),
        )  # fmt: skip

    def as_read(self, object_id: int) -> Snapshot | None:
        """Return the name that others read, whatever waits."""
        found, person = self.describe(object_id), User.objects.filter(pk=object_id).first()
        if found is None or person is None:
            return None
        return Snapshot(**{**found.__dict__, "title": person.display_name, "excerpt": "", "marks": ()})

    def preview(self, object_id: int, version: int) -> dict[str, Any]:
        person = User.objects.get(pk=object_id)
        names = ProfileName.objects.filter(person=person)
        return {"subject": person, "names": list(names), "new": names.filter(number=version, state="waiting").first()}

    def decisions_on(self, object_id: int, state: str) -> tuple[str, ...]:
        """Offer what fits: a new name can wait while the old one is hidden; only what is in force can be lifted."""
        offered = self.decisions.get(state, ())
        if state == "hidden" and waiting_name(object_id):
            offered = ("approve", "refuse", "restore")
        if not Sanction.objects.in_force().filter(person_id=object_id).exists():
            offered = tuple(name for name in offered if name != Kind.LIFT)
        return offered

    def label_of(self, decision: str, state: str) -> str | Promise:
        better = {
            "approve": gettext_lazy("Leave it as it is") if state == "public" else gettext_lazy("Approve the name"),
            "refuse": gettext_lazy("Refuse the new name"),
            "hide": gettext_lazy("Hide the name"),
            "restore": gettext_lazy("Give the name back"),
        }
        return better.get(decision, "")

    def act(
        self,
        decision: str,
        object_id: int,
        version: int,
        *,
        actor: Any,
        target: str = "",
        reason: str = "",
        second: bool = False,
    ) -> Done:
        person = User.objects.select_for_update(no_key=True).get(pk=object_id)
        before = shown_state(object_id)
        if decision == Kind.LIFT:
            return lift_measure(person, target, before, second=second)
        if decision in measures.MEASURES:
            return begin_measure(decision, person, measures.Terms.read(target), before)
        if decision in (Kind.APPROVE, Kind.APPROVE_WITH_NOTE) and waiting_name(object_id):
            before = "waiting"  # a hidden name gives way to it: that is written down by itself
        self.decide_on_name(decision, person, version)
        return Done(before, shown_state(object_id))

    def decide_on_name(self, decision: str, person: User, version: int) -> None:
        """Carry out a decision on a name; „approve" of what stands changes nothing."""
        refused = ProfileName.objects.filter(person=person, number=version, state="refused").exists()
        if decision in (Kind.APPROVE, Kind.APPROVE_WITH_NOTE):
            if waiting_name(person.pk) or refused:
                take_name(person, version)
        elif decision == Kind.REFUSE:
            refuse_name(person)
        elif decision == Kind.HIDE:
            hide_name(person)
        elif decision == Kind.RESTORE:
            restore_name(person)
        else:
            raise Refused(_("This decision does not fit here."), code="unfit_decision", status=422, field="decision")

    def recorded_title(self, case: Case) -> str:
        """The record cannot forget: a number stands for the name."""
        return pseudonym(case.object_id)

    def recorded(self, entry: Decision, target: str = "") -> None:
        if entry.decision in (*measures.MEASURES,):
            keep_measure(entry, target)

    def terms(self, decision: str, target: str) -> tuple[str, str]:
        return measures.reach(decision, measures.end_of(decision, measures.Terms.read(target), now()))

    def states(self, object_ids: Iterable[int]) -> dict[int, str]:
        there = list(User.objects.filter(pk__in=list(object_ids)).values_list("pk", flat=True))
        return states(there)

    def reportable(self, object_id: int, user: Any) -> Model | None:
        """Return somebody whose name ``user`` can read beside something; moderators: whoever has written here."""
        person = User.objects.filter(pk=object_id, is_active=True).first()
        if person is None:
            return None
        if rules.may_decide(user) and Case.objects.visible_to(user).filter(author=person).exists():
            return person
        return person if any(other.wrote(object_id, user) for other in all_moderated()) else None
