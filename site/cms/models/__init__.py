"""What exists in this room."""

from cms.models.campaigns import CampaignIndexPage, CampaignPage
from cms.models.contact_page import ContactIndexPage
from cms.models.contacts import Contact
from cms.models.glossary import Term
from cms.models.goals import GoalIndexPage, GoalPage
from cms.models.indicators import Indicator, IndicatorValue
from cms.models.legal import AccessibilityPage, ImprintPage, StatementMail
from cms.models.letters import Letter, LetterMail
from cms.models.measures import Measure
from cms.models.openness import open_to_all
from cms.models.pages import FixedSlugPage, PlainPage, StartPage, TownPage
from cms.models.picture import Picture, PictureRendition
from cms.models.places import Place
from cms.models.processes import ProcessIndexPage, ProcessPage
from cms.models.reports import ChapterIndicator, ChapterPage, ReportIndexPage, ReportPage
from cms.models.review import ReviewedTester, SecondPersonTask
from cms.models.town import TownSettings
from cms.models.upkeep import PictureWarning, UpkeepMail
from cms.models.variants import Variant

__all__ = [
    "AccessibilityPage",
    "CampaignIndexPage",
    "CampaignPage",
    "ChapterIndicator",
    "ChapterPage",
    "Contact",
    "ContactIndexPage",
    "FixedSlugPage",
    "GoalIndexPage",
    "GoalPage",
    "ImprintPage",
    "Indicator",
    "IndicatorValue",
    "Letter",
    "LetterMail",
    "Measure",
    "Picture",
    "PictureRendition",
    "PictureWarning",
    "Place",
    "PlainPage",
    "ProcessIndexPage",
    "ProcessPage",
    "ReportIndexPage",
    "ReportPage",
    "ReviewedTester",
    "SecondPersonTask",
    "StartPage",
    "StatementMail",
    "Term",
    "TownPage",
    "TownSettings",
    "UpkeepMail",
    "Variant",
    "open_to_all",
]
