"""What can be asked in this room."""

from moderation.queries.cases import choices, rules_in_force, why_not
from moderation.queries.letters import Letter, letter
from moderation.queries.statements import statement

__all__ = ["Letter", "choices", "letter", "rules_in_force", "statement", "why_not"]
