"""Opening hours as data, and a place on a page."""

from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

DAY_MINUTES, WEEK_MINUTES = 24 * 60, 7 * 24 * 60


def fault(**sentences: Any) -> ValidationError:
    """Return faults that stand at the fields of a block."""
    return blocks.StructBlockValidationError(
        block_errors={name: ValidationError(words) for name, words in sentences.items()}
    )


def minutes(at: time) -> int:
    """Return the minutes since midnight."""
    return at.hour * 60 + at.minute


class HoursBlock(blocks.StructBlock):
    """From when to when; midnight as the end is the end of the day."""

    opens = blocks.TimeBlock(label=_("Opens"))
    closes = blocks.TimeBlock(label=_("Closes"))
    next_day = blocks.BooleanBlock(label=_("closes after midnight, on the next day"), required=False)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse an end before the beginning, unless it is said to lie on the next day."""
        cleaned = super().clean(value)
        opens, closes, later = cleaned["opens"], cleaned["closes"], cleaned["next_day"]
        if later and closes >= opens:
            raise fault(closes=_("That would be more than a day. Please take the tick away or close earlier."))
        if not later and closes <= opens and closes != time(0):
            raise fault(closes=_("It closes before it opens. After midnight? Then please tick the box below."))
        return cleaned


class WeeklyBlock(HoursBlock):
    """Hours that are the same on some days of the week."""

    days = blocks.MultipleChoiceBlock(
        label=_("Days"), choices=[(str(number), name) for number, name in WEEKDAYS.items()],
        widget=CheckboxSelectMultiple, search_index=False,
    )  # fmt: skip
    note = blocks.CharBlock(
        label=_("Note"), max_length=80, required=False, help_text=_("For example: by appointment only")
    )

    class Meta:
        icon, label = "time", _("Hours in the week")


class WeekBlock(blocks.StreamBlock):
    """The hours of a usual week; any number of spans on a day."""

    hours = WeeklyBlock()

    class Meta:
        required = False
        max_num = 30

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        """Refuse hours that overlap, at the later one."""
        cleaned = super().clean(value)
        taken: list[tuple[int, int]] = []
        for place, child in enumerate(cleaned):
            spans = week_spans(child.value)
            if any(one[0] < other[1] and other[0] < one[1] for one in spans for other in taken):
                words = _("These hours overlap with others above. Please say each hour once.")
                raise blocks.StreamBlockValidationError(block_errors={place: fault(opens=words)})
            taken += spans
        return cleaned


def week_spans(value: Any) -> list[tuple[int, int]]:
    """Return the spans of one entry in minutes since Monday; what goes beyond Sunday begins the week."""
    found = []
    for number in value["days"]:
        begins = int(number) * DAY_MINUTES + minutes(value["opens"])
        ends = int(number) * DAY_MINUTES + minutes(value["closes"])
        if value["next_day"] or value["closes"] == time(0):
            ends += DAY_MINUTES
        if ends > WEEK_MINUTES:
            found += [(begins, WEEK_MINUTES), (0, ends - WEEK_MINUTES)]
        else:
            found.append((begins, ends))
    return found


class ClosedBlock(blocks.StructBlock):
    """Days on which it stays closed."""

    first_day = blocks.DateBlock(label=_("First day"))
    last_day = blocks.DateBlock(label=_("Last day"), required=False, help_text=_("Empty: one day only."))
    reason = blocks.CharBlock(
        label=_("Why"), max_length=80, required=False, help_text=_("For example: works outing, stocktaking")
    )

    class Meta:
        icon, label = "cross", _("Closed")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse an end before the beginning."""
        cleaned = super().clean(value)
        last: date | None = cleaned["last_day"]
        if last and last < cleaned["first_day"]:
            raise fault(last_day=_("The last day lies before the first."))
        return cleaned


class SpecialBlock(HoursBlock):
    """Other hours than usual on one day, also on a holiday."""

    day = blocks.DateBlock(label=_("Day"))
    reason = blocks.CharBlock(label=_("Why"), max_length=80, required=False)

    class Meta:
        icon, label = "date", _("Other hours on one day")


class ExceptionsBlock(blocks.StreamBlock):
    """Days that are not as usual."""

    closed = ClosedBlock()
    special = SpecialBlock()

    class Meta:
        required = False
        max_num = 60


def first_place() -> dict[str, Any]:
    """Return what the preview of the block shows: a place of the list, if there is one."""
    from cms.models import Place

    return {"place": Place.objects.order_by("pk").first()}


class PlaceBlock(blocks.StructBlock):
    """A place of the list: address, way, hours, map; when it is deleted the page shows nothing in its place."""

    place = SnippetChooserBlock("cms.Place", label=_("Place"))

    class Meta:
        icon, template = "site", "cms/blocks/place.html"
        label, group = _("Place with opening hours"), _("Take part")
        preview_value = staticmethod(first_place)
