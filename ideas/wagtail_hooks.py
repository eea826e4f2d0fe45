"""What ideas add to the Wagtail admin."""

from wagtail.snippets.models import register_snippet

from ideas.viewsets import ParticipationGroup

register_snippet(ParticipationGroup)
