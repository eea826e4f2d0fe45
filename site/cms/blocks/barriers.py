"""What is not accessible, and why: the middle of the statement on accessibility ((EU) 2018/1523, annex, section 1)."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class BarrierBlock(blocks.StructBlock):
    """One part of the site that some people cannot use."""

    part = blocks.CharBlock(label=_("What is not accessible"), max_length=200)
    reason = blocks.ChoiceBlock(
        label=_("Reason"),
        choices=[
            ("missing", _("does not meet the rules yet")),
            ("burden", _("would be a disproportionate burden")),
            ("outside", _("the rules do not apply to it")),
        ],
        default="missing",
    )
    why = blocks.TextBlock(label=_("Why"), max_length=600, rows=2)
    instead = blocks.TextBlock(
        label=_("What people can do instead"), max_length=600, rows=2, required=False,
        help_text=_("Another way to the same thing: a call, a text, somebody who helps."),
    )  # fmt: skip
    until = blocks.CharBlock(
        label=_("By when it will be better"), max_length=80, required=False, help_text=_("For example: spring 2027")
    )

    class Meta:
        icon, label = "warning", _("Part")


class BarriersBlock(blocks.StreamBlock):
    """All of them."""

    barrier = BarrierBlock()

    class Meta:
        required = False
