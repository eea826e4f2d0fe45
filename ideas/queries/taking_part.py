"""Who takes part in the discussion of an idea: who wrote it, and who has a public comment there."""

from django.db.models import Q, QuerySet

from accounts.models import User
from ideas.mentions import beginnings, names_in
from ideas.models import CoAuthor, Comment, Idea

MOST_SUGGESTED = 8
# Of so many people the names are read to suggest some; in longer discussions those who began them.
READ = 2_000


def people_of(idea: Idea) -> QuerySet[User]:
    """Return those who take part, as far as their accounts are in use."""
    said = Comment.objects.filter(idea=idea, state=Comment.State.PUBLIC, author__isnull=False).values("author_id")
    along = CoAuthor.objects.filter(idea=idea, state=CoAuthor.State.ACCEPTED, person__isnull=False).values("person_id")
    is_lead = Q(pk=idea.author_id or 0)
    return User.objects.filter(is_lead | Q(pk__in=said) | Q(pk__in=along), is_active=True)


def spoken_to(idea: Idea, text: str) -> dict[str, int]:
    """Return to whom of them a text speaks: {name: id}. Asks nothing where there is no ``@``."""
    starts = Q()
    for key in beginnings(text):
        starts |= Q(name_key__startswith=key)
    if not starts:
        return {}
    known = dict(people_of(idea).filter(starts).values_list("display_name", "pk"))
    return {name: known[name] for name in names_in(text, known)}


def suggested(idea: Idea, typed: str, besides: int | None) -> list[str]:
    """Return names of people who take part, one of whose words begins with what is typed, the best fit first."""
    wanted = " ".join(typed.lower().split())
    names = people_of(idea).exclude(pk=besides or 0).order_by("pk").values_list("display_name", flat=True)[:READ]
    fitting = [name for name in names if begins(name, wanted)]
    fitting.sort(key=lambda name: (not name.lower().startswith(wanted), name.lower()))
    return fitting[:MOST_SUGGESTED]


def begins(name: str, wanted: str) -> bool:
    """Tell whether the name, or a later word of it, begins with what is wanted."""
    lower = name.lower()
    return lower.startswith(wanted) or f" {wanted}" in f" {lower}"
