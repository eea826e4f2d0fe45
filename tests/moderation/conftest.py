"""A small kind of contribution: people's rows, whose ``office`` column plays the state."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import transaction

from accounts.models import User
from common.errors import Refused
from moderation.actions import decide, open_case
from moderation.models import Case, Decision, Rule, RuleVersion
from moderation.registry import Moderated, Snapshot, moderates

AFTER = {
    "approve": "public",
    "approve_with_note": "public",
    "request_change": "refused",
    "refuse": "refused",
    "hide": "hidden",
    "restore": "public",
}

VERSIONS: dict[int, int] = {}


@moderates("thing")
class ModeratedThing(Moderated):
    label = "Ding"
    yours = "Ihr Ding"
    preview_template = "moderation/cms/complaint_text.html"
    decisions = {  # noqa: RUF012
        "waiting": ("approve", "approve_with_note", "request_change", "refuse"),
        "public": ("approve", "hide"),
        "hidden": ("restore",),
        "refused": ("approve",),
    }

    def describe(self, object_id: int) -> Snapshot | None:
        thing = User.objects.filter(pk=object_id).first()
        if thing is None or not thing.office:
            return None
        return Snapshot(
            title=thing.display_name, excerpt="Ein Baum.", author_id=None, author_name="Uferläufer", campaign_id=1,
            campaign_title="Radverkehr", version=VERSIONS.get(object_id, 1), state=thing.office, url="/", marks=(),
        )  # fmt: skip

    def preview(self, object_id: int, version: int) -> dict[str, Any]:
        return {"subject": {"text": User.objects.get(pk=object_id).display_name}}

    def apply(self, decision: str, object_id: int, version: int) -> tuple[str, str]:
        before = User.objects.select_for_update().get(pk=object_id).office
        if decision not in self.decisions.get(before, ()):
            raise Refused("Das passt nicht mehr.", code="unfit", status=409)
        User.objects.filter(pk=object_id).update(office=AFTER[decision])
        return before, AFTER[decision]

    def reportable(self, object_id: int, user: Any) -> User | None:
        return User.objects.filter(pk=object_id, office="public").first()


@pytest.fixture
def thing(db):
    """Return a function that makes a contribution in a state."""
    made = iter(range(10_000))

    def make(state: str = "waiting") -> User:
        number = next(made)
        return User.objects.create_user(f"ding{number}@example.org", display_name=f"Ding {number}", office=state)

    return make


@pytest.fixture
def moderator(db):
    """Return a function that makes a moderator."""

    def make(name: str = "Mira Kaya") -> User:
        person = User.objects.create_user(f"{name.split()[0].lower()}@example.org", display_name=name, is_staff=True)
        wanted = Permission.objects.filter(codename__in=("decide", "access_admin"))
        person.user_permissions.add(*wanted)
        return person

    return make


@pytest.fixture
def rule(db) -> RuleVersion:
    """Return the words of a rule."""
    return RuleVersion.objects.create(
        rule=Rule.objects.create(number=3),
        title="Respektvoller Ton",
        text="Kritik an Ideen ist erwünscht, Angriffe nicht.",
    )


@pytest.fixture
def opened(thing):
    """Return a function that makes a contribution with an open case."""

    def make(state: str = "waiting", reason: str = Case.Reason.NEW) -> Case:
        item = thing(state)
        with transaction.atomic():
            return open_case("thing", item.pk, reason=reason)

    return make


@pytest.fixture
def refused(opened, moderator, rule):
    """Return a function that makes a refused contribution's decision, made by Mira Kaya."""
    mira = moderator("Mira Kaya")

    def make(decision: str = "refuse", state: str = "waiting") -> Decision:
        case = opened(state)
        return decide(
            case_id=case.pk,
            version=1,
            actor=mira,
            decision=decision,
            rule_version=rule,
            reason="Das greift jemanden an.",
        )

    return make
