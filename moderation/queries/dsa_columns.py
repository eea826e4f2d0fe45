"""The tables of the Commission's template: Annex I of Implementing Regulation (EU) 2024/2835, in its own English words.

Part 2 (names of categories), 9 (human resources) and 10 (average monthly recipients) are for very large platforms or hold no
figures of moderation; they are left out. All medians are hours.
"""

BEGINNING = ("Applicability", "Service", "Reporting period")
OTHER = 'Description of the sub-category "Other"'
LAW_CATEGORY = "Category of illegal content"
TERMS_CATEGORY = "Category of incompatibility with the provider's terms and conditions"

IDENTIFICATION = ("Applicability", "Service", "Indicator", "Value")
QUALITATIVE = (*BEGINNING, "Indicator", "Value")
VALUES = (*BEGINNING, "Section", "Indicator", "Scope", "Value", "Contextual Information")

ORDERS = (
    "Number of orders to act against illegal content received",
    "Number of specific items of information included in the total number of orders to act against illegal content",
    "Median time to inform the authority of the receipt of the order to act against illegal content",
    "Median time to give effect to the order to act against illegal content",
    "Number of orders to provide information",
    "Median time to inform the authority of the receipt of the order to provide information",
    "Median time to give effect to the order to provide information",
)
NOTICES = (
    "Number of notices received",
    "Number of notices received from Trusted flaggers",
    "Number of specific items of information included in the total number of notices",
    "Number of specific items of information included in the total number of notices by Trusted Flaggers (Trusted Flagger notices)",
    "Median time to take action",
    "Median time to take action (Trusted Flagger notices)",
    "Number of actions taken on the basis of the law",
    "Number of actions taken on the basis of the law (Trusted Flagger notices)",
    "Number of actions taken on the basis of the terms and conditions of the service",
    "Number of actions taken on the basis of the terms and conditions of the service (Trusted Flagger notices)",
)
MEASURES = (
    "Number of measures taken at the provider's own initiative",
    "Number of measures taken after detection with solely automated means",
    "Visibility restriction Removal",
    "Visibility restriction Disable",
    "Visibility restriction Demoted",
    "Visibility restriction Age restricted",
    "Visibility restriction Interaction restricted",
    "Visibility restriction Labelled",
    "Visibility restriction Other",
    "Monetary restriction Suspension",
    "Monetary restriction Termination",
    "Monetary restriction Other",
    "Provision of the service Suspension",
    "Provision of the service Termination",
    "Account restriction Suspension",
    "Account restriction Termination",
)


DISPUTES = "Number of disputes submitted to out-of-court dispute settlement bodies"
SCOPES_OF_DISPUTES = (
    "Total number",
    "Decisions upheld",
    "Decisions reversed",
    "Decisions partially reversed",
    "Decision omitted",
    "Median time",
    "Percentage of outcomes implemented",
)
AUTOMATED = "Use of automated means for content moderation"
BY_MACHINE = (
    "Number of measures solely taken by automated means",
    "Number of measures not taken by automated means",
    "Number of notices solely processed by automated means",
    "Number of notices not processed by automated means",
)
ACCURACY = tuple(f"Accuracy of the automated means - {what}" for what in ("Accuracy", "Precision", "Recall"))


def with_context(columns: tuple[str, ...], *before: str, of: str = "Contextual information on") -> tuple[str, ...]:
    """Return the columns of a part: what it is about, the figures, and for each of them room for words.

    ``of``: how these are called; parts 3 and 4 of the template write it with a small i, 5 and 6 with a large one.
    """
    return (*BEGINNING, *before, *columns, *(f"{of} {name}" for name in columns))
