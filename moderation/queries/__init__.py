"""What can be asked in this room."""

from moderation.queries.cases import choices, rules_in_force, why_not

__all__ = ["choices", "rules_in_force", "why_not"]
