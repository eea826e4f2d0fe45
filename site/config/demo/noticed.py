"""A reported picture that waits, a reporter who complains, and where to reach the people behind the site."""

from ideas.models import Idea
from moderation.actions import complain_as_reporter, report
from moderation.models import Complaint, ContactPoint, Decision, Report


def make_reports() -> None:
    """Report a picture, complain once about a report that changed nothing, fill in the contact point; each once."""
    point = ContactPoint.load()
    if not point.users_email:
        point.users_email = "mitmachen@musterstadt.example"
        point.authorities_email = "kontaktstelle@musterstadt.example"
        point.authorities_phone = "02381 000-112"
        point.save()
    report_picture()
    complain_once()


def report_picture() -> None:
    """Let somebody without an account find themselves in a picture."""
    idea = (
        Idea.objects.filter(state=Idea.State.PUBLIC, picture__isnull=False, campaign__is_public=True)
        .order_by("pk")
        .first()
    )
    if idea is None or idea.picture_id is None or Report.objects.filter(kind="picture").exists():
        return
    report(
        kind="picture", object_id=idea.picture_id, reason="personal", name="Helga Sonntag", good_faith=True,
        email="helga.sonntag@example.org", text="Links im Bild steht mein Auto, das Kennzeichen kann man lesen.",
    )  # fmt: skip


def complain_once() -> None:
    """Let somebody whose report changed nothing ask for a second look."""
    if Complaint.objects.filter(report__isnull=False).exists():
        return
    for entry in Report.objects.filter(case__state="decided").select_related("case").order_by("-pk"):
        last = Decision.objects.filter(case=entry.case_id).order_by("-sequence").first()
        if last is not None and last.decision == Decision.Kind.APPROVE:
            complain_as_reporter(
                code=entry.code, text="Ich bleibe dabei: Der Satz macht Leute aus dem Nachbarviertel schlecht."
            )
            return
