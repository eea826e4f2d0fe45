"""What the town is sorted by, its rules, and its campaigns with their phases."""

from datetime import timedelta

from config.demo.clock import ago, evening, today
from config.demo.texts import Entry, campaigns, read
from ideas.actions.outlines import save_outlines
from ideas.models import Campaign, District, Goal, Phase, Topic
from moderation.models import Rule, RuleVersion


def make_terms() -> None:
    """Make districts, topics and goals that are not there yet."""
    texts = read("town")
    for position, entry in enumerate(texts["districts"]):
        District.objects.get_or_create(slug=entry["slug"], defaults={"name": entry["name"], "position": position})
    make_outlines(texts["districts"])
    for position, entry in enumerate(texts["topics"]):
        Topic.objects.get_or_create(slug=entry["slug"], defaults={"name": entry["name"], "position": position})
    for position, entry in enumerate(texts["goals"]):
        words = {"name": entry["name"], "position": position, "description": f"{entry['line']}\n\n{entry['text']}"}
        Goal.objects.get_or_create(slug=entry["slug"], defaults=words)


def make_outlines(entries: list[Entry]) -> None:
    """Draw the districts that have no outline yet."""
    missing = District.objects.filter(outline=None).in_bulk(field_name="slug")
    drawn = [
        (missing[entry["slug"]], [[[*entry["outline"], entry["outline"][0]]]])
        for entry in entries
        if entry["slug"] in missing
    ]
    if drawn:
        save_outlines(chosen=drawn)


def make_rules() -> None:
    """Make the rules of conduct, in force since before the first idea."""
    for number, entry in enumerate(read("town")["rules"], 1):
        rule, _made = Rule.objects.get_or_create(number=number)
        if not rule.versions.exists():
            words = {name: entry[name] for name in ("title", "text")}
            RuleVersion.objects.create(
                rule=rule,
                ground=entry.get("ground", "terms"),
                provision=entry.get("provision", ""),
                valid_from=ago(200),
                **words,
            )


def rule_called(slug: str) -> RuleVersion:
    """Return the words of a rule."""
    number = [entry["slug"] for entry in read("town")["rules"]].index(slug) + 1
    return RuleVersion.objects.filter(rule__number=number).order_by("-number")[0]


def make_campaigns() -> None:
    """Make the campaigns that are not there yet, with their phases."""
    for entry in campaigns():
        if not Campaign.objects.filter(slug=entry["slug"]).exists():
            make_campaign(entry)


def make_campaign(entry: Entry) -> Campaign:
    """Make one campaign."""
    campaign: Campaign = Campaign.objects.create(
        slug=entry["slug"],
        title=entry["title"],
        summary=entry["summary"],
        support_limit=entry.get("support_limit"),
        support_goal=entry.get("support_goal"),
        answer_office=entry["office"],
        answer_until=today() + timedelta(days=entry["answer_days"]),
        rules_text=entry["rules"].strip(),
    )
    first = evening(entry["phases"][0]["from"]) - timedelta(days=7)
    Campaign.objects.filter(pk=campaign.pk).update(created_at=first)
    Phase.objects.bulk_create(phase_of(campaign, phase) for phase in entry["phases"])
    return campaign


def phase_of(campaign: Campaign, entry: Entry) -> Phase:
    """Return one phase, unsaved."""
    return Phase(
        campaign=campaign,
        kind=entry["kind"],
        opens_at=evening(entry["from"]),
        closes_at=evening(entry["to"]),
        allows_ideas=entry.get("ideas", False),
        allows_comments=entry.get("comments", False),
        allows_support=entry.get("support", False),
    )


def move_on() -> int:
    """Move campaigns whose running phase was to last longer than it did, so that a town started weeks later is alive again.

    Returns how many were moved. A campaign that was sealed, or changed by hand, stays.
    """
    moved = 0
    for entry in campaigns():
        campaign = Campaign.objects.filter(slug=entry["slug"]).first()
        running = next((phase for phase in entry["phases"] if phase["from"] < 0 < phase["to"]), None)
        if campaign is None or running is None or entry["slug"] == "kuehle-plaetze":
            continue
        moved += shift(campaign, entry, running)
    return moved


def shift(campaign: Campaign, entry: Entry, running: Entry) -> int:
    """Let the phase that should run end when a new town's would, and those after it follow."""
    phases = {phase.kind: phase for phase in campaign.phases.all()}
    ours = phases.get(running["kind"])
    if (
        ours is None
        or ours.sealed_at
        or ours.closes_at > evening(0) + timedelta(days=1)
        or len(phases) != len(entry["phases"])
    ):
        return 0
    for planned in entry["phases"]:
        if planned["to"] > 0:
            phase = phases[planned["kind"]]
            opens = phase.opens_at if planned is running else evening(planned["from"])
            Phase.objects.filter(pk=phase.pk).update(opens_at=opens, closes_at=evening(planned["to"]))
    Campaign.objects.filter(pk=campaign.pk).update(answer_until=today() + timedelta(days=entry["answer_days"]))
    return 1
