"""Two participatory budgets: one in which people fill their baskets, one that is sealed and counted."""

import random
from datetime import timedelta
from functools import partial

from accounts.models import User
from cms.models import CampaignIndexPage, CampaignPage
from config.demo import body
from config.demo.clock import ago, evening
from config.demo.ideas import approve, mark, open_case_of
from config.demo.pages import add_page, stream
from config.demo.people import People
from config.demo.pictures import IdeaPictures, editors_picture
from config.demo.replay import History, awake, spread
from config.demo.texts import Entry, read
from ideas.actions import submit_idea
from ideas.content import IdeaContent
from ideas.models import Campaign, District, Idea, Phase, Topic
from voting.actions import close_phase
from voting.actions.baskets import give_basket
from voting.actions.budget_runs import count, count_sealed
from voting.actions.projects import set_projects

Basket = frozenset[int]


def make_campaigns() -> None:
    """Make both campaigns with their pages, if they are not there yet."""
    for entry in read("budget")["campaigns"]:
        if not Campaign.objects.filter(slug=entry["slug"]).exists():
            make_campaign(entry)


def make_campaign(entry: Entry) -> None:
    """Make one: ideas come before, then people share out the money, then there is the result."""
    campaign = Campaign.objects.create(
        slug=entry["slug"],
        title=entry["title"],
        summary=entry["summary"],
        check_ideas=Campaign.Check.AFTER,
        answer_office=entry["office"],
        rules_text=entry["rules"].strip(),
    )
    began, ends = evening(entry["began"]), evening(entry["ends"])
    rows = (
        Phase(
            kind=Phase.Kind.COLLECT, title="Vorhaben", opens_at=began - timedelta(days=12), closes_at=began,
            allows_ideas=True,
        ),
        Phase(
            kind=Phase.Kind.VOTE, title="Geld verteilen", opens_at=began, closes_at=ends, allows_support=True,
            method=Phase.Method.BUDGET, budget_cents=entry["cents"], budget_rule=entry["rule"],
            budget_number=entry.get("number"),
        ),
        Phase(kind=Phase.Kind.RESULT, opens_at=ends, closes_at=ends + timedelta(days=120)),
    )  # fmt: skip
    for phase in rows:
        phase.campaign = campaign
        phase.save()
    page = CampaignPage(title=entry["title"], campaign=campaign, stake=entry["stake"])
    page.picture = editors_picture(entry["picture"])
    page.body = stream(page, "body", body.blocks(entry["body"]))
    add_page(CampaignIndexPage.objects.get(), page, at=began - timedelta(days=13))


def plan_budgets(everybody: People, history: History) -> None:
    """Let projects be written down, chosen with their cost, put into baskets, and one budget be sealed and counted."""
    pictures = IdeaPictures()
    for entry in read("budget")["campaigns"]:
        began = evening(entry["began"])
        draw = random.Random(entry["slug"])  # noqa: S311
        authors = draw.sample(everybody.named, len(entry["projects"]))
        for number, author in enumerate(authors):
            at = began - timedelta(days=9) + timedelta(hours=5 * number)
            history.add(at, partial(propose, author, entry, number, pictures))
            history.add(at + timedelta(hours=2), partial(check, entry, number, everybody.moderators[0]))
        history.add(began - timedelta(days=2), partial(choose, entry), quiet=True)
        plan_baskets(entry, everybody, history, draw)
        if entry["ends"] < 0:
            history.add(evening(entry["ends"]), partial(seal, entry))


def plan_baskets(entry: Entry, everybody: People, history: History, draw: random.Random) -> None:
    """Let people fill their baskets while the vote is open: mostly with what is near them."""
    voters = draw.sample(everybody.crowd, entry["baskets"])
    window = evening(entry["began"]), min(evening(entry["ends"]), ago(0.01))
    moments = awake(spread(len(voters), *window, draw, haste=1.2), draw)
    for voter, moment in zip(voters, moments, strict=True):
        history.add(moment, partial(fill, entry, voter, wishes(entry, draw)), quiet=True)


def wishes(entry: Entry, draw: random.Random) -> Basket:
    """Return the numbers of projects somebody wants: what is near counts double, what has no more room stays out."""
    home = draw.choice([project["group"] for project in entry["projects"]])
    left, caps = entry["cents"], dict(entry["caps"])
    most = entry.get("number") or draw.randrange(2, 7)

    def longing(number: int) -> float:
        project = entry["projects"][number]
        return -draw.random() * project["weight"] * (2.2 if project["group"] == home else 1)

    found: set[int] = set()
    for number in sorted(range(len(entry["projects"])), key=longing):
        project, cost = entry["projects"][number], entry["projects"][number]["euro"] * 100
        if len(found) < most and cost <= left and cost <= caps.get(project["district"], left):
            found.add(number)
            left -= cost
            if project["district"] in caps:
                caps[project["district"]] -= cost
    return frozenset(found)


def propose(author: User, entry: Entry, number: int, pictures: IdeaPictures) -> None:
    """Write one project down as an idea."""
    project = entry["projects"][number]
    picture = project.get("picture")
    words = read("pictures")["pictures"]
    content = IdeaContent(
        title=project["title"],
        text=project["text"],
        topic=Topic.objects.get(slug=project["topic"]),
        district=District.objects.get(slug=project["district"]),
        pictures=((pictures.get(picture, author), words[picture]),) if picture else (),
    )
    key = mark(f"{entry['key']}-{number}")
    submit_idea(author=author, campaign=campaign_of(entry), content=content, request_key=key)


def check(entry: Entry, number: int, by: User) -> None:
    """Let a moderator look at it."""
    approve(open_case_of("idea", ids(entry)[number]), by)


def campaign_of(entry: Entry) -> Campaign:
    return Campaign.objects.get(slug=entry["slug"])


def phase_of(entry: Entry) -> Phase:
    return Phase.objects.select_related("campaign").get(campaign__slug=entry["slug"], method=Phase.Method.BUDGET)


def ids(entry: Entry) -> list[int]:
    """Return the ideas of the projects, in their order."""
    keys = [mark(f"{entry['key']}-{number}") for number in range(len(entry["projects"]))]
    found = dict(Idea.objects.filter(request_key__in=keys).values_list("request_key", "pk"))
    return [found.get(key, 0) for key in keys]


def choose(entry: Entry) -> None:
    """Make the ideas projects with their cost, as an editor does before the vote."""
    costs = {idea: project["euro"] * 100 for idea, project in zip(ids(entry), entry["projects"], strict=True)}
    caps = {District.objects.get(slug=slug).pk: most for slug, most in entry["caps"].items()}
    set_projects(phase=phase_of(entry), costs=costs, caps=caps)


def fill(entry: Entry, voter: User, wanted: Basket) -> None:
    """Save one basket."""
    ideas = ids(entry)
    give_basket(user=voter, phase=phase_of(entry), idea_ids=[ideas[number] for number in wanted], version=0)


def seal(entry: Entry) -> None:
    """Seal the vote and count it, as the worker does."""
    phase = phase_of(entry)
    close_phase(phase=phase)
    if run := count_sealed(phase.pk):
        count(run.pk)
