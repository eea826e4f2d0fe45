"""What the assistance has to say beside a case, and how often it was right."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from moderation.assistance.checks import CHECKS, Check
from moderation.models import Case, CheckSetting, MarkHit, WordList
from moderation.models.assistance import TOWN
from moderation.models.remit import Remit, within_remit
from moderation.registry import campaign_names, hidden_campaigns

if TYPE_CHECKING:
    from accounts.models import User

#: from so many decided cases on, a rate says something
ENOUGH = 5


@dataclass(frozen=True)
class Said:
    """One mark as shown: its check, the sentence, the places, and the other contribution where there is one."""

    check: Check
    words: str
    places: list[list[str]]
    other: Case | None


def marks_on(case: Case, user: "User") -> list[Said]:
    """Return the marks of a case with all they have to say; other cases only as far as ``user`` may look. Two statements."""
    rows = [row for row in MarkHit.objects.filter(case=case).order_by("pk") if row.check_name in CHECKS]
    numbers = [said["other"] for row in rows for said in row.said if said.get("other")]
    others = {other.pk: other for other in Case.objects.visible_to(user).filter(pk__in=numbers)} if numbers else {}
    return [
        Said(CHECKS[row.check_name], said["words"], said.get("places", []), others.get(said.get("other", 0)))
        for row in rows
        for said in row.said
    ]


def highlighted(case: Case) -> list[str]:
    """Return the pieces of the text that marks are about, longest first."""
    rows = MarkHit.objects.filter(case=case).values_list("said", flat=True)
    hits = {place[1] for row in rows for said in row for place in said.get("places", [])}
    return sorted((hit for hit in hits if hit.strip()), key=lambda hit: (-len(hit), hit))


@dataclass(frozen=True)
class Rate:
    """How cases with a mark ended."""

    restricted: int
    decided: int
    waiting: int

    @property
    def percent(self) -> int | None:
        """The hit rate in percent, or None before enough was decided to say one."""
        return round(100 * self.restricted / self.decided) if self.decided >= ENOUGH else None


def rates(user: "User", campaign: int = TOWN) -> dict[str, Rate]:
    """Return the hit rate of every check over the cases ``user`` may see, or over those of one campaign. One statement."""
    rows = MarkHit.objects.filter(within_remit(user, "campaign_id_copy"))
    for campaigns in hidden_campaigns(user):
        rows = rows.exclude(campaign_id_copy__in=campaigns)
    if campaign != TOWN:
        rows = rows.filter(campaign_id_copy=campaign)
    outcome = MarkHit.Outcome
    counted = rows.values("check_name").annotate(
        restricted=Count("pk", filter=Q(outcome=outcome.RESTRICTED)),
        waiting=Count("pk", filter=Q(outcome=outcome.OPEN)),
        all=Count("pk"),
    )
    found = {row["check_name"]: row for row in counted.order_by()}
    nothing = {"restricted": 0, "waiting": 0, "all": 0}
    return {
        name: Rate(row["restricted"], row["all"] - row["waiting"], row["waiting"])
        for name, row in ((name, found.get(name, nothing)) for name in CHECKS)
    }


def settings_of(campaign: int) -> tuple[set[str], set[str]]:
    """Return which checks are off for this campaign (or the town), and which for the town. One statement."""
    rows = dict(
        CheckSetting.objects.filter(campaign_id_copy__in={TOWN, campaign}).values_list("campaign_id_copy", "off")
    )
    return set(rows.get(campaign, ())), set(rows.get(TOWN, ()))


def campaigns_of(user: "User") -> dict[int, str]:
    """Return the campaigns whose cases ``user`` moderates, by id; two or three statements."""
    names = campaign_names(user)
    remit = Remit.objects.filter(person=user).first()
    if remit is not None:
        mine = set(remit.campaigns.values_list("campaign_id_copy", flat=True))
        names = {number: title for number, title in names.items() if number in mine}
    hidden = {number for campaigns in hidden_campaigns(user) for number in campaigns.values_list("pk", flat=True)}
    return {number: title for number, title in names.items() if number not in hidden}


def moderates_all(user: "User") -> bool:
    """Tell whether somebody's work is not bound to campaigns: only they change what holds for the whole town."""
    return not Remit.objects.filter(person=user).exists()


def lists_for(user: "User", campaigns: dict[int, str]) -> list[WordList]:
    """Return the word lists of the town and of these campaigns; everybody who moderates may read those of the town."""
    return list(WordList.objects.filter(campaign_id_copy__in={TOWN, *campaigns}).defer("words"))
