"""The evening in the library: five drafts that people give stars, and comments that others agree with or not."""

import random
from datetime import datetime, timedelta
from functools import partial

from accounts.models import User
from cms.models import CampaignIndexPage, CampaignPage
from config.demo import body
from config.demo.clock import ago, evening
from config.demo.ideas import approve, mark, open_case_of
from config.demo.pages import add_page, stream
from config.demo.people import People
from config.demo.pictures import editors_picture
from config.demo.replay import History, awake, spread
from config.demo.texts import Entry, read
from ideas.actions import submit_idea, write_comment
from ideas.content import IdeaContent
from ideas.models import Campaign, Comment, Idea, Phase, Topic
from voting.actions import give_opinion, rate_comment

BEGAN, ENDS = -9, 10
# Of the comments of other campaigns, so many are rated, each by so many.
RATED, MOST_RATERS = 24, 14


def make_campaign() -> None:
    """Make the campaign with its page, if it is not there yet."""
    texts = read("stars")
    if Campaign.objects.filter(slug=texts["slug"]).exists():
        return
    campaign = Campaign.objects.create(
        slug=texts["slug"],
        title=texts["title"],
        summary=texts["summary"],
        check_ideas=Campaign.Check.AFTER,
        answer_office=texts["office"],
        rules_text=texts["rules"].strip(),
    )
    rows = (
        Phase(
            kind=Phase.Kind.COLLECT, title="Entwürfe", opens_at=evening(BEGAN - 5), closes_at=evening(BEGAN),
            allows_ideas=True,
        ),
        Phase(
            kind=Phase.Kind.VOTE, title="Sterne geben", method=Phase.Method.RATING, opens_at=evening(BEGAN),
            closes_at=evening(ENDS), allows_support=True, allows_comments=True,
        ),
        Phase(kind=Phase.Kind.RESULT, opens_at=evening(ENDS), closes_at=evening(ENDS + 120)),
    )  # fmt: skip
    for phase in rows:
        phase.campaign = campaign
        phase.save()
    page = CampaignPage(title=texts["title"], campaign=campaign, stake=texts["stake"])
    page.picture = editors_picture(texts["picture"])
    page.body = stream(page, "body", body.blocks(texts["body"]))
    add_page(CampaignIndexPage.objects.get(), page, at=evening(BEGAN - 2))


def plan_stars(everybody: People, history: History) -> None:
    """Let the drafts be put out, discussed and given stars."""
    draw = random.Random(1905)  # noqa: S311
    texts, crowd = read("stars"), [*everybody.named, *everybody.crowd]
    author = everybody.who(texts["author"])
    history.add(ago(0), partial(rate_comments_elsewhere, everybody.crowd), quiet=True)
    for number, entry in enumerate(texts["ideas"]):
        put_out = evening(BEGAN - 1) + timedelta(minutes=7 * number)
        history.add(put_out, partial(propose, author, entry))
        stars = [value for value, count in enumerate(entry["votes"], start=1) for _vote in range(count)]
        draw.shuffle(stars)
        voters = draw.sample([one for one in crowd if one != author], len(stars))
        moments = awake(spread(len(stars), evening(BEGAN), ago(0.01), draw, haste=1.2), draw)
        for voter, value, moment in zip(voters, stars, moments, strict=True):
            history.add(moment, partial(give, voter, entry, value), quiet=True)
        for comment in entry["comments"]:
            said = partial(write_comment, author=everybody.who(comment["by"]), text=comment["text"])
            at = ago(comment["hours"] / 24)
            history.add(at, partial(say, said, entry, comment["stance"]))
            if comment["by"] != texts["author"]:
                history.add(at + timedelta(hours=2), partial(check, comment["text"], everybody.moderators[0]))
            plan_ratings(entry, comment, crowd, at, draw, history)


def plan_ratings(
    entry: Entry, comment: Entry, crowd: list[User], at: datetime, draw: random.Random, history: History
) -> None:
    """Let others agree with a comment, or not."""
    values = [1] * comment["agree"] + [-1] * comment["disagree"]
    moments = spread(len(values), at + timedelta(minutes=10), ago(0.005), draw, haste=1.3)
    raters = draw.sample([one for one in crowd if one.display_name != comment["by"]], len(values))
    for rater, value, moment in zip(raters, draw.sample(values, len(values)), moments, strict=True):
        history.add(moment, partial(rate, rater, comment["text"], value), quiet=True)


def propose(author: User, entry: Entry) -> None:
    """Put out one draft of the library's."""
    topic = Topic.objects.filter(slug=entry["topic"]).first()
    content = IdeaContent(title=entry["title"], text=entry["text"].strip(), topic=topic)
    campaign = Campaign.objects.get(slug=read("stars")["slug"])
    submit_idea(author=author, campaign=campaign, content=content, request_key=mark(entry["key"]))


def give(voter: User, entry: Entry, value: int) -> None:
    """Give one draft its stars."""
    idea = Idea.objects.select_related("campaign").get(request_key=mark(entry["key"]))
    give_opinion(voter=voter, idea=idea, value=value)


def say(write: "partial[Comment]", entry: Entry, stance: str) -> None:
    """Say something about a draft."""
    write(idea=Idea.objects.get(request_key=mark(entry["key"])), stance=stance)


def rate(voter: User, text: str, value: int) -> None:
    """Agree with a comment, or not."""
    rate_comment(voter=voter, comment=Comment.objects.select_related("idea__campaign").get(text=text), value=value)


def check(text: str, by: User) -> None:
    """Let a moderator look at a comment."""
    approve(open_case_of("comment", Comment.objects.get(text=text).pk), by)


def rate_comments_elsewhere(crowd: list[User]) -> None:
    """Let people rate what was said in other campaigns in which comments can still be written."""
    draw = random.Random(1927)  # noqa: S311
    open_now = Phase.objects.filter(allows_comments=True, opens_at__lte=ago(0), closes_at__gt=ago(0))
    found = Comment.objects.listed().filter(idea__campaign__in=open_now.values("campaign"), agree_count=0)
    for comment in found.select_related("idea__campaign").order_by("pk")[: 5 * RATED : 5]:
        share = draw.random()
        for voter in draw.sample([one for one in crowd if one.pk != comment.author_id], draw.randrange(MOST_RATERS)):
            rate_comment(voter=voter, comment=comment, value=1 if draw.random() < 0.35 + share / 2 else -1)
