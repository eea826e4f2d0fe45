"""Filling the town, once: all or nothing, and nothing twice."""

from collections.abc import Callable
from functools import partial

from django.db import transaction
from tqdm import tqdm

from accounts.models import User
from common.models import Delivery
from config.demo import (
    aims,
    assisting,
    board,
    budget,
    codes,
    desk,
    following,
    group,
    handing,
    hinted,
    legal,
    measuring,
    newsletters,
    noticed,
    odd_votes,
    pages,
    people,
    questions,
    record,
    reports,
    reworded,
    searching,
    seeing,
    stars,
    terms,
    together,
    town,
    trusting,
    undertakings,
    words,
    writing_in,
)
from config.demo.cases import Cases
from config.demo.clock import evening
from config.demo.ideas import Story
from config.demo.merging import Joining
from config.demo.people import People
from config.demo.pictures import IdeaPictures
from config.demo.replay import History
from config.demo.support import Support
from config.demo.talk import Talk
from config.demo.texts import campaigns, ideas
from ideas.actions import save_draft
from ideas.models import Campaign, Draft, Idea, Phase, Topic
from search.actions import rebuild
from search.attachments.reading import read_waiting
from voting.actions import close_phase

PARTS: tuple[tuple[str, Callable[[], None]], ...] = (
    ("people", people.make_people),
    ("terms", town.make_terms),
    ("rules", town.make_rules),
    ("campaigns", town.make_campaigns),
    ("own questions", questions.make_questions),
    ("pages of the campaigns", pages.make_campaign_pages),
    ("closed group", group.make_group),
    ("vote with stars", stars.make_campaign),
    ("participatory budgets", budget.make_campaigns),
    ("voting codes", codes.allow_codes),
    ("word lists", assisting.make_word_lists),
)
LATER: tuple[tuple[str, Callable[[], None]], ...] = (
    ("plain pages", pages.make_plain_pages),
    ("imprint and statement on accessibility", legal.make_legal_pages),
    ("page of blocks, draft to approve", legal.make_sample_pages),
    ("goals, measures, indicators", aims.make_goals),
    ("family reports", reports.make_reports),
    ("advisory board", board.make_board),
    ("core processes, places, contacts", undertakings.make_processes),
    ("news", pages.make_news),
    ("newsletter", newsletters.make_newsletter),
    ("terms of the campaigns", terms.make_terms_of_campaigns),
    ("looks at ideas", seeing.make_looks),
    ("hints", hinted.make_hint_figures),
    ("votes that stand out", odd_votes.make_odd_votes),
    ("reports", noticed.make_reports),
    ("messages to the contact point", writing_in.make_messages),
    ("measures and templates", measuring.make_measures),
    ("trust and modes", trusting.make_trust),
    ("memory of decisions", assisting.remember_decisions),
    ("roots of the record", record.make_last_root),
    ("a case handed over", handing.hand_one_over),
    ("start page", pages.fill_start_page),
    ("header and footer", pages.fill_frame),
    ("saved searches", following.keep_searches),
    ("words of the search", searching.keep_words),
    ("languages and words", words.make_words),
)


@transaction.atomic
def fill(*, silent: bool = False) -> bool:
    """Fill what is missing; return whether the town's history had to be written."""
    waiting = set(Delivery.objects.values_list("pk", flat=True))
    with tqdm(desc="Musterstadt", unit=" steps", disable=silent, total=len(PARTS) + len(LATER)) as bar:
        for _name, part in PARTS:
            part()
            bar.update()
        is_new = not Idea.objects.filter(request_key__startswith="demo:").exists()
        if is_new:
            write_history(bar)
        for _name, part in LATER:
            part()
            bar.update()
        if is_new:
            rebuild()
            read_waiting()
        else:
            town.move_on()
    # Nobody is to get mail about what never happened.
    Delivery.objects.exclude(pk__in=waiting).delete()
    return is_new


def write_history(bar: "tqdm[None]") -> None:
    """Let everything happen again, in its order."""
    everybody, history = People(), History()
    pictures = IdeaPictures()
    stories = [Story(entry, everybody, pictures, history) for entry in ideas()]
    for story in stories:
        story.plan()
    Talk(stories, everybody, history).plan()
    reworded.plan_changes(stories, everybody, history)
    joining = Joining(stories, everybody, history)
    Support(stories, everybody, history, elsewhere={joining.campaign: joining.voters}).plan()
    joining.plan()
    Cases(stories, everybody, history).plan()
    group.plan_group(everybody, history)
    desk.plan_desk(everybody, history)
    stars.plan_stars(everybody, history)
    together.plan_together(stories, everybody, history)
    budget.plan_budgets(everybody, history)
    codes.plan_codes(everybody, history)
    plan_sealings(history)
    record.plan_roots(history)
    bar.total += len(history.steps)
    bar.refresh()
    history.run(bar.update)
    leave_draft(everybody.who("Hanna vom Deich"))


def plan_sealings(history: History) -> None:
    """Seal the votes that are over."""
    for entry in campaigns():
        for planned in entry["phases"]:
            if planned["kind"] == "vote" and planned["to"] < 0:
                phase = Phase.objects.get(campaign__slug=entry["slug"], kind="vote")
                history.add(evening(planned["to"]), partial(close_phase, phase=phase))


def leave_draft(author: User) -> Draft:
    """Leave something half-written, to be found under "Mein Bereich"."""
    fields = {
        "title": "Ein Platz zum Drachensteigen am Deich",
        "text": "Im Herbst stehen wir mit drei Drachen auf dem Deich und",
        "topic": str(Topic.objects.get(slug="spiel-und-freizeit").pk),
    }
    campaign = Campaign.objects.get(slug="draussen-zu-hause")
    return save_draft(draft=None, owner=author, campaign=campaign, fields=fields, pictures=[], is_kept=True)
