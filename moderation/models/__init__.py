"""What exists in this room."""

from moderation.models.anchor import Anchor, RuleSeal
from moderation.models.assistance import CaseWord, CheckSetting, MarkHit, TextPrint, WordList
from moderation.models.bulk import BulkItem, BulkRun
from moderation.models.case import Case, CaseEvent
from moderation.models.complaint import Complaint
from moderation.models.contact import ContactPoint
from moderation.models.decision import Decision
from moderation.models.dsa import Category, Order, RuleCategory
from moderation.models.escalation import Escalation, EvidencePackage
from moderation.models.message import ContactMail, ContactMessage
from moderation.models.mode import ModeChange
from moderation.models.note import Note
from moderation.models.profile import ProfileName
from moderation.models.proposal import Proposal
from moderation.models.reminder import Reminder, ReminderMail
from moderation.models.remit import Remit, RemitCampaign, RemitChange
from moderation.models.report import Report, ReportMail, SpentProof
from moderation.models.rule import Rule, RuleVersion
from moderation.models.sanction import Sanction
from moderation.models.state_change import Act, StateChange
from moderation.models.template import LetterTemplate
from moderation.models.trust import Trust

__all__ = [
    "Act",
    "Anchor",
    "BulkItem",
    "BulkRun",
    "Case",
    "CaseEvent",
    "CaseWord",
    "Category",
    "CheckSetting",
    "Complaint",
    "ContactMail",
    "ContactMessage",
    "ContactPoint",
    "Decision",
    "Escalation",
    "EvidencePackage",
    "LetterTemplate",
    "MarkHit",
    "ModeChange",
    "Note",
    "Order",
    "ProfileName",
    "Proposal",
    "Reminder",
    "ReminderMail",
    "Remit",
    "RemitCampaign",
    "RemitChange",
    "Report",
    "ReportMail",
    "Rule",
    "RuleCategory",
    "RuleSeal",
    "RuleVersion",
    "Sanction",
    "SpentProof",
    "StateChange",
    "TextPrint",
    "Trust",
    "WordList",
]
