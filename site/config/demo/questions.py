"""Campaigns' own questions, answers to them, and a paper beside an idea."""

from io import BytesIO

from accounts.models import User
from config.demo.texts import read
from ideas.actions import keep_file
from ideas.files import clean_file
from ideas.models import Campaign, IdeaFile, Question
from ideas.questions import Answer, answer_to

PAGE = b"""<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"""
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def make_questions() -> None:
    """Ask what is not asked yet."""
    for slug, entries in read("questions")["questions"].items():
        campaign = Campaign.objects.get(slug=slug)
        known = set(Question.objects.filter(campaign=campaign).values_list("key", flat=True))
        for place, entry in enumerate(entries):
            if entry["key"] not in known:
                Question.objects.create(campaign=campaign, sort_order=place, **entry)


def answers_of(key: str, campaign: Campaign) -> tuple[Answer, ...]:
    """Return what the author of an idea answered."""
    given = read("questions")["answers"].get(key, {})
    asked = Question.objects.filter(campaign=campaign, key__in=given) if given else ()
    return tuple(answer_to(question, given[question.key]) for question in asked)


def papers_of(key: str, author: User) -> tuple[IdeaFile, ...]:
    """Return the files beside an idea, kept once."""
    entry = read("questions")["papers"].get(key)
    if entry is None:
        return ()
    found = IdeaFile.objects.filter(uploader=author, name=entry["name"]).first()
    data = paper(entry["lines"])
    return (found or keep_file(clean=clean_file(BytesIO(data), len(data), entry["name"]), uploader=author),)


def paper(lines: list[str]) -> bytes:
    """Return a PDF of one page with these lines, the first one large."""
    words = [line.replace("(", "").replace(")", "").encode("cp1252") for line in lines]
    shown = b"".join(b"/F1 12 Tf (%s) Tj T*\n" % line for line in words[1:])
    drawn = b"BT 20 TL 60 760 Td /F1 20 Tf (%s) Tj T*\n%sET" % (words[0], shown)
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", PAGE, stream, FONT]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + tail
