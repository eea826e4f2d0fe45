"""The family advisory board: its public page, and papers and polls in its closed room (whose group ``group.py`` makes)."""

from datetime import datetime, timedelta
from io import BytesIO

from django.utils import timezone
from fpdf import FPDF

from boards.actions.applying import KEPT
from boards.actions.papers import add_paper
from boards.actions.polling import give_voice, open_poll
from boards.actions.publishing import Leaving, publish
from boards.leaving import of_poll
from boards.models import Answer, Application, BoardPage, Meeting, Poll, Recommendation, Room, Seat
from boards.queries.room import ballot
from cms.models import Contact, StartPage
from common.database import replayed_at
from config.demo import body
from config.demo.clock import ago, coming, today
from config.demo.pages import add_page, german_start, missing, stream
from config.demo.people import People
from config.demo.pictures import editors_picture
from config.demo.texts import Entry, read
from ideas.files import clean_file
from ideas.models import Campaign
from moderation.rules import new_code

HOUR, LASTS = 18, timedelta(hours=2, minutes=30)
CONSENT, SHOWN = 200, 500


def make_board() -> None:
    """Publish the board, unless it is there."""
    start, texts = german_start(), read("board")
    if not missing(BoardPage, "familienbeirat", start):
        return
    board = make_page(start, texts)
    everybody = People()
    for entry in texts["meetings"]:
        add_meeting(board, entry)
    for entry in reversed(texts["advice"]):
        recommend(board, entry)
    add_seats(board, texts, everybody)
    room = Room.objects.create(board=board, campaign=Campaign.objects.get(slug=read("group")["slug"]))
    for entry in texts["papers"]:
        bring(room, entry, everybody)
    for entry in texts["polls"]:
        ask(room, entry, everybody)
    let_out(room, texts["published"], everybody)
    for entry in texts["applications"]:
        take_in(board, entry)


def make_page(start: StartPage, texts: Entry) -> BoardPage:
    """Publish the page."""
    page = BoardPage(title=texts["title"], slug="familienbeirat", lead=texts["lead"], rhythm=texts["rhythm"])
    page.picture, page.body = editors_picture(texts["picture"]), stream(page, "body", body.blocks(texts["body"]))
    page.term_begins, page.term_ends = today() - timedelta(days=420), today() + timedelta(days=675)
    page.answer_office, page.answer_days, page.answer_email = texts["office"], 40, texts["email"]
    page.seeks_members, page.apply_until, page.apply_text = True, coming(18, "fr"), texts["apply"].strip()
    page.contact = Contact.objects.filter(slug="stabsstelle").first()
    add_page(start, page, at=ago(120))
    return BoardPage.objects.get(pk=page.pk)


def add_meeting(board: BoardPage, entry: Entry) -> None:
    """Fix one meeting; one that was has minutes."""
    day, weekday = entry["day"]
    begins = timezone.make_aware(datetime.combine(coming(day, weekday), datetime.min.time().replace(hour=HOUR)))
    meeting = Meeting(board=board, title=entry["title"], starts_at=begins, ends_at=begins + LASTS, place=entry["place"])
    meeting.address, meeting.access = entry.get("address", ""), entry["access"]
    meeting.access_words, meeting.is_public = entry.get("words", ""), not entry.get("internal", False)
    meeting.agenda, meeting.minutes = entry.get("agenda", "").strip(), entry.get("minutes", "").strip()
    meeting.minutes_public = bool(meeting.minutes)
    meeting.full_clean()
    meeting.save()


def recommend(board: BoardPage, entry: Entry) -> None:
    """Write down one recommendation, and the answer if there is one."""
    decided, within, *answered = (timedelta(days=days) for days in entry["days"])
    row = Recommendation(board=board, title=entry["title"], text=entry["text"].strip(), votes=entry["votes"])
    row.decided_on = today() - decided
    row.answer_by = row.decided_on + within
    row.meeting = Meeting.objects.filter(title=entry.get("meeting", "")).first()
    row.full_clean()
    row.save()
    if answered:
        fields = {"result": entry["result"], "office": entry["office"], "signed_by": entry["signed"]}
        answer = Answer(
            recommendation=row, text=entry["answer"].strip(), answered_on=row.decided_on + answered[0], **fields
        )
        answer.full_clean()
        answer.save()


def add_seats(board: BoardPage, texts: Entry, everybody: People) -> None:
    """Let everybody sit; only some agreed to be named."""
    since = today() - timedelta(days=420)
    for place, (name, role, words, account) in enumerate(texts["named"]):
        Seat.objects.create(
            board=board, name=name, role=role, words=words, since=since, position=place,
            consent_on=today() - timedelta(days=CONSENT), shown_until=today() + timedelta(days=SHOWN),
            email=everybody.who(account).email if account else "",
        )  # fmt: skip
    Seat.objects.bulk_create(Seat(board=board, name=name, since=since, position=50) for name in texts["unnamed"])


def bring(room: Room, entry: Entry, everybody: People) -> None:
    """Put a paper into the room, cleaned like every other."""
    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("helvetica", size=14)
    for line in entry["lines"]:
        sheet.multi_cell(0, 10, text=line, new_x="LMARGIN", new_y="NEXT")
    data = bytes(sheet.output())
    clean = clean_file(BytesIO(data), len(data), entry["name"])
    meeting = Meeting.objects.filter(title=entry["meeting"]).first()
    host = everybody.who("Ruth Engelke")
    add_paper(person=host, room_id=room.pk, clean=clean, title=entry["title"], meeting=meeting)


def ask(room: Room, entry: Entry, everybody: People) -> None:
    """Ask the members, some days ago; those who voted did so the day after."""
    asked = ago(entry["asked"])
    with replayed_at(asked):
        poll = open_poll(
            person=everybody.who(entry["by"]), room_id=room.pk, question=entry["question"], text=entry.get("text", ""),
            options=entry["options"], is_secret=entry["secret"], closes_at=ago(entry["closed"]),
        )  # fmt: skip
    options = list(poll.options.all())
    with replayed_at(asked + timedelta(days=1)):
        for name, choice in entry["voices"].items():
            give_voice(person=everybody.who(name), poll_id=poll.pk, option_id=options[choice].pk)


def let_out(room: Room, entry: Entry, everybody: People) -> None:
    """Publish the result of the first poll as a page."""
    host, poll = (
        everybody.who("Ruth Engelke"),
        Poll.objects.order_by("closes_at").prefetch_related("options", "voices")[0],
    )
    found = of_poll(ballot(poll, host, timezone.now()))
    words = {"title": entry["title"], "text": entry["text"].strip(), "origin": found.origin}
    publish(person=host, room=room, leaving=Leaving(source="poll", source_id=poll.pk, target="page", **words))


def take_in(board: BoardPage, entry: Entry) -> None:
    """Let somebody have applied some days ago; no mail goes out about what never happened."""
    sent = ago(entry["sent"])
    last = timezone.localdate(sent) + timedelta(days=KEPT)
    words = {name: entry[name].strip() for name in ("name", "email", "why")}
    Application.objects.create(board=board, code=new_code(), sent_at=sent, delete_on=last, **words)
