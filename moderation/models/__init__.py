"""What exists in this room."""

from moderation.models.case import Case, CaseEvent
from moderation.models.complaint import Complaint
from moderation.models.decision import Decision
from moderation.models.report import Report
from moderation.models.rule import Rule, RuleVersion

__all__ = ["Case", "CaseEvent", "Complaint", "Decision", "Report", "Rule", "RuleVersion"]
