"""Letter templates, a rule for two people, somebody warned and paused, and a new name that waits."""

from django.db import transaction

from accounts.actions import change_name
from accounts.models import User
from moderation.actions import decide, open_case
from moderation.actions.notes import add_note
from moderation.models import Case, Decision, LetterTemplate, ProfileName, Rule, RuleVersion, Sanction

TEMPLATES = (
    (
        "Ton: bitte sachlich",
        "request_change",
        "Guten Tag, {name}, Ihr Vorschlag „{titel}“ ist ein guter Anfang. Ein Satz darin geht gegen Menschen statt gegen die "
        "Sache. Schreiben Sie ihn bitte um, dann geben wir ihn frei.",
    ),
    (
        "Werbung",
        "refuse",
        "„{titel}“ wirbt für ein Angebot. In der Kampagne „{kampagne}“ sammeln wir Vorschläge für die Stadt; Werbung hat hier "
        "keinen Platz.",
    ),
    (
        "Verwarnung: wiederholt abwertend",
        "warn",
        "Guten Tag, {name}, mehrere Ihrer Kommentare haben Menschen herabgesetzt. Bitte bleiben Sie bei der Sache. Gegen diese "
        "Verwarnung können Sie sich bis {frist} beschweren.",
    ),
)
REASON = "Zwei Kommentare haben Nachbarinnen und Nachbarn mit Namen angegriffen. Bitte bleiben Sie bei der Sache."


def make_measures() -> None:
    """Make all of it, each once."""
    for title, decision, text in TEMPLATES:
        LetterTemplate.objects.get_or_create(title=title, defaults={"decision": decision, "text": text})
    by_law = RuleVersion.objects.filter(ground=RuleVersion.Ground.LAW).values("rule")
    Rule.objects.filter(pk__in=by_law).update(needs_second=True)
    moderator = User.objects.filter(email="moderation@demo.example").first()
    if moderator is None:
        return
    if not Sanction.objects.exists():
        stop_somebody(moderator)
    if not ProfileName.objects.exists():
        rename_somebody()


def stop_somebody(moderator: User) -> None:
    """Warn somebody whose comment was hidden, and later pause their writing."""
    rule = RuleVersion.objects.filter(ground="terms", rule__ended_at=None, rule__needs_second=None).first()
    hidden = Decision.objects.filter(decision__in=("hide", "refuse"), case__author__is_staff=False, kind="comment")
    entry = hidden.exclude(case__author__email__contains="buerger").select_related("case__author").last()
    if rule is None or entry is None or entry.case.author is None:
        return
    person = entry.case.author
    for decision, target in (("warn", ""), ("pause", "14")):
        with transaction.atomic():
            case = open_case("profile", person.pk, reason=Case.Reason.OWN)
        decide(
            case_id=case.pk, version=case.version, actor=moderator, decision=decision, rule_version=rule, reason=REASON,
            target=target,
        )  # fmt: skip
    add_note(author=moderator, person=person, text="Hat nach der Verwarnung am Telefon um ein Gespräch gebeten.")


def rename_somebody() -> None:
    """Let somebody whose idea is public choose another name."""
    case = Case.objects.filter(kind="idea", state="decided", author__is_staff=False, author__office="")
    one = case.exclude(author__email__contains="buerger").exclude(author__sanctions__isnull=False).first()
    if one is not None and one.author is not None:
        change_name(person=one.author, name="Stadtstreicher vom Wehr")
