"""The closed group of the family advisory board: members, two proposals, and what is said about them."""

from functools import partial

from cms.models import CampaignIndexPage, CampaignPage
from config.demo import body
from config.demo.clock import ago, evening
from config.demo.ideas import mark
from config.demo.pages import add_page, stream
from config.demo.people import People
from config.demo.pictures import editors_picture
from config.demo.replay import History
from config.demo.texts import Entry, read
from ideas.actions import submit_idea, write_comment
from ideas.content import IdeaContent
from ideas.models import Campaign, Idea, Member, Phase, Topic


def make_group() -> None:
    """Make the group with its page and members, if it is not there yet."""
    texts = read("group")
    if Campaign.objects.filter(slug=texts["slug"]).exists():
        return
    campaign = Campaign.objects.create(
        slug=texts["slug"],
        title=texts["title"],
        summary=texts["summary"],
        audience=Campaign.Audience.MEMBERS,
        who_text="Mitglieder des Familienbeirats",
        check_ideas=Campaign.Check.AFTER,
        answer_office=texts["office"],
        rules_text=texts["rules"].strip(),
    )
    Phase.objects.create(
        campaign=campaign, kind=Phase.Kind.COLLECT, opens_at=evening(-30), closes_at=evening(120),
        allows_ideas=True, allows_comments=True, allows_support=True,
    )  # fmt: skip
    add_members(campaign, texts)
    page = CampaignPage(title=texts["title"], campaign=campaign, stake=texts["stake"])
    page.picture = editors_picture(texts["picture"])
    page.body = stream(page, "body", body.blocks(texts["body"]))
    add_page(CampaignIndexPage.objects.get(), page, at=evening(-30))


def add_members(campaign: Campaign, texts: Entry) -> None:
    """Let everybody in who belongs to the board."""
    everybody = People()
    for role, names in ((Member.Role.HOST, texts["hosts"]), (Member.Role.MEMBER, texts["members"])):
        for name in names:
            Member.objects.create(campaign=campaign, person=everybody.who(name), role=role)


def plan_group(everybody: People, history: History) -> None:
    """Let the proposals and comments of the group happen."""
    for number, entry in enumerate(read("group")["ideas"]):
        key = f"beirat-{number}"
        history.add(ago(entry["days"]), partial(propose, everybody, entry, key))
        for comment in entry["comments"]:
            history.add(ago(comment["days"]), partial(comment_on, everybody, key, comment))


def propose(everybody: People, entry: Entry, key: str) -> None:
    """Send one proposal."""
    topic = Topic.objects.filter(slug=entry["topic"]).first()
    content = IdeaContent(title=entry["title"], text=entry["text"].strip(), topic=topic)
    campaign = Campaign.objects.get(slug=read("group")["slug"])
    submit_idea(author=everybody.who(entry["author"]), campaign=campaign, content=content, request_key=mark(key))


def comment_on(everybody: People, key: str, entry: Entry) -> None:
    """Write one comment."""
    idea = Idea.objects.get(request_key=mark(key))
    write_comment(author=everybody.who(entry["by"]), idea=idea, text=entry["text"], stance=entry["stance"])
